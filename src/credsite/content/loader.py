"""All of a site's files to facts: through the memo, and in worker processes where there are many.

Reading is memoised by the digest of a file's bytes, never by its time stamp. What is remembered holds the problems
too, so that a hit repeats them. The entries themselves stay texts until somebody asks for one.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from credsite.content import parser
from credsite.content.discovery import SourceFile, find_sources
from credsite.content.entry import Entry
from credsite.content.image_inspection import InspectionCache
from credsite.content.parser import FrontMatter, ParsedFile
from credsite.content.records import Record, record_of
from credsite.content.storage import (
    Summary,
    entry_from_text,
    entry_to_text,
    summary_from_text,
    summary_to_text,
)
from credsite.core.errors import CredsiteError
from credsite.core.file_stat import Signature, is_settled, signature
from credsite.core.hashing import combined_digest, digest
from credsite.core.parallel import StartMethod, parallel_map
from credsite.core.profiling import stage
from credsite.core.serialization import DecodingError
from credsite.problems.model import Location, Problem
from credsite.schema.config import Config
from credsite.schema.models import EntryFields

Progress = Callable[[int, int], None]

_READ: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Without waiting: to open a pipe that nobody writes to would take for ever."""


_AT_HAND: Final = 64
"""Entries that are kept made: one is asked for a few times while its own pages are made, and then no more."""


class EntryCache(Protocol):
    """Remembers what files gave, by the digest of their bytes and everything else that the result depends on.

    ``inspections`` are those of images.

    It keeps the texts of :mod:`credsite.content.storage`, ``text`` that of ``summary``; the text of an entry is None where
    the file gave none, and also where it is no longer to be had.
    """

    @property
    def inspections(self) -> InspectionCache: ...

    def get(self, key: str) -> Summary | None: ...

    def text(self, key: str) -> bytes | None: ...

    def store(self, key: str, summary: Summary, text: bytes, entry: bytes | None) -> None: ...


class NoEntryCache:
    """Remembers nothing."""

    def __init__(self) -> None:
        self.inspections = InspectionCache()

    def get(self, key: str) -> Summary | None:  # noqa: ARG002
        return None

    def text(self, key: str) -> bytes | None:  # noqa: ARG002
        return None

    def store(self, key: str, summary: Summary, text: bytes, entry: bytes | None) -> None:
        pass


class EntryLoader:
    """The entries of one reading, each made when it is first asked for."""

    def __init__(self, root: Path, max_size: int, memo: EntryCache) -> None:
        self._root = root
        self._max_size = max_size
        self._memo = memo
        self._known: dict[str, tuple[str, SourceFile, bytes | None]] = {}
        self._entries: dict[str, Entry[EntryFields]] = {}

    def entry(self, record: Record) -> Entry[EntryFields]:
        """The whole entry of which ``facts`` are known. CredsiteError where its file is another by now."""
        found = self._entries.get(record.path)
        if found is None:
            if len(self._entries) >= _AT_HAND:
                self._entries.clear()
            found = self._entries[record.path] = self._made(record)
        return found

    def add(self, key: str, source: SourceFile, text: bytes | None) -> None:
        """Remember where to find what the file of ``source`` gave: by its key in the memo, or in ``text``."""
        self._known[source.path] = key, source, text

    def release_texts(self) -> None:
        """Let go of all texts: the memo has them by now, where they take no memory of each process."""
        self._known = {path: (key, source, None) for path, (key, source, _) in self._known.items()}

    def _made(self, record: Record) -> Entry[EntryFields]:
        key, source, text = self._known[record.path]
        text = text or self._memo.text(key)
        if text is not None:
            try:
                return entry_from_text(text)
            except DecodingError:
                pass  # damaged since its summary was read, so the file is read again
        data, _ = _bytes(f"{self._root}/{source.path}", source.path, self._max_size)
        entry = parser.parse(data, source, self._max_size).entry
        if entry is None or entry.digest != record.digest:
            raise CredsiteError(f"{record.path} was changed while the website was being built. Build again.")
        return entry


@dataclass(frozen=True, slots=True)
class LoadedEntries:
    """The facts of all entries in order of their paths, what is wrong, and the files that gave no entry."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    invalid_files: tuple[SourceFile, ...]
    loader: EntryLoader


@dataclass(frozen=True, slots=True)
class SourceSet:
    """The site's files, not yet parsed: in order, with the key of each one's bytes, or the problem of those without.

    ``data`` holds the bytes of those that were read just now.
    """

    sources: tuple[SourceFile, ...]
    keys: Mapping[str, str]
    data: Mapping[str, bytes]
    unreadable: Mapping[str, Problem]
    problems: tuple[Problem, ...]


class SourceKeyCache:
    """The keys of files by what the system said of them, for a process that reads the same files again and again."""

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        self._clock = clock
        self._keys: dict[str, tuple[Signature, str]] = {}
        self.signatures: Mapping[str, Signature] = {}
        """What the system said of files just now, so that it need not be asked again."""

    def key(self, source: SourceFile, found: Signature) -> str | None:
        known = self._keys.get(source.path)
        return known[1] if known is not None and known[0] == found else None

    def note(self, source: SourceFile, found: Signature, key: str) -> None:
        """``found`` is from before the file was read."""
        if is_settled(found, self._clock()):
            self._keys[source.path] = found, key
        else:
            self._keys.pop(source.path, None)


def collect_sources(
    root: Path, config: Config, key_cache: SourceKeyCache | None = None, digests: Mapping[str, str] = {}
) -> SourceSet:
    """Find and read every file of the site at ``root``, but for those that are ``known`` not to have changed.

    ``digests`` are of the bytes of those that were read just now. They are not read once more before that is necessary.
    """
    sources, problems = find_sources(root, config.language)
    size = config.max_file_size
    keys: dict[str, str] = {}
    data_of: dict[str, bytes] = {}
    unreadable: dict[str, Problem] = {}
    for source in sources:
        file = f"{root}/{source.path}"
        found = key_cache.signatures.get(source.path) or _signature(file) if key_cache is not None else None
        key = key_cache.key(source, found) if key_cache is not None and found is not None else None
        if key is None and source.path in digests:
            key = _key(digests[source.path], source, size)
        elif key is None:
            data, problem = _bytes(file, source.path, size)
            if problem is not None:
                unreadable[source.path] = problem
                continue
            key = _key(digest(data), source, size)
            data_of[source.path] = data
            if key_cache is not None and found is not None:
                key_cache.note(source, found, key)
        keys[source.path] = key
    return SourceSet(tuple(sources), keys, data_of, unreadable, tuple(problems))


def refresh_sources(root: Path, config: Config, before: SourceSet, changed: Collection[str]) -> SourceSet:
    """What :func:`gather` gives where it gave ``before``, and no more than the bytes of ``changed`` can be others."""
    size = config.max_file_size
    keys, unreadable = dict(before.keys), dict(before.unreadable)
    data_of: dict[str, bytes] = {}
    for source in before.sources:
        if source.path not in changed:
            continue
        data, problem = _bytes(f"{root}/{source.path}", source.path, size)
        if problem is not None:
            keys.pop(source.path, None)
            unreadable[source.path] = problem
        else:
            unreadable.pop(source.path, None)
            keys[source.path] = _key(digest(data), source, size)
            data_of[source.path] = data
    return SourceSet(before.sources, keys, data_of, unreadable, before.problems)


def load_entries(
    root: Path,
    config: Config,
    *,
    sources: SourceSet | None = None,
    jobs: int = 1,
    start: StartMethod | None = None,
    cache: EntryCache | None = None,
    progress: Progress | None = None,
) -> LoadedEntries:
    """Read every entry of the site at ``root`` with up to ``jobs`` processes, which begin by ``start``.

    ``gathered`` are its files, if they are at hand.
    """
    sources = sources or collect_sources(root, config)
    cache = cache or NoEntryCache()
    size = config.max_file_size
    library = EntryLoader(root, size, cache)
    known: dict[str, Summary] = {}
    fresh: list[tuple[str, SourceFile, bytes | None]] = []
    for source in sources.sources:
        key = sources.keys.get(source.path)
        if key is None:
            known[source.path] = None, (sources.unreadable[source.path],)
            continue
        hit = cache.get(key)
        if hit is not None:
            known[source.path] = hit
            library.add(key, source, None)
            continue
        fresh.append((key, source, sources.data.get(source.path)))
    steps = (partial(_read_file, root=root, max_size=size), _parse_body, _encode)
    results = parallel_map(steps, fresh, jobs, name_of=lambda file: file[1].path, start_method=start)
    for (_, source, _), (key, text, entry) in zip(fresh, results, strict=True):
        summary = known[source.path] = summary_from_text(text)
        if key is not None:
            library.add(key, source, entry)
            cache.store(key, summary, text, entry)
        if progress is not None:
            progress(len(known), len(sources.sources))
    return _reading(sources, known, library)


def _reading(gathered: SourceSet, known: Mapping[str, Summary], library: EntryLoader) -> LoadedEntries:
    records: list[Record] = []
    broken: list[SourceFile] = []
    wrong = list(gathered.problems)
    for source in gathered.sources:
        fact, told = known[source.path]
        wrong += told
        if fact is None:
            broken.append(source)
        else:
            records.append(fact)
    return LoadedEntries(tuple(records), tuple(wrong), tuple(broken), library)


def _bytes(file: str, path: str, max_size: int) -> tuple[bytes, Problem | None]:
    # The functions of os take texts: to make a Path for each of ten thousand files costs more than the calls.
    try:
        descriptor = os.open(file, _READ)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                message = "This is not a file but a pipe or a device. Put a text file in its place."
                return b"", Problem("file-unreadable", message, Location(path))
            # Never room for `max_size` at once: to give most of that back takes longer than to read the file.
            data = os.read(descriptor, min(status.st_size, max_size) + 1)
            while len(data) > status.st_size and len(data) <= max_size:  # it grows while it is read
                more = os.read(descriptor, max_size + 1 - len(data))
                if not more:
                    break
                data += more
            return data, None
        finally:
            os.close(descriptor)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}. Check its link and its permissions."
        return b"", Problem("file-unreadable", message, Location(path, 1, 1))


def _signature(file: str) -> Signature | None:
    try:
        return signature(os.stat(file))  # noqa: PTH116 - see _bytes
    except OSError:
        return None  # reading it says why


def _key(data: str, source: SourceFile, max_size: int) -> str:
    """A digest of all that the result of parsing depends on, beside the code: ``data`` is that of the file's bytes."""
    return combined_digest((data, source.path, source.kind, source.slug, source.language, str(max_size)))


_Texts = tuple[str | None, bytes, bytes | None]
"""The key of a file's bytes, and what they gave as two texts. Where nothing can be read there is no key."""


def _read_file(
    file: tuple[str, SourceFile, bytes | None], root: Path, max_size: int
) -> tuple[str | None, FrontMatter | ParsedFile]:
    """The key of a file's bytes, which are read where they are not at hand, and its front matter."""
    key, source, data = file
    if data is None:
        with stage("read"):
            data, problem = _bytes(f"{root}/{source.path}", source.path, max_size)
            if problem is not None:
                return None, ParsedFile(source, None, (problem,))
            key = _key(digest(data), source, max_size)
    return key, parser.parse_front_matter(data, source, max_size)


def _parse_body(started: tuple[str | None, FrontMatter | ParsedFile]) -> tuple[str | None, ParsedFile]:
    key, front_matter = started
    return key, parser.parse_body(front_matter)


def _encode(parsed: tuple[str | None, ParsedFile]) -> _Texts:
    """What a file gave as texts: they come from a worker process much faster than objects would."""
    key, result = parsed
    with stage("parse"):
        return key, *stored_texts(result)


def stored_texts(parsed: ParsedFile) -> tuple[bytes, bytes | None]:
    """The summary and the entry of what a file gave, the latter None where there is none."""
    entry = parsed.entry
    record = record_of(entry) if entry is not None else None
    summary = summary_to_text(record, parsed.problems)
    return summary, entry_to_text(entry) if entry is not None else None
