"""Calendars for visitors' own calendar programs."""

from __future__ import annotations

from datetime import date, datetime

from credsite.site.views.model import view_model


@view_model
class CalendarCourse:
    """A course in a calendar. ``url`` is absolute."""

    title: str
    provider: str
    url: str


@view_model
class Repeat:
    """How an event repeats: every week on ``weekdays`` (0 is Monday), until the day ``until`` (None for ever), except on some days."""

    weekdays: tuple[int, ...]
    until: date | None
    cancelled: tuple[date, ...]


@view_model
class CalendarEvent:
    """An event of one or more whole days, or from a moment to another in the time zone of its calendar.

    Of whole days, ``ends`` is the last one, or None for a single day. ``repeat`` is for an event of some hours.

    ``kind``: ``session`` (a session from its first day to its last, or its meetings), ``start`` (its first day or meeting alone)
    or ``deadline`` (the last day to apply for the session of ``session_starts``). ``state`` is that of the session.
    ``position`` is the latitude and longitude, or "". ``changed`` (UTC) is when the course or the dates last changed, as far as
    anybody knows, and ``sequence`` how often the dates have changed since they were published.
    """

    uid: str
    kind: str
    course: CalendarCourse
    changed: datetime
    starts: date
    ends: date | None
    session_starts: date
    apply_by: date | None
    location: str
    state: str
    position: str = ""
    repeat: Repeat | None = None
    sequence: int = 0


@view_model
class Calendar:
    """A calendar with its name, its events in order of their days. Its times are in the time zone ``zone``."""

    name: str
    events: tuple[CalendarEvent, ...]
    zone: str = ""
