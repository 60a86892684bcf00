"""What files gave, so that the next build is fast: ``SITE/.credsite/cache.sqlite``.

It holds what files gave, by the digest of their bytes and of everything else that the result depends on.
Nothing in it goes by time stamps, so it may be restored on another machine. Nothing in it is believed either: each
row has a digest, and a row that does not have the bytes that were written is not used. Whoever can write to the file
can change the website, as with any file of the site, but cannot run code.

The cache is never needed. Where it cannot be read it is made anew, where it cannot be written it is done without, and
of two builds at the same time one may come too late to write: none of these stops a build.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from credsite.build.state_dir import CACHE_NOT_WRITTEN, FOLDER, output_key, state_folder
from credsite.core.code_version import code_digest
from credsite.core.hashing import combined_digest, digest
from credsite.core.parallel import MIN_ITEMS
from credsite.core.serialization import DecodingError

if TYPE_CHECKING:
    from credsite.content.image_inspection import InspectionCache
    from credsite.content.storage import Summary

FILE: Final = "cache.sqlite"
CACHE_REBUILT: Final = "The cache could not be read and is made again."

_LIBRARIES: Final = ("babel", "markdown", "nh3", "pillow", "pydantic", "pydantic_core", "pyyaml")
_MODULES: Final = (
    "__init__.py",
    "core/**/*.py",
    "problems/*.py",
    "schema/**/*.py",
    "content/**/*.py",
    "catalogue/**/*.py",
    "site/**/*.py",
)
"""All that parsing and the making of view models use, and a little more."""
_APPLICATION: Final = 0x63726564
"""``cred``: marks the file as credsite's, in the place that SQLite has for it."""
_PATIENCE: Final = 5.0
"""Seconds to wait for another build that is writing. It writes for a fraction of one."""
_TABLES: Final = ("summaries", "entries", "images")
_INSPECTIONS: Final = "inspections"
_RACE_LOST: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY_DBMOVED")
_BIT: Final = 250
"""Summaries that are made at once: some hundredths of a second."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What the last build of an output folder was made from, as a digest, what it made, as one, and what it said."""

    inputs: str
    manifest: str
    report: str


def save_build(
    parts: Mapping[str, bytes], known: Mapping[str, bytes], standing: BuildRecord, root: Path, output: Path
) -> str:
    """Keep what is known of what was written to ``output``, of which ``known`` is kept already, and how things stand.

    A sentence for the editor where that cannot be, or ``""``.
    """
    changed = [(name, data) for name, data in parts.items() if known.get(name) != data]
    gone = [name for name in known if name not in parts]
    with Cache(root) as kept:
        return kept.save_build(output_key(output), changed, gone, standing)


class Cache:
    """What files gave, for :func:`credsite.content.loader.load_entries`.

    Reads when it is asked, and writes only in :meth:`save`. The texts of entries can be had after that too, and in
    processes that were forked. Not for use by several threads at once.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = root / FOLDER / FILE
        self._state = code_digest(_LIBRARIES, _MODULES)
        self._file_id = (_APPLICATION, int(self._state[:7], 16))
        self._used: dict[str, Summary] = {}
        self._new: dict[str, tuple[bytes, bytes | None]] = {}
        self._stored_inspections = b""
        self._damaged = False
        self._connection: sqlite3.Connection | None = None
        self._summaries: dict[str, tuple[str, bytes]] | None = None
        self._decoded: dict[str, Summary] = {}
        self._reader: tuple[int, sqlite3.Connection | None] = (0, None)
        if not self._file.parent.is_symlink():
            self._open()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, without saving."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, key: str) -> Summary | None:
        name = self._name(key)
        texts = self._stored_summaries()
        found = self._decoded.get(name) or (self._summary(name) if name in texts else None)
        if found is not None:
            self._used[name] = found
        return found

    def preload(self) -> Iterator[None]:
        """Make, bit by bit, what :meth:`get` will be asked for."""
        yield
        for number, name in enumerate(self._stored_summaries()):
            if number % _BIT == 0:
                yield
            if (found := self._summary(name)) is not None:
                self._decoded[name] = found

    def _summary(self, name: str) -> Summary | None:
        # Not before it is asked for: whoever only wants to know how things stand has no use for models.
        from credsite.content.storage import summary_from_text

        seal, text = self._stored_summaries()[name]
        if seal == _checksum(name, text):
            try:
                return summary_from_text(text)
            except DecodingError:
                pass
        self._discard()
        return None

    def _stored_summaries(self) -> Mapping[str, tuple[str, bytes]]:
        if self._summaries is None:
            self._summaries = self._read_summaries()
        return self._summaries

    def text(self, key: str) -> bytes | None:
        name = self._name(key)
        try:
            connection = self._text_reader()
            rows = connection.execute("SELECT digest, text FROM entries WHERE key = ?", (name,)).fetchall()
        except sqlite3.Error:
            return None  # whoever asks reads the file again; the next build finds the damage
        for seal, text in rows:
            if isinstance(text, bytes) and seal == _checksum(name, text):
                return text
        return None

    def store(self, key: str, summary: Summary, text: bytes, entry: bytes | None) -> None:
        name = self._name(key)
        self._used[name] = summary
        self._new[name] = text, entry

    @cached_property
    def inspections(self) -> InspectionCache:
        """What is known of images. All of it is one row."""
        from credsite.content.image_inspection import InspectionCache

        name = self._name(_INSPECTIONS)
        try:
            rows = self._rows("SELECT digest, text FROM images WHERE key = ?", name)
        except sqlite3.Error as error:
            self._handle_error(error)
            rows = []
        for seal, data in rows:
            if _has_checksum(name, seal, data):
                self._stored_inspections = data
        return InspectionCache(self._stored_inspections)

    def output_data(self, output: Path) -> dict[str, bytes]:
        """What is known of the pages in the folder ``output``, as :func:`save_build` was given it."""
        try:
            rows = self._rows("SELECT name, data FROM known WHERE output = ?", output_key(output))
        except sqlite3.Error as error:
            self._handle_error(error)
            return {}
        return {name: data for name, data in rows if isinstance(data, bytes)}

    def build_record(self, output: Path) -> BuildRecord | None:
        """How the folder ``output`` stood after the last build."""
        query = "SELECT inputs, manifest, report, digest FROM standing WHERE output = ?"
        try:
            rows = self._rows(query, output_key(output))
        except sqlite3.Error as error:
            self._handle_error(error)
            return None
        for *texts, seal in rows:
            if all(isinstance(text, str) for text in texts) and seal == combined_digest(texts):
                return BuildRecord(*texts)
        return None

    def save_build(
        self, output: str, changed: list[tuple[str, bytes]], gone: list[str], standing: BuildRecord
    ) -> str:
        """Keep and forget what is known of one output folder, keep how it stands, and close."""

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "DELETE FROM known WHERE output = ? AND name = ?", ((output, name) for name in gone)
            )
            connection.executemany(
                "INSERT OR REPLACE INTO known VALUES (?, ?, ?)", ((output, *row) for row in changed)
            )
            texts = (standing.inputs, standing.manifest, standing.report)
            row = (output, *texts, combined_digest(texts))
            connection.execute("INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?)", row)

        return self._save(write)

    @property
    def should_save_in_background(self) -> bool:
        """Whether to save what was put takes so long that it is worth a process."""
        return len(self._new) >= MIN_ITEMS["fork"]

    def save(self) -> str:
        """Keep what was put, forget what was neither put nor got, and close.

        A sentence for the editor where the cache was damaged or cannot be written, or ``""``.
        """
        return self.prepare_save()()

    def prepare_save(self) -> Callable[[], str]:
        """Close, and give what does the rest of :meth:`save`, also in a process that is forked."""
        texts = {name: text for name, (text, _) in self._new.items()}
        entries = {name: text for name, (_, text) in self._new.items() if text is not None}
        try:
            unused = [(name,) for name in self._stored_summaries().keys() - self._used.keys()]
        except sqlite3.Error as error:
            self._handle_error(error)
            unused = []
        inspections = (
            self.inspections.stored() if "inspections" in self.__dict__ else self._stored_inspections
        )
        images = {self._name(_INSPECTIONS): inspections} if inspections != self._stored_inspections else {}
        is_needed = bool(self._new or unused or images or self._damaged)
        self.close()
        self._new, self._used, self._summaries, self._decoded = {}, {}, {}, {}

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("DELETE FROM summaries WHERE key = ?", unused)
            connection.executemany("DELETE FROM entries WHERE key = ?", unused)
            for table, new in zip(_TABLES, (texts, entries, images), strict=True):
                connection.executemany(
                    f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)",  # noqa: S608 - constants
                    ((name, _checksum(name, text), text) for name, text in new.items()),
                )

        return partial(self._save, write) if is_needed else str

    def _save(self, write: Callable[[sqlite3.Connection], None]) -> str:
        try:
            try:
                self._write(write)
            except sqlite3.Error as error:
                if _is_race_lost(error):
                    raise
                self._discard()  # the damage shows only now
                self._write(write)
        except (sqlite3.Error, OSError) as error:
            if not _is_race_lost(error):
                return CACHE_NOT_WRITTEN
        finally:
            self.close()
        return CACHE_REBUILT if self._damaged else ""

    def _open(self) -> None:
        try:
            if self._file.stat().st_size == 0:  # another build is about to fill it
                return
            self._connection = self._connect("rw")
            if self._read_file_id() != self._file_id:
                self._discard()
        except FileNotFoundError:
            return
        except OSError:
            self._discard()
        except sqlite3.Error as error:
            self._handle_error(error)

    def _connect(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._file.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_PATIENCE,
            isolation_level=None,
            # A preview builds now on one thread and now on another, but never on two at once.
            check_same_thread=False,
        )
        connection.text_factory = _decode_text
        return connection

    def _read_file_id(self) -> tuple[int, int]:
        """Whose file it is, and of which state of the code."""
        return self._number("application_id"), self._number("user_version")

    def _number(self, pragma: str) -> int:
        return int(self._rows(f"PRAGMA {pragma}")[0][0])

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, values).fetchall()
        except UnicodeDecodeError as error:  # what SQLite says of the damage quotes it
            raise sqlite3.DatabaseError("the file is damaged") from error

    def _name(self, key: str) -> str:
        # With the state in it, because another build may make the file its own while this one has it open.
        return f"{self._state[:12]}{key}"

    def _read_summaries(self) -> dict[str, tuple[str, bytes]]:
        try:
            rows = self._rows("SELECT key, digest, text FROM summaries")
        except sqlite3.Error as error:
            self._handle_error(error)
            return {}
        return {key: (seal, text) for key, seal, text in rows if isinstance(text, bytes)}

    def _text_reader(self) -> sqlite3.Connection:
        """A connection of this process: one that was opened before a fork may not be used after it."""
        process, connection = self._reader
        if connection is None or process != os.getpid():
            connection = self._connect("ro")
            self._reader = os.getpid(), connection
            weakref.finalize(self, connection.close)
        return connection

    def _handle_error(self, error: sqlite3.Error) -> None:
        if _is_race_lost(error):
            self.close()
        else:
            self._discard()

    def _discard(self) -> None:
        """The rest of the build goes without, and :meth:`save` begins a new file."""
        self._damaged = True
        self.close()

    def _write(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Do ``write`` in one transaction, in a file that is made where it is missing or damaged."""
        if self._damaged:
            for end in ("", "-journal", "-wal", "-shm"):
                self._file.with_name(FILE + end).unlink(missing_ok=True)
        if self._connection is None:
            if state_folder(self._root) is None:
                raise OSError(f"{self._file.parent} cannot be written")
            self._connection = self._connect("rwc")
        connection = self._connection
        # A power cut may damage the file, which is found out. To wait for the disk would cost every build.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        if self._number("schema_version") == 0:
            for table in _TABLES:
                connection.execute(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, digest TEXT, text BLOB)")
            connection.execute(
                "CREATE TABLE known (output TEXT, name TEXT, data BLOB, PRIMARY KEY (output, name))"
            )
            connection.execute(
                "CREATE TABLE standing (output TEXT PRIMARY KEY, inputs TEXT, manifest TEXT, report TEXT, digest TEXT)"
            )
            for name, number in zip(("application_id", "user_version"), self._file_id, strict=True):
                connection.execute(f"PRAGMA {name} = {number}")
        if self._read_file_id() == self._file_id:  # else it has become another build's in the meantime
            write(connection)
        connection.execute("COMMIT")


def _checksum(name: str, text: bytes) -> str:
    return digest(name.encode() + text)


def _has_checksum(name: Any, seal: Any, text: Any) -> bool:
    return isinstance(name, str) and isinstance(text, bytes) and seal == _checksum(name, text)


def _decode_text(data: bytes) -> str:
    # What is damaged is to be found out by its digest, and not to end a build.
    return data.decode("utf-8", "replace")


def _is_race_lost(error: Exception) -> bool:
    """Whether another build had the file all the while or made it anew: neither the file nor the disk is at fault."""
    return getattr(error, "sqlite_errorname", "").startswith(_RACE_LOST)
