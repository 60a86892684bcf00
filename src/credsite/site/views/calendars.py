"""Calendars of courses' dates, for visitors' own calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CalendarCourse:
    """A course in a calendar. ``changed`` (UTC) is when it last changed, as far as it says. ``url`` is absolute."""

    title: str
    provider: str
    url: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Whole days, the last one included; ``ends`` is None for a single day.

    ``kind``: ``session`` (a session from its first day to its last), ``start`` (its first day alone) or
    ``deadline`` (the last day to apply for the session of ``session_starts``). ``state`` is that of the session.
    """

    uid: str
    kind: str
    course: CalendarCourse
    starts: date
    ends: date | None
    session_starts: date
    apply_by: date | None
    location: str
    state: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar with its name, its events in order of their days."""

    name: str
    events: tuple[CalendarEvent, ...]
