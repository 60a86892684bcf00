from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from credsite.catalogue.enrolment import enrolment, session_state
from credsite.schema.models import Course
from tests.support.catalogues import course


def fields(*sessions: dict[str, Any], **values: Any) -> Course:
    made = course("a", sessions=list(sessions), **values).fields
    assert isinstance(made, Course)
    return made


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
    assert session_state(fields(session).sessions[0], date.fromisoformat(day)) == state


OPEN = {"starts": "2027-06-01"}
LATER = {"starts": "2027-09-01"}
FULL = {"starts": "2027-05-01", "seats": 0}
CLOSED = {"starts": "2027-04-01", "apply_by": "2027-01-01"}
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
        ([PAST, RUNNING, CLOSED, FULL], "full", "2027-05-01"),
        ([PAST, RUNNING, CLOSED], "closed", "2027-04-01"),
        ([PAST, RUNNING], "running", "2027-02-01"),
        ([PAST], "ended", "2026-02-01"),
    ],
)
def test_a_course_on_15_march(sessions: list[dict[str, Any]], state: str, starts: str | None) -> None:
    for order in (sessions, sessions[::-1]):
        found = enrolment(fields(*order), date(2027, 3, 15))
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
    ],
)
def test_why_a_sooner_session_cannot_be_had(sessions: list[dict[str, Any]], missed: str | None) -> None:
    for order in (sessions, sessions[::-1]):
        assert enrolment(fields(*order), date(2027, 3, 15)).missed == missed


def test_a_course_that_is_over_names_its_last_session() -> None:
    found = enrolment(fields(PAST_TOO, PAST), date(2027, 3, 15))
    assert found.state == "ended"
    assert found.session is not None
    assert found.session.starts.isoformat() == "2026-08-01"


def test_a_course_at_ones_own_pace_is_always_open() -> None:
    assert enrolment(fields(pace="self-paced"), date(2027, 3, 15)).state == "any-time"
    assert enrolment(fields(FULL, pace="self-paced"), date(2027, 3, 15)).session is None
    assert enrolment(fields(pace="scheduled"), date(2027, 3, 15)).state == "unannounced"
