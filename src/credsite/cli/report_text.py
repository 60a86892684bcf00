"""Prints the report: with drawn tables on a terminal, in plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

import click

from credsite.audit.report.document import ReportTable
from credsite.audit.report.formats import report_sections
from credsite.audit.report.model import CatalogueReport
from credsite.cli.text import wrap_text

_MAX_ROWS: Final = 10
_BAR_WIDTH: Final = 24


def print_report(report: CatalogueReport) -> None:
    is_terminal = _is_terminal()
    for section in report_sections(report, _MAX_ROWS):
        click.echo(click.style(section.title, bold=True))
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
    widths = [max(map(len, cells)) for cells in zip(heads, *table.rows, strict=True)]
    for cells, bar in zip([heads, *table.rows], ["", *_bars(table, "#")], strict=True):
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
        cells = {index: Text(text) for index, text in enumerate(row) if index != file_index}
        if file_index >= 0:
            # Below its entry, where a long path is least likely to be wrapped, so that it can be copied.
            cells[types.index("entry")].append(f"\n{row[file_index]}", "cyan")
        if table.shades:
            for cell, shade in zip(cells.values(), table.shades[number], strict=True):
                if shade is not None:
                    cell.stylize("bold red" if shade == 0 else "green")
        drawn.add_row(*cells.values(), *([bars[number]] if table.bars >= 0 else []))
    Console().print(Padding(drawn, (0, 0, 0, 4)))
