"""Reads a spreadsheet file: CSV as Excel, LibreOffice and databases write it, or a workbook.

The first bytes of the file say which it is, not its name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

from credsite.authoring.spreadsheet.sheets import (
    MAX_CELL_LENGTH,
    IsKnownHeading,
    Sheet,
    SheetError,
    build_sheet,
    check_heading_row,
    filled_rows,
)
from credsite.authoring.spreadsheet.xlsx_reader import read_xlsx
from credsite.core.regular_files import FileTooLargeError, read_regular, size_in_words

_MAX_BYTES: Final = 50_000_000
_ZIP_START: Final = b"PK\x03\x04"
_OLD_EXCEL_START: Final = b"\xd0\xcf\x11\xe0"
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_SAVE_AS: Final = "Open it in Excel, save it as an Excel workbook (.xlsx), and import that."
_OTHER_FILES: Final = (
    (b"%pdf", "is a PDF document. Copy its table into a spreadsheet, and import that."),
    (b"{\\rtf", "is a text document. Copy its table into a spreadsheet, and import that."),
    (b"<!doctype html", f"is a web page, although it may be named like a spreadsheet. {_SAVE_AS}"),
    (b"<html", f"is a web page, although it may be named like a spreadsheet. {_SAVE_AS}"),
    (b"<table", f"is a web page, although it may be named like a spreadsheet. {_SAVE_AS}"),
    (b"<?xml", f"is in XML, and not a workbook or a CSV file. {_SAVE_AS}"),
    (
        b'{"url"',
        "is only a link to Google Sheets. Open it, choose File > Download > Microsoft Excel, and import that.",
    ),
    (b"[{", "is in JSON, which cannot be imported. Save it as CSV UTF-8 or as an Excel workbook."),
    (b"pk\x05\x06", "is an empty ZIP file, and not a workbook. Save it again."),
)
"""How files begin that are sometimes taken for spreadsheets, and what to do with them."""
_NOT_READ: Final = (".ods", ".fods", ".numbers", ".xlsb")
"""Endings of spreadsheets that are neither workbooks of Excel nor text."""
_SEPARATORS: Final = (",", ";", "\t", "|")
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def read_sheet(
    file: Path,
    is_known: IsKnownHeading,
    sheet_name: str | None = None,
    encoding: str | None = None,
    ignored: Collection[str] = (),
) -> Sheet:
    """The sheet in ``file``. ``sheet_name`` is for workbooks, and ``encoding`` for CSV.

    ``ignored`` has the letters of columns without a heading to leave out.

    Raises SheetError.
    """
    name = file.name
    try:
        data = read_regular(file, _MAX_BYTES, follow_links=True)
    except FileTooLargeError as error:
        message = f"{name} has more than {size_in_words(_MAX_BYTES)}. Import it in parts."
        raise SheetError(message) from error
    except OSError as error:
        raise SheetError(f"{file} cannot be read: {error.strerror or error}.") from error
    for start, message in _OTHER_FILES:
        if data[:1000].lstrip(_BLANK).lower().startswith(start):
            raise SheetError(f"{name} {message}")
    if data.startswith(_OLD_EXCEL_START):
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        raise SheetError(
            f"{name} is protected with a password. Open it in Excel, remove the password (File > Info > Protect Workbook), save it, "
            "and import it again."
            if is_locked
            else f"{name} is in Excel's old format (.xls). Open it in Excel, save it as an Excel workbook (.xlsx), and import that."
        )
    if data.startswith(_ZIP_START):
        return read_xlsx(data, name, sheet_name, is_known, ignored)
    if file.suffix.lower() in _NOT_READ:
        raise SheetError(f"{name} cannot be read. Open it, save it as .xlsx or .csv, and import that.")
    if sheet_name is not None:
        raise SheetError(f"{name} is not a workbook, and has no sheets. Leave --sheet out.")
    return read_csv(data, name, is_known, encoding, ignored)


def read_csv(
    data: bytes,
    name: str,
    is_known: IsKnownHeading,
    encoding: str | None = None,
    ignored: Collection[str] = (),
) -> Sheet:
    """The sheet in ``data``. Without an ``encoding`` it must be in UTF-8 or, with a byte order mark, in UTF-16.

    Values may be separated by commas, semicolons, tabs or ``|``: the separator that gives the most known headings is used.
    Raises SheetError.
    """
    text = _decoded(data, name, encoding)
    declared = _SEPARATOR_LINE.match(text)
    if declared is not None:
        text = text[declared.end() :]
    separator = declared[1] if declared is not None else _separator(text, is_known)
    csv.field_size_limit(MAX_CELL_LENGTH)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    first_row = 1 if declared is None else 2
    rows = filled_rows(name, _numbered(reader, first_row, name))
    check_heading_row(name, rows, is_known)
    return build_sheet(name, rows, ignored=ignored)


def _numbered(reader: Iterable[list[str]], first_row: int, name: str) -> Iterator[tuple[int, list[str]]]:
    number = first_row - 1
    try:
        for number, cells in enumerate(reader, first_row):
            yield number, cells
    except csv.Error as error:
        raise SheetError(f"{name}, row {number + 1}: {_reason(error)}") from error


def _decoded(data: bytes, name: str, encoding: str | None) -> str:
    default = (
        "utf-16" if data.startswith(_UTF16) else "utf-16-le" if data[1:8:2] == b"\0" * 4 else "utf-8-sig"
    )
    try:
        text = data.decode(encoding or default)
    except LookupError:
        raise SheetError(f"There is no encoding `{encoding}`. Try `--encoding cp1252`.") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        advice = (
            "Try another --encoding."
            if encoding
            else "Save it again: in Excel, choose `CSV UTF-8` as the type of the file. Or, if it was made by Excel on "
            "Windows in western Europe or America, add `--encoding cp1252`, and look at the accents with --dry-run."
        )
        raise SheetError(f"{name} is not in {encoding or 'UTF-8'} (see line {line}). {advice}") from None
    if "\0" in text:
        raise SheetError(f"{name} is not a text file. Save it again as `CSV UTF-8` or as .xlsx.")
    return text


def _separator(text: str, is_known: IsKnownHeading) -> str:
    """The separator that splits the first row into the most known headings, or else into the most headings."""

    def score(separator: str) -> tuple[int, int]:
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            headings = next((row for row in rows if any(cell.strip() for cell in row)), [])
        except csv.Error:
            return 0, 0
        return sum(map(is_known, headings)), len(headings)

    return max(_SEPARATORS, key=score)


def _reason(error: csv.Error) -> str:
    words = str(error)
    if "field limit" in words:
        return f"a cell has more than {MAX_CELL_LENGTH:,} characters, or a quotation mark is never closed."
    if "unexpected end" in words:
        return 'a quotation mark `"` is opened and never closed.'
    if "expected after" in words:
        return 'there is text after a closing quotation mark. A `"` within a text is written twice: `""`.'
    return f"this cannot be read as CSV ({words})."
