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

from credsite.content.discovery import SourceFile, find_sources
from credsite.content.entry import Entry
from credsite.content.parser import Parsed, begun
from credsite.content.records import Facts, facts_of
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
from credsite.core.steps import Later, finished, then
from credsite.problems.model import Location, Problem
from credsite.schema.config import Config
from credsite.schema.models import EntryFields

Progress = Callable[[int, int], None]

_READ: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Without waiting: to open a pipe that nobody writes to would take for ever."""


_AT_HAND: Final = 64
"""Entries that are kept made: one is asked for a few times while its own pages are made, and then no more."""


class Memo(Protocol):
    """Remembers what files gave, by the digest of their bytes and everything else that the result depends on.

    It keeps the texts of :mod:`credsite.content.storage`, ``text`` that of ``summary``; the text of an entry is None where
    the file gave none, and also where it is no longer to be had.
    """

    def get(self, key: str) -> Summary | None: ...

    def text(self, key: str) -> bytes | None: ...

    def store(self, key: str, summary: Summary, text: bytes, entry: bytes | None) -> None: ...


class NoMemo:
    """Remembers nothing."""

    def get(self, key: str) -> Summary | None:  # noqa: ARG002
        return None

    def text(self, key: str) -> bytes | None:  # noqa: ARG002
        return None

    def store(self, key: str, summary: Summary, text: bytes, entry: bytes | None) -> None:
        pass


class Library:
    """The entries of one reading, each made when it is first asked for."""

    def __init__(self, root: Path, max_size: int, memo: Memo) -> None:
        self._root = root
        self._max_size = max_size
        self._memo = memo
        self._known: dict[str, tuple[str, SourceFile, bytes | None]] = {}
        self._entries: dict[str, Entry[EntryFields]] = {}

    def entry(self, facts: Facts) -> Entry[EntryFields]:
        """The whole entry of which ``facts`` are known. CredsiteError where its file is another by now."""
        found = self._entries.get(facts.path)
        if found is None:
            if len(self._entries) >= _AT_HAND:
                self._entries.clear()
            found = self._entries[facts.path] = self._made(facts)
        return found

    def note(self, key: str, source: SourceFile, text: bytes | None) -> None:
        """Remember where to find what the file of ``source`` gave: by its key in the memo, or in ``text``."""
        self._known[source.path] = key, source, text

    def release(self) -> None:
        """Let go of all texts: the memo has them by now, where they take no memory of each process."""
        self._known = {path: (key, source, None) for path, (key, source, _) in self._known.items()}

    def _made(self, facts: Facts) -> Entry[EntryFields]:
        key, source, text = self._known[facts.path]
        text = text or self._memo.text(key)
        if text is not None:
            try:
                return entry_from_text(text)
            except DecodingError:
                pass  # damaged since its summary was read, so the file is read again
        data, _ = _bytes(f"{self._root}/{source.path}", source.path, self._max_size)
        entry = finished(begun(data, source, self._max_size)).entry
        if entry is None or entry.digest != facts.digest:
            raise CredsiteError(f"{facts.path} was changed while the website was being built. Build again.")
        return entry


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of all entries in order of their paths, what is wrong, and the files that gave no entry."""

    facts: tuple[Facts, ...]
    problems: tuple[Problem, ...]
    broken: tuple[SourceFile, ...]
    library: Library


@dataclass(frozen=True, slots=True)
class Gathered:
    """The site's files, not yet parsed: in order, with the key of each one's bytes, or the problem of those without.

    ``data`` holds the bytes of those that were read just now.
    """

    sources: tuple[SourceFile, ...]
    keys: Mapping[str, str]
    data: Mapping[str, bytes]
    unreadable: Mapping[str, Problem]
    problems: tuple[Problem, ...]


class Known:
    """The keys of files by what the system said of them, for a process that reads the same files again and again."""

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        self._clock = clock
        self._keys: dict[str, tuple[Signature, str]] = {}
        self.looked_at: Mapping[str, Signature] = {}
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


def gather(
    root: Path, config: Config, known: Known | None = None, digests: Mapping[str, str] = {}
) -> Gathered:
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
        found = known.looked_at.get(source.path) or _signature(file) if known is not None else None
        key = known.key(source, found) if known is not None and found is not None else None
        if key is None and source.path in digests:
            key = _key(digests[source.path], source, size)
        elif key is None:
            data, problem = _bytes(file, source.path, size)
            if problem is not None:
                unreadable[source.path] = problem
                continue
            key = _key(digest(data), source, size)
            data_of[source.path] = data
            if known is not None and found is not None:
                known.note(source, found, key)
        keys[source.path] = key
    return Gathered(tuple(sources), keys, data_of, unreadable, tuple(problems))


def gather_again(root: Path, config: Config, before: Gathered, changed: Collection[str]) -> Gathered:
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
    return Gathered(before.sources, keys, data_of, unreadable, before.problems)


def read_site(
    root: Path,
    config: Config,
    *,
    gathered: Gathered | None = None,
    jobs: int = 1,
    start: StartMethod | None = None,
    memo: Memo | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read every entry of the site at ``root`` with up to ``jobs`` processes, which begin by ``start``.

    ``gathered`` are its files, if they are at hand.
    """
    gathered = gathered or gather(root, config)
    memo = memo or NoMemo()
    size = config.max_file_size
    library = Library(root, size, memo)
    known: dict[str, Summary] = {}
    fresh: list[tuple[str, SourceFile, bytes | None]] = []
    for source in gathered.sources:
        key = gathered.keys.get(source.path)
        if key is None:
            known[source.path] = None, (gathered.unreadable[source.path],)
            continue
        hit = memo.get(key)
        if hit is not None:
            known[source.path] = hit
            library.note(key, source, None)
            continue
        fresh.append((key, source, gathered.data.get(source.path)))
    texts = partial(_texts, root=root, max_size=size)
    results = parallel_map(texts, fresh, jobs, name_of=lambda file: file[1].path, start_method=start)
    for (_, source, _), (key, text, entry) in zip(fresh, results, strict=True):
        summary = known[source.path] = summary_from_text(text)
        if key is not None:
            library.note(key, source, entry)
            memo.store(key, summary, text, entry)
        if progress is not None:
            progress(len(known), len(gathered.sources))
    return _reading(gathered, known, library)


def _reading(gathered: Gathered, known: Mapping[str, Summary], library: Library) -> Reading:
    facts: list[Facts] = []
    broken: list[SourceFile] = []
    wrong = list(gathered.problems)
    for source in gathered.sources:
        fact, told = known[source.path]
        wrong += told
        if fact is None:
            broken.append(source)
        else:
            facts.append(fact)
    return Reading(tuple(facts), tuple(wrong), tuple(broken), library)


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


def _texts(file: tuple[str, SourceFile, bytes | None], root: Path, max_size: int) -> _Texts | Later[_Texts]:
    """What a file gave as texts: from a worker process, they come home much faster than objects would.

    Its bytes are read where they are not at hand.
    """
    key, source, data = file
    if data is None:
        with stage("read"):
            data, problem = _bytes(f"{root}/{source.path}", source.path, max_size)
            if problem is not None:
                return None, summary_to_text(None, (problem,)), None
            key = _key(digest(data), source, max_size)
    return then(begun(data, source, max_size), partial(_told, key))


def _told(key: str, parsed: Parsed) -> _Texts:
    with stage("parse"):
        return key, *texts_of(parsed)


def texts_of(parsed: Parsed) -> tuple[bytes, bytes | None]:
    """The summary and the entry of what a file gave, the latter None where there is none."""
    entry = parsed.entry
    facts = facts_of(entry) if entry is not None else None
    summary = summary_to_text(facts, parsed.problems)
    return summary, entry_to_text(entry) if entry is not None else None
