"""What a whole pathway takes: the sums of its steps, as ranges where learners choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from credsite.content.records import CourseRecord, PathwayRecord
from credsite.core.quantities import Duration, add_durations


@dataclass(frozen=True, slots=True)
class PathwayTotals:
    """A pathway's sums. A sum is None where a course of the pathway does not say, or the currencies differ.

    ``courses`` is how many a learner takes. ``price`` is ``(least, most, currency)``, with "" as currency if all is free.
    """

    courses: int
    duration: Duration | None
    workload: Duration | None
    price: tuple[Decimal, Decimal, str] | None


def pathway_totals(
    pathway: PathwayRecord, courses: Mapping[str, CourseRecord], currency: str
) -> PathwayTotals:
    """The sums over ``pathway``'s steps. A price without a currency is in ``currency``."""
    steps = [
        ([courses[slug] for slug in step.options if slug in courses], step.needed) for step in pathway.steps
    ]
    return PathwayTotals(
        courses=sum(choose for _, choose in steps),
        duration=_duration_range(steps, lambda course: course.duration),
        workload=_duration_range(steps, lambda course: course.workload),
        price=_price_range(steps, currency),
    )


_Steps = Sequence[tuple[Sequence[CourseRecord], int]]


def _duration_range(steps: _Steps, of: Callable[[CourseRecord], Duration | None]) -> Duration | None:
    low: list[Duration] = []
    high: list[Duration] = []
    for courses, choose in steps:
        spans = [span for course in courses if (span := of(course)) is not None]
        if len(spans) < len(courses):
            return None
        low += sorted(spans, key=lambda span: span.hours[0])[:choose]
        high += sorted(spans, key=lambda span: span.hours[1])[-choose:]
    return add_durations(low, high)


def _price_range(steps: _Steps, currency: str) -> tuple[Decimal, Decimal, str] | None:
    least = most = Decimal(0)
    currencies: set[str] = set()
    for courses, choose in steps:
        prices = [course.price for course in courses if course.price is not None]
        if len(prices) < len(courses):
            return None
        currencies |= {price.currency or currency for price in prices if price.amount}
        amounts = sorted(price.amount for price in prices)
        least += sum(amounts[:choose], Decimal(0))
        most += sum(amounts[-choose:], Decimal(0))
    return (least, most, "".join(currencies)) if len(currencies) < 2 else None
