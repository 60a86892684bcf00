"""A parser with only the syntax that a text needs gives what the one with everything gives."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from credsite.content.markdown_limits import tangle
from credsite.content.markdown_parser import EVERYTHING, KEPT, Parsers, Syntax, syntax_of

SIGNS = [
    "a", "b ", "word ", "é", "\n", "\n\n", "    ", "\t", "\t\n", " ", "  \n", "\u2028", "\xa0", "#", "# ", "- ", "+ ", "1. ",
    "> ", "---\n", "===\n", ": ", ":", ": x\n", "\n: ", "é: ", "|", "\\|", "|-|-|\n", "a|b\n", "*", "**", "_", "__", "`", "``",
    "```\n", "~~~\n", "\\", "[a]", "[", "]", "(b)", "![", "[a]: c", "[^1]", "[^1]: ", "[^1]:: ", "<", "</", ">", "<a ", "<b>",
    "</b>", "<div>", "</div>", "<hr>", "<!--", "-->", "<?", "?>", "<x@y.example>", "<http://a.example>", "&", "&#", "&#12",
    "&amp;", ";", "'", '"', "=", "{", "}",
]  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from(SIGNS), max_size=30).map("".join))
@example("<hr>x  <div>y</div>")
@example("[^1]\n\n[^1]:: x\n")
@example("<hr>&#12: x\n")
@example("a\t\nb")
@example("> a\n> : b")
@example("<p>a</p>: b")
def test_lean_and_full_agree(text: str) -> None:
    assume(tangle(text) is None)
    assert Parsers().html(text) == Parsers().html(text, EVERYTHING)


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("Just words: and more.", set()),
        ("a *b* [c](d)", {"emphasis", "links"}),
        ("![a](b)", {"links", "images"}),
        ("[^1]", {"links", "footnotes"}),
        ("a | b", {"tables"}),
        ("Term\n: Meaning", {"definitions"}),
        ("```\na\n```", {"code", "fences"}),
        ("a  \nb", {"breaks"}),
        ("R&D", {"entities"}),
        ("a <b>", {"html", "breaks"}),
    ],
)
def test_a_text_asks_only_for_what_it_can_hold(text: str, syntax: set[str]) -> None:
    found = syntax_of(text)
    assert {name for name in Syntax._fields if getattr(found, name)} == syntax


def test_parsers_are_kept_but_not_all() -> None:
    parsers = Parsers()
    texts = [
        "".join(sign for bit, sign in enumerate("`\\[*|&<") if number >> bit & 1) or "a"
        for number in range(128)
    ]
    for text in texts:
        assert parsers.html(text) == parsers.html(text)
    assert len({syntax_of(text) for text in texts}) > KEPT
    assert len(parsers._kept) == KEPT
