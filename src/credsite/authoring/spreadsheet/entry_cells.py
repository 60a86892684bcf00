"""The cells of an entry: its front matter as an export writes it, and as an import compares it with a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from credsite.authoring.spreadsheet.cells import join_blocks, join_list, normalize_cell
from credsite.authoring.spreadsheet.columns import SLUG_HEADING, Columns, field_shapes, needs_numbered_columns
from credsite.schema.models.course import Price


def cells_of(values: Mapping[str, Any], columns: Columns) -> dict[str, str]:
    """The cells of a valid entry, by the headings of their columns, without empty cells."""
    cells: dict[str, str] = {}
    for key, shape in field_shapes(columns.model).items():
        value = values.get(key)
        if value is None or key == SLUG_HEADING:
            continue
        if shape.model is None:
            cells[key] = _list_or_text(value)
        elif not shape.is_list:
            cells |= _block_cells(key, value, shape.model)
        elif needs_numbered_columns(shape):
            for number, block in enumerate(value):
                cells |= _block_cells(f"{key} {number + 1}", block, shape.model)
        else:
            cells[key] = join_blocks([_block_values(block, shape.model) for block in value])
    return {heading: normalize_cell(cell) for heading, cell in cells.items() if normalize_cell(cell)}


def _list_or_text(value: str | list[str | None]) -> str:
    if isinstance(value, str):
        return value
    return join_list([item for item in value if item is not None])


def _block_values(block: str | Mapping[str, Any], model: type[BaseModel]) -> list[str]:
    if isinstance(block, str):
        return [block]
    return [block.get(name) or "" for name in field_shapes(model)]


def _block_cells(prefix: str, value: str | Mapping[str, Any], model: type[BaseModel]) -> dict[str, str]:
    if isinstance(value, str):
        return {prefix: value}
    cells = {
        f"{prefix} {name}": _list_or_text(value[name])
        for name in field_shapes(model)
        if value.get(name) is not None
    }
    if model is Price:
        return _price_cells(prefix, value, cells)
    if not any(map(normalize_cell, cells.values())):
        # The block is empty, and a sheet needs some value to show that it exists.
        default = next((field for field in model.model_fields.items() if field[1].default), None)
        return {f"{prefix} {default[0]}": default[1].default} if default else {}
    return cells


def _price_cells(prefix: str, value: Mapping[str, Any], cells: dict[str, str]) -> dict[str, str]:
    """One cell for amount and currency if one line can hold them, otherwise ``cells`` as they are."""
    line = f"{value.get('amount')} {value.get('currency') or ''}".strip()
    note = cells.get(f"{prefix} note", "")
    try:
        is_equal = Price.model_validate(line) == Price.model_validate({**value, "note": None})
    except ValidationError:
        is_equal = False
    return {prefix: line, f"{prefix} note": note} if is_equal else cells
