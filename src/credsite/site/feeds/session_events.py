"""The events of a session in calendars.

A session that gives nothing but days is one event of whole days. Where it says when it meets, each of its meetings is one event
that repeats by a rule, and not an event for each day: a visitor who does not come can delete it at once, an exception is a line
of the rule, and the programs that people use all follow the rule. Its times are on the clock of the site's time zone, so that a
meeting at 18:00 stays at 18:00 when the clocks change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from credsite.catalogue.enrolment import start_order
from credsite.content.records import CourseRecord, SessionRecord
from credsite.core.dates import FOR_EVER, unless_for_ever
from credsite.core.hashing import combined_digest
from credsite.core.text import sort_key
from credsite.schema.models.session import Session
from credsite.schema.vocabularies import ONLINE
from credsite.site import views
from credsite.site.place_parts import location_text, place_of, position
from credsite.site.view_builder import ViewBuilder

_IDENTITY_DIGITS: Final = 8


def session_event(
    builder: ViewBuilder,
    calendar_course: views.CalendarCourse,
    course: CourseRecord,
    number: int,
    name: str,
    kind: str,
    state: str,
) -> views.CalendarEvent:
    """The event of a session of whole days, of its first meeting (``start``), or of its deadline. ``name`` is the session's."""
    session = course.sessions[number]
    deadline = session.apply_by if kind == "deadline" else None
    starts, ends = _start(session) if kind == "start" else (session.starts, session.ends)
    return views.CalendarEvent(
        uid=f"{course.slug}.{name}.{kind}@{_domain(builder.config.base_url)}",
        kind=kind,
        course=calendar_course,
        starts=deadline or starts,
        ends=None if kind == "deadline" else unless_for_ever(ends),
        session_starts=session.starts,
        apply_by=unless_for_ever((session.times and session.times.apply_by) or session.apply_by),
        location=_location(builder, course, session),
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


def session_names(course: CourseRecord) -> list[str]:
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
    # What follows from its meetings does not count, so that an event stays the same when these are added.
    timing = session.timing if session.times is None or session.times.first is None else ()
    if not (session.delivery_mode or place or timing):
        return (day,)
    return day, combined_digest((session.delivery_mode or "", place, *timing))[:_IDENTITY_DIGITS]


def _order(session: SessionRecord) -> tuple[date, date, tuple[date, int]]:
    """The order of sessions with the same identity, wherever they are in the list."""
    return session.ends or date.max, session.apply_by or date.max, start_order(session)


@lru_cache(maxsize=4)
def _domain(base_url: str) -> str:
    """The host and path of the site, joined by dots."""
    address = urlsplit(base_url)
    return ".".join([address.netloc, *address.path.split("/")]).rstrip(".").replace("..", ".")
