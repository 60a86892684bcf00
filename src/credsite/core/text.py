"""Small functions on text, and numbers, dates and lists in sentences for people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

_CONTROL_CHARACTERS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


def normalize_text(text: str) -> str:
    """``text`` without a byte order mark and with ``\\n`` line ends."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def quote_argument(text: str) -> str:
    """``text`` as an argument in an example of a command."""
    return f'"{text}"' if " " in text else text


def slugify(text: str) -> str:
    """A slug near ``text``: ``[a-z0-9-]+``, or ``""`` where ``text`` has no such character."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def sort_key(title: str) -> str:
    """A key that orders titles as readers expect: case and accents do not count."""
    folded = title.casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def without_control_characters(text: str) -> str:
    """``text`` with a space in place of control characters, those that change the direction of text included."""
    return _CONTROL_CHARACTERS.sub(" ", text)


def pluralize(number: int, singular: str, plural: str = "") -> str:
    """``1 course``, ``1,250 courses``."""
    return f"{number:,} {singular if number == 1 else plural or f'{singular}s'}"


def pluralize_nonzero(*counts: tuple[int, str] | tuple[int, str, str]) -> list[str]:
    """:func:`pluralize` of each count that is not 0."""
    return [pluralize(*count) for count in counts if count[0]]


def long_date(value: datetime | date) -> str:
    """``1 February 2027``, with the time where it is not midnight."""
    return _with_time(f"{value.day} {value:%B} {value.year}", value)


def short_date(value: datetime | date) -> str:
    """``1 Feb 2027``, for tables; with the time where it is not midnight."""
    return _with_time(f"{value.day} {value:%b} {value.year}", value)


def _with_time(day: str, value: datetime | date) -> str:
    has_time = isinstance(value, datetime) and bool(value.hour or value.minute)
    return f"{day}, {value:%H:%M}" if has_time else day


def join_names(names: Sequence[str], limit: int = 5) -> str:
    """``A``, ``A and B``, ``A, B and C``. Of more than ``limit`` names the first ones, and the number of the others."""
    parts = list(names[:limit])
    if len(names) > limit:
        parts.append(f"{len(names) - limit:,} more")
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
