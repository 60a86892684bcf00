"""The report on a terminal: tables where there is one, plain lines elsewhere."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from typing import Final

import click

from credsite.audit.report.contents import report_sections
from credsite.audit.report.document import ReportTable
from credsite.audit.report.model import CatalogueReport

_ROWS: Final = 10
_BAR: Final = 24
_WIDTH: Final = 92


def print_report(health: CatalogueReport) -> None:
    """Print the report."""
    is_terminal = _is_terminal()
    for section in report_sections(health, _ROWS):
        click.echo(click.style(section.title, bold=True))
        for sentence in section.sentences:
            click.echo(_wrapped(sentence, "  "))
        for found in section.tables:
            click.echo()
            # What a chart's table is called stands above the section already.
            if not found.chart:
                click.echo(f"  {found.caption}")
            if found.note and not found.shades:
                click.echo(_wrapped(found.note, "  "))
            if is_terminal:
                _draw(found)
            else:
                for line in _lines(found):
                    click.echo(f"    {line}".rstrip())
            if found.omitted:
                click.echo(f"    And {found.omitted:,} more. `credsite report --format json` lists all.")
        click.echo()


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _bars(table: ReportTable, sign: str) -> list[str]:
    """A bar for each row, the longest of which is that of the highest number."""
    if table.bars < 0:
        return [""] * len(table.rows)
    numbers = [int(row[table.bars].replace(",", "")) for row in table.rows]
    highest = max(numbers) or 1
    return [sign * max(number * _BAR // highest, number > 0) for number in numbers]


def _lines(table: ReportTable) -> Iterator[str]:
    """The table in columns of spaces; numbers at the right of theirs."""
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
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    looks = [column.type for column in table.columns]
    file = looks.index("file") if "file" in looks else -1
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
        # As texts, because brackets in a title are no styles.
        cells = {place: Text(text) for place, text in enumerate(row) if place != file}
        if file >= 0:
            # Below its entry, where it is least likely to be broken: it is for copying.
            cells[looks.index("entry")].append(f"\n{row[file]}", "cyan")
        if table.shades:
            for cell, shade in zip(cells.values(), table.shades[number], strict=True):
                if shade is not None:
                    cell.stylize("bold red" if shade == 0 else "green")
        drawn.add_row(*cells.values(), *([bars[number]] if table.bars >= 0 else []))
    Console().print(Padding(drawn, (0, 0, 0, 4)))
