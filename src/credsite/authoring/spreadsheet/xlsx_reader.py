"""Reads Excel workbooks: each cell as the text that a reader of the sheet sees, the results of formulas included."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from credsite.authoring.spreadsheet.sheets import (
    MAX_CELL_LENGTH,
    Sheet,
    SheetError,
    build_sheet,
    column_letters,
    filled_rows,
)
from credsite.core.text import quote_argument
from credsite.problems.suggestions import with_closest_match

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MAX_UNPACKED: Final = 400_000_000
_CHUNK: Final = 1_000_000
_MERGED: Final = re.compile(rb'<mergeCell\s+ref="([A-Z0-9:]{1,30})"')
_FORMULA: Final = re.compile(rb"<f[\s>/]")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CURRENCY: Final = re.compile(r'\[\$([^\]-]{1,4})(?:-[^\]]*)?\]|"?([£€])"?')
_PADDED: Final = re.compile(r"0{2,}")
_MAX_NUMBER: Final = 10**15
"""Excel keeps 15 digits of a number."""


def read_xlsx(data: bytes, name: str, wanted: str | None = None) -> Sheet:
    """The sheet ``wanted`` of the workbook in ``data``, or its only visible one. Raises SheetError."""
    import warnings

    archive = _open_archive(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about extensions of Excel that are not needed here
            return _read(data, _workbook(data), name, archive, wanted)
    except SheetError:
        raise
    except Exception as error:  # a damaged file can make the libraries raise nearly anything
        raise SheetError(f"{name} is damaged. Open it in Excel, and save it again.") from error


def _workbook(data: bytes, *, formulas: bool = False) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas)


def _open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise SheetError(f"{name} is damaged. Open it in Excel, and save it again.") from error
    if sum(file.file_size for file in archive.infolist()) > _MAX_UNPACKED:
        raise SheetError(f"{name} unpacks to more than {_MAX_UNPACKED // 1_000_000} MB. Import it in parts.")
    if "xl/workbook.xml" not in archive.namelist():
        raise SheetError(f"{name} is not an Excel workbook. Save it as .xlsx or as CSV UTF-8.")
    return archive


def _read(data: bytes, book: Workbook, name: str, archive: zipfile.ZipFile, wanted: str | None) -> Sheet:
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    filled = visible
    if wanted is None and len(visible) > 1:
        filled = [title for title in visible if any(cells for _, cells in _rows(book, title, name))]
    title = _chosen_sheet(name, filled, [one for one in (*visible, *hidden) if one not in filled], wanted)
    has_formulas = _has_formulas(archive, str(getattr(book[title], "_worksheet_path", "")), name)
    rows = filled_rows(name, _rows(book, title, name))
    if has_formulas:
        _check_formulas(_workbook(data, formulas=True), title, name, dict(rows))
    return build_sheet(name, rows)


def _chosen_sheet(name: str, filled: Sequence[str], others: Sequence[str], wanted: str | None) -> str:
    """The sheet of a workbook to read: the ``wanted`` one, or the only visible one that is not empty."""
    titles = [*filled, *others]
    if wanted is not None:
        chosen = next((title for title in titles if title.casefold() == wanted.casefold()), None)
        if chosen is None:
            message = f"{name} has no sheet `{wanted}`."
            raise SheetError(with_closest_match(message, wanted, titles, f"There are: {', '.join(titles)}."))
        return chosen
    if len(filled) == 1:
        return filled[0]
    if not filled:
        raise SheetError(f"{name} has no visible sheet with anything in it.")
    raise SheetError(
        f"{name} has several sheets: {', '.join(filled)}. Say which one, such as `--sheet {quote_argument(filled[0])}`."
    )


def _has_formulas(archive: zipfile.ZipFile, path: str, name: str) -> bool:
    """Whether a sheet has formulas. Raises SheetError for merged cells, because only the first of them has the value."""
    has_formulas, before = False, b""
    with archive.open(path) as file:
        while chunk := file.read(_CHUNK):
            part = before + chunk
            if merged := _MERGED.search(part):
                raise SheetError(
                    f"{name}: the cells {merged[1].decode()} are merged, so that only one of them has the value. Unmerge "
                    "them, and fill in each."
                )
            has_formulas = has_formulas or _FORMULA.search(part) is not None
            before = part[-100:]
    return has_formulas


def _rows(book: Workbook, title: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with its number, without empty cells at their ends."""
    for number, cells in enumerate(_all_rows(book, title), start=1):
        texts = [
            ""
            if cell.value is None
            else _text(cell.value, cell, f"{name}, cell {column_letters(column)}{number}")
            for column, cell in enumerate(cells)
        ]
        while texts and not texts[-1].strip():
            texts.pop()
        yield number, texts


def _all_rows(book: Workbook, title: str) -> Iterator[tuple[Any, ...]]:
    sheet: Any = book[title]
    sheet.reset_dimensions()  # the size that the file declares may be wrong, and rows would be filled up to it
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows()
    return rows


def _text(value: Any, cell: Any, where: str) -> str:
    """The text of a cell."""
    if isinstance(value, str):
        if len(value) > MAX_CELL_LENGTH:
            raise SheetError(f"{where} has more than {MAX_CELL_LENGTH:,} characters.")
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M").rjust(10, "0")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, str(getattr(cell, "number_format", None) or ""), where)
    return str(value)


def _number(value: float, number_format: str, where: str) -> str:
    if abs(value) >= _MAX_NUMBER:
        raise SheetError(
            f"{where} holds a number of more than 15 digits, of which Excel keeps only 15. Format the cell as text, and write it again."
        )
    if "%" in number_format:
        return f"{value * 100:.10g}%"
    plain = str(int(value)) if value == int(value) else f"{value:.15g}"
    if _PADDED.fullmatch(number_format) and value >= 0:
        return plain.zfill(len(number_format))
    currency = _CURRENCY.search(number_format)
    if currency is None:
        return plain
    symbol = (currency[1] or currency[2]).strip()
    return f"{plain} {symbol}" if symbol.isalpha() else f"{symbol}{plain}"


def _check_formulas(book: Workbook, title: str, name: str, values: dict[int, list[str]]) -> None:
    """Raises SheetError if the results of the formulas are not in the file, because only a spreadsheet program has them.

    If one formula has a result, the results of the others are empty.
    """
    first = ""
    for number, cells in enumerate(_all_rows(book, title), start=1):
        texts = values.get(number, [])
        for column, cell in enumerate(cells):
            if cell.data_type != "f":
                continue
            if column < len(texts) and texts[column]:
                return
            first = first or f"{column_letters(column)}{number}"
    if first:
        raise SheetError(
            f"{name}, cell {first}: the value of this formula is not in the file. Open it in Excel and save it, or write "
            "the value itself."
        )
