"""Which dates there are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

Weekdays = tuple[int, ...]
"""Days of the week in order, each once: 0 is Monday, 6 is Sunday."""

YEARS: Final = range(1900, 2200)
"""The years of dates. Nothing that is done with a date in them, in any time zone, leaves the calendar."""
FOR_EVER: Final = date.max
"""The calendar's last day, which editors write for "for ever". No day comes after it."""


def unless_for_ever(day: date | None) -> date | None:
    """``day``, or None where it stands for "for ever", which visitors are not shown as a date."""
    return None if day == FOR_EVER else day


def day_of(moment: date) -> date:
    """The day of a moment; a day is its own."""
    return moment.date() if isinstance(moment, datetime) else moment


def first_on(weekdays: Weekdays, first: date, last: date, without: Collection[date] = ()) -> date | None:
    """The first day from ``first`` to ``last`` that is one of the ``weekdays``, if there is one."""
    return _nearest_on(weekdays, first, last, without, 1)


def last_on(weekdays: Weekdays, first: date, last: date, without: Collection[date] = ()) -> date | None:
    """The last day from ``first`` to ``last`` that is one of the ``weekdays``; none where ``last`` is for ever."""
    return _nearest_on(weekdays, last, first, without, -1) if last < FOR_EVER else None


def _nearest_on(
    weekdays: Weekdays, start: date, end: date, without: Collection[date], step: int
) -> date | None:
    without = frozenset(without)  # there may be many thousands
    # Each of the days left out costs a week at most.
    for number in range(7 * (len(without) + 1)):
        try:
            day = start + timedelta(days=step * number)
        except OverflowError:
            return None
        if (end - day).days * step < 0:
            return None
        if day.weekday() in weekdays and day not in without:
            return day
    return None


def days_on(weekdays: Weekdays, first: date, last: date) -> int:
    """How many days from ``first`` to ``last`` are one of the ``weekdays``."""
    weeks, rest = divmod((last - first).days + 1, 7)
    extra = sum((first.weekday() + number) % 7 in weekdays for number in range(rest))
    return weeks * len(weekdays) + extra
