from __future__ import annotations

import pytest

from credsite.schema.merge_conflicts import without_conflicts

FRONT = "---\ntitle: Harbour\n---\n"


def lines_of(text: str, path: str = "content/pages/a.md") -> list[int]:
    return [problem.location.line for problem in without_conflicts(text, path)[1]]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("We open\n<<<<<<< HEAD\nat nine\n=======\nat ten\n>>>>>>> spring\n", 5),
        ("<<<<<<< ours\nat nine\n||||||| 4f0c2ab\nat noon\n=======\nat ten\n>>>>>>> spring\n", 4),
        ("We open\n<<<<<<< HEAD\nat nine\n", 5),
        ("We open\n>>>>>>> spring\nat nine\n", 5),
        ("We open\n>>>>>>> 4f0c2ab (Open at ten)\n", 5),
        ("We open\n\n>>>>>>> Stashed changes\n", 6),
        ("We open\n\n=======\nat ten\n", 6),
        ("We open\n||||||| 4f0c2ab\nat noon\n", 5),
        ("```\n<<<<<<< HEAD\nat nine\n=======\nat ten\n>>>>>>> spring\n```\n", 5),
    ],
)
def test_a_conflict_in_the_text(body: str, line: int) -> None:
    assert lines_of(FRONT + body) == [line]


@pytest.mark.parametrize(
    "body",
    [
        "Opening hours\n=======\n\nAt nine.\n",
        "> Ana said\n>>>>>>> spring\n",
        ">>>>>>> Bo said\n>>>>>>> spring\n",
        ">>>>>>> seven people asked the same\n",
        "|||||||\n|-|-|-|-|-|-|\n",
        "    <<<<<<< HEAD\n    at nine\n    >>>>>>> spring\n",
        "<<<<<<<<< nine of them\n\n========\n\n<<<<<< six\n",
        "a <<<<<<< b =======\n",
    ],
)
def test_what_is_meant_stays(body: str) -> None:
    assert without_conflicts(FRONT + body, "content/pages/a.md") == (FRONT + body, [])


def test_each_conflict_is_a_problem() -> None:
    one = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n"
    assert lines_of(FRONT + one + "between\n" + one) == [4, 10]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> c\n---\n", 2),
        ("---\ntitle: A\n=======\nsummary: B\n---\n", 3),
        ("---\ntitle: A\n>>>>>>> Four words are here\n---\n", 3),
        ("<<<<<<< HEAD\n---\ntitle: A\n---\n=======\n---\ntitle: B\n---\n>>>>>>> c\n", 1),
    ],
)
def test_a_conflict_in_the_front_matter(text: str, line: int) -> None:
    assert lines_of(text) == [line]


def test_settings_have_no_headings() -> None:
    assert lines_of("title: A\n=======\ntagline: B\n", "credsite.yaml") == [2]


def test_the_first_version_stays_on_its_line() -> None:
    text = FRONT + "<<<<<<< HEAD\na\n||||||| 4f0c2ab\nz\n=======\nb\n>>>>>>> c\nend\n"
    assert without_conflicts(text, "a.md")[0] == FRONT + "\na\n\n\n\n\n\nend\n"


def test_where_the_end_is_missing_nothing_but_the_markers_is_left_out() -> None:
    text = FRONT + "<<<<<<< HEAD\na\n=======\nb\n"
    assert without_conflicts(text, "a.md")[0] == FRONT + "\na\n\nb\n"
