"""A session: one run of a course, with its days, its times and its place."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from credsite.core.dates import day_of
from credsite.schema.field_types import Count, LocalMoment, Text, Url
from credsite.schema.models.base import Model
from credsite.schema.models.meeting import AlsoOne, Meeting
from credsite.schema.vocabularies import DeliveryMode, Timing

_EVENING: Final = time(17)
_WEEKEND: Final = frozenset({5, 6})


def _one_or_several(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


class Session(Model):
    """One run of a course."""

    starts: LocalMoment = Field(
        description="The first day, with the time if it matters.", examples=["2027-02-01"]
    )
    ends: LocalMoment | None = Field(
        default=None, description="The last day, with the time if it matters.", examples=["2027-03-15"]
    )
    meets: Annotated[tuple[Meeting, ...], BeforeValidator(_one_or_several), AlsoOne()] = Field(
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
    return timing_ids(session, map(meeting_timings, session.meets))


def timing_ids(session: Session, timings: Iterable[frozenset[str]]) -> tuple[str, ...]:
    """The values of `timing` that mean one of the built-in ``timings``: of each the first."""
    found = frozenset[str]().union(*timings)
    ids = {term.meaning: term.id for term in reversed([*session.TERMS["timing"].values()])}
    return tuple(
        term.id
        for term in session.TERMS["timing"].values()
        if ids[term.meaning] == term.id and term.meaning in found
    )
