"""Works out what an import would do, row by row, with everything that is wrong. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from credsite.authoring.documents import RawFrontMatter, parse_document
from credsite.authoring.spreadsheet.cells import SheetConventions, normalize_cell, split_list
from credsite.authoring.spreadsheet.columns import TEXT_HEADING, Columns, cells_of, columns_of
from credsite.authoring.spreadsheet.document_writer import new_document
from credsite.authoring.spreadsheet.front_matter_update import RewriteError, update_front_matter
from credsite.authoring.spreadsheet.import_checks import ImportChecker, problem_as_refusal
from credsite.authoring.spreadsheet.import_target import EntryMatcher, ImportTarget
from credsite.authoring.spreadsheet.plan import CellChange, EntryChange, ImportPlan, RefusedError, RefusedRows
from credsite.authoring.spreadsheet.row_merge import RowMerger, WrongCell
from credsite.authoring.spreadsheet.table import EntryTable, SheetEntry
from credsite.content.discovery import SourceFile
from credsite.content.records import Record
from credsite.content.source_folders import CONTENT
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.models import MODELS
from credsite.schema.validation import validation_problems


def plan_import(
    table: EntryTable, kind: Kind, target: ImportTarget, conventions: SheetConventions, *, draft: bool = False
) -> ImportPlan:
    """What importing ``table`` as entries of ``kind`` would do. ``draft`` makes new entries drafts."""
    planner = _Planner(table, kind, target, conventions, draft=draft)
    changes: list[EntryChange] = []
    refused = list(table.refused)
    for entry in table.entries:
        try:
            changes.append(planner.change(entry))
        except RefusedError as error:
            refused += error.refused
    refused += planner.checker.check_files()
    refused += planner.checker.check_together(changes)
    refused.sort(key=lambda one: one.rows)
    refused_rows = {row for one in refused for row in one.rows}
    accepted = [change for change in changes if refused_rows.isdisjoint(change.rows)]
    return ImportPlan(tuple(accepted), tuple(refused))


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
        self.checker = ImportChecker(table, target)
        self._table = table
        self._kind = kind
        self._target = target
        self._conventions = conventions
        self._draft = draft
        self._matcher = EntryMatcher(table, kind, target)
        self._columns = columns_of(kind)
        self._model = MODELS[kind]

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
        return change

    def _create(self, entry: SheetEntry) -> EntryChange:
        values, wrong = self._merger(entry).merge_into({}, self._columns)
        if self._draft:
            values["draft"] = "true"
        slug = self._matcher.new_slug(entry)
        path = f"{CONTENT}/{KINDS[self._kind].folder}/{slug}.md"
        self._validate(entry, values, path, wrong)
        data = new_document(values, self._columns, normalize_cell(entry.cell(TEXT_HEADING))).encode()
        if parse_document(data).values != values:
            message = "The values cannot be written as front matter. Change them in the file itself."
            raise self._refuse(entry, message)
        self.checker.add(entry.rows, data, SourceFile(path, self._kind, slug, self._target.settings.language))
        return EntryChange(entry.rows, slug, path, None, data)

    def _update(self, entry: SheetEntry, record: Record) -> EntryChange:
        path = record.path
        data = self._target.read_bytes(path)
        try:
            document = parse_document(data)
        except UnicodeDecodeError:
            raise self._refuse(entry, f"{path} has just been changed. Import again.") from None
        old = document.values
        new, wrong = self._merger(entry).merge_into(old, self._columns)
        if wrong:
            self._validate(entry, new, path, wrong)
        note = _text_note(entry, document.body)
        if new != old:
            new = self._without_equal_values(entry, old, new, path)
        if new == old:
            return EntryChange(entry.rows, record.slug, path, data, data, note=note)
        try:
            changed = update_front_matter(data, old, new, self._columns)
        except RewriteError as error:
            message = f"{path} cannot be changed from here. {error} Change it in the file itself."
            raise self._refuse(entry, message) from None
        self.checker.add(entry.rows, changed, SourceFile(path, self._kind, record.slug, record.language))
        cells = _cell_changes(old, new, self._columns)
        return EntryChange(entry.rows, record.slug, path, data, changed, cells, note)

    def _merger(self, entry: SheetEntry) -> RowMerger:
        return RowMerger(entry.cells, self._conventions, self._matcher.resolve_id)

    def _without_equal_values(
        self, entry: SheetEntry, old: RawFrontMatter, new: RawFrontMatter, path: str
    ) -> RawFrontMatter:
        """``new`` with the old spelling of values that are only written differently, such as 495.00 for 495."""
        new_fields = self._validate(entry, new, path)
        try:
            old_fields = self._model.model_validate(old)
        except ValidationError as error:  # somebody has just changed the file
            raise self._refuse(entry, f"{path} has mistakes. Fix them first.") from error
        names = {field.alias or name: name for name, field in self._model.model_fields.items()}
        result: RawFrontMatter = {}
        for key in {**old, **new}:
            is_equal = getattr(old_fields, names[key]) == getattr(new_fields, names[key])
            source = old if is_equal else new
            if key in source:
                result[key] = source[key]
        return result

    def _validate(
        self, entry: SheetEntry, values: RawFrontMatter, path: str, wrong: Sequence[WrongCell] = ()
    ) -> Any:
        """The model with ``values``. Raises RefusedError if they are not valid, or if there are ``wrong`` cells."""
        refused = [self._wrong_cell(entry, cell) for cell in wrong]
        try:
            fields = self._model.model_validate(values)
        except ValidationError as error:
            unread_keys = {cell.column.key[0] for cell in wrong}
            refused += [
                problem_as_refusal(self._table, entry.rows, problem)
                for problem in validation_problems(error, self._model, path)
                if problem.location.key[:1][0] not in unread_keys
            ]
            raise RefusedError(refused) from None
        if refused:
            raise RefusedError(refused)
        return fields

    def _wrong_cell(self, entry: SheetEntry, cell: WrongCell) -> RefusedRows:
        return self._table.refuse(entry.rows, cell.message, cell.column.key_path, cell.suggestion)

    def _refuse(self, entry: SheetEntry, message: str) -> RefusedError:
        return RefusedError([self._table.refuse(entry.rows, message)])


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
            added = [item for item in new_items if item not in old_items]
            removed = [item for item in old_items if item not in new_items]
        changes.append(CellChange(heading, old_cell, new_cell, tuple(added), tuple(removed)))
    return tuple(changes)
