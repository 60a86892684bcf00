"""How numbers, days and lists stand in the sentences that editors read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

_UNSHOWN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def without_control_characters(text: str) -> str:
    """``text`` without what a terminal obeys instead of showing it, and what turns around the words beside it."""
    return _UNSHOWN.sub(" ", text)


def pluralize(number: int, singular: str, plural: str = "") -> str:
    """``1 course``, ``1,250 courses``."""
    return f"{number:,} {singular if number == 1 else plural or f'{singular}s'}"


def pluralize_nonzero(*counts: tuple[int, str] | tuple[int, str, str]) -> list[str]:
    """:func:`pluralize` of each count that is not 0."""
    return [pluralize(*count) for count in counts if count[0]]


def long_date(value: datetime | date) -> str:
    """``1 February 2027``, with the time where it is not midnight."""
    day = f"{value.day} {value:%B} {value.year}"
    return f"{day}, {value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else day


def short_date(value: datetime | date) -> str:
    """``1 Feb 2027``, for tables; with the time where it is not midnight."""
    day = f"{value.day} {value:%b} {value.year}"
    return f"{day}, {value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else day


def join_names(names: Sequence[str], limit: int = 5) -> str:
    """``A``, ``A and B``, ``A, B and C``; of more than ``most`` the first ones, and how many there are besides."""
    shown = list(names[:limit])
    if len(names) > limit:
        shown.append(f"{len(names) - limit:,} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
