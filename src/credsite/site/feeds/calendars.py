"""Calendars that visitors take with them: one for each course that has dates to come, and one of all start dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from credsite.catalogue.catalogue import Catalogue
from credsite.content.records import CourseRecord, SessionRecord
from credsite.schema.kinds import Kind
from credsite.site import views
from credsite.site.labels import Translator
from credsite.site.planned import PlannedPage
from credsite.site.urls import Urls, entry_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link

CALENDAR_PATH: Final = "calendar.ics"
_UNDATED: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When an entry was changed that does not say: never the time of a build, or each build would make another file."""


def calendars(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The calendar of all start dates. Those of courses are made with their pages."""
    if _coming(catalogue):
        yield PlannedPage(CALENDAR_PATH, start_dates_calendar, in_sitemap=False)


def calendar_link(catalogue: Catalogue, texts: Translator, urls: Urls) -> Link | None:
    """The calendar of all start dates, if there is one."""
    return (
        Link(texts.gettext("Calendar of start dates"), urls.to(CALENDAR_PATH)) if _coming(catalogue) else None
    )


def has_dates(catalogue: Catalogue, slug: str) -> bool:
    """Whether a session of a course is not over yet."""
    return any(state != "past" for _, state in catalogue.sessions[slug])


def course_calendar_path(slug: str) -> str:
    return f"{entry_path(Kind.COURSE, slug)}sessions.ics"


def course_calendar(builder: ViewBuilder, slug: str) -> views.Calendar:
    """The sessions of a course that are not over, and the last days to apply for those that one can apply for.

    A last day to apply is an event of its own: calendars leave alarms out of what they import or subscribe to.
    """
    course = builder.catalogue.courses[slug]
    shown = _course(builder, course)
    events: list[views.CalendarEvent] = []
    for number, state in builder.catalogue.sessions[slug]:
        if state == "past":
            continue
        events.append(_event(builder, shown, course, number, "session", state))
        if state == "open" and course.sessions[number].apply_by is not None:
            events.append(_event(builder, shown, course, number, "deadline", state))
    events.sort(key=lambda event: event.starts)
    return views.Calendar(course.title, tuple(events))


def start_dates_calendar(builder: ViewBuilder) -> views.Calendar:
    """The next start dates of all courses that one can still apply for."""
    catalogue = builder.catalogue
    courses = [(catalogue.courses[slug], int(number)) for slug, number in _coming(catalogue)]
    return views.Calendar(
        f"{builder.translations.gettext('Start dates')} – {builder.config.title}",
        tuple(
            _event(builder, _course(builder, course), course, number, "start", "open")
            for course, number in courses
        ),
    )


def _coming(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [key for key in catalogue.coming if not catalogue.courses[key[0]].draft]


def _course(builder: ViewBuilder, course: CourseRecord) -> views.CalendarCourse:
    return views.CalendarCourse(
        course.title,
        builder.catalogue.providers[course.provider].title,
        builder.urls.absolute(entry_path(Kind.COURSE, course.slug)),
        _changed(builder, course.updated),
    )


def _event(
    builder: ViewBuilder,
    shown: views.CalendarCourse,
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
        course=shown,
        starts=deadline or session.starts,
        ends=session.ends if kind == "session" else None,
        session_starts=session.starts,
        apply_by=session.apply_by,
        location=_location(builder, course, session),
        state=state,
    )


def _location(builder: ViewBuilder, course: CourseRecord, session: SessionRecord) -> str:
    if session.location:
        return session.location
    modes = (session.delivery_mode,) if session.delivery_mode else course.delivery_modes
    return builder.mode("online").title if modes == ("online",) else ""


def _uid(base_url: str, course: CourseRecord, number: int, kind: str) -> str:
    """The same in every build for the same session, whatever else is edited, and another one on every site.

    RFC 7986 would rather have a random one, which needs somebody to keep it.
    """
    starts = course.sessions[number].starts
    twins = sum(other.starts == starts for other in course.sessions[:number])
    day = starts.isoformat() if not twins else f"{starts.isoformat()}.{twins + 1}"
    return f"{course.slug}.{day}.{kind}@{_site(base_url)}"


@lru_cache(maxsize=4)
def _site(base_url: str) -> str:
    address = urlsplit(base_url)
    return ".".join([address.netloc, *address.path.split("/")]).rstrip(".").replace("..", ".")


def _changed(builder: ViewBuilder, updated: date | datetime | None) -> datetime:
    if updated is None:
        return _UNDATED
    moment = updated if isinstance(updated, datetime) else datetime.combine(updated, time())
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=builder.config.zone)
    return aware.astimezone(UTC)
