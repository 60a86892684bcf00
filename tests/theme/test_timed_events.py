"""Events with times, as two other programs read them: icalendar with dateutil, and ical.js, which Thunderbird uses."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from credsite.site.views import CalendarEvent, Repeat
from credsite.theme.timed_events import is_meeting
from tests.support.tools import ical_script, node
from tests.theme.test_icalendar import event, parsed, written

ZONES = ("America/Halifax", "Europe/Paris", "America/St_Johns", "Africa/Lagos", "Australia/Lord_Howe", "UTC")
_READ = """
const ICAL = require(process.argv[1]), read = [];
const calendars = JSON.parse(require("fs").readFileSync(0, "utf8"));
for (const text of calendars) {
  const calendar = new ICAL.Component(ICAL.parse(text)), found = [];
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component), iterator = event.iterator();
    for (let at = iterator.next(); at && found.length < 1000; at = iterator.next()) {
      const { startDate, endDate } = event.isRecurring() ? event.getOccurrenceDetails(at) : event;
      found.push([startDate.toJSDate().toISOString(), endDate.toJSDate().toISOString()]);
    }
  }
  read.push(found);
  ICAL.TimezoneService.reset();
}
console.log(JSON.stringify(read));
"""

Span = tuple[datetime, datetime]


def timed(
    starts: datetime, ends: datetime | None, repeat: Repeat | None = None, **values: Any
) -> CalendarEvent:
    return event(starts=starts, ends=ends, repeat=repeat, session_starts=starts.date(), **values)


def expected(one: CalendarEvent, zone: str) -> list[Span]:
    """When an event takes place, in UTC: counted day by day."""
    assert isinstance(one.starts, datetime)
    assert isinstance(one.ends, datetime)
    days = [one.starts.date()]
    if one.repeat is not None and one.repeat.until is not None:
        span = (one.repeat.until - days[0]).days
        days = [
            day
            for number in range(span + 1)
            if (day := days[0] + timedelta(number)).weekday() in one.repeat.weekdays
            and day not in one.repeat.cancelled
        ]
    tz = ZoneInfo(zone)
    return [
        (
            datetime.combine(day, one.starts.time(), tz).astimezone(UTC),
            datetime.combine(day, one.ends.time(), tz).astimezone(UTC),
        )
        for day in days
    ]


def read_by_icalendar(text: str) -> list[Span]:
    found: list[Span] = []
    for one in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        starts = one.decoded("DTSTART")
        length = one.decoded("DTEND").replace(tzinfo=None) - starts.replace(tzinfo=None)
        days = [starts]
        if "RRULE" in one:
            days = list(rrulestr(one["RRULE"].to_ical().decode(), dtstart=starts))
            without = one.get("EXDATE", [])
            for dates in without if isinstance(without, list) else [without]:
                days = [day for day in days if day not in [value.dt for value in dates.dts]]
        found += [(day.astimezone(UTC), (day + length).astimezone(UTC)) for day in days]
    return found


def read_by_ical_js(texts: list[str]) -> list[list[Span]]:
    done = subprocess.run(
        [node(), "-e", _READ, str(ical_script())],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "UTC"},
        timeout=60,
    )
    return [
        [(datetime.fromisoformat(starts), datetime.fromisoformat(ends)) for starts, ends in one]
        for one in json.loads(done.stdout)
    ]


def course_term() -> CalendarEvent:
    """Monday and Wednesday evenings over both changes of the clocks in the north, without two holidays."""
    repeat = Repeat((0, 2), date(2027, 11, 24), (date(2027, 2, 15), date(2027, 6, 30)))
    return timed(datetime(2027, 2, 1, 18), datetime(2027, 2, 1, 20, 30), repeat)


@pytest.mark.parametrize("zone", ZONES)
def test_a_meeting_stays_at_its_hour_when_the_clocks_change(zone: str) -> None:
    one = course_term()
    text = written(one, zone=zone)
    assert read_by_icalendar(text) == expected(one, zone)
    hours = {starts.time() for starts, _ in read_by_icalendar(text)}
    assert len(hours) == (1 if zone in ("UTC", "Africa/Lagos") else 2)


def test_ical_js_reads_the_same() -> None:
    events = {zone: course_term() for zone in ZONES}
    one_day = timed(datetime(2027, 3, 14, 1, 30), datetime(2027, 3, 14, 9))
    texts = [written(one, zone=zone) for zone, one in events.items()]
    found = read_by_ical_js([*texts, written(one_day, zone="America/Halifax")])
    assert found == [
        *(expected(one, zone) for zone, one in events.items()),
        expected(one_day, "America/Halifax"),
    ]


WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


@settings(max_examples=25)
@given(
    st.sampled_from(ZONES),
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.integers(1, 400),
    WEEKDAYS,
    st.integers(6, 22),
    st.sets(st.integers(1, 400), max_size=4),
)
def test_any_meeting_is_read_as_it_is_meant(
    zone: str, first: date, length: int, weekdays: tuple[int, ...], hour: int, without: set[int]
) -> None:
    first += timedelta(min((day - first.weekday()) % 7 for day in weekdays))
    until = first + timedelta(length)
    days = (first + timedelta(number) for number in sorted(without))
    cancelled = tuple(day for day in days if day <= until and day.weekday() in weekdays)
    one = timed(
        datetime.combine(first, time(hour)),
        datetime.combine(first, time(hour, 45)),
        Repeat(weekdays, until, cancelled),
    )
    assert read_by_icalendar(written(one, zone=zone)) == expected(one, zone)


def test_the_lines_of_a_meeting() -> None:
    one = course_term()
    lines = written(one, zone="America/Halifax").split("\r\n")
    assert "DTSTART;TZID=America/Halifax:20270201T180000" in lines
    assert "DTEND;TZID=America/Halifax:20270201T203000" in lines
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20271124T220000Z" in lines
    assert "EXDATE;TZID=America/Halifax:20270215T180000" in lines
    assert "TRANSP:OPAQUE" in lines
    assert lines.count("BEGIN:VTIMEZONE") == 1
    assert not [line for line in lines if line.startswith("COMMENT")]


def test_utc_needs_no_time_zone() -> None:
    lines = written(course_term(), zone="UTC").split("\r\n")
    assert "DTSTART:20270201T180000Z" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_whole_days_need_no_time_zone() -> None:
    assert written(event(), zone="America/Halifax") == written(event())


def test_a_meeting_without_an_end_repeats_for_ever() -> None:
    one = timed(datetime(2027, 2, 1, 18), datetime(2027, 2, 1, 20), Repeat((0,), None, ()))
    lines = written(one, zone="Europe/Paris").split("\r\n")
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO" in lines


def test_a_moment_alone_has_no_end() -> None:
    assert "DTEND" not in written(timed(datetime(2027, 2, 1, 18), None), zone="Europe/Paris")


def test_where_a_meeting_is() -> None:
    one = timed(
        datetime(2027, 2, 1, 18),
        datetime(2027, 2, 1, 20),
        location="The Quay, Halifax",
        position="44.66;-63.6",
    )
    (found,) = parsed(one, zone="America/Halifax").walk("VEVENT")
    assert found["LOCATION"] == "The Quay, Halifax"
    assert (found["GEO"].latitude, found["GEO"].longitude) == (44.66, -63.6)


@pytest.mark.parametrize(
    ("ends", "is_busy"),
    [(datetime(2027, 2, 1, 20), True), (datetime(2027, 2, 5, 17), False), (None, False)],
)
def test_visitors_are_busy_for_some_hours_not_for_days(ends: datetime | None, is_busy: bool) -> None:
    assert is_meeting(timed(datetime(2027, 2, 1, 18), ends)) is is_busy
