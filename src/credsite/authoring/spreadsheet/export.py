"""Entries as a spreadsheet for colleagues: CSV, a workbook of Excel, or JSON. What is exported can be imported again."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from credsite.authoring.spreadsheet.cells import escape_cell, normalize_cell
from credsite.authoring.spreadsheet.columns import (
    MAX_BLOCKS,
    REASON_HEADING,
    SLUG_HEADING,
    TEXT_HEADING,
    Column,
    columns_of,
    field_shapes,
)
from credsite.authoring.spreadsheet.rows import cells_of
from credsite.authoring.spreadsheet.sheets import Sheet, SheetError
from credsite.authoring.spreadsheet.table import RefusedRows
from credsite.problems.suggestions import with_suggestion
from credsite.schema.introspection import FieldShape
from credsite.schema.kinds import Kind

ExportFormat = Literal["csv", "xlsx", "json"]

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST_DAY: Final = "1900-03-01"
"""Before, Excel's calendar has a day too many, or none."""
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST: Final = 32_767
"""Characters that a cell of Excel can hold."""
_WIDTHS: Final = {"one": 18, "many": 30, "lines": 40}
_WIDE: Final = frozenset({"title", "summary", TEXT_HEADING, "enrol_url"})
_MOMENT: Final = re.compile(rb">\d{4}-\d\d-\d\dT[\d:.]+Z<")
_BOM: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """One entry: its slug, its front matter as it is written, and its Markdown."""

    slug: str
    values: Mapping[str, Any]
    body: str


def export(kind: Kind, entries: Sequence[ExportedEntry], form: ExportFormat, *, text: bool = False) -> bytes:
    """The entries of ``kind`` in a file. ``text`` adds their Markdown. Raises SheetError for what a form cannot hold."""
    if form == "json":
        return _json(kind, entries, text=text)
    columns, rows = _table(kind, entries, text=text)
    return _csv([column.heading for column in columns], rows) if form == "csv" else _xlsx(columns, rows)


def empty_sheet(kind: Kind) -> bytes:
    """A CSV file with nothing but the headings, for one block of each list."""
    columns = columns_of(kind)
    counts = {column.key[0]: 1 for column in columns.all if column.is_block_of_list}
    return _csv([column.heading for column in columns.expanded(counts)], [])


def refused_rows_csv(sheet: Sheet, refused: Iterable[RefusedRows]) -> bytes:
    """The refused rows of a sheet as CSV, as they were, with a column in front that says why."""
    reasons: dict[int, list[str]] = {}
    for one in refused:
        where = f"{one.heading}: " if one.heading else ""
        reason = where + with_suggestion(one.message, one.suggestion)
        for row in one.rows:
            reasons.setdefault(row, []).append(reason)
    rows = [["\n".join(reasons[row.number]), *row.cells] for row in sheet.rows if row.number in reasons]
    return _csv([REASON_HEADING, *sheet.headings], rows)


def _table(
    kind: Kind, entries: Sequence[ExportedEntry], *, text: bool
) -> tuple[list[Column], list[list[str]]]:
    columns = columns_of(kind)
    all_cells = []
    counts: dict[str, int] = {}
    lists = {column.key[0] for column in columns.all if column.is_block_of_list}
    for entry in entries:
        cells = cells_of(entry.values, columns) | {SLUG_HEADING: entry.slug}
        if text:
            cells[TEXT_HEADING] = normalize_cell(entry.body)
        for key in lists:
            count = len(entry.values.get(key) or ())
            if count > MAX_BLOCKS:
                raise SheetError(
                    f"`{entry.slug}` has {count:,} {key}, and a sheet can have {MAX_BLOCKS}. Export as JSON."
                )
            counts[key] = max(counts.get(key, 0), count)
        all_cells.append(cells)
    used = {heading for cells in all_cells for heading in cells}
    found = [column for column in columns.expanded(counts) if _is_shown(column, used, text=text)]
    return found, [[cells.get(column.heading, "") for column in found] for cells in all_cells]


def _is_shown(column: Column, used: set[str], *, text: bool) -> bool:
    """All columns, for colleagues to fill in; but no second way to say a price, where none is needed."""
    if column.heading == TEXT_HEADING:
        return text
    return column.key[1:] not in (("amount",), ("currency",)) or column.heading in used


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return (_BOM + stream.getvalue()).encode()


def _xlsx(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("credsite")
    sheet.freeze_panes = "B2"
    for number, column in enumerate(columns, start=1):
        width = 50 if column.heading in _WIDE else _WIDTHS[column.layout]
        shown = sheet.column_dimensions[get_column_letter(number)]
        shown.width = width
        # Also for cells that are still empty: what is typed there must stay as it is.
        shown.number_format = "yyyy-mm-dd" if column.shape.type is date else "@"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)

    def made(text: str, column: Column) -> Any:
        is_day = column.shape.type is date and _DAY.fullmatch(text) and text >= _FIRST_DAY
        value: Any = date.fromisoformat(text) if is_day else _storable(escape_cell(text), column)
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "yyyy-mm-dd" if is_day else "@"
        cell.alignment = top
        if not is_day:
            cell.data_type = "s"  # never a formula
        return cell

    header = []
    for column in columns:
        cell = WriteOnlyCell(sheet, value=column.heading)
        cell.font = bold
        header.append(cell)
    sheet.append(header)
    for row in rows:
        sheet.append(
            [made(text, column) if text else None for text, column in zip(row, columns, strict=True)]
        )
    stream = io.BytesIO()
    book.save(stream)
    return _timeless(stream)


def _timeless(workbook: io.BytesIO) -> bytes:
    """A workbook that does not say when it was made: the same entries give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _MOMENT.sub(b">2000-01-01T00:00:00Z<", data)
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _storable(text: str, column: Column) -> str:
    if len(text) > _LONGEST:
        raise SheetError(
            f"A cell of Excel holds {_LONGEST:,} characters, and there are {len(text):,} in the column `{column.heading}`. "
            "Export as CSV."
        )
    # What looks like Excel's own way to write a sign must not be taken for it.
    return _ESCAPE.sub("_x005F_", text)


def _json(kind: Kind, entries: Sequence[ExportedEntry], *, text: bool) -> bytes:
    fields = field_shapes(columns_of(kind).model)
    found = []
    for entry in entries:
        values = {key: _typed(value, fields[key]) for key, value in entry.values.items() if value is not None}
        found.append({SLUG_HEADING: entry.slug, **values, **({TEXT_HEADING: entry.body} if text else {})})
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def _typed(value: Any, shape: FieldShape) -> Any:
    """A value as JSON has it: numbers and true or false where the model has them, texts else."""
    if isinstance(value, Mapping):
        inner = field_shapes(shape.model) if shape.model else {}
        return {name: _typed(one, inner[name]) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_typed(one, shape) for one in value]
    if shape.type is bool:
        return value.strip().casefold() in ("true", "yes", "on", "1", "t", "y")
    if shape.type in (int, Decimal) and re.fullmatch(r"-?\d{1,15}(?:\.\d{1,6})?", value):
        return float(value) if "." in value else int(value)
    return value
