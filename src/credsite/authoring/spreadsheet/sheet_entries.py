"""The entries of a sheet, and what is wrong with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from credsite.authoring.spreadsheet.columns import SLUG_HEADING, Column
from credsite.core.text import unify_spelling
from credsite.problems.model import KeyPath


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """Why some rows are refused.

    ``heading`` is the sheet's own name of the column, or ``""`` if the mistake is not in one column.
    """

    rows: tuple[int, ...]
    heading: str
    message: str
    suggestion: str = ""
    allowed: tuple[str, ...] = ()


class RefusedError(Exception):
    """Rows that are refused, with all their mistakes."""

    def __init__(self, refused: Iterable[RefusedRows]) -> None:
        super().__init__()
        self.refused = tuple(refused)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One entry of a sheet: the numbers of its rows, its cells by columns, and what is wrong with its cells.

    ``notes`` say what was understood otherwise than it was written.
    """

    rows: tuple[int, ...]
    cells: Mapping[Column, str]
    refused: tuple[RefusedRows, ...] = ()
    notes: tuple[str, ...] = ()
    is_any_time: bool = False
    """Whether a row says that it starts at any time."""

    def cell(self, heading: str) -> str:
        return next((cell.strip() for column, cell in self.cells.items() if column.heading == heading), "")


@dataclass(frozen=True, slots=True)
class EntryTable:
    """The entries of a sheet. ``sheet_headings`` has the sheet's own headings by the headings of credsite's columns."""

    entries: tuple[SheetEntry, ...]
    refused: tuple[RefusedRows, ...]
    sheet_headings: Mapping[str, str]
    notes: tuple[str, ...] = ()
    """What is in the sheet and is not imported, for editors to read."""

    def refuse(
        self,
        rows: tuple[int, ...],
        message: str,
        key: KeyPath = (),
        suggestion: str = "",
        allowed: tuple[str, ...] = (),
    ) -> RefusedRows:
        """Why ``rows`` are refused: because of the value at ``key``, or of the whole row if that is empty."""
        return RefusedRows(rows, self.heading(key), message, suggestion, allowed)

    def error(
        self, rows: tuple[int, ...], message: str, key: KeyPath = (), suggestion: str = ""
    ) -> RefusedError:
        """:meth:`refuse` as an error to raise."""
        return RefusedError([self.refuse(rows, message, key, suggestion)])

    def heading(self, key: KeyPath) -> str:
        """The sheet's heading for a key path such as ``("sessions", 0, "starts")``; ``""`` if it has no such column."""
        parts = [str(part + 1) if isinstance(part, int) else part for part in key]
        while parts:
            # If each session has a row of its own, its columns have no numbers.
            without_numbers = (part for part in parts if not part.isdigit())
            for heading in (" ".join(parts), " ".join(without_numbers)):
                if heading in self.sheet_headings:
                    return self.sheet_headings[heading]
            parts.pop()
        return ""


def identity_of(entry: SheetEntry) -> tuple[str, ...]:
    """What identifies an entry: its slug, or else its title and provider; ``()`` if it has neither."""
    return (slug,) if (slug := entry.cell(SLUG_HEADING)) else title_identity(entry)


def title_identity(entry: SheetEntry) -> tuple[str, ...]:
    """The title and the provider; ``()`` for an entry without a title."""
    title = fold_text(entry.cell("title"))
    return (title, fold_text(entry.cell("provider"))) if title else ()


def fold_text(text: str) -> str:
    """``text`` in the form in which titles are compared: case, white space and kinds of apostrophes do not count."""
    return " ".join(unify_spelling(text).casefold().split())
