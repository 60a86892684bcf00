from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from credsite.catalogue.clock import Clock
from credsite.catalogue.enrolment import (
    Enrolment,
    enrolment,
    has_missed_deadline,
    session_moments,
    session_state,
    session_states,
)
from credsite.content.record_builder import record_of
from credsite.content.records import CourseRecord
from tests.support.catalogues import course

ZONE = ZoneInfo("America/Halifax")


def record(*sessions: dict[str, Any], **values: Any) -> CourseRecord:
    made = record_of(course("a", sessions=list(sessions), **values))
    assert isinstance(made, CourseRecord)
    return made


def at(moment: str) -> Clock:
    return Clock.at(datetime.fromisoformat(moment), ZONE)


def on_15_march(course: CourseRecord) -> Enrolment:
    return enrolment(course, session_states(course, at("2027-03-15")))


SESSION = {"apply_by": "2027-02-10", "starts": "2027-02-20", "ends": "2027-02-25"}
LATE_ENTRY = SESSION | {"apply_by": "2027-02-23"}


@pytest.mark.parametrize(
    ("session", "day", "state"),
    [
        (SESSION, "2027-02-10", "open"),
        (SESSION, "2027-02-11", "closed"),
        (SESSION, "2027-02-20", "closed"),
        (SESSION, "2027-02-21", "running"),
        (SESSION, "2027-02-25", "running"),
        (SESSION, "2027-02-26", "past"),
        (SESSION | {"seats": 0}, "2027-02-10", "full"),
        (SESSION | {"seats": 0}, "2027-02-11", "full"),
        (SESSION | {"seats": 0}, "2027-02-21", "running"),
        (SESSION | {"seats": 1}, "2027-02-10", "open"),
        (LATE_ENTRY, "2027-02-20", "open"),
        (LATE_ENTRY, "2027-02-21", "late"),
        (LATE_ENTRY, "2027-02-23", "late"),
        (LATE_ENTRY, "2027-02-24", "running"),
        (LATE_ENTRY, "2027-02-26", "past"),
        (LATE_ENTRY | {"seats": 0}, "2027-02-21", "running"),
        (LATE_ENTRY | {"ends": None}, "2027-02-23", "late"),
        (LATE_ENTRY | {"ends": None}, "2027-02-24", "past"),
        (LATE_ENTRY | {"ends": "9999-12-31"}, "2027-02-24", "running"),
        ({"starts": "2027-02-20"}, "2027-02-19", "open"),
        ({"starts": "2027-02-20"}, "2027-02-20", "open"),
        ({"starts": "2027-02-20"}, "2027-02-21", "past"),
        ({"starts": "2027-02-20", "apply_by": "2027-02-20"}, "2027-02-20", "open"),
        ({"starts": "2027-02-20", "ends": "2027-02-20"}, "2027-02-21", "past"),
    ],
)
def test_a_session_on_a_day(session: dict[str, Any], day: str, state: str) -> None:
    for hour in ("00:00", "23:59"):
        assert session_state(record(session).sessions[0], at(f"{day} {hour}")) == state


EVENING = {
    "starts": "2027-02-20 18:00",
    "ends": "2027-02-27 20:00",
    "apply_from": "2027-02-01 12:00",
    "apply_by": "2027-02-19 17:00",
}


@pytest.mark.parametrize(
    ("session", "moment", "state"),
    [
        (EVENING, "2027-02-01 11:59", "early"),
        (EVENING, "2027-02-01 12:00", "open"),
        (EVENING, "2027-02-19 16:59", "open"),
        (EVENING, "2027-02-19 17:00", "closed"),
        (EVENING, "2027-02-20 17:59", "closed"),
        (EVENING, "2027-02-20 18:00", "running"),
        (EVENING, "2027-02-27 19:59", "running"),
        (EVENING, "2027-02-27 20:00", "past"),
        (EVENING | {"seats": 0}, "2027-02-01 11:59", "full"),
        (EVENING | {"apply_from": "2027-02-02"}, "2027-02-01 23:59", "early"),
        (EVENING | {"apply_from": "2027-02-02"}, "2027-02-02 00:00", "open"),
        (EVENING | {"apply_by": "2027-02-21"}, "2027-02-20 18:00", "late"),
        (EVENING | {"apply_by": "2027-02-21"}, "2027-02-22 00:00", "running"),
        (EVENING | {"ends": "2027-02-27"}, "2027-02-27 23:59", "running"),
        (EVENING | {"ends": None}, "2027-02-20 23:59", "running"),
        (EVENING | {"ends": None}, "2027-02-21 00:00", "past"),
        ({"starts": "2027-02-20", "meets": "Saturdays 9:00-12:00"}, "2027-02-20 23:00", "open"),
    ],
)
def test_a_session_at_a_moment(session: dict[str, Any], moment: str, state: str) -> None:
    assert session_state(record(session).sessions[0], at(moment)) == state


def test_the_moments_at_which_a_session_changes() -> None:
    clock = at("2027-02-01 00:00")
    found = [
        (what, f"{moment:%m-%d %H:%M %Z}")
        for what, moment in session_moments(record(EVENING | {"ends": "2027-03-20 20:00"}).sessions[0], clock)
    ]
    assert found == [
        ("opens applications", "02-01 12:00 AST"),
        ("closes applications", "02-19 17:00 AST"),
        ("starts a session", "02-20 18:00 AST"),
        ("ends a session", "03-20 20:00 ADT"),
    ]
    assert not list(session_moments(record(SESSION).sessions[0], clock))


@pytest.mark.parametrize(
    ("moment", "is_missed"),
    [
        ("2027-02-19 16:59", False),
        ("2027-02-19 17:00", True),
        ("2027-02-20 17:59", True),
        ("2027-02-20 18:00", False),
    ],
)
def test_a_deadline_that_is_past_before_the_start(moment: str, is_missed: bool) -> None:
    assert has_missed_deadline(record(EVENING).sessions[0], at(moment)) is is_missed


def test_sessions_of_one_day_are_in_the_order_of_their_times() -> None:
    found = record(
        {"starts": "2027-06-01 18:00"},
        {"starts": "2027-06-01", "meets": "Tuesdays 9:00-10:00"},
        {"starts": "2027-06-01"},
        {"starts": "2027-05-31 20:00"},
    )
    assert [number for number, _ in session_states(found, at("2027-01-01"))] == [3, 2, 1, 0]


OPEN = {"starts": "2027-06-01"}
LATER = {"starts": "2027-09-01"}
FULL = {"starts": "2027-05-01", "seats": 0}
CLOSED = {"starts": "2027-04-01", "apply_by": "2027-01-01"}
EARLY = {"starts": "2027-07-01", "apply_from": "2027-03-16"}
RUNNING = {"starts": "2027-02-01", "ends": "2027-12-31"}
LATE = {"starts": "2027-03-01", "apply_by": "2027-03-15"}
PAST = {"starts": "2026-02-01"}
PAST_TOO = {"starts": "2026-08-01"}


@pytest.mark.parametrize(
    ("sessions", "state", "starts"),
    [
        ([], "unannounced", None),
        ([OPEN], "open", "2027-06-01"),
        ([LATER, OPEN], "open", "2027-06-01"),
        ([PAST, RUNNING, CLOSED, FULL, OPEN], "open", "2027-06-01"),
        ([PAST, LATE, RUNNING, OPEN], "open", "2027-06-01"),
        ([PAST, LATE, RUNNING, CLOSED, FULL], "late", "2027-03-01"),
        ([PAST, RUNNING, CLOSED, FULL, EARLY], "early", "2027-07-01"),
        ([PAST, RUNNING, CLOSED, FULL], "full", "2027-05-01"),
        ([PAST, RUNNING, CLOSED], "closed", "2027-04-01"),
        ([PAST, RUNNING], "running", "2027-02-01"),
        ([PAST], "ended", "2026-02-01"),
    ],
)
def test_a_course_on_15_march(sessions: list[dict[str, Any]], state: str, starts: str | None) -> None:
    for order in (sessions, sessions[::-1]):
        found = on_15_march(record(*order))
        assert found.state == state
        assert (found.session.starts.isoformat() if found.session else None) == starts


@pytest.mark.parametrize(
    ("sessions", "missed"),
    [
        ([OPEN], None),
        ([FULL, OPEN], "full"),
        ([CLOSED, OPEN], "closed"),
        ([CLOSED, FULL, OPEN], "closed"),
        ([RUNNING, PAST, OPEN], None),
        ([OPEN, FULL | {"starts": "2027-07-01"}], None),
        ([FULL], None),
        ([CLOSED, RUNNING], None),
        ([EARLY | {"starts": "2027-05-15"}, OPEN], None),
    ],
)
def test_why_a_sooner_session_cannot_be_had(sessions: list[dict[str, Any]], missed: str | None) -> None:
    for order in (sessions, sessions[::-1]):
        assert on_15_march(record(*order)).missed == missed


def test_a_course_that_is_over_names_its_last_session() -> None:
    found = on_15_march(record(PAST_TOO, PAST))
    assert found.state == "ended"
    assert found.session is not None
    assert found.session.starts.isoformat() == "2026-08-01"


def test_a_course_at_ones_own_pace_is_always_open() -> None:
    assert on_15_march(record(pace="self-paced")).state == "any-time"
    assert on_15_march(record(FULL, pace="self-paced")).session is None
    assert on_15_march(record(pace="scheduled")).state == "unannounced"


def test_a_pace_of_the_sites_own_may_mean_that_learners_can_begin_at_any_time() -> None:
    own = record(pace="scheduled")
    assert enrolment(own, [], ("self-paced", "scheduled")).state == "any-time"
    assert enrolment(record(pace="self-paced"), [], ("scheduled",)).state == "unannounced"
