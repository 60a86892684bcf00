"""What is written directly is what the converter gives, and whatever might be more is left to it."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from credsite.content.markdown.converter import Converter
from credsite.content.markdown.direct import direct_html
from credsite.content.markdown.limits import find_too_complex
from tests.content.markdown.fragments import SIGNS, WORDS

SIMPLE = [
    "Words\n| a | b |\n|---|---|\n| 1 | 2 |", "a\n# b", "Words\n> said",
    "See https://a.example/b, or", "(www.a.example)", "**http://a.example** x", "*www.b.example*", "[http://a](b)", "http://a.example > b", "Www.x y",
    "a \nb",
    "Plain words", "on\ntwo lines", "with **strong** ones", "and a [link](course:x), (really)", "*em* here", "“Oh” (yes)", "R & D > C",
    "9:00 start", "[a](b) starts", "and\n  indented\n    lines", "a  b", "été\u2028\xa0", "## Heading", "# A [t](u)", "### H\nmore words",
    "| a | b |\n|---|:-:|\n| 1 | *c* |", "|a|b|\n|:-|-:|\n||x|", "| a | b |\n| :-: | --- |\n| **1** | [c](d) |\n| | |",
]  # fmt: skip
LISTS = [
    "Words\n- one\n- two",
    "You need:\n1. a\n2. b",
    "- one\n- two",
    "1. one\n2. **two**",
    "* a\n  b\n* [c](d)",
    "+ x",
    "3. x\n4. y\nmore",
]
QUOTATIONS = ["> said so", "> a\n>\n> b", "> *a*\n> b"]
# What stands beside these and looks much alike.
OTHERS = [
    ": x", "---", "===", "| x", "#", "[^1]", "&amp;", "Q&A", "a | b", "> 1. x", "1.5 x", "10. ten", "2", "-", "- ", "-  x", "*", "**", "(",
    "- z", "> q", ">", "# h", "## a | b |", "| - | - |", "| a | b |", "|a|", "|-|", "[x]: y", "~~~", "    code", "*** x", "_u_ v", "# C#",
]  # fmt: skip


CONVERTER = Converter()


def fully(text: str) -> str:
    return CONVERTER.convert_fully(text)


@settings(deadline=None, max_examples=500)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(SIMPLE + LISTS + QUOTATIONS + OTHERS) | st.sampled_from(SIGNS + WORDS),
            st.sampled_from(["\n\n", "\n\n\n", "\n", "", " "]),
        ),
        max_size=9,
    ).map(lambda pieces: "".join(one for piece in pieces for one in piece))
)
@example("> a\n>\n> b\n>\n")
@example("## a | b |\n| - | - |\n| - | - |\n")
@example("- a\n\n- b\n\n")
@example("> a\n\n> b")
@example("| a | b |\n|---|:-:|\n ")
@example("|a|b|\n|-|-|\n|c|d|\n \n|e|")
def test_nothing_is_written_that_the_converter_would_not_write(text: str) -> None:
    assume(find_too_complex(text) is None)
    html = direct_html(text)
    assert html is None or html == fully(text)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(SIMPLE),
            st.sampled_from(["", *LISTS, *QUOTATIONS]),
            st.sampled_from(["\n\n", "\n\n\n\n"]),
        ),
        max_size=6,
    )
)
def test_simple_blocks_are_written_directly(
    pieces: list[tuple[str, str, str]],
) -> None:
    text = "".join(f"{one}{gap}{other}{gap if other else ''}" for one, other, gap in pieces)
    html = direct_html(text)
    assert html == fully(text)


@pytest.mark.parametrize(
    "text",
    [
        "a `b`", "a \\* b", "a <b>", "R&amp;D", "a\tb", "a  \nb", "a_b", "2 * 3", "[a][b]", "![a](b)", "a[^1]", "**a *b***",
        "[t](u (v))", "- one\n\n- two", "- one\n    - two", "- # one", "-  one", "1. a\n\n- b", "> # a", "> - a", ">a", "> a\nb",
        "a\n 1. b", "a\n2. b", "a\n-", "a | b\n|-|-|\n|-|-|", "3) a", "#a", "a ~b~", "a@b.example", "http://a.example/b_c",
        "a\n---", "---", "# C#", "##", "## a | b", "| a |\n|---|\n| b |", "| a | b |\n|---|---|", "| a | b |\n|---|\n| c | d |",
        "| a | b |\n| c | d |\n| e | f |", "| a | b |\n|---|---|\n| c |", "a | b\n--|--\nc | d", "    code", ": a", "a\n: b", "[a]: b", "...",
    ],
)  # fmt: skip
def test_whatever_may_mean_more_is_left_to_the_converter(text: str) -> None:
    assert direct_html(text) is None


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n"])
def test_nothing_gives_nothing(text: str) -> None:
    assert direct_html(text) == "" == fully(text)
