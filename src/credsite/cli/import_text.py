"""What an import does, in words: as a table on a terminal, plainly elsewhere."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import click

from credsite.authoring.spreadsheet.plan import EntryChange, ImportPlan, RefusedRows
from credsite.core.humanize import pluralize
from credsite.problems.suggestions import list_allowed, with_suggestion

_WIDEST: Final = 60
"""Characters of a value that are shown."""
_FEW: Final = 4
"""Rows that are named where several have one mistake."""


def print_plan(plan: ImportPlan, name: str, *, is_done: bool, in_full: bool) -> None:
    """Say what is made, changed and refused. ``in_full`` names each entry that is made or changed, and how."""
    refused = _grouped(plan.refused)
    if in_full and sys.stdout.isatty():
        _show_table([*_lines(plan), *(_refused_line(rows, one) for rows, one in refused)])
    else:
        for line in _lines(plan) if in_full else ():
            click.echo(f"{line.what:<9} {line.rows:<8} {line.file}")
            for detail in line.details:
                click.echo(f"          {detail}")
        for rows, one in refused:
            click.echo(_refusal(name, rows, one))
    for change in plan.changes:
        if change.note:
            click.echo(f"note      {_rows(change.rows):<8} {change.path}\n          {change.note}")
    click.echo(_summary(plan, is_done=is_done))


class _Line(NamedTuple):
    what: str
    rows: str
    file: str
    details: list[str]


def _lines(plan: ImportPlan) -> Iterator[_Line]:
    for change in plan.changes:
        if change.is_new:
            yield _Line("make", _rows(change.rows), change.path, [])
        elif not change.is_unchanged:
            yield _Line("change", _rows(change.rows), change.path, list(_details(change)))


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
    line = _shown(" / ".join(text.split("\n")))
    return (line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…") or "nothing"


def _shown(text: str) -> str:
    """Without signs that a terminal would obey."""
    return "".join(
        sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text
    )


def _show_table(lines: Sequence[_Line]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not lines:
        return
    table = Table("", "row")
    table.add_column("file", overflow="fold")
    table.add_column("what changes, or is wrong")
    colours = {"make": "green", "change": "yellow", "refuse": "red"}
    for what, rows, file, details in lines:
        table.add_row(Text(what, style=colours[what]), rows, Text(file), Text("\n".join(details)))
    Console().print(table)


def _rows(rows: Sequence[int]) -> str:
    """``7``, ``7, 9`` or ``2-4``."""
    if len(rows) > 1 and rows[-1] - rows[0] == len(rows) - 1:
        return f"{rows[0]}-{rows[-1]}"
    if len(rows) > _FEW:
        return f"{', '.join(map(str, rows[:_FEW]))} and {len(rows) - _FEW:,} more"
    return ", ".join(map(str, rows))


def _grouped(refused: Sequence[RefusedRows]) -> list[tuple[tuple[int, ...], RefusedRows]]:
    """Each mistake once, with all its rows."""
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
        lines += textwrap.wrap(text, 92, break_long_words=False, break_on_hyphens=False)
    return "\n          ".join(lines)


def _message(one: RefusedRows) -> str:
    return _shown(with_suggestion(one.message, one.suggestion))


def _summary(plan: ImportPlan, *, is_done: bool) -> str:
    made, changed, same = len(plan.created), len(plan.changed), len(plan.unchanged)
    files = f"{pluralize(made, 'file')} made, {changed:,} changed, {same:,} as before"
    if plan.refused:
        rows = {row for one in plan.refused for row in one.rows}
        return (
            f"{pluralize(len(rows), 'row')} refused, so nothing was written. The others would come to: {files}."
            if rows
            else "Refused, so nothing was written."
        )
    if is_done:
        return f"{files[0].upper()}{files[1:]}."
    return f"Nothing was written. An import would come to: {files}."
