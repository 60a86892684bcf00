"""A sheet in our columns: headings understood, a mapping applied, rows of one entry put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from credsite.authoring.spreadsheet.cells import (
    CellError,
    join_list,
    normalize_cell,
    split_list,
    unescape_cell,
)
from credsite.authoring.spreadsheet.columns import (
    REASON_HEADING,
    SLUG_HEADING,
    Column,
    Columns,
    normalize_heading,
)
from credsite.authoring.spreadsheet.mapping import SheetMapping
from credsite.authoring.spreadsheet.sheets import Sheet, SheetError, SheetRow
from credsite.problems.suggestions import closest_match, with_suggestion

_Give = Callable[[Mapping[str, str]], str]
"""Gives a cell from the texts of a row, by the normal forms of their headings."""


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """Why rows are refused. ``heading`` is what the sheet calls the column, ``""`` for the row as a whole."""

    rows: tuple[int, ...]
    heading: str
    message: str
    suggestion: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """What the sheet says of one entry: cells by columns, the rows that they come from, and what is wrong with these."""

    rows: tuple[int, ...]
    cells: Mapping[Column, str]
    refused: tuple[RefusedRows, ...] = ()

    def cell(self, heading: str) -> str:
        return next((cell.strip() for column, cell in self.cells.items() if column.heading == heading), "")


@dataclass(frozen=True, slots=True)
class EntryTable:
    """``told`` is what the sheet calls each of our headings."""

    name: str
    entries: tuple[SheetEntry, ...]
    refused: tuple[RefusedRows, ...]
    sheet_headings: Mapping[str, str]

    def heading(self, key: Sequence[str | int]) -> str:
        """What the sheet calls the column of a key path such as ``("sessions", 0, "starts")``; ``""`` if it has none."""
        parts = [str(part + 1) if isinstance(part, int) else part for part in key]
        while parts:
            if (found := self.sheet_headings.get(" ".join(parts))) is not None:
                return found
            # One row for each session: its columns have no numbers.
            bare = " ".join(part for part in parts if not part.isdigit())
            if (found := self.sheet_headings.get(bare)) is not None:
                return found
            parts.pop()
        return ""


def build_table(sheet: Sheet, columns: Columns, rules: SheetMapping, fixed: Mapping[str, str]) -> EntryTable:
    """The table in ``sheet``. ``fixed`` are values for cells that are empty or missing, by the names of their columns.

    Raises SheetError for headings that are not known, and for two columns that say the same.
    """
    _check_headings(sheet, columns, rules)
    sources, told = _sources(sheet, columns, rules)
    constant = {_column(columns, name, "--set"): value for name, value in {**rules.fixed, **fixed}.items()}
    rowwise = {
        column.key[0] for column in (*sources, *constant) if column.is_block_of_list and column.number is None
    }
    for column in (*sources, *constant):
        if column.number is not None and column.key[0] in rowwise:
            raise SheetError(
                f"{sheet.name} has columns with a number (`{told.get(column.heading, column.heading)}`) and others without one "
                f"for `{column.key[0]}`. Use one way: numbers in one row, or one row for each."
            )
    refused: list[RefusedRows] = []
    records = []
    for row in sheet.rows:
        texts, wrong = _texts(sheet, row, rules)
        cells = {column: source(texts) for column, source in sources.items()}
        for column, value in constant.items():
            if not cells.get(column, "").strip():
                cells[column] = value
        records.append(SheetEntry((row.number,), cells, tuple(wrong)))
    if rowwise:
        records, disagreeing = _together(records, told)
        refused += disagreeing
    return EntryTable(sheet.name, tuple(records), tuple(refused), told)


class _Direct:
    """A column of the sheet that is one of ours."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, texts: Mapping[str, str]) -> str:
        return texts.get(self._name, "")


def _sources(
    sheet: Sheet, columns: Columns, rules: SheetMapping
) -> tuple[dict[Column, _Give], dict[str, str]]:
    """For each of our columns that the sheet has: what gives its cells, and what the sheet calls it."""
    headings: dict[str, str] = {}
    for heading in sheet.headings:
        if headings.setdefault(normalize_heading(heading), heading) != heading:
            raise _same(sheet, headings[normalize_heading(heading)], heading)
    sources: dict[Column, _Give] = {}
    told: dict[str, str] = {}
    for name, source in rules.columns.items():
        found = [
            headings[normalize_heading(heading)]
            for heading in source.headings()
            if normalize_heading(heading) in headings
        ]
        if found:
            column = _column(columns, name, "the mapping")
            sources[column] = source.value
            told[column.heading] = found[0]
    mapped = rules.source_headings() | rules.ignored
    for name, heading in headings.items():
        column_or_none = columns.find(heading)
        if column_or_none is None or name in mapped:
            continue
        if column_or_none in sources:
            raise _same(sheet, told[column_or_none.heading], heading)
        sources[column_or_none] = _Direct(name)
        told[column_or_none.heading] = heading
    if not sources:
        raise SheetError(
            f"{sheet.name} has none of the columns that are known. `credsite import --template` lists them."
        )
    return sources, told


def _same(sheet: Sheet, one: str, other: str) -> SheetError:
    return SheetError(f"{sheet.name}: the columns `{one}` and `{other}` say the same. Delete one.")


def _column(columns: Columns, name: str, where: str) -> Column:
    column = columns.find(name)
    if column is None:
        raise SheetError(
            _with_heading(f"{where} names the column `{name}`, which there is not.", name, columns)
        )
    return column


def _check_headings(sheet: Sheet, columns: Columns, rules: SheetMapping) -> None:
    unknown = [
        heading
        for heading in sheet.headings
        if columns.find(heading) is None
        and not rules.handles(heading)
        and normalize_heading(heading) != REASON_HEADING
    ]
    if unknown:
        lines = [
            _with_heading(f"`{heading}` is not a known column.", heading, columns) for heading in unknown
        ]
        advice = (
            "Rename or delete such columns, or say in a mapping file what they are: `credsite import --template` lists the "
            "columns that there are."
        )
        raise SheetError("\n".join([f"{sheet.name}: nothing was imported.", *lines, advice]))


def _with_heading(message: str, heading: str, columns: Columns) -> str:
    """``message`` with the heading that was probably meant by an unknown one."""
    names = {normalize_heading(column.heading): column.heading for column in columns.all}
    return with_suggestion(message, names.get(closest_match(normalize_heading(heading), names), ""))


def _texts(sheet: Sheet, row: SheetRow, rules: SheetMapping) -> tuple[dict[str, str], list[RefusedRows]]:
    """The cells of a row by their headings' normal form."""
    texts, refused = {}, []
    for heading, cell in zip(sheet.headings, row.cells, strict=True):
        name = normalize_heading(heading)
        if name == REASON_HEADING or name in rules.ignored:
            continue
        try:
            texts[name] = unescape_cell(cell) if cell else cell
        except CellError as error:
            refused.append(RefusedRows((row.number,), heading, error.message, error.suggestion))
    return texts, refused


def identity_of(record: SheetEntry) -> tuple[str, ...]:
    """What tells entries apart: the slug, else the title with its provider; ``()`` where a record has neither."""
    return (slug,) if (slug := record.cell(SLUG_HEADING)) else title_identity(record)


def title_identity(record: SheetEntry) -> tuple[str, ...]:
    """The title with its provider; ``()`` where a record has no title."""
    title = fold_text(record.cell("title"))
    return (title, fold_text(record.cell("provider"))) if title else ()


def fold_text(text: str) -> str:
    return " ".join(text.casefold().split())


def _together(
    records: Sequence[SheetEntry], told: Mapping[str, str]
) -> tuple[list[SheetEntry], list[RefusedRows]]:
    """The records with those of one entry put together, each of which has one block of a list."""
    groups: dict[tuple[str, ...], list[SheetEntry]] = {}
    for record in records:
        groups.setdefault(identity_of(record) or ("", *map(str, record.rows)), []).append(record)
    found, refused = [], []
    for group in groups.values():
        wrong = list(_disagreements(group, told))
        refused += wrong
        if not wrong:
            rows = tuple(row for one in group for row in one.rows)
            found.append(SheetEntry(rows, _merged(group), tuple(bad for one in group for bad in one.refused)))
    return found, refused


def _merged(group: Sequence[SheetEntry]) -> dict[Column, str]:
    cells: dict[Column, str] = {}
    for number, record in enumerate(group):
        for column, cell in record.cells.items():
            if column.is_block_of_list and column.number is None:
                cells[column.with_number(number)] = cell
            elif column.layout == "many" and cells.get(column):
                cells[column] = join_list(
                    list(dict.fromkeys([*split_list(cells[column]), *split_list(cell)]))
                )
            else:
                cells[column] = cells.get(column) or cell
    return cells


def _disagreements(group: Sequence[SheetEntry], told: Mapping[str, str]) -> Iterator[RefusedRows]:
    first: dict[Column, tuple[str, int]] = {}
    for record in group:
        for column, cell in record.cells.items():
            text = fold_text(cell) if column.heading in ("title", "provider") else normalize_cell(cell)
            if not text or column.layout == "many" or (column.is_block_of_list and column.number is None):
                continue
            known, row = first.setdefault(column, (text, record.rows[0]))
            if known != text:
                heading = told.get(column.heading, column.heading)
                yield RefusedRows(
                    record.rows,
                    heading,
                    f"Row {row} is about the same entry, and says something else here. Let them say the same, or give them "
                    "different titles, or each its own `slug`.",
                )
