from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest
from babel import Locale
from babel.support import NullTranslations

from credsite.site.views import MeetingTimes, Term
from credsite.theme.formatters import Formatters
from credsite.theme.times import clock_time, time_span

DAYS = (Term("monday", "Mondays"), Term("wednesday", "Wednesdays"))


def formatters(language: str) -> Formatters:
    return Formatters(language, NullTranslations())


def plain(text: str) -> str:
    """``text`` without word joiners, with ordinary spaces, and with none around a dash."""
    return re.sub(r" ?– ?", "–", re.sub(r"\s", " ", text.replace("\u2060", "")))


@pytest.mark.parametrize(
    ("language", "hour", "half_hour"),
    [("en-CA", "6–8 p.m.", "5:30–7:00 p.m."), ("en-GB", "18:00–20:00", "17:30–19:00"),
     ("de", "18:00–20:00 Uhr", "17:30–19:00 Uhr"), ("fr-CA", "18 h 00–20 h 00", "17 h 30–19 h 00")],
)  # fmt: skip
def test_from_when_to_when(language: str, hour: str, half_hour: str) -> None:
    locale = Locale.parse(language, sep="-")

    assert plain(time_span(time(18), time(20), locale)) == hour
    assert plain(time_span(time(17, 30), time(19), locale)) == half_hour


@pytest.mark.parametrize(
    ("language", "whole", "half"),
    [("en-CA", "9 a.m.", "9:30 a.m."), ("uk", "09:00", "09:30"), ("fi", "9.00", "9.30")],
)
def test_the_time_of_a_clock(language: str, whole: str, half: str) -> None:
    locale = Locale.parse(language, sep="-")
    found = [clock_time(time(9, minute), locale).replace("\u202f", " ") for minute in (0, 30)]
    assert found == [whole, half]


@pytest.mark.parametrize(
    ("language", "morning", "afternoon", "deadline"),
    [
        ("en-CA", "9:30 a.m.–noon", "noon–1 p.m.", "noon"),
        ("en", "9:30 AM–noon", "noon–1 PM", "noon"),
        ("en-GB", "09:30–12:00", "12:00–13:00", "12:00"),
        ("uk", "09:30–12:00", "12:00–13:00", "12:00"),
    ],
)
def test_noon_has_its_name_in_english(language: str, morning: str, afternoon: str, deadline: str) -> None:
    locale = Locale.parse(language, sep="-")
    assert plain(time_span(time(9, 30), time(12), locale)) == morning
    assert plain(time_span(time(12), time(13), locale)) == afternoon
    assert clock_time(time(12), locale) == deadline
    assert plain(time_span(time(21), time(0), Locale("en"))) == "9 PM–midnight"


def test_a_meeting_in_words() -> None:
    words = formatters("en-CA").meeting(MeetingTimes(DAYS, time(18), time(20)))
    assert plain(words) == "Mondays and Wednesdays, 6–8 p.m."
    once = formatters("en-GB").meeting(MeetingTimes((), time(9), time(16, 30)))
    assert plain(once) == "09:00–16:30"


@pytest.mark.parametrize("begins", [time(18), time(12)])
@pytest.mark.parametrize("language", ["en", "en-CA", "en-GB", "de", "fr-CA", "uk"])
def test_no_line_ends_within_the_times_of_a_meeting(language: str, begins: time) -> None:
    found = time_span(begins, time(20, 30), Locale.parse(language, sep="-"))
    assert not re.search("[ \u2009]|–(?!\u2060)|(?<!\u2060)–", found)


def test_days_and_moments() -> None:
    found = formatters("en-CA")
    moment = datetime(2027, 2, 1, 18)
    assert found.moment(date(2027, 2, 1)) == found.date(date(2027, 2, 1)) == "February 1, 2027"
    assert found.moment(moment, "medium").replace("\u202f", " ") == "Feb 1, 2027, 6 p.m."
    assert (found.clock_time(date(2027, 2, 1)), found.date(moment)) == ("", "February 1, 2027")


def test_several_days() -> None:
    english = formatters("en-CA")
    days = (date(2027, 4, 5), date(2027, 3, 29), date(2028, 1, 3))
    assert english.days(days[:2], date(2027, 3, 1)) == "March 29 and April 5"
    assert english.days(days[:1], date(2026, 9, 7)) == "April 5, 2027"
    assert english.days(days, date(2027, 3, 1)) == "March 29, April 5 and January 3, 2028"
    assert formatters("fr").days(days[:2], date(2027, 3, 1)) == "29 mars et 5 avril"


def test_only_meetings_are_written_as_meetings() -> None:
    with pytest.raises(TypeError, match="`meeting` takes a meeting"):
        formatters("en").meeting("Mondays")  # type: ignore[arg-type]
