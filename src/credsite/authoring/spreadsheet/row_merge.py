"""What a row of a sheet changes in the front matter of its entry. Pure.

A cell with the value that the entry has already changes nothing, so an unchanged export can be imported without effect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from credsite.authoring.spreadsheet.cells import (
    CellError,
    SheetConventions,
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
    cells_of,
    field_shapes,
    in_lines,
    needs_numbered_columns,
)
from credsite.core.quantities import parse_money
from credsite.core.type_caches import cached_by_type
from credsite.schema.empty_values import is_empty
from credsite.schema.front_matter import RawFrontMatter
from credsite.schema.introspection import FieldShape
from credsite.schema.kinds import Kind
from credsite.schema.models import Image
from credsite.schema.models.price import Price

ResolveId = Callable[[Kind, str], str]
"""Returns the id for an id or a title: ``resolve(Kind.PROVIDER, "Harbour College")``."""
WrongCells = dict[Column, CellError]
"""The cells that cannot be understood."""


@dataclass(frozen=True, slots=True)
class RowMerger:
    """Merges the cells of one entry, empty ones included, into its front matter."""

    cells: Mapping[Column, str]
    conventions: SheetConventions
    resolve: ResolveId

    def merge_into(self, old: Mapping[str, Any], columns: Columns) -> tuple[RawFrontMatter, WrongCells]:
        """The front matter ``old`` with the values of the row, and the cells that cannot be understood.

        A key stays as it is if the sheet has no column for it, or if its cells have the values of ``old``.
        """
        wrong: WrongCells = {}
        by_key: dict[str, list[Column]] = {}
        for column in self.cells:
            if column.key[0] not in (SLUG_HEADING, TEXT_HEADING):
                by_key.setdefault(column.key[0], []).append(column)
        old_cells = cells_of(old, columns)
        values = dict(old)
        shapes = field_shapes(columns.model)
        for key, key_columns in by_key.items():
            shape = shapes[key]
            if self._is_unchanged(key_columns, old_cells, shape):
                continue
            try:
                value = self._value(shape, key_columns, None if is_empty(old.get(key)) else old.get(key))
            except _WrongCellsError as error:
                wrong |= error.cells
                continue
            if value:
                values[key] = value
            else:
                values.pop(key, None)
        return values, wrong

    def _is_unchanged(
        self, columns: Sequence[Column], old_cells: Mapping[str, str], shape: FieldShape
    ) -> bool:
        """Whether the cells of one key have the values of the entry and, for a list of blocks, as many blocks."""
        for column in columns:
            cell, old = normalize_cell(self.cells[column]), old_cells.get(column.heading, "")
            if cell == old:
                continue
            if not (cell and old) or self._read_or_none(column, cell) != self._read_or_none(column, old):
                return False
        if not needs_numbered_columns(shape):
            return True
        key, names = columns[0].key[0], {column.key[1] for column in columns}
        # Headings of blocks, such as `sessions 3 starts`, which the entry has and the row has not.
        others = (
            heading.split(" ", 2) for heading in old_cells.keys() - {column.heading for column in columns}
        )
        return not any(parts[0] == key and parts[-1] in names for parts in others)

    def _read_or_none(self, column: Column, cell: str) -> Any:
        try:
            return self._read(column, cell)
        except CellError:
            return object()  # which equals no value

    def _read(self, column: Column, cell: str) -> Any:
        """The value of a cell: a text, a list of texts, or a list of blocks."""
        if column.layout == "lines":
            assert column.shape.model is not None
            return [self._block(column.shape.model, parts) for parts in split_blocks(cell)]
        if column.layout == "many":
            items = [self._one(column, item) for item in split_list(cell)]
            is_one = column.shape.may_be_list and len(items) < 2
            return "".join(items) if is_one else items
        return self._one(column, cell)

    def _one(self, column: Column, text: str) -> str:
        text = parse_value(text, column.shape, self.conventions.of_column(column.key))
        kind = column.shape.reference
        return self.resolve(kind, text) if text and kind is not None else text

    def _block(self, model: type[BaseModel], parts: Sequence[str]) -> str | RawFrontMatter:
        fields = field_shapes(model)
        if len(parts) > len(fields):
            raise CellError(
                f"A line can have {len(fields)} parts, separated by `|`: {' | '.join(fields)}. This one has {len(parts)}."
            )
        block = {
            name: parse_value(part, shape, self.conventions)
            for (name, shape), part in zip(fields.items(), parts, strict=False)
            if part
        }
        first = next(iter(fields))
        # A skill that has only a name is written as a text, not as a block.
        return block[first] if list(block) == [first] and _accepts_text(model) else block

    def _value(self, shape: FieldShape, columns: Sequence[Column], old: Any) -> Any:
        read, wrong = {}, WrongCells()
        for column in columns:
            try:
                read[column] = self._read(column, self.cells[column])
            except CellError as error:
                wrong[column] = error
        if wrong:
            raise _WrongCellsError(wrong)
        if shape.model is None or (shape.is_list and not needs_numbered_columns(shape)):
            return read[columns[0]]
        if shape.may_be_list:
            return _one_or_many_blocks(shape.model, read, old)
        if shape.is_list:
            return _blocks(shape.model, read, [block for block in old or () if isinstance(block, Mapping)])
        if shape.model is Price:
            return _price(read, old, self.conventions)
        return _merged(shape.model, {column.key[1]: value for column, value in read.items()}, old or {})


class _WrongCellsError(Exception):
    def __init__(self, cells: WrongCells) -> None:
        super().__init__()
        self.cells = cells


@cached_by_type
def _accepts_text(model: type[BaseModel]) -> bool:
    try:
        model.model_validate("x")
    except ValidationError:
        return False
    return True


def _merged(model: type[BaseModel], new: Mapping[str, Any], old: Mapping[str, Any]) -> RawFrontMatter:
    """A block with the values of the sheet, in the order of its model. Keys that the sheet has no column for stay."""
    if not any(new.values()) and not any(old[name] for name in old.keys() - new.keys()):
        return {}
    merged = {
        name: new.get(name) if name in new and new[name] != in_lines(old.get(name), shape) else old.get(name)
        for name, shape in field_shapes(model).items()
    }
    return {name: value for name, value in merged.items() if value or (model is Image and value == "")}


def _one_or_many_blocks(
    model: type[BaseModel], read: Mapping[Column, Sequence[str]], old: Any
) -> RawFrontMatter | list[RawFrontMatter]:
    """One block, or a list of as many as each column has values."""
    count = max(map(len, read.values()))
    before = [block for block in (old if isinstance(old, list) else [old]) if isinstance(block, Mapping)]
    before += [{}] * (count - len(before))
    if count < 2:
        return _merged(
            model,
            {column.key[1]: "".join(values) for column, values in read.items()},
            before[0] if before else {},
        )
    fewer = {column: len(values) for column, values in read.items() if len(values) != count}
    if fewer:
        raise _WrongCellsError(
            {
                column: CellError(
                    f"Here are {number} of {count} values: another column of `{column.key[0]}` has more. Write as many in each."
                )
                for column, number in fewer.items()
            }
        )
    return [
        _merged(model, {column.key[1]: values[number] for column, values in read.items()}, before[number])
        for number in range(count)
    ]


def _blocks(
    model: type[BaseModel], read: Mapping[Column, Any], old: Sequence[Mapping[str, Any]]
) -> list[RawFrontMatter]:
    """The blocks of the sheet, and no others.

    A block with the same first value (a session's start) as an old one keeps the keys that the sheet has no column for.
    """
    by_number: dict[int, RawFrontMatter] = {}
    for column, value in read.items():
        by_number.setdefault(column.number or 0, {})[column.key[1]] = value
    first = next(iter(field_shapes(model)))
    unused = list(old)
    blocks = []
    for number in sorted(by_number):
        new = by_number[number]
        if not any(new.values()):
            continue
        same = next((block for block in unused if block.get(first) == new.get(first, block.get(first))), {})
        if same:
            unused.remove(same)
        blocks.append(_merged(model, new, same))
    return blocks


def _price(read: Mapping[Column, Any], old: Any, conventions: SheetConventions) -> Any:
    """The price from the column `price`, or from the columns of its parts."""
    cells = {column.key[-1]: value for column, value in read.items()}
    has_line_column = any(column.key == ("price",) for column in read)
    line = cells.pop("price", "")
    if line and (cells.get("amount") or cells.get("currency")):
        column = next(column for column in read if column.key == ("price",))
        message = "There is a price here, and another in the columns of its parts. Write only one of the two."
        raise _WrongCellsError({column: CellError(message)})
    before: Mapping[str, Any] = (
        _price_block(old, conventions.site_currency) if isinstance(old, str) else old or {}
    )
    if line:
        others = {name: cells.get(name, before.get(name)) for name in ("note", "items")}
        if not any(others.values()):
            return line
        parts = _price_block(line, conventions.site_currency)
        return {name: value for name, value in {**parts, **others}.items() if value}
    if not any(cells.values()) and (has_line_column or "amount" in cells):
        return {}
    if has_line_column:
        before = {name: value for name, value in before.items() if name in ("note", "items")}
    return _merged(Price, _with_currency(cells, before, conventions), before)


def _with_currency(
    cells: Mapping[str, Any], before: Mapping[str, Any], conventions: SheetConventions
) -> Mapping[str, Any]:
    """``cells`` with the currency of amounts without one, if the mapping of the sheet names it."""
    if cells.get("currency", before.get("currency")) or not conventions.default_currency:
        return cells
    money = parse_money(cells.get("amount") or "", conventions.default_currency)
    is_bare = money is not None and money.amount > 0 and not money.currency and not money.unsettled
    return {**cells, "currency": conventions.default_currency} if is_bare else cells


def _price_block(line: str, site_currency: str) -> RawFrontMatter:
    """The parts of a price in one line. What cannot be read stays as it is, so that the model says what is wrong."""
    money = parse_money(line, site_currency)
    if money is None or money.unsettled:
        return {"amount": line}
    return {"amount": str(money.amount), "currency": money.currency}
