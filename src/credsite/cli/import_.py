"""``credsite import``, which prints what it does as a table on a terminal, otherwise as plain lines."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple, get_args

import click

from credsite.authoring.editors.choices import page_templates
from credsite.authoring.spreadsheet.cells import DateOrder, SheetConventions
from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.export import empty_sheet, refused_rows_csv
from credsite.authoring.spreadsheet.file_writes import FileWrite, write_files
from credsite.authoring.spreadsheet.import_target import ImportTarget
from credsite.authoring.spreadsheet.mapping import load_mapping
from credsite.authoring.spreadsheet.planning import EntryChange, ImportPlan, plan_import
from credsite.authoring.spreadsheet.sheet_entries import RefusedRows
from credsite.authoring.spreadsheet.sheet_reader import read_sheet
from credsite.authoring.spreadsheet.sheets import Sheet
from credsite.authoring.spreadsheet.table import build_table
from credsite.catalogue.clock import Clock
from credsite.cli.decorators import (
    EXIT_OK,
    EXIT_PROBLEMS,
    errors_as_messages,
    now_option,
    processor_count,
    site_option,
)
from credsite.cli.sites import RESERVED_PAGE_SLUGS, load_settings, load_site_entries, write_result
from credsite.cli.streams import one_line, styled, unfiltered
from credsite.cli.text import display_path, wrap_text
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.core.regular_files import read_regular
from credsite.core.text import join_names, pluralize
from credsite.problems.excerpts import terminal_safe
from credsite.problems.suggestions import list_allowed, with_suggestion
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.kinds import CREATABLE, Kind
from credsite.schema.site_schema import BUILT_IN
from credsite.site.labels import site_vocabularies

_MAX_VALUE_LENGTH: Final = 60
_INDENT: Final = " " * 10
_MAX_ROWS: Final = 4
"""How many rows are named if several have the same mistake."""
_MAX_EXAMPLES: Final = 3
"""How many mistakes of one kind are shown without --full."""
_NEXT_BUILD: Final = (
    "The next build publishes the new entries. If that is too early, write `draft: true` into them; `--draft` does that.",
    "The next build publishes the new entry. If that is too early, write `draft: true` into it; `--draft` does that.",
)
_VALUE: Final = re.compile(r"`[^`]*`|\d+")
"""What differs between messages of one kind."""


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE"
)
@site_option
@click.option(
    "--kind",
    default="course",
    show_default=True,
    type=click.Choice([str(kind) for kind in CREATABLE]),
    help="What the rows are.",
)
@click.option("--dry-run", "-n", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook.  [default: the only visible one]")
@click.option(
    "--mapping",
    metavar="NAME",
    help="What the headings of another organisation's sheet mean: a mapping's name, or a file.",
)
@click.option(
    "--set",
    "fixed",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="A value for every row that has none. Repeat it for several.",
)
@click.option(
    "--ignore",
    "ignored",
    multiple=True,
    metavar="COLUMN",
    help="A column to leave out: its heading or, if it has none, its letter. Repeat it for several.",
)
@click.option(
    "--dates",
    type=click.Choice(get_args(DateOrder)),
    help="How the sheet writes dates.  [default: year-month-day]",
)
@click.option("--encoding", metavar="NAME", help="The encoding of a CSV file.  [default: UTF-8]")
@click.option("--draft", is_flag=True, help="Make new entries drafts.")
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the refused rows to this CSV file, with what is wrong.",
)
@click.option(
    "--full", is_flag=True, help="Show each refused row, also where many have the same kind of mistake."
)
@click.option("--force", is_flag=True, help="Overwrite the file of --errors.")
@click.option(
    "--template", is_flag=True, help="Write an empty sheet with all columns to the terminal, as CSV."
)
@now_option("Check")
@errors_as_messages
@garbage_collection_paused()
def command(
    file: Path | None,
    site: Path,
    kind: str,
    dry_run: bool,
    sheet: str | None,
    mapping: str | None,
    fixed: tuple[str, ...],
    ignored: tuple[str, ...],
    dates: DateOrder | None,
    encoding: str | None,
    draft: bool,
    errors: Path | None,
    full: bool,
    force: bool,
    template: bool,
    now: datetime | None,
) -> None:
    """Create and change entries from FILE, a spreadsheet: CSV, or an Excel workbook (.xlsx).

    A row with the `slug` or the title of an entry changes it; the text and the comments of its file stay. Other rows
    create new files. All rows are checked first: if one has a mistake, nothing is written.
    """
    if template:
        schema = load_settings(site).site_schema if (site / CONFIG_FILE).exists() else BUILT_IN
        click.echo(empty_sheet(columns_of(Kind(kind), schema)), nl=False)
        return
    if file is None:
        raise click.UsageError("Name the spreadsheet: credsite import courses.csv")
    if errors is not None and errors.exists() and not force:
        raise click.UsageError(f"{errors} already exists. Choose another name, or add --force.")
    mapped = load_mapping(mapping).without(ignored)
    settings = load_settings(site)
    columns = columns_of(Kind(kind), settings.site_schema)
    rows = read_sheet(
        file,
        lambda heading: columns.find(heading) is not None or mapped.handles(heading),
        sheet,
        encoding,
        frozenset(column.strip().upper() for column in ignored),
    )
    table = build_table(rows, columns, mapped, _fixed_values(fixed))
    target = _import_target(site, settings, Kind(kind), now)
    date_order = dates or mapped.dates or "year-month-day"
    conventions = SheetConventions(date_order, mapped.currency or "", target.settings.currency or "")
    plan = plan_import(table, Kind(kind), target, conventions, draft=draft)
    is_written = not dry_run and not plan.refused
    if is_written:
        _write(site, plan)
    print_plan(plan, rows.name, is_done=is_written, with_changes=dry_run or is_written, in_full=full)
    if is_written and not draft and (created := sum(change.action == "create" for change in plan.changes)):
        click.echo(_NEXT_BUILD[created == 1])
    if plan.refused and errors is not None:
        _write_refused_rows(errors, rows, plan)
    sys.exit(EXIT_PROBLEMS if plan.refused else EXIT_OK)


def _fixed_values(options: Iterable[str]) -> dict[str, str]:
    values = {}
    for option in options:
        name, equals, value = (part.strip() for part in option.partition("="))
        if not equals or not name or not value:
            raise click.BadParameter(
                f"`{option}` is not a column and a value, such as provider=harbour-college.",
                param_hint="--set",
            )
        values[name] = value
    return values


def _import_target(site: Path, settings: Config, kind: Kind, now: datetime | None) -> ImportTarget:
    return ImportTarget(
        settings,
        load_site_entries(site, settings),
        site_vocabularies(settings, page_templates(site, settings)),
        Clock.at(now or datetime.now(settings.zone), settings.zone),
        read_bytes=lambda path: read_regular(site / path, settings.max_file_size),
        reserved_slugs=RESERVED_PAGE_SLUGS if kind is Kind.PAGE else frozenset(),
        jobs=processor_count(),
    )


def _write(site: Path, plan: ImportPlan) -> None:
    changes = [change for change in plan.changes if change.action != "none"]
    write_files(site, [FileWrite(change.path, change.old, change.new) for change in changes])


def _write_refused_rows(file: Path, sheet: Sheet, plan: ImportPlan) -> None:
    write_result(file, refused_rows_csv(sheet, plan.refused))
    click.echo(f"The refused rows are in {display_path(file)}, each with what is wrong.", err=True)


def print_plan(
    plan: ImportPlan, name: str, *, is_done: bool, with_changes: bool, in_full: bool = False
) -> None:
    """Print what is refused, and how many files are created and changed. ``with_changes`` prints each of these files too.

    ``is_done`` says whether the changes have been written; if not, they are listed with the values that change.
    Without ``in_full``, only the first mistakes of each kind are shown.
    """
    refused = _grouped(plan.refused)
    shown, left_out = (refused, []) if in_full else _first_of_each_kind(refused)
    if with_changes and not is_done and sys.stdout.isatty():
        _print_table([*_lines(plan), *(_refused_line(rows, one) for rows, one in shown)])
    else:
        for line in _lines(plan) if with_changes else ():
            click.echo(f"{line.action:<9} {line.rows:<8} {one_line(line.file)}")
            for detail in () if is_done else line.details:
                click.echo(f"{_INDENT}{one_line(detail)}")
        for rows, one in shown:
            click.echo(_refusal(name, rows, one, in_full=in_full))
    for heading, rows in left_out:
        click.echo(_more(name, heading, rows))
    _print_notes(plan, in_full=in_full)
    click.echo(_summary(plan, is_done=is_done))


def _first_of_each_kind(
    refused: Sequence[tuple[tuple[int, ...], RefusedRows]],
) -> tuple[list[tuple[tuple[int, ...], RefusedRows]], list[tuple[str, tuple[int, ...]]]]:
    """The first mistakes of each kind in each column, and for each column the rows of those that are left out."""
    shown, left_out = [], dict[tuple[str, str], set[int]]()
    counts = Counter[tuple[str, str]]()
    for rows, one in refused:
        kind = (one.heading, _VALUE.sub("`", one.message))
        counts[kind] += 1
        if counts[kind] <= _MAX_EXAMPLES:
            shown.append((rows, one))
        else:
            left_out.setdefault(kind, set()).update(rows)
    return shown, [(heading, tuple(sorted(rows))) for (heading, _), rows in left_out.items()]


def _more(name: str, heading: str, rows: Sequence[int]) -> str:
    column = f", column `{heading}`" if heading else ""
    which = f"row {_rows(rows)} has" if len(rows) == 1 else f"rows {_rows(rows)} have"
    text = f"{pluralize(len(rows), 'more row')}: {which} a mistake of the same kind. Add --full to see each."
    return "\n".join([styled(f"          {name}{column}", bold=True), *wrap_text(text, _INDENT)])


def _print_notes(plan: ImportPlan, *, in_full: bool) -> None:
    """Print what editors should know of what is imported: the first notes of each kind, or all ``in_full``."""
    counts = Counter[str]()
    for change in plan.changes:
        if change.note:
            kind = _VALUE.sub("`", change.note)
            counts[kind] += 1
            if in_full or counts[kind] <= _MAX_EXAMPLES:
                click.echo(f"note      {_rows(change.rows):<8} {one_line(change.path)}")
                click.echo("\n".join(wrap_text(terminal_safe(change.note), _INDENT)))
    if not in_full and (more := sum(max(0, count - _MAX_EXAMPLES) for count in counts.values())):
        click.echo(f"note      {pluralize(more, 'more note')} of the same kinds. Add --full to see each.")
    for note in plan.notes:
        click.echo("\n".join(["note", *wrap_text(terminal_safe(note), _INDENT)]))


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
        table.add_row(
            Text(action, style=colours[action]),
            rows,
            Text(terminal_safe(file)),
            Text("\n".join(map(terminal_safe, details))),
        )
    Console(file=unfiltered(sys.stdout)).print(table)


def _rows(rows: Sequence[int]) -> str:
    """``7``, ``7, 9`` or ``2-4``."""
    if len(rows) > 1 and rows[-1] - rows[0] == len(rows) - 1:
        return f"{rows[0]}-{rows[-1]}"
    if len(rows) > _MAX_ROWS:
        return join_names([str(row) for row in rows], _MAX_ROWS)
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


def _refusal(name: str, rows: Sequence[int], one: RefusedRows, *, in_full: bool) -> str:
    where = name
    if rows:
        numbers = ", ".join(map(str, rows)) if in_full else _rows(rows)
        where += f", row {numbers}" if len(rows) == 1 else f", rows {numbers}"
    if one.heading:
        where += f", column `{one.heading}`"
    lines = [f"{styled('refused', fg='red', bold=True)}   {styled(where, bold=True)}"]
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
        if not rows:
            return "The import was refused, so nothing was written."
        stopped = f"{pluralize(len(rows), 'row')} refused, so nothing was written."
        return f"{stopped} Without {'it' if len(rows) == 1 else 'them'}: {files}." if counts else stopped
    if is_done:
        return f"{files}."
    return f"Nothing was written. An import would give: {files}."
