"""The parts of the report, independent of the output format: sections with sentences, tables and charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final, Literal

from credsite.audit.report.charts import Chart
from credsite.core.text import short_date, without_control_characters

ColumnType = Literal["text", "number", "date", "entry", "file"]
CellValue = str | int | date | None


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column. ``entry`` cells are titles of entries; ``file`` cells, the paths of their files, may be shown with them."""

    title: str
    type: ColumnType = "text"


FILE_COLUMN: Final = ReportColumn("File", "file")


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows of cells. The first cell of a row is its name.

    ``note`` says in a sentence or two what to do. ``omitted`` is the number of rows that were left out. ``shades`` has a
    number from 0 (no course) to 4 for each cell of a map, and None for its other cells. ``bars`` is the index of the
    column of numbers that can be drawn as bars, or -1.
    """

    id: str
    caption: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    omitted: int = 0
    shades: tuple[tuple[int | None, ...], ...] = ()
    chart: Chart | None = None
    bars: int = -1


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences and tables below it. A table without rows is not shown."""

    id: str
    title: str
    sentences: tuple[str, ...]
    tables: tuple[ReportTable, ...] = ()


def report_table(
    id: str,  # noqa: A002
    caption: str,
    columns: Iterable[ReportColumn],
    rows: Iterable[Sequence[CellValue]],
    max_rows: int | None = None,
    *,
    note: str = "",
    chart: Chart | None = None,
    bars: int = -1,
) -> ReportTable:
    """A table of the first ``max_rows`` rows, or of all, with their values as texts."""
    remaining = iter(rows)
    first = tuple(tuple(map(_cell, row)) for row in islice(remaining, max_rows))
    omitted = sum(1 for _ in remaining)
    return ReportTable(id, caption, tuple(columns), first, note, omitted, chart=chart, bars=bars)


def _cell(value: CellValue) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, date):
        return short_date(value)
    return without_control_characters(value or "")
