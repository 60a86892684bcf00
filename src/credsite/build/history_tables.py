"""The tables of the cache that hold what pages looked up when they were last made, for each output folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from credsite.site.dependencies.history import HistoryRows

HISTORY_TABLES: Final = (
    "CREATE TABLE mappings (output TEXT, number INTEGER, name TEXT, keys BLOB, fingerprints BLOB, "
    "PRIMARY KEY (output, number))",
    "CREATE TABLE dependents (output TEXT, name TEXT, lookups BLOB, fingerprint TEXT, context TEXT, "
    "PRIMARY KEY (output, name)) WITHOUT ROWID",
    "CREATE TABLE histories (output TEXT PRIMARY KEY, day TEXT, checksum TEXT, related BLOB)",
)
_READ_HISTORY: Final = "SELECT day, checksum, related FROM histories WHERE output = ?"
_READ_MAPPINGS: Final = (
    "SELECT number, name, keys, fingerprints FROM mappings WHERE output = ? ORDER BY number"
)
_READ_DEPENDENTS: Final = (
    "SELECT name, lookups, fingerprint, context FROM dependents WHERE output = ? ORDER BY name"
)


def read_history(rows: Callable[[str, str], list[tuple[Any, ...]]], output: str) -> HistoryRows:
    """What is stored of the folder ``output``. No rows where any of them is damaged.

    ``rows`` gives the rows for a query and the value of its placeholder.
    """
    # Not at the top: to see that nothing has changed, a build needs the cache, but nothing of the site.
    from credsite.site.dependencies.history import HistoryRows

    for day, checksum, related in rows(_READ_HISTORY, output):
        history = HistoryRows(
            tuple(rows(_READ_MAPPINGS, output)),
            {row[0]: row for row in rows(_READ_DEPENDENTS, output)},
            day,
            related if isinstance(related, bytes) else b"",
        )
        try:
            is_intact = history.checksum == checksum
        except (TypeError, ValueError):
            is_intact = False
        return history if is_intact else HistoryRows(related=history.related)
    return HistoryRows()


def write_history(
    connection: sqlite3.Connection, output: str, rows: HistoryRows, stored: HistoryRows
) -> None:
    """Replace the ``stored`` rows of the folder ``output`` by ``rows``; only those that differ are written."""
    found = connection.execute("SELECT checksum FROM histories WHERE output = ?", (output,)).fetchone()
    if found != (stored.checksum,):  # another build has written in the meantime, or nothing was stored
        for table in ("mappings", "dependents"):
            connection.execute(f"DELETE FROM {table} WHERE output = ?", (output,))  # noqa: S608 - constants
        stored = type(stored)()
    connection.executemany(
        "DELETE FROM mappings WHERE output = ? AND number = ?",
        ((output, number) for number, *_ in stored.mappings[len(rows.mappings) :]),
    )
    connection.executemany(
        "DELETE FROM dependents WHERE output = ? AND name = ?",
        ((output, name) for name in stored.dependents.keys() - rows.dependents.keys()),
    )
    known = {row[0]: row for row in stored.mappings}
    connection.executemany(
        "INSERT OR REPLACE INTO mappings VALUES (?, ?, ?, ?, ?)",
        ((output, *row) for row in rows.mappings if known.get(row[0]) != row),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO dependents VALUES (?, ?, ?, ?, ?)",
        ((output, *row) for name, row in rows.dependents.items() if stored.dependents.get(name) != row),
    )
    connection.execute(
        "INSERT OR REPLACE INTO histories VALUES (?, ?, ?, ?)",
        (output, rows.day, rows.checksum, rows.related),
    )
