"""The entry cache of the preview: what the source files of the last build contained, in memory."""

from __future__ import annotations

from credsite.content.image_inspection import InspectionCache
from credsite.content.loader import EntryCache, NoEntryCache
from credsite.content.storage import Summary

_Entry = tuple[Summary, bytes | None]
"""A summary, and the bytes of the entry unless these are only on disk."""


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

    def drop_unused(self) -> None:
        """After a build: drop what it did not use, such as former versions of files."""
        self._previous, self._used = self._used, {}
