"""Wraps text for a terminal."""

from __future__ import annotations

import textwrap
from typing import Final

from credsite.problems.excerpts import terminal_safe

_LINE_WIDTH: Final = 92


def wrap_text(text: str, indent: str) -> list[str]:
    """``text`` in lines of readable width, without control characters. Long words, such as paths, are not broken."""
    one_line = terminal_safe(" ".join(text.split()))
    width = _LINE_WIDTH - len(indent)
    lines = textwrap.wrap(one_line, width, break_long_words=False, break_on_hyphens=False)
    return [f"{indent}{line}" for line in lines]
