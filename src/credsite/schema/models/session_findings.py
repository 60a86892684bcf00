"""What is wrong in a session although each of its fields is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from credsite.core.dates import day_of, first_on
from credsite.problems.model import KeyPath
from credsite.schema.models.base import FieldFinding
from credsite.schema.models.meeting import Meeting
from credsite.schema.models.session import Session, meeting_timings, timing_ids
from credsite.schema.vocabularies import ONLINE, TIMINGS, WEEKDAYS

_DAYS: Final = tuple(WEEKDAYS)


def session_findings(session: Session, modes: tuple[str, ...], key: KeyPath) -> Iterator[FieldFinding]:
    """What is wrong in the session at ``key`` of a course with these delivery ``modes``."""
    mode = session.delivery_mode or (modes[0] if len(modes) == 1 else None)
    if session.location and mode and session.TERMS["mode"][mode].meaning == ONLINE:
        yield FieldFinding(
            "session-location",
            "An online session has no location. Leave `location` out, or change the session's `delivery_mode`.",
            (*key, "location"),
            ((*key, "delivery_mode"), ("delivery_modes",)),
        )
    yield from _date_findings(session, key)
    if session.meets:
        yield from _meeting_findings(session, key)
    if session.delivery_mode is not None and session.delivery_mode not in modes:
        yield FieldFinding(
            "session-mode",
            f"`{session.delivery_mode}` is not among the course's `delivery_modes` ({', '.join(modes)}). Add it there, or change it here.",
            (*key, "delivery_mode"),
            (("delivery_modes",),),
        )


def _date_findings(session: Session, key: KeyPath) -> Iterator[FieldFinding]:
    starts, ends = (*key, "starts"), (*key, "ends")
    if session.ends is not None and _is_before(session.ends, session.starts):
        message = (
            f"The session ends before it starts, on {_written(session.starts)}. Correct one of the two dates."
        )
        yield FieldFinding("session-ends-first", message, ends, (starts,))
    opens, closes = session.apply_from, session.apply_by
    if opens is not None and closes is not None and _is_before(closes, opens):
        message = f"The last day to apply is before the first, {_written(opens)}. Correct one of the two."
        yield FieldFinding("dates-reversed", message, (*key, "apply_by"), ((*key, "apply_from"),))
    if opens is not None and closes is None and _is_before(session.starts, opens):
        message = (
            f"Applications open after the session starts, on {_written(session.starts)}, so people can only join late. "
            "If that is wrong, correct one of the two dates."
        )
        yield FieldFinding("session-apply-by", message, (*key, "apply_from"), (starts,))
    yield from _deadline_findings(session, key)


def _deadline_findings(session: Session, key: KeyPath) -> Iterator[FieldFinding]:
    if session.apply_by is None or not _is_before(session.starts, session.apply_by):
        return
    depends_on = ((*key, "starts"), (*key, "ends"))
    is_after_end = session.ends is not None and _is_before(session.ends, session.apply_by)
    if session.ends is not None and is_after_end and not _is_before(session.ends, session.starts):
        message = f"The deadline is after the session ends, on {_written(session.ends)}. Correct one of the two dates."
        yield FieldFinding("dates-reversed", message, (*key, "apply_by"), depends_on)
    else:
        message = (
            f"The deadline is after the session starts, on {_written(session.starts)}, so people can join late. "
            "If they cannot, correct one of the two dates."
        )
        yield FieldFinding("session-apply-by", message, (*key, "apply_by"), depends_on)


def _meeting_findings(session: Session, key: KeyPath) -> Iterator[FieldFinding]:
    edges = ((*key, "starts"), (*key, "ends"))
    for number, meeting in enumerate(session.meets):
        at: KeyPath = (*key, "meets", number)
        if meeting.until <= meeting.begins:
            message = f"It ends at {meeting.until:%H:%M}, which is not after {meeting.begins:%H:%M}. Correct one of the two times."
            yield FieldFinding("times-reversed", message, (*at, "to"), ((*at, "from"),))
        yield from _day_findings(session, meeting, at, edges)
    yield from _timing_findings(session, key)


def _day_findings(
    session: Session, meeting: Meeting, at: KeyPath, edges: tuple[KeyPath, ...]
) -> Iterator[FieldFinding]:
    first, last = session.first_day, session.last_day
    if last < first:
        return
    span = f"from {first} to {last}" if session.ends is not None else f"on {first}"
    for number in meeting.weekdays:
        if first_on((number,), first, last) is None:
            message = f"There is no {_DAYS[number].capitalize()} {span}, when this session takes place. "
            advice = (
                "Add `ends`, the last day of the session."
                if session.ends is None
                else "Correct the day or the dates."
            )
            yield FieldFinding("session-meets", message + advice, (*at, "days"), edges)
    if first_on(meeting.weekdays, first, last) is not None and meeting.first_day(first, last) is None:
        message = f"With these exceptions, it never takes place {span}. Correct them, or the dates."
        yield FieldFinding("session-meets", message, (*at, "except"), (*edges, (*at, "days")))
    for position, day in enumerate(vars(meeting)["except"]):
        if not first <= day <= last:
            message = (
                f"{day} is not a day of this session, which takes place {span}. Correct it, or take it out."
            )
        elif day.weekday() not in meeting.weekdays:
            message = f"{day} is a {_DAYS[day.weekday()].capitalize()}, on which the session does not meet anyway. Correct it, or take it out."
        else:
            continue
        yield FieldFinding("session-meets", message, (*at, "except", position), (*edges, (*at, "days")))


def _timing_findings(session: Session, key: KeyPath) -> Iterator[FieldFinding]:
    """Advice where `timing` says another time of the day or week than `meets`."""
    following = [meeting_timings(meeting) for meeting in session.meets]
    terms = session.TERMS["timing"]
    given = {terms[timing].meaning for timing in session.timing}
    if given <= TIMINGS.keys() and given and not all(timings & given for timings in following):
        found = ", ".join(sorted(timing_ids(session, following)))
        message = (
            f"From `meets` follows the timing {found}. Correct one of the two, or leave `timing` out: visitors then "
            "find the session by its times."
        )
        yield FieldFinding("session-timing", message, (*key, "timing"), ((*key, "meets"),))


def _is_before(one: date, other: date) -> bool:
    """Whether a day or moment is over before another begins. Two on the same day are compared only if both have times."""
    if type(one) is type(other):  # two days, or two moments
        return one < other
    return day_of(one) < day_of(other)


def _written(moment: date) -> str:
    """A day or moment as editors write it."""
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else moment.isoformat()
