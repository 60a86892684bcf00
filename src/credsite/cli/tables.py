"""Writes tables to standard output, for people, for programs and for spreadsheets."""

from __future__ import annotations

from typing import Final

from credsite.cli.streams import without_commands, write_utf8
from credsite.problems.tables import Table

TABLE_FORMATS: Final = ("text", "json", "csv")
"""The formats that a table can be written in."""


def write_table(table: Table, output_format: str, **extra: object) -> None:
    """Write ``table`` in one of TABLE_FORMATS; in JSON, with ``extra`` keys beside the rows."""
    match output_format:
        case "text":
            write_utf8(table.as_text())
        case "json":
            write_utf8(table.as_json(**extra))
        case _:
            write_utf8(without_commands(table.as_csv()))
