from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from credsite.schema.kinds import Kind
from credsite.schema.models.meeting import Meeting
from credsite.schema.models.session import Session, session_timing
from credsite.schema.vocabularies import WEEKDAYS
from tests.schema.models.test_models import problems
from tests.support.catalogues import parsed

TERM = {"starts": "2027-02-01", "ends": "2027-03-15"}  # both are Mondays
EVENINGS = {"days": ["monday", "wednesday"], "from": "18:00", "to": "20:00"}


def session(**values: Any) -> Session:
    return Session.model_validate(TERM | values)


def meeting(written: Any) -> Meeting:
    (found,) = session(meets=written).meets
    return found


def found(**values: Any) -> list[tuple[str, str]]:
    """Code and key, within the session, of what is wrong with it."""
    written = {"delivery_modes": ["in-person"], "sessions": [TERM | values]}
    return [
        (code, key.removeprefix("sessions.0.")) for code, key in problems(parsed(Kind.COURSE, "a", **written))
    ]


@pytest.mark.parametrize(
    "written",
    [
        EVENINGS,
        [EVENINGS],
        EVENINGS | {"days": "Mondays and Wednesdays"},
        EVENINGS | {"days": ["Wed", "Mon.", "monday"]},
        "monday, wednesday 18:00-20:00",
        "Mondays and Wednesdays, 18:00 to 20:00",
        "Mon & Wed 18:00–20:00",
        "Mon & Wed,\n  18:00-20:00",
    ],
)
def test_ways_to_write_a_meeting(written: Any) -> None:
    assert meeting(written).as_line() == "monday, wednesday 18:00-20:00"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Monday to Friday 9:00-12:30", "monday, tuesday, wednesday, thursday, friday 09:00-12:30"),
        ("Weekdays 9:00-12:30", "monday, tuesday, wednesday, thursday, friday 09:00-12:30"),
        ("Wednesdays and weekends 9:00-12:00", "wednesday, saturday, sunday 09:00-12:00"),
        ("Mo/We 9:00-12:00", "monday, wednesday 09:00-12:00"),
        ("Fri-Mon 9:00-12:00", "monday, friday, saturday, sunday 09:00-12:00"),
        (
            "Mondays 18:00-20:00 except 2027-03-01, 2027-02-15",
            "monday 18:00-20:00 except 2027-03-01, 2027-02-15",
        ),
        (
            "Mondays 18:00-20:00 except 2027-02-15, 2027-02-22 and 2027-03-01",
            "monday 18:00-20:00 except 2027-02-15, 2027-02-22, 2027-03-01",
        ),
        (EVENINGS | {"except": ["2027-02-15"]}, "monday, wednesday 18:00-20:00 except 2027-02-15"),
    ],
)
def test_meetings_as_lines(written: Any, line: str) -> None:
    assert meeting(written).as_line() == line
    assert meeting(line) == meeting(meeting(line).as_line())


@pytest.mark.parametrize("written", ["Daily 9:00-10:00", "Every day 9:00-10:00"])
def test_a_meeting_on_all_days(written: str) -> None:
    assert meeting(written).weekdays == (0, 1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    "between",
    [",", ", ", " \n", "1:00 ", "1:00-2:00,", "1:00-2:00 except ", "1:00-2:00 except 2027-02-15 and "],
)
def test_a_long_line_that_is_no_meeting_is_refused_quickly(between: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(ValidationError):
        meeting("Mondays" + between * 20_000 + "x\ny")
    assert time.perf_counter() - begun < 2


def test_days_left_out_can_follow_on_another_line() -> None:
    line = "Mondays 18:00-20:00 except 2027-02-15,\n  2027-03-01"
    assert [day.isoformat() for day in meeting(line).cancelled] == ["2027-02-15", "2027-03-01"]


TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))
DAYS = st.lists(st.sampled_from(list(WEEKDAYS)), min_size=1, max_size=7)


@settings(max_examples=25)
@given(DAYS, TIMES, TIMES, st.lists(st.dates(date(2027, 1, 1), date(2028, 1, 1)), max_size=3))
def test_a_line_says_all_of_a_meeting(
    days: list[str], begins: Any, until: Any, cancelled: list[date]
) -> None:
    block = {
        "days": days,
        "from": begins.isoformat("minutes"),
        "to": until.isoformat("minutes"),
        "except": [day.isoformat() for day in cancelled],
    }
    one, other = meeting(block), meeting(meeting(block).as_line())
    for name in ("weekdays", "begins", "until", "cancelled"):
        assert getattr(one, name) == getattr(other, name)


@pytest.mark.parametrize(
    ("written", "code", "key"),
    [
        (EVENINGS | {"from": "6 pm"}, "bad-time", "meets.0.from"),
        (EVENINGS | {"to": "24:00"}, "bad-time", "meets.0.to"),
        (EVENINGS | {"days": ["mondey"]}, "unknown-value", "meets.0.days.0"),
        (EVENINGS | {"days": []}, "missing-key", "meets.0.days"),
        ("on Mondays", "bad-time", "meets.0"),
        ({"days": ["monday"], "from": "18:00"}, "missing-key", "meets.0.to"),
        (EVENINGS | {"until": "20:00"}, "unknown-key", "meets.0.until"),
        (EVENINGS | {"to": "17:00"}, "times-reversed", "meets.0.to"),
        (EVENINGS | {"to": "18:00"}, "times-reversed", "meets.0.to"),
        (EVENINGS | {"except": ["2027-02-16"]}, "session-meets", "meets.0.except.0"),
        (
            [EVENINGS, EVENINGS | {"except": ["2027-02-15", "2027-03-22"]}],
            "session-meets",
            "meets.1.except.1",
        ),
        (
            "Mondays 18:00-20:00 except "
            + ", ".join(str(date(2027, 2, 1) + timedelta(weeks=week)) for week in range(7)),
            "session-meets",
            "meets.0.except",
        ),
    ],
)
def test_what_is_wrong_with_meetings(written: Any, code: str, key: str) -> None:
    assert found(meets=written) == [(code, key)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"ends": "2027-02-02", "meets": EVENINGS}, [("session-meets", "meets.0.days")]),
        ({"ends": None, "meets": EVENINGS}, [("session-meets", "meets.0.days")]),
        ({"ends": "2027-02-03", "meets": EVENINGS}, []),
        ({"ends": "9999-12-31", "meets": EVENINGS}, []),
        ({"ends": "2027-01-01", "meets": EVENINGS}, [("session-ends-first", "ends")]),
        ({"starts": "2027-02-01 18:00", "ends": "2027-02-01 17:00"}, [("session-ends-first", "ends")]),
        ({"starts": "2027-02-01 18:00", "ends": "2027-02-01"}, []),
        ({"apply_by": "2027-02-01 12:00"}, []),
        ({"starts": "2027-02-01 18:00", "apply_by": "2027-02-01 18:01"}, [("session-apply-by", "apply_by")]),
        ({"ends": "2027-03-15 20:00", "apply_by": "2027-03-15 21:00"}, [("dates-reversed", "apply_by")]),
        ({"apply_from": "2027-01-20", "apply_by": "2027-01-19"}, [("dates-reversed", "apply_by")]),
        ({"apply_from": "2027-01-20", "apply_by": "2027-01-20"}, []),
        ({"apply_from": "2027-02-02", "apply_by": None}, [("session-apply-by", "apply_from")]),
        ({"apply_from": "2027-02-01", "apply_by": None}, []),
        ({"meets": EVENINGS, "timing": ["daytime"]}, [("session-timing", "timing")]),
        ({"meets": EVENINGS, "timing": ["daytime", "evening"]}, []),
    ],
)
def test_dates_times_and_meetings_agree(values: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert found(**values) == expected


@pytest.mark.parametrize(
    ("written", "code", "suggestion"),
    [
        ("2027-02-01T18:00:00-05:00", "bad-date", "2027-02-01 18:00"),
        ("2027-02-01 18:00Z", "bad-date", "2027-02-01 18:00"),
        ("2027-02-01 at 6 pm", "bad-date", "2027-02-01 18:00"),
        ("2027-02-30 18:00", "bad-date", ""),
        ("2027-02-01 25:00", "bad-time", ""),
        ("9999-12-31 18:00", "bad-date", "9999-12-31"),
        ("1 February 2027", "bad-date", "2027-02-01"),
    ],
)
def test_days_and_moments_that_are_none(written: str, code: str, suggestion: str) -> None:
    (problem,) = [
        one for one in parsed(Kind.COURSE, "a", sessions=[{"starts": written}]).problems if one.code == code
    ]
    assert problem.suggestion == suggestion


def test_moments() -> None:
    assert session(starts="2027-02-01 9:05").starts == datetime(2027, 2, 1, 9, 5)
    assert session(starts="2027-02-01T09:05:00").first_day == date(2027, 2, 1)
    assert type(session().starts) is date


def test_the_first_meeting_is_on_a_day_of_the_session_that_is_no_exception() -> None:
    first = session(meets=["Wednesdays 18:00-20:00", EVENINGS | {"except": ["2027-02-01"]}]).first_meeting()
    assert first == (datetime(2027, 2, 3, 18), datetime(2027, 2, 3, 20))
    assert session().first_meeting() is None
    assert session(ends="2027-02-02", meets="Fridays 18:00-20:00").first_meeting() is None


@pytest.mark.parametrize(
    ("values", "timing"),
    [
        ({}, ()),
        ({"meets": EVENINGS}, ("evening",)),
        ({"meets": EVENINGS | {"from": "16:59"}}, ("daytime",)),
        ({"meets": ["Saturdays 18:00-20:00"]}, ("weekend",)),
        ({"meets": ["Fri, Sat 18:00-20:00"]}, ("evening", "weekend")),
        ({"meets": EVENINGS, "timing": ["weekend"]}, ("weekend",)),
    ],
)
def test_the_timing_follows_from_the_meetings(values: dict[str, Any], timing: tuple[str, ...]) -> None:
    assert session_timing(session(**values)) == timing
