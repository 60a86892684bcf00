"""A spreadsheet as headings and rows of texts, independent of its file format."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from credsite.core.errors import CredsiteError

MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 2_000
MAX_CELL_LENGTH: Final = 2_000_000
"""In characters: the usual limit of a file of the site."""

IsKnownHeading = Callable[[str], bool]
_UNNAMED: Final = re.compile(r"Unnamed: \d+")
"""What pandas writes where a column has no heading."""
_SEARCHED_ROWS: Final = 10
"""How many rows are searched for the headings."""
_MIN_HEADINGS: Final = 2
_MAX_DIGITS: Final = 9
_MAX_TITLE: Final = 60


class SheetError(CredsiteError):
    """A spreadsheet that cannot be read at all."""


class NumberText(str):
    """The text of a cell that holds a number: a point in it stands before decimals, never between thousands."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as the spreadsheet program shows it, and as many cells as there are headings.

    ``links`` has the addresses behind cells, such as that of a button "Enrol here", by the number of the cell.
    """

    number: int
    cells: tuple[str, ...]
    links: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The contents of a sheet. ``name`` is that of its file. The headings are unique, and no row is empty.

    ``notes`` say what was left out, or may be a surprise.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()


def column_letters(column: int) -> str:
    """The letters of a column, counted from 0: A, B, … Z, AA, AB …"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_index(letters: str) -> int:
    """The number of the column with these capital letters, counted from 0; see :func:`column_letters`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def filled_rows(name: str, rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, each with its number. Raises SheetError as soon as there are too many of them."""
    filled: list[tuple[int, list[str]]] = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > MAX_COLUMNS:
            raise SheetError(f"{name}, row {number}: there are more than {MAX_COLUMNS:,} columns.")
        if len(filled) > MAX_ROWS:
            raise SheetError(f"{name} has more than {MAX_ROWS:,} rows. Import it in parts.")
        filled.append((number, cells))
    return filled


def check_heading_row(name: str, rows: Sequence[tuple[int, Sequence[str]]], is_known: IsKnownHeading) -> None:
    """Raises SheetError if the headings are not in the first row, but below it, as where the sheet has a title."""
    counts = [
        len({cell.strip().casefold() for cell in cells if is_known(cell)})
        for _, cells in rows[:_SEARCHED_ROWS]
    ]
    if not counts or counts[0] > 1 or max(counts) < _MIN_HEADINGS:
        return
    first, number = rows[0][0], rows[counts.index(max(counts))][0]
    above = f"row {first}" if number == first + 1 else f"rows {first} to {number - 1}"
    title = next(
        (f", such as `{' '.join(cell.split())[:_MAX_TITLE]}`" for cell in rows[0][1] if cell.strip()), ""
    )
    raise SheetError(
        f"{name}: the headings are in row {number}, and must be in the first row. Delete {above}{title}, and import again."
    )


def build_sheet(
    name: str,
    rows: Sequence[tuple[int, Sequence[str]]],
    addresses: Mapping[tuple[int, int], str] = {},
    notes: Sequence[str] = (),
    ignored: Collection[str] = (),
) -> Sheet:
    """The sheet with these rows, each with its number. The first has the headings, and none is empty.

    ``ignored`` has the letters of columns without a heading to leave out. ``addresses`` are those behind cells, by the numbers of
    row and column. A column without a heading that only numbers the
    rows is left out. Raises SheetError for a heading that occurs twice, and for other values in a column without a heading.
    """
    if not rows:
        raise SheetError(f"{name} is empty. Its first row must hold the headings of the columns.")
    first, texts = rows[0]
    headings = ["" if _UNNAMED.fullmatch(heading.strip()) else heading.strip() for heading in texts]
    used = list(_columns_by_heading(name, headings).values())
    numbers = _row_number_columns(rows, used)
    sheet_rows = []
    for number, cells in rows[1:]:
        stray = next(
            (
                column
                for column, cell in enumerate(cells)
                if cell.strip()
                and column not in used
                and column not in numbers
                and column_letters(column) not in ignored
            ),
            None,
        )
        if stray is not None:
            raise _stray_value(name, number, stray, first, [headings[column] for column in used])
        links = {
            index: addresses[number, column]
            for index, column in enumerate(used if addresses else ())
            if (number, column) in addresses
        }
        row_texts = tuple(cells[column] if column < len(cells) else "" for column in used)
        sheet_rows.append(SheetRow(number, row_texts, links))
    notes = [*notes, *(_number_note(column) for column in numbers)]
    return Sheet(name, tuple(headings[column] for column in used), tuple(sheet_rows), tuple(notes))


def _columns_by_heading(name: str, headings: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, heading in enumerate(headings):
        if heading and columns.setdefault(heading.casefold(), column) != column:
            where = f"{column_letters(columns[heading.casefold()])} and {column_letters(column)}"
            raise SheetError(
                f"{name}: two columns are headed `{heading}`, {where}. Delete one, or rename it."
            )
    return columns


def _row_number_columns(rows: Sequence[tuple[int, Sequence[str]]], used: Sequence[int]) -> list[int]:
    """The columns without a heading that hold nothing but growing numbers, as programs add them: 0, 1, 2 …"""
    filled = {column for _, cells in rows[1:] for column, cell in enumerate(cells) if cell.strip()}
    return [column for column in sorted(filled - set(used)) if _numbers_rows(rows[1:], column)]


def _numbers_rows(rows: Sequence[tuple[int, Sequence[str]]], column: int) -> bool:
    before = -1
    for _, cells in rows:
        text = cells[column].strip() if column < len(cells) else ""
        if not (text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS and int(text) > before):
            return False
        before = int(text)
    return len(rows) > 1 or before in (0, 1)


def _number_note(column: int) -> str:
    return f"Column {column_letters(column)} has no heading and only numbers the rows. It was left out."


def _stray_value(name: str, number: int, column: int, first: int, headings: Sequence[str]) -> SheetError:
    where = f"{name}, row {number}: there is something in column {column_letters(column)}, which has no heading in row {first}."
    if len(headings) == 1:
        return SheetError(
            f"{where} If `{headings[0]}` is a title, delete its row: the first row must hold the headings of the columns."
        )
    return SheetError(
        f"{where} Give the column a heading, empty it, or leave it out with `--ignore {column_letters(column)}`; in a CSV file, put "
        'a text that contains the separator in "quotation marks".'
    )
