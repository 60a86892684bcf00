"""Whether people can enrol: the state of each session, and of its course, on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from credsite.content.records import CourseRecord, SessionRecord

SessionState = Literal["open", "late", "full", "closed", "running", "past"]
Missed = Literal["full", "closed"]
OPEN_STATES: Final = frozenset[SessionState]({"open", "late"})
"""The states in which people can apply."""
EnrolmentState = Literal["any-time", "open", "late", "full", "closed", "running", "ended", "unannounced"]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A course's state, and the session that decides it, if one does.

    ``missed`` says why an earlier session, if there is one still to come, cannot be booked.
    """

    state: EnrolmentState
    session: SessionRecord | None = None
    missed: Missed | None = None


def session_state(session: SessionRecord, today: date) -> SessionState:
    """The state of one session. On its first day people can still apply, and where its deadline is later (``late``), until then."""
    is_late_entry = session.apply_by is not None and session.starts < today <= session.apply_by
    if session.ends is not None:
        if session.ends < today:
            return "past"
    elif session.starts < today and not is_late_entry:
        return "past"
    if session.starts < today:
        return "late" if is_late_entry and session.seats != 0 else "running"
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
    for state in ("late", "full", "closed", "running"):
        if state in by_state:
            return Enrolment(state, by_state[state])
    return Enrolment("ended", by_state["past"]) if by_state else Enrolment("unannounced")
