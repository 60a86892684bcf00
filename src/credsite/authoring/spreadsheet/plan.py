"""The result of checking an import: what would change, and which rows are refused. Nothing has been written yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
class CellChange:
    """The old and the new value of a cell; ``""`` for none. For a list also the items that are added and removed."""

    heading: str
    old: str
    new: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What an import does to the file of one entry.

    ``old`` and ``new`` are the bytes of the file before and after it. ``old`` is None for a new file.
    """

    rows: tuple[int, ...]
    slug: str
    path: str
    old: bytes | None
    new: bytes
    cells: tuple[CellChange, ...] = ()
    note: str = ""

    @property
    def is_new(self) -> bool:
        return self.old is None

    @property
    def is_unchanged(self) -> bool:
        return self.new == self.old


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. If any rows are ``refused``, nothing is written."""

    changes: tuple[EntryChange, ...]
    refused: tuple[RefusedRows, ...]

    @property
    def created(self) -> list[EntryChange]:
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self) -> list[EntryChange]:
        return [change for change in self.changes if not change.is_new and not change.is_unchanged]

    @property
    def unchanged(self) -> list[EntryChange]:
        return [change for change in self.changes if change.is_unchanged]
