"""In which order the columns of a sheet write dates, as far as their dates say so.

``31/1/2027`` can be read in one way only. It settles how ``3/2/2027`` in the same column is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from credsite.authoring.spreadsheet.cells import (
    UNKNOWN_ORDER,
    DateOrder,
    SheetConventions,
    clean_value,
    date_readings,
)
from credsite.authoring.spreadsheet.table import SheetEntry


def with_column_orders(conventions: SheetConventions, entries: Sequence[SheetEntry]) -> SheetConventions:
    """``conventions`` with the order of each column whose dates settle it, and with advice for those that contradict themselves.

    The columns of all sessions (`session 1 starts`, `session 2 starts`) are one column here.
    """
    if conventions.date_order != UNKNOWN_ORDER:
        return conventions
    examples: dict[tuple[str, ...], dict[DateOrder, str]] = {}
    for entry in entries:
        for column, cell in entry.cells.items():
            if cell and column.shape.type is date:
                readings = date_readings(clean_value(cell))
                if len(readings) == 1:
                    order = next(iter(readings))
                    example = f"`{clean_value(cell)}` in row {entry.rows[0]} is {order}"
                    examples.setdefault(column.key, {}).setdefault(order, example)
    orders = {key: next(iter(found)) for key, found in examples.items() if len(found) == 1}
    advice = {key: _advice(found.values()) for key, found in examples.items() if len(found) > 1}
    return replace(conventions, column_orders=orders, column_advice=advice)


def _advice(examples: Iterable[str]) -> str:
    return (
        f"The dates of this column are written in both orders: {' and '.join(examples)}. So this date can be read in more than one "
        "way. Write it as year-month-day, such as 2027-01-31."
    )
