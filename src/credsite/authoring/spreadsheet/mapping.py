"""Mapping files: which headings of a foreign spreadsheet say what a column of ours says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from credsite.authoring.spreadsheet.columns import normalize_heading
from credsite.authoring.spreadsheet.sheets import SheetError
from credsite.core.text import normalize_text
from credsite.problems.model import Problem
from credsite.problems.suggestions import with_closest_match, with_suggestion
from credsite.schema.field_types import Currency
from credsite.schema.validation import validation_problems
from credsite.schema.yaml import loader

_PLACE: Final = re.compile(r"\{([^{}\n]+)\}")
_LONGEST: Final = 100_000
PLAIN: Final = "plain"


def _texts(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ColumnSource(_Model):
    """Where the value of a column comes from."""

    templates: Annotated[tuple[str, ...], BeforeValidator(_texts), Field(min_length=1)] = Field(
        alias="from",
        description="A heading, or a text with headings in braces; of several texts, those are joined that say something.",
    )
    values: Mapping[str, str] = Field(
        default={}, description="What their values are called here; any case will do."
    )

    def headings(self) -> list[str]:
        return [heading for text in self.templates for heading in _PLACE.findall(text) or [text]]

    def value(self, cells: Mapping[str, str]) -> str:
        """The cell that ``cells``, texts by normal headings, give."""
        parts = []
        for text in self.templates:
            places = _PLACE.findall(text)
            filled = [cells.get(normalize_heading(place), "").strip() for place in places or [text]]
            if any(filled):
                rest = iter(filled)
                parts.append(_PLACE.sub(lambda _: next(rest), text) if places else filled[0])  # noqa: B023 - used at once
        value = "\n\n".join(part.strip() for part in parts)
        return self._called.get(value.casefold(), value)

    @property
    def _called(self) -> dict[str, str]:
        return {theirs.casefold(): ours for theirs, ours in self.values.items()}


def _source(value: Any) -> Any:
    return {"from": value} if isinstance(value, str | list) else value


class MappingFile(_Model):
    """What a mapping file may say."""

    extends: str = Field(default="", description="Another mapping that this one adds to.")
    dates: Literal["year-month-day", "day/month/year", "month/day/year"] | None = Field(
        default=None, description="How the sheet writes dates."
    )
    currency: Currency | None = Field(default=None, description="The currency of amounts that name none.")
    columns: Mapping[str, Annotated[ColumnSource, BeforeValidator(_source)]] = Field(
        default={}, description="For each column of ours, where its value comes from."
    )
    fixed: Mapping[str, str] = Field(default={}, description="Values that are the same in every row.")
    ignore: tuple[str, ...] = Field(default=(), description="Headings that are left out.")


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """A mapping, with what it extends."""

    columns: Mapping[str, ColumnSource]
    fixed: Mapping[str, str]
    ignored: frozenset[str]
    dates: str | None = None
    currency: str = ""

    def handles(self, heading: str) -> bool:
        """Whether a mapping has a use for ``heading``, or none on purpose."""
        name = normalize_heading(heading)
        return name in self.ignored or name in self.source_headings()

    def source_headings(self) -> set[str]:
        return {
            normalize_heading(heading) for source in self.columns.values() for heading in source.headings()
        }


EMPTY_MAPPING: Final = SheetMapping({}, {}, frozenset())


def bundled_mappings() -> list[str]:
    """The names of the mappings that come with credsite."""
    folder = files("credsite.authoring.spreadsheet") / "mappings"
    return [PLAIN, *sorted(file.name[:-5] for file in folder.iterdir() if file.name.endswith(".yaml"))]


def load_mapping(wanted: str | None) -> SheetMapping:
    """The rules of a mapping: the name of one that comes with credsite, or the path of a file. Raises SheetError."""
    chain = list(_chain(wanted, ()))
    rules = EMPTY_MAPPING
    for found in reversed(chain):
        rules = SheetMapping(
            {**rules.columns, **found.columns},
            {**rules.fixed, **found.fixed},
            rules.ignored | {normalize_heading(heading) for heading in found.ignore},
            found.dates or rules.dates,
            found.currency or rules.currency,
        )
    return rules


def _chain(wanted: str | None, seen: tuple[str, ...]) -> Iterator[MappingFile]:
    if not wanted or wanted == PLAIN:
        return
    if wanted in seen:
        raise SheetError(f"The mapping {wanted} extends itself. Take its `extends` out.")
    found = _load(wanted)
    yield found
    beside = Path(wanted).parent / found.extends
    again = found.extends if found.extends in bundled_mappings() or not found.extends else str(beside)
    yield from _chain(again, (*seen, wanted))


def _load(wanted: str) -> MappingFile:
    known = bundled_mappings()
    try:
        if wanted in known:
            data = (files("credsite.authoring.spreadsheet") / "mappings" / f"{wanted}.yaml").read_bytes()
        else:
            with Path(wanted).open("rb") as file:
                data = file.read(_LONGEST + 1)
    except OSError as error:
        message = f"There is no mapping `{wanted}` ({error.strerror or error})."
        advice = f"Give the path of a mapping file, or one of: {', '.join(known)}."
        raise SheetError(with_closest_match(message, wanted, known, advice)) from None
    if len(data) > _LONGEST:
        raise SheetError(f"{wanted} is too large for a mapping file.")
    try:
        text = normalize_text(data.decode())
    except UnicodeDecodeError:
        raise SheetError(f"{wanted} is not in UTF-8. Save it again with the encoding UTF-8.") from None
    values, problems = loader.load_yaml(text, wanted)
    if problems:
        raise SheetError(_told(problems))
    try:
        return MappingFile.model_validate(values or {})
    except ValidationError as error:
        found = validation_problems(error, MappingFile, wanted)
        raise SheetError(_told(found) or f"{wanted} is not a mapping file.") from None


def _told(problems: Sequence[Problem]) -> str:
    return "\n".join(
        with_suggestion(f"{problem.location}: {problem.message}", problem.suggestion) for problem in problems
    )
