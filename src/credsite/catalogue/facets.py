"""What visitors filter courses by: the values that each course has of every facet, and how often a list has each.

A value is an id. Some of them lie within each other, as people mean them: a course of four days is also one of up to a
month, and one that begins next week also begins within three months.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from operator import getitem
from typing import Final, NamedTuple

from credsite.catalogue.enrolment import Enrolment, SessionState
from credsite.content.records import CourseRecord, PriceRecord
from credsite.core.hashing import digest
from credsite.core.quantities import Duration
from credsite.schema.displayed_fields import FACET_TERMS, FILTER_FIELDS
from credsite.schema.vocabularies import DURATION_BANDS, START_BANDS

FACETS: Final = tuple(FACET_TERMS)
"""The ids of all facets, in the order in which they stand where credsite.yaml gives no other."""

FREE: Final = "free"
FUNDED: Final = "funded"
LONGER: Final = "longer"
ANY_TIME: Final = "any-time"

_DAY: Final = 24
_KEPT: Final = 16384
"""How many different values are remembered."""

Values = tuple[str, ...]
CourseValues = tuple[Values, ...]
"""The values of one course of each facet, in the order of ``FACETS``; each value once."""
ListKey = tuple[str, ...]
"""Names a list of courses by its kind and what it is of: ``("courses", "")`` for all, ``("industry", "health")``,
``("mode", "online")``, ``("pair", "health", "online")``, ``("provider", "college")``, ``("skill", "first aid")``."""
ALL: Final[ListKey] = ("courses", "")

_NONE: Final[Values] = ()
_Sessions = Sequence[tuple[int, SessionState]]


@dataclass(frozen=True, slots=True)
class ListFacets:
    """How often each value of each facet stands in a list of courses.

    Counting takes its time for a long list, and is done only where somebody asks. Equal ``mark`` means equal counts:
    it is the sum of a number for each value of each course. So what reads this, and takes nothing from it but counts,
    depends on the mark alone, and need not depend on each of the courses that are counted.
    """

    counts_digest: str
    _slugs: Sequence[str] = field(compare=False, repr=False)
    _values: Mapping[str, CourseValues] = field(compare=False, repr=False)

    def __len__(self) -> int:
        return len(self._slugs)

    def counts(self) -> dict[str, dict[str, int]]:
        """The number of courses by facet and value; values that no course has are left out."""
        columns = zip(*map(self._values.__getitem__, self._slugs), strict=True)
        return {facet: _counts(column) for facet, column in zip(FACETS, columns, strict=False)}


class FacetRules(NamedTuple):
    """What decides some of the values: the day, the site's currency ("" for none), and the bounds of cost bands."""

    today: date
    currency: str = ""
    cost_bands: tuple[int, ...] = ()


def cost_band_ids(bounds: Sequence[int]) -> Values:
    """The ids of the cost bands between rising ``bounds``: ``under-100``, ``100-250``, ``from-250``."""
    if not bounds:
        return ()
    between = (f"{low}-{high}" for low, high in pairwise(bounds))
    return (f"under-{bounds[0]}", *between, f"from-{bounds[-1]}")


def facet_values(
    courses: Mapping[str, CourseRecord],
    industries: Mapping[str, object],
    enrolment: Mapping[str, Enrolment],
    sessions: Mapping[str, _Sessions],
    rules: FacetRules,
) -> dict[str, CourseValues]:
    """The values of every course. ``industries`` are those that are shown."""

    # A catalogue has a few hundred different values of everything, each a thousand times. Amounts and lengths of time
    # are known by what they are in memory, because to compare decimals takes longer than all else.

    @cache
    def shown(found: Values) -> Values:
        return tuple(dict.fromkeys(one for one in found if one in industries))

    costs: dict[tuple[int, str], Values] = {}
    lengths: dict[int, Values] = {}
    found: dict[str, CourseValues] = {}
    for slug, course in courses.items():
        price, duration, states = course.price, course.duration, sessions[slug]
        cost = length = _NONE
        if price is not None:
            amount = (id(price.amount), price.currency)
            if amount not in costs:
                costs[amount] = _cost(price, rules)
            cost = costs[amount]
        if duration is not None:
            if id(duration) not in lengths:
                lengths[id(duration)] = _length(duration)
            length = lengths[id(duration)]
        found[slug] = (
            shown(course.industries),
            _once(course.delivery_modes),
            _single(course.level),
            (*cost, FUNDED) if course.funding else cost,
            length,
            _single(course.pace),
            _timing(course, states),
            _start(course, enrolment[slug], states, rules.today),
            _once(course.languages) or _single(course.language),
            _single(course.provider),
            _single(course.credential),
            *_details(course),
        )
    return found


def _details(course: CourseRecord) -> Iterable[Values]:
    """The values of the fields that are filters by their declaration."""
    values = dict(course.details) if FILTER_FIELDS else {}
    return [values.get(field, _NONE) for field in FILTER_FIELDS]


def list_facets(
    lists: Mapping[ListKey, Sequence[str]], values: Mapping[str, CourseValues]
) -> dict[ListKey, ListFacets]:
    """The facets of each list of courses."""
    tables = [_Numbers(facet) for facet in FACETS]
    numbers = {slug: sum(map(getitem, tables, of_course)) for slug, of_course in values.items()}
    return {
        key: ListFacets(f"{sum(map(numbers.__getitem__, slugs)):x}", slugs, values)
        for key, slugs in lists.items()
    }


class _Numbers(dict[Values, int]):
    """A number for the values that a course has of one facet: the sum of one for each."""

    def __init__(self, facet: str) -> None:
        super().__init__()
        self._facet = facet

    def __missing__(self, values: Values) -> int:
        # Of a digest and not Python's own hash, which is another one in each process.
        number = self[values] = sum(int(digest(f"{self._facet} {value}".encode()), 16) for value in values)
        return number


def _counts(column: Iterable[Values]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for values, count in Counter(column).items():
        for value in values:
            found[value] += count
    return dict(found)


@lru_cache(maxsize=_KEPT)
def _once(values: Values) -> Values:
    return tuple(dict.fromkeys(values))


@lru_cache(maxsize=_KEPT)
def _single(value: str | None) -> Values:
    return (value,) if value is not None else _NONE


def _cost(price: PriceRecord, rules: FacetRules) -> Values:
    """Whether it is free, or its band; no band where it is in another currency than the site's."""
    if not price.amount:
        return (FREE,)
    names = cost_band_ids(rules.cost_bands)
    if not names or not rules.currency or (price.currency or rules.currency) != rules.currency:
        return _NONE
    return (names[bisect_right(rules.cost_bands, price.amount)],)


def _length(duration: Duration) -> Values:
    days = duration.hours[1] / _DAY
    return tuple(band.id for band in DURATION_BANDS.values() if band.days and days <= band.days) or (LONGER,)


def _timing(course: CourseRecord, sessions: _Sessions) -> Values:
    """Those of the course, and of the sessions that are not over."""
    found = course.timing
    for number, state in sessions:
        own = course.sessions[number].timing
        if own and own != found and state != "past":
            found += own
    return _once(found)


def _start(course: CourseRecord, enrolment: Enrolment, sessions: _Sessions, today: date) -> Values:
    if enrolment.state == "any-time":
        return (ANY_TIME,)
    if enrolment.state == "open":
        for number, state in sessions:
            if state == "open":  # the first of them, because they are in order of their starts
                return _starting((course.sessions[number].starts - today).days)
    return _NONE


@lru_cache(maxsize=_KEPT)
def _starting(days: int) -> Values:
    return tuple(band.id for band in START_BANDS.values() if band.days and days <= band.days)
