"""The sessions of a course on its page, and the next sessions in tables of starts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from credsite.content.records import SessionRecord
from credsite.core.dates import unless_for_ever
from credsite.schema.models import Course
from credsite.schema.models.session import Session
from credsite.schema.vocabularies import WEEKDAYS
from credsite.site import views
from credsite.site.cards import course_card
from credsite.site.place_parts import place_link
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link, Term

_WEEKDAYS: Final = tuple(WEEKDAYS.values())


def session_views(builder: ViewBuilder, course: Course, slug: str) -> list[views.SessionView]:
    """The sessions of a course in the order of their starts."""
    states, ids = builder.catalogue.sessions[slug], session_ids(course)
    return [
        _session(builder, course, course.sessions[number], ids[number], state) for number, state in states
    ]


def session_ids(course: Course) -> tuple[str, ...]:
    """What each session is called in addresses: by its first day. Those of one day are numbered in the order of the file."""
    ids: list[str] = []
    counts: Counter[date] = Counter()
    for session in course.sessions:
        day = session.first_day
        counts[day] += 1
        ids.append(f"session-{day}" + (f"-{counts[day]}" if counts[day] > 1 else ""))
    return tuple(ids)


def _session(
    builder: ViewBuilder, course: Course, session: Session, session_id: str, state: str
) -> views.SessionView:
    meetings = tuple(_meetings(builder, session))
    is_single = any(not meeting.days for meeting in meetings)
    return views.SessionView(
        id=session_id,
        starts=session.first_day if meetings else session.starts,
        ends=None if is_single else unless_for_ever(session.ends),
        opens=session.apply_from if state == "early" else None,
        apply_by=unless_for_ever(session.apply_by),
        mode=_mode(builder, session, course.delivery_modes),
        location=place_link(builder, session.location),
        room=session.room,
        timing=builder.labels.terms("timing", session.timing),
        meetings=meetings,
        instructors=session.instructors,
        seats=session.seats,
        enrol_url=session.enrol_url or course.enrol_url or "",
        state=state,
    )


def _meetings(builder: ViewBuilder, session: Session) -> Iterator[views.MeetingTimes]:
    """When a session meets, by days of the week; or the times of one that begins and ends on the same day."""
    for meeting in session.meets:
        weekdays = (_WEEKDAYS[day] for day in meeting.weekdays)
        days = (Term(day.id, builder.translations.gettext(day.label)) for day in weekdays)
        cancelled = tuple(day for day in meeting.cancelled if day.weekday() in meeting.weekdays)
        yield views.MeetingTimes(tuple(days), meeting.begins, meeting.until, cancelled)
    starts, ends = session.starts, session.ends
    if session.meets or not isinstance(starts, datetime) or not isinstance(ends, datetime):
        return
    if starts.date() == ends.date():
        yield views.MeetingTimes((), starts.time(), ends.time())


def start_view(builder: ViewBuilder, slug: str, session: SessionRecord, state: str = "open") -> views.Start:
    """A session in a table of starts."""
    card = course_card(builder, slug)
    return views.Start(
        course=Link(card.title, card.url),
        provider=card.provider,
        mode=_mode(builder, session, builder.catalogue.courses[slug].delivery_modes),
        starts=first_moment(session),
        apply_by=unless_for_ever(session.apply_by),
        location=place_link(builder, session.location),
        price=card.price,
        state=state,
    )


def _mode(builder: ViewBuilder, session: Session | SessionRecord, modes: tuple[str, ...]) -> Term | None:
    mode = session_mode(session, modes)
    return builder.mode(mode) if mode else None


def session_mode(session: Session | SessionRecord, modes: tuple[str, ...]) -> str | None:
    """The delivery mode of a session. One that does not say it has that of the course, if there is only one among ``modes``."""
    return session.delivery_mode or (modes[0] if len(modes) == 1 else None)


def first_moment(session: SessionRecord) -> date:
    """When a session begins: its first day, with the time if it says so or meets on that day."""
    times = session.times
    moment = times and (times.starts or times.first)
    return moment if moment and moment.date() == session.starts else session.starts
