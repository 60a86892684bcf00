"""Works out what an import would do, row by row, with everything that is wrong. Nothing is written here.

The files that it would write are checked as a build would: each by itself, and all of them together with the site's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Literal

from pydantic import ValidationError

from credsite.authoring.slugs import is_slug
from credsite.authoring.spreadsheet.cells import (
    CellError,
    SheetConventions,
    normalize_cell,
    split_list,
    split_wrong_list,
)
from credsite.authoring.spreadsheet.columns import (
    SLUG_HEADING,
    TEXT_HEADING,
    Column,
    Columns,
    cells_of,
    columns_of,
)
from credsite.authoring.spreadsheet.date_orders import with_column_orders
from credsite.authoring.spreadsheet.document_writer import new_document
from credsite.authoring.spreadsheet.front_matter_update import RewriteError, update_front_matter
from credsite.authoring.spreadsheet.headings import complete_kinds
from credsite.authoring.spreadsheet.import_target import EntryMatcher, ImportTarget
from credsite.authoring.spreadsheet.row_merge import RowMerger
from credsite.authoring.spreadsheet.sheet_entries import EntryTable, RefusedError, RefusedRows, SheetEntry
from credsite.catalogue import checks
from credsite.content.discovery import SourceFile
from credsite.content.parser import parse
from credsite.content.record_builder import record_of
from credsite.content.records import Record
from credsite.content.source_folders import CONTENT
from credsite.content.storage import summary_from_text, summary_to_text
from credsite.core.parallel import parallel_map
from credsite.problems.codes import with_severities
from credsite.problems.faults import fault_message, fault_problem
from credsite.problems.model import KeyPath, Problem, Severity
from credsite.schema.front_matter import RawFrontMatter, parse_document
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.site_schema import SiteSchema
from credsite.schema.validation import WITHOUT_COMMAS, validation_problems

_MAX_SUGGESTED: Final = 2_000
"""How many characters a cell has for which another way to write it is suggested."""
_QUOTED_NAME: Final = re.compile(r"`([^`\"\n]+)`")


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
    path: str
    old: bytes | None
    new: bytes
    cells: tuple[CellChange, ...] = ()
    note: str = ""

    @property
    def action(self) -> Literal["create", "change", "none"]:
        return "create" if self.old is None else "change" if self.new != self.old else "none"


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. If any rows are ``refused``, nothing is written."""

    changes: tuple[EntryChange, ...]
    refused: tuple[RefusedRows, ...]
    notes: tuple[str, ...] = ()
    """What is in the sheet and is not imported."""


def plan_import(
    table: EntryTable, kind: Kind, target: ImportTarget, conventions: SheetConventions, *, draft: bool = False
) -> ImportPlan:
    """What importing ``table`` as entries of ``kind`` would do. ``draft`` makes new entries drafts."""
    refused = list(table.refused)
    conventions = with_column_orders(conventions, table.entries)
    planner = _Planner(table, kind, target, conventions, draft=draft)
    changes: list[EntryChange] = []
    for entry in table.entries:
        try:
            changes.append(planner.change(entry))
        except RefusedError as error:
            refused += error.refused
        except Exception as error:  # noqa: BLE001 - all other rows can still be checked
            refused.append(RefusedRows(entry.rows, "", fault_message(error)))
    refused += planner.check_files()
    refused += planner.check_together()
    refused = list(dict.fromkeys(refused))
    if refused and not changes:
        keys = {column.key[0] for entry in table.entries for column in entry.cells} - {
            SLUG_HEADING,
            TEXT_HEADING,
        }
        if advice := complete_kinds(keys, kind, target.settings.site_schema):
            refused.append(RefusedRows((), "", advice))
    refused.sort(key=lambda one: one.rows)
    refused_rows = {row for one in refused for row in one.rows}
    accepted = [change for change in changes if refused_rows.isdisjoint(change.rows)]
    return ImportPlan(tuple(accepted), tuple(refused), table.notes)


class _Planner:
    def __init__(
        self,
        table: EntryTable,
        kind: Kind,
        target: ImportTarget,
        conventions: SheetConventions,
        *,
        draft: bool,
    ) -> None:
        self._table = table
        self._kind = kind
        self._target = target
        self._conventions = conventions
        self._draft = draft
        self._matcher = EntryMatcher(table, kind, target)
        self._columns = columns_of(kind, target.settings.site_schema)
        self._model = self._columns.model
        self._context = {"currency": target.settings.currency or ""}
        self._entries = {entry.rows: entry for entry in table.entries}
        self._files: list[tuple[tuple[int, ...], bytes, SourceFile]] = []
        """The rows of the sheet, and what would be written for them."""
        self._unreadable: dict[str, set[str]] = {}
        """By the path of each refused entry: the headings of its cells that cannot be read."""
        self._new_records: dict[str, Record] = {}

    def change(self, entry: SheetEntry) -> EntryChange:
        """What the sheet changes in one entry. Raises RefusedError with everything that is wrong with its rows."""
        try:
            record = self._matcher.find(entry)
            change = self._create(entry) if record is None else self._update(entry, record)
        except RefusedError as error:
            # A value that is in an unreadable cell is not missing as well.
            unreadable = {one.heading for one in entry.refused}
            others = [one for one in error.refused if one.heading not in unreadable]
            raise RefusedError([*entry.refused, *others]) from None
        if entry.refused:
            raise RefusedError(entry.refused)
        return replace(change, note=" ".join(filter(None, [*entry.notes, change.note])))

    def _create(self, entry: SheetEntry) -> EntryChange:
        values, wrong = self._merger(entry).merge_into({}, self._columns)
        if self._draft:
            values["draft"] = "true"
        slug = self._matcher.new_slug(entry)
        path = f"{CONTENT}/{KINDS[self._kind].folder}/{slug}.md"
        source = SourceFile(path, self._kind, slug, self._target.settings.language)
        try:
            self._validate(entry, values, path, wrong)
        except RefusedError:
            self._check_partly(entry, values, source, wrong)
            raise
        data = new_document(values, self._columns, normalize_cell(entry.cell(TEXT_HEADING))).encode()
        if parse_document(data).values != values:
            message = "The values cannot be written as front matter. Change them in the file itself."
            raise self._table.error(entry.rows, message)
        self._files.append((entry.rows, data, source))
        return EntryChange(entry.rows, path, None, data)

    def _update(self, entry: SheetEntry, record: Record) -> EntryChange:
        path = record.path
        data = self._target.read_bytes(path)
        try:
            document = parse_document(data)
        except UnicodeDecodeError:
            raise self._table.error(entry.rows, f"{path} has just been changed. Import again.") from None
        old = document.values
        new, wrong = self._merger(entry).merge_into(old, self._columns)
        source = SourceFile(path, self._kind, record.slug, record.language)
        try:
            if wrong:
                self._validate(entry, new, path, wrong)
            if new != old:
                new = self._without_equal_values(entry, old, new, path)
        except RefusedError:
            self._check_partly(entry, new, source, wrong)
            raise
        note = _text_note(entry, document.body)
        if new == old:
            return EntryChange(entry.rows, path, data, data, note=note)
        try:
            changed = update_front_matter(data, old, new, self._columns)
        except RewriteError as error:
            message = f"{path} cannot be changed from here. {error} Change it in the file itself."
            raise self._table.error(entry.rows, message) from None
        self._files.append((entry.rows, changed, source))
        cells = _cell_changes(old, new, self._columns)
        return EntryChange(entry.rows, path, data, changed, cells, note)

    def _check_partly(
        self, entry: SheetEntry, values: RawFrontMatter, source: SourceFile, wrong: Mapping[Column, CellError]
    ) -> None:
        """Let :meth:`check_files` find what else is wrong with a refused entry, such as ids that do not exist."""
        data = new_document(values, self._columns, "").encode()
        if parse_document(data).values == values:
            headings = {self._table.heading(column.key_path) for column in wrong}
            self._unreadable[source.path] = headings | {one.heading for one in entry.refused}
            self._files.append((entry.rows, data, source))

    def _merger(self, entry: SheetEntry) -> RowMerger:
        return RowMerger(entry.cells, self._conventions, self._matcher.resolve_id)

    def _without_equal_values(
        self, entry: SheetEntry, old: RawFrontMatter, new: RawFrontMatter, path: str
    ) -> RawFrontMatter:
        """``new`` with the old spelling of values that are only written differently, such as 495.00 for 495."""
        new_fields = self._validate(entry, new, path)
        try:
            old_fields = self._model.model_validate(old, context=self._context)
        except ValidationError as error:  # somebody has just changed the file
            raise self._table.error(entry.rows, f"{path} has mistakes. Fix them first.") from error
        names = {field.alias or name: name for name, field in self._model.model_fields.items()}
        result: RawFrontMatter = {}
        for key in {**old, **new}:
            is_equal = getattr(old_fields, names[key]) == getattr(new_fields, names[key])
            source = old if is_equal else new
            if key in source:
                result[key] = source[key]
        return result

    def _validate(
        self, entry: SheetEntry, values: RawFrontMatter, path: str, wrong: Mapping[Column, CellError] = {}
    ) -> Any:
        """The model with ``values``. Raises RefusedError if they are not valid, or if there are ``wrong`` cells."""
        refused = [
            self._table.refuse(entry.rows, error.message, column.key_path, error.suggestion)
            for column, error in wrong.items()
        ]
        try:
            fields = self._model.model_validate(values, context=self._context)
        except ValidationError as error:
            unread_keys = {column.key[0] for column in wrong}
            refused += [
                self._as_refusal(entry.rows, problem)
                for problem in validation_problems(error, self._model, path)
                if problem.location.key[:1][0] not in unread_keys
            ]
            raise RefusedError(refused) from None
        if refused:
            raise RefusedError(refused)
        return fields

    def check_files(self) -> Iterator[RefusedRows]:
        """The mistakes within each of the files. If there are many files, several processes read them."""
        texts = parallel_map(
            (
                partial(
                    _summary,
                    max_size=self._target.settings.max_file_size,
                    currency=self._target.settings.currency or "",
                    schema=self._target.settings.site_schema,
                ),
            ),
            [(data, source) for _, data, source in self._files],
            self._target.jobs,
            name_of=lambda file: file[1].path,
        )
        for (rows, _, source), text in zip(self._files, texts, strict=True):
            record, problems = summary_from_text(text)
            errors = [self._as_refusal(rows, problem) for problem in self._errors(problems)]
            unreadable = self._unreadable.get(source.path)
            # A value that could not be read is not missing as well.
            yield from (
                one for one in errors if not unreadable or not one.heading or one.heading not in unreadable
            )
            if record is not None and (not errors or unreadable is not None):
                self._new_records[source.path] = record

    def check_together(self) -> Iterator[RefusedRows]:
        """The mistakes between entries that the import would cause. Call :meth:`check_files` before it."""
        if not self._new_records:
            return
        rows_of = {source.path: rows for rows, _, source in self._files if source.path in self._new_records}
        before, _ = checks.without_duplicates(self._target.loaded.records)
        after = [self._new_records.get(record.path, record) for record in before]
        old_paths = {record.path for record in before}
        after += [record for path, record in self._new_records.items() if path not in old_paths]
        # The suggestion in a message may change with the entries that there are. The mistake is still the same.
        known = {(problem.code, problem.location) for problem in self._cross_entry_errors(before)}
        for problem in self._cross_entry_errors(after):
            rows = rows_of.get(problem.location.path)
            if rows is not None:
                yield self._as_refusal(rows, problem)
            elif (problem.code, problem.location) not in known:
                yield RefusedRows((), "", f"{problem.location.path}: {problem.message}", problem.suggestion)

    def _cross_entry_errors(self, records: Collection[Record]) -> list[Problem]:
        invalid = [(source.kind, source.slug) for source in self._target.loaded.invalid_files]
        return self._errors(
            checks.cross_entry_problems(records, invalid, self._target.vocabularies, self._target.clock)
        )

    def _errors(self, problems: Iterable[Problem]) -> list[Problem]:
        return [
            problem
            for problem in with_severities(problems, self._target.settings.problems)
            if problem.severity is Severity.ERROR
        ]

    def _as_refusal(self, rows: tuple[int, ...], problem: Problem) -> RefusedRows:
        """A problem of a file as the reason why the rows behind it are refused."""
        message, key = problem.message, problem.location.key
        if likely := self._list_with_semicolons(rows, key):
            message = f"{message.removesuffix(WITHOUT_COMMAS)} Separate the values of a list with semicolons."
            return self._table.refuse(rows, message, key, likely, problem.allowed)
        names = [part for part in key if isinstance(part, str)]
        if (
            problem.code == "unknown-id"
            and names
            and "`credsite new " not in message
            and (kind := self._target.settings.site_schema.reference_keys.get(names[-1]))
        ):
            quoted = _QUOTED_NAME.search(message)
            name = quoted[1] if quoted and not is_slug(quoted[1]) else "Its name"
            message += f' Create it with `credsite new {kind} "{name}"`.'
        return self._table.refuse(rows, message, key, problem.suggestion, problem.allowed)

    def _list_with_semicolons(self, rows: tuple[int, ...], key: KeyPath) -> str:
        """The list in the cell at ``key`` as it should be written, if its values are separated in another way; otherwise ""."""
        *path, index = key or ("",)
        entry = self._entries.get(rows)
        if entry is None or not isinstance(index, int):
            return ""
        for column, cell in entry.cells.items():
            if column.layout == "many" and column.key_path == tuple(path) and len(cell) <= _MAX_SUGGESTED:
                items = split_list(cell)
                parts = split_wrong_list(items[index], column.shape.choices) if index < len(items) else []
                return "; ".join([*items[:index], *parts, *items[index + 1 :]]) if parts else ""
        return ""


def _text_note(entry: SheetEntry, body: str) -> str:
    text = normalize_cell(entry.cell(TEXT_HEADING))
    if text and text != normalize_cell(body):
        return "The text of the sheet differs from that of the file, and was not imported. Change it in the file itself."
    return ""


def _cell_changes(old: Mapping[str, Any], new: Mapping[str, Any], columns: Columns) -> tuple[CellChange, ...]:
    before, after = cells_of(old, columns), cells_of(new, columns)
    changes = []
    for heading in {**before, **after}:
        old_cell, new_cell = before.get(heading, ""), after.get(heading, "")
        if old_cell == new_cell:
            continue
        added: list[str] = []
        removed: list[str] = []
        column = columns.find(heading)
        if column is not None and column.layout != "one":
            old_items, new_items = split_list(old_cell), split_list(new_cell)
            before_items, after_items = set(old_items), set(new_items)
            added = [item for item in new_items if item not in before_items]
            removed = [item for item in old_items if item not in after_items]
        changes.append(CellChange(heading, old_cell, new_cell, tuple(added), tuple(removed)))
    return tuple(changes)


def _summary(file: tuple[bytes, SourceFile], max_size: int, currency: str, schema: SiteSchema) -> bytes:
    """The record and the problems of a file as text, which is much faster to send between processes than objects."""
    data, source = file
    try:
        parsed = parse(data, source, max_size, currency, schema)
        entry = parsed.entry or parsed.partial_entry
        return summary_to_text(record_of(entry, schema) if entry else None, parsed.problems)
    except Exception as error:  # noqa: BLE001 - all other files can still be checked
        return summary_to_text(None, (fault_problem(error, source.path),))
