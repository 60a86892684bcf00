"""Mapping files: which columns of credsite the headings of another organisation's spreadsheet stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from credsite.authoring.spreadsheet.cells import DateOrder, normalize_heading
from credsite.authoring.spreadsheet.sheets import SheetError
from credsite.core.regular_files import FileTooLargeError, read_regular
from credsite.core.text import normalize_text
from credsite.problems.model import Problem
from credsite.problems.suggestions import with_closest_match, with_suggestion
from credsite.schema.field_types import Currency
from credsite.schema.validation import validation_problems
from credsite.schema.yaml import loader

_PLACEHOLDER: Final = re.compile(r"\{([^{}\n]+)\}")
_MAX_BYTES: Final = 100_000
PLAIN: Final = "plain"


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ColumnSource(_Model):
    """Where the value of a column comes from."""

    templates: Annotated[tuple[str, ...], BeforeValidator(_as_list), Field(min_length=1)] = Field(
        alias="from",
        description="A heading, or a text with headings in braces. Of several texts, those with a value are joined.",
    )
    values: Mapping[str, str] = Field(
        default={}, description="The value to write for each of the sheet's values; case does not matter."
    )

    def headings(self) -> list[str]:
        return [heading for text in self.templates for heading in _PLACEHOLDER.findall(text) or [text]]

    def value(self, cells: Mapping[str, str]) -> str:
        """The value that a row gives, whose ``cells`` are by their normalized headings."""
        parts = []
        for text in self.templates:
            placeholders = _PLACEHOLDER.findall(text)
            values = [cells.get(normalize_heading(heading), "").strip() for heading in placeholders or [text]]
            if any(values):
                rest = iter(values)
                parts.append(_PLACEHOLDER.sub(lambda _: next(rest), text) if placeholders else values[0])  # noqa: B023 - used at once
        value = "\n\n".join(part.strip() for part in parts)
        return self._own_values.get(value.casefold(), value)

    @cached_property
    def _own_values(self) -> dict[str, str]:
        return {value.casefold(): own_value for value, own_value in self.values.items()}


def _as_source(value: Any) -> Any:
    return {"from": value} if isinstance(value, str | list) else value


class SheetMapping(_Model):
    """The contents of a mapping file, merged with the mapping that it extends."""

    extends: str = Field(default="", description="Another mapping, which this one extends.")
    dates: DateOrder | None = Field(default=None, description="How the sheet writes dates.")
    currency: Currency | None = Field(default=None, description="The currency of amounts without a currency.")
    columns: Mapping[str, Annotated[ColumnSource, BeforeValidator(_as_source)]] = Field(
        default={}, description="For each column of credsite, where its value comes from."
    )
    fixed: Mapping[str, str] = Field(default={}, description="Values that are the same in every row.")
    flexible_start: str = Field(
        default="",
        description="A heading. Where its cell says yes, a row without a date starts at any time.",
    )
    ignore: tuple[str, ...] = Field(default=(), description="Headings of columns to leave out.")

    @cached_property
    def ignored(self) -> frozenset[str]:
        """The normalized headings of columns to leave out."""
        return frozenset(map(normalize_heading, self.ignore))

    @cached_property
    def source_headings(self) -> frozenset[str]:
        """The normalized headings that values are taken from."""
        headings = [heading for source in self.columns.values() for heading in source.headings()]
        return frozenset(map(normalize_heading, filter(None, [*headings, self.flexible_start])))

    def without(self, headings: Iterable[str]) -> SheetMapping:
        """This mapping, which leaves out the columns with these headings too."""
        values = {name: getattr(self, name) for name in SheetMapping.model_fields}
        return SheetMapping.model_construct(**{**values, "ignore": (*self.ignore, *headings)})

    def handles(self, heading: str) -> bool:
        """Whether the mapping uses ``heading``, or ignores it on purpose."""
        return normalize_heading(heading) in self.ignored | self.source_headings


EMPTY_MAPPING: Final = SheetMapping()


def bundled_mappings() -> list[str]:
    """The names of the mappings that come with credsite."""
    folder = files("credsite.authoring.spreadsheet") / "mappings"
    return [PLAIN, *sorted(file.name[:-5] for file in folder.iterdir() if file.name.endswith(".yaml"))]


def load_mapping(wanted: str | None) -> SheetMapping:
    """The mapping ``wanted``: the name of one that comes with credsite, or the path of a file. Raises SheetError."""
    return _merged(wanted, ())


def _merged(wanted: str | None, extending: tuple[str, ...]) -> SheetMapping:
    """The mapping ``wanted``, which the mappings ``extending`` extend."""
    if not wanted or wanted == PLAIN:
        return EMPTY_MAPPING
    if wanted in extending:
        raise SheetError(f"The mapping {wanted} extends itself. Delete its `extends`.")
    mapping = _load(wanted)
    extended = mapping.extends
    if extended and extended not in bundled_mappings():
        extended = str(Path(wanted).parent / extended)
    base = _merged(extended, (*extending, wanted))
    return mapping.model_copy(
        update={
            "columns": {**base.columns, **mapping.columns},
            "fixed": {**base.fixed, **mapping.fixed},
            "ignore": (*base.ignore, *mapping.ignore),
            "flexible_start": mapping.flexible_start or base.flexible_start,
            "dates": mapping.dates or base.dates,
            "currency": mapping.currency or base.currency,
        }
    )


def _load(wanted: str) -> SheetMapping:
    known = bundled_mappings()
    try:
        if wanted in known:
            data = (files("credsite.authoring.spreadsheet") / "mappings" / f"{wanted}.yaml").read_bytes()
        else:
            data = read_regular(wanted, _MAX_BYTES, follow_links=True)
    except FileTooLargeError:
        raise SheetError(f"{wanted} is too large for a mapping file.") from None
    except OSError as error:
        message = f"There is no mapping `{wanted}` ({error.strerror or error})."
        advice = f"Give the path of a mapping file, or one of: {', '.join(known)}."
        raise SheetError(with_closest_match(message, wanted, known, advice)) from None
    try:
        text = normalize_text(data.decode())
    except UnicodeDecodeError:
        raise SheetError(f"{wanted} is not in UTF-8. Save it again with the encoding UTF-8.") from None
    values, problems = loader.load_yaml(text, wanted)
    if problems:
        raise SheetError(_problem_lines(problems))
    if values and not isinstance(values, dict):
        raise SheetError(
            f"{wanted} is not a mapping file: it needs keys such as `columns:`, as in docs/spreadsheets.md."
        )
    try:
        return SheetMapping.model_validate(values or {})
    except ValidationError as error:
        found = validation_problems(error, SheetMapping, wanted)
        raise SheetError(_problem_lines(found) or f"{wanted} is not a mapping file.") from None


def _problem_lines(problems: Sequence[Problem]) -> str:
    return "\n".join(
        with_suggestion(f"{problem.location}: {problem.message}", problem.suggestion) for problem in problems
    )
