from __future__ import annotations

import pytest

from credsite.schema.likely_times import likely_time, meeting_advice, moment_advice, time_advice


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("6 pm", "18:00"),
        ("6:30pm", "18:30"),
        ("6.30 p.m.", "18:30"),
        ("12 am", "00:00"),
        ("12:15 PM", "12:15"),
        ("18h30", "18:30"),
        ("18 h", "18:00"),
        ("18.00 Uhr", "18:00"),
        ("1830", "18:30"),
        ("9 o'clock", "09:00"),
        ("noon", "12:00"),
        ("Midnight", "00:00"),
        ("13 pm", ""),
        ("25:00", ""),
        ("8", ""),
        ("evening", ""),
        ("", ""),
    ],
)
def test_times_that_are_meant(written: str, time: str) -> None:
    assert likely_time(written) == time


def test_advice_repeats_no_long_text() -> None:
    assert "x" * 30 not in time_advice("x" * 1000)[0]
    assert "x" * 30 not in moment_advice("x" * 1000)[0]
    assert "x" * 30 not in moment_advice("2027-01-31 at " + "x" * 1000)[0]
    assert "x" * 30 not in meeting_advice("x" * 1000)[0]


@pytest.mark.parametrize(
    ("written", "meeting"),
    [
        ("Mondays 6-8 pm", "Mondays 18:00-20:00"),
        ("Mondays, 6:30 pm to 8 p.m.", "Mondays 18:30-20:00"),
        ("Mon and Wed 10-12 pm", "Mon and Wed 10:00-12:00"),
        ("Mondays 18.00-20.00", "Mondays 18:00-20:00"),
        ("Mondays 18h30 until 20h", "Mondays 18:30-20:00"),
        ("Mondays 8 pm - 6 pm", ""),
        ("Mondays 6-8", ""),
        ("6-8 pm", ""),
        ("on Mondays", ""),
    ],
)
def test_meetings_that_are_meant(written: str, meeting: str) -> None:
    assert meeting_advice(written)[1] == meeting
