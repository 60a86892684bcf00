"""A sheet as entries: its headings matched with columns, a mapping applied, and the rows of one entry merged."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final

from credsite.authoring.spreadsheet.cells import (
    HYPERLINK,
    CellError,
    is_same_address,
    looks_like_address,
    normalize_heading,
    split_blocks,
    split_short_words,
    unescape_cell,
)
from credsite.authoring.spreadsheet.columns import REASON_HEADING, Column, Columns, is_line_form
from credsite.authoring.spreadsheet.entry_rows import merge_rows
from credsite.authoring.spreadsheet.headings import check_headings, find_column
from credsite.authoring.spreadsheet.mapping import SheetMapping
from credsite.authoring.spreadsheet.sheet_entries import EntryTable, RefusedRows, SheetEntry
from credsite.authoring.spreadsheet.sheets import NumberText, Sheet, SheetError, SheetRow
from credsite.authoring.spreadsheet.undated_sessions import (
    has_dated_session,
    is_yes,
    without_undated_sessions,
)
from credsite.core.text import pluralize
from credsite.schema.introspection import SETTING_KEYS
from credsite.schema.models.price import Price
from credsite.schema.vocabularies import SELF_PACED

_THREE_DECIMALS: Final = re.compile(r"(?<![\d.])\d+\.\d{3}(?!\d)")
_NUMBER_WITH_WORDS: Final = re.compile(r"^[^\d%]*?(-?\d+(?:\.\d+)?)(?! (?:thousand|million))[^\d%]*$")
_CellSource = Callable[[Mapping[str, str]], str]
"""Returns a cell from the texts of a row, which are given by their normalized headings."""


def build_table(
    sheet: Sheet, columns: Columns, mapping: SheetMapping, fixed: Mapping[str, str]
) -> EntryTable:
    """The entries in ``sheet``. ``fixed`` has values for cells that are empty or missing, by the names of their columns.

    Raises SheetError for unknown headings, and for two columns with the same meaning.
    """
    check_headings(sheet, columns, mapping)
    sources, sheet_headings = _cell_sources(sheet, columns, mapping)
    constants = {
        find_column(columns, name, "--set"): value for name, value in {**mapping.fixed, **fixed}.items()
    }
    has_row_per_block = _has_row_per_block(sheet.name, [*sources, *constants], sheet_headings)
    entries = [_entry(sheet, row, mapping, sources, constants, sheet_headings) for row in sheet.rows]
    refused: list[RefusedRows] = []
    if has_row_per_block:
        entries, refused = merge_rows(entries, sheet_headings)
    entries = [_with_pace(entry, columns) for entry in entries]
    notes = (
        *sheet.notes,
        *_unused_links(sheet, columns, mapping, sources),
        *_comma_lists(entries, sheet_headings),
    )
    return EntryTable(tuple(entries), tuple(refused), sheet_headings, notes)


def _has_row_per_block(name: str, used: Collection[Column], sheet_headings: Mapping[str, str]) -> bool:
    """Whether each block of a list, such as a session, has a row of its own. SheetError if only some have."""
    row_per_block = {column.key[0] for column in used if column.is_block_of_list and column.number is None}
    for column in used:
        if column.number is not None and column.key[0] in row_per_block:
            heading = sheet_headings.get(column.heading, column.heading)
            raise SheetError(
                f"{name} has columns with a number (`{heading}`) and others without one for `{column.key[0]}`. Use one "
                "way: numbers in one row, or one row for each."
            )
    return bool(row_per_block)


def _entry(
    sheet: Sheet,
    row: SheetRow,
    mapping: SheetMapping,
    sources: Mapping[Column, _CellSource],
    constants: Mapping[Column, str],
    sheet_headings: Mapping[str, str],
) -> SheetEntry:
    texts, links, refused = _row_texts(sheet, row, mapping)
    cells: dict[Column, str] = {}
    for column, source in sources.items():
        cells[column] = source(_numbers_for(column, texts))
        if not links or not column.shape.format:
            continue
        address = source(texts | links)
        if address == cells[column]:
            continue
        if looks_like_address(cells[column]) and not is_same_address(cells[column], address):
            message = f"The cell shows `{cells[column]}`, and leads to `{address}`. Write the right one, and remove the link."
            refused.append(RefusedRows((row.number,), sheet_headings.get(column.heading, ""), message))
        cells[column] = (
            address.removeprefix("mailto:").split("?")[0] if column.shape.format == "email" else address
        )
    for column, value in constants.items():
        if not cells.get(column, "").strip():
            cells[column] = value
    flag = texts.get(normalize_heading(mapping.flexible_start), "") if mapping.flexible_start else ""
    dated = without_undated_sessions(cells, is_flexible=is_yes(flag))
    return SheetEntry((row.number,), dated.cells, tuple(refused), dated.notes, dated.is_any_time)


def _numbers_for(column: Column, texts: Mapping[str, str]) -> Mapping[str, str]:
    """``texts`` with the numbers of a workbook as a column needs them: `3 ECTS` is the number of credits 3."""
    if column.shape.type is Price or column.shape.is_money:
        # In an amount, three digits behind a point may be thousands; four are always decimals.
        pattern, replacement = _THREE_DECIMALS, r"\g<0>0"
    elif column.shape.type in (int, Decimal) and column.key[0] not in ("price", "prices"):
        pattern, replacement = _NUMBER_WITH_WORDS, r"\1"
    else:
        return texts
    return {
        name: pattern.sub(replacement, text) if isinstance(text, NumberText) else text
        for name, text in texts.items()
    }


def _with_pace(entry: SheetEntry, columns: Columns) -> SheetEntry:
    """An entry that starts at any time, and has no session and no pace, is self-paced."""
    pace = columns.find("pace")
    if not entry.is_any_time or pace is None or entry.cell("pace") or has_dated_session(entry.cells):
        return entry
    self_paced = columns.schema.id_with_meaning("pace", SELF_PACED)
    if not self_paced:  # the site has no word for it
        return entry
    note = f"So that pages say so, it was imported with `pace: {self_paced}`."
    return replace(entry, cells={**entry.cells, pace: self_paced}, notes=(*entry.notes, note))


def _cell_sources(
    sheet: Sheet, columns: Columns, mapping: SheetMapping
) -> tuple[dict[Column, _CellSource], dict[str, str]]:
    """For each column that the sheet has: the source of its cells, and the sheet's heading for it."""
    headings: dict[str, str] = {}
    for heading in sheet.headings:
        if headings.setdefault(normalize_heading(heading), heading) != heading:
            raise _same_meaning(sheet, headings[normalize_heading(heading)], heading)
    sources: dict[Column, _CellSource] = {}
    sheet_headings: dict[str, str] = {}
    for name, source in mapping.columns.items():
        names = [normalize_heading(heading) for heading in source.headings()]
        used = [headings[name] for name in names if name in headings]
        if used:
            column = find_column(columns, name, "the mapping")
            sources[column] = source.value
            sheet_headings[column.heading] = used[0]
    mapped = mapping.source_headings | mapping.ignored
    for name, heading in headings.items():
        own_column = columns.find(heading)
        if own_column is None or name in mapped:
            continue
        if own_column in sources:
            raise _same_meaning(sheet, sheet_headings[own_column.heading], heading)
        sources[own_column] = partial(_cell, name)
        sheet_headings[own_column.heading] = heading
    if not sources:
        raise SheetError(
            f"{sheet.name} has none of the known columns. `credsite import --template` lists them."
        )
    return sources, sheet_headings


def _cell(name: str, texts: Mapping[str, str]) -> str:
    return texts.get(name, "")


def _same_meaning(sheet: Sheet, one: str, other: str) -> SheetError:
    return SheetError(f"{sheet.name}: the columns `{one}` and `{other}` mean the same. Delete one.")


def _row_texts(
    sheet: Sheet, row: SheetRow, mapping: SheetMapping
) -> tuple[dict[str, str], dict[str, str], list[RefusedRows]]:
    """The cells of a row by their normalized headings, the addresses behind them, and what is wrong with them."""
    texts, links, refused = {}, {}, []
    for index, (heading, cell) in enumerate(zip(sheet.headings, row.cells, strict=True)):
        name = normalize_heading(heading)
        if name == REASON_HEADING or name in mapping.ignored:
            continue
        if index in row.links:
            links[name] = row.links[index]
        elif cell.startswith("=") and (match := HYPERLINK.fullmatch(cell)) and match["address"]:
            links[name] = match["address"].replace('""', '"')
            cell = (match["words"] or "").replace('""', '"') or links[name]
        try:
            texts[name] = unescape_cell(cell) if cell else cell
        except CellError as error:
            refused.append(RefusedRows((row.number,), heading, error.message, error.suggestion))
    return texts, links, refused


def _unused_links(
    sheet: Sheet, columns: Columns, mapping: SheetMapping, sources: Mapping[Column, _CellSource]
) -> Iterator[str]:
    """What to say of addresses behind cells of columns that hold no addresses."""
    used = {name for column in sources if column.shape.format for name in _source_names(column, mapping)}
    for index, heading in enumerate(sheet.headings):
        name = normalize_heading(heading)
        own = columns.find(heading)
        if name in used or name in mapping.ignored or (own is not None and own.shape.format):
            continue
        rows = [
            row
            for row in sheet.rows
            if index in row.links and not is_same_address(row.cells[index], row.links[index])
        ]
        if rows:
            yield (
                f"Column `{heading}`: {pluralize(len(rows), 'cell')} with an address behind the words, such as "
                f"{rows[0].links[index]} in row {rows[0].number}. The addresses were not imported. If they belong to the entries, "
                "copy them into a column for addresses, such as `enrol_url`."
            )


def _comma_lists(entries: Sequence[SheetEntry], sheet_headings: Mapping[str, str]) -> Iterator[str]:
    """What to say of cells such as ``baking, kneading`` that are one item of a list of free words, and may be meant as two.

    An id that does not exist, or a value that is none of those that can be chosen, is refused later.
    """
    found: dict[str, list[tuple[SheetEntry, list[str]]]] = {}
    for entry in entries:
        for column, cell in entry.cells.items():
            shape = column.shape
            is_free = column.layout != "one" and not (
                shape.choices or shape.reference or is_line_form(column)
            )
            if is_free and "," in cell and column.key_path[-1] not in SETTING_KEYS:
                items = [" | ".join(block) for block in split_blocks(cell)]
                if len(items) == 1 and (words := split_short_words(items[0])):
                    found.setdefault(column.heading, []).append((entry, words))
    for heading, cells in found.items():
        entry, words = cells[0]
        yield (
            f"Column `{sheet_headings.get(heading, heading)}`: {pluralize(len(cells), 'cell')} with commas, such as "
            f"`{entry.cell(heading)}` in row {entry.rows[0]}, is read as one item. If it is a list, separate its items with "
            f"semicolons: `{'; '.join(words)}`."
        )


def _source_names(column: Column, mapping: SheetMapping) -> list[str]:
    source = mapping.columns.get(column.heading)
    return [normalize_heading(heading) for heading in source.headings()] if source else []
