"""``credsite report``: printed with drawn tables on a terminal, in plain lines elsewhere; and written as a page."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import click

from credsite.audit.report.builder import build_report
from credsite.audit.report.document import ReportTable
from credsite.audit.report.formats import report_sections
from credsite.audit.report.model import CatalogueReport
from credsite.build.analysed_site import AnalysedSite
from credsite.build.analysis import analyse, find_faults
from credsite.build.cache import Cache
from credsite.build.options import Options
from credsite.build.output.disk import MANIFEST
from credsite.cli.decorators import (
    EXIT_OK,
    EXIT_PROBLEMS,
    errors_as_messages,
    jobs_option,
    now_option,
    processor_count,
    site_argument,
)
from credsite.cli.streams import styled, unfiltered, write_utf8
from credsite.cli.text import display_path, progress_bar, wrap_text
from credsite.core.errors import CredsiteError
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.core.paths import is_inside
from credsite.problems.excerpts import terminal_safe
from credsite.problems.model import Severity

_DEFAULT_FILE: Final = "report.html"
_MAX_ROWS: Final = 10
_BAR_WIDTH: Final = 24


@click.command()
@site_argument
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path(_DEFAULT_FILE),
    show_default=True,
    metavar="FILE",
    help="Where to write the report as an HTML page.",
)
@click.option("--no-file", is_flag=True, help="Only print the report, and write no page.")
@click.option("--force", is_flag=True, help="Overwrite FILE although credsite did not write it.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the report; json has every list in full.",
)
@now_option("Report")
@jobs_option
@errors_as_messages
@garbage_collection_paused()
def command(
    site: Path,
    output: Path,
    no_file: bool,
    force: bool,
    output_format: str,
    now: datetime | None,
    jobs: int | None,
) -> None:
    """Report on the catalogue of SITE: what is urgent, what is missing, and what comes next.

    The report is printed, and written to FILE as one page to open in a browser, to print or to send. The page contains
    titles that the website may not show, and names of learners, so do not publish it.
    """
    from credsite.audit.report.formats import report_to_json

    if not no_file:
        _check_output(output, site, force=force)
    options = Options(site, now=now, jobs=jobs or processor_count(), locate_advice=False)
    with progress_bar(show=True) as progress, Cache(site) as cache:  # only read: a report saves nothing
        analysed = analyse(options, entry_cache=cache, progress=progress)
    if analysed.config is None or analysed.catalogue is None:
        from credsite.cli.problem_text import problem_listing

        click.echo(problem_listing(analysed.problems, site), err=True)
        click.echo("There is no report: fix these errors first.", err=True)
        sys.exit(EXIT_PROBLEMS)
    report_on = partial(_report_on, with_page=not no_file)
    try:
        report, page = report_on(analysed)
    except Exception as error:  # noqa: BLE001 - nearly always, it is one entry
        analysed = analyse(options, faults=find_faults(error, options, report_on))
        report, page = report_on(analysed)
    if output_format == "json":
        write_utf8(report_to_json(report))
    else:
        print_report(report)
    if not no_file:
        _write(output, page)
        click.echo(
            f"The report is in {display_path(output)}. Open it in a browser.", err=output_format == "json"
        )
    sys.exit(EXIT_PROBLEMS if analysed.count(Severity.ERROR) else EXIT_OK)


def _report_on(site: AnalysedSite, *, with_page: bool) -> tuple[CatalogueReport, str]:
    """The report on a site that has a catalogue, and its page, or ``""``."""
    from credsite.audit.report.formats import report_to_html

    if site.config is None or site.catalogue is None:
        raise ValueError("a site without a catalogue cannot be reported on")
    report = build_report(
        site.catalogue,
        title=site.config.title,
        currency=site.config.currency or "",
        problems=site.problems,
        left_out=site.invalid_entries,
        schema=site.config.site_schema,
    )
    return report, report_to_html(report) if with_page else ""


def _check_output(file: Path, site: Path, *, force: bool) -> None:
    """Raise CredsiteError if the report may not be written to ``file``. Called early, so that no time is wasted."""
    folder = file.parent
    if not folder.is_dir():
        raise CredsiteError(f"There is no folder {folder}. Create it first, or choose another with --output.")
    if _would_be_published(file, site):
        raise CredsiteError(
            f"{file} would be published with the website. Choose another place with --output."
        )
    if os.path.lexists(file) and not force and not _is_own_report(file):
        raise CredsiteError(
            f"{file} exists already, and is not a report as credsite wrote it. "
            "Choose another name with --output, or overwrite it with --force."
        )


def _would_be_published(file: Path, site: Path) -> bool:
    """Whether ``file`` is in ``static/`` or in the folder of a built website."""
    folders = (file.parent.resolve(), *file.parent.resolve().parents)
    return is_inside(file, site / "static") or any((folder / MANIFEST).exists() for folder in folders)


def _is_own_report(file: Path) -> bool:
    from credsite.audit.report.formats import is_unedited_report

    try:
        return (
            file.is_file() and not file.is_symlink() and is_unedited_report(file.read_text(encoding="utf-8"))
        )
    except (OSError, UnicodeDecodeError):
        return False


def _write(file: Path, text: str) -> None:
    from credsite.core.atomic_write import atomic_write

    try:
        atomic_write(file, text.encode())
    except OSError as error:
        raise CredsiteError(f"{file} cannot be written: {error.strerror or error}.") from error


def print_report(report: CatalogueReport) -> None:
    is_terminal = _is_terminal()
    for section in report_sections(report, _MAX_ROWS):
        click.echo(styled(section.title, bold=True))
        for sentence in section.sentences:
            click.echo("\n".join(wrap_text(sentence, "  ")))
        for table in section.tables:
            click.echo()
            # The table of a chart has the same name as its section.
            if not table.chart:
                click.echo(f"  {table.caption}")
            if table.note and not table.shades:
                click.echo("\n".join(wrap_text(table.note, "  ")))
            if is_terminal:
                _draw(table)
            else:
                for line in _plain_lines(table):
                    click.echo(f"    {line}".rstrip())
            if table.omitted:
                click.echo(f"    And {table.omitted:,} more. `credsite report --format json` lists them all.")
        click.echo()


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _bars(table: ReportTable, character: str) -> list[str]:
    """A bar for each row. That of the highest number has the full width."""
    if table.bars < 0:
        return [""] * len(table.rows)
    numbers = [int(row[table.bars].replace(",", "")) for row in table.rows]
    highest = max(numbers) or 1
    return [character * max(number * _BAR_WIDTH // highest, number > 0) for number in numbers]


def _plain_lines(table: ReportTable) -> Iterator[str]:
    """The table in columns filled up with spaces; numbers are aligned to the right."""
    heads = [column.title for column in table.columns]
    rows = [[terminal_safe(cell) for cell in row] for row in table.rows]
    widths = [max(map(len, cells)) for cells in zip(heads, *rows, strict=True)]
    for cells, bar in zip([heads, *rows], ["", *_bars(table, "#")], strict=True):
        yield "  ".join(
            [
                text.rjust(width) if column.type == "number" else text.ljust(width)
                for text, width, column in zip(cells, widths, table.columns, strict=True)
            ]
            + [bar]
        )


def _draw(table: ReportTable) -> None:
    """Print the table with lines and colours."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    types = [column.type for column in table.columns]
    file_index = types.index("file") if "file" in types else -1
    for column in table.columns:
        if column.type != "file":
            is_number = column.type == "number"
            drawn.add_column(
                column.title,
                justify="right" if is_number else "left",
                no_wrap=is_number or column.type == "date",
                overflow="fold",
            )
    bars = _bars(table, "█")
    if table.bars >= 0:
        drawn.add_column("", style="cyan", no_wrap=True)
    for number, row in enumerate(table.rows):
        # As Text, because brackets in titles are not markup.
        cells = {index: Text(terminal_safe(text)) for index, text in enumerate(row) if index != file_index}
        if file_index >= 0:
            # Below its entry, where a long path is least likely to be wrapped, so that it can be copied.
            cells[types.index("entry")].append(f"\n{terminal_safe(row[file_index])}", "cyan")
        if table.shades:
            for cell, shade in zip(cells.values(), table.shades[number], strict=True):
                if shade is not None:
                    cell.stylize("bold red" if shade == 0 else "green")
        drawn.add_row(*cells.values(), *([bars[number]] if table.bars >= 0 else []))
    Console(file=unfiltered(sys.stdout)).print(Padding(drawn, (0, 0, 0, 4)))
