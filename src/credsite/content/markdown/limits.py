"""Finds texts that would keep a build busy for long, or fill its memory.

Almost everything is read in time that grows with the length of the text: the most expensive markup takes some microseconds
for each of its characters. What takes more is footnotes, comments that are never closed, for each of which the rest of the
text is searched, and HTML that the sanitizer has to put right. The limits are far beyond what occurs in ordinary texts, and
depend on the text alone, so that every build says the same.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Final, NamedTuple

MAX_MARKUP: Final = 100_000
"""Characters of a text that may be markup. The most expensive are read in a second."""
MAX_TAGS: Final = 20_000
"""HTML tags in a text."""
MAX_UNCLOSED: Final = 1_000
"""Blocks of HTML that are not closed. For each that begins, the sanitizer looks through those around it."""
MAX_TAG_LENGTH: Final = 20_000
"""Characters of an HTML tag. The sanitizer compares each attribute of a tag with the others."""
MAX_REPEATED: Final = 3_000_000
"""Elements that the sanitizer may have to make because ``<b title="x">`` and the like are not closed.

A browser begins each of them again in every paragraph that follows. So does the sanitizer.
"""
MAX_GROWTH: Final = 4
"""How many times as long as its source sanitised HTML may be. Closing what is open makes it three times as long."""
FREE_GROWTH: Final = 100_000
"""Characters of sanitised HTML that are not counted in that."""
MAX_EXPANSION: Final = 2_000_000
"""Characters of HTML that stand nowhere in the text: those of empty cells, and of addresses that are defined once."""
_EMPTY_CELL: Final = len("<td></td>")
MAX_FOOTNOTES: Final = 1_000
"""Footnote marks in a text."""
MAX_SEARCHED: Final = 20_000_000
"""Characters to be searched for what closes comments. This takes some tenths of a second."""
MAX_FINDINGS: Final = 200
"""Findings of one kind that are told of a text. Nobody reads more, and each has to be found in the text."""

_MARKUP: Final = (*"\n\\`*_~[]<&|@", "://", "ww.")
_ANY_MARKUP: Final = re.compile("|".join(map(re.escape, _MARKUP)))
_BEGUN_AGAIN: Final = re.compile(
    r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]", re.IGNORECASE
)
"""A tag of an element that is begun again in the next paragraph. Where it has no attributes, three at most are."""
_BLOCK: Final = re.compile(
    r"<(/?)(address|article|aside|blockquote|center|details|dialog|dir|div|dl|fieldset|figcaption|figure|footer|form|header"
    r"|hgroup|listing|main|menu|nav|ol|pre|search|section|summary|ul)\b",
    re.IGNORECASE,
)
_CLOSED: Final = re.compile(
    r"<(b|big|code|em|font|i|s|small|strike|strong|tt|u)\b(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+>[^<]*</\1>",
    re.IGNORECASE,
)
"""Such an element that is surely closed, without other elements in it."""
_MAX_NESTED: Final = 4
"""How many such elements may be in each other where they are many."""
_COMMENT_OR_TAG: Final = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[A-Za-z][^\s/>]*+"
    r"(?:[\s/]++|(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+)*+",
    re.DOTALL,
)
"""A comment or a tag, as a browser reads it."""


class TooDeepError(RecursionError):
    """Blocks are nested too deeply. ``line`` is the text of the line in which the innermost begins."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


class TooComplex(NamedTuple):
    """Why a text is not read: a ``message`` (``""`` for the usual one), and where.

    ``at`` is an index in the text. Where it is negative, the first ``piece`` in the text is meant.
    """

    message: str
    piece: str
    at: int = -1


class TooComplexError(ValueError):
    """A text turns out to be too complex while it is read."""

    def __init__(self, reason: TooComplex) -> None:
        super().__init__(reason.message)
        self.reason = reason


class Expansion:
    """Counts how much HTML a text gives that stands nowhere in it. TooComplexError where that is too much."""

    def __init__(self) -> None:
        self._length = 0

    def add_cells(self, count: int, head: str) -> None:
        """Count the cells that a row lacks of the columns in the ``head`` of its table."""
        message = "Far more cells of this table are empty than anybody reads. Write fewer columns, or divide the table into several."
        self._add(count * _EMPTY_CELL, message, head)

    def add_address(self, length: int, link: str) -> None:
        """Count the address and the title that a ``link`` has from a definition."""
        message = "Many links have the same definition, and its address and title are long. Shorten them."
        self._add(length, message, link)

    def _add(self, length: int, message: str, piece: str) -> None:
        self._length += length
        if self._length > MAX_EXPANSION:
            raise TooComplexError(TooComplex(message, piece))


def find_too_complex(text: str) -> TooComplex | None:
    """Why ``text`` is too complex to be read, or None."""
    if len(text) > MAX_MARKUP and sum(map(text.count, _MARKUP)) > MAX_MARKUP:
        place = next(islice(_ANY_MARKUP.finditer(text), MAX_MARKUP, None)).start()
        message = (
            f"Up to here, the text has {MAX_MARKUP:,} characters that may be markup, such as `*`, `|` and the ends of lines. "
            "That is too much for one page: divide it into several files."
        )
        return TooComplex(message, "", place)
    if len(text) > MAX_TAGS and text.count("<") > MAX_TAGS:
        message = f"The text has more than {MAX_TAGS:,} HTML tags. Write Markdown instead, or divide it into several files."
        return TooComplex(message, "<")
    if text.count("[^") > MAX_FOOTNOTES:
        return TooComplex("", "[^")
    if "<!--" in text:
        unclosed = text.count("<!--", text.rfind("-->") + 1)
        if unclosed * len(text) > MAX_SEARCHED:
            return TooComplex("", "<!--")
    return None


def find_expensive_html(unsafe: str) -> TooComplex | None:
    """Why ``unsafe``, the HTML of a text that may hold raw HTML, would keep the sanitizer busy for long, or None."""
    elements = unsafe.count("<") - unsafe.count("</")
    if elements * elements > MAX_REPEATED and len(_BEGUN_AGAIN.findall(unsafe)) * elements > MAX_REPEATED:
        unclosed = unsafe
        for _ in range(_MAX_NESTED):
            unclosed = _CLOSED.sub("", unclosed)
        again = _BEGUN_AGAIN.findall(unclosed)
        if len(again) * elements > MAX_REPEATED:
            return TooComplex(_unclosed(again[0]), again[0])
    if elements > MAX_UNCLOSED:
        blocks = Counter("/" if slash else name for slash, name in _BLOCK.findall(unsafe))
        closed = blocks.pop("/", 0)
        if blocks.total() - closed > MAX_UNCLOSED:
            name = max(blocks, key=blocks.__getitem__)
            message = f"More than {MAX_UNCLOSED:,} tags such as `<{name}>` are not closed. Write `</{name}>` after each, or Markdown."
            return TooComplex(message, f"<{name}")
    if len(unsafe) > MAX_TAG_LENGTH:
        for found in _COMMENT_OR_TAG.finditer(unsafe):
            if found.end() - found.start() > MAX_TAG_LENGTH and not found[0].startswith("<!"):
                message = (
                    f"This HTML tag has more than {MAX_TAG_LENGTH:,} characters. Write Markdown instead."
                )
                return TooComplex(message, found[0][:40].partition("\n")[0])
    return None


def find_grown(unsafe: str, safe: str) -> TooComplex | None:
    """Why ``safe``, the sanitised HTML of ``unsafe``, is much longer than it, or None if it is not."""
    if len(safe) <= MAX_GROWTH * len(unsafe) + FREE_GROWTH:
        return None
    found = _BEGUN_AGAIN.search(unsafe)
    piece = found[0] if found else "<"
    return TooComplex(_unclosed(piece), piece)


def _unclosed(tag: str) -> str:
    name = tag.strip("</ \t\n")
    return (
        f"There are many tags `<{name}>` here that are not closed, and each is begun again in every paragraph that follows. "
        f"Write `</{name}>` at the end of the words, or write Markdown instead."
    )
