"""The build cache: what earlier builds found out, so that the next one is fast.

It holds what each source file gave, by the digest of its bytes and of everything else that the result depends on; what was
found out about images; and for each output folder, :mod:`what builds wrote there <credsite.build.build_records>`.

Nothing in it depends on time stamps, so it may be restored on another machine, together with the cache folder of the user.
Each row has a seal, which only credsite can make that runs for the same user. A row that does not match its seal is not used:
whoever else can write to the file changes nothing in the website.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from credsite.build.build_records import (
    TABLES_OF_BUILDS,
    BuildRecord,
    read_history,
    read_record,
    write_build,
)
from credsite.build.cache_file import CacheFile, checksum, is_valid_row
from credsite.build.state_dir import output_key, remove_stat_cache
from credsite.core.code_version import code_digest
from credsite.core.parallel import MIN_ITEMS
from credsite.core.serialization import DecodingError
from credsite.core.user_cache import seal

if TYPE_CHECKING:
    from credsite.content.image_inspection import InspectionCache
    from credsite.content.records import Record
    from credsite.content.storage import Summary
    from credsite.site.dependencies.history import HistoryColumns

_BY_KEY: Final = ("summaries", "entries", "packs", "images")
_TABLES: Final = (
    *(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, digest TEXT, text BLOB)" for table in _BY_KEY),
    "CREATE TABLE superseded (path TEXT PRIMARY KEY, key TEXT) WITHOUT ROWID",
    *TABLES_OF_BUILDS,
)
_INSPECTIONS: Final = "inspections"
"""The key of the one row in the table of images."""

_MIN_UNPACKED: Final = 250
"""Files of a kind that are outside its packs before these are all written again."""
_PACK_SIZE: Final = 500
"""Records in a pack. It is written again as soon as one of them is gone, so that nothing of that one stays."""
_SUMMARIES: Final = "SELECT key, digest, text FROM summaries WHERE typeof(key) || typeof(text) = 'textblob'"


class Cache:
    """The cache of the site at ``root``, for :func:`credsite.content.loader.load_entries` among others.

    It is read when something is asked for, and written only by :meth:`save` and :meth:`save_build`. The texts of entries
    can be read after that too, and in forked processes. Not for use by several threads at once.
    """

    def __init__(self, root: Path) -> None:
        version = seal(code_digest().encode())
        self._root = root
        self._prefix = version[:12]
        self._file = CacheFile(root, version, _TABLES)
        self._used: dict[str, Summary] = {}
        self._new: dict[str, tuple[bytes, bytes | None]] = {}
        self._unpacked: dict[str, Summary] = {}
        self._packed_keys: dict[str, frozenset[str]] = {}
        self._is_restorable: Callable[[str], bool] | None = None
        self._stored_inspections = b""

    def __getstate__(self) -> dict[str, object]:
        """For another process, which only reads."""
        return {**self.__dict__, "_is_restorable": None}

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, without saving."""
        self._file.close()

    # --- what source files gave ---

    def get(self, key: str) -> Summary | None:
        """What the file with this key gave, without its entry."""
        key = self._full_key(key)
        summaries = self._summaries  # which also decodes the packs
        summary = self._unpacked.get(key) or (self._decode(key) if key in summaries else None)
        if summary is not None:
            self._used[key] = summary
        return summary

    def text(self, key: str) -> bytes | None:
        """The stored entry of the file with this key."""
        key = self._full_key(key)
        for stored, text in self._file.rows_later("SELECT digest, text FROM entries WHERE key = ?", key):
            if is_valid_row(key, stored, text):
                return bytes(text)
        return None

    def store(self, key: str, summary: Summary, text: bytes, entry: bytes | None) -> None:
        """Have :meth:`save` store what a file gave: ``text`` is that of ``summary``, ``entry`` that of its entry."""
        key = self._full_key(key)
        self._used[key] = summary
        self._new[key] = text, entry

    def withhold(self, keys: Collection[str], is_restorable: Callable[[str], bool]) -> None:
        """Have :meth:`save` store nothing under ``keys``, and keep the last good version of each file that ``is_restorable``.

        The last good version is the one in the last website that was written, if the file has been changed since.
        """
        for key in map(self._full_key, keys):
            self._used.pop(key, None)
            self._new.pop(key, None)
        self._is_restorable = is_restorable

    def last_good_keys(self) -> dict[str, str]:
        """The keys of the last good versions of files that have been changed since a website was written, by path."""
        rows = self._file.rows("SELECT path, key FROM superseded")
        return {path: str(key).removeprefix(self._prefix) for path, key in rows}

    def preload(self) -> None:
        """Decode the packs, which :meth:`get` takes most summaries from."""
        _ = self._summaries

    @cached_property
    def inspections(self) -> InspectionCache:
        """What was found out about images. All of it is one row."""
        from credsite.content.image_inspection import InspectionCache

        key = self._full_key(_INSPECTIONS)
        for stored, data in self._file.rows("SELECT digest, text FROM images WHERE key = ?", key):
            if is_valid_row(key, stored, data):
                self._stored_inspections = data
        return InspectionCache(self._stored_inspections)

    @property
    def should_save_in_background(self) -> bool:
        """Whether there is so much to save that it is worth a process."""
        return len(self._new) >= MIN_ITEMS["fork"]

    def save(self) -> str:
        """Save what was stored, delete what was neither stored nor read, and close.

        Returns a sentence for the editor where the cache was damaged or cannot be written, or ``""``.
        """
        return self.prepare_save()()

    def prepare_save(self) -> Callable[[], str]:
        """Close, and return what does the rest of :meth:`save`. It may run in a forked process."""
        packed_keys = frozenset().union(*self._packed_keys.values())
        unused = (self._summaries.keys() | packed_keys) - self._used.keys()
        stored = dict(self._file.rows("SELECT path, key FROM superseded"))
        superseded = self._superseded(unused, stored)
        kept = frozenset(superseded.values())
        packs = self._new_packs()
        packed = frozenset().union(*packs.values())
        images = {}
        if (
            "inspections" in self.__dict__
            and (found := self.inspections.stored()) != self._stored_inspections
        ):
            images[self._full_key(_INSPECTIONS)] = found
        summaries = {key: text for key, (text, _) in self._new.items() if key not in packed}
        new = {
            "summaries": summaries | self._unpacked_texts(kept & packed_keys),
            "entries": {key: entry for key, (_, entry) in self._new.items() if entry is not None},
            "images": images,
        }
        gone = unused - kept
        deleted = {
            "summaries": gone | packed,
            "entries": gone,
            "packs": [name for name, records in packs.items() if not records],
        }
        is_needed = bool(
            self._new or gone or packs or images or superseded != stored or self._file.is_damaged
        )
        self.close()
        self._new, self._used, self._unpacked, self._packed_keys = {}, {}, {}, {}
        self.__dict__.pop("_summaries", None)
        return partial(_save_entries, self._file, deleted, new, packs, superseded) if is_needed else str

    def _superseded(self, unused: Collection[str], stored: Mapping[str, str]) -> dict[str, str]:
        """The keys of the last good versions of the restorable files by path. ``stored`` are those that there are by now."""
        is_restorable = self._is_restorable
        if is_restorable is None:
            return {}
        kept = {path: key for path, key in stored.items() if is_restorable(path) and key in unused}
        for key in unused:
            record, _ = self._unpacked.get(key) or self._decode(key) or (None, ())
            if record is not None and not record.wrong_keys and is_restorable(record.path):
                kept.setdefault(record.path, key)
        return kept

    def _unpacked_texts(self, keys: Collection[str]) -> dict[str, bytes]:
        """The summaries of packed records, for rows of their own."""
        from credsite.content.storage import summary_to_text

        return {key: summary_to_text(*self._unpacked[key]) for key in keys}

    def _new_packs(self) -> dict[str, dict[str, Record]]:
        """The packs that are not right any more, by name. Those that have become empty are to be deleted."""
        packed = {} if self._file.is_damaged else self._packed_keys
        records: dict[str, dict[str, Record]] = {_kind_of(name): {} for name in packed}
        for key, (record, problems) in self._used.items():
            if record is not None and not problems:
                records.setdefault(record.kind, {})[key] = record
        packs: dict[str, dict[str, Record]] = {}
        for kind, found in records.items():
            old = {name: keys for name, keys in packed.items() if _kind_of(name) == kind}
            outside = found.keys() - frozenset().union(*old.values())
            if len(outside) > max(_MIN_UNPACKED, len(found) // 10):
                packs |= {name: {} for name in old} | _in_packs(kind, found)
            else:
                packs |= {
                    name: {key: found[key] for key in keys if key in found}
                    for name, keys in old.items()
                    if not keys <= found.keys()
                }
        return packs

    # --- what builds wrote to output folders ---

    def page_history(self, output: Path) -> HistoryColumns:
        """What the pages in the folder ``output`` looked up, as it was given to :meth:`save_build`: columns by name.

        None of them where any is damaged.
        """
        return read_history(self._file, output_key(output))

    def build_record(self, output: Path) -> BuildRecord | None:
        """The record of the last build of the folder ``output``."""
        return read_record(self._file, output_key(output))

    def save_build(
        self,
        output: Path,
        record: BuildRecord,
        history: HistoryColumns,
        *,
        drops_superseded: bool = True,
    ) -> str:
        """Save the record of a build of the folder ``output`` and the history of its pages, and close.

        With ``drops_superseded``, former versions of files are dropped. What is known of other output folders is dropped where
        these have pages of stories that this one has not: they may have been withdrawn.

        Returns a sentence for the editor where that is not possible, or ``""``.
        """
        outdated: list[str] = []

        def write(connection: sqlite3.Connection) -> None:
            outdated[:] = write_build(connection, output_key(output), record, history)
            if drops_superseded:
                _drop_superseded(connection)

        notice = self._file.save(write)
        for key in outdated:
            remove_stat_cache(self._root, key)
        return notice

    # --- rows ---

    @cached_property
    def _summaries(self) -> Mapping[str, tuple[str, bytes]]:
        """The checksum and the text of each summary that is not packed, by key. The packs are decoded too."""
        self._decode_packs()
        return {key: (stored, text) for key, stored, text in self._file.rows(_SUMMARIES)}

    def _decode(self, key: str) -> Summary | None:
        # Imported here: to find out that nothing has changed takes no models.
        from credsite.content.storage import summary_from_text

        stored, text = self._summaries[key]
        if stored == checksum(key, text):
            try:
                return summary_from_text(text)
            except DecodingError:
                pass
        self._file.discard()
        return None

    def _decode_packs(self) -> None:
        from credsite.content.storage import records_from_pack

        for name, stored, data in self._file.rows("SELECT key, digest, text FROM packs"):
            try:
                valid = data if is_valid_row(name, stored, data) else b""
                records = records_from_pack(_kind_of(str(name)), valid)
            except DecodingError:
                self._file.discard()
            else:
                self._packed_keys[name] = frozenset(records)
                self._unpacked |= {key: (record, ()) for key, record in records.items()}

    def _full_key(self, key: str) -> str:
        # With the version in it, because another build may replace the file while this one has it open.
        return f"{self._prefix}{key}"


def _kind_of(pack: str) -> str:
    """The kind of the records in the pack with this name."""
    return pack.partition(" ")[0]


def _in_packs(kind: str, records: Mapping[str, Record]) -> dict[str, dict[str, Record]]:
    """The records of a kind as packs, by name."""
    items = list(records.items())
    starts = range(0, len(items), _PACK_SIZE)
    return {f"{kind} {start // _PACK_SIZE}": dict(items[start : start + _PACK_SIZE]) for start in starts}


def _save_entries(
    file: CacheFile,
    deleted: Mapping[str, Collection[str]],
    new: Mapping[str, Mapping[str, bytes]],
    packs: Mapping[str, Mapping[str, Record]],
    superseded: Mapping[str, str],
) -> str:
    from credsite.content.storage import records_to_pack

    encoded = {name: records_to_pack(_kind_of(name), records) for name, records in packs.items() if records}
    return file.save(partial(_write_entries, deleted, {**new, "packs": encoded}, superseded))


def _write_entries(
    deleted: Mapping[str, Collection[str]],
    new: Mapping[str, Mapping[str, bytes]],
    superseded: Mapping[str, str],
    connection: sqlite3.Connection,
) -> None:
    """Delete the ``deleted`` keys, and write the ``new`` rows, of each table; and note what is ``superseded``."""
    connection.execute("DELETE FROM superseded")
    connection.executemany("INSERT INTO superseded VALUES (?, ?)", superseded.items())
    for table, keys in deleted.items():
        connection.executemany(
            f"DELETE FROM {table} WHERE key = ?",  # noqa: S608 - constants
            ((key,) for key in keys),
        )
    for table, rows in new.items():
        connection.executemany(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)",  # noqa: S608 - constants
            ((key, checksum(key, text), text) for key, text in rows.items()),
        )


def _drop_superseded(connection: sqlite3.Connection) -> None:
    """Delete the former versions of files."""
    for table in ("summaries", "entries"):
        connection.execute(f"DELETE FROM {table} WHERE key IN (SELECT key FROM superseded)")  # noqa: S608 - constants
    connection.execute("DELETE FROM superseded")
