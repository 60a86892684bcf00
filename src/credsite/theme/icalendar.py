"""Writes calendars as iCalendar files.

Sources: RFC 5545 (iCalendar), RFC 7986 (the name of a calendar and its refresh interval), and the older ``X-`` properties for
both, which some programs still need.

The icalendar library folds lines that are not ASCII, which is the difficult part. A calendar made wholly of the library's
components takes about twenty times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from babel.support import NullTranslations

from credsite.core.dates import FOR_EVER
from credsite.site.views import Calendar, CalendarEvent
from credsite.theme.formatters import Formatters
from credsite.theme.timed_events import UTC, is_meeting, time_zone_lines, timed_lines

_WIDTH: Final = 74
"""Octets of a line. With the space before a continuation line, it is one less than RFC 5545 allows."""
_PIECES: Final = re.compile(rf".{{1,{_WIDTH}}}(?<!\\)|.{{1,{_WIDTH}}}")
"""The pieces of a long line. None ends with a backslash, because some programs cannot join these again."""
_ESCAPES: Final = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,"})
_NO_TEXT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HEAD: Final = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//credsite//Course dates//EN",
    "CALSCALE:GREGORIAN",
)
_NEW_LINE: Final = r"\n"
_MORE_YEARS: Final = 10


class CalendarWriter:
    """Writes calendars in one language."""

    def __init__(self, formatters: Formatters, translations: NullTranslations) -> None:
        self._date = formatters.date
        self._moment = formatters.moment
        self._gettext = translations.gettext

    def render(self, calendar: Calendar) -> str:
        """The calendar as an ``.ics`` file."""
        name = escape_property_text(calendar.name)
        zone = calendar.zone if any(isinstance(event.starts, datetime) for event in calendar.events) else ""
        lines = [
            *_HEAD,
            fold_line(f"NAME:{name}"),
            fold_line(f"X-WR-CALNAME:{name}"),
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
            "X-PUBLISHED-TTL:P1D",
        ]
        if zone and zone != UTC:
            lines += time_zone_lines(zone, *_years(calendar.events))
        for event in calendar.events:
            lines += self._event(event, zone)
        return "\r\n".join([*lines, "END:VCALENDAR", ""])

    def _event(self, event: CalendarEvent, zone: str) -> list[str]:
        lines = ["BEGIN:VEVENT", fold_line(f"UID:{event.uid}"), f"DTSTAMP:{event.changed:%Y%m%dT%H%M%SZ}"]
        if event.sequence:
            lines.append(f"SEQUENCE:{event.sequence}")
        if isinstance(event.starts, datetime):
            lines += timed_lines(event, zone)
        else:
            lines += _day_lines(event.starts, event.ends)
        lines += (
            fold_line(f"SUMMARY:{self._summary(event)}"),
            fold_line(f"DESCRIPTION:{self._description(event)}"),
            fold_line(f"URL:{single_line(event.course.url)}"),
        )
        if event.location and event.kind != "deadline":
            lines.append(fold_line(f"LOCATION:{escape_property_text(event.location)}"))
            if event.position:
                lines.append(f"GEO:{event.position}")
        # The visitor is not busy all day on the day on which a course begins, but is while it meets.
        lines.append("TRANSP:OPAQUE" if is_meeting(event) else "TRANSP:TRANSPARENT")
        return [*lines, "END:VEVENT"]

    def _summary(self, event: CalendarEvent) -> str:
        course = escape_property_text(event.course.title)
        if event.kind == "deadline":
            return escape_property_text(self._gettext("Last day to apply: %(course)s")) % {"course": course}
        if event.kind == "start":
            return escape_property_text(self._gettext("Starts: %(course)s")) % {"course": course}
        return course

    def _description(self, event: CalendarEvent) -> str:
        """The provider, what the visitor should know, and the course's URL, because not all programs show the URL property."""
        note = escape_property_text(self._note(event))
        course = event.course
        return _NEW_LINE.join(
            [
                escape_property_text(course.provider),
                *((note,) if note else ()),
                escape_property_text(course.url),
            ]
        )

    def _note(self, event: CalendarEvent) -> str:
        if event.kind == "deadline":
            words = "Under way since %(date)s" if event.state == "late" else "The course starts on %(date)s"
            return self._gettext(words) % {"date": self._date(event.session_starts)}
        if event.state == "full":
            return self._gettext("All places are taken")
        if event.state == "closed":
            return self._gettext("Applications closed")
        if event.state in ("open", "late") and event.apply_by is not None:
            return self._gettext("Apply by %(date)s") % {"date": self._moment(event.apply_by)}
        return ""


def _day_lines(starts: date, ends: date | None) -> list[str]:
    lines = [f"DTSTART;VALUE=DATE:{_day(starts)}"]
    if ends is not None and starts < ends < FOR_EVER:
        # DTEND is the first day that no longer belongs to the event.
        lines.append(f"DTEND;VALUE=DATE:{_day(ends + timedelta(days=1))}")
    return lines


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _years(events: Iterable[CalendarEvent]) -> tuple[int, int]:
    """The first and the last year in which events with times take place; of those that repeat for ever, some years."""
    timed = [event for event in events if isinstance(event.starts, datetime)]
    last = [
        event.repeat.until.year
        if event.repeat and event.repeat.until
        else (event.ends or event.starts).year + (_MORE_YEARS if event.repeat else 0)
        for event in timed
    ]
    return min(event.starts.year for event in timed), max(last)


def single_line(value: str) -> str:
    """``value`` in one line, without characters that iCalendar does not allow."""
    return value if value.isprintable() else _NO_TEXT.sub(" ", value).strip()


@lru_cache(maxsize=1024)
def escape_property_text(value: str) -> str:
    """``value`` as a property value of type TEXT (RFC 5545, 3.3.11)."""
    return single_line(value).translate(_ESCAPES)


def fold_line(line: str) -> str:
    """A content line, folded if it is too long (RFC 5545, 3.1)."""
    if not line.isascii():
        from icalendar.parser import Contentline  # imported here because not every build writes a calendar

        folded: bytes = Contentline(line).to_ical()  # type: ignore[no-untyped-call]
        return folded.decode()
    return line if len(line) <= _WIDTH else "\r\n ".join(_PIECES.findall(line))
