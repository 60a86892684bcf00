"""Reads a spreadsheet file. Its first bytes say whether it is a workbook or CSV, not its name."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from credsite.authoring.spreadsheet.csv_reader import read_csv
from credsite.authoring.spreadsheet.sheets import MAX_BYTES, IsKnownHeading, Sheet, SheetError
from credsite.authoring.spreadsheet.xlsx_reader import read_xlsx

_ZIP_START: Final = b"PK\x03\x04"
_OLD_EXCEL_START: Final = b"\xd0\xcf\x11\xe0"


def read_sheet(
    file: Path, is_known: IsKnownHeading, sheet_name: str | None = None, encoding: str | None = None
) -> Sheet:
    """The sheet in ``file``. ``sheet_name`` is for workbooks; ``is_known`` and ``encoding`` are for CSV.

    Raises SheetError.
    """
    name = file.name
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SheetError(f"{file} cannot be read: {error.strerror or error}.") from error
    if len(data) > MAX_BYTES:
        raise SheetError(f"{name} has more than {MAX_BYTES // 1_000_000} MB. Import it in parts.")
    if data.startswith(_OLD_EXCEL_START):
        raise SheetError(
            f"{name} is in Excel's old format, or protected with a password. Open it in Excel, and save it as an Excel "
            "workbook (.xlsx) without a password."
        )
    if data.startswith(_ZIP_START):
        return read_xlsx(data, name, sheet_name)
    if sheet_name is not None:
        raise SheetError(f"{name} is not a workbook, and has no sheets. Leave --sheet out.")
    return read_csv(data, name, is_known, encoding)
