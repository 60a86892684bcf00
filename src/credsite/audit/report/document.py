"""The parts of the report, independent of the output format: sections with sentences, tables and charts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from credsite.audit.report.charts import Chart

ColumnType = Literal["text", "number", "date", "entry", "file"]
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column. ``entry`` cells are titles of entries; ``file`` cells, the paths of their files, may be shown with them."""

    title: str
    type: ColumnType = "text"


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
    rows: tuple[Cells, ...]
    note: str = ""
    omitted: int = 0
    shades: tuple[tuple[int | None, ...], ...] = ()
    chart: Chart | None = None
    bars: int = -1


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences and tables below it."""

    id: str
    title: str
    sentences: tuple[str, ...]
    tables: tuple[ReportTable, ...] = ()


def table_or_none(
    id: str,  # noqa: A002
    caption: str,
    columns: Iterable[ReportColumn],
    rows: Iterable[Cells],
    max_rows: int,
    note: str = "",
) -> ReportTable | None:
    """A table of the first ``max_rows`` rows; None if there are no rows."""
    remaining = iter(rows)
    first = tuple(islice(remaining, max_rows))
    omitted = sum(1 for _ in remaining)
    return ReportTable(id, caption, tuple(columns), first, note, omitted) if first else None


def without_none(*tables: ReportTable | None) -> tuple[ReportTable, ...]:
    return tuple(table for table in tables if table is not None)
