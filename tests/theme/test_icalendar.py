from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
from babel.support import NullTranslations
from hypothesis import given
from hypothesis import strategies as st

from credsite.site.views import Calendar, CalendarCourse, CalendarEvent
from credsite.theme.formatters import Formatters
from credsite.theme.icalendar import CalendarWriter

COURSE = CalendarCourse(
    "First aid",
    "Harbour College",
    "https://courses.test/courses/first-aid/",
)


def event(kind: str = "session", **values: Any) -> CalendarEvent:
    usual: dict[str, Any] = {
        "uid": f"first-aid.2027-02-20.{kind}@courses.test",
        "kind": kind,
        "course": COURSE,
        "changed": datetime(2026, 11, 2, 4, tzinfo=UTC),
        "starts": date(2027, 2, 20),
        "ends": None,
        "session_starts": date(2027, 2, 20),
        "apply_by": None,
        "location": "",
        "state": "open",
    }
    return CalendarEvent(**usual | values)


def written(*events: CalendarEvent, name: str = "Dates", language: str = "en-CA", zone: str = "UTC") -> str:
    texts = NullTranslations()
    return CalendarWriter(Formatters(language, texts), texts).render(Calendar(name, events, zone))


def parsed(*events: CalendarEvent, **options: Any) -> icalendar.Calendar:
    """What another program makes of it; it must have nothing to object."""
    text = written(*events, **options)
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    result = icalendar.Calendar.from_ical(text)
    assert [error for one in result.walk() for error in one.errors] == []
    return result


def only(result: icalendar.Calendar) -> icalendar.Event:
    (one,) = result.walk("VEVENT")
    return one


def test_an_event_whose_dates_have_changed_has_a_sequence() -> None:
    assert "SEQUENCE" not in only(parsed(event()))
    assert only(parsed(event(sequence=2)))["SEQUENCE"] == 2


def test_a_calendar_has_a_name_and_says_how_often_to_look_again() -> None:
    name = "Start dates, all"
    result = parsed(event(), name=name)
    assert result["VERSION"] == "2.0"
    assert result["PRODID"] == "-//credsite//Course dates//EN"
    lines = written(event(), name=name).split("\r\n")
    assert {r"NAME:Start dates\, all", r"X-WR-CALNAME:Start dates\, all"} <= set(lines)
    assert {"REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D"} <= set(lines)
    assert "METHOD" not in result


def test_a_session_lasts_from_its_first_day_to_its_last() -> None:
    one = only(
        parsed(event(ends=date(2027, 2, 25), apply_by=date(2027, 2, 10), location="Harbour Road 2, room 1"))
    )
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (date(2027, 2, 20), date(2027, 2, 26))
    assert one["DTSTART"].params["VALUE"] == "DATE"
    assert one.decoded("DTSTAMP") == datetime(2026, 11, 2, 4, tzinfo=UTC)
    assert one["UID"] == "first-aid.2027-02-20.session@courses.test"
    assert (one["SUMMARY"], one["LOCATION"], one["URL"]) == (
        "First aid",
        "Harbour Road 2, room 1",
        COURSE.url,
    )
    assert one["DESCRIPTION"] == f"Harbour College\nApply by February 10, 2027\n{COURSE.url}"
    assert one["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize("ends", [None, date(2027, 2, 20)])
def test_a_single_day_has_no_end(ends: date | None) -> None:
    assert "DTEND" not in only(parsed(event(ends=ends)))


def test_the_end_of_the_calendar_is_no_end() -> None:
    assert "DTEND" not in only(parsed(event(ends=date.max)))
    assert only(parsed(event(ends=date(2199, 12, 31)))).decoded("DTEND") == date(2200, 1, 1)


@pytest.mark.parametrize(
    ("kind", "summary"),
    [("session", "First aid"), ("start", "Starts: First aid"), ("deadline", "Last day to apply: First aid")],
)
def test_what_an_event_is_called(kind: str, summary: str) -> None:
    assert only(parsed(event(kind)))["SUMMARY"] == summary


@pytest.mark.parametrize(
    ("kind", "state", "words"),
    [
        ("session", "open", ["Apply by February 10, 2027"]),
        ("session", "full", ["All places are taken"]),
        ("session", "closed", ["Applications closed"]),
        ("session", "running", []),
        ("session", "late", ["Apply by February 10, 2027"]),
        ("deadline", "open", ["The course starts on February 20, 2027"]),
        ("deadline", "late", ["Under way since February 20, 2027"]),
    ],
)
def test_what_there_is_to_know(kind: str, state: str, words: list[str]) -> None:
    one = only(parsed(event(kind, state=state, apply_by=date(2027, 2, 10))))
    assert one["DESCRIPTION"].split("\n") == ["Harbour College", *words, COURSE.url]


def test_words_and_dates_are_those_of_the_language() -> None:
    one = only(parsed(event(apply_by=date(2027, 2, 10)), language="fr"))
    assert "10 février 2027" in one["DESCRIPTION"]


def test_an_empty_calendar_is_one() -> None:
    assert parsed().walk("VEVENT") == []


HOSTILE = [
    "a, b; c: d",
    "one\r\ntwo",
    "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:PROCEDURE",
    r"C:\New\nothing\,",
    "\\" * 200,
    "Ω" * 200,
    "👩‍🏫" * 60,
    "a\x00\x07b\x85c\u2028d",
    "x" * 1000,
    "100 %s %(course)s",
    '"quoted"; =^n',
]
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=300) | st.sampled_from(HOSTILE)


@given(ANY, ANY, ANY)
def test_any_words_stay_words(title: str, provider: str, location: str) -> None:
    course = CalendarCourse(title, provider, COURSE.url)
    for kind in ("session", "start", "deadline"):
        result = parsed(event(kind, course=course, location=location, ends=date(2027, 2, 21)), name=title)
        one = only(result)
        assert {part.name for part in result.walk()} == {"VCALENDAR", "VEVENT"}
        assert set(one) <= {
            "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "LOCATION", "TRANSP"
        }  # fmt: skip
        assert one["SUMMARY"].strip().endswith(in_one_line(title))
        assert one["DESCRIPTION"].split("\n")[0].strip() == in_one_line(provider)
        if kind != "deadline" and location:
            assert one["LOCATION"].strip() == in_one_line(location)


def in_one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()


def test_no_text_is_cut_within_an_escape() -> None:
    for length in range(60, 80):
        lines = written(event(course=CalendarCourse("x" * length + ",,,,", "", COURSE.url)))
        assert not [one for one in lines.split("\r\n ") if one.endswith("\\")]
