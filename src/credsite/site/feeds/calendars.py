"""Calendars for visitors' own calendar programs: one for each course with sessions to come, and one of all start dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import instant_in
from credsite.catalogue.enrolment import OPEN_STATES
from credsite.content.records import CourseRecord
from credsite.core.dates import day_of, unless_for_ever
from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from credsite.site import views
from credsite.site.feeds.session_events import session_event, session_names, timed_events
from credsite.site.labels import Translator
from credsite.site.planned import PlannedPage
from credsite.site.urls import Urls, entry_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link

CALENDAR_PATH: Final = "calendar.ics"
_UNDATED: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of change of an entry that does not give one. The time of the build would make every build's file different."""


def calendars(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The calendar of all start dates. The calendar of a course is rendered with the course's page."""
    if _upcoming(catalogue):
        yield PlannedPage(CALENDAR_PATH, start_dates_calendar, in_sitemap=False)


def calendar_link(catalogue: Catalogue, translator: Translator, urls: Urls) -> Link | None:
    """The calendar of all start dates, if there is one."""
    return (
        Link(translator.gettext("Calendar of start dates"), urls.to(CALENDAR_PATH))
        if _upcoming(catalogue)
        else None
    )


def has_dates(catalogue: Catalogue, slug: str) -> bool:
    """Whether a course has a session that is not over."""
    return any(state != "past" for _, state in catalogue.sessions[slug])


def course_calendar_path(slug: str) -> str:
    return f"{entry_path(Kind.COURSE, slug)}sessions.ics"


def course_calendar(builder: ViewBuilder, course: CourseRecord, fields: Course) -> views.Calendar:
    """The sessions of a course that are not over, and the deadlines of those that are open for applications.

    A session that says when it meets has an event for each of its meetings that repeat. ``fields`` are those of the course.

    A deadline is an event of its own, because calendar programs ignore the alarms of events that they import.
    """
    calendar_course = _course(builder, course)
    names = session_names(course)
    events: list[views.CalendarEvent] = []
    for number, state in builder.catalogue.sessions[course.slug]:
        if state == "past":
            continue
        name = names[number]
        event = session_event(builder, calendar_course, course, number, name, "session", state)
        events += timed_events(event, fields.sessions[number]) if course.sessions[number].times else [event]
        if state in OPEN_STATES and unless_for_ever(course.sessions[number].apply_by) is not None:
            events.append(session_event(builder, calendar_course, course, number, name, "deadline", state))
    events.sort(key=lambda event: day_of(event.starts))
    return views.Calendar(course.title, tuple(events), builder.config.timezone)


def start_dates_calendar(builder: ViewBuilder) -> views.Calendar:
    """The next start dates of all courses that are open for applications."""
    catalogue = builder.catalogue
    upcoming = [(slug, int(number)) for slug, number in _upcoming(catalogue)]
    names = {slug: session_names(catalogue.courses[slug]) for slug in {slug for slug, _ in upcoming}}
    events = []
    for slug, number in upcoming:
        course = catalogue.courses[slug]
        name = names[slug][number]
        calendar_course = _course(builder, course)
        events.append(session_event(builder, calendar_course, course, number, name, "start", "open"))
    return views.Calendar(
        f"{builder.translations.gettext('Start dates')} – {builder.config.title}",
        tuple(events),
        builder.config.timezone,
    )


def _upcoming(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [key for key in catalogue.coming if not catalogue.courses[key[0]].draft]


def _course(builder: ViewBuilder, course: CourseRecord) -> views.CalendarCourse:
    return views.CalendarCourse(
        course.title,
        builder.catalogue.providers[course.provider].title,
        builder.urls.absolute(entry_path(Kind.COURSE, course.slug)),
        instant_in(builder.config.zone, course.updated or _UNDATED).astimezone(UTC),
    )
