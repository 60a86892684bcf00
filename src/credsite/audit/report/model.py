"""How well a catalogue is: its numbers, and the entries that want a hand. Every list is whole; what shows it may cut it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

SOON_DAYS: Final = 60
"""Days that count as soon: for consents that end, and for what is to come."""
START_MONTHS: Final = 12
"""Months for which starts are counted, this one included."""

UpcomingEvent = Literal[
    "appears",
    "expires",
    "loses consent",
    "closes applications",
    "starts a session",
    "ends a session",
    "is due for review",
]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An entry: its title, and the path of its file from the site's root."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class DeadlineRow(ReportRow):
    """A session that has not begun and takes no applications any more."""

    apply_by: date
    starts: date


@dataclass(frozen=True, slots=True)
class DatedRow(ReportRow):
    """An entry with the date that it is listed for; the last start, or the date by which to read it through."""

    on: date


@dataclass(frozen=True, slots=True)
class ConsentRow(ReportRow):
    """A story on the site whose consent has an end. ``days`` are left, the last day included; 1 is today alone."""

    learner: str
    given: date | None
    ends: date
    days: int


@dataclass(frozen=True, slots=True)
class WithheldRow(ReportRow):
    """A story that is not shown because no consent counts today."""

    reason: str


@dataclass(frozen=True, slots=True)
class UpcomingRow(ReportRow):
    """A change that time alone will bring. ``at`` is the moment from which the site differs."""

    at: datetime
    what: UpcomingEvent


@dataclass(frozen=True, slots=True)
class MapRow(ReportRow):
    """An industry. ``counts`` has the number of its courses for each column; a course may be in several."""

    counts: tuple[int, ...]
    courses: int


@dataclass(frozen=True, slots=True)
class IndustryMap:
    """Industries by the values of one facet. ``columns`` are ids, ``unplaced`` the courses that have none of them."""

    columns: tuple[str, ...]
    rows: tuple[MapRow, ...]
    unplaced: tuple[ReportRow, ...]

    def gaps(self, column: str) -> tuple[str, ...]:
        """The industries that have courses, and none in a column."""
        number = self.columns.index(column)
        return tuple(row.title for row in self.rows if row.courses and not row.counts[number])


@dataclass(frozen=True, slots=True)
class StartMonth:
    """Sessions that start in the month of ``first``: those that take applications, and those that do not."""

    first: date
    open: int
    shut: int


@dataclass(frozen=True, slots=True)
class Starts:
    """Sessions from today on. ``later`` are those after the last month.

    ``any_time`` counts courses at one's own pace, ``undated`` are courses on a schedule without any session.
    """

    months: tuple[StartMonth, ...]
    later: int
    any_time: int
    undated: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class LengthBucket:
    """A class of lengths, by the longest that is in it; the last one has the word for all that are longer."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class PriceBucket:
    """Prices from ``low`` to less than ``high``, or more where that is None."""

    low: Decimal
    high: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices in one currency, without those that are free. A quarter is at most ``lower``, three are at most ``upper``."""

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
    """``prices`` begin with the currency that most courses use."""

    free: int
    not_given: tuple[ReportRow, ...]
    prices: tuple[Prices, ...]


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of time, by their upper ends. ``ranges`` counts those that are ranges, ``other`` those in a unit that
    cannot be compared. ``least``, ``middle`` and ``most`` are as editors write them, "" where none is given."""

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
    """A skill that only this course names."""

    skill: str


@dataclass(frozen=True, slots=True)
class SimilarSkills:
    """Two spellings that are probably meant to be one skill, and the courses that use each. The first has more."""

    first: str
    second: str
    firsts: tuple[ReportRow, ...]
    seconds: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class SkillReport:
    total: int
    lone: tuple[LoneSkillRow, ...]
    alike: tuple[SimilarSkills, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What is shown, and what is not. ``held_back`` counts entries by reason; ``left_out`` those with errors."""

    courses: int
    stories: int
    pathways: int
    providers: int
    industries: int
    held_back: Mapping[str, int]
    left_out: int
    errors: int
    warnings: int
    advice: int


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """Everything that the report says, for the entries that are shown at ``now``.

    ``missing`` counts the courses that lack each of some facts. ``consents`` are in the order of their ends, ``coming`` is
    what the next ``SOON`` days bring, in order.
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
    skills: SkillReport
    starts: Starts
    costs: Costs
    durations: Lengths
    workloads: Lengths

    @property
    def ending(self) -> tuple[ConsentRow, ...]:
        """The consents that end soon."""
        return tuple(consent for consent in self.consents if consent.days <= SOON_DAYS)
