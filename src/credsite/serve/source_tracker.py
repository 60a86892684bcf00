"""What the preview remembers of the sources from one rebuild to the next, so that it loads only the files that changed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from credsite.build.options import Options
from credsite.build.sources import SourceSnapshot, load_sources, reload_sources
from credsite.build.state_dir import load_source_digests, save_source_digests
from credsite.content.image_inspection import InspectionCache
from credsite.content.loader import EntryCache, NoEntryCache
from credsite.content.source_files import SourceKeyCache
from credsite.content.source_folders import CONTENT
from credsite.content.storage import Summary
from credsite.core.stat_cache import NamelessStatCache, signature
from credsite.serve.watcher import FileSignatures, source_signatures

_Entry = tuple[Summary, bytes | None]
"""A summary, and the bytes of the entry unless these are only on disk."""


class SourceTracker:
    """``signatures`` are those of the source files when they were last loaded."""

    def __init__(self, root: Path) -> None:
        self.signatures: FileSignatures = {}
        self._root = root
        self._key_cache = SourceKeyCache()
        self._digests = load_source_digests(root)
        self._snapshot: SourceSnapshot | None = None

    def forget(self) -> None:
        """Load everything from the files next time."""
        self._key_cache, self._snapshot = SourceKeyCache(), None
        self._digests = NamelessStatCache()

    def save_digests(self) -> None:
        """Save the digests of the source files for the next preview or build."""
        save_source_digests(self._digests, self._root)

    def load(self, options: Options, changed: Collection[str]) -> SourceSnapshot:
        """The sources of the site.

        ``changed`` are the paths of the only files that have changed, as far as that is known. If all of them are
        entries that existed before, no other file is looked at.
        """
        snapshot, self._snapshot = self._snapshot, None
        signatures = self._signatures_of_entries(changed) if snapshot is not None else None
        if snapshot is None or signatures is None:
            self.signatures = self._key_cache.signatures = source_signatures(self._root)
            loaded = load_sources(options, self._key_cache, file_digests=self._digests)
        else:
            self.signatures = {**self.signatures, **signatures}
            loaded = reload_sources(options, snapshot, changed)
        # Without the bytes of the files: they take much memory and are not needed again.
        self._snapshot = replace(loaded, sources=replace(loaded.sources, data={}))
        return loaded

    def _signatures_of_entries(self, paths: Collection[str]) -> FileSignatures | None:
        """The signatures of entries that existed before and still exist; None if any of ``paths`` is something else."""
        signatures: FileSignatures = {}
        for path in paths:
            if path not in self.signatures or not path.startswith(f"{CONTENT}/"):
                return None
            try:
                status = os.lstat(self._root / path)
            except OSError:
                return None
            if not stat.S_ISREG(status.st_mode):
                return None
            signatures[path] = signature(status)
        return signatures or None


class MemoryEntryCache:
    """An EntryCache that holds the files of the last build. What it lacks comes from ``on_disk``, the cache of builds."""

    def __init__(self) -> None:
        self.on_disk: EntryCache = NoEntryCache()
        self._previous: dict[str, _Entry] = {}
        self._used: dict[str, _Entry] = {}
        self._inspections: InspectionCache | None = None

    @property
    def is_empty(self) -> bool:
        return not self._previous

    @property
    def inspections(self) -> InspectionCache:
        if self._inspections is None:
            self._inspections = self.on_disk.inspections
        return self._inspections

    def get(self, key: str) -> Summary | None:
        cached = self._previous.get(key) or self._used.get(key)
        if cached is None:
            summary = self.on_disk.get(key)
            if summary is None:
                return None
            cached = summary, None
        self._used[key] = cached
        return cached[0]

    def text(self, key: str) -> bytes | None:
        cached = self._used.get(key) or self._previous.get(key)
        return (cached and cached[1]) or self.on_disk.text(key)

    def store(self, key: str, summary: Summary, text: bytes, entry: bytes | None) -> None:
        self._used[key] = summary, entry
        self.on_disk.store(key, summary, text, entry)

    def withhold(self, keys: Collection[str], is_restorable: Callable[[str], bool]) -> None:
        self.on_disk.withhold(keys, is_restorable)

    def drop_unused(self) -> None:
        """After a build: drop what it did not use, such as former versions of files."""
        self._previous, self._used = self._used, {}
