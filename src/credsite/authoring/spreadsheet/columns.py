"""The columns of a spreadsheet: made from the model of a kind, so that no key can be missing.

A key of one value is a column. A block of keys has a column for each: ``credential name``. So has a list of blocks, for
each of its blocks: ``sessions 1 starts``. A list of small blocks of plain values is one column, with one block on a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final, Literal

from pydantic import BaseModel

from credsite.schema.introspection import FieldShape, field_shape
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS, EntryFields
from credsite.schema.models.course import Price

SLUG_HEADING: Final = "slug"
TEXT_HEADING: Final = "text"
"""The column of the Markdown below the front matter."""
REASON_HEADING: Final = "what is wrong"
"""The column that says why a row was refused. It is not read."""
MAX_BLOCKS: Final = 200
"""Blocks of one list that a sheet can have."""

_SMALL: Final = 3
"""Keys of a block that fits on a line."""
_ENDS: Final = ("aliases", "image", "draft", "publish_at", "expires_at", "featured")
"""What every entry may have stands behind what its kind has."""
_NUMBERED: Final = re.compile(r"(\w+) (\d{1,4}) (.+)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``key`` leads to its value in the front matter: ``("credential", "name")``.

    ``form`` is ``one`` value, ``many`` of them, or ``lines``, each one a block of ``model``. In a list of blocks,
    ``number`` is that of the block, from 0; None there means that each row of the sheet is a block of its own.
    """

    heading: str
    key: tuple[str, ...]
    layout: Literal["one", "many", "lines"]
    shape: FieldShape
    description: str = ""
    is_block_of_list: bool = False
    number: int | None = None

    def with_number(self, number: int) -> Column:
        first, *rest = self.key
        return replace(self, heading=f"{first} {number + 1} {' '.join(rest)}", number=number)


@lru_cache(maxsize=4096)
def normalize_heading(heading: str) -> str:
    """What is left of a heading when case and signs do not matter: ``Delivery_Modes *`` is ``delivery modes``."""
    return re.sub(r"[\W_]+", " ", heading.casefold()).strip()


@cache
def field_shapes(model: type[BaseModel]) -> Mapping[str, FieldShape]:
    """A model's keys as editors write them, in order."""
    return {field.alias or name: field_shape(field.annotation) for name, field in model.model_fields.items()}


@cache
def needs_numbered_columns(shape: FieldShape) -> bool:
    """Whether a key is a list of blocks that need columns of their own."""
    if not shape.is_list or shape.model is None:
        return False
    inner = field_shapes(shape.model).values()
    return len(inner) > _SMALL or any(one.is_list or one.model for one in inner)


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of a kind, in order. Those in lists of blocks are here once, without a number."""

    kind: Kind
    model: type[EntryFields]
    all: tuple[Column, ...]
    by_name: Mapping[str, Column]

    def find(self, heading: str) -> Column | None:
        """The column that a sheet calls ``heading``, whatever its case and signs; None where there is none."""
        name = normalize_heading(heading)
        found = self.by_name.get(name)
        if found is not None:
            return found
        match = _NUMBERED.fullmatch(name)
        if match is None:
            return None
        found = self.by_name.get(f"{match[1]} {match[3]}")
        number = int(match[2])
        if found is None or not found.is_block_of_list or not 1 <= number <= MAX_BLOCKS:
            return None
        return found.with_number(number - 1)

    def expanded(self, counts: Mapping[str, int]) -> Iterator[Column]:
        """All columns, with as many of each list of blocks as ``counts`` has for its key."""
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


@lru_cache
def columns_of(kind: Kind) -> Columns:
    """The columns of entries of ``kind``."""
    model = MODELS[kind]
    names = list(model.model_fields)
    ordered = [
        SLUG_HEADING,
        *(name for name in names if name not in (*_ENDS, SLUG_HEADING)),
        *(name for name in _ENDS if name in names),
    ]
    found = [column for name in ordered for column in _columns(model, name)]
    text = Column(
        TEXT_HEADING, (TEXT_HEADING,), "one", FieldShape(str), "The text below the front matter, in Markdown."
    )
    found.append(text)
    by_name: dict[str, Column] = {}
    for column in found:
        for name in _names(column):
            assert by_name.setdefault(name, column) is column, f"two columns are called {name}"
    return Columns(kind, model, tuple(found), by_name)


def _names(column: Column) -> Iterator[str]:
    yield normalize_heading(column.heading)
    first, *rest = column.key
    if column.is_block_of_list and first.endswith("s"):
        yield normalize_heading(f"{first[:-1]} {' '.join(rest)}")


def _columns(model: type[BaseModel], name: str) -> Iterator[Column]:
    field = model.model_fields[name]
    key, shape = field.alias or name, field_shape(field.annotation)
    words = field.description or ""
    if shape.model is None:
        yield Column(key, (key,), "many" if shape.is_list else "one", shape, words)
    elif shape.is_list and not needs_numbered_columns(shape):
        yield Column(key, (key,), "lines", shape, words)
    else:
        if shape.model is Price:
            yield Column(key, (key,), "one", FieldShape(Price), words)
        for inner_name, inner in field_shapes(shape.model).items():
            assert inner.model is None, f"{name}.{inner_name} is nested too deeply for a spreadsheet"
            described = shape.model.model_fields[inner_name].description or ""
            form: Literal["one", "many"] = "many" if inner.is_list else "one"
            heading = f"{key} {inner_name}"
            yield Column(heading, (key, inner_name), form, inner, described, shape.is_list)
