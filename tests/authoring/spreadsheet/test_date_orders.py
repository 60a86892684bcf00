"""Dates of a column settle how the others in it are read."""

from __future__ import annotations

from credsite.authoring.spreadsheet.cells import SheetConventions
from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.date_orders import with_column_orders
from credsite.authoring.spreadsheet.mapping import EMPTY_MAPPING
from credsite.authoring.spreadsheet.sheet_reader import read_csv
from credsite.authoring.spreadsheet.table import build_table
from credsite.schema.kinds import Kind

STARTS, ENDS = ("sessions", "starts"), ("sessions", "ends")


def conventions(text: str, given: SheetConventions | None = None) -> SheetConventions:
    sheet = read_csv(text.encode(), "a.csv", lambda _: True)
    table = build_table(sheet, columns_of(Kind.COURSE), EMPTY_MAPPING, {})
    return with_column_orders(given or SheetConventions(), table.entries)


def test_one_date_settles_the_order_of_its_column_and_of_no_other() -> None:
    found = conventions("title,session 1 starts,session 1 ends\nA,3/2/2027,3/4/2027\nB,31/1/2027,4/4/2027\n")
    assert found.column_orders == {STARTS: "day/month/year"}
    assert found.of_column(STARTS).date_order == "day/month/year"
    assert found.of_column(ENDS).date_order == "year-month-day"


def test_all_sessions_count_as_one_column() -> None:
    found = conventions("title,session 1 starts,session 2 starts\nA,3/2/2027,2/22/2027\n")
    assert found.column_orders == {STARTS: "month/day/year"}


def test_a_column_with_both_orders_settles_nothing_and_says_where() -> None:
    found = conventions("title,session 1 starts\nA,3/2/2027\nB,31/1/2027\nC,2/22/2027\n")
    assert found.column_orders == {}
    advice = found.of_column(STARTS).date_advice
    assert "`31/1/2027` in row 3 is day/month/year and `2/22/2027` in row 4 is month/day/year" in advice


def test_several_unclear_dates_have_one_advice() -> None:
    found = conventions("title,session 1 starts\nA,3/2/2027\nB,4/2/2027\n").of_column(STARTS)
    assert found.date_order == "year-month-day"
    assert "2 dates of this column" in found.date_advice
    assert conventions("title,session 1 starts\nA,3/2/2027\n").of_column(STARTS).date_advice == ""


def test_an_order_that_is_given_stays() -> None:
    given = SheetConventions("month/day/year")
    found = conventions("title,session 1 starts\nA,31/1/2027\nB,30/1/2027\nC,1/2/2027\n", given).of_column(
        STARTS
    )
    assert found.date_order == "month/day/year"
    assert "2 dates of this column are not dates" in found.date_advice
    assert "`--dates day/month/year`" in found.date_advice
