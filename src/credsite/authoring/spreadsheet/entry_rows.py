"""Puts together the rows of a sheet that are about one entry, where each holds one block of a list, such as a session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from credsite.authoring.spreadsheet.cells import join_list, normalize_cell, split_list
from credsite.authoring.spreadsheet.columns import Column
from credsite.authoring.spreadsheet.sheet_entries import RefusedRows, SheetEntry, fold_text, identity_of


def merge_rows(
    entries: Sequence[SheetEntry], sheet_headings: Mapping[str, str]
) -> tuple[list[SheetEntry], list[RefusedRows]]:
    """The entries with the rows of each put together, and the rows that contradict each other."""
    groups: dict[tuple[str, ...], list[SheetEntry]] = {}
    for entry in entries:
        groups.setdefault(identity_of(entry) or ("", *map(str, entry.rows)), []).append(entry)
    merged, refused = [], []
    for group in groups.values():
        if conflicts := list(_conflicts(group, sheet_headings)):
            refused += conflicts
            continue
        rows = tuple(row for entry in group for row in entry.rows)
        refused_cells = tuple(one for entry in group for one in entry.refused)
        notes = tuple(dict.fromkeys(note for entry in group for note in entry.notes))
        is_any_time = any(entry.is_any_time for entry in group)
        merged.append(SheetEntry(rows, _merged_cells(group), refused_cells, notes, is_any_time))
    return merged, refused


def _merged_cells(group: Sequence[SheetEntry]) -> dict[Column, str]:
    cells: dict[Column, str] = {}
    for number, entry in enumerate(group):
        for column, cell in entry.cells.items():
            if column.is_block_of_list and column.number is None:
                cells[column.with_number(number)] = cell
            elif column.layout == "many" and cells.get(column):
                cells[column] = join_list(
                    list(dict.fromkeys([*split_list(cells[column]), *split_list(cell)]))
                )
            else:
                cells[column] = cells.get(column) or cell
    return cells


def _conflicts(group: Sequence[SheetEntry], sheet_headings: Mapping[str, str]) -> Iterator[RefusedRows]:
    """The rows of one entry in which a cell differs from an earlier row."""
    first: dict[Column, tuple[str, int]] = {}
    for entry in group:
        for column, cell in entry.cells.items():
            text = fold_text(cell) if column.heading in ("title", "provider") else normalize_cell(cell)
            if not text or column.layout == "many" or (column.is_block_of_list and column.number is None):
                continue
            first_text, row = first.setdefault(column, (text, entry.rows[0]))
            if first_text != text:
                yield RefusedRows(
                    entry.rows,
                    sheet_headings.get(column.heading, column.heading),
                    f"Row {row} is about the same entry, and has another value here. Give both rows the same value, or "
                    "make them two entries: with different titles, or each with its own `slug`.",
                )
