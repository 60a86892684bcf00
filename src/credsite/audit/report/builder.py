"""A catalogue to its health. Pure: the date is the catalogue's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from credsite.audit.report.distributions import (
    cost_distribution,
    duration_distribution,
    workload_distribution,
)
from credsite.audit.report.model import (
    SOON_DAYS,
    START_MONTHS,
    CatalogueReport,
    ConsentRow,
    Counts,
    DatedRow,
    DeadlineRow,
    IndustryMap,
    MapRow,
    ReportRow,
    StartMonth,
    Starts,
    UpcomingRow,
    WithheldRow,
)
from credsite.audit.report.skills import skill_report
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.facets import FACETS
from credsite.catalogue.publication import CONSENT_REASONS
from credsite.content.records import CourseRecord, Record
from credsite.problems.model import Problem, Severity
from credsite.schema.vocabularies import TIMINGS


def build_report(
    catalogue: Catalogue,
    *,
    title: str,
    currency: str = "",
    problems: Sequence[Problem] = (),
    left_out: Collection[str] = (),
) -> CatalogueReport:
    """The health of what ``catalogue`` shows.

    ``title`` is the site's, ``currency`` what a price without one means, ``problems`` are those of the whole site, and
    ``left_out`` the paths of entries with errors, of which nothing else is known.
    """
    courses = tuple(catalogue.courses.values())
    by_severity = Counter(problem.severity for problem in problems)
    return CatalogueReport(
        site=title,
        now=catalogue.clock.now,
        counts=Counts(
            len(courses),
            len(catalogue.stories),
            len(catalogue.pathways),
            len(catalogue.providers),
            len(catalogue.industries),
            dict(sorted(Counter(str(held.reason) for held in catalogue.unpublished).items())),
            len(left_out),
            by_severity[Severity.ERROR],
            by_severity[Severity.WARNING],
            by_severity[Severity.ADVICE],
        ),
        withheld=tuple(
            WithheldRow(held.title, held.path, held.reason)
            for held in catalogue.unpublished
            if held.reason in CONSENT_REASONS
        ),
        consents=_consents(catalogue),
        deadlines=_deadlines(courses, catalogue.clock.today),
        over=tuple(
            DatedRow(course.title, course.path, found.session.starts)
            for course in courses
            if (found := catalogue.enrolment[course.slug]).state == "ended" and found.session is not None
        ),
        reviews=_in_order(
            DatedRow(course.title, course.path, course.review_by)
            for course in courses
            if course.review_by is not None and course.review_by < catalogue.clock.today
        ),
        coming=_coming(catalogue),
        modes=_map(catalogue, "mode", tuple(catalogue.modes)),
        timings=_map(catalogue, "timing", tuple(TIMINGS)),
        without_stories=_rows(course for course in courses if course.slug not in catalogue.stories_of),
        industries_without_stories=_rows(
            industry
            for slug, industry in catalogue.industries.items()
            if slug not in catalogue.stories_by_industry
        ),
        missing=_missing(courses),
        skills=skill_report(catalogue),
        starts=_starts(catalogue),
        costs=cost_distribution(courses, currency),
        durations=duration_distribution(courses),
        workloads=workload_distribution(courses),
    )


def _rows(entries: Iterable[Record]) -> tuple[ReportRow, ...]:
    return tuple(ReportRow(entry.title, entry.path) for entry in entries)


def _in_order(rows: Iterable[DatedRow]) -> tuple[DatedRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.on, row.path)))


def _consents(catalogue: Catalogue) -> tuple[ConsentRow, ...]:
    today = catalogue.clock.today
    found = (
        ConsentRow(
            story.title,
            story.path,
            story.learner,
            story.consent_given,
            story.consent_expires,
            (story.consent_expires - today).days + 1,
        )
        for story in catalogue.stories.values()
        if story.consent_expires is not None and story.consent_expires < date.max
    )
    return tuple(sorted(found, key=lambda consent: (consent.ends, consent.path)))


def _deadlines(courses: Iterable[CourseRecord], today: date) -> tuple[DeadlineRow, ...]:
    found = (
        DeadlineRow(course.title, course.path, session.apply_by, session.starts)
        for course in courses
        for session in course.sessions
        if session.apply_by is not None and session.apply_by < today <= session.starts
    )
    return tuple(sorted(found, key=lambda row: (row.starts, row.path, row.apply_by)))


def _coming(catalogue: Catalogue) -> tuple[UpcomingRow, ...]:
    clock = catalogue.clock
    last = clock.instant(min(clock.today, date.max - timedelta(SOON_DAYS + 1)) + timedelta(SOON_DAYS + 1))
    found = [
        UpcomingRow(change.title, change.path, change.at, change.what)
        for change in catalogue.changes
        if change.at < last
    ]
    found += (
        UpcomingRow(course.title, course.path, at, "is due for review")
        for course in catalogue.courses.values()
        if course.review_by is not None and clock.now <= (at := clock.instant(course.review_by)) < last
    )
    return tuple(sorted(found, key=lambda row: (row.at, row.path, row.what)))


def _map(catalogue: Catalogue, facet: str, columns: tuple[str, ...]) -> IndustryMap:
    """A course counts in each of its industries, once for each of its values."""
    number = FACETS.index(facet)
    values = {slug: found[number] for slug, found in catalogue.facet_values.items()}
    rows = []
    for slug, industry in catalogue.industries.items():
        members = catalogue.by_industry.get(slug, ())
        counts = Counter(value for member in members for value in values[member])
        row = tuple(counts[column] for column in columns)
        rows.append(MapRow(industry.title, industry.path, row, len(members)))
    return IndustryMap(
        columns, tuple(rows), _rows(course for slug, course in catalogue.courses.items() if not values[slug])
    )


def _missing(courses: Sequence[CourseRecord]) -> Mapping[str, int]:
    """How many courses lack each fact that visitors ask for, by the key that would give it."""
    lacks = {
        "price": lambda course: course.price is None,
        "duration": lambda course: course.duration is None,
        "workload": lambda course: course.workload is None,
        "level": lambda course: course.level is None,
        "outcomes": lambda course: not course.outcomes,
        "skills": lambda course: not course.skills,
        "credential": lambda course: course.credential is None,
        "review_by": lambda course: course.review_by is None,
    }
    return {key: sum(map(is_missing, courses)) for key, is_missing in lacks.items()}


def _starts(catalogue: Catalogue) -> Starts:
    today = catalogue.clock.today
    firsts = [first for number in range(START_MONTHS) if (first := _month_after(today, number)) is not None]
    found: dict[date, Counter[bool]] = {first: Counter() for first in firsts}
    later = 0
    for slug, states in catalogue.sessions.items():
        course = catalogue.courses[slug]
        for number, state in states:
            starts = course.sessions[number].starts
            if starts < today:
                continue
            month = found.get(starts.replace(day=1))
            if month is None:
                later += 1
            else:
                month[state == "open"] += 1
    by_state = Counter(enrolment.state for enrolment in catalogue.enrolment.values())
    return Starts(
        tuple(StartMonth(first, counts[True], counts[False]) for first, counts in found.items()),
        later,
        by_state["any-time"],
        _rows(
            course
            for slug, course in catalogue.courses.items()
            if catalogue.enrolment[slug].state == "unannounced"
        ),
    )


def _month_after(day: date, months: int) -> date | None:
    """The first day of a later month; None after the calendar's end."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1) if day.year + years <= date.max.year else None
