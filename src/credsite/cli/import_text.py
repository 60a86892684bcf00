"""Prints what an import does: as a table on a terminal, otherwise as plain lines."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import click

from credsite.authoring.spreadsheet.planning import EntryChange, ImportPlan
from credsite.authoring.spreadsheet.table import RefusedRows
from credsite.cli.text import wrap_text
from credsite.core.text import pluralize
from credsite.problems.excerpts import terminal_safe
from credsite.problems.suggestions import list_allowed, with_suggestion

_MAX_VALUE_LENGTH: Final = 60
_INDENT: Final = " " * 10
_MAX_ROWS: Final = 4
"""How many rows are named if several have the same mistake."""


def print_plan(plan: ImportPlan, name: str, *, is_done: bool, in_full: bool) -> None:
    """Print what is refused, and how many files are created and changed. ``in_full`` prints each of the changes too.

    ``is_done`` says whether the changes have been written.
    """
    refused = _grouped(plan.refused)
    if in_full and sys.stdout.isatty():
        _print_table([*_lines(plan), *(_refused_line(rows, one) for rows, one in refused)])
    else:
        for line in _lines(plan) if in_full else ():
            click.echo(f"{line.action:<9} {line.rows:<8} {line.file}")
            for detail in line.details:
                click.echo(f"{_INDENT}{detail}")
        for rows, one in refused:
            click.echo(_refusal(name, rows, one))
    for change in plan.changes:
        if change.note:
            click.echo(f"note      {_rows(change.rows):<8} {change.path}\n{_INDENT}{change.note}")
    click.echo(_summary(plan, is_done=is_done))


class _Line(NamedTuple):
    action: str
    rows: str
    file: str
    details: list[str]


def _lines(plan: ImportPlan) -> Iterator[_Line]:
    for change in plan.changes:
        if change.action != "none":
            yield _Line(change.action, _rows(change.rows), change.path, list(_details(change)))


def _refused_line(rows: Sequence[int], one: RefusedRows) -> _Line:
    where = f"{one.heading}: " if one.heading else ""
    return _Line("refuse", _rows(rows), "", [where + _message(one)])


def _details(change: EntryChange) -> Iterator[str]:
    for cell in change.cells:
        if cell.old and cell.new and (cell.added or cell.removed):
            yield from (f"{cell.heading}: no longer {_value(item)}" for item in cell.removed)
            yield from (f"{cell.heading}: also {_value(item)}" for item in cell.added)
        else:
            yield f"{cell.heading}: {_value(cell.old)} → {_value(cell.new)}"


def _value(text: str) -> str:
    line = terminal_safe(" / ".join(text.split("\n")))
    return (line if len(line) <= _MAX_VALUE_LENGTH else f"{line[: _MAX_VALUE_LENGTH - 1]}…") or "nothing"


def _print_table(lines: Sequence[_Line]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not lines:
        return
    table = Table("", "row")
    table.add_column("file", overflow="fold")
    table.add_column("what changes, or is wrong")
    colours = {"create": "green", "change": "yellow", "refuse": "red"}
    for action, rows, file, details in lines:
        table.add_row(Text(action, style=colours[action]), rows, Text(file), Text("\n".join(details)))
    Console().print(table)


def _rows(rows: Sequence[int]) -> str:
    """``7``, ``7, 9`` or ``2-4``."""
    if len(rows) > 1 and rows[-1] - rows[0] == len(rows) - 1:
        return f"{rows[0]}-{rows[-1]}"
    if len(rows) > _MAX_ROWS:
        return f"{', '.join(map(str, rows[:_MAX_ROWS]))} and {len(rows) - _MAX_ROWS:,} more"
    return ", ".join(map(str, rows))


def _grouped(refused: Sequence[RefusedRows]) -> list[tuple[tuple[int, ...], RefusedRows]]:
    """Each mistake once, with all the rows that have it."""
    rows: dict[tuple[str, str, str], list[int]] = {}
    first: dict[tuple[str, str, str], RefusedRows] = {}
    for one in refused:
        key = (one.heading, one.message, one.suggestion)
        rows.setdefault(key, []).extend(one.rows)
        first.setdefault(key, one)
    return [(tuple(sorted(set(rows[key]))), one) for key, one in first.items()]


def _refusal(name: str, rows: Sequence[int], one: RefusedRows) -> str:
    where = name
    if rows:
        where += f", row {_rows(rows)}" if len(rows) == 1 else f", rows {_rows(rows)}"
    if one.heading:
        where += f", column `{one.heading}`"
    lines = [f"{click.style('refused', fg='red', bold=True)}   {click.style(where, bold=True)}"]
    for text in (_message(one), list_allowed(one.allowed) if one.allowed else ""):
        lines += wrap_text(text, _INDENT)
    return "\n".join(lines)


def _message(one: RefusedRows) -> str:
    return terminal_safe(" ".join(with_suggestion(one.message, one.suggestion).split()))


def _summary(plan: ImportPlan, *, is_done: bool) -> str:
    counts = Counter(change.action for change in plan.changes)
    created = pluralize(counts["create"], "file")
    files = f"{created} created, {counts['change']:,} changed, {counts['none']:,} unchanged"
    if plan.refused:
        rows = {row for one in plan.refused for row in one.rows}
        return (
            f"{pluralize(len(rows), 'row')} refused, so nothing was written. Without them: {files}."
            if rows
            else "The import was refused, so nothing was written."
        )
    if is_done:
        return f"{files}."
    return f"Nothing was written. An import would give: {files}."
