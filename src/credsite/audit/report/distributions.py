"""How prices and lengths of time are distributed: in a few classes, and by quartiles."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from credsite.audit.report.model import Costs, LengthBucket, Lengths, PriceBucket, Prices, ReportRow, rows_of
from credsite.content.records import CourseRecord
from credsite.core.quantities import Duration

_DAY: Final = 24
"""Hours."""
_DURATIONS: Final[Mapping[str, int]] = {
    "1 day": _DAY,
    "1 week": 7 * _DAY,
    "1 month": 31 * _DAY,
    "3 months": 92 * _DAY,
    "6 months": 184 * _DAY,
    "1 year": 366 * _DAY,
}
"""The upper limit of each class in hours. All that is longer is one more class."""
_WORKLOADS: Final[Mapping[str, int]] = {f"{hours} hours": hours for hours in (10, 20, 40, 80, 150, 300)}
LONGER_LABEL: Final = "longer"
_PRICE_CLASSES: Final = 8
"""About how many classes of prices there are, besides the last one, which has no upper limit."""
_FENCE: Final = Decimal("1.5")
"""John Tukey's rule: a price is an outlier if it is more than 1.5 interquartile ranges above the upper quartile.

The classes are made for all other prices. Otherwise a few outliers would leave one class for all the rest."""


def cost_distribution(courses: Iterable[CourseRecord], currency: str) -> Costs:
    """The prices of ``courses``. ``currency`` is that of prices without a currency of their own."""
    prices: defaultdict[str, list[tuple[Decimal, ReportRow]]] = defaultdict(list)
    free = 0
    not_given = []
    for course in courses:
        price, row = course.price, ReportRow(course.title, course.path)
        if price is None:
            not_given.append(row)
        elif not price.amount:
            free += 1
        else:
            prices[price.currency or currency].append((price.amount, row))
    by_use = sorted(prices.items(), key=lambda item: (-len(item[1]), item[0]))
    return Costs(free, tuple(not_given), tuple(_prices(name, found) for name, found in by_use))


def _prices(currency: str, prices: list[tuple[Decimal, ReportRow]]) -> Prices:
    most, dearest = min(prices, key=lambda price: (-price[0], price[1].path))
    amounts = sorted(amount for amount, _ in prices)
    lower, middle, upper = (quantile(amounts, Decimal(number) / 4) for number in (1, 2, 3))
    highest_ordinary = min(most, upper + (upper - lower) * _FENCE)
    return Prices(
        currency=currency,
        given=len(amounts),
        least=amounts[0],
        lower=lower,
        middle=middle,
        upper=upper,
        most=most,
        dearest=dearest,
        buckets=_price_buckets(amounts, highest_ordinary),
    )


def quantile(ordered: Sequence[Decimal], part: Decimal) -> Decimal:
    """The smallest value below or at which at least the share ``part`` of the ``ordered`` values lie."""
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def _price_buckets(amounts: Sequence[Decimal], highest: Decimal) -> tuple[PriceBucket, ...]:
    """Classes of the same width up to the ``highest`` ordinary price, and one more for all prices above it."""
    step = round_step(highest / _PRICE_CLASSES)
    last = int(highest // step)
    counts = Counter(min(int(amount // step), last + 1) for amount in amounts)
    closed = [PriceBucket(step * number, step * (number + 1), counts[number]) for number in range(last + 1)]
    above = counts[last + 1]
    return (*closed, PriceBucket(step * (last + 1), None, above)) if above else tuple(closed)


def round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2 and 5 times a power of ten that is at least ``least``, which is above 0."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)


def duration_distribution(courses: Iterable[CourseRecord]) -> Lengths:
    """How long courses run by the calendar."""
    return _lengths([(course, course.duration) for course in courses], _DURATIONS)


def workload_distribution(courses: Iterable[CourseRecord]) -> Lengths:
    """How much study time courses take, if they give it in hours: nobody knows how many hours a day of study has."""
    return _lengths([(course, course.workload) for course in courses], _WORKLOADS, ("minute", "hour"))


def _lengths(
    courses: Sequence[tuple[CourseRecord, Duration | None]],
    classes: Mapping[str, int],
    units: Sequence[str] = (),
) -> Lengths:
    given = [duration for _, duration in courses if duration is not None]
    durations = sorted(
        (duration for duration in given if not units or duration.unit in units),
        key=lambda duration: (duration.hours[1], duration.hours[0], duration.unit),
    )
    bounds = list(classes.values())
    counts = Counter(bisect_left(bounds, duration.hours[1]) for duration in durations)
    names = [*classes, LONGER_LABEL]
    return Lengths(
        given=len(given),
        ranges=sum(duration.minimum < duration.maximum for duration in durations),
        other=len(given) - len(durations),
        not_given=rows_of(course for course, duration in courses if duration is None),
        least=duration_text(durations[0]) if durations else "",
        middle=duration_text(durations[(len(durations) - 1) // 2]) if durations else "",
        most=duration_text(durations[-1]) if durations else "",
        buckets=tuple(LengthBucket(name, counts[number]) for number, name in enumerate(names))
        if durations
        else (),
    )


def duration_text(duration: Duration) -> str:
    """``6 weeks`` or ``3-7 days``, as editors write it."""
    low, high = amount_text(duration.minimum), amount_text(duration.maximum)
    return f"{high if low == high else f'{low}-{high}'} {duration.unit}{'' if duration.maximum == 1 else 's'}"


def amount_text(number: Decimal) -> str:
    """``1,250`` or ``12.5``: without zeros that say nothing."""
    return f"{number.normalize():,f}"
