"""``credsite export``"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, get_args

import click

from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.export import ExportedEntry, ExportFormat, export, exportable
from credsite.catalogue.checks import without_duplicates
from credsite.cli.decorators import EXIT_OK, EXIT_PROBLEMS, errors_as_messages, site_argument
from credsite.cli.sites import load_settings, load_site_entries, write_result
from credsite.cli.streams import one_line
from credsite.cli.text import display_path
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.core.regular_files import read_regular
from credsite.core.text import pluralize
from credsite.problems.codes import CODES
from credsite.problems.model import Problem, Severity
from credsite.schema.config import Config
from credsite.schema.front_matter import parse_document
from credsite.schema.kinds import CREATABLE, Kind

_FORMATS: Final[tuple[ExportFormat, ...]] = get_args(ExportFormat)


@click.command()
@site_argument
@click.option(
    "--format",
    "file_format",
    type=click.Choice(_FORMATS),
    help="The format to write.  [default: the extension of --output, or else csv]",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file to write.  [default: the terminal]",
)
@click.option(
    "--kind",
    default="course",
    show_default=True,
    type=click.Choice([str(kind) for kind in CREATABLE]),
    help="Which entries.",
)
@click.option("--no-drafts", is_flag=True, help="Leave drafts out.")
@click.option("--text", is_flag=True, help="With the texts below the front matter.")
@click.option("--keep-going", is_flag=True, help="Leave out entries that have mistakes, and say which.")
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@errors_as_messages
@garbage_collection_paused()
def command(
    site: Path,
    file_format: ExportFormat | None,
    output: Path | None,
    kind: str,
    no_drafts: bool,
    text: bool,
    keep_going: bool,
    force: bool,
) -> None:
    """Write the entries of SITE to a spreadsheet, with one row for each.

    It contains all entries, also drafts and those that the website does not show today. If it is imported again without
    a change, nothing changes.
    """
    extension = output.suffix.lower().lstrip(".") if output is not None else ""
    default: ExportFormat = next((name for name in _FORMATS if name == extension), "csv")
    chosen_format = file_format or default
    if output is None and chosen_format == "xlsx" and sys.stdout.isatty():
        raise click.UsageError("A workbook cannot be shown on a terminal. Name a file: --output courses.xlsx")
    if output is not None and output.exists() and not force:
        raise click.UsageError(f"{output} already exists. Choose another name, or add --force.")
    settings = load_settings(site)
    columns = columns_of(Kind(kind), settings.site_schema)
    entries, problems = _entries(site, settings, Kind(kind), no_drafts=no_drafts)
    fitting, others = exportable(columns, entries, chosen_format, text=text)
    if keep_going:
        entries, problems = fitting, [*problems, *others]
    else:  # what a format cannot hold is said when it is written
        problems += (problem for problem in others if problem.code == "internal-fault")
    for problem in problems:
        click.echo(one_line(f"{problem.location}: {problem.message}"), err=True)
    if problems and not keep_going:
        message = "Nothing was exported, because entries with mistakes cannot be. Fix them, or leave them out with --keep-going."
        click.echo(message, err=True)
        sys.exit(EXIT_PROBLEMS)
    data = export(columns, entries, chosen_format, text=text)
    if output is None:
        # A terminal must not obey what is in the texts; a file or another program gets them as they are.
        click.echo(data.decode() if sys.stdout.isatty() else data, nl=False)
    else:
        write_result(output, data)
        click.echo(f"Wrote {pluralize(len(entries), 'entry', 'entries')} to {display_path(output)}.")
    sys.exit(EXIT_OK)


def _entries(
    site: Path, settings: Config, kind: Kind, *, no_drafts: bool
) -> tuple[list[ExportedEntry], list[Problem]]:
    """The entries of ``kind`` in order of their slugs, and the problems of those that are left out."""
    loaded = load_site_entries(site, settings)
    records, duplicates = without_duplicates(loaded.records)
    valid_paths = {record.path for record in loaded.records if record.kind is kind}
    invalid_paths = {source.path for source in loaded.invalid_files if source.kind is kind}
    problems = [problem for problem in duplicates if problem.location.path in valid_paths]
    problems += [
        problem
        for problem in loaded.problems
        if problem.location.path in invalid_paths and CODES[problem.code].severity is Severity.ERROR
    ]
    entries = []
    for record in sorted(records, key=lambda record: record.slug):
        if record.kind is kind and not (record.draft and no_drafts):
            document = parse_document(read_regular(site / record.path, settings.max_file_size))
            entries.append(ExportedEntry(record.slug, document.values, document.body, record.path))
    return entries, problems
