"""``credsite import``"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from credsite.authoring.editors.choices import page_templates
from credsite.authoring.spreadsheet.cells import DateOrder, SheetConventions
from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.export import empty_sheet, refused_rows_csv
from credsite.authoring.spreadsheet.file_writes import FileWrite, write_files
from credsite.authoring.spreadsheet.import_target import ImportTarget
from credsite.authoring.spreadsheet.mapping import load_mapping
from credsite.authoring.spreadsheet.planning import ImportPlan, plan_import
from credsite.authoring.spreadsheet.sheet_reader import read_sheet
from credsite.authoring.spreadsheet.sheets import Sheet
from credsite.authoring.spreadsheet.table import build_table
from credsite.catalogue.clock import Clock
from credsite.cli.errors import EXIT_OK, EXIT_PROBLEMS, errors_as_messages
from credsite.cli.import_text import print_plan
from credsite.cli.options import DateTimeType, processor_count, site_option
from credsite.cli.sites import RESERVED_PAGE_SLUGS, load_settings, load_site_entries, write_result
from credsite.cli.text import display_path
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.schema.kinds import CREATABLE, Kind
from credsite.site.labels import site_vocabularies


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
@click.option("--force", is_flag=True, help="Overwrite the file of --errors.")
@click.option(
    "--template", is_flag=True, help="Write an empty sheet with all columns to the terminal, as CSV."
)
@click.option(
    "--now", type=DateTimeType(), metavar="DATE", help="Check as if it were this date, or date and time."
)
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
    dates: DateOrder | None,
    encoding: str | None,
    draft: bool,
    errors: Path | None,
    force: bool,
    template: bool,
    now: datetime | None,
) -> None:
    """Create and change entries from FILE, a spreadsheet: CSV, or an Excel workbook (.xlsx).

    A row with the `slug` or the title of an entry changes it; the text and the comments of its file stay. Other rows
    create new files. All rows are checked first: if one has a mistake, nothing is written.
    """
    if template:
        click.echo(empty_sheet(Kind(kind)), nl=False)
        return
    if file is None:
        raise click.UsageError("Name the spreadsheet: credsite import courses.csv")
    if errors is not None and errors.exists() and not force:
        raise click.UsageError(f"{errors} already exists. Choose another name, or add --force.")
    mapped = load_mapping(mapping)
    columns = columns_of(Kind(kind))
    rows = read_sheet(
        file, lambda heading: columns.find(heading) is not None or mapped.handles(heading), sheet, encoding
    )
    table = build_table(rows, columns, mapped, _fixed_values(fixed))
    target = _import_target(site, Kind(kind), now)
    date_order = dates or mapped.dates or "year-month-day"
    conventions = SheetConventions(date_order, mapped.currency or "", target.settings.currency or "")
    plan = plan_import(table, Kind(kind), target, conventions, draft=draft)
    is_written = not dry_run and not plan.refused
    if is_written:
        _write(site, plan)
    print_plan(plan, rows.name, is_done=is_written, in_full=dry_run)
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


def _import_target(site: Path, kind: Kind, now: datetime | None) -> ImportTarget:
    settings = load_settings(site)
    return ImportTarget(
        settings,
        load_site_entries(site, settings),
        site_vocabularies(settings, page_templates(site, settings)),
        Clock.at(now or datetime.now(settings.zone), settings.zone),
        read_bytes=lambda path: (site / path).read_bytes(),
        reserved_slugs=RESERVED_PAGE_SLUGS if kind is Kind.PAGE else frozenset(),
        jobs=processor_count(),
    )


def _write(site: Path, plan: ImportPlan) -> None:
    changes = [change for change in plan.changes if change.action != "none"]
    write_files(site, [FileWrite(change.path, change.old, change.new) for change in changes])


def _write_refused_rows(file: Path, sheet: Sheet, plan: ImportPlan) -> None:
    write_result(file, refused_rows_csv(sheet, plan.refused))
    click.echo(f"The refused rows are in {display_path(file)}, each with what is wrong.", err=True)
