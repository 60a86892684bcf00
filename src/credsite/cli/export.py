"""``credsite export``"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from credsite.cli.errors import EXIT_OK, EXIT_PROBLEMS, errors_as_messages
from credsite.cli.options import processor_count, site_argument
from credsite.cli.text import display_path
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.schema.kinds import CREATABLE, Kind

if TYPE_CHECKING:
    from credsite.authoring.spreadsheet.export import ExportedEntry
    from credsite.problems.model import Problem
    from credsite.schema.config import Config


@click.command()
@site_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "json"]),
    help="What to write.  [default: what the name of --output ends in, else csv]",
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
    form: str | None,
    output: Path | None,
    kind: str,
    no_drafts: bool,
    text: bool,
    keep_going: bool,
    force: bool,
) -> None:
    """Write the entries of SITE to a spreadsheet, with one row for each.

    All entries are in it, also drafts and those that are not shown today. To import it again without a change in it
    changes nothing.
    """
    from credsite.authoring.spreadsheet.export import export
    from credsite.cli.sites import load_settings
    from credsite.core.errors import CredsiteError

    ending = output.suffix.lower().lstrip(".") if output is not None else ""
    form = form or (ending if ending in ("csv", "xlsx", "json") else "csv")
    if output is None and form == "xlsx" and sys.stdout.isatty():
        raise click.UsageError("A workbook cannot be shown on a terminal. Name a file: --output courses.xlsx")
    if output is not None and output.exists() and not force:
        raise click.UsageError(f"{output} is there already. Choose another name, or add --force.")
    entries, problems = _entries(site, load_settings(site), Kind(kind), no_drafts=no_drafts)
    for problem in problems:
        click.echo(f"{problem.location}: {problem.message}", err=True)
    if problems and not keep_going:
        message = "Nothing was exported: entries with mistakes cannot be. Mend them, or leave them out with --keep-going."
        click.echo(message, err=True)
        sys.exit(EXIT_PROBLEMS)
    data = export(Kind(kind), entries, form, text=text)  # type: ignore[arg-type]
    if output is None:
        click.echo(data, nl=False)
    else:
        try:
            output.write_bytes(data)
        except OSError as error:
            raise CredsiteError(f"{output} cannot be written: {error.strerror or error}.") from error
        click.echo(
            f"Wrote {len(entries):,} {'entry' if len(entries) == 1 else 'entries'} to {display_path(output)}."
        )
    sys.exit(EXIT_OK)


def _entries(
    root: Path, settings: Config, kind: Kind, *, no_drafts: bool
) -> tuple[list[ExportedEntry], list[Problem]]:
    """The entries of ``kind`` in order of their slugs, and why some are left out."""
    from credsite.authoring.spreadsheet.export import ExportedEntry
    from credsite.build.cache import Cache
    from credsite.catalogue import checks
    from credsite.content.loader import load_entries
    from credsite.core.text import normalize_text
    from credsite.problems.codes import CODES
    from credsite.problems.model import Severity
    from credsite.schema.front_matter import split_front_matter
    from credsite.schema.yaml import loader

    with Cache(root) as memo:
        reading = load_entries(root, settings, jobs=processor_count(), cache=memo)
    facts, problems = checks.without_duplicates(reading.records)
    mine = {one.path for one in reading.records if one.kind is kind}
    broken = {source.path for source in reading.invalid_files if source.kind is kind}
    wrong = [problem for problem in problems if problem.location.path in mine]
    wrong += [
        problem
        for problem in reading.problems
        if problem.location.path in broken and CODES[problem.code].severity is Severity.ERROR
    ]
    entries = []
    for one in sorted((one for one in facts if one.kind is kind), key=lambda one: one.slug):
        if one.draft and no_drafts:
            continue
        parts = split_front_matter(normalize_text((root / one.path).read_bytes().decode()))
        values, _ = loader.load_yaml(parts.yaml, one.path)
        entries.append(ExportedEntry(one.slug, values or {}, parts.body))
    return entries, wrong
