"""Markup that people get slightly wrong is reported, and what only looks like it is not."""

from __future__ import annotations

import pytest

from credsite.content.markdown.body import render


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("See\n[our page] (https://college.org/a) now", (2, 1), "no space between"),
        ("See [the form] (/forms/a/) now", (1, 5), "no space between"),
        ("See [it] (www.college.org) now", (1, 5), "no space between"),
        ("See (our page)[https://college.org] now", (1, 5), "The words come first"),
        ("You learn:\n\n• Mixing & more\n• Baking", (3, 1), "hyphen"),
        ("You learn:\n• Mixing\n• Baking", (2, 1), "hyphen"),
        ("\uf0b7 Mixing\n\uf0b7 Baking", (1, 1), "hyphen"),
        ("Text <o:p>&nbsp;</o:p> more", (1, 6), "word processor"),
        ("You learn:\n-\u00a0Mixing\n-\u00a0Baking", (2, 1), "no-break space"),
        ("##\u00a0What you learn\n\nMixing", (1, 1), "no-break space"),
        ("Dates:\n\n| day | room |\n| Monday | 4 |", (3, 1), "| --- |"),
        ("See [our page][form] now", (1, 5), "no line that says the address"),
        ("Seen by all.\n\n<!-- to do\n\nSeen by nobody.", (3, 1), "never ends"),
        ("{{< video abc >}}", (1, 1), "only in other programs"),
        ("{% include form.html %}", (1, 1), "only in other programs"),
        ("Text\n\n    Here we begin with a longer sentence from Word.", (3, 5), "four spaces"),
    ],
)
def test_what_is_meant_as_markup_is_reported(text: str, place: tuple[int, int], words: str) -> None:
    (finding,) = render(text)[1]
    assert (finding.code, finding.line, finding.column) == ("markdown-unusual", *place)
    assert words in finding.detail


@pytest.mark.parametrize(
    "text",
    [
        "`[our page] (https://college.org)` and `{{ x }}`",
        "```\n• a\n[a] (/b/) {{ x }}\n```",
        "He said [sic] (and meant it) and f(x)[0]",
        "Monday • Tuesday • Wednesday",
        "[a link](https://college.org) (and more)",
        "    pip install credsite\n    x = 3",
        "- one\n- two",
        "Words, <!-- a note --> and `<!--`, or x <!-- y",
        "Prices -\u00a0all of them\u00a0- and 5\u00a0km, \u2013\u00a0as said",
        "As others found [1][2], see [the page][it].\n\n[it]: https://college.org",
        "| one line |",
        "A {single} brace, {a, b}",
    ],
)
def test_what_is_meant_as_it_is_shown_is_not_reported(text: str) -> None:
    assert render(text)[1] == ()
