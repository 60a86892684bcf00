"""A session: one run of a course, with its days, its times and its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from credsite.core.dates import Weekdays, day_of, first_on, last_on
from credsite.problems.model import KeyPath
from credsite.schema import patterns
from credsite.schema.field_types import ClockTime, Count, Date, LocalMoment, Text, Url, value_error
from credsite.schema.models.base import FieldFinding, Model, TextOrBlock
from credsite.schema.vocabularies import ONLINE, TIMINGS, WEEKDAYS, DeliveryMode, Timing, Weekday

_DAYS: Final = tuple(WEEKDAYS)
_EVENING: Final = time(17)
_WEEKEND: Final = frozenset({5, 6})
_WORD: Final = re.compile(r"[^\W\d_]+|[-–]")
_LINE: Final = re.compile(
    r"(.*?)[\s,]*(\d{1,2}:\d\d(?::00)?)\s*(?:-|–|—|to|until)\s*(\d{1,2}:\d\d(?::00)?)(?:[\s,]*except\s+(.+))?",
    re.IGNORECASE,
)


def _weekday(written: str) -> str:
    """The id of the weekday that is meant: `Mon`, `mondays` and `Monday` are `monday`. Other words stay as they are."""
    word = written.strip().casefold().rstrip(".")
    for day in _DAYS:
        if word in (day, f"{day}s") or (len(word) > 2 and day.startswith(word)):
            return day
    return written


def _weekdays(value: Any) -> Any:
    """A list of days, each once and in order, from a list of words or a text such as `Monday and Wednesday`.

    Words that are no days stay, where they are.
    """
    days = _days_in(value) if isinstance(value, str) else value
    if not isinstance(days, list):
        return value
    found = [_weekday(one) if isinstance(one, str) else one for one in days]
    return [day for day in _DAYS if day in found] if all(one in _DAYS for one in found) else found


def _days_in(value: str) -> list[str]:
    """The words of a text such as `Monday, Wednesday and Thursday` or `Monday to Friday`."""
    words = [_weekday(word) for word in _WORD.findall(value) if word.casefold() not in ("and", "every")]
    days: list[str] = []
    is_range = False
    for word in words:
        if word.casefold() in ("to", "-", "–", "through"):
            is_range = True
            continue
        if is_range and days and word in _DAYS and days[-1] in _DAYS:
            first, last = _DAYS.index(days[-1]), _DAYS.index(word)
            days += _DAYS[first + 1 : last] if first < last else [*_DAYS[first + 1 :], *_DAYS[:last]]
        days.append(word)
        is_range = False
    return days or [value]


def _one_or_several(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


class _AlsoOne:
    """Says in the JSON Schema of a list that ``forms`` of it are accepted too; without any, one of its items."""

    def __init__(self, *forms: dict[str, Any]) -> None:
        self._forms = forms

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler(core_schema)
        return {"anyOf": [schema, *(self._forms or (schema["items"],))]}


class Meeting(TextOrBlock):
    """The weekdays on which a session meets, from when to when: keys, or one line such as `Mondays 18:00-20:00`."""

    ONE_LINE: ClassVar[dict[str, Any]] = {"type": "string", "pattern": patterns.MEETING}

    days: Annotated[
        tuple[Weekday, ...],
        BeforeValidator(_weekdays),
        Field(min_length=1),
        _AlsoOne({"type": "string"}),
    ] = Field(description="The days of the week.", examples=[["monday", "wednesday"]])
    # The names of the other keys are words of Python, so they cannot be written as attributes.
    __annotations__.update({"from": ClockTime, "to": ClockTime, "except": tuple[Date, ...]})
    vars().update(
        {
            "from": Field(description="When it begins.", examples=["18:00"]),
            "to": Field(description="When it ends.", examples=["20:00"]),
            "except": Field(
                default=(), description="Days on which it does not take place.", examples=[["2027-02-15"]]
            ),
        }
    )

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        if not isinstance(data, str):
            return data
        match = _LINE.fullmatch(data.strip())
        if match is None:
            raise value_error(
                "bad-time",
                f"`{data}` does not say on which days it is, and from when to when. Write `Mondays and Wednesdays 18:00-20:00`.",
            )
        cancelled = {"except": re.split(r"[\s,;]+", match[4].strip())} if match[4] else {}
        return {"days": match[1], "from": match[2], "to": match[3], **cancelled}

    @property
    def begins(self) -> time:
        return vars(self)["from"]  # type: ignore[no-any-return]

    @property
    def until(self) -> time:
        return vars(self)["to"]  # type: ignore[no-any-return]

    @property
    def cancelled(self) -> tuple[date, ...]:
        """The days on which it does not take place, in order."""
        return tuple(sorted(set(vars(self)["except"])))

    @property
    def weekdays(self) -> Weekdays:
        """The numbers of the days, 0 for Monday, in order."""
        return tuple(map(_DAYS.index, self.days))

    def first_day(self, first: date, last: date) -> date | None:
        """The first day from ``first`` to ``last`` on which it takes place, if there is one."""
        return first_on(self.weekdays, first, last, self.cancelled)

    def last_day(self, first: date, last: date) -> date | None:
        """The last day from ``first`` to ``last`` on which it takes place, if there is one."""
        return last_on(self.weekdays, first, last, self.cancelled)

    def as_line(self) -> str:
        """The meeting in one line, as editors may write it."""
        line = f"{', '.join(self.days)} {self.begins:%H:%M}-{self.until:%H:%M}"
        without = ", ".join(map(str, vars(self)["except"]))
        return f"{line} except {without}" if without else line


class Session(Model):
    """One run of a course."""

    starts: LocalMoment = Field(
        description="The first day, with the time if it matters.", examples=["2027-02-01"]
    )
    ends: LocalMoment | None = Field(
        default=None, description="The last day, with the time if it matters.", examples=["2027-03-15"]
    )
    meets: Annotated[tuple[Meeting, ...], BeforeValidator(_one_or_several), _AlsoOne()] = Field(
        default=(), description="On which weekdays it meets, and from when to when; one block, or a list."
    )
    apply_from: LocalMoment | None = Field(
        default=None, description="The first day to apply.", examples=["2026-11-02"]
    )
    apply_by: LocalMoment | None = Field(
        default=None, description="The last day to apply.", examples=["2027-01-18"]
    )
    delivery_mode: DeliveryMode | None = Field(default=None, description="How this session is delivered.")
    location: str = Field(
        default="", description="Where it takes place, if not online: the id of a place, or a text."
    )
    room: str = Field(default="", description="The room there.", examples=["Room 12"])
    timing: tuple[Timing, ...] = Field(
        default=(),
        description="At what time of the day or week it takes place; if left out, what follows from `meets`.",
    )
    instructors: tuple[Text, ...] = Field(default=(), description="Who leads it: names.")
    seats: Count | None = Field(
        default=None, description="How many places are left; 0 if it is full.", examples=["20"]
    )
    enrol_url: Url | None = Field(default=None, description="Where to enrol in this session.")

    @property
    def first_day(self) -> date:
        return day_of(self.starts)

    @property
    def last_day(self) -> date:
        """The last day; the first one where nothing else is said."""
        return self.first_day if self.ends is None else day_of(self.ends)

    def first_meeting(self) -> tuple[datetime, datetime] | None:
        """From when to when it meets first, if it says on which weekdays it meets."""
        found = [
            (datetime.combine(day, meeting.begins), datetime.combine(day, meeting.until))
            for meeting in self.meets
            if (day := meeting.first_day(self.first_day, self.last_day)) is not None
        ]
        return min(found, default=None)


def meeting_timings(meeting: Meeting) -> frozenset[str]:
    """The times of the day and the week that follow from a meeting, as built-in values of `timing`."""
    days = set(meeting.weekdays)
    timings = {"weekend"} if days & _WEEKEND else set[str]()
    if days - _WEEKEND:
        timings.add("evening" if meeting.begins >= _EVENING else "daytime")
    return frozenset(timings)


def session_timing(session: Session) -> tuple[str, ...]:
    """The `timing` of a session; where it gives none, that of its meetings."""
    if session.timing or not session.meets:
        return session.timing
    return _timing_ids(session, map(meeting_timings, session.meets))


def _timing_ids(session: Session, timings: Iterable[frozenset[str]]) -> tuple[str, ...]:
    """The values of `timing` that mean one of the built-in ``timings``: of each the first."""
    found = frozenset[str]().union(*timings)
    ids = {term.meaning: term.id for term in reversed([*session.TERMS["timing"].values()])}
    return tuple(
        term.id
        for term in session.TERMS["timing"].values()
        if ids[term.meaning] == term.id and term.meaning in found
    )


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
    if session.ends is not None and is_before(session.ends, session.starts):
        message = (
            f"The session ends before it starts, on {written(session.starts)}. Correct one of the two dates."
        )
        yield FieldFinding("session-ends-first", message, ends, (starts,))
    opens, closes = session.apply_from, session.apply_by
    if opens is not None and closes is not None and is_before(closes, opens):
        message = f"The last day to apply is before the first, {written(opens)}. Correct one of the two."
        yield FieldFinding("dates-reversed", message, (*key, "apply_by"), ((*key, "apply_from"),))
    yield from _deadline_findings(session, key)


def _deadline_findings(session: Session, key: KeyPath) -> Iterator[FieldFinding]:
    if session.apply_by is None or not is_before(session.starts, session.apply_by):
        return
    depends_on = ((*key, "starts"), (*key, "ends"))
    is_after_end = session.ends is not None and is_before(session.ends, session.apply_by)
    if session.ends is not None and is_after_end and not is_before(session.ends, session.starts):
        message = f"The deadline is after the session ends, on {written(session.ends)}. Correct one of the two dates."
        yield FieldFinding("dates-reversed", message, (*key, "apply_by"), depends_on)
    else:
        message = (
            f"The deadline is after the session starts, on {written(session.starts)}, so people can join late. "
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
        found = ", ".join(sorted(_timing_ids(session, following)))
        message = (
            f"From `meets` follows the timing {found}. Correct one of the two, or leave `timing` out: visitors then "
            "find the session by its times."
        )
        yield FieldFinding("session-timing", message, (*key, "timing"), ((*key, "meets"),))


def is_before(one: date, other: date) -> bool:
    """Whether a day or moment is over before another begins. Two on the same day are compared only if both have times."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return day_of(one) < day_of(other)


def written(moment: date) -> str:
    """A day or moment as editors write it."""
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else moment.isoformat()
