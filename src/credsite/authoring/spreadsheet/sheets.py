"""A spreadsheet as headings and rows of texts, independent of its file format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from credsite.core.errors import CredsiteError

MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 2_000
MAX_CELL_LENGTH: Final = 2_000_000
"""In characters: the usual limit of a file of the site."""


class SheetError(CredsiteError):
    """A spreadsheet that cannot be read at all."""


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
    """The contents of a sheet. ``name`` is that of its file. The headings are unique, and no row is empty."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]


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


def build_sheet(
    name: str, rows: Sequence[tuple[int, Sequence[str]]], addresses: Mapping[tuple[int, int], str] = {}
) -> Sheet:
    """The sheet with these rows, each with its number. The first has the headings, and none is empty.

    ``addresses`` are those behind cells, by the numbers of row and column.

    Raises SheetError for a heading that occurs twice, and for a value in a column without a heading.
    """
    if not rows:
        raise SheetError(f"{name} is empty. Its first row must hold the headings of the columns.")
    first, texts = rows[0]
    headings = [heading.strip() for heading in texts]
    columns: dict[str, int] = {}
    for column, heading in enumerate(headings):
        if heading and columns.setdefault(heading.casefold(), column) != column:
            where = f"{column_letters(columns[heading.casefold()])} and {column_letters(column)}"
            raise SheetError(
                f"{name}: two columns are headed `{heading}`, {where}. Delete one, or rename it."
            )
    used = list(columns.values())
    sheet_rows = []
    for number, cells in rows[1:]:
        stray = next(
            (column for column, cell in enumerate(cells) if cell.strip() and column not in used), None
        )
        if stray is not None:
            raise SheetError(
                f"{name}, row {number}: there is something in column {column_letters(stray)}, which has no heading in row {first}. "
                "Give the column a heading, or empty it; in a CSV file, put a text that contains the separator in "
                '"quotation marks".'
            )
        links = {
            index: addresses[number, column]
            for index, column in enumerate(used if addresses else ())
            if (number, column) in addresses
        }
        texts = tuple(cells[column] if column < len(cells) else "" for column in used)
        sheet_rows.append(SheetRow(number, texts, links))
    return Sheet(name, tuple(headings[column] for column in used), tuple(sheet_rows))
