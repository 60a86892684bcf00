"""Finds texts that would keep a build busy for long.

Almost everything is read in time that grows with the length of the text. Two things are not: footnotes, and comments that
are never closed, for each of which the rest of the text is searched. The limits are far beyond what occurs in ordinary
texts, and depend on the text alone, so that every build says the same.
"""

from __future__ import annotations

from typing import Final

MAX_FOOTNOTES: Final = 1_000
"""Footnote marks in a text."""
MAX_SEARCHED: Final = 20_000_000
"""Characters to be searched for what closes comments. This takes some tenths of a second."""


class TooDeepError(RecursionError):
    """Blocks are nested too deeply. ``line`` is the text of the line in which the innermost begins."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def find_too_complex(text: str) -> str | None:
    """A piece of ``text`` that is too complex to be read, or None."""
    # Single characters are found many times as fast as two in a row, and most texts have none of these.
    if "^" in text and text.count("[^") > MAX_FOOTNOTES:
        return "[^"
    if "<" in text and "<!--" in text:
        unclosed = text.count("<!--", text.rfind("-->") + 1)
        if unclosed * len(text) > MAX_SEARCHED:
            return "<!--"
    return None
