"""Calendars for visitors' own calendar programs: one for each course with sessions to come, and one of all start dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import instant_in
from credsite.catalogue.enrolment import OPEN_STATES
from credsite.content.records import CourseRecord, SessionRecord
from credsite.core.dates import unless_for_ever
from credsite.core.hashing import combined_digest
from credsite.core.text import sort_key
from credsite.schema.kinds import Kind
from credsite.site import views
from credsite.site.labels import Translator
from credsite.site.planned import PlannedPage
from credsite.site.urls import Urls, entry_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link

CALENDAR_PATH: Final = "calendar.ics"
_IDENTITY_DIGITS: Final = 8
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


def course_calendar(builder: ViewBuilder, slug: str) -> views.Calendar:
    """The sessions of a course that are not over, and the deadlines of those that are open for applications.

    A deadline is an event of its own, because calendar programs ignore the alarms of events that they import.
    """
    course = builder.catalogue.courses[slug]
    calendar_course = _course(builder, course)
    events: list[views.CalendarEvent] = []
    for number, state in builder.catalogue.sessions[slug]:
        if state == "past":
            continue
        events.append(_event(builder, calendar_course, course, number, "session", state))
        if state in OPEN_STATES and unless_for_ever(course.sessions[number].apply_by) is not None:
            events.append(_event(builder, calendar_course, course, number, "deadline", state))
    events.sort(key=lambda event: event.starts)
    return views.Calendar(course.title, tuple(events))


def start_dates_calendar(builder: ViewBuilder) -> views.Calendar:
    """The next start dates of all courses that are open for applications."""
    catalogue = builder.catalogue
    courses = [(catalogue.courses[slug], int(number)) for slug, number in _upcoming(catalogue)]
    return views.Calendar(
        f"{builder.translations.gettext('Start dates')} – {builder.config.title}",
        tuple(
            _event(builder, _course(builder, course), course, number, "start", "open")
            for course, number in courses
        ),
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


def _event(
    builder: ViewBuilder,
    calendar_course: views.CalendarCourse,
    course: CourseRecord,
    number: int,
    kind: str,
    state: str,
) -> views.CalendarEvent:
    session = course.sessions[number]
    deadline = session.apply_by if kind == "deadline" else None
    return views.CalendarEvent(
        uid=_uid(builder.config.base_url, course, number, kind),
        kind=kind,
        course=calendar_course,
        starts=deadline or session.starts,
        ends=unless_for_ever(session.ends) if kind == "session" else None,
        session_starts=session.starts,
        apply_by=unless_for_ever(session.apply_by),
        location=_location(builder, course, session),
        state=state,
    )


def _location(builder: ViewBuilder, course: CourseRecord, session: SessionRecord) -> str:
    if session.location:
        return session.location
    modes = (session.delivery_mode,) if session.delivery_mode else course.delivery_modes
    return builder.mode("online").title if modes == ("online",) else ""


def _uid(base_url: str, course: CourseRecord, number: int, kind: str) -> str:
    """An identifier that stays the same for a session while other sessions come, go and move, and differs between sites.

    RFC 7986 recommends a random one, but that would have to be stored somewhere.
    """
    session = course.sessions[number]
    identity = _identity(session)
    same = [
        at
        for at, other in enumerate(course.sessions)
        if at == number or (other.starts == session.starts and _identity(other) == identity)
    ]
    same.sort(key=lambda at: (_order(course.sessions[at]), at))
    count = same.index(number) + 1
    parts = (course.slug, *identity, *((str(count),) if count > 1 else ()), kind)
    return f"{'.'.join(parts)}@{_domain(base_url)}"


def _identity(session: SessionRecord) -> tuple[str, ...]:
    """What distinguishes a session from others of its course: its first day and, if it says more, how, where and at what time."""
    day = session.starts.isoformat()
    place = sort_key(" ".join(session.location.split()))
    if not (session.delivery_mode or place or session.timing):
        return (day,)
    return day, combined_digest((session.delivery_mode or "", place, *session.timing))[:_IDENTITY_DIGITS]


def _order(session: SessionRecord) -> tuple[date, date]:
    """The order of sessions with the same identity, wherever they are in the list."""
    return session.ends or date.max, session.apply_by or date.max


@lru_cache(maxsize=4)
def _domain(base_url: str) -> str:
    """The host and path of the site, joined by dots."""
    address = urlsplit(base_url)
    return ".".join([address.netloc, *address.path.split("/")]).rstrip(".").replace("..", ".")
