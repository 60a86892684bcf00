"""Whether people can enrol: the state of each session, and of its course, on a date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from credsite.catalogue.clock import Clock
from credsite.catalogue.unpublished import What
from credsite.content.records import CourseRecord, SessionRecord
from credsite.schema.vocabularies import SELF_PACED

SessionState = Literal["open", "late", "early", "full", "closed", "running", "past"]
Missed = Literal["full", "closed"]
OPEN_STATES: Final = frozenset[SessionState]({"open", "late"})
"""The states in which people can apply."""
EnrolmentState = Literal[
    "any-time", "open", "late", "early", "full", "closed", "running", "ended", "unannounced"
]

_BEST_FIRST: Final = ("late", "early", "full", "closed", "running")
"""The states of sessions of which a course can have the first, if none is open."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A course's state, and the session that decides it, if one does.

    ``missed`` says why an earlier session, if there is one still to come, cannot be booked.
    """

    state: EnrolmentState
    session: SessionRecord | None = None
    missed: Missed | None = None


SessionStates = tuple[tuple[int, SessionState], ...]
"""The sessions of a course in the order of their starts, each as its number and its state."""


def session_states(course: CourseRecord, clock: Clock) -> SessionStates:
    sessions = course.sessions
    numbers: Iterable[int] = range(len(sessions))
    if len(sessions) > 1:
        numbers = sorted(numbers, key=lambda number: start_order(sessions[number]))
    return tuple([(number, session_state(sessions[number], clock)) for number in numbers])


def start_order(session: SessionRecord) -> tuple[date, int]:
    """What sessions are sorted by: their first days, and on the same day the minute at which they begin, if they say."""
    times = session.times
    begins = times and (times.starts or times.first)
    return session.starts, begins.hour * 60 + begins.minute if begins else 0


def session_state(session: SessionRecord, clock: Clock) -> SessionState:
    """The state of one session. On its first day people can still apply, and where its deadline is later (``late``), until then.

    Where it gives times, its moments count in place of the ends of its days. It is ``early`` before the first day to apply.
    """
    today = clock.today
    if session.times is None:
        has_begun = session.starts < today
        has_ended = session.ends is not None and session.ends < today
        is_too_late = session.apply_by is not None and session.apply_by < today
        is_too_early = False
    else:
        times = session.times
        has_begun = _is_over(session.starts, times.starts, clock)
        has_ended = session.ends is not None and _is_over(session.ends, times.ends, clock)
        is_too_late = session.apply_by is not None and _is_over(session.apply_by, times.apply_by, clock)
        is_too_early = times.apply_from is not None and clock.instant(times.apply_from) > clock.now
    is_late_entry = has_begun and session.apply_by is not None and not is_too_late
    if session.ends is not None:
        if has_ended:
            return "past"
    elif session.starts < today and not is_late_entry:
        return "past"
    if has_begun:
        return "late" if is_late_entry and session.seats != 0 else "running"
    if session.seats == 0:
        return "full"
    if is_too_late:
        return "closed"
    return "early" if is_too_early else "open"


def has_missed_deadline(session: SessionRecord, clock: Clock) -> bool:
    """Whether the deadline of a session that has not begun is past."""
    if session.apply_by is None or session.starts < clock.today or clock.today < session.apply_by:
        return False
    times = session.times
    return _is_over(session.apply_by, times.apply_by if times else None, clock) and not (
        times and times.starts and _is_over(session.starts, times.starts, clock)
    )


def _is_over(day: date, moment: datetime | None, clock: Clock) -> bool:
    return day < clock.today if moment is None else clock.instant(moment) <= clock.now


def session_moments(session: SessionRecord, clock: Clock) -> Iterator[tuple[What, datetime]]:
    """The moments at which the state of a session changes, with what happens then; those at the ends of days apart."""
    times = session.times
    if times is None:
        return
    changes: tuple[tuple[What, date | None], ...] = (
        ("opens applications", times.apply_from),
        ("closes applications", times.apply_by),
        ("starts a session", times.starts),
        ("ends a session", times.ends),
    )
    for what, moment in changes:
        if moment is not None:
            yield what, clock.instant(moment)


def enrolment(
    course: CourseRecord, states: SessionStates, self_paced: Collection[str | None] = (SELF_PACED,)
) -> Enrolment:
    """The state of a course: that of the session which is most useful to somebody who wants to enrol.

    ``self_paced`` are the paces of courses that can begin at any time.
    """
    if course.pace in self_paced:
        return Enrolment("any-time")
    by_state: dict[SessionState, SessionRecord] = {}
    missed: Missed | None = None
    for number, state in states:
        if state == "past" or state not in by_state:  # of past sessions the last one, of others the first
            by_state[state] = course.sessions[number]
        if "open" not in by_state and missed is None and (state == "full" or state == "closed"):
            missed = state
    if "open" in by_state:
        return Enrolment("open", by_state["open"], missed)
    for other in _BEST_FIRST:
        if other in by_state:
            return Enrolment(other, by_state[other])
    return Enrolment("ended", by_state["past"]) if by_state else Enrolment("unannounced")
