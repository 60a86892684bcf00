"""From the content files of a site to records and problems: through the cache, and in worker processes where many are new.

What a file gave is cached under the key of its bytes. The problems are cached too, so that they are reported again.
Entries stay encoded until somebody asks for one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from credsite.content import parser
from credsite.content.discovery import SourceFile
from credsite.content.entry import Entry
from credsite.content.image_inspection import InspectionCache
from credsite.content.record_builder import record_of
from credsite.content.records import Record
from credsite.content.source_files import SourceSet, collect_sources, read_source, source_key
from credsite.content.storage import (
    Summary,
    entry_from_text,
    entry_to_text,
    summary_from_text,
    summary_to_text,
)
from credsite.core.errors import CredsiteError
from credsite.core.hashing import digest
from credsite.core.parallel import parallel_map
from credsite.core.processes import StartMethod
from credsite.core.profiling import stage
from credsite.core.serialization import DecodingError
from credsite.problems.faults import fault_problem
from credsite.problems.model import Problem
from credsite.schema.config import Config
from credsite.schema.models import EntryFields

FileProgress = Callable[[int, int], None]
"""Called with the number of files that are done, and the number of all."""

_NewFile = tuple[str, SourceFile, bytes | None]
"""A file that is not in the cache, with its key, and its bytes where these were read just now."""
_DECODED_ENTRIES: Final = 64
"""Decoded entries that are kept: an entry is asked for a few times while its own pages are made, and then no more."""


class EntryCache(Protocol):
    """Keeps what files gave, by the key of their bytes, as the texts of :mod:`credsite.content.storage`.

    ``text`` gives the encoded entry: None where the file gave none, or where it is no longer in the cache.
    ``store`` is given a summary both as a value and as its text. ``withhold`` names keys under which nothing may be stored for
    later runs, and says of which files, by their paths, a last good version is wanted. ``inspections`` are those of images.
    """

    @property
    def inspections(self) -> InspectionCache: ...

    def get(self, key: str) -> Summary | None: ...

    def text(self, key: str) -> bytes | None: ...

    def store(self, key: str, summary: Summary, text: bytes, entry: bytes | None) -> None: ...

    def withhold(self, keys: Collection[str], is_restorable: Callable[[str], bool]) -> None: ...


class NoEntryCache:
    """A cache that keeps nothing."""

    def __init__(self) -> None:
        self.inspections = InspectionCache()

    def get(self, key: str) -> Summary | None:  # noqa: ARG002
        return None

    def text(self, key: str) -> bytes | None:  # noqa: ARG002
        return None

    def store(self, key: str, summary: Summary, text: bytes, entry: bytes | None) -> None:
        pass

    def withhold(self, keys: Collection[str], is_restorable: Callable[[str], bool]) -> None:
        pass


class EntryLoader:
    """Gives whole entries, each decoded when it is asked for."""

    def __init__(self, root: Path, config: Config, cache: EntryCache) -> None:
        self._root = root
        self._config = config
        self._cache = cache
        self._encoded: dict[str, tuple[str, SourceFile, bytes | None]] = {}
        self._decoded: dict[str, Entry[EntryFields]] = {}

    def __getstate__(self) -> dict[str, object]:
        """For another process, which decodes entries by itself: models of a site's own fields and vocabularies cannot be sent."""
        return {**self.__dict__, "_decoded": {}}

    def entry(self, record: Record) -> Entry[EntryFields]:
        """The entry that ``record`` is of. CredsiteError where its file has been changed since the record was made."""
        entry = self._decoded.get(record.path)
        if entry is None:
            if len(self._decoded) >= _DECODED_ENTRIES:
                self._decoded.clear()
            entry = self._decoded[record.path] = self._load(record)
        return entry

    def add(self, key: str, source: SourceFile, text: bytes | None) -> None:
        """Note where the entry of ``source`` is: in ``text``, or where that is None, in the cache under ``key``."""
        self._encoded[source.path] = key, source, text

    def release_texts(self) -> None:
        """Forget all texts, which are in the cache by now, so that they do not take memory in each process."""
        self._encoded = {path: (key, source, None) for path, (key, source, _) in self._encoded.items()}

    def _load(self, record: Record) -> Entry[EntryFields]:
        key, source, text = self._encoded[record.path]
        text = text or self._cache.text(key)
        if text is not None:
            try:
                return entry_from_text(text, self._config.site_schema.models)
            except DecodingError:
                pass  # damaged since its summary was read, so the file is read again
        size, currency = self._config.max_file_size, self._config.currency or ""
        data, _ = read_source(f"{self._root}/{source.path}", source.path, size)
        parsed = parser.parse(data, source, size, currency, self._config.site_schema)
        entry = parsed.entry or parsed.partial_entry
        if entry is None or entry.digest != record.digest:
            raise CredsiteError(f"{record.path} was changed while the website was being built. Build again.")
        return entry


@dataclass(frozen=True, slots=True)
class LoadedEntries:
    """The records of all entries in the order of their paths, the problems, and the files that gave no entry.

    ``partial_records`` are those of the files that gave no entry but can be checked in part. They must not be published.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    invalid_files: tuple[SourceFile, ...]
    loader: EntryLoader
    partial_records: tuple[Record, ...] = ()

    @property
    def all_records(self) -> tuple[Record, ...]:
        """All records, those that can be checked only in part too, in the order of their paths."""
        if not self.partial_records:
            return self.records
        return tuple(sorted([*self.records, *self.partial_records], key=lambda record: record.path))

    def without(self, paths: Collection[str]) -> LoadedEntries:
        """The same, as if the files at ``paths`` had given no entry."""
        left_out = (
            SourceFile(record.path, record.kind, record.slug, record.language)
            for record in self.records
            if record.path in paths
        )
        return replace(
            self,
            records=tuple(record for record in self.records if record.path not in paths),
            invalid_files=tuple(sorted((*self.invalid_files, *left_out), key=lambda source: source.path)),
            partial_records=tuple(record for record in self.partial_records if record.path not in paths),
        )


def load_entries(
    root: Path,
    config: Config,
    *,
    sources: SourceSet | None = None,
    jobs: int = 1,
    start: StartMethod | None = None,
    cache: EntryCache | None = None,
    progress: FileProgress | None = None,
) -> LoadedEntries:
    """Load every entry of the site at ``root`` with up to ``jobs`` processes, which are started by the method ``start``.

    ``sources`` are the site's files, if they have been collected.
    """
    sources = sources or collect_sources(root, config)
    cache = cache or NoEntryCache()
    loader = EntryLoader(root, config, cache)
    summaries: dict[str, Summary] = {}
    new: list[_NewFile] = []
    for source in sources.sources:
        key = sources.keys.get(source.path)
        if key is None:
            summaries[source.path] = None, (sources.unreadable[source.path],)
            continue
        summary = cache.get(key)
        if summary is not None:
            summaries[source.path] = summary
            loader.add(key, source, None)
        else:
            new.append((key, source, sources.data.get(source.path)))
    parse = partial(_parse, root=root, config=config)
    results = parallel_map([parse], new, jobs, name_of=lambda file: file[1].path, start_method=start)
    for (_, source, _), (new_key, text, entry) in zip(new, results, strict=True):
        summary = summaries[source.path] = summary_from_text(text)
        if new_key is not None:
            loader.add(new_key, source, entry)
            cache.store(new_key, summary, text, entry)
        if progress is not None:
            progress(len(summaries), len(sources.sources))
    return _loaded_entries(sources, summaries, loader)


def _loaded_entries(
    sources: SourceSet, summaries: Mapping[str, Summary], loader: EntryLoader
) -> LoadedEntries:
    records: list[Record] = []
    partial: list[Record] = []
    invalid: list[SourceFile] = []
    problems = list(sources.problems)
    for source in sources.sources:
        record, own_problems = summaries[source.path]
        problems += own_problems
        if record is None:
            invalid.append(source)
        elif record.wrong_keys or source.is_misnamed:
            invalid.append(replace(source, slug=record.slug))
            is_guess = source.is_misnamed and not record.has_own_slug
            keys = (*record.wrong_keys, ("slug",)) if is_guess else record.wrong_keys
            partial.append(replace(record, wrong_keys=keys))
        else:
            records.append(record)
    return LoadedEntries(tuple(records), tuple(problems), tuple(invalid), loader, tuple(partial))


def _parse(file: _NewFile, root: Path, config: Config) -> tuple[str | None, bytes, bytes | None]:
    """The key of a file, its summary and its entry, as texts, which worker processes pass on faster than objects.

    A file that cannot be read any more has no key, nor has one at which credsite itself fails.
    """
    try:
        return _parse_or_fail(file, root, config)
    except Exception as error:  # noqa: BLE001 - all other files can still be parsed
        return None, summary_to_text(None, (fault_problem(error, file[1].path),)), None


def _parse_or_fail(file: _NewFile, root: Path, config: Config) -> tuple[str | None, bytes, bytes | None]:
    key: str | None
    key, source, data = file
    size, currency = config.max_file_size, config.currency or ""
    problem = None
    if data is None:
        with stage("read"):
            data, problem = read_source(f"{root}/{source.path}", source.path, size)
            key = source_key(digest(data), source, config) if problem is None else None
    if problem is not None:
        return key, summary_to_text(None, (problem,)), None
    parsed = parser.parse(data, source, size, currency, config.site_schema)
    with stage("parse"):
        entry, partial = parsed.entry, parsed.partial_entry
        to_record = entry or partial
        record = record_of(to_record, config.site_schema) if to_record is not None else None
        summary = summary_to_text(record, parsed.problems)
        return key, summary, entry_to_text(entry) if entry is not None else None
