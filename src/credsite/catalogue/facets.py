"""Facets: the values that each course has of everything that can be filtered by, and the number of courses with each.

A value is an id. A course may have several values that include each other: one of four days is up to a week long, and
also up to a month; one that begins next week also begins within three months.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from operator import getitem
from typing import Any, Final, NamedTuple

from credsite.catalogue.enrolment import OPEN_STATES, Enrolment, SessionState
from credsite.catalogue.shared_meanings import Values, with_built_in_values
from credsite.content.records import CourseRecord, PriceRecord
from credsite.core.hashing import digest
from credsite.core.quantities import Duration
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.vocabularies import DURATION_BANDS, SCHEDULED, START_BANDS

FREE: Final = "free"
FUNDED: Final = "funded"
LONGER: Final = "longer"
ANY_TIME: Final = "any-time"

_DAY: Final = 24
_CACHE_SIZE: Final = 16384
"""How many different values are cached."""

CourseValues = tuple[Values, ...]
"""The values of one course of each facet, in the order of the ``facets`` of the site's schema; each value once."""
ListKey = tuple[str, ...]
"""Names a list of courses by its kind and what it is of: ``("courses", "")`` for all, ``("industry", "health")``,
``("mode", "online")``, ``("pair", "health", "online")``, ``("provider", "college")``, ``("place", "north-campus")``,
``("skill", "first aid")``, ``("detail", "campus", "north")`` for a value of an own field."""
ALL_COURSES: Final[ListKey] = ("courses", "")

_NONE: Final[Values] = ()
_Sessions = Sequence[tuple[int, SessionState]]


@dataclass(frozen=True, slots=True)
class ListFacets:
    """How many courses of a list have each value of each facet.

    Counting takes long for a long list, so it is only done on demand. Lists with the same ``counts_digest`` have the same
    counts: it is the sum of a number for each value of each course. So a page that shows the counts depends on this
    digest alone, and not on each course that is counted.
    """

    counts_digest: str
    _facets: Sequence[str] = field(compare=False, repr=False)
    _slugs: Sequence[str] = field(compare=False, repr=False)
    _values: Mapping[str, CourseValues] = field(compare=False, repr=False)

    def __len__(self) -> int:
        return len(self._slugs)

    def counts(self) -> dict[str, dict[str, int]]:
        """The number of courses by facet and value, without values that no course has."""
        columns = zip(*map(self._values.__getitem__, self._slugs), strict=True)
        return {facet: _counts(column) for facet, column in zip(self._facets, columns, strict=False)}


class FacetRules(NamedTuple):
    """What some values depend on: the day, the site's currency ("" for none), the bounds of cost bands, the schema, and by the id of a
    filter whose values are entries, the slugs of those that are shown."""

    today: date
    currency: str = ""
    cost_bands: tuple[int, ...] = ()
    schema: SiteSchema = BUILT_IN
    entries: Mapping[str, Collection[str]] = {}


def cost_band_ids(bounds: Sequence[int]) -> Values:
    """The ids of the cost bands between rising ``bounds``: ``under-100``, ``100-250``, ``from-250``."""
    if not bounds:
        return ()
    between = (f"{low}-{high}" for low, high in pairwise(bounds))
    return (f"under-{bounds[0]}", *between, f"from-{bounds[-1]}")


def facet_values(
    entries: Mapping[str, Mapping[str, Any]],
    places_of: Mapping[str, Values],
    enrolment: Mapping[str, Enrolment],
    sessions: Mapping[str, _Sessions],
    rules: FacetRules,
) -> dict[str, CourseValues]:
    """The values of every course. ``entries`` are those that are shown, by kind: only ``industries`` among them count.

    ``places_of`` has the places of each course that has any.
    """
    courses: Mapping[str, CourseRecord] = entries["courses"]
    industries = entries["industries"]

    # A large catalogue has a few hundred different prices and durations, each a thousand times. They are compared by
    # identity, because comparing decimals takes longer than everything else here.

    @cache
    def shown(found: Values) -> Values:
        return tuple(dict.fromkeys(one for one in found if one in industries))

    costs: dict[tuple[int, str], Values] = {}
    lengths: dict[int, Values] = {}
    filter_fields = rules.schema.filter_fields
    scheduled = rules.schema.id_with_meaning("pace", SCHEDULED) or None
    values_of: dict[str, CourseValues] = {}
    for slug, course in courses.items():
        price, duration, states = course.price, course.duration, sessions[slug]
        cost = length = _NONE
        if price is not None:
            amount = (id(price.amount), price.currency)
            if amount not in costs:
                costs[amount] = _cost_values(price, rules)
            cost = costs[amount]
        if duration is not None:
            if id(duration) not in lengths:
                lengths[id(duration)] = _duration_values(duration)
            length = lengths[id(duration)]
        values_of[slug] = (
            shown(course.industries),
            _without_repeats(course.delivery_modes),
            _without_repeats(course.level),
            (*cost, FUNDED) if course.funding else cost,
            length,
            _single(scheduled if course.pace is None and states else course.pace),
            _timing_values(course, states),
            _start_values(course, enrolment[slug], states, rules.today),
            _without_repeats(course.languages) or _single(course.language),
            _single(course.provider),
            _without_repeats(course.credential),
            places_of.get(slug, _NONE),
            *_detail_values(course, filter_fields, rules.entries),
        )
    for number, facet in enumerate(rules.schema.facets if rules.schema.facet_meanings else ()):
        _add_built_in_values(values_of, number, rules.schema.facet_meanings.get(facet, {}))
    return values_of


def _add_built_in_values(
    values_of: dict[str, CourseValues], number: int, meanings: Mapping[str, str]
) -> None:
    """Add to the facet with this ``number`` the built-in values under which courses count too."""
    of_facet = {slug: values[number] for slug, values in values_of.items()}
    for slug, values in with_built_in_values(of_facet, meanings).items():
        of_course = values_of[slug]
        values_of[slug] = (*of_course[:number], values, *of_course[number + 1 :])


def _detail_values(
    course: CourseRecord, filter_fields: Sequence[str], entries: Mapping[str, Collection[str]]
) -> Iterable[Values]:
    """The values of the fields that are filters by their declaration. Only ``entries`` that are shown count."""
    values = dict(course.details) if filter_fields else {}
    for id_, shown in entries.items():
        values[id_] = tuple(value for value in values.get(id_, _NONE) if value in shown)
    return [values.get(id_, _NONE) for id_ in filter_fields]


def list_facets(
    lists: Mapping[ListKey, Sequence[str]], values: Mapping[str, CourseValues], facets: Sequence[str]
) -> dict[ListKey, ListFacets]:
    """The ``facets`` of each list of courses."""
    tables = [_ValueNumbers(facet) for facet in facets]
    numbers = {slug: sum(map(getitem, tables, of_course)) for slug, of_course in values.items()}
    return {
        key: ListFacets(f"{sum(map(numbers.__getitem__, slugs)):x}", facets, slugs, values)
        for key, slugs in lists.items()
    }


class _ValueNumbers(dict[Values, int]):
    """The number of a set of values of one facet: the sum of a number for each value."""

    def __init__(self, facet: str) -> None:
        super().__init__()
        self._facet = facet

    def __missing__(self, values: Values) -> int:
        # From a digest, because Python's own hash differs between processes.
        number = self[values] = sum(int(digest(f"{self._facet} {value}".encode()), 16) for value in values)
        return number


def _counts(column: Iterable[Values]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for values, count in Counter(column).items():
        for value in values:
            counts[value] += count
    return dict(counts)


@lru_cache(maxsize=_CACHE_SIZE)
def _without_repeats(values: Values) -> Values:
    return tuple(dict.fromkeys(values))


@lru_cache(maxsize=_CACHE_SIZE)
def _single(value: str | None) -> Values:
    return (value,) if value is not None else _NONE


def _cost_values(price: PriceRecord, rules: FacetRules) -> Values:
    """Free, or the cost band; none if the price is in another currency than the site's."""
    if not price.amount:
        return (FREE,)
    names = cost_band_ids(rules.cost_bands)
    if not names or not rules.currency or (price.currency or rules.currency) != rules.currency:
        return _NONE
    return (names[bisect_right(rules.cost_bands, price.amount)],)


def _duration_values(duration: Duration) -> Values:
    days = duration.hours[1] / _DAY
    return tuple(band.id for band in DURATION_BANDS.values() if band.days and days <= band.days) or (LONGER,)


def _timing_values(course: CourseRecord, sessions: _Sessions) -> Values:
    """The timings of the course, and of its sessions that are not over."""
    timing = course.timing
    for number, state in sessions:
        own = course.sessions[number].timing
        if own and own != timing and state != "past":
            timing += own
    return _without_repeats(timing)


def _start_values(course: CourseRecord, enrolment: Enrolment, sessions: _Sessions, today: date) -> Values:
    if enrolment.state == "any-time":
        return (ANY_TIME,)
    for number, state in sessions:
        if state in OPEN_STATES:  # the first one, because they are in the order of their starts
            return _start_bands(max(0, (course.sessions[number].starts - today).days))
    return _NONE


@lru_cache(maxsize=_CACHE_SIZE)
def _start_bands(days: int) -> Values:
    return tuple(band.id for band in START_BANDS.values() if band.days and days <= band.days)
