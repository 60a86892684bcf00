"""Which dates there are."""

from __future__ import annotations

from datetime import date
from typing import Final

YEARS: Final = range(1900, 2200)
"""The years of dates. Nothing that is done with a date in them, in any time zone, leaves the calendar."""
FOR_EVER: Final = date.max
"""The calendar's last day, which editors write for "for ever". No day comes after it."""


def unless_for_ever(day: date | None) -> date | None:
    """``day``, or None where it stands for "for ever", which visitors are not shown as a date."""
    return None if day == FOR_EVER else day
