"""Markdown and HTML that take ever longer to read the more there is of them.

Every construct is repeated, left open, nested, and alternated with every other, in every place where text may stand.
"""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import random
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from credsite.content.discovery import SourceFile
from credsite.content.markdown.body import render
from credsite.content.markdown.limits import MAX_MARKUP
from credsite.content.parser import parse
from credsite.schema.kinds import Kind
from tests.torture.trials import Trials

PROMISE = "Twice the text takes at most 2.5 times the time, and the longest text that is read takes less than 500 MB."
MEMORY: Final = 500_000_000
LARGEST: Final = 2_000_000
"""Bytes of a file, by the usual setting."""

FRAGMENTS = (
    # what is special by itself
    "\\", "&", "&#1;", "&amp;", "[", "]", "![", "](", "[a](b)", "[a][b]", "[^1]", "(", ")", "*", "**", "_", "~~", "`", "``",
    "`|`\\|", "|", ":", "@", "a@b.c ", "www.a.b ", "https://a.b ", ":tada:", "{#a}", '"', "'", "!", "$", "\0", "é", " ", "\t", "a",
    # HTML
    "<", "<a/>", "<a ", "<b>", "<b x=1>", "</b>", "<div>", "</div>", "<ul><li>", "<table><td>", "<p>", "<!--", "-->", "<?",
    "<![CDATA[", "<a x='", '<a x="', "<script>", "<svg>", "</p>",
    # lines
    "\n", "\n\n", "\n> ", "\n- ", "\n1. ", "\n# ", "\n##a", "\n===\n", "\n---\n", "\n|-|\n", "\n| a | b |", "\n    ", "\n```\n",
    "\n: ", "\n[a]: b\n", "\n[^1]: x\n", "  \n", "\\\n", "\n- [ ] ", "\n• ", "\nTODO ",
)  # fmt: skip
PLACES = {
    "paragraph": ("", ""),
    "item": ("- ", ""),
    "quotation": ("> ", ""),
    "cell": ("| a | b |\n|---|---|\n| ", " | x |"),
    "head of a table": ("| ", " |\n|---|\n"),
    "heading": ("## ", ""),
    "heading with a line below": ("", "\n==="),
    "footnote": ("a[^1]\n\n[^1]: ", ""),
    "text of a link": ("[", "](y)"),
    "address of a link": ("[x](", ")"),
    "address in brackets": ("[x](<", ">)"),
    "title of a link": ('[x](y "', '")'),
    "words for an image": ("![", "](y.png)"),
    "label": ("[a][", "]\n\n[a]: b"),
    "definition": ("[a]: ", "\n\n[a]"),
    "title of a definition": ('[a]: b "', '"\n\n[a]'),
    "attribute": ('<b title="', '">x</b>'),
    "attribute without quotes": ("<b title=", ">x</b>"),
    "tag": ("<b ", ">x</b>"),
    "block of HTML": ("<div>", "</div>"),
    "comment": ("<!-- ", " -->"),
    "code": ("`", "`"),
    "block of code": ("```\n", "\n```"),
    "meaning of a term": ("Term\n: ", ""),
    "strong words": ("**", "**"),
    "task": ("- [ ] ", ""),
}


def seconds(text: str) -> float:
    """How long it takes to read ``text``, without what Python does now and then to find unused objects."""
    gc.disable()
    try:
        start = time.process_time()
        render(text)
        return time.process_time() - start
    finally:
        gc.enable()


def grows_in_proportion(before: str, piece: str, after: str, size: int) -> bool:
    """Whether twice the text takes at most 2.5 times the time. It is measured again while it seems to take more."""
    texts = [before + piece * (size * times // len(piece)) + after for times in (1, 2)]
    best = [seconds(text) for text in texts]
    for _ in range(6):
        if best[1] <= 2.5 * best[0] + 0.01:
            return True
        best = [min(time_before, seconds(text)) for time_before, text in zip(best, texts, strict=True)]
    return False


def test_every_construct_in_every_place(trials: Trials, whole: bool) -> None:
    cases = list(itertools.product(PLACES.items(), FRAGMENTS, ("", "\n")))
    for (name, (before, after)), piece, end in random.Random(14).sample(cases, 800 if whole else 60):
        with trials(f"{piece!r} and {end!r}, {name}"):
            assert grows_in_proportion(before, piece + end, after, 8_000)


def test_all_pairs_of_constructs(trials: Trials, whole: bool) -> None:
    pairs = list(itertools.permutations(FRAGMENTS, 2))
    for pair in random.Random(14).sample(pairs, 1_500 if whole else 80):
        with trials("".join(pair)):
            assert grows_in_proportion("", "".join(pair), "", 6_000)


def test_constructs_by_the_megabyte(trials: Trials, whole: bool) -> None:
    """Just as many as are read, and more."""
    for piece in FRAGMENTS if whole else FRAGMENTS[::12]:
        for size in (MAX_MARKUP // 2, LARGEST // 2) if whole else (MAX_MARKUP // 2,):
            with trials(f"{piece!r}, {size:,}"):
                assert grows_in_proportion("", piece, "", size)


NUMBERED = {
    "attributes": ("<b", " x{}", ">words</b>"),
    "attributes in a block": ("<div", " x{}=''", ">words</div>"),
    "attributes with signs in quotes": ("<b", " x{}='>'", ">words</b>"),
    "tags that are begun again": ("", "<p><b title={}>", ""),
    "tags that are begun again in Markdown": ("", "<i x={}>a\n\nb\n\n", ""),
    "unknown tags": ("", "<x{}>\n", ""),
    "closed tags": ("", "<p><i lang=x{}>a</i></p>\n", ""),
    "definitions": ("", "[a{}]: b\n", ""),
    "definitions apart": ("", "[a{}]: b\n\n", ""),
    "links to definitions": ("", "[a{0}]\n\n[a{0}]: b\n\n", ""),
    "footnotes": ("", "a[^{0}]\n\n[^{0}]: b\n\n", ""),
    "headings": ("", "# a {}\n", ""),
    "images": ("", "![](a{}.png) ", ""),
    "addresses with spaces": ("", "[a](b {}.md) ", ""),
    "words in parentheses": ("", "[a](b {}) ", ""),
    "cells too many": ("| a |\n|---|\n", "| b | c\\|{} |\n", ""),
    "unknown footnotes": ("", "[^{}] ", ""),
    "almost headings": ("", "##a{}\n", ""),
    "names of emoji": ("", ":a{}:\n\n", ""),
    "numbers of items": ("", "{}. a\n\n", ""),
}


@pytest.mark.parametrize("name", NUMBERED)
def test_constructs_that_are_all_different(name: str, trials: Trials, whole: bool) -> None:
    before, piece, after = NUMBERED[name]
    with trials(name):
        for size in (40_000, 400_000, 1_000_000) if whole else (20_000,):
            count = size // len(piece)
            series = "".join(piece.format(number) for number in range(2 * count))
            half = len("".join(piece.format(number) for number in range(count)))
            best = [float("inf"), float("inf")]
            for _ in range(7):
                for at, text in enumerate((series[:half], series)):
                    best[at] = min(best[at], seconds(before + text + after))
                if best[1] <= 2.5 * best[0] + 0.01:
                    break
            assert best[1] <= 2.5 * best[0] + 0.01, best


DEEP = (
    "> ",
    "- ",
    "1. ",
    "<div>",
    "<ul><li>",
    "*a **b ",
    "[",
    "![",
    "(",
    "<b>",
    "<table><td>",
    "- > ",
    "***",
    "~~a ",
)


def test_what_is_nested_by_the_thousand(trials: Trials, whole: bool) -> None:
    for piece in DEEP:
        for count in (2_000, 20_000) if whole else (500,):
            with trials(f"{count:,} times {piece!r}"):
                assert grows_in_proportion("", piece, "words", count * len(piece))
                footnote = "a[^1]\n\n[^1]: "
                assert grows_in_proportion(footnote, piece, "words", count * len(piece))


def test_a_body_in_every_kind_of_entry(trials: Trials) -> None:
    """No text ends in anything but a page and problems of this file, however much there is of it."""
    for kind, piece in itertools.product(Kind, ("a|b\n", "<b x=1>", "<p>" * 9, "[^1]", ">", "\\", "<!--")):
        text = f"---\ntitle: A title\n---\n\n{piece * (300_000 // len(piece))}"
        with trials(f"{kind}: {piece!r}"):
            source = SourceFile(f"content/{kind}/a.md", kind, "a", "en")
            codes = {problem.code for problem in parse(text.encode(), source, LARGEST).problems}
            assert piece == "\\" or codes & {"body-too-complex", "html-not-allowed"}


def _peak(texts: Iterable[str]) -> int:
    for text in texts:
        render(text)
    # Not getrusage: on Linux, a new process begins with the peak of the one that has started it.
    (peak,) = re.findall(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(peak) * 1024


def _full(piece: str) -> str:
    """As much of ``piece`` as is read, filled up with words to the size of the largest file."""
    signs = sum(piece.count(sign) for sign in "\n\\`*_~[]<&|@:") or 1
    text = piece * min(MAX_MARKUP // signs, LARGEST // len(piece) // 2)
    return text + "\n\n" + "words " * ((LARGEST - len(text)) // 6)


def test_memory(trials: Trials, whole: bool) -> None:
    pieces = FRAGMENTS if whole else ("![](a.png) ", "\n- a")
    texts = [*map(_full, pieces), "".join(f"<p><b title={number}>" for number in range(100_000))]
    with trials(f"{len(texts)} texts"), multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_peak, (texts,)) < MEMORY
