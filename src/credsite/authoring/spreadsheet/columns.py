"""The columns of a spreadsheet, generated from the model of a kind, so that every key has one; and an entry's cells in them.

A key with one value is one column. A block of keys has a column for each key: ``credential name``. A list of blocks has
these columns for each of its blocks: ``sessions 1 starts``. A list of small blocks is one column, with a block on each line.
Of a key with one block or several, each column has a list, with the values of the first block first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from pydantic import BaseModel, ValidationError

from credsite.authoring.spreadsheet.cells import join_blocks, join_list, normalize_cell, normalize_heading
from credsite.core.type_caches import cached_by_type
from credsite.problems.model import KeyPath
from credsite.schema.empty_values import is_empty, is_left_out
from credsite.schema.introspection import FieldShape, shape_of
from credsite.schema.kinds import Kind
from credsite.schema.models import EntryFields
from credsite.schema.models.price import Price
from credsite.schema.site_schema import BUILT_IN, SiteSchema

SLUG_HEADING: Final = "slug"
TEXT_HEADING: Final = "text"
"""The column of the Markdown below the front matter."""
REASON_HEADING: Final = "what is wrong"
"""The column with the reason why a row was refused. An import ignores it."""
MAX_BLOCKS: Final = 200
"""How many blocks of one list a sheet can have."""

_MAX_KEYS_ON_LINE: Final = 3
_LAST_KEYS: Final = ("aliases", "image", "draft", "publish_at", "expires_at", "featured")
"""Keys of every kind, whose columns follow those of the kind's own keys."""
_NUMBERED_HEADING: Final = re.compile(r"(\w+) (\d{1,4}) (.+)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``key`` has the keys that lead to its value in the front matter: ``("credential", "name")``.

    ``layout`` says what a cell holds: ``one`` value, ``many`` values, or ``lines`` with a block each. In a list of
    blocks, ``number`` is the index of the block; if it is None, each row of the sheet holds one block.
    """

    heading: str
    key: tuple[str, ...]
    layout: Literal["one", "many", "lines"]
    shape: FieldShape
    is_block_of_list: bool = False
    number: int | None = None

    @property
    def key_path(self) -> KeyPath:
        """The key path of the column's value, with the number of its block: ``("sessions", 0, "starts")``."""
        return self.key if self.number is None else (self.key[0], self.number, *self.key[1:])

    def with_number(self, number: int) -> Column:
        first, *rest = self.key
        return replace(self, heading=f"{first} {number + 1} {' '.join(rest)}", number=number)


@cached_by_type
def field_shapes(model: type[BaseModel]) -> Mapping[str, FieldShape]:
    """The shapes of a model's fields by the keys that editors write, in order."""
    return {field.alias or name: shape_of(name, field) for name, field in model.model_fields.items()}


@cached_by_type
def is_large_block(model: type[BaseModel]) -> bool:
    """Whether a block of keys does not fit on one line of a cell, or of a file."""
    inner = field_shapes(model).values()
    return len(inner) > _MAX_KEYS_ON_LINE or any(one.is_list or one.model for one in inner)


def needs_numbered_columns(shape: FieldShape) -> bool:
    """Whether a key is a list of blocks that need numbered columns, such as ``sessions 1 starts``."""
    return shape.is_list and shape.model is not None and is_large_block(shape.model)


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of a kind, in order. Those of lists of blocks are included once, without a number."""

    model: type[EntryFields]
    schema: SiteSchema
    all: tuple[Column, ...]
    by_name: Mapping[str, Column]

    def find(self, heading: str) -> Column | None:
        """The column with this heading; case and punctuation do not matter. None if there is none."""
        name = normalize_heading(heading)
        if (column := self.by_name.get(name)) is not None:
            return column
        match = _NUMBERED_HEADING.fullmatch(name)
        if match is None:
            return None
        column = self.by_name.get(f"{match[1]} {match[3]}")
        number = int(match[2])
        if column is None or not column.is_block_of_list or not 1 <= number <= MAX_BLOCKS:
            return None
        return column.with_number(number - 1)

    def expanded(self, counts: Mapping[str, int]) -> Iterator[Column]:
        """All columns, with numbered columns for as many blocks of each list as ``counts`` says."""
        done: set[str] = set()
        for column in self.all:
            first = column.key[0]
            if not column.is_block_of_list:
                yield column
            elif first not in done:
                done.add(first)
                inner = [other for other in self.all if other.key[0] == first]
                for number in range(counts.get(first, 0)):
                    yield from (other.with_number(number) for other in inner)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the front matter, in order."""
        return tuple(dict.fromkeys(column.key[0] for column in self.all if column.key[0] != TEXT_HEADING))


def columns_of(kind: Kind, schema: SiteSchema = BUILT_IN) -> Columns:
    """The columns of entries of ``kind`` in a site with this ``schema``."""
    return _columns_of(kind, schema)


@cached_by_type
def _columns_of(kind: Kind, schema: SiteSchema) -> Columns:
    model = schema.models[kind]
    names = list(model.model_fields)
    ordered = [
        SLUG_HEADING,
        *(name for name in names if name not in (*_LAST_KEYS, SLUG_HEADING)),
        *(name for name in _LAST_KEYS if name in names),
    ]
    columns = [column for name in ordered for column in _columns(model, name)]
    columns.append(Column(TEXT_HEADING, (TEXT_HEADING,), "one", FieldShape(str)))
    by_name: dict[str, Column] = {}
    for column in columns:
        name = normalize_heading(column.heading)
        assert by_name.setdefault(name, column) is column, f"two columns are called {name}"
    for column in columns:
        if singular := _singular_name(column):
            by_name.setdefault(singular, column)
    return Columns(model, schema, tuple(columns), by_name)


def _singular_name(column: Column) -> str:
    """``session starts`` for ``sessions starts``; "" for a column of a key that is no list of blocks."""
    first, *rest = column.key
    is_plural = column.is_block_of_list and first.endswith("s")
    return normalize_heading(f"{first[:-1]} {' '.join(rest)}") if is_plural else ""


def _columns(model: type[BaseModel], name: str) -> Iterator[Column]:
    field = model.model_fields[name]
    key, shape = field.alias or name, shape_of(name, field)
    if shape.model is None:
        yield Column(key, (key,), "many" if shape.is_list or shape.may_be_list else "one", shape)
    elif shape.is_list and not needs_numbered_columns(shape):
        yield Column(key, (key,), "lines", shape)
    else:
        if shape.model is Price:
            yield Column(key, (key,), "one", FieldShape(Price))
        for inner_name, inner in field_shapes(shape.model).items():
            if has_line_form(inner):
                inner = FieldShape(inner.model, is_list=inner.is_list)
            assert inner.model is None, f"{name}.{inner_name} is nested too deeply for a spreadsheet"
            layout: Literal["one", "many"] = "many" if inner.is_list or shape.may_be_list else "one"
            heading = f"{key} {inner_name}"
            yield Column(heading, (key, inner_name), layout, inner, shape.is_list)


def cells_of(values: Mapping[str, Any], columns: Columns) -> dict[str, str]:
    """The cells of a valid entry, by the headings of their columns, without empty cells."""
    cells: dict[str, str] = {}
    for key, shape in field_shapes(columns.model).items():
        value = values.get(key)
        if value is None or is_empty(value) or key == SLUG_HEADING:
            continue
        if shape.model is None:
            cells[key] = _list_or_text(value)
        elif shape.may_be_list:
            cells |= _several_block_cells(key, value, shape.model)
        elif not shape.is_list:
            cells |= _block_cells(key, value, shape.model)
        elif needs_numbered_columns(shape):
            for number, block in enumerate(block for block in value if not is_left_out(block)):
                cells |= _block_cells(f"{key} {number + 1}", block, shape.model)
        else:
            cells[key] = join_blocks(
                [_block_values(block, shape.model) for block in value if not is_left_out(block)]
            )
    return {heading: normalize_cell(cell) for heading, cell in cells.items() if normalize_cell(cell)}


def _list_or_text(value: Any) -> str:
    """The cell of a text or a list. Empty lists and blocks may stand where there is nothing, also within a list."""
    if isinstance(value, str):
        return value
    return join_list([item for item in value if isinstance(item, str)]) if isinstance(value, list) else ""


def _block_values(block: Any, model: type[BaseModel]) -> list[str]:
    if isinstance(block, str):
        return [block]
    if not isinstance(block, Mapping):
        return []
    return [_list_or_text(block.get(name)) for name in field_shapes(model)]


def has_line_form(shape: FieldShape) -> bool:
    """Whether a field holds blocks that say in one line all that they say, such as the meetings of a session."""
    return hasattr(shape.model, "as_line")


def is_line_form(column: Column) -> bool:
    """Whether a cell of the column holds blocks, each in one line."""
    return hasattr(column.shape.type, "as_line")


def in_lines(value: Any, shape: FieldShape) -> Any:
    """A value with blocks, as front matter has it, with each block in one line; other values stay as they are."""
    if shape.model is None or not has_line_form(shape):
        return value
    blocks = value if isinstance(value, list) else [value]
    return [
        shape.model.model_validate(block).as_line() if isinstance(block, Mapping) else block
        for block in blocks
    ]


def _block_cells(prefix: str, value: Any, model: type[BaseModel]) -> dict[str, str]:
    if isinstance(value, str):
        return {prefix: value}
    if not isinstance(value, Mapping):
        return {}
    cells = {
        f"{prefix} {name}": _list_or_text(in_lines(value[name], shape))
        for name, shape in field_shapes(model).items()
        if value.get(name) is not None
    }
    return _price_cells(prefix, value, cells) if model is Price else cells


def _several_block_cells(prefix: str, value: Any, model: type[BaseModel]) -> dict[str, str]:
    """The cells of one block, or of a list of several."""
    blocks = [
        block for block in (value if isinstance(value, list) else [value]) if isinstance(block, Mapping)
    ]
    return {
        f"{prefix} {name}": join_list([_list_or_text(block.get(name)) for block in blocks])
        for name in field_shapes(model)
        if any(block.get(name) is not None for block in blocks)
    }


def _price_cells(prefix: str, value: Mapping[str, Any], cells: dict[str, str]) -> dict[str, str]:
    """One cell for amount and currency if one line can hold them, otherwise ``cells`` as they are."""
    line = f"{value.get('amount')} {value.get('currency') or ''}".strip()
    try:
        is_equal = Price.model_validate(line) == Price.model_validate({**value, "note": None, "items": None})
    except ValidationError:
        is_equal = False
    others = {
        heading: cells[heading] for heading in (f"{prefix} note", f"{prefix} items") if heading in cells
    }
    return {prefix: line, **others} if is_equal else cells
