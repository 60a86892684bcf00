"""What an edit changes: a number that stands in one course, one industry and one template of each site."""

from __future__ import annotations

import re
from typing import Final, Literal

Edit = Literal["course", "industry", "theme"]

_WORDS: Final[dict[Edit, str]] = {"course": "edition", "industry": "volume", "theme": "issue"}
EDITS: Final[tuple[Edit, ...]] = tuple(_WORDS)


def mark(edit: Edit, number: int = 0) -> str:
    """The words that show that an edit has been made ``number`` times; no other text of a site holds them."""
    return f"{_WORDS[edit]} {number}"


def marks(edit: Edit) -> re.Pattern[bytes]:
    """Finds the marks of such an edit, whatever their number."""
    return re.compile(rb"\b%s \d+\b" % _WORDS[edit].encode())
