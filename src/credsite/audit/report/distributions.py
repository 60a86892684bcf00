"""How prices and lengths of time are spread: a few classes each, and the ends and the middle."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from credsite.audit.report.model import Costs, LengthBucket, Lengths, PriceBucket, Prices, ReportRow
from credsite.content.records import CourseRecord
from credsite.core.quantities import Duration

_DAY: Final = 24
_DURATIONS: Final[Mapping[str, int]] = {
    "1 day": _DAY,
    "1 week": 7 * _DAY,
    "1 month": 31 * _DAY,
    "3 months": 92 * _DAY,
    "6 months": 184 * _DAY,
    "1 year": 366 * _DAY,
}
"""The longest durations of each class, in hours; what is longer is one more class."""
_WORKLOADS: Final[Mapping[str, int]] = {f"{hours} hours": hours for hours in (10, 20, 40, 80, 150, 300)}
LONGER_LABEL: Final = "longer"
_CLASSES: Final = 8
"""About as many classes of prices, beside the open one."""
_FENCE: Final = Decimal("1.5")
"""How far above the upper quarter a price is an ordinary one, in lengths of the middle half. That is John Tukey's rule.

The classes are made for ordinary prices: few that are far above would leave one class for all others."""


def cost_distribution(courses: Iterable[CourseRecord], currency: str) -> Costs:
    """The prices of ``courses``; ``currency`` is what one without a currency means."""
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


def _prices(currency: str, found: list[tuple[Decimal, ReportRow]]) -> Prices:
    most, dearest = min(found, key=lambda item: (-item[0], item[1].path))
    amounts = sorted(amount for amount, _ in found)
    lower, middle, upper = (quantile(amounts, Decimal(number) / 4) for number in (1, 2, 3))
    ordinary = min(most, upper + (upper - lower) * _FENCE)
    return Prices(
        currency, len(amounts), amounts[0], lower, middle, upper, most, dearest, _classes(amounts, ordinary)
    )


def quantile(ordered: Sequence[Decimal], part: Decimal) -> Decimal:
    """The least value that at least ``part`` of all are at most."""
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def _classes(amounts: Sequence[Decimal], ordinary: Decimal) -> tuple[PriceBucket, ...]:
    step = round_step(ordinary / _CLASSES)
    last = int(ordinary // step)
    counts = Counter(min(int(amount // step), last + 1) for amount in amounts)
    closed = [PriceBucket(step * number, step * (number + 1), counts[number]) for number in range(last + 1)]
    above = counts[last + 1]
    return (*closed, PriceBucket(step * (last + 1), None, above)) if above else tuple(closed)


def round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2 and 5 times a power of ten that is not less than ``least``, which is more than nothing."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)


def duration_distribution(courses: Iterable[CourseRecord]) -> Lengths:
    """How long courses run by the calendar."""
    return _lengths([(course, course.duration) for course in courses], _DURATIONS)


def workload_distribution(courses: Iterable[CourseRecord]) -> Lengths:
    """How much study time courses take, where they give it in hours: how many a day has is for nobody to guess."""
    return _lengths([(course, course.workload) for course in courses], _WORKLOADS, ("minute", "hour"))


def _lengths(
    found: Sequence[tuple[CourseRecord, Duration | None]],
    classes: Mapping[str, int],
    units: Sequence[str] = (),
) -> Lengths:
    given = [span for _, span in found if span is not None]
    spans = sorted(
        (span for span in given if not units or span.unit in units),
        key=lambda span: (span.hours[1], span.hours[0], span.unit),
    )
    bounds = list(classes.values())
    counts = Counter(bisect_left(bounds, span.hours[1]) for span in spans)
    names = [*classes, LONGER_LABEL]
    return Lengths(
        given=len(given),
        ranges=sum(span.minimum < span.maximum for span in spans),
        other=len(given) - len(spans),
        not_given=tuple(ReportRow(course.title, course.path) for course, span in found if span is None),
        least=span_text(spans[0]) if spans else "",
        middle=span_text(spans[(len(spans) - 1) // 2]) if spans else "",
        most=span_text(spans[-1]) if spans else "",
        buckets=tuple(LengthBucket(name, counts[number]) for number, name in enumerate(names))
        if spans
        else (),
    )


def span_text(span: Duration) -> str:
    """``6 weeks`` or ``3-7 days``, as editors write it."""
    low, high = amount_text(span.minimum), amount_text(span.maximum)
    return f"{high if low == high else f'{low}-{high}'} {span.unit}{'' if span.maximum == 1 else 's'}"


def amount_text(number: Decimal) -> str:
    """``1,250`` or ``12.5``: without zeros that say nothing."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
