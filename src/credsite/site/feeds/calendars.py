"""Calendars for visitors' own calendar programs: one for each course with sessions to come, and one of all start dates."""

from __future__ import annotations

from collections import Counter
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
    names = _session_names(course)
    events: list[views.CalendarEvent] = []
    for number, state in builder.catalogue.sessions[slug]:
        if state == "past":
            continue
        events.append(_event(builder, calendar_course, course, number, names[number], "session", state))
        if state in OPEN_STATES and unless_for_ever(course.sessions[number].apply_by) is not None:
            events.append(_event(builder, calendar_course, course, number, names[number], "deadline", state))
    events.sort(key=lambda event: event.starts)
    return views.Calendar(course.title, tuple(events))


def start_dates_calendar(builder: ViewBuilder) -> views.Calendar:
    """The next start dates of all courses that are open for applications."""
    catalogue = builder.catalogue
    upcoming = [(slug, int(number)) for slug, number in _upcoming(catalogue)]
    names = {slug: _session_names(catalogue.courses[slug]) for slug in {slug for slug, _ in upcoming}}
    events = []
    for slug, number in upcoming:
        course = catalogue.courses[slug]
        name = names[slug][number]
        events.append(_event(builder, _course(builder, course), course, number, name, "start", "open"))
    return views.Calendar(
        f"{builder.translations.gettext('Start dates')} – {builder.config.title}", tuple(events)
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
    name: str,
    kind: str,
    state: str,
) -> views.CalendarEvent:
    session = course.sessions[number]
    deadline = session.apply_by if kind == "deadline" else None
    return views.CalendarEvent(
        uid=f"{course.slug}.{name}.{kind}@{_domain(builder.config.base_url)}",
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


def _session_names(course: CourseRecord) -> list[str]:
    """For each session of a course, a name that stays the same while other sessions come, go and move.

    It makes the identifiers of its events, which differ between sites. RFC 7986 recommends random ones, but these would have
    to be stored somewhere.
    """
    names = [".".join(_identity(session)) for session in course.sessions]
    counts: Counter[str] = Counter()
    for at in sorted(range(len(names)), key=lambda at: _order(course.sessions[at])):
        name = names[at]
        counts[name] += 1
        if counts[name] > 1:
            names[at] = f"{name}.{counts[name]}"
    return names


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
