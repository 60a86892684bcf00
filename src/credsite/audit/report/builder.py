"""Builds the report from a catalogue. Pure: the date is that of the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from credsite.audit.report.distributions import (
    cost_distribution,
    duration_distribution,
    workload_distribution,
)
from credsite.audit.report.model import (
    FACTS,
    SOON_DAYS,
    START_MONTHS,
    CatalogueReport,
    ConsentRow,
    Counts,
    DatedRow,
    DeadlineRow,
    IndustryMap,
    MapRow,
    StartMonth,
    Starts,
    UpcomingRow,
    WithheldRow,
    date_after,
    rows_of,
)
from credsite.audit.report.skills import skill_report
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import Clock
from credsite.catalogue.enrolment import has_missed_deadline
from credsite.catalogue.unpublished import CONSENT_REASONS
from credsite.content.records import CourseRecord
from credsite.core.dates import FOR_EVER
from credsite.problems.model import Problem, Severity
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.vocabularies import ONLINE, SELF_PACED


def build_report(
    catalogue: Catalogue,
    *,
    title: str,
    currency: str = "",
    problems: Sequence[Problem] = (),
    left_out: Collection[str] = (),
    schema: SiteSchema = BUILT_IN,
) -> CatalogueReport:
    """The report on the published entries of ``catalogue``, on its own date.

    ``title`` is that of the site, ``currency`` that of prices without one. ``problems`` are those of the whole site,
    and ``left_out`` are the paths of entries with errors, which are not in the catalogue. ``schema`` is that of the site.
    """
    courses = tuple(catalogue.courses.values())
    return CatalogueReport(
        site=title,
        now=catalogue.clock.now,
        counts=_counts(catalogue, problems, left_out),
        withheld=_withheld(catalogue),
        consents=_consents(catalogue),
        deadlines=_passed_deadlines(courses, catalogue.clock),
        over=_ended_courses(catalogue),
        reviews=_overdue_reviews(courses, catalogue.clock.today),
        coming=_upcoming(catalogue),
        modes=_industry_map(catalogue, "mode", schema),
        timings=_industry_map(catalogue, "timing", schema),
        without_stories=rows_of(course for course in courses if course.slug not in catalogue.stories_of),
        industries_without_stories=rows_of(
            industry
            for slug, industry in catalogue.industries.items()
            if slug not in catalogue.stories_by_industry
        ),
        missing=_missing_facts(catalogue, schema),
        own_fields={
            one.key: one.display.label for one in schema.course_fields.values() if one.display.is_own
        },
        skills=skill_report(catalogue),
        starts=_starts(catalogue, schema),
        costs=cost_distribution(courses, currency),
        durations=duration_distribution(courses),
        workloads=workload_distribution(courses),
    )


def _counts(catalogue: Catalogue, problems: Iterable[Problem], left_out: Collection[str]) -> Counts:
    reasons = Counter(entry.reason for entry in catalogue.unpublished)
    severities = Counter(problem.severity for problem in problems)
    return Counts(
        courses=len(catalogue.courses),
        stories=len(catalogue.stories),
        pathways=len(catalogue.pathways),
        providers=len(catalogue.providers),
        industries=len(catalogue.industries),
        held_back=dict(sorted(reasons.items())),
        left_out=len(left_out),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        advice=severities[Severity.ADVICE],
    )


def _withheld(catalogue: Catalogue) -> tuple[WithheldRow, ...]:
    return tuple(
        WithheldRow(entry.title, entry.path, entry.reason)
        for entry in catalogue.unpublished
        if entry.reason in CONSENT_REASONS
    )


def _ended_courses(catalogue: Catalogue) -> tuple[DatedRow, ...]:
    return tuple(
        DatedRow(course.title, course.path, enrolment.session.starts)
        for slug, course in catalogue.courses.items()
        if (enrolment := catalogue.enrolment[slug]).state == "ended" and enrolment.session is not None
    )


def _overdue_reviews(courses: Iterable[CourseRecord], today: date) -> tuple[DatedRow, ...]:
    rows = (
        DatedRow(course.title, course.path, course.review_by)
        for course in courses
        if course.review_by is not None and course.review_by < today
    )
    return tuple(sorted(rows, key=lambda row: (row.on, row.path)))


def _consents(catalogue: Catalogue) -> tuple[ConsentRow, ...]:
    today = catalogue.clock.today
    rows = (
        ConsentRow(
            story.title,
            story.path,
            story.learner,
            story.consent_given,
            story.consent_expires,
            (story.consent_expires - today).days + 1,
        )
        for story in catalogue.stories.values()
        if story.consent_expires is not None and story.consent_expires < FOR_EVER
    )
    return tuple(sorted(rows, key=lambda row: (row.ends, row.path)))


def _passed_deadlines(courses: Iterable[CourseRecord], clock: Clock) -> tuple[DeadlineRow, ...]:
    rows = (
        DeadlineRow(course.title, course.path, session.apply_by, session.starts)
        for course in courses
        for session in course.sessions
        if session.apply_by is not None and has_missed_deadline(session, clock)
    )
    return tuple(sorted(rows, key=lambda row: (row.starts, row.path, row.apply_by)))


def _upcoming(catalogue: Catalogue) -> tuple[UpcomingRow, ...]:
    clock = catalogue.clock
    end = clock.instant(date_after(clock.today, SOON_DAYS + 1))
    rows = [
        UpcomingRow(change.title, change.path, change.at, change.what)
        for change in catalogue.changes
        if change.at < end
    ]
    rows += (
        UpcomingRow(course.title, course.path, at, "is due for review")
        for course in catalogue.courses.values()
        if course.review_by is not None and clock.now <= (at := clock.instant(course.review_by)) < end
    )
    return tuple(sorted(rows, key=lambda row: (row.at, row.path, row.what)))


def _industry_map(catalogue: Catalogue, facet: str, schema: SiteSchema) -> IndustryMap:
    """Courses by industry and by the values of ``facet``. A course counts once for each of its values."""
    terms = schema.vocabularies[facet]
    columns = tuple(catalogue.modes if facet == "mode" else terms)
    number = schema.facets.index(facet)
    values = {slug: facets[number] for slug, facets in catalogue.facet_values.items()}
    rows = []
    for slug, industry in catalogue.industries.items():
        members = catalogue.by_industry.get(slug, ())
        counts = Counter(value for member in members for value in values[member])
        row = tuple(counts[column] for column in columns)
        rows.append(MapRow(industry.title, industry.path, row, len(members)))
    return IndustryMap(
        columns,
        tuple(terms[column].label for column in columns),
        tuple(rows),
        rows_of(course for slug, course in catalogue.courses.items() if not values[slug]),
    )


def _missing_facts(catalogue: Catalogue, schema: SiteSchema) -> Mapping[str, int]:
    """How many courses lack each fact, by the key that would give it."""
    courses = catalogue.courses.values()
    own = Counter(key for course in courses for key in course.unanswered)
    return {
        **{key: sum(not getattr(course, key) for course in courses) for key in FACTS},
        **({"places": _without_place(catalogue, schema)} if catalogue.places else {}),
        **{key: own[key] for key in schema.own_course_keys},
    }


def _without_place(catalogue: Catalogue, schema: SiteSchema) -> int:
    """How many courses that are not online alone name none of the places of the site, neither themselves nor in a session."""
    online = set(schema.with_meaning("mode", ONLINE))
    return sum(
        not online.issuperset(course.delivery_modes) and slug not in catalogue.places_of
        for slug, course in catalogue.courses.items()
    )


def _starts(catalogue: Catalogue, schema: SiteSchema) -> Starts:
    today = catalogue.clock.today
    firsts = [first for number in range(START_MONTHS) if (first := _month_after(today, number)) is not None]
    months: dict[date, Counter[bool]] = {first: Counter() for first in firsts}
    later = 0
    for slug, states in catalogue.sessions.items():
        course = catalogue.courses[slug]
        for number, state in states:
            starts = course.sessions[number].starts
            if starts < today:
                continue
            month = months.get(starts.replace(day=1))
            if month is None:
                later += 1
            else:
                month[state == "open"] += 1
    by_state = Counter(enrolment.state for enrolment in catalogue.enrolment.values())
    return Starts(
        tuple(StartMonth(first, counts[True], counts[False]) for first, counts in months.items()),
        later,
        by_state["any-time"],
        schema.id_with_meaning("pace", SELF_PACED),
        rows_of(
            course
            for slug, course in catalogue.courses.items()
            if catalogue.enrolment[slug].state == "unannounced"
        ),
    )


def _month_after(day: date, months: int) -> date | None:
    """The first day of the month ``months`` after ``day``; None after the last year that Python knows."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1) if day.year + years <= date.max.year else None
