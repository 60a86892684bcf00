"""A spreadsheet as headings and rows of texts, whatever file it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from credsite.core.errors import CredsiteError
from credsite.problems.suggestions import with_closest_match

MAX_BYTES: Final = 50_000_000
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 2_000
MAX_CELL_LENGTH: Final = 2_000_000
"""Characters: as many as a file of the site usually may have."""

IsKnownHeading = Callable[[str], bool]
"""Whether a heading is one that is understood."""


class SheetError(CredsiteError):
    """A spreadsheet that cannot be read at all."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as the spreadsheet program shows it, and as many cells as there are headings."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``name`` is that of the file. No two headings are the same; rows without any text are left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def column_letters(column: int) -> str:
    """What spreadsheet programs call a column, counted from 0: A, B, … Z, AA, AB …"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def build_sheet(name: str, rows: Sequence[tuple[int, Sequence[str]]]) -> Sheet:
    """The sheet with its headings in the first of ``rows``, which are numbered and hold some text each."""
    if not rows:
        raise SheetError(f"{name} is empty. Its first row must hold the headings of the columns.")
    first, texts = rows[0]
    headings = [heading.strip() for heading in texts]
    while headings and not headings[-1]:
        headings.pop()
    seen: dict[str, int] = {}
    for column, heading in enumerate(headings):
        if heading and seen.setdefault(heading.casefold(), column) != column:
            where = f"{column_letters(seen[heading.casefold()])} and {column_letters(column)}"
            raise SheetError(
                f"{name}: two columns are headed `{heading}`, {where}. Delete one, or rename it."
            )
    kept = [column for column, heading in enumerate(headings) if heading]
    found = []
    for number, cells in rows[1:]:
        stray = next(
            (column for column, cell in enumerate(cells) if cell.strip() and column not in seen.values()),
            None,
        )
        if stray is not None:
            raise SheetError(
                f"{name}, row {number}: there is something in column {column_letters(stray)}, which has no heading in row {first}. "
                "Give the column a heading, or empty it; in a CSV file, put a text that holds the separator between "
                '"quotation marks".'
            )
        found.append(SheetRow(number, tuple(cells[column] if column < len(cells) else "" for column in kept)))
    return Sheet(name, tuple(headings[column] for column in kept), tuple(found))


def choose_sheet(name: str, filled: Sequence[str], others: Sequence[str], wanted: str | None) -> str:
    """Which sheet of a workbook is read: the one that is ``wanted``, or the only visible one with something in it."""
    known = [*filled, *others]
    if wanted is not None:
        found = next((one for one in known if one.casefold() == wanted.casefold()), None)
        if found is None:
            message = f"{name} has no sheet `{wanted}`."
            raise SheetError(with_closest_match(message, wanted, known, f"There are: {', '.join(known)}."))
        return found
    if len(filled) == 1:
        return filled[0]
    if not filled:
        raise SheetError(f"{name} has no visible sheet with anything in it.")
    raise SheetError(
        f"{name} has several sheets: {', '.join(filled)}. Say which one, such as `--sheet {_quoted(filled[0])}`."
    )


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
