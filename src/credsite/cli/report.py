"""``credsite report``"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from credsite.audit.report.builder import build_report
from credsite.build.analysis import analyse
from credsite.build.cache import Cache
from credsite.build.options import Options
from credsite.build.output.names import MANIFEST
from credsite.cli.errors import EXIT_OK, EXIT_PROBLEMS, errors_as_messages
from credsite.cli.options import DateTimeType, jobs_option, processor_count, site_argument
from credsite.cli.progress import progress_bar
from credsite.cli.text import display_path
from credsite.core.errors import CredsiteError
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.core.paths import is_inside
from credsite.problems.model import Severity

_FILE: Final = "report.html"


@click.command()
@site_argument
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path(_FILE),
    show_default=True,
    metavar="FILE",
    help="Where to write the report as a page.",
)
@click.option("--no-file", is_flag=True, help="Only print the report, and write no page.")
@click.option("--force", is_flag=True, help="Overwrite FILE although credsite did not write it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the report; json holds every list whole.",
)
@click.option(
    "--now", type=DateTimeType(), metavar="DATE", help="Report as if it were this date, or date and time."
)
@jobs_option
@errors_as_messages
@garbage_collection_paused()
def command(
    site: Path, output: Path, no_file: bool, force: bool, form: str, now: datetime | None, jobs: int | None
) -> None:
    """Say how well the catalogue of SITE is: what is urgent, what is missing, and what comes next.

    It is printed, and written to FILE as one page to open in a browser, to print or to send. The page holds titles
    that the website may not show, and names of learners: it is not for publishing.
    """
    from credsite.audit.report.formats import report_to_html, report_to_json

    if not no_file:
        _refuse(output, site, force=force)
    options = Options(site, now=now, jobs=jobs or processor_count(), locate_advice=False)
    with progress_bar(show=True) as progress, Cache(site) as memo:  # which is read, and not saved
        found = analyse(options, entry_cache=memo, progress=progress)
    if found.config is None or found.catalogue is None:
        from credsite.cli.problem_text import problem_listing

        click.echo(problem_listing(found.problems, site), err=True)
        click.echo("There is no report: mend these errors first.", err=True)
        sys.exit(EXIT_PROBLEMS)
    health = build_report(
        found.catalogue,
        title=found.config.title,
        currency=found.config.currency or "",
        problems=found.problems,
        left_out=found.invalid_entries,
    )
    if form == "json":
        click.echo(report_to_json(health))
    else:
        from credsite.cli.report_text import print_report

        print_report(health)
    if not no_file:
        _write(output, report_to_html(health))
        click.echo(f"The report is in {display_path(output)}. Open it in a browser.", err=form == "json")
    sys.exit(EXIT_PROBLEMS if found.count(Severity.ERROR) else EXIT_OK)


def _refuse(file: Path, site: Path, *, force: bool) -> None:
    """CredsiteError where nothing may be written to ``file``, before time is spent on what to write."""
    from credsite.audit.report.formats import is_unedited_report

    folder = file.parent
    if not folder.is_dir():
        raise CredsiteError(f"There is no folder {folder}. Make it first, or choose another with --output.")
    published = [
        site / "static",
        *(above for above in folder.resolve().parents if (above / MANIFEST).exists()),
    ]
    if (folder / MANIFEST).exists() or any(is_inside(file, one) for one in published):
        raise CredsiteError(
            f"{file} would be published with the website. Choose another place with --output."
        )
    if not os.path.lexists(file) or force:
        return
    try:
        is_ours = (
            file.is_file() and not file.is_symlink() and is_unedited_report(file.read_text(encoding="utf-8"))
        )
    except (OSError, UnicodeDecodeError):
        is_ours = False
    if not is_ours:
        raise CredsiteError(
            f"{file} is there already, and is not a report as credsite wrote it. "
            "Choose another name with --output, or overwrite it with --force."
        )


def _write(file: Path, text: str) -> None:
    from credsite.core.atomic_write import atomic_write

    try:
        atomic_write(file, text.encode())
    except OSError as error:
        raise CredsiteError(f"{file} cannot be written: {error.strerror or error}.") from error
