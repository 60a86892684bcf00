"""What an import would do, row by row, with everything that is wrong. Nothing is written here.

An entry is known by its slug, or else by its title, with its provider where the sheet names one. So the same sheet,
imported twice, makes nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from pydantic import ValidationError

from credsite.authoring.scaffold import free_slug, slug_from_title
from credsite.authoring.spreadsheet.cells import SheetConventions, normalize_cell, split_list
from credsite.authoring.spreadsheet.columns import SLUG_HEADING, TEXT_HEADING, columns_of
from credsite.authoring.spreadsheet.document_writer import new_document
from credsite.authoring.spreadsheet.front_matter_update import RewriteError, update_front_matter
from credsite.authoring.spreadsheet.plan import CellChange, EntryChange, ImportPlan
from credsite.authoring.spreadsheet.rows import RawFrontMatter, RowMerger, WrongCell, cells_of
from credsite.authoring.spreadsheet.table import (
    EntryTable,
    RefusedRows,
    SheetEntry,
    fold_text,
    identity_of,
    title_identity,
)
from credsite.catalogue import checks
from credsite.catalogue.checks import Vocabularies
from credsite.catalogue.clock import Clock
from credsite.content.discovery import SourceFile
from credsite.content.loader import LoadedEntries
from credsite.content.parser import parse
from credsite.content.records import CourseRecord, PathwayRecord, Record, record_of
from credsite.content.source_folders import CONTENT
from credsite.content.storage import summary_from_text, summary_to_text
from credsite.core.parallel import parallel_map
from credsite.core.text import normalize_text, slugify
from credsite.problems.codes import with_severities
from credsite.problems.model import KeyPath, Problem, Severity
from credsite.schema.config import Config
from credsite.schema.field_types import SLUG_PATTERN
from credsite.schema.front_matter import split_front_matter
from credsite.schema.introspection import REFERENCE_KEYS
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.models import MODELS
from credsite.schema.validation import validation_problems
from credsite.schema.yaml import loader

_LONGEST_SLUG: Final = 100
_ID: Final = re.compile(SLUG_PATTERN)
_NAMED: Final = re.compile(r"`([^`\"\n]+)`")


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """The site that is imported into: its settings, its entries, and ``read``, which gives a file's bytes."""

    settings: Config
    loaded: LoadedEntries
    vocabularies: Vocabularies
    clock: Clock
    read_bytes: Callable[[str], bytes]
    reserved_slugs: Collection[str] = ()
    """Slugs that no new entry can have, beside those of the entries."""
    jobs: int = 1
    """How many processes to use."""


def plan_import(
    table: EntryTable, kind: Kind, site: ImportTarget, habits: SheetConventions, *, draft: bool = False
) -> ImportPlan:
    """What importing ``table`` as entries of ``kind`` would do. ``draft`` makes new entries drafts."""
    planner = _Planner(table, kind, site, habits, draft)
    changes: list[EntryChange] = []
    refused = list(table.refused)
    for record in table.entries:
        try:
            changes.append(planner.change(record))
        except _RefusedError as error:
            refused += error.refused
    refused += planner.check_files()
    refused += planner.between(changes)
    refused.sort(key=lambda one: one.rows)
    bad = {row for one in refused for row in one.rows}
    good = [change for change in changes if bad.isdisjoint(change.rows)]
    return ImportPlan(tuple(good), tuple(refused))


class _RefusedError(Exception):
    def __init__(self, refused: Iterable[RefusedRows]) -> None:
        super().__init__()
        self.refused = tuple(refused)


@dataclass
class _Planner:
    table: EntryTable
    kind: Kind
    site: ImportTarget
    habits: SheetConventions
    draft: bool
    facts: dict[str, Record] = field(default_factory=dict)
    """What is known of entries that are made or changed, by their paths."""
    due: list[tuple[SheetEntry, bytes, SourceFile]] = field(default_factory=list)
    """What would be written, for which records."""
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)
    """The rows of the entries that the sheet had so far, by what tells entries apart."""
    named: dict[tuple[str, ...], int] = field(default_factory=dict)
    """The rows of the titles that the sheet had so far."""

    def __post_init__(self) -> None:
        self.columns = columns_of(self.kind)
        self.known = {facts.slug: facts for facts in self.site.loaded.records if facts.kind is self.kind}
        self.broken = {
            source.slug: source for source in self.site.loaded.invalid_files if source.kind is self.kind
        }
        self.taken = {*self.known, *self.broken, *self.site.reserved_slugs}
        # Also names of files whose entries have another slug.
        self.taken |= {facts.path.rpartition("/")[2].split(".")[0] for facts in self.known.values()}
        self.titles: dict[str, list[Record]] = {}
        for facts in self.known.values():
            self.titles.setdefault(fold_text(facts.title), []).append(facts)
        self.ids = _titles(self.site.loaded.records)
        self.model = MODELS[self.kind]

    def change(self, record: SheetEntry) -> EntryChange:
        """What becomes of a record's entry. Raises _RefusedError with everything that is wrong with it."""
        try:
            change = self._change(record)
        except _RefusedError as error:
            # What is wrong in a cell that could not be read is not missing as well.
            unread = {one.heading for one in record.refused}
            rest = [one for one in error.refused if one.heading not in unread]
            raise _RefusedError([*record.refused, *rest]) from None
        if record.refused:
            raise _RefusedError(record.refused)
        return change

    def _change(self, record: SheetEntry) -> EntryChange:
        facts = self._existing(record)
        self._check_once(record, (facts.slug,) if facts is not None else identity_of(record))
        name = title_identity(record)
        if name and not record.cell(SLUG_HEADING) and self.named.get(name, record.rows[0]) != record.rows[0]:
            raise self._refused(record, _again(self.named[name]))
        self.named.setdefault(name, record.rows[0])
        row = RowMerger(record.cells, self.habits, self._resolved)
        return self._made(record, row) if facts is None else self._changed(record, row, facts)

    def _existing(self, record: SheetEntry) -> Record | None:
        """The entry that a record is about; None for a new one."""
        slug = record.cell(SLUG_HEADING)
        if slug:
            if slug in self.known:
                return self.known[slug]
            if slug in self.broken:
                path = self.broken[slug].path
                message = f"{path} has mistakes. `credsite check` says where. Mend them first."
                raise self._refused(record, message, SLUG_HEADING)
            if not _ID.fullmatch(slug) or len(slug) > _LONGEST_SLUG:
                message = f"`{slug}` cannot be a slug: write a to z, 0 to 9, and hyphens between them only."
                raise self._refused(record, message, SLUG_HEADING, slugify(slug)[:_LONGEST_SLUG].strip("-"))
            return None
        found = self.titles.get(fold_text(record.cell("title")), [])
        if found and (provider := record.cell("provider")):
            provider = self._resolved("provider", provider)
            found = [facts for facts in found if _provider(facts) in (None, provider)]
        if len(found) > 1:
            slugs = ", ".join(facts.slug for facts in found)
            message = f"Several entries have this title: {slugs}. Say which one in a column `slug`."
            raise self._refused(record, message, "title")
        return found[0] if found else None

    def _check_once(self, record: SheetEntry, name: tuple[str, ...]) -> None:
        row = self.seen.setdefault(name, record.rows[0]) if name else record.rows[0]
        if row != record.rows[0]:
            raise self._refused(record, _again(row))

    def _made(self, record: SheetEntry, row: RowMerger) -> EntryChange:
        values, wrong = row.merge_into({}, self.columns)
        if self.draft:
            values["draft"] = "true"
        slug = record.cell(SLUG_HEADING)
        if not slug:
            slug = slug_from_title(record.cell("title"))
            if not slug and record.cell("title"):
                message = "An address needs the letters a to z, and the title has too few of them. Give one in a column `slug`."
                raise self._refused(record, message, "title")
            if slug in self.broken:
                message = f"{self.broken[slug].path} may be this entry, and has mistakes. `credsite check` says where. Mend them first."
                raise self._refused(record, message, "title")
            slug = free_slug(slug or "entry", self.taken)
            self._check_once(record, (slug,))
        elif slug in self.taken:
            message = f"`{slug}` is taken: it is the name of a file or a page. Choose another."
            raise self._refused(record, message, SLUG_HEADING, free_slug(slug, self.taken))
        self.taken.add(slug)
        path = f"{CONTENT}/{KINDS[self.kind].folder}/{slug}.md"
        self._check_values(record, values, path, wrong)
        data = new_document(values, self.columns, normalize_cell(record.cell(TEXT_HEADING))).encode()
        found, _ = loader.load_yaml(split_front_matter(normalize_text(data.decode())).yaml, path)
        if found != values:
            message = "The values cannot be written as front matter. Change them in the file itself."
            raise self._refused(record, message)
        self._check(record, data, SourceFile(path, self.kind, slug, self.site.settings.language))
        return EntryChange(record.rows, slug, path, None, data)

    def _changed(self, record: SheetEntry, row: RowMerger, facts: Record) -> EntryChange:
        data = self.site.read_bytes(facts.path)
        try:
            parts = split_front_matter(normalize_text(data.decode()))
        except UnicodeDecodeError:
            raise self._refused(record, f"{facts.path} has just been changed. Import again.") from None
        loaded, _ = loader.load_yaml(parts.yaml, facts.path)
        old: RawFrontMatter = loaded if isinstance(loaded, dict) else {}
        new, wrong = row.merge_into(old, self.columns)
        if wrong:
            self._check_values(record, new, facts.path, wrong)
        note = self._note(record, parts.body)
        if new != old:
            new = self._without_same(record, old, new, facts.path)
        if new == old:
            return EntryChange(record.rows, facts.slug, facts.path, data, data, note=note)
        try:
            changed = update_front_matter(data, old, new, self.columns, facts.path)
        except RewriteError as error:
            message = f"{facts.path} cannot be changed from here. {error} Change it in the file itself."
            raise self._refused(record, message) from None
        self._check(record, changed, SourceFile(facts.path, self.kind, facts.slug, facts.language))
        before, after = cells_of(old, self.columns), cells_of(new, self.columns)
        return EntryChange(
            record.rows, facts.slug, facts.path, data, changed, self._differences(before, after), note
        )

    def _differences(self, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[CellChange, ...]:
        found = []
        for heading in {**before, **after}:
            old, new = before.get(heading, ""), after.get(heading, "")
            if old == new:
                continue
            column = self.columns.find(heading)
            came: list[str] = []
            went: list[str] = []
            if column is not None and column.layout != "one":
                olds, news = split_list(old), split_list(new)
                came = [item for item in news if item not in olds]
                went = [item for item in olds if item not in news]
            found.append(CellChange(heading, old, new, tuple(came), tuple(went)))
        return tuple(found)

    def _note(self, record: SheetEntry, body: str) -> str:
        text = normalize_cell(record.cell(TEXT_HEADING))
        if text and text != normalize_cell(body):
            return "The text is another than that of the file, which stays. Change it in the file itself."
        return ""

    def _without_same(
        self, record: SheetEntry, old: RawFrontMatter, new: RawFrontMatter, path: str
    ) -> RawFrontMatter:
        """``new`` without the keys that say the same in other words, such as 495.00 for 495."""
        fields = self._check_values(record, new, path)
        try:
            before = self.model.model_validate(old)
        except ValidationError as error:  # somebody has just changed the file
            raise self._refused(record, f"{path} has mistakes. Mend them first.") from error
        kept: RawFrontMatter = {}
        names = {field.alias or name: name for name, field in self.model.model_fields.items()}
        for key in {**old, **new}:
            is_same = getattr(before, names[key]) == getattr(fields, names[key])
            source = old if is_same else new
            if key in source:
                kept[key] = source[key]
        return kept

    def _check_values(
        self, record: SheetEntry, values: RawFrontMatter, path: str, wrong: Sequence[WrongCell] = ()
    ) -> Any:
        """The model of some values. ``wrong`` are cells that are not among them."""
        told = list(self._wrong(record, wrong))
        try:
            fields = self.model.model_validate(values)
        except ValidationError as error:
            found = validation_problems(error, self.model, path)
            left = {cell.column.key[0] for cell in wrong}
            told += [
                self._told(record, problem) for problem in found if problem.location.key[:1][0] not in left
            ]
            raise _RefusedError(told) from None
        if told:
            raise _RefusedError(told)
        return fields

    def _check(self, record: SheetEntry, data: bytes, source: SourceFile) -> None:
        """Have what would be written read, as a build would: later, with all others."""
        self.due.append((record, data, source))

    def check_files(self) -> Iterator[RefusedRows]:
        """Read what would be written, in processes where it is much, and say what is wrong with it."""
        size = self.site.settings.max_file_size
        files = [(data, source) for _, data, source in self.due]
        read = parallel_map(
            (partial(_summary, max_size=size),), files, self.site.jobs, name_of=lambda file: file[1].path
        )
        for (record, _, source), text in zip(self.due, read, strict=True):
            facts, problems = summary_from_text(text)
            wrong = [
                self._told(record, problem)
                for problem in with_severities(problems, self.site.settings.problems)
                if problem.severity is Severity.ERROR
            ]
            yield from wrong
            if facts is not None and not wrong:
                self.facts[source.path] = facts

    def between(self, changes: Sequence[EntryChange]) -> Iterator[RefusedRows]:
        """What would be wrong between entries, and is not yet."""
        touched = {change.path: change for change in changes if change.path in self.facts}
        if not touched:
            return
        before, _ = checks.without_duplicates(self.site.loaded.records)
        after = [self.facts.get(facts.path, facts) if facts.path in touched else facts for facts in before]
        paths = {facts.path for facts in before}
        after += [self.facts[path] for path in touched if path not in paths]
        # What is meant instead may change with the entries that there are; the mistake is the same.
        known = {(problem.code, problem.location) for problem in self._problems(before)}
        for problem in self._problems(after):
            change = touched.get(problem.location.path)
            if change is not None:
                yield self._told(SheetEntry(change.rows, {}), problem)
            elif (problem.code, problem.location) not in known:
                yield RefusedRows((), "", f"{problem.location.path}: {problem.message}", problem.suggestion)

    def _problems(self, facts: Collection[Record]) -> list[Problem]:
        left_out = [(source.kind, source.slug) for source in self.site.loaded.invalid_files]
        found = checks.cross_entry_problems(facts, left_out, self.site.vocabularies, self.site.clock)
        return [
            problem
            for problem in with_severities(found, self.site.settings.problems)
            if problem.severity is Severity.ERROR
        ]

    def _resolved(self, key: str, text: str) -> str:
        """The id that a text means: itself, or that of the only entry with this title."""
        ids = self.ids.get(REFERENCE_KEYS[key], {})
        return ids.get(text) or ids.get(fold_text(text)) or text

    def _told(self, record: SheetEntry, problem: Problem) -> RefusedRows:
        message = problem.message
        key = _names(problem.location.key)
        if problem.code == "unknown-id" and key and (kind := REFERENCE_KEYS.get(key[-1])):
            named = _NAMED.search(message)
            name = named[1] if named and not _ID.fullmatch(named[1]) else "Its name"
            message += f' To make it, `credsite new {kind} "{name}"`.'
        return RefusedRows(
            record.rows,
            self.table.heading(problem.location.key),
            message,
            problem.suggestion,
            problem.allowed,
        )

    def _wrong(self, record: SheetEntry, cells: Iterable[WrongCell]) -> Iterator[RefusedRows]:
        for cell in cells:
            column = cell.column
            key: KeyPath = (
                column.key if column.number is None else (column.key[0], column.number, *column.key[1:])
            )
            yield RefusedRows(
                record.rows, self.table.heading(key), cell.message, cell.suggestion, cell.allowed
            )

    def _refused(
        self, record: SheetEntry, message: str, key: str = "", suggestion: str = ""
    ) -> _RefusedError:
        heading = self.table.heading((key,)) if key else ""
        return _RefusedError([RefusedRows(record.rows, heading, message, suggestion)])


def _summary(file: tuple[bytes, SourceFile], max_size: int) -> bytes:
    """What a file gives, as a text: that comes home from another process much faster than objects would."""
    data, source = file
    parsed = parse(data, source, max_size)
    return summary_to_text(record_of(parsed.entry) if parsed.entry else None, parsed.problems)


def _again(row: int) -> str:
    return f"Row {row} is about the same entry. Keep one of the two, or give each its own `slug`."


def _names(key: KeyPath) -> list[str]:
    return [part for part in key if isinstance(part, str)]


def _provider(facts: Record) -> str | None:
    return facts.provider if isinstance(facts, CourseRecord | PathwayRecord) else None


def _titles(all_facts: Iterable[Record]) -> Mapping[Kind, Mapping[str, str]]:
    """The ids of entries by their titles; ``""`` where several have the title. Ids stand for themselves."""
    found: dict[Kind, dict[str, str]] = {}
    for facts in all_facts:
        titles = found.setdefault(facts.kind, {})
        title = fold_text(facts.title)
        titles[title] = "" if title in titles else facts.slug
    for facts in all_facts:
        found[facts.kind][facts.slug] = facts.slug
    return found
