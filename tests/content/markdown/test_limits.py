"""Texts that would take minutes are refused; long texts that people write are not."""

from __future__ import annotations

import pytest

from credsite.content.markdown.body import render
from credsite.content.markdown.limits import find_too_complex

SIZE = 20_000


@pytest.mark.parametrize(
    "piece",
    [
        "[", "![", "[[a](", "[a](b ", "[a][b ", "[](", '[a](" ) ', "[^", "[]:\n", "<b>\\][x", "``a`", "[`*", "<[", "<![CDATA[",
        "<a ", "<a\n", "<x y='", "<b><!---->", "-\n", "=\n", "#\n", "---\n", "- - -\n", "[a]:\n", "a\n: b\n", ">", "> ", "- > ",
        "1. ", "* - ", "[^1] ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", "Words before.\n\n"])
def test_texts_that_are_too_complex(piece: str, before: str) -> None:
    body, findings = render(before + piece * (SIZE // len(piece)))
    assert [finding.code for finding in findings] == ["body-too-complex"]
    assert body.html.startswith("<p>")


@pytest.mark.parametrize("piece", ["[", "[a](b ", "[a][b ", "\\][", "`]`["])
def test_what_closes_before_it_opens_closes_nothing(piece: str) -> None:
    assert find_too_complex("]" * 5_000 + ")" * 5_000 + piece * (SIZE // len(piece))) is not None


def test_deep_lists_are_too_complex() -> None:
    nested = "".join(f"{'    ' * level}- item\n" for level in range(40))
    assert find_too_complex(nested) is not None
    assert find_too_complex(nested.replace("    ", "\t")) is not None
    assert find_too_complex("".join(f"{'    ' * level}- item\n" for level in range(20))) is None


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


def test_what_is_too_complex_does_not_depend_on_the_rest_of_the_text() -> None:
    words = "Words that are in no way special.\n\n" * 300
    assert find_too_complex(f"{words}{'>' * 100} deep\n\n{words}") == ">" * 100
    assert find_too_complex(f"{words}{'[' * 3000}\n\n{words}") == "[" * 3000
