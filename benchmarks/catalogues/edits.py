"""Edits of a site: each changes a number in one course, one industry or one template."""

from __future__ import annotations

import re
from typing import Final, Literal

Edit = Literal["course", "industry", "theme"]

_WORDS: Final[dict[Edit, str]] = {"course": "edition", "industry": "volume", "theme": "issue"}
EDITS: Final[tuple[Edit, ...]] = tuple(_WORDS)


def mark(edit: Edit, number: int = 0) -> str:
    """The words that an edit writes the ``number``-th time. No other text of a site has them."""
    return f"{_WORDS[edit]} {number}"


def mark_pattern(edit: Edit) -> re.Pattern[bytes]:
    """A pattern for the marks of this kind of edit, with any number."""
    return re.compile(rb"\b%s \d+\b" % _WORDS[edit].encode())
