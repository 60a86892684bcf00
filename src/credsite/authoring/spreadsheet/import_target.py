"""The site that a sheet is imported into, and which of its entries a row of the sheet is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from credsite.authoring.slugs import MAX_NEW_SLUG_LENGTH, free_slug, is_slug, slug_from_title
from credsite.authoring.spreadsheet.columns import SLUG_HEADING
from credsite.authoring.spreadsheet.sheet_entries import (
    EntryTable,
    RefusedError,
    SheetEntry,
    fold_text,
    identity_of,
    title_identity,
)
from credsite.catalogue.clock import Clock
from credsite.catalogue.reference_checks import Vocabularies
from credsite.content.loader import LoadedEntries
from credsite.content.records import CourseRecord, PathwayRecord, Record
from credsite.core.published_names import is_device_name, name_fault
from credsite.core.text import shorten_slug, slugify
from credsite.schema.config import Config
from credsite.schema.kinds import Kind


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """The site that is imported into: its settings, its entries, and ``read_bytes``, which returns a file's bytes."""

    settings: Config
    loaded: LoadedEntries
    vocabularies: Vocabularies
    clock: Clock
    read_bytes: Callable[[str], bytes]
    reserved_slugs: Collection[str] = ()
    """Slugs that no new entry can have, in addition to those of the entries."""
    jobs: int = 1
    """How many processes to use."""


class EntryMatcher:
    """Finds the entry that a row is about, by its slug or else by its title and provider.

    It remembers the rows that it was asked about, so that two rows about one entry are refused.
    """

    def __init__(self, table: EntryTable, kind: Kind, target: ImportTarget) -> None:
        records = target.loaded.records
        self._table = table
        self._by_slug = {record.slug: record for record in records if record.kind is kind}
        self._invalid_paths = {
            source.slug: source.path for source in target.loaded.invalid_files if source.kind is kind
        }
        file_names = {record.path.rpartition("/")[2].split(".")[0] for record in self._by_slug.values()}
        self._taken = {*self._by_slug, *self._invalid_paths, *target.reserved_slugs, *file_names}
        self._by_title: dict[str, list[Record]] = {}
        for record in self._by_slug.values():
            self._by_title.setdefault(fold_text(record.title), []).append(record)
        self._ids = _ids_by_title(records)
        self._first_row: dict[tuple[str, ...], int] = {}
        self._first_row_of_title: dict[tuple[str, ...], int] = {}

    def find(self, entry: SheetEntry) -> Record | None:
        """The record of the entry that ``entry`` is about; None for a new one.

        Raises RefusedError if that is not clear, or if an earlier row was about the same entry.
        """
        record = self._by_given_slug(entry) if entry.cell(SLUG_HEADING) else self._by_given_title(entry)
        self._check_first(entry, (record.slug,) if record is not None else identity_of(entry))
        title, row = title_identity(entry), entry.rows[0]
        if title and not entry.cell(SLUG_HEADING) and self._first_row_of_title.get(title, row) != row:
            raise self._same_entry(entry, self._first_row_of_title[title])
        self._first_row_of_title.setdefault(title, row)
        return record

    def new_slug(self, entry: SheetEntry) -> str:
        """The slug of a new entry, which is taken from then on. Raises RefusedError."""
        slug = entry.cell(SLUG_HEADING)
        if not slug:
            slug = self._slug_from_title(entry)
            self._check_first(entry, (slug,))
        elif slug in self._taken:
            message = f"`{slug}` is taken: it is the name of a file or a page. Choose another."
            raise self._table.error(entry.rows, message, (SLUG_HEADING,), free_slug(slug, self._taken))
        self._taken.add(slug)
        return slug

    def resolve_id(self, kind: Kind, text: str) -> str:
        """The id of the only entry of ``kind`` with the title ``text``, if ``text`` is not an id itself."""
        ids = self._ids.get(kind, {})
        return ids.get(text) or ids.get(fold_text(text)) or text

    def _by_given_slug(self, entry: SheetEntry) -> Record | None:
        slug = entry.cell(SLUG_HEADING)
        if slug in self._by_slug:
            return self._by_slug[slug]
        if slug in self._invalid_paths:
            message = (
                f"{self._invalid_paths[slug]} has mistakes. `credsite check` says where. Fix them first."
            )
            raise self._table.error(entry.rows, message, (SLUG_HEADING,))
        if is_device_name(slug):
            message = f"`{slug}` cannot be a slug: it {name_fault(slug)}."
            raise self._table.error(entry.rows, message, (SLUG_HEADING,), free_slug(slug, self._taken))
        if not is_slug(slug):
            message = f"`{slug}` cannot be a slug: write a to z, 0 to 9, and hyphens between them only."
            raise self._table.error(
                entry.rows, message, (SLUG_HEADING,), shorten_slug(slugify(slug), MAX_NEW_SLUG_LENGTH)
            )
        return None

    def _by_given_title(self, entry: SheetEntry) -> Record | None:
        matches = self._by_title.get(fold_text(entry.cell("title")), [])
        if matches and (provider := entry.cell("provider")):
            provider = self.resolve_id(Kind.PROVIDER, provider)
            matches = [record for record in matches if _provider(record) in (None, provider)]
        if len(matches) > 1:
            slugs = ", ".join(record.slug for record in matches)
            message = f"Several entries have this title: {slugs}. Say which one in a column `slug`."
            raise self._table.error(entry.rows, message, ("title",))
        return matches[0] if matches else None

    def _slug_from_title(self, entry: SheetEntry) -> str:
        title = entry.cell("title")
        slug = slug_from_title(title)
        if not slug and title:
            message = (
                "The title has no letters or digits to make an address from. Give one in a column `slug`."
            )
            raise self._table.error(entry.rows, message, ("title",))
        if slug in self._invalid_paths:
            message = f"{self._invalid_paths[slug]} may be this entry, and has mistakes. `credsite check` says where. Fix them first."
            raise self._table.error(entry.rows, message, ("title",))
        return free_slug(slug or "entry", self._taken)

    def _check_first(self, entry: SheetEntry, identity: tuple[str, ...]) -> None:
        if identity and self._first_row.setdefault(identity, entry.rows[0]) != entry.rows[0]:
            raise self._same_entry(entry, self._first_row[identity])

    def _same_entry(self, entry: SheetEntry, row: int) -> RefusedError:
        message = f"Row {row} is about the same entry. Keep one of the two, or give each its own `slug`."
        return self._table.error(entry.rows, message)


def _provider(record: Record) -> str | None:
    return record.provider if isinstance(record, CourseRecord | PathwayRecord) else None


def _ids_by_title(records: Iterable[Record]) -> Mapping[Kind, Mapping[str, str]]:
    """For each kind, the ids of entries by their folded titles, or ``""`` for a title of several entries.

    An id is a key too, for itself.
    """
    ids: dict[Kind, dict[str, str]] = {}
    for record in records:
        by_title = ids.setdefault(record.kind, {})
        title = fold_text(record.title)
        by_title[title] = "" if title in by_title else record.slug
    for record in records:
        ids[record.kind][record.slug] = record.slug
    return ids
