"""Between the front matter of one entry and the cells of its row. Pure.

Front matter is what :func:`credsite.schema.yaml.loader.load_yaml` gives: dicts, lists, texts and None. A cell that says what the entry
says already changes nothing, so an export that comes back unchanged changes nothing either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from credsite.authoring.spreadsheet.cells import (
    CellError,
    SheetConventions,
    join_blocks,
    join_list,
    normalize_cell,
    parse_value,
    split_blocks,
    split_list,
)
from credsite.authoring.spreadsheet.columns import (
    SLUG_HEADING,
    TEXT_HEADING,
    Column,
    Columns,
    field_shapes,
    needs_numbered_columns,
)
from credsite.core.quantities import parse_money
from credsite.schema.introspection import REFERENCE_KEYS, FieldShape
from credsite.schema.models import Image
from credsite.schema.models.course import Price

RawFrontMatter = dict[str, Any]
"""Front matter: keys to texts, lists, dicts and None."""
ResolveId = Callable[[str, str], str]
"""The id that is meant by a text in a key whose values are ids: ``resolve("provider", "Harbour College")``."""


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell that cannot be understood."""

    column: Column
    message: str
    suggestion: str = ""
    allowed: tuple[str, ...] = ()


def cells_of(values: Mapping[str, Any], columns: Columns) -> dict[str, str]:
    """The cells of a valid entry, by the headings of their columns. Empty ones are left out."""
    cells: dict[str, str] = {}
    for key, shape in field_shapes(columns.model).items():
        value = values.get(key)
        if value is None or key == SLUG_HEADING:
            continue
        if shape.model is None:
            cells[key] = join_list([text for text in value if text is not None]) if shape.is_list else value
        elif not shape.is_list:
            cells |= _block_cells(key, value, shape.model)
        elif needs_numbered_columns(shape):
            for number, block in enumerate(value):
                cells |= _block_cells(f"{key} {number + 1}", block, shape.model)
        else:
            cells[key] = join_blocks([_parts(block, shape.model) for block in value])
    return {heading: normalize_cell(cell) for heading, cell in cells.items() if normalize_cell(cell)}


def _parts(block: str | Mapping[str, Any], model: type[BaseModel]) -> list[str]:
    if isinstance(block, str):
        return [block]
    return [block.get(name) or "" for name in field_shapes(model)]


def _block_cells(lead: str, value: str | Mapping[str, Any], model: type[BaseModel]) -> dict[str, str]:
    if isinstance(value, str):
        return {lead: value}
    cells = {}
    for name, shape in field_shapes(model).items():
        inner = value.get(name)
        if inner is not None:
            cells[f"{lead} {name}"] = (
                join_list([text for text in inner if text is not None]) if shape.is_list else inner
            )
    if model is Price:
        return _price_cells(lead, value, cells)
    if not any(map(normalize_cell, cells.values())):
        # All that such a block says is that it is there, which a sheet can only say with a value.
        default = next((field for field in model.model_fields.items() if field[1].default), None)
        return {f"{lead} {default[0]}": default[1].default} if default else {}
    return cells


def _price_cells(lead: str, value: Mapping[str, Any], cells: dict[str, str]) -> dict[str, str]:
    """In one cell, where one line can say it."""
    line = f"{value.get('amount')} {value.get('currency') or ''}".strip()
    note = cells.get(f"{lead} note", "")
    try:
        is_equal = Price.model_validate(line) == Price.model_validate({**value, "note": None})
    except ValidationError:
        is_equal = False
    return {lead: line, f"{lead} note": note} if is_equal else cells


@dataclass(frozen=True, slots=True)
class RowMerger:
    """What a sheet says of one entry: the cells of its columns, empty ones included."""

    cells: Mapping[Column, str]
    conventions: SheetConventions
    resolve: ResolveId

    def merge_into(self, old: Mapping[str, Any], columns: Columns) -> tuple[RawFrontMatter, list[WrongCell]]:
        """The front matter ``old`` with what the row says, and the cells that cannot be understood.

        Keys that the sheet has no column for stay, as do those of which all cells say what they say already.
        """
        wrong: list[WrongCell] = []
        by_key: dict[str, list[Column]] = {}
        for column in self.cells:
            if column.key[0] not in (SLUG_HEADING, TEXT_HEADING):
                by_key.setdefault(column.key[0], []).append(column)
        before = cells_of(old, columns)
        values = dict(old)
        shapes = field_shapes(columns.model)
        for key, cells in by_key.items():
            shape = shapes[key]
            if self._is_said(cells, before, key if needs_numbered_columns(shape) else ""):
                continue
            try:
                value = self._value(shape, cells, old.get(key))
            except _WrongCellsError as error:
                wrong += error.cells
                continue
            if value:
                values[key] = value
            else:
                values.pop(key, None)
        return values, wrong

    def _is_said(self, columns: Iterable[Column], before: Mapping[str, str], numbered: str) -> bool:
        """Whether the cells say what the entry says: also, of a list of blocks, that there are no more."""
        columns = list(columns)
        for column in columns:
            cell, old = normalize_cell(self.cells[column]), before.get(column.heading, "")
            if cell == old:
                continue
            if not (cell and old) or self._read_or_none(column, cell) != self._read_or_none(column, old):
                return False
        if not numbered:
            return True
        names, headings = {column.key[1] for column in columns}, {column.heading for column in columns}
        rest = (heading.split(" ", 2) for heading in before.keys() - headings)
        return not any(part[0] == numbered and part[-1] in names for part in rest)

    def _read_or_none(self, column: Column, cell: str) -> Any:
        try:
            return self._read(column, cell)
        except CellError:
            return object()  # equal to nothing

    def _read(self, column: Column, cell: str) -> Any:
        """A cell's value: a text, a list of texts, or one of blocks."""
        if column.layout == "lines":
            assert column.shape.model is not None
            return [self._block(column.shape.model, parts) for parts in split_blocks(cell)]
        if column.layout == "many":
            return [self._one(column, item) for item in split_list(cell)]
        return self._one(column, cell)

    def _one(self, column: Column, text: str) -> str:
        text = parse_value(text, column.shape, self.conventions)
        name = column.key[-1]
        return self.resolve(name, text) if text and name in REFERENCE_KEYS else text

    def _block(self, model: type[BaseModel], parts: Sequence[str]) -> str | RawFrontMatter:
        fields = field_shapes(model)
        if len(parts) > len(fields):
            raise CellError(
                f"A line can have {len(fields)} parts, with `|` between them: {' | '.join(fields)}. One has {len(parts)}."
            )
        block = {
            name: parse_value(part, shape, self.conventions)
            for (name, shape), part in zip(fields.items(), parts, strict=False)
            if part
        }
        first = next(iter(fields))
        # A list of skills is one of names, but for those that say more.
        return block[first] if list(block) == [first] and _may_be_text(model) else block

    def _value(self, shape: FieldShape, columns: Sequence[Column], old: Any) -> Any:
        read, wrong = {}, []
        for column in columns:
            try:
                read[column] = self._read(column, self.cells[column])
            except CellError as error:
                wrong.append(WrongCell(column, error.message, error.suggestion))
        if wrong:
            raise _WrongCellsError(wrong)
        if shape.model is None or (shape.is_list and not needs_numbered_columns(shape)):
            return read[columns[0]]
        if shape.is_list:
            return _blocks(shape.model, read, old or [])
        if shape.model is Price:
            return _price(read, old)
        return _merged(shape.model, {column.key[1]: value for column, value in read.items()}, old or {})


class _WrongCellsError(Exception):
    def __init__(self, cells: Sequence[WrongCell]) -> None:
        super().__init__()
        self.cells = cells


@cache
def _may_be_text(model: type[BaseModel]) -> bool:
    try:
        model.model_validate("x")
    except ValidationError:
        return False
    return True


def _merged(model: type[BaseModel], new: Mapping[str, Any], old: Mapping[str, Any]) -> RawFrontMatter:
    """A block with what the sheet says of it, in the order of its model. What the sheet has no column for stays."""
    if not any(new.values()) and not any(old[name] for name in old.keys() - new.keys()):
        return {}
    found = {name: new.get(name) if name in new else old.get(name) for name in field_shapes(model)}
    return {name: value for name, value in found.items() if value or (model is Image and value == "")}


def _blocks(
    model: type[BaseModel], read: Mapping[Column, Any], old: Sequence[Mapping[str, Any]]
) -> list[RawFrontMatter]:
    """A list of blocks: those that the sheet has, and no more.

    A block of the entry with the same first value (a session's start) keeps what the sheet has no column for.
    """
    by_number: dict[int, RawFrontMatter] = {}
    for column, value in read.items():
        by_number.setdefault(column.number or 0, {})[column.key[1]] = value
    first = next(iter(field_shapes(model)))
    left = list(old)
    blocks = []
    for number in sorted(by_number):
        new = by_number[number]
        if not any(new.values()):
            continue
        known = next((block for block in left if block.get(first) == new.get(first, block.get(first))), {})
        if known:
            left.remove(known)
        blocks.append(_merged(model, new, known))
    return blocks


def _price(read: Mapping[Column, Any], old: Any) -> Any:
    """The price from its one cell, or from those of its parts."""
    cells = {column.key[-1]: value for column, value in read.items()}
    line, amount = cells.pop("price", ""), cells.get("amount", "")
    if line and (amount or cells.get("currency")):
        column = next(column for column in read if column.key == ("price",))
        message = "There is a price here, and another in the columns of its parts. Write only one of the two."
        raise _WrongCellsError([WrongCell(column, message)])
    if isinstance(old, str):
        money = parse_money(old)
        old = {"amount": str(money.amount), "currency": money.currency} if money else {}
    before: Mapping[str, Any] = old or {}
    if line:
        note = cells.get("note") if "note" in cells else before.get("note")
        if not note:
            return line
        money = parse_money(line)
        parts = {"amount": str(money.amount), "currency": money.currency} if money else {"amount": line}
        return {name: value for name, value in {**parts, "note": note}.items() if value}
    if not any(cells.values()) and any(column.key in (("price",), ("price", "amount")) for column in read):
        return {}
    if any(column.key == ("price",) for column in read):
        before = {name: value for name, value in before.items() if name == "note"}
    return _merged(Price, cells, before)
