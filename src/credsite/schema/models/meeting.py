"""When a session meets: on which days of the week, from when to when, and on which dates it does not."""

import re
from datetime import date, time
from typing import Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from credsite.core.dates import Weekdays, first_on, last_on
from credsite.schema import patterns
from credsite.schema.field_types import ClockTime, Date, value_error
from credsite.schema.models.base import TextOrBlock
from credsite.schema.vocabularies import WEEKDAYS, Weekday

_DAYS: Final = tuple(WEEKDAYS)
_GROUPS: Final = {"daily": _DAYS, "day": _DAYS, "weekday": _DAYS[:5], "weekend": _DAYS[5:]}
_WORD: Final = re.compile(r"[^\W\d_]+|[-–]")
_LINE: Final = r"(?i:(.*?)(?:\n[\s,]*)?(\d{1,2}:\d\d(?::00)?)\s*(?:-|–|—|to|until)\s*(\d{1,2}:\d\d(?::00)?)(?:[\s,]*except\s+(\S(?s:.*)))?)"
"""The pattern of a meeting in one line. It is compiled only where there is one.

What is between the days and the times is part of the days: a group of its own would be tried at each of its characters.
"""


def _weekday(written: str) -> str:
    """The id of the weekday that is meant: `Mo`, `Mon`, `mondays` and `Monday` are `monday`. Other words stay as they are."""
    word = written.strip().casefold().rstrip(".")
    for day in _DAYS:
        if word in (day, f"{day}s") or (len(word) > 1 and day.startswith(word)):
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
    """The words of a text such as `Monday, Wednesday and Thursday` `Monday to Friday`, `weekdays` or `daily`."""
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
        days += _GROUPS.get(word.casefold().removesuffix("s"), (word,))
        is_range = False
    return days or [value]


class AlsoOne:
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
        AlsoOne({"type": "string"}),
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
        match = re.fullmatch(_LINE, data.strip())
        if match is None:
            from credsite.schema.likely_times import meeting_advice

            raise value_error("bad-time", *meeting_advice(data))
        cancelled = {"except": re.split(r"[\s,;]+(?:(?i:and)[\s,;]+)?", match[4].strip())} if match[4] else {}
        return {"days": match[1].rstrip(", "), "from": match[2], "to": match[3], **cancelled}

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
