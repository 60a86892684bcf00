from __future__ import annotations

import pytest

from credsite.content.markdown.body import render
from credsite.content.markdown.headings import heading_id


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("What you do", "what-you-do"),
        ("What you'll need", "what-youll-need"),
        ("What you\N{RIGHT SINGLE QUOTATION MARK}ll need", "what-youll-need"),
        ("  Fees & funding: 2026-27!  ", "fees-funding-2026-27"),
        ("snake_case", "snake-case"),
        ("Études à Québec", "études-à-québec"),
        ("E\N{COMBINING ACUTE ACCENT}tudes", "études"),
        ("Приклад", "приклад"),
        ("हिन्दी सीखें", "हिन्दी-सीखें"),
        ("日本語", "日本語"),
        ("...", "section"),
        ("", "section"),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    assert heading_id(title) == expected


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ([2, 3, 3, 2], [2, 3, 3, 2]),
        ([1, 2, 3, 1], [2, 3, 4, 2]),
        ([2, 4, 4, 3], [2, 3, 3, 3]),
        ([3, 4, 2], [2, 3, 2]),
        ([2, 1, 2], [2, 2, 3]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ],
)
def test_levels(written: list[int], levels: list[int]) -> None:
    body, _ = render("\n\n".join(f"{'#' * level} Part" for level in written))
    assert [heading.level for heading in body.headings] == levels
    assert [body.html.count(f"<h{level} ") for level in range(1, 7)] == [
        levels.count(level) for level in range(1, 7)
    ]


def test_ids_are_unique_whatever_the_titles() -> None:
    body, _ = render("## A\n\n## A\n\n## A 2\n\n## A\n\n## a-2-2\n\n## *\n\n## ?\n")
    assert [heading.id for heading in body.headings] == [
        "a",
        "a-2",
        "a-2-2",
        "a-3",
        "a-2-2-2",
        "section",
        "section-2",
    ]


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("## A *b* `c<d` & e", "A b c<d & e"),
        ("## [Course](course:sql) now", "Course now"),
        ("## ![The badge](badge.svg)", "The badge"),
        ("## Fees[^1]\n\n[^1]: In dollars.", "Fees"),
        ("<h2>Raw<br>title</h2>", "Raw title"),
        ("Under\n-----", "Under"),
        ("> ## Quoted", "Quoted"),
    ],
)
def test_titles_are_plain_text(markdown: str, title: str) -> None:
    assert [heading.title for heading in render(markdown)[0].headings] == [title]


def test_headings_in_headings_are_part_of_them() -> None:
    body, _ = render("<h3>One <div><h3>two</h3> <h4>three</h4></div></h3>\n\n## Four")
    assert [(heading.title, heading.level) for heading in body.headings] == [
        ("One two three", 2),
        ("Four", 2),
    ]
    assert body.html.count("<h") == body.html.count("</h") == 2
