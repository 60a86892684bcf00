"""What an import would do: its result, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from credsite.authoring.spreadsheet.table import RefusedRows


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a cell said, and says now; ``""`` for nothing. Of a list also the values that came and went."""

    heading: str
    old: str
    new: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What becomes of one entry: made where ``old`` is None, unchanged where ``new`` is ``old``."""

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
    """What an import would do. Where a row is ``refused``, nothing is done."""

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
