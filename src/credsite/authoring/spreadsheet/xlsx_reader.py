"""Reads Excel workbooks: each cell as the text that a reader of the sheet sees, the results of formulas included."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from credsite.authoring.spreadsheet.cells import HYPERLINK
from credsite.authoring.spreadsheet.number_formats import (
    is_date_format,
    moment_text,
    number_text,
    text_in_format,
)
from credsite.authoring.spreadsheet.sheets import (
    MAX_CELL_LENGTH,
    IsKnownHeading,
    NumberText,
    Sheet,
    SheetError,
    build_sheet,
    check_heading_row,
    column_index,
    column_letters,
    filled_rows,
)
from credsite.authoring.spreadsheet.workbook_archive import (
    SheetParts,
    cell_addresses,
    open_workbook,
    sheet_parts,
)
from credsite.core.text import pluralize, quote_argument
from credsite.problems.suggestions import with_closest_match

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_NUMBER: Final = 10**15
"""Excel keeps 15 digits of a number."""


def read_xlsx(
    data: bytes,
    name: str,
    wanted: str | None = None,
    is_known: IsKnownHeading = lambda _: False,
    ignored: Collection[str] = (),
) -> Sheet:
    """The sheet ``wanted`` of the workbook in ``data``, or its only visible one. Raises SheetError."""
    import warnings

    data, archive = open_workbook(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about extensions of Excel that are not needed here
            book = _workbook(data)
            title = _title_of_sheet(book, name, wanted, is_known)
            return _read(data, book, title, name, archive, is_known, ignored)
    except SheetError:
        raise
    except Exception as error:  # a damaged file can make the libraries raise nearly anything
        raise SheetError(f"{name} is damaged. Open it in Excel, and save it again.") from error


def _workbook(data: bytes, *, formulas: bool = False) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas)


def _title_of_sheet(book: Workbook, name: str, wanted: str | None, is_known: IsKnownHeading) -> str:
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    filled = visible
    if wanted is None and len(visible) > 1:
        first_rows = {
            title: next((cells for _, cells in _rows(book, title, name) if cells), []) for title in visible
        }
        filled = [title for title in visible if first_rows[title]]
        # The sheet with the most known headings is the example in the message.
        filled.sort(key=lambda title: -sum(map(is_known, first_rows[title])))
    return _chosen_sheet(name, filled, [one for one in (*visible, *hidden) if one not in filled], wanted)


def _read(
    data: bytes,
    book: Workbook,
    title: str,
    name: str,
    archive: zipfile.ZipFile,
    is_known: IsKnownHeading,
    ignored: Collection[str],
) -> Sheet:
    path = str(getattr(book[title], "_worksheet_path", ""))
    parts = sheet_parts(archive, path)
    rows = filled_rows(name, _rows(book, title, name))
    check_heading_row(name, rows, is_known)
    if parts.merged:
        raise _merged_cells(name, parts.merged, rows)
    addresses = cell_addresses(archive, path, parts.links)
    if parts.has_formulas:
        addresses |= _check_formulas(data, title, name, dict(rows))
    return build_sheet(name, rows, addresses, list(_hidden_notes(parts, rows)), ignored)


def _merged_cells(name: str, merged: str, rows: Sequence[tuple[int, Sequence[str]]]) -> SheetError:
    first, cells = rows[0] if rows else (0, ())
    titles = [cell for cell in cells if cell.strip()]
    if len(titles) == 1 and re.fullmatch(rf"[A-Z]+{first}:[A-Z]+{first}", merged):
        return SheetError(
            f"{name}: row {first} is a title in merged cells ({merged}). Delete it: the first row must hold the headings of the "
            "columns."
        )
    return SheetError(
        f"{name}: the cells {merged} are merged, so that only one of them has the value. Unmerge them, and fill in each."
    )


def _hidden_notes(parts: SheetParts, rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[str]:
    """What to say of rows and columns with values that nobody sees in the spreadsheet program."""
    if not parts.hidden_rows and not parts.hidden_columns:
        return
    hidden = [number for number, _ in rows if number in parts.hidden_rows]
    if hidden:
        yield (
            f"{pluralize(len(hidden), 'row')} of the sheet, such as row {hidden[0]}, cannot be seen because of a filter or because "
            "somebody has hidden it. Such rows are imported like all others. If they should not be, delete them."
        )
    columns = sorted(
        {column for _, cells in rows for column, cell in enumerate(cells) if cell.strip()}
        & parts.hidden_columns
    )
    if columns:
        yield (
            f"Hidden in the sheet, and imported like all others: {'column' if len(columns) == 1 else 'columns'} "
            f"{', '.join(map(column_letters, columns))}."
        )


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
    number_format = str(getattr(cell, "number_format", None) or "")
    if isinstance(value, str):
        if len(value) > MAX_CELL_LENGTH:
            raise SheetError(f"{where} has more than {MAX_CELL_LENGTH:,} characters.")
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if "_x" in value else value
        return text_in_format(text, number_format) if "@" in number_format and number_format != "@" else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time | timedelta):
        if number_format in ("", "General") or is_date_format(number_format):
            return moment_text(value, number_format)
        value = _as_number(value, cell)
    if isinstance(value, int | float):
        if abs(value) >= _MAX_NUMBER:
            raise SheetError(
                f"{where} holds a number of more than 15 digits, of which Excel keeps only 15. Format the cell as text, and "
                "write it again."
            )
        return NumberText(number_text(value, number_format))
    return str(value)


def _as_number(value: date | time | timedelta, cell: Any) -> float:
    """The number in a cell that openpyxl has taken for a date, because of a word in its format."""
    from openpyxl.utils.datetime import to_excel

    convert: Any = to_excel
    number: float = convert(value, cell.parent.parent.epoch)
    return int(number) if number == int(number) else number


def _check_formulas(
    data: bytes, title: str, name: str, values: Mapping[int, Sequence[str]]
) -> dict[tuple[int, int], str]:
    """The addresses that formulas such as ``=HYPERLINK("https://college.example", "Enrol")`` lead to, by row and column.

    Raises SheetError for a formula whose result is not in the file, because only a spreadsheet program has it.
    """
    addresses: dict[tuple[int, int], str] = {}
    results = _all_rows(_workbook(data), title)
    formulas = _all_rows(_workbook(data, formulas=True), title)
    for number, (result_cells, cells) in enumerate(zip(results, formulas, strict=False), start=1):
        for column, cell in enumerate(cells):
            if cell.data_type != "f":
                continue
            result = result_cells[column] if column < len(result_cells) else None
            # A result that is an empty text has the type of a text.
            if result is None or (result.value is None and result.data_type != "str"):
                raise SheetError(
                    f"{name}, cell {column_letters(column)}{number}: the value of this formula is not in the file. Open it in "
                    "Excel and save it, or write the value itself."
                )
            if (match := HYPERLINK.fullmatch(str(cell.value))) is not None:
                address = match["address"].replace('""', '"') if match["address"] is not None else ""
                addresses[number, column] = address or _text_at(values, match["column"], match["row"])
    return {cell: address for cell, address in addresses.items() if address and not address.startswith("#")}


def _text_at(values: Mapping[int, Sequence[str]], letters: str | None, row: str | None) -> str:
    if not letters or not row:
        return ""
    texts, column = values.get(int(row), []), column_index(letters.upper())
    return texts[column].strip() if column < len(texts) else ""
