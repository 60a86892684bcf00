"""In which order the columns of a sheet write dates, as far as their dates say so.

``31/1/2027`` can be read in one way only. It settles how ``3/2/2027`` in the same column is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from credsite.authoring.spreadsheet.cells import (
    UNKNOWN_ORDER,
    DateOrder,
    SheetConventions,
    clean_value,
    date_readings,
)
from credsite.authoring.spreadsheet.sheet_entries import SheetEntry


@dataclass(slots=True)
class _Dates:
    """The dates of one column that are written as numbers, each with its row and its text."""

    open: list[tuple[int, str]] = field(default_factory=list)
    """Those that can be read in two ways."""
    by_order: dict[DateOrder, list[tuple[int, str]]] = field(default_factory=dict)
    """Those that can be read in one order only."""


def with_column_orders(conventions: SheetConventions, entries: Sequence[SheetEntry]) -> SheetConventions:
    """``conventions`` with the order of each column whose dates settle it, and with advice for columns with unclear dates.

    The columns of all sessions (`session 1 starts`, `session 2 starts`) are one column here.
    """
    columns: dict[tuple[str, ...], _Dates] = {}
    for entry in entries:
        for column, cell in entry.cells.items():
            if cell and column.shape.type is date and (readings := date_readings(clean_value(cell))):
                found = columns.setdefault(column.key, _Dates())
                example = (entry.rows[0], clean_value(cell))
                if len(readings) == 1:
                    found.by_order.setdefault(next(iter(readings)), []).append(example)
                elif len(set(readings.values())) > 1:
                    found.open.append(example)
    given = conventions.date_order
    orders = {
        key: next(iter(found.by_order))
        for key, found in columns.items()
        if given == UNKNOWN_ORDER and len(found.by_order) == 1
    }
    advice = {key: _advice(found, given) for key, found in columns.items() if key not in orders}
    return replace(conventions, column_orders=orders, column_advice=advice)


def _advice(found: _Dates, given: DateOrder) -> str:
    """What to say once of several unclear dates; "" if there are none or only one, of which the usual advice says more."""
    if given != UNKNOWN_ORDER:
        wrong = [(order, dates) for order, dates in found.by_order.items() if order != given]
        return _advice_on_wrong_order(given, *wrong[0]) if wrong and len(wrong[0][1]) > 1 else ""
    if len(found.by_order) > 1:
        said = (f"`{dates[0][1]}` in row {dates[0][0]} is {order}" for order, dates in found.by_order.items())
        return (
            f"The dates of this column are written in both orders: {' and '.join(said)}. So this date can be read in more than one "
            "way. Write it as year-month-day, such as 2027-01-31."
        )
    if len(found.open) < 2:
        return ""
    row, text = found.open[0]
    days = " or ".join(sorted(date_readings(text).values()))
    return (
        f"{len(found.open):,} dates of this column can be read in more than one way, such as `{text}` in row {row} ({days}). Say how "
        "the sheet writes dates, with `--dates day/month/year` or `--dates month/day/year`, or write year-month-day."
    )


def _advice_on_wrong_order(given: DateOrder, other: DateOrder, dates: Sequence[tuple[int, str]]) -> str:
    row, text = dates[0]
    return (
        f"{len(dates):,} dates of this column are not dates if dates are written {given}, such as `{text}` in row {row}. If the sheet "
        f"writes {other}, add `--dates {other}`. Otherwise correct these dates."
    )
