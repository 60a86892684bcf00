"""The table of the cache that holds what pages looked up when they were last made, for each output folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Final

from credsite.core.hashing import combined_digest, digest

HISTORY_TABLE: Final = (
    "CREATE TABLE histories (output TEXT, name TEXT, data BLOB, PRIMARY KEY (output, name)) WITHOUT ROWID"
)
_READ: Final = "SELECT name, data FROM histories WHERE output = ?"
_DELETE: Final = "DELETE FROM histories WHERE output = ? AND name = ?"
_WRITE_IF_NEW: Final = (
    "INSERT OR REPLACE INTO histories SELECT ?1, ?2, ?3 "
    "WHERE NOT EXISTS (SELECT 1 FROM histories WHERE output = ?1 AND name = ?2 AND data = ?3)"
)
_CHECKSUM: Final = "checksum"
"""The name of the row with a digest of the others: they are of use only together."""


def read_history(rows: Callable[[str, str], list[tuple[Any, ...]]], output: str) -> dict[str, bytes]:
    """The columns that are stored of the folder ``output``, by name. None of them where any is damaged.

    ``rows`` gives the rows for a query and the value of its placeholder.
    """
    columns = dict(rows(_READ, output))
    checksum = columns.pop(_CHECKSUM, None)
    try:
        return columns if checksum == _checksum(columns) else {}
    except TypeError:  # something else is in the place of bytes
        return {}


def write_history(connection: sqlite3.Connection, output: str, columns: Mapping[str, bytes]) -> None:
    """Replace the columns of the folder ``output``; only those that differ are written."""
    new = {**columns, _CHECKSUM: _checksum(columns)}
    stored = connection.execute("SELECT name FROM histories WHERE output = ?", (output,)).fetchall()
    connection.executemany(_DELETE, ((output, name) for (name,) in stored if name not in new))
    connection.executemany(_WRITE_IF_NEW, ((output, name, data) for name, data in new.items()))


def _checksum(columns: Mapping[str, bytes]) -> bytes:
    return combined_digest(f"{name} {digest(columns[name])}" for name in sorted(columns)).encode()
