"""The line of a file that a problem is about, and which part of it: for a terminal and for a browser alike."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.core.text import normalize_text
from credsite.problems.model import Location

_WIDTH: Final = 88
"""Characters of a long line that are shown."""
_BEFORE: Final = 40
"""Characters shown before the place, where a line has to be cut."""
_WORD: Final = re.compile(r"[\w.:/@#%+-]*[\w/@#%+-]")
_ELLIPSIS: Final = "…"
_MAX_CACHED_FILES: Final = 8
"""Files of which the lines are kept, so that thousands of them do not fill the memory."""
_MAX_BYTES: Final = 32_000_000
"""Bytes of the largest file that is read only to show where something is."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of a file. ``text[start:end]`` is what is meant: a word, or one character where there is none.

    ``number`` is the line's, from 1. ``text`` holds no tabs and no characters that a terminal obeys; a long line is
    cut, with a sign for what is left out.
    """

    number: int
    text: str
    start: int
    end: int

    @property
    def caret_line(self) -> str:
        """What stands below ``text`` on a terminal to point at the place: spaces, then carets."""
        before = display_width(self.text[: self.start])
        return " " * before + "^" * max(1, display_width(self.text[self.start : self.end]))


class ExcerptFinder:
    """Finds excerpts. ``read`` gives a file's text by its path in the site, or None; files are asked for one after
    the other, so only a few are kept."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._lines: dict[str, list[str]] = {}

    def find(self, location: Location) -> Excerpt | None:
        """The excerpt at a place with a line; None where there is none, or the file has no such line."""
        if not location.line:
            return None
        if location.path not in self._lines:
            if len(self._lines) >= _MAX_CACHED_FILES:
                self._lines.clear()
            text = self._read(location.path)
            # As editors count lines: only these three end one.
            self._lines[location.path] = [] if text is None else re.split(r"\r\n|\n|\r", text)
        lines = self._lines[location.path]
        return excerpt_of_line(lines[location.line - 1], location) if location.line <= len(lines) else None


def file_text_reader(root: Path, errors: str = "strict") -> Callable[[str], str | None]:
    """What gives the text of a file by its path in the site at ``root``, or None where it cannot be had.

    ``errors`` says what becomes of bytes that are not UTF-8, as in :meth:`bytes.decode`.
    """

    def read(path: str) -> str | None:
        file = root / path
        try:
            known = file.stat()
            # To read from a pipe would take for ever.
            if not stat.S_ISREG(known.st_mode) or known.st_size > _MAX_BYTES:
                return None
            return normalize_text(file.read_bytes().decode(errors=errors))
        except (OSError, ValueError):
            return None

    return read


def excerpt_of_line(line: str, location: Location) -> Excerpt:
    """The part of ``line`` around the column of ``place``."""
    shown = terminal_safe(line)
    start = min(max(location.column - 1, 0), max(len(shown) - 1, 0))
    word = _WORD.match(shown, start)
    end = word.end() if word else min(start + 1, len(shown))
    text, start, end = _cut(shown, start, end)
    return Excerpt(location.line, text, start, end)


def terminal_safe(text: str) -> str:
    """``text`` without what a terminal obeys; no longer and no shorter, so that columns stay true."""
    return text if text.isascii() and text.isprintable() else "".join(map(_visible, text))


def _visible(sign: str) -> str:
    if sign == "\t":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in ("Cc", "Cf", "Cs") else sign


def _cut(text: str, start: int, end: int) -> tuple[str, int, int]:
    first = max(0, start - _BEFORE) if len(text) > _WIDTH else 0
    shown = text[first : first + _WIDTH]
    left = _ELLIPSIS if first else ""
    right = _ELLIPSIS if first + _WIDTH < len(text) else ""
    moved = len(left) - first
    return left + shown + right, start + moved, min(end + moved, len(left + shown))


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes: none for what is set above letters, two for wide ones."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
