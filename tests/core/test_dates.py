from __future__ import annotations

import time
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from credsite.core.dates import FOR_EVER, day_of, days_on, first_on, last_on

DAYS = st.dates(date(2027, 1, 1), date(2027, 3, 31))
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


@settings(max_examples=25)
@given(WEEKDAYS, DAYS, DAYS, st.sets(DAYS, max_size=5))
def test_the_days_of_the_week_in_a_span(
    weekdays: tuple[int, ...], first: date, last: date, without: set[date]
) -> None:
    span = [first + timedelta(number) for number in range((last - first).days + 1)]
    days = [day for day in span if day.weekday() in weekdays]
    left = [day for day in days if day not in without]
    assert first_on(weekdays, first, last, without) == (left[0] if left else None)
    assert last_on(weekdays, first, last, without) == (left[-1] if left else None)
    if first <= last:
        assert days_on(weekdays, first, last) == len(days)


def test_a_span_without_an_end() -> None:
    assert first_on((0,), date(2027, 2, 2), FOR_EVER) == date(2027, 2, 8)
    assert last_on((0,), date(2027, 2, 2), FOR_EVER) is None
    assert first_on((0,), date(9999, 12, 31), FOR_EVER) is None


def test_many_exceptions_are_quick() -> None:
    first = date(2000, 1, 1)
    without = tuple(first + timedelta(number) for number in range(30_000))
    begun = time.perf_counter()
    assert first_on(tuple(range(7)), first, FOR_EVER, without) == first + timedelta(30_000)
    assert time.perf_counter() - begun < 2


def test_the_day_of_a_moment() -> None:
    assert day_of(datetime(2027, 2, 1, 23, 59)) == day_of(date(2027, 2, 1)) == date(2027, 2, 1)
