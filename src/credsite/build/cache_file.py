"""The SQLite file of a cache, ``SITE/.credsite/cache.sqlite``: opened, read, and written in one transaction.

The file is never needed. Where it cannot be read, a new one is made; where it cannot be written, the build goes on
without. Of two builds at the same time, one may find the file locked or replaced by the other and save nothing. None of
these stops a build.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from credsite.build.state_dir import CACHE_NOT_WRITTEN, FOLDER, state_folder
from credsite.core.regular_files import is_link, open_regular
from credsite.core.user_cache import can_seal, seal

FILE: Final = "cache.sqlite"
CACHE_REBUILT: Final = "The cache was damaged, or made by another version of credsite or for somebody else, and has been made again."

_APPLICATION_ID: Final = 0x63726564
"""``cred``: marks the file as credsite's, in the place that SQLite has for that."""
_JOURNAL_END: Final = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
"""How a journal ends that names another file, which SQLite would delete. Ours never do."""
_TIMEOUT: Final = 5.0
"""Seconds to wait for another build that is writing, which takes a fraction of one."""
_LOST_RACE: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY_DBMOVED")


class CacheFile:
    """The file in the site at ``root``. ``version`` is a hexadecimal digest of the code that writes it.

    A file of another version is replaced, and so is a damaged one. ``tables`` are statements that create what an empty
    file lacks. Not for use by several threads at once.
    """

    def __init__(self, root: Path, version: str, tables: Sequence[str]) -> None:
        self.is_damaged = False
        self._root = root
        self._path = root / FOLDER / FILE
        self._id = (_APPLICATION_ID, int(version[:7], 16))
        self._tables = tables
        self._connection: sqlite3.Connection | None = None
        self._reader: tuple[int, sqlite3.Connection | None] = (0, None)
        if can_seal() and not is_link(self._path.parent):
            self._open()

    def __getstate__(self) -> dict[str, object]:
        """For another process, which opens the file by itself."""
        return {**self.__dict__, "_connection": None, "_reader": (0, None)}

    def close(self) -> None:
        """Close the file. What was not saved is lost."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """The rows that a query gives: none where there is no file, or where it turns out to be damaged."""
        try:
            return self._rows(query, *values)
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def rows_later(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """The rows that a query gives, also after the file was closed and in a forked process. None where that fails."""
        try:
            return self._connection_of_process().execute(query, values).fetchall()
        except sqlite3.Error:
            return []  # the next build finds the damage

    def discard(self) -> None:
        """Do without a damaged file for the rest of the build. :meth:`save` makes a new one."""
        self.is_damaged = True
        self.close()

    def save(self, write: Callable[[sqlite3.Connection], None]) -> str:
        """Do ``write`` in one transaction, and close.

        Returns a sentence for the editor where the file was damaged or cannot be written, or ``""``.
        """
        try:
            try:
                self._write(write)
            except sqlite3.Error as error:
                if _is_lost_race(error):
                    raise
                self.discard()  # the damage shows only now
                self._write(write)
        except (sqlite3.Error, OSError) as error:
            if not _is_lost_race(error):
                return CACHE_NOT_WRITTEN
        finally:
            self.close()
        return CACHE_REBUILT if self.is_damaged else ""

    def _open(self) -> None:
        try:
            status = self._path.lstat()
            if status.st_size == 0 and stat.S_ISREG(status.st_mode):  # another build is about to fill it
                return
            if not stat.S_ISREG(status.st_mode) or self._has_foreign_journal():
                self.discard()
                return
            self._connection = self._connect("rw")
            if self._read_id() != self._id or not self._has_own_tables():
                self.discard()
        except FileNotFoundError:
            return
        except OSError:
            self.discard()
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        if _is_lost_race(error):
            self.close()
        else:
            self.discard()

    def _connect(self, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_TIMEOUT,
            isolation_level=None,
            # A preview builds now on one thread and now on another, but never on two at once.
            check_same_thread=False,
        )

    def _connection_of_process(self) -> sqlite3.Connection:
        """A connection that this process opened: one from before a fork may not be used after it."""
        process, connection = self._reader
        if connection is None or process != os.getpid():
            connection = self._connect("ro")
            self._reader = os.getpid(), connection
            weakref.finalize(self, connection.close)
        return connection

    def _read_id(self) -> tuple[int, int]:
        """Which application wrote the file, and which version of its code."""
        return self._number("application_id"), self._number("user_version")

    def _has_own_tables(self) -> bool:
        """Whether there is nothing but our tables. To read a view of somebody else's might take for ever."""
        statements = self._rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return sorted(sql for (sql,) in statements) == sorted(self._tables)

    def _has_foreign_journal(self) -> bool:
        """Whether a journal is there that no build of ours has left."""
        try:
            descriptor, status = open_regular(f"{self._path}-journal")
        except FileNotFoundError:
            return False
        except OSError:
            return True
        try:
            os.lseek(descriptor, max(0, status.st_size - len(_JOURNAL_END)), os.SEEK_SET)
            return os.read(descriptor, len(_JOURNAL_END)) == _JOURNAL_END
        finally:
            os.close(descriptor)

    def _number(self, pragma: str) -> int:
        return int(self._rows(f"PRAGMA {pragma}")[0][0])

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, values).fetchall()
        except UnicodeDecodeError as error:  # SQLite's own message quotes the damaged bytes
            raise sqlite3.DatabaseError("the file is damaged") from error

    def _write(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Do ``write`` in one transaction, in a file that is made where it is missing or damaged."""
        if self.is_damaged:
            for end in ("", "-journal", "-wal", "-shm"):
                self._path.with_name(FILE + end).unlink(missing_ok=True)
        if self._connection is None:
            if not can_seal() or state_folder(self._root) is None:
                raise OSError(f"{self._path.parent} cannot be written")
            self._connection = self._connect("rwc")
        connection = self._connection
        # A power cut may damage the file, which the next build notices. To wait for the disk would cost every build.
        connection.execute("PRAGMA synchronous = OFF")
        # What is deleted is overwritten too: nothing of a learner who has withdrawn consent may stay.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        if self._number("schema_version") == 0:
            for statement in self._tables:
                connection.execute(statement)
            for name, number in zip(("application_id", "user_version"), self._id, strict=True):
                connection.execute(f"PRAGMA {name} = {number}")
        if self._read_id() == self._id:  # otherwise a build with another version of the code has replaced it
            write(connection)
        connection.execute("COMMIT")


def checksum(key: str, data: bytes) -> str:
    """The seal of a row: a damaged row does not match it, nor one that has another's data or that somebody else wrote."""
    return seal(key.encode() + data)


def is_valid_row(key: Any, stored_checksum: Any, data: Any) -> bool:
    """Whether a row holds the bytes that were written."""
    return isinstance(key, str) and isinstance(data, bytes) and stored_checksum == checksum(key, data)


def _is_lost_race(error: Exception) -> bool:
    """Whether another build locked the file or replaced it. Then neither the file nor the disk is at fault."""
    return getattr(error, "sqlite_errorname", "").startswith(_LOST_RACE)
