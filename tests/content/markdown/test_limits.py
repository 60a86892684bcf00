"""Texts that would take minutes are refused; long texts that people write are not."""

from __future__ import annotations

import time

import pytest

from credsite.content.markdown.body import render
from credsite.content.markdown.limits import find_too_complex

SIZE = 20_000


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<!-- ",
        "<p><!--",
        "<!--\n\n",
        "<!-- --!>",
        "<div><!--</div>\n\n",
        "[^1] ",
        "[^1]: A note.\n\n",
    ],
)
@pytest.mark.parametrize("before", ["", "Words before.\n\n", "<!-- a comment -->\n\n"])
def test_texts_that_are_too_complex(piece: str, before: str) -> None:
    body, findings = render(before + piece * (SIZE // len(piece)))
    assert [finding.code for finding in findings] == ["body-too-complex"]
    assert body.html.startswith("<p>")


@pytest.mark.parametrize("piece", ["> ", ">", "- > ", "1. ", "* - "])
def test_what_is_nested_too_deeply_is_found_by_its_line(piece: str) -> None:
    deep = piece * 100 + "deep"
    _, findings = render(f"Words.\n\n{deep}\n\nMore words.")
    assert [(finding.code, finding.snippet) for finding in findings] == [
        ("body-too-complex", deep[:80].rstrip())
    ]


def test_lists_may_be_nested_as_deeply_as_people_write_them() -> None:
    nested = [f"{'    ' * level}- item\n" for level in range(60)]
    assert [finding.code for finding in render("".join(nested))[1]] == ["body-too-complex"]
    assert [finding.code for finding in render("".join(nested).replace("    ", "\t"))[1]] == [
        "body-too-complex"
    ]
    body, findings = render("".join(nested[:40]))
    assert not findings
    assert body.html.count("<ul>") == 40


@pytest.mark.parametrize(
    "piece",
    [
        "[", "![", "[[a](", "[a](b ", "[a][b ", "[](", '[a](" ) ', "[]:\n", "<b>\\][x", "``a`", "[`*", "<[", "<![CDATA[",
        "<a ", "<a\n", "<x y='", "<b><!---->", "-\n", "=\n", "#\n", "---\n", "- - -\n", "[a]:\n", "a\n: b\n", "\\][", "`]`[",
        "*a ", "**a_", "~~a ", "<b> <!-- a -->",
    ],
)  # fmt: skip
def test_nothing_else_takes_long(piece: str) -> None:
    # Were each opening searched for to the end of the text, the larger text would take a hundred times as long.
    text = piece * (1_900 // len(piece))
    shorter = _fastest(text)
    assert _fastest(text * 10) < 40 * shorter + 0.2


def _fastest(text: str) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        _, findings = render(text)
        times.append(time.perf_counter() - start)
        assert "body-too-complex" not in [finding.code for finding in findings]
    return min(times)


def test_a_number_of_thousands_of_digits_is_read() -> None:
    assert not render(f"*Words* and &#{'1' * 20_000};")[1]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Ordinary words with *stress*, `code`, a [link](course:sql) and [another](https://a.example/b_(c)) one.\n\n",
        '- An item with [a link](x.md "It\'s a title")\n- [ ] and a box to tick, [x] and one ticked\n',
        "| `a` | [b](c.md) | d |\n",
        "A cost of < 5 dollars & an interval [0, 1) here, say 'so' to \"them\" (or not\n\n",
        "    if a < b[0]: # indented code `x`\n",
        "Term\n: Meaning, with [a link](page:terms).\n\n",
        "Term\n: A meaning in so many words that a glossary without blank lines has no more than some hundreds.\n",
        "> A quotation\n> > of a quotation\n\n",
        "## A heading\n\nSome text\n\n---\n\n",
        "<p>Raw <b>HTML</b> with <a href='x.md'>a link</a></p>\n\n",
        "![A desk](desk.jpg) <!-- note -->\n\n",
        "_" * 60 + "\n\n" + "- " * 40 + "\n\n" + "-" * 300 + "\n\n",
    ],
)
def test_long_texts_are_not(paragraph: str) -> None:
    text = paragraph * (60_000 // len(paragraph))
    assert find_too_complex(text) is None
