"""From the index of a character in a text to its line and column."""

from __future__ import annotations

import re
from bisect import bisect_right


class LineIndex:
    """The lines of a text, which is looked through once, however many places are asked for."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def position(self, at: int) -> tuple[int, int]:
        """Line and column, from 1, of the character with the index ``at``."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1
