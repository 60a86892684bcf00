"""What builds wrote to output folders, as the build cache holds it: the last build, and what its pages looked up.

An output folder has a key, :func:`credsite.build.state_dir.output_key`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

from credsite.build.cache_file import CacheFile
from credsite.core.hashing import combined_digest, digest
from credsite.core.user_cache import seal

if TYPE_CHECKING:
    from credsite.site.dependencies.history import HistoryColumns

TABLES_OF_BUILDS: Final = (
    "CREATE TABLE histories (output TEXT, name TEXT, data BLOB, PRIMARY KEY (output, name)) WITHOUT ROWID",
    "CREATE TABLE builds (output TEXT PRIMARY KEY, inputs TEXT, manifest TEXT, report TEXT, digest TEXT)",
)
_READ: Final = "SELECT name, data FROM histories WHERE output = ?"
_DELETE: Final = "DELETE FROM histories WHERE output = ? AND name = ?"
_WRITE_IF_NEW: Final = (
    "INSERT OR REPLACE INTO histories SELECT ?1, ?2, ?3 "
    "WHERE NOT EXISTS (SELECT 1 FROM histories WHERE output = ?1 AND name = ?2 AND data = ?3)"
)
_CHECKSUM: Final = "checksum"
"""The name of the row with a digest of the others: they are of use only together."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """The last build of an output folder: digests of its inputs and of its manifest, and its report as text."""

    inputs: str
    manifest: str
    report: str


def read_history(file: CacheFile, output: str) -> HistoryColumns:
    """What the pages in the folder with the key ``output`` looked up: columns by name. None of them where any is damaged."""
    columns = dict(file.rows(_READ, output))
    stored = columns.pop(_CHECKSUM, None)
    try:
        return columns if stored == _columns_checksum(columns) else {}
    except TypeError:  # something else is in the place of bytes
        return {}


def read_record(file: CacheFile, output: str) -> BuildRecord | None:
    """The record of the last build of the folder with the key ``output``."""
    query = "SELECT inputs, manifest, report, digest FROM builds WHERE output = ?"
    for *texts, stored in file.rows(query, output):
        if all(isinstance(text, str) for text in texts) and stored == _seal_of(texts):
            return BuildRecord(*texts)
    return None


def write_build(
    connection: sqlite3.Connection, output: str, record: BuildRecord, history: HistoryColumns
) -> list[str]:
    """Write the record and the history of a folder, and delete those of other folders that are out of date.

    Returns the keys of these folders.
    """
    _write_history(connection, output, history)
    outdated = _outdated_outputs(connection, output, history)
    for table in ("histories", "builds"):
        connection.executemany(f"DELETE FROM {table} WHERE output = ?", ((key,) for key in outdated))  # noqa: S608 - constants
    texts = astuple(record)
    row = (output, *texts, _seal_of(texts))
    connection.execute("INSERT OR REPLACE INTO builds VALUES (?, ?, ?, ?, ?)", row)
    return outdated


def _write_history(connection: sqlite3.Connection, output: str, columns: Mapping[str, bytes]) -> None:
    """Replace the columns of the folder ``output``; only those that differ are written."""
    new = {**columns, _CHECKSUM: _columns_checksum(columns)}
    stored = connection.execute("SELECT name FROM histories WHERE output = ?", (output,)).fetchall()
    connection.executemany(_DELETE, ((output, name) for (name,) in stored if name not in new))
    connection.executemany(_WRITE_IF_NEW, ((output, name, data) for name, data in new.items()))


def _outdated_outputs(connection: sqlite3.Connection, output: str, history: HistoryColumns) -> list[str]:
    """The keys of other folders that have pages of stories which are not in this ``history``."""
    others = connection.execute(
        "SELECT output, data FROM histories WHERE name = 'names' AND output <> ?", (output,)
    ).fetchall()
    if not others:
        return []
    stories = _story_pages(history.get("names", b"[]"))
    return [key for key, names in others if not _story_pages(names) <= stories]


def _story_pages(column: bytes) -> set[str]:
    """The pages of stories, and lists of them, in a column of names."""
    from credsite.schema.kinds import KINDS, Kind

    prefix = KINDS[Kind.STORY].url_prefix
    try:
        return {name for name in json.loads(column) if isinstance(name, str) and name.startswith(prefix)}
    except (ValueError, TypeError, RecursionError):
        return {""}  # damaged, and equal to no other


def _columns_checksum(columns: Mapping[str, bytes]) -> bytes:
    return _seal_of(f"{name} {digest(columns[name])}" for name in sorted(columns)).encode()


def _seal_of(texts: Iterable[str]) -> str:
    return seal(combined_digest(texts).encode())
