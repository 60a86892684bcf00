"""Finds pieces of Markdown texts, as they are read, in the texts as they are written."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from credsite.core.line_index import LineIndex

# Also in quotations and in items of lists, which may begin in the same line.
_FENCED: Final = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\1[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_BACKTICKS: Final = re.compile("`+")
_PARAGRAPH_END: Final = re.compile(r"\n[ \t]*(?=\n)")
_OTHER_SPACE: Final = re.compile(r"[^\S ]")
_FOLDED: Final = re.compile(r"\\|(?<= ) +|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
"""What may stand in a text and not in a snippet of it, or as another character: backslashes, more than one space, entities."""
_BEFORE: Final = re.compile(r"[\w/.\-]")
_AFTER: Final = re.compile(r"[\w\-]")
_MAX_SEARCHED: Final = 1_000_000_000
"""How many characters are looked at for all snippets of a text together: this takes a second."""
_PER_PLACE: Final = 500
"""How many of these it costs to look at one place."""


def find_snippet(text: str, snippet: str, nth: int = 0) -> tuple[int, int] | None:
    """:meth:`SnippetPositions.find` of one snippet of ``text``."""
    return SnippetPositions(text).find(snippet, nth)


class SnippetPositions:
    """Where snippets of the Markdown ``text`` are. The text is looked through once for what they may stand in."""

    def __init__(self, text: str) -> None:
        visible = _OTHER_SPACE.sub(" ", _without_code_spans(_FENCED.sub(_blanked, text)))
        self._folded = _FOLDED.sub(_without_entity, visible)
        self._gaps: list[int] = []
        """The positions in the folded text before which something is left out, and how much by then."""
        self._shifts: list[int] = []
        shift = 0
        for match in _FOLDED.finditer(visible):
            left = len(_without_entity(match))
            self._gaps.append(match.start() - shift + left)
            shift += len(match[0]) - left
            self._shifts.append(shift)
        self._lines = LineIndex(text)
        self._left = _MAX_SEARCHED
        self._found: dict[tuple[str, int], tuple[int, int] | None] = {}

    def find(self, snippet: str, nth: int = 0) -> tuple[int, int] | None:
        """Line and column, from 1, of the ``nth`` (from 0) ``snippet`` in the text, or None.

        Fenced and inline code is passed over. The snippet may stand in the text with backslashes, entities or other
        white space; where it occurs as a word or path of its own, only those places count.
        """
        if (snippet, nth) not in self._found:
            at = self._search(_FOLDED.sub(_without_entity, _OTHER_SPACE.sub(" ", snippet.strip())), nth)
            self._found[snippet, nth] = None if at is None else self._line_and_column(at)
        return self._found[snippet, nth]

    def _search(self, snippet: str, nth: int) -> int | None:
        """The index of the place in the folded text."""
        if not snippet:
            return None
        text, places, words = self._folded, 0, 0
        result = None
        at = text.find(snippet)
        while at >= 0 and self._left > 0:
            self._left -= _PER_PLACE
            if places == nth:
                result = at
            places += 1
            if self._is_word(snippet, at):
                if words == nth:
                    self._left -= at
                    return at
                words += 1
            at = text.find(snippet, at + len(snippet))
        self._left -= len(text)
        return result

    def _is_word(self, snippet: str, at: int) -> bool:
        """Whether the ``snippet`` at this place is no part of a longer word or path."""
        end = at + len(snippet)
        if snippet[0].isalnum() and at and _BEFORE.match(self._folded, at - 1):
            return False
        return not (snippet[-1].isalnum() or snippet[-1] == "/") or not _AFTER.match(self._folded, end)

    def _line_and_column(self, at: int) -> tuple[int, int]:
        """Line and column of a place in the folded text."""
        gap = bisect_right(self._gaps, at)
        return self._lines.position(at + (self._shifts[gap - 1] if gap else 0))


def _without_entity(match: re.Match[str]) -> str:
    return html.unescape(match[0]) if match[0][0] == "&" else ""


def _without_code_spans(text: str) -> str:
    """``text`` with spaces in place of inline code, which ends in the paragraph in which it begins."""
    if "`" not in text:
        return text
    parts: list[str] = []
    done = 0
    for start, end in pairwise([0, *(match.start() for match in _PARAGRAPH_END.finditer(text)), len(text)]):
        for first, last in _code_spans(text, start, end):
            parts += text[done:first], " " * (last - first)
            done = last
    return "".join([*parts, text[done:]])


def _code_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of inline code in a paragraph: from a run of backticks to the next one of the same length."""
    runs = [match.span() for match in _BACKTICKS.finditer(text, start, end)]
    later: dict[int, list[int]] = {}
    """Where the runs of each length end that have not been passed, the last first."""
    for first, last in reversed(runs):
        later.setdefault(last - first, []).append(last)
    done = start
    for first, last in runs:
        ends = later[last - first]
        ends.pop()
        if first >= done and ends and text[first - 1 : first] != "\\":
            done = ends[-1]
            yield first, done


def _blanked(code: re.Match[str]) -> str:
    return " " * len(code[0])
