"""Whether people can enrol: the state of each session, and of its course, on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from credsite.content.records import CourseRecord, SessionRecord

SessionState = Literal["open", "full", "closed", "running", "past"]
Missed = Literal["full", "closed"]
EnrolmentState = Literal["any-time", "open", "full", "closed", "running", "ended", "unannounced"]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A course's state, and the session that decides it, if one does.

    ``missed`` says why an earlier session, if there is one still to come, cannot be booked.
    """

    state: EnrolmentState
    session: SessionRecord | None = None
    missed: Missed | None = None


def session_state(session: SessionRecord, today: date) -> SessionState:
    """The state of one session. On its first day people can still apply."""
    if (session.ends or session.starts) < today:
        return "past"
    if session.starts < today:
        return "running"
    if session.seats == 0:
        return "full"
    if session.apply_by is not None and session.apply_by < today:
        return "closed"
    return "open"


def enrolment(course: CourseRecord, today: date) -> Enrolment:
    """The state of a course: that of the session which is most useful to somebody who wants to enrol."""
    if course.pace == "self-paced":
        return Enrolment("any-time")
    by_state: dict[SessionState, SessionRecord] = {}
    missed: Missed | None = None
    for session in sorted(course.sessions, key=lambda session: session.starts):
        of_session = session_state(session, today)
        if (
            of_session == "past" or of_session not in by_state
        ):  # of past sessions the last one, of others the first
            by_state[of_session] = session
        if "open" not in by_state and missed is None and (of_session == "full" or of_session == "closed"):
            missed = of_session
    if "open" in by_state:
        return Enrolment("open", by_state["open"], missed)
    for state in ("full", "closed", "running"):
        if state in by_state:
            return Enrolment(state, by_state[state])
    return Enrolment("ended", by_state["past"]) if by_state else Enrolment("unannounced")
