"""Entries as a spreadsheet: CSV, an Excel workbook, or JSON. CSV and workbooks can be imported again.

In a workbook, values stay as they are: texts as texts, dates as dates, and no formulas.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
    Columns,
    cells_of,
    field_shapes,
)
from credsite.authoring.spreadsheet.sheet_entries import RefusedRows
from credsite.authoring.spreadsheet.sheets import Sheet, SheetError
from credsite.problems.faults import fault_problem
from credsite.problems.model import Location, Problem
from credsite.problems.suggestions import with_suggestion
from credsite.problems.tables import csv_text
from credsite.schema.introspection import FieldShape

ExportFormat = Literal["csv", "xlsx", "json"]

_TRUE: Final = ("true", "yes", "on", "1", "t", "y")
_JSON_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_FORMAT: Final = "yyyy-mm-dd"
_TEXT_FORMAT: Final = "@"
_FIRST_DATE: Final = "1900-03-01"
"""Excel's calendar is wrong for earlier dates."""
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that a workbook can hold only in Excel's own escape, such as ``_x000C_``."""
_MAX_CELL_LENGTH: Final = 32_767
_WIDTHS: Final = {"one": 18, "many": 30, "lines": 40}
_WIDE_COLUMNS: Final = frozenset({"title", "summary", TEXT_HEADING, "enrol_url"})
_CREATION_TIME: Final = re.compile(rb">\d{4}-\d\d-\d\dT[\d:.]+Z<")


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """An entry to export: its slug, its front matter as it is written in the file, its body, and the path of its file."""

    slug: str
    values: Mapping[str, Any]
    body: str
    path: str = ""


def exportable(
    columns: Columns, entries: Iterable[ExportedEntry], file_format: ExportFormat, *, text: bool = False
) -> tuple[list[ExportedEntry], list[Problem]]:
    """The entries that :func:`export` can write in this format, and why it cannot write the others."""
    good: list[ExportedEntry] = []
    problems: list[Problem] = []
    shapes = field_shapes(columns.model)
    for entry in entries:
        try:
            if file_format == "json":
                _json_object(entry, shapes, text=text)
            else:
                cells = _cells(entry, columns, text=text)
                if file_format == "xlsx":
                    for heading, cell in cells.items():
                        _check_length(cell, heading)
        except SheetError as error:
            problems.append(Problem("wrong-type", str(error), Location(entry.path)))
        except Exception as error:  # noqa: BLE001 - all other entries can still be exported
            problems.append(fault_problem(error, entry.path))
        else:
            good.append(entry)
    return good, problems


def export(
    columns: Columns, entries: Sequence[ExportedEntry], file_format: ExportFormat, *, text: bool = False
) -> bytes:
    """The bytes of a file with ``entries``, of a kind with these ``columns``. ``text`` adds a column with their bodies.

    Raises SheetError for an entry that the format cannot hold; see :func:`exportable`.
    """
    if file_format == "json":
        return _json(columns, entries, text=text)
    included, rows = _table(columns, entries, text=text)
    if file_format == "xlsx":
        return _xlsx(included, rows)
    return _csv([column.heading for column in included], rows)


def empty_sheet(columns: Columns) -> bytes:
    """A CSV file with only the headings, for one block of each list."""
    counts = {column.key[0]: 1 for column in columns.all if column.is_block_of_list}
    return _csv([column.heading for column in columns.expanded(counts)], [])


def refused_rows_csv(sheet: Sheet, refused: Iterable[RefusedRows]) -> bytes:
    """The refused rows of a sheet as CSV, unchanged, with a first column that says why they were refused."""
    reasons: dict[int, list[str]] = {}
    for one in refused:
        where = f"{one.heading}: " if one.heading else ""
        reason = where + with_suggestion(one.message, one.suggestion)
        for row in one.rows:
            reasons.setdefault(row, []).append(reason)
    rows = [["\n".join(reasons[row.number]), *row.cells] for row in sheet.rows if row.number in reasons]
    return _csv([REASON_HEADING, *sheet.headings], rows)


def _table(
    columns: Columns, entries: Sequence[ExportedEntry], *, text: bool
) -> tuple[list[Column], list[list[str]]]:
    rows = []
    counts: dict[str, int] = {}
    lists = {column.key[0] for column in columns.all if column.is_block_of_list}
    for entry in entries:
        rows.append(_cells(entry, columns, text=text))
        for key in lists:
            counts[key] = max(counts.get(key, 0), len(entry.values.get(key) or ()))
    used = {heading for cells in rows for heading in cells}
    included = [column for column in columns.expanded(counts) if _is_included(column, used, text=text)]
    return included, [[cells.get(column.heading, "") for column in included] for cells in rows]


def _cells(entry: ExportedEntry, columns: Columns, *, text: bool) -> dict[str, str]:
    """The filled cells of an entry. Raises SheetError where it has more blocks in a list than a sheet can have."""
    for column in columns.all:
        key = column.key[0]
        if column.is_block_of_list and (count := len(entry.values.get(key) or ())) > MAX_BLOCKS:
            raise SheetError(
                f"`{entry.slug}` has {count:,} {key}, and a sheet can have {MAX_BLOCKS}. Export as JSON."
            )
    cells = cells_of(entry.values, columns) | {SLUG_HEADING: entry.slug}
    return cells | {TEXT_HEADING: normalize_cell(entry.body)} if text else cells


def _is_included(column: Column, used: set[str], *, text: bool) -> bool:
    """Whether a column is exported: empty ones too, so that colleagues can fill them in.

    Amount, currency and items of a price have columns only if an entry needs them; usually the column `price` holds the first two.
    """
    if column.heading == TEXT_HEADING:
        return text
    if not _is_exported(column.shape):
        return False
    return column.key[1:] not in (("amount",), ("currency",), ("items",)) or column.heading in used


def _is_exported(shape: FieldShape) -> bool:
    return shape.display is None or shape.display.is_exported


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    return csv_text(headings, rows, escape_cell).encode()


def _xlsx(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet: the headings of ``columns``, then ``rows``. The same rows give the same bytes.

    Raises SheetError for a cell that is too long for Excel.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for row in rows:  # before the book is begun: openpyxl cannot leave one half-written
        for text, column in zip(row, columns, strict=True):
            _check_length(text, column.heading)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("credsite")
    sheet.freeze_panes = "B2"
    for number, column in enumerate(columns, start=1):
        dimensions = sheet.column_dimensions[get_column_letter(number)]
        dimensions.width = 50 if column.heading in _WIDE_COLUMNS else _WIDTHS[column.layout]
        # The format is also for empty cells: Excel must not change what is typed there.
        dimensions.number_format = _DATE_FORMAT if column.shape.type is date else _TEXT_FORMAT
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)

    def cell(text: str, column: Column) -> Any:
        is_date = column.shape.type is date and _DATE.fullmatch(text) and text >= _FIRST_DATE
        value: Any = date.fromisoformat(text) if is_date else _text(text)
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = _DATE_FORMAT if is_date else _TEXT_FORMAT
        cell.alignment = top
        if not is_date:
            cell.data_type = "s"  # never a formula
        return cell

    headings = [WriteOnlyCell(sheet, value=column.heading) for column in columns]
    for heading in headings:
        heading.font = bold
    sheet.append(headings)
    for row in rows:
        sheet.append(
            [cell(text, column) if text else None for text, column in zip(row, columns, strict=True)]
        )
    stream = io.BytesIO()
    book.save(stream)
    return _without_creation_time(stream)


def _text(text: str) -> str:
    # A text such as `_x0041_` would be read as Excel's own escape for a character.
    text = _ESCAPE.sub("_x005F_", escape_cell(text))
    return _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def _check_length(text: str, heading: str) -> None:
    length = len(escape_cell(text)) + 6 * len(_NOT_IN_XML.findall(text))
    if length > _MAX_CELL_LENGTH:
        raise SheetError(
            f"A cell of Excel holds {_MAX_CELL_LENGTH:,} characters, and there are {length:,} in the column "
            f"`{heading}`. Export as CSV."
        )


def _without_creation_time(workbook: io.BytesIO) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _CREATION_TIME.sub(b">2000-01-01T00:00:00Z<", data)
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _json(columns: Columns, entries: Sequence[ExportedEntry], *, text: bool) -> bytes:
    shapes = field_shapes(columns.model)
    objects = [_json_object(entry, shapes, text=text) for entry in entries]
    return (json.dumps(objects, ensure_ascii=False, indent=2) + "\n").encode()


def _json_object(entry: ExportedEntry, shapes: Mapping[str, FieldShape], *, text: bool) -> dict[str, Any]:
    exported = {key: shape for key, shape in shapes.items() if _is_exported(shape)}
    values = _typed_values(entry.values, exported)
    return {SLUG_HEADING: entry.slug, **values, **({TEXT_HEADING: entry.body} if text else {})}


def _typed_values(values: Mapping[str, Any], shapes: Mapping[str, FieldShape]) -> dict[str, Any]:
    """Values for JSON, without those that are left out."""
    typed = {key: _typed(value, shapes[key]) for key, value in values.items() if key in shapes}
    return {key: value for key, value in typed.items() if value is not None}


def _typed(value: Any, shape: FieldShape) -> Any:
    """A value for JSON: a number or a boolean if its field has one, otherwise a text.

    None where an empty list or block stands in the place of something else, which counts as left out.
    """
    if isinstance(value, Mapping):
        return _typed_values(value, field_shapes(shape.model)) if shape.model else None
    if isinstance(value, list):
        items = (_typed(item, replace(shape, is_list=False, may_be_list=False)) for item in value)
        return [item for item in items if item is not None] if shape.is_list or shape.may_be_list else None
    if value is None:
        return None
    if shape.type is bool:
        return value.strip().casefold() in _TRUE
    if shape.type in (int, Decimal) and _JSON_NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value
