"""What the record of a session holds of its days and times."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from credsite.core.dates import day_of
from credsite.schema.models.session import Session


class SessionTimes(NamedTuple):
    """What a session says that days do not: moments on the clock of the site's time zone, each None where it gives none.

    ``first`` and ``first_ends`` are when it meets first. ``apply_from`` is a day or a moment.
    """

    starts: datetime | None
    ends: datetime | None
    apply_from: date | datetime | None
    apply_by: datetime | None
    first: datetime | None
    first_ends: datetime | None


def session_times(session: Session) -> SessionTimes | None:
    """What a session says that days do not; None where it gives nothing but days, as most do."""
    days = (session.starts, session.ends, session.apply_by)
    if not session.meets and session.apply_from is None and datetime not in map(type, days):
        return None
    first = session.first_meeting() or (None, None)
    starts, ends, apply_by = map(_moment, days)
    times = SessionTimes(starts, ends, session.apply_from, apply_by, *first)
    return times if any(times) else None


def start_day(session: Session) -> date:
    return day_of(session.starts)


def end_day(session: Session) -> date | None:
    return session.ends and day_of(session.ends)


def deadline_day(session: Session) -> date | None:
    return session.apply_by and day_of(session.apply_by)


def _moment(value: date | None) -> datetime | None:
    return value if isinstance(value, datetime) else None
