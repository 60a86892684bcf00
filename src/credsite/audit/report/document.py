"""What the report consists of, whoever shows it: sections of sentences and tables, some with a chart."""

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
    """``file`` is the path of the ``entry`` in the same row, which may be shown together."""

    title: str
    type: ColumnType = "text"


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows of cells under columns, of which the first one names the row.

    ``note`` is what follows from it, in a sentence or two. ``omitted`` rows were left out. ``shades`` has a number from 0
    (nothing) to 4 for the cells of a map, and None for its others. ``bars`` is the number of a column that can be drawn
    as a bar, -1 for none.
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
    id: str
    title: str
    sentences: tuple[str, ...]
    tables: tuple[ReportTable, ...] = ()


def table_or_none(
    id: str,  # noqa: A002
    caption: str,
    columns: Iterable[ReportColumn],
    rows: Iterable[Cells],
    most: int,
    note: str = "",
) -> ReportTable | None:
    """A table of the first ``most`` rows; None where there is none."""
    rest = iter(rows)
    shown = tuple(islice(rest, most))
    more = sum(1 for _ in rest)
    return ReportTable(id, caption, tuple(columns), shown, note, more) if shown else None


def without_none(*tables: ReportTable | None) -> tuple[ReportTable, ...]:
    return tuple(found for found in tables if found is not None)
