"""A spreadsheet as headings and rows of texts, independent of its file format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from credsite.core.errors import CredsiteError
from credsite.core.text import quote_argument
from credsite.problems.suggestions import with_closest_match

MAX_BYTES: Final = 50_000_000
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 2_000
MAX_CELL_LENGTH: Final = 2_000_000
"""In characters: the usual limit of a file of the site."""

IsKnownHeading = Callable[[str], bool]
"""Whether a heading is known."""


class SheetError(CredsiteError):
    """A spreadsheet that cannot be read at all."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as the spreadsheet program shows it, and as many cells as there are headings."""

    number: int
    cells: tuple[str, ...]


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


def build_sheet(name: str, rows: Sequence[tuple[int, Sequence[str]]]) -> Sheet:
    """The sheet with these rows, each with its number. The first has the headings, and none is empty.

    Raises SheetError for a heading that occurs twice, and for a value in a column without a heading.
    """
    if not rows:
        raise SheetError(f"{name} is empty. Its first row must hold the headings of the columns.")
    first, texts = rows[0]
    headings = [heading.strip() for heading in texts]
    while headings and not headings[-1]:
        headings.pop()
    columns: dict[str, int] = {}
    for column, heading in enumerate(headings):
        if heading and columns.setdefault(heading.casefold(), column) != column:
            where = f"{column_letters(columns[heading.casefold()])} and {column_letters(column)}"
            raise SheetError(
                f"{name}: two columns are headed `{heading}`, {where}. Delete one, or rename it."
            )
    used = [column for column, heading in enumerate(headings) if heading]
    sheet_rows = []
    for number, cells in rows[1:]:
        stray = next(
            (column for column, cell in enumerate(cells) if cell.strip() and column not in columns.values()),
            None,
        )
        if stray is not None:
            raise SheetError(
                f"{name}, row {number}: there is something in column {column_letters(stray)}, which has no heading in row {first}. "
                "Give the column a heading, or empty it; in a CSV file, put a text that contains the separator in "
                '"quotation marks".'
            )
        sheet_rows.append(
            SheetRow(number, tuple(cells[column] if column < len(cells) else "" for column in used))
        )
    return Sheet(name, tuple(headings[column] for column in used), tuple(sheet_rows))


def choose_sheet(name: str, filled: Sequence[str], others: Sequence[str], wanted: str | None) -> str:
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
