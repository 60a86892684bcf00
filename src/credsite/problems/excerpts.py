"""The line of a file that a problem is about, and the part of it that is meant, for terminals and browsers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credsite.core.regular_files import read_regular
from credsite.core.text import normalize_text
from credsite.problems.model import Location

_WIDTH: Final = 88
"""Characters shown of a long line."""
_BEFORE: Final = 40
"""Characters shown before the part that is meant, where a line has to be cut."""
_WORD: Final = re.compile(r"[\w.:/@#%+-]*[\w/@#%+-]")
_ELLIPSIS: Final = "…"
_MAX_CACHED_FILES: Final = 8
"""Files whose lines are kept in memory at the same time."""
_MAX_BYTES: Final = 32_000_000
"""Bytes of the largest file that is read to show an excerpt."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of a file. ``text[start:end]`` is the part that is meant: a word, or one character where there is no word.

    ``number`` is the number of the line, from 1. ``text`` has no tabs and no control characters. A long line is cut, with
    an ellipsis for each part that is left out.
    """

    number: int
    text: str
    start: int
    end: int

    @property
    def caret_line(self) -> str:
        """The line to print below ``text`` on a terminal: spaces, then carets below the part that is meant."""
        before = display_width(self.text[: self.start])
        return " " * before + "^" * max(1, display_width(self.text[self.start : self.end]))


class ExcerptFinder:
    """Finds excerpts. ``read`` returns the text of a file by its path in the site, or None."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._lines: dict[str, list[str]] = {}

    def find(self, location: Location) -> Excerpt | None:
        """The excerpt at ``location``; None where that has no line, or the file does not have the line."""
        if not location.line:
            return None
        if location.path not in self._lines:
            if len(self._lines) >= _MAX_CACHED_FILES:
                self._lines.clear()
            text = self._read(location.path)
            # Only these three end a line for the programs in which authors write.
            self._lines[location.path] = [] if text is None else re.split(r"\r\n|\n|\r", text)
        lines = self._lines[location.path]
        return excerpt_of_line(lines[location.line - 1], location) if location.line <= len(lines) else None


def file_text_reader(root: Path, errors: str = "strict") -> Callable[[str], str | None]:
    """A function that returns the text of a file by its path in the site at ``root``, or None where it cannot be read.

    ``errors`` says what to do with bytes that are not UTF-8, as in :meth:`bytes.decode`.
    """

    def read(path: str) -> str | None:
        try:
            return normalize_text(read_regular(root / path, _MAX_BYTES).decode(errors=errors))
        except (OSError, ValueError):
            return None

    return read


def excerpt_of_line(line: str, location: Location) -> Excerpt:
    """The part of ``line`` around the column of ``location``."""
    start = min(max(location.column - 1, 0), max(len(line) - 1, 0))
    first = max(0, start - _BEFORE) if len(line) > _WIDTH else 0
    # Only this part is looked at: a line can have a million characters, and each of them a problem.
    part = terminal_safe(line[first : first + _WIDTH])
    word = _WORD.match(part, start - first)
    end = word.end() if word else min(start - first + 1, len(part))
    left = _ELLIPSIS if first else ""
    right = _ELLIPSIS if first + _WIDTH < len(line) else ""
    shift = len(left)
    return Excerpt(location.line, left + part + right, start - first + shift, end + shift)


def terminal_safe(text: str) -> str:
    """``text`` with each control character replaced by one visible character, so that columns stay the same."""
    return text if text.isascii() and text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character == "\t":
        return " "
    is_control = unicodedata.category(character) in ("Cc", "Cf", "Cs")
    return "\N{REPLACEMENT CHARACTER}" if is_control else character


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes: none for a combining character, two for a wide one."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )
