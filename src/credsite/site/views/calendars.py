"""Calendars of courses' dates, which visitors add to their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CalendarCourse:
    """A course in a calendar. ``changed`` (UTC) is when its entry last changed, if it says so. ``url`` is absolute."""

    title: str
    provider: str
    url: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event of one or more whole days. ``ends`` is the last day, or None for a single day.

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
