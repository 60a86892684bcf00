"""Writes Excel workbooks in which values stay as they are: texts as texts, dates as dates, and no formulas."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from credsite.authoring.spreadsheet.cells import escape_cell
from credsite.authoring.spreadsheet.columns import TEXT_HEADING, Column
from credsite.authoring.spreadsheet.sheets import SheetError

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_FORMAT: Final = "yyyy-mm-dd"
_TEXT_FORMAT: Final = "@"
_FIRST_DATE: Final = "1900-03-01"
"""Excel's calendar is wrong for earlier dates."""
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MAX_CELL_LENGTH: Final = 32_767
_WIDTHS: Final = {"one": 18, "many": 30, "lines": 40}
_WIDE_COLUMNS: Final = frozenset({"title", "summary", TEXT_HEADING, "enrol_url"})
_CREATION_TIME: Final = re.compile(rb">\d{4}-\d\d-\d\dT[\d:.]+Z<")


def write_xlsx(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet: the headings of ``columns``, then ``rows``. The same rows give the same bytes.

    Raises SheetError for a cell that is too long for Excel.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

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
        value: Any = date.fromisoformat(text) if is_date else _text(text, column)
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


def _text(text: str, column: Column) -> str:
    text = escape_cell(text)
    if len(text) > _MAX_CELL_LENGTH:
        raise SheetError(
            f"A cell of Excel holds {_MAX_CELL_LENGTH:,} characters, and there are {len(text):,} in the column "
            f"`{column.heading}`. Export as CSV."
        )
    # A text such as `_x0041_` would be read as Excel's own escape for a character.
    return _ESCAPE.sub("_x005F_", text)


def _without_creation_time(workbook: io.BytesIO) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _CREATION_TIME.sub(b">2000-01-01T00:00:00Z<", data)
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
