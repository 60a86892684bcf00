"""Calendars for visitors' own calendar programs.

There is one for each course with sessions to come, one of all start dates, and one of those of each industry and delivery mode.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.coming_sessions import SessionKey
from credsite.catalogue.enrolment import OPEN_STATES
from credsite.catalogue.facets import ALL_COURSES, ListKey
from credsite.content.records import CourseRecord
from credsite.core.dates import day_of, unless_for_ever
from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from credsite.site import views
from credsite.site.feeds.session_events import EventBuilder, timed_events
from credsite.site.planned import PlannedPage
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link

CALENDAR_PATH: Final = "calendar.ics"
_KINDS: Final[Mapping[str, Kind]] = {"industry": Kind.INDUSTRY, "mode": Kind.DELIVERY_MODE}
"""The kinds of entries whose lists of courses have calendars of their own, by the kind of list."""


def calendars(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The calendars of all courses, and of those of each industry and delivery mode.

    The calendar of a course is rendered with the course's page.
    """
    if _upcoming(catalogue):
        yield PlannedPage(CALENDAR_PATH, start_dates_calendar, in_sitemap=False)
    for key in catalogue.coming_of:
        yield PlannedPage(_list_calendar_path(key), list_calendar, key, in_sitemap=False)


def site_calendar_link(builder: ViewBuilder) -> Link | None:
    """The calendar of all start dates, if there is one."""
    if not _upcoming(builder.catalogue):
        return None
    return Link(builder.translations.gettext("Calendar of start dates"), builder.urls.to(CALENDAR_PATH))


def list_calendar_link(builder: ViewBuilder, key: ListKey) -> Link | None:
    """The calendar of a list of courses, if it has one."""
    if key == ALL_COURSES:
        return site_calendar_link(builder)
    if key[0] not in _KINDS or key not in builder.catalogue.coming_of:
        return None
    title = _list_title(builder, builder.translations.gettext("Calendar of start dates"), *key)
    return Link(title, builder.urls.to(_list_calendar_path(key)))


def _list_calendar_path(key: ListKey) -> str:
    kind, slug = key
    return f"{entry_path(_KINDS[kind], slug)}calendar.ics"


def _list_title(builder: ViewBuilder, name: str, kind: str, slug: str) -> str:
    title = builder.entry_title(_KINDS[kind], slug)
    return builder.translations.gettext("%(name)s: %(value)s") % {"name": name, "value": title}


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
    events_of = EventBuilder(builder, course)
    events: list[views.CalendarEvent] = []
    for number, state in builder.catalogue.sessions[course.slug]:
        if state == "past":
            continue
        event = events_of.event(number, "session", state)
        events += timed_events(event, fields.sessions[number]) if course.sessions[number].times else [event]
        events += _deadline(events_of, number, state)
    events.sort(key=lambda event: day_of(event.starts))
    return views.Calendar(course.title, tuple(events), builder.config.timezone)


def start_dates_calendar(builder: ViewBuilder) -> views.Calendar:
    """The next start dates of all courses that are open for applications, and their deadlines."""
    return _dates_calendar(builder, _upcoming(builder.catalogue), builder.translations.gettext("Start dates"))


def list_calendar(builder: ViewBuilder, kind: str, slug: str) -> views.Calendar:
    """The next start dates of the courses of an industry or a delivery mode, and their deadlines."""
    title = _list_title(builder, builder.translations.gettext("Start dates"), kind, slug)
    return _dates_calendar(builder, builder.catalogue.coming_of[kind, slug], title)


def _dates_calendar(builder: ViewBuilder, upcoming: Iterable[SessionKey], title: str) -> views.Calendar:
    courses: dict[str, EventBuilder] = {}
    events: list[views.CalendarEvent] = []
    for slug, number in upcoming:
        if slug not in courses:
            courses[slug] = EventBuilder(builder, builder.catalogue.courses[slug])
        events.append(courses[slug].event(int(number), "start", "open"))
        events += _deadline(courses[slug], int(number), "open")
    events.sort(key=lambda event: day_of(event.starts))
    return views.Calendar(f"{title} – {builder.config.title}", tuple(events), builder.config.timezone)


def _deadline(events_of: EventBuilder, number: int, state: str) -> Iterator[views.CalendarEvent]:
    session = events_of.course.sessions[number]
    if state in OPEN_STATES and unless_for_ever(session.apply_by) is not None:
        yield events_of.event(number, "deadline", state)


def _upcoming(catalogue: Catalogue) -> list[SessionKey]:
    return [key for key in catalogue.coming if not catalogue.courses[key[0]].draft]
