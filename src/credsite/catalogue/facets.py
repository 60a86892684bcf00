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
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, get_args

from credsite.catalogue.enrolment import Enrolment, SessionState
from credsite.content.facts import CourseFacts
from credsite.digest import digest
from credsite.field_types import Facet

FACETS: Final = get_args(Facet)
"""The ids of all facets, in the order in which they stand where credsite.yaml gives no other."""

FREE: Final = "free"
FUNDED: Final = "funded"
DURATIONS: Final[Mapping[str, int]] = {"1-week": 7, "1-month": 31, "3-months": 92}
"""The longest courses, in days, that are of up to such a duration; those that are ``LONGER`` than all stand apart."""
LONGER: Final = "longer"
STARTS: Final[Mapping[str, int]] = {"30-days": 30, "3-months": 92}
"""In how many days, at the latest, a course begins; those that one can begin at ``ANY_TIME`` stand apart."""
ANY_TIME: Final = "any-time"

_DAY: Final = 24
_KEPT: Final = 16384
"""How many different values are remembered: a catalogue has a few hundred, each a thousand times."""

Values = tuple[str, ...]
CourseValues = tuple[Values, ...]
"""The values of one course of each facet, in the order of ``FACETS``; each value once."""
ListKey = tuple[str, ...]
"""Names a list of courses by its kind and what it is of: ``("courses", "")`` for all, ``("industry", "health")``,
``("mode", "online")``, ``("pair", "health", "online")``, ``("provider", "college")``, ``("skill", "first aid")``."""
ALL: Final[ListKey] = ("courses", "")

_Sessions = Sequence[tuple[int, SessionState]]


@dataclass(frozen=True, slots=True)
class ListFacets:
    """How often each value of each facet stands in a list of courses.

    Counting takes its time for a long list, and is done only where somebody asks. Equal ``mark`` means equal counts:
    it is the sum of a number for each value of each course. So what reads this, and takes nothing from it but counts,
    depends on the mark alone, and need not depend on each of the courses that are counted.
    """

    mark: str
    _slugs: Sequence[str] = field(compare=False, repr=False)
    _values: Mapping[str, CourseValues] = field(compare=False, repr=False)

    def __len__(self) -> int:
        return len(self._slugs)

    def counts(self) -> dict[str, dict[str, int]]:
        """The number of courses by facet and value; values that no course has are left out."""
        columns = zip(*map(self._values.__getitem__, self._slugs), strict=True)
        return {facet: _counts(column) for facet, column in zip(FACETS, columns, strict=False)}


class Rules(NamedTuple):
    """What decides some of the values: the day, the site's currency ("" for none), and the bounds of cost bands."""

    today: date
    currency: str = ""
    cost_bands: tuple[int, ...] = ()


def bands(bounds: Sequence[int]) -> Values:
    """The ids of the cost bands between rising ``bounds``: ``under-100``, ``100-250``, ``from-250``."""
    if not bounds:
        return ()
    between = (f"{low}-{high}" for low, high in pairwise(bounds))
    return (f"under-{bounds[0]}", *between, f"from-{bounds[-1]}")


def course_values(
    courses: Mapping[str, CourseFacts],
    industries: Mapping[str, object],
    enrolment: Mapping[str, Enrolment],
    sessions: Mapping[str, _Sessions],
    rules: Rules,
) -> dict[str, CourseValues]:
    """The values of every course. ``industries`` are those that are shown."""
    names = bands(rules.cost_bands) if rules.currency else ()

    @cache  # prices and durations of a whole catalogue are few
    def cost(amount: Decimal, currency: str) -> Values:
        if not amount:
            return (FREE,)
        if not names or (currency or rules.currency) != rules.currency:
            return ()
        return (names[bisect_right(rules.cost_bands, amount)],)

    found: dict[str, CourseValues] = {}
    for slug, course in courses.items():
        price = course.price
        costs = cost(price.amount, price.currency) if price is not None else ()
        found[slug] = (
            _once([one for one in course.industries if one in industries]),
            _once(course.delivery_modes),
            _single(course.level),
            (*costs, FUNDED) if course.funding else costs,
            _duration(course.duration.hours[1]) if course.duration is not None else (),
            _single(course.pace),
            _timing(course, sessions[slug]),
            _start(course, enrolment[slug], sessions[slug], rules.today),
            _once(course.languages) if course.languages else _single(course.language),
            _single(course.provider),
            _single(course.credential),
        )
    return found


def list_facets(
    lists: Mapping[ListKey, Sequence[str]], values: Mapping[str, CourseValues]
) -> dict[ListKey, ListFacets]:
    """The facets of each list of courses."""
    numbers = {slug: _number(of_course) for slug, of_course in values.items()}
    return {
        key: ListFacets(f"{sum(map(numbers.__getitem__, slugs)):x}", slugs, values)
        for key, slugs in lists.items()
    }


def _number(values: CourseValues) -> int:
    return sum(map(_facet_number, FACETS, values))


@lru_cache(maxsize=_KEPT)
def _facet_number(facet: str, values: Values) -> int:
    # A digest and not Python's own hash, which is another one in each process.
    return sum(int(digest(f"{facet} {value}".encode()), 16) for value in values)


def _counts(column: Iterable[Values]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for values, count in Counter(column).items():
        for value in values:
            found[value] += count
    return dict(found)


def _once(values: Sequence[str]) -> Values:
    return tuple(dict.fromkeys(values)) if len(values) > 1 else _single(values[0]) if values else ()


@lru_cache(maxsize=_KEPT)
def _single(value: str | None) -> Values:
    # The same tuple for all courses: a catalogue has ten thousand times a few dozen values.
    return (value,) if value is not None else ()


@lru_cache(maxsize=_KEPT)
def _duration(hours: Decimal) -> Values:
    days = hours / _DAY
    return tuple(name for name, most in DURATIONS.items() if days <= most) or (LONGER,)


def _timing(course: CourseFacts, sessions: _Sessions) -> Values:
    """Those of the course, and of the sessions that are not over."""
    found = course.timing
    for number, state in sessions:
        own = course.sessions[number].timing
        if own and own != found and state != "past":
            found += own
    return _once(found)


def _start(course: CourseFacts, enrolment: Enrolment, sessions: _Sessions, today: date) -> Values:
    if enrolment.state == ANY_TIME:
        return (ANY_TIME,)
    for number, state in sessions:
        if state == "open":  # the first of them, because they are in order of their starts
            return _starting((course.sessions[number].starts - today).days)
    return ()


@lru_cache(maxsize=_KEPT)
def _starting(days: int) -> Values:
    return tuple(name for name, most in STARTS.items() if days <= most)
