"""``credsite import``"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from credsite.cli.errors import EXIT_OK, EXIT_PROBLEMS, errors_as_messages
from credsite.cli.options import DateTimeType, processor_count, site_option
from credsite.cli.text import display_path
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.schema.kinds import CREATABLE, Kind

if TYPE_CHECKING:
    from credsite.authoring.spreadsheet.columns import Columns
    from credsite.authoring.spreadsheet.mapping import SheetMapping
    from credsite.authoring.spreadsheet.plan import ImportPlan
    from credsite.authoring.spreadsheet.planning import ImportTarget
    from credsite.authoring.spreadsheet.sheets import Sheet

_DATES: Final = ("year-month-day", "day/month/year", "month/day/year")
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"


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
@click.option("--dry-run", "-n", is_flag=True, help="Say what would be done, and write nothing.")
@click.option(
    "--sheet", metavar="NAME", help="The sheet of a workbook.  [default: the only one that is visible]"
)
@click.option(
    "--mapping", metavar="NAME", help="What a foreign sheet's headings mean: a mapping's name, or a file."
)
@click.option(
    "--set",
    "fixed",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="A value for every row that has none. Repeatable.",
)
@click.option(
    "--dates", type=click.Choice(_DATES), help="How the sheet writes dates.  [default: year-month-day]"
)
@click.option("--encoding", metavar="NAME", help="The encoding of a CSV file.  [default: UTF-8]")
@click.option("--draft", is_flag=True, help="Make new entries drafts.")
@click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the rows that are refused to this CSV file, with what is wrong.",
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
    dates: str | None,
    encoding: str | None,
    draft: bool,
    errors: Path | None,
    force: bool,
    template: bool,
    now: datetime | None,
) -> None:
    """Make and change entries from FILE, a spreadsheet: CSV, or .xlsx as Excel writes it.

    A row whose `slug` or title is that of an entry changes it; the text and the comments of its file stay. Other rows
    make new files. All rows are checked first: if one has a mistake, nothing is written.
    """
    from credsite.authoring.spreadsheet.columns import columns_of

    if template:
        from credsite.authoring.spreadsheet.export import empty_sheet as empty_sheet

        click.echo(empty_sheet(Kind(kind)), nl=False)
        return
    if file is None:
        raise click.UsageError("Name the spreadsheet: credsite import courses.csv")
    if errors is not None and errors.exists() and not force:
        raise click.UsageError(f"{errors} is there already. Choose another name, or add --force.")
    from credsite.authoring.spreadsheet.cells import SheetConventions
    from credsite.authoring.spreadsheet.mapping import load_mapping
    from credsite.authoring.spreadsheet.planning import plan_import
    from credsite.authoring.spreadsheet.table import build_table
    from credsite.cli.import_text import print_plan

    rules = load_mapping(mapping)
    columns = columns_of(Kind(kind))
    found = _read(file, columns, rules, sheet, encoding)
    table = build_table(found, columns, rules, _fixed(fixed))
    into = _site(site, Kind(kind), now)
    order: Any = dates or rules.dates or "year-month-day"
    habits = SheetConventions(order, rules.currency, into.settings.currency or "")
    plan = plan_import(table, Kind(kind), into, habits, draft=draft)
    if not dry_run and not plan.refused:
        _write(site, plan)
    print_plan(plan, found.name, is_done=not dry_run and not plan.refused, in_full=dry_run)
    if plan.refused and errors is not None:
        _write_errors(errors, found, plan)
    sys.exit(EXIT_PROBLEMS if plan.refused else EXIT_OK)


def _read(
    file: Path, columns: Columns, rules: SheetMapping, sheet: str | None, encoding: str | None
) -> Sheet:
    """The sheet in ``file``; what it is, its first bytes say, whatever its name is."""
    from credsite.authoring.spreadsheet.csv_reader import read_csv
    from credsite.authoring.spreadsheet.sheets import MAX_BYTES, SheetError
    from credsite.authoring.spreadsheet.xlsx_reader import read_xlsx

    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SheetError(f"{file} cannot be read: {error.strerror or error}.") from error
    name = file.name
    if len(data) > MAX_BYTES:
        raise SheetError(f"{name} has more than {MAX_BYTES // 1_000_000} MB. Import it in parts.")
    if data.startswith(_OLD_EXCEL):
        raise SheetError(
            f"{name} is in Excel's old format, or protected with a password. Open it in Excel, and save it as an Excel "
            "workbook (.xlsx) without a password."
        )
    if data.startswith(_ZIP):
        return read_xlsx(data, name, sheet)
    if sheet is not None:
        raise SheetError(f"{name} is no workbook, and has no sheets. Leave --sheet out.")
    return read_csv(
        data, name, lambda heading: columns.find(heading) is not None or rules.handles(heading), encoding
    )


def _fixed(options: Iterable[str]) -> dict[str, str]:
    fixed = {}
    for option in options:
        name, equals, value = option.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.BadParameter(
                f"`{option}` is not a column and a value, such as provider=harbour-college.",
                param_hint="--set",
            )
        fixed[name.strip()] = value.strip()
    return fixed


def _site(root: Path, kind: Kind, now: datetime | None) -> ImportTarget:
    from credsite.authoring.editors.choices import page_templates
    from credsite.authoring.spreadsheet.planning import ImportTarget
    from credsite.build.cache import Cache
    from credsite.catalogue.checks import Vocabularies
    from credsite.catalogue.clock import Clock
    from credsite.cli.progress import progress_bar
    from credsite.cli.sites import RESERVED_PAGE_SLUGS, load_settings
    from credsite.content.loader import load_entries
    from credsite.site.labels import background_ids, support_ids

    settings = load_settings(root)
    with progress_bar(show=True) as progress, Cache(root) as memo:

        def told(done: int, total: int) -> None:
            if progress is not None:
                progress("Reading", done, total)

        reading = load_entries(root, settings, jobs=processor_count(), cache=memo, progress=told)
    vocabularies = Vocabularies(
        settings.funding,
        background_ids(settings),
        support_ids(settings),
        page_templates(root, settings),
        settings.currency or "",
    )
    clock = Clock.at(now or datetime.now(settings.zone), settings.zone)
    taken = RESERVED_PAGE_SLUGS if kind is Kind.PAGE else frozenset()
    return ImportTarget(
        settings,
        reading,
        vocabularies,
        clock,
        lambda path: (root / path).read_bytes(),
        taken,
        processor_count(),
    )


def _write(root: Path, plan: ImportPlan) -> None:
    from credsite.authoring.spreadsheet.file_writes import FileWrite, write_files

    write_files(
        root,
        [
            FileWrite(change.path, change.old, change.new)
            for change in plan.changes
            if not change.is_unchanged
        ],
    )


def _write_errors(errors: Path, sheet: Sheet, plan: ImportPlan) -> None:
    from credsite.authoring.spreadsheet.export import refused_rows_csv
    from credsite.core.errors import CredsiteError

    try:
        errors.write_bytes(refused_rows_csv(sheet, plan.refused))
    except OSError as error:
        raise CredsiteError(f"{errors} cannot be written: {error.strerror or error}.") from error
    click.echo(
        f"The rows that were refused are in {display_path(errors)}, each with what is wrong.", err=True
    )
