"""What is probably not meant as it is shown is reported, and what people write is not."""

from __future__ import annotations

import pytest

from credsite.content.markdown.body import render


def reported(text: str) -> list[tuple[int, int, str]]:
    """Line, column and snippet of each finding."""
    body_findings = render(text)[1]
    assert {finding.code for finding in body_findings} <= {"markdown-unusual"}
    assert all(finding.detail.endswith(".") for finding in body_findings)
    return [(finding.line, finding.column, finding.snippet) for finding in body_findings]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Text\n\n##Heading\n\n- a\n  ###b", [(3, 1, "##Heading"), (6, 3, "###b")]),
        ("## Dates {#dates}", [(1, 10, "{#dates}")]),
        ("Text\n```\ncode\n\nmore", [(2, 1, "```")]),
        ("- a\n  ~~~\n  b\n\nText", [(2, 3, "~~~")]),
        ("| a | b |\n|---|\n| 1 | 2 |", [(2, 1, "|---|")]),
        ("- one\n| a | b |\n|---|---|\n| 1 | 2 |", [(3, 1, "|---|---|")]),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 |", [(3, 11, "3")]),
        ("| a | b |\n|---|---|\n| 1 | x | *y* | z |", [(3, 11, "*y*")]),
        ("One\nand [two](my file.pdf) three", [(2, 11, "my file.pdf")]),
        ("Bring [a pen](or two pens)", [(1, 13, "](or two pens)")]),
        ("[Note]: bread\n\nText", [(1, 1, "[Note]")]),
        ("Said so.[^1]", [(1, 9, "[^1]")]),
        ("Said so.[^1]\n\n[^1]: Here.\n[^Two]: There.", [(4, 1, "[^Two]")]),
        ("> [!NOTE]\n> Bring a pen.", [(1, 3, "[!NOTE]")]),
        ("!!! note\n    Bring a pen.", [(1, 1, "!!! note")]),
        ('??? warning "Mind the step"', [(1, 1, "??? warning")]),
        ("::: tip\nBring a pen.\n:::", [(1, 1, "::: tip")]),
        ("[TOC]\n\nText", [(1, 1, "[TOC]")]),
        ("Plain words\n\nWell done :tada: all", [(3, 11, ":tada:")]),
        ("**Note:**bring a pen", [(1, 1, "**Note:**")]),
        ("Come *early*\nand **bring ** a pen", [(2, 5, "**bring **")]),
        ("~~ten ~~ twelve", [(1, 1, "~~ten ~~")]),
        ("One *two*\nand\nthen :tada:", [(3, 6, ":tada:")]),
        ("Well *done* `x` :tada: all", [(1, 17, ":tada:")]),
    ],
)
def test_unusual(text: str, places: list[tuple[int, int, str]]) -> None:
    assert reported(text) == places


def test_what_is_in_a_footnote_is_found_by_its_words() -> None:
    (finding,) = render("a[^1]\n\n[^1]: see [this](my file.pdf)")[1]
    assert (finding.line, finding.snippet) == (0, "my file.pdf")


@pytest.mark.parametrize(
    "text",
    [
        "#hashtag, #5 and C#\n\n# Heading #",
        "```\n##code :x: [^1]\n```",
        "`##x` `:tada:` `[^1]` `[a](b c)`",
        "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | |\n\none | two\n",
        "[a](b.md) [c](<d e.md>) [f] (g h) [i]",
        "[guide]: https://guide.example\n\n[//]: # (a note to myself)\n[used]: place\n\n[x][used]",
        "At 9:30 :) ratio a:b:c, C:dir:x, ::, Note: x: y",
        "!!! Registration closes on Friday !!!\n\n??? Questions: ask us",
        "2 ** 3 ** 4, price**, due** 2**10 ** and **so on",
        "**bold** *it* **Day 1.** more __a __ *** and ****",
        "Really!!! Yes? [x] {{ user }} {a}",
        "Term\n: Meaning\n\n- [ ] open\n- [x] done",
        "~~gone~~ ~~ 5 ~ 6 www.a.example me@a.example",
        "a[^1] b[^two]\n\n[^1]: c[^two]\n[^two]: d",
        "Money: $5 (about) [sic](!)",
    ],
)
def test_usual(text: str) -> None:
    assert reported(text) == []
