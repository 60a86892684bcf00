"""The events of a session in calendars.

A session that gives nothing but days is one event of whole days. Where it says when it meets, each of its meetings is one event
that repeats by a rule, and not an event for each day: a visitor who does not come can delete it at once, an exception is a line
of the rule, and the programs that people use all follow the rule. Its times are on the clock of the site's time zone, so that a
meeting at 18:00 stays at 18:00 when the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from credsite.catalogue.clock import instant_in
from credsite.catalogue.session_history import revisions_of
from credsite.content.records import CourseRecord, SessionRecord
from credsite.core.dates import FOR_EVER, unless_for_ever
from credsite.schema.kinds import Kind
from credsite.schema.models.session import Session
from credsite.schema.vocabularies import ONLINE
from credsite.site import views
from credsite.site.place_parts import location_text, place_of, position
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder

_UNDATED: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of change of an entry that does not give one. The time of the build would make every build's file different."""


class EventBuilder:
    """Makes the events of the sessions of one course."""

    def __init__(self, builder: ViewBuilder, course: CourseRecord) -> None:
        self.course = course
        self._builder = builder
        self._revisions = revisions_of(builder.catalogue.revisions, course)
        self._changed = instant_in(builder.config.zone, course.updated or _UNDATED).astimezone(UTC)
        self._calendar_course = views.CalendarCourse(
            course.title,
            builder.catalogue.providers[course.provider].title,
            builder.urls.absolute(entry_path(Kind.COURSE, course.slug)),
        )

    def event(self, number: int, kind: str, state: str) -> views.CalendarEvent:
        """The event of a session of whole days, of its first meeting (``start``), or of its deadline."""
        builder, session, revision = self._builder, self.course.sessions[number], self._revisions[number]
        deadline = session.apply_by if kind == "deadline" else None
        starts, ends = _start(session) if kind == "start" else (session.starts, session.ends)
        moved = datetime.fromisoformat(revision.changed) if revision.changed else _UNDATED
        return views.CalendarEvent(
            uid=f"{self.course.slug}.{revision.name}.{kind}@{_domain(builder.config.base_url)}",
            kind=kind,
            course=self._calendar_course,
            changed=max(self._changed, moved),
            sequence=revision.sequence,
            starts=deadline or starts,
            ends=None if kind == "deadline" else unless_for_ever(ends),
            session_starts=session.starts,
            apply_by=unless_for_ever((session.times and session.times.apply_by) or session.apply_by),
            location=_location(builder, self.course, session),
            state=state,
            position=position(place_of(builder, session.location), ";"),
        )


def _start(session: SessionRecord) -> tuple[date, date | None]:
    """From when to when a session meets first; where it does not say, its first day."""
    times = session.times
    if times is None or not (times.first or times.starts):
        return session.starts, None
    if times.first:
        return times.first, times.first_ends
    is_one_day = times.starts and times.ends and times.starts.date() == times.ends.date()
    return times.starts or session.starts, times.ends if is_one_day else None


def timed_events(event: views.CalendarEvent, session: Session) -> Iterator[views.CalendarEvent]:
    """The events of a session that says more than days: its meetings, or itself from one moment to another.

    ``event`` is that of its days.
    """
    if not session.meets:
        yield _one_event(event, session)
    for number, meeting in enumerate(session.meets):
        first, last = session.first_day, session.last_day
        day = meeting.first_day(first, last)
        if day is None:
            continue
        until = meeting.last_day(first, last) if last < FOR_EVER else None
        cancelled = tuple(
            one
            for one in meeting.cancelled
            if day < one <= (until or last) and one.weekday() in meeting.weekdays
        )
        yield replace(
            event,
            uid=event.uid.replace("@", f"-{number + 1}@", 1) if number else event.uid,
            starts=datetime.combine(day, meeting.begins),
            ends=datetime.combine(day, meeting.until),
            repeat=views.Repeat(meeting.weekdays, until, cancelled) if until != day else None,
        )


def _one_event(event: views.CalendarEvent, session: Session) -> views.CalendarEvent:
    """A session without meetings: of whole days, unless both of its ends are moments or it is a moment alone."""
    starts, ends = session.starts, session.ends
    if isinstance(starts, datetime) and (ends is None or isinstance(ends, datetime)):
        return replace(event, starts=starts, ends=ends)
    return event


def _location(builder: ViewBuilder, course: CourseRecord, session: SessionRecord) -> str:
    if session.location:
        return location_text(builder, session.location)
    modes = (session.delivery_mode,) if session.delivery_mode else course.delivery_modes
    schema = builder.config.site_schema
    is_online = all(schema.meaning("mode", mode) == ONLINE for mode in modes)
    return ", ".join(mode.title for mode in builder.modes(modes)) if is_online else ""


@lru_cache(maxsize=4)
def _domain(base_url: str) -> str:
    """The host and path of the site, joined by dots."""
    address = urlsplit(base_url)
    return ".".join([address.netloc, *address.path.split("/")]).rstrip(".").replace("..", ".")
