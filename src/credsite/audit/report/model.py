"""The contents of the report: numbers about a catalogue, and lists of entries. The lists are complete; tables may cut them.

The names of the fields are also the keys of the report as JSON, so other programs rely on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, Literal

from credsite.catalogue.unpublished import Reason
from credsite.content.records import Record

SOON_DAYS: Final = 60
"""How many days ahead the report looks."""
START_MONTHS: Final = 12
"""How many months have their starts counted, including the current one."""
FACTS: Final[Mapping[str, str]] = {
    "price": "what it costs",
    "duration": "how long it runs",
    "workload": "how much study time it takes",
    "level": "how much learners should know beforehand",
    "outcomes": "what learners can do afterwards",
    "skills": "which skills it teaches",
    "credential": "what learners receive at the end",
    "review_by": "when it should be reviewed",
}
"""Keys of courses, and what each tells visitors or, in the case of ``review_by``, editors. The report counts what lacks them."""

UpcomingEvent = Literal[
    "appears",
    "expires",
    "loses consent",
    "opens applications",
    "closes applications",
    "starts a session",
    "ends a session",
    "is due for review",
]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An entry: its title, and the path of its file in the site."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class DeadlineRow(ReportRow):
    """A session that has not begun but no longer takes applications."""

    apply_by: date
    starts: date


@dataclass(frozen=True, slots=True)
class DatedRow(ReportRow):
    """An entry with a date: its last start, or the date by which it should have been reviewed."""

    on: date


@dataclass(frozen=True, slots=True)
class ConsentRow(ReportRow):
    """A published story whose consent has an end. ``days`` are left, including the last one; 1 means that it ends today."""

    learner: str
    given: date | None
    ends: date
    days: int


@dataclass(frozen=True, slots=True)
class WithheldRow(ReportRow):
    """A story that is not published because it has no valid consent."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class UpcomingRow(ReportRow):
    """A change that happens by itself. From the moment ``at`` on, the website is different."""

    at: datetime
    what: UpcomingEvent


@dataclass(frozen=True, slots=True)
class MapRow(ReportRow):
    """An industry. ``counts`` has the number of its courses in each column; a course can be in several."""

    counts: tuple[int, ...]
    courses: int


@dataclass(frozen=True, slots=True)
class IndustryMap:
    """Industries by the values of one facet. ``columns`` are the ids of these values, ``titles`` their names, ``unplaced`` the courses
    without any."""

    columns: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[MapRow, ...]
    unplaced: tuple[ReportRow, ...]

    def gaps(self, column: str) -> tuple[str, ...]:
        """The titles of the industries that have courses, but none in this column."""
        number = self.columns.index(column)
        return tuple(row.title for row in self.rows if row.courses and not row.counts[number])


@dataclass(frozen=True, slots=True)
class StartMonth:
    """The sessions that start in a month; ``first`` is its first day. ``open`` take applications, ``shut`` do not."""

    first: date
    open: int
    shut: int


@dataclass(frozen=True, slots=True)
class Starts:
    """Sessions from today on. ``later`` counts those after the last month.

    ``any_time`` counts self-paced courses, whose ``pace`` is this one, "" for none; ``undated`` are other courses without any session.
    """

    months: tuple[StartMonth, ...]
    later: int
    any_time: int
    pace: str
    undated: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class LengthBucket:
    """A class of lengths. ``label`` is its upper limit, or the word for the class without one."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class PriceBucket:
    """The number of prices from ``low`` to less than ``high``; without an upper limit if that is None."""

    low: Decimal
    high: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices in one currency, without free courses. ``lower``, ``middle`` and ``upper`` are the quartiles."""

    currency: str
    given: int
    least: Decimal
    lower: Decimal
    middle: Decimal
    upper: Decimal
    most: Decimal
    dearest: ReportRow
    buckets: tuple[PriceBucket, ...]


@dataclass(frozen=True, slots=True)
class Costs:
    """What courses cost. ``prices`` begin with the currency that most courses use."""

    free: int
    not_given: tuple[ReportRow, ...]
    prices: tuple[Prices, ...]


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of time; a range counts by its upper end.

    ``ranges`` counts the ranges, ``other`` the lengths in a unit that cannot be compared. ``least``, ``middle`` and
    ``most`` are written as editors write them, such as ``6 weeks``; "" if there are none.
    """

    given: int
    ranges: int
    other: int
    not_given: tuple[ReportRow, ...]
    least: str
    middle: str
    most: str
    buckets: tuple[LengthBucket, ...]


@dataclass(frozen=True, slots=True)
class LoneSkillRow(ReportRow):
    """A course, with a skill that no other course names."""

    skill: str


@dataclass(frozen=True, slots=True)
class SimilarSkills:
    """Two spellings of what is probably one skill, and the courses that use each. The first has more courses."""

    first: str
    second: str
    firsts: tuple[ReportRow, ...]
    seconds: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class SkillReport:
    """``total`` is the number of skills."""

    total: int
    lone: tuple[LoneSkillRow, ...]
    alike: tuple[SimilarSkills, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of entries and problems. ``held_back`` counts unpublished entries by reason, ``left_out`` those with errors."""

    courses: int
    stories: int
    pathways: int
    providers: int
    industries: int
    held_back: Mapping[Reason, int]
    left_out: int
    errors: int
    warnings: int
    advice: int


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """Everything that the report says about the entries that are published at ``now``.

    ``over`` are courses whose sessions have all ended, ``reviews`` courses whose review is overdue. ``consents`` are in
    the order of their ends. ``coming`` are the changes of the next SOON_DAYS days, in order. ``missing`` has the number
    of courses without a fact, by the key that would give it. ``own_fields`` are the keys and labels of the site's own fields.
    """

    site: str
    now: datetime
    counts: Counts
    withheld: tuple[WithheldRow, ...]
    consents: tuple[ConsentRow, ...]
    deadlines: tuple[DeadlineRow, ...]
    over: tuple[DatedRow, ...]
    reviews: tuple[DatedRow, ...]
    coming: tuple[UpcomingRow, ...]
    modes: IndustryMap
    timings: IndustryMap
    without_stories: tuple[ReportRow, ...]
    industries_without_stories: tuple[ReportRow, ...]
    missing: Mapping[str, int]
    own_fields: Mapping[str, str]
    skills: SkillReport
    starts: Starts
    costs: Costs
    durations: Lengths
    workloads: Lengths

    @property
    def ending(self) -> tuple[ConsentRow, ...]:
        """The consents that end soon."""
        return tuple(consent for consent in self.consents if consent.days <= SOON_DAYS)


def rows_of(entries: Iterable[Record]) -> tuple[ReportRow, ...]:
    """The rows of some entries, in their order."""
    return tuple(ReportRow(entry.title, entry.path) for entry in entries)


def date_after(day: date, days: int) -> date:
    """The date ``days`` after ``day``, or the last one that Python knows."""
    return min(day, date.max - timedelta(days)) + timedelta(days)
