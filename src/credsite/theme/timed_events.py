"""The lines of iCalendar for events from one moment to another: on the clock of a time zone, and by a rule where they repeat.

Source: RFC 5545, 3.3.10 (recurrence rules), 3.6.5 (time zones). An event that repeats names its time zone, because at 18:00 in
the zone is not the same hour of UTC all year. The rules of the zone stand in the file, as the RFC demands; the icalendar
library takes them from the database of time zones.
"""

from __future__ import annotations

from datetime import UTC as UTC_ZONE
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from credsite.site.views import CalendarEvent, Repeat

UTC: Final = "UTC"
_BY_DAY: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FORMAT: Final = "%Y%m%dT%H%M%S"


def timed_lines(event: CalendarEvent, zone: str) -> list[str]:
    """The start, the end and the repetition of an event whose ``starts`` is a moment in ``zone``."""
    lines = [_property("DTSTART", event.starts, zone)]
    if isinstance(event.ends, datetime) and event.ends > event.starts:
        lines.append(_property("DTEND", event.ends, zone))
    if event.repeat is not None and isinstance(event.starts, datetime):
        lines.append(_rule(event.repeat, event.starts, zone))
        lines += (
            _property("EXDATE", datetime.combine(day, event.starts.time()), zone)
            for day in event.repeat.cancelled
        )
    return lines


def is_meeting(event: CalendarEvent) -> bool:
    """Whether somebody who comes is busy all the time: for some hours of a day."""
    starts, ends = event.starts, event.ends
    if not isinstance(starts, datetime) or not isinstance(ends, datetime):
        return False
    return ends - starts < timedelta(days=1)


def _property(name: str, moment: date, zone: str) -> str:
    if zone == UTC:
        return f"{name}:{moment:{_FORMAT}}Z"
    return f"{name};TZID={zone}:{moment:{_FORMAT}}"


def _rule(repeat: Repeat, starts: datetime, zone: str) -> str:
    days = ",".join(_BY_DAY[day] for day in repeat.weekdays)
    rule = f"RRULE:FREQ=WEEKLY;BYDAY={days}"
    if repeat.until is None:
        return rule
    # With a time zone, the end of a rule is in UTC: that of the start of the last meeting.
    last = datetime.combine(repeat.until, starts.time(), ZoneInfo(zone)).astimezone(UTC_ZONE)
    return f"{rule};UNTIL={last:{_FORMAT}}Z"


@lru_cache(maxsize=64)
def time_zone_lines(zone: str, first: int, last: int) -> tuple[str, ...]:
    """The VTIMEZONE of a zone for the years ``first`` to ``last``."""
    from icalendar import Timezone  # imported here because most builds write no event with a time

    # From the year before, so that the first event has a rule that is in force.
    component = Timezone.from_tzid(zone, first_date=date(first - 1, 1, 1), last_date=date(last + 1, 1, 1))
    component.pop("COMMENT", None)
    text: bytes = component.to_ical()
    return tuple(text.decode().rstrip("\r\n").split("\r\n"))
