"""Tables for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.problems.tables import Table, csv_text


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\n=1", "\uff1d1", "=cmd|' /C calc'!A0"]
)
def test_no_cell_is_a_formula(cell: str) -> None:
    [[found]] = list(csv.reader(io.StringIO(csv_text([], [[cell]]).removeprefix("\ufeff\r\n"), newline="")))
    assert found == f"'{cell}"


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\0")), min_size=2, max_size=2)))
def test_cells_are_read_as_they_were_written(rows: list[list[str]]) -> None:
    text = csv_text(["a", "b"], rows).removeprefix("\ufeff")
    found = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in found] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


def test_a_table_is_rows_by_heading() -> None:
    table = Table(("path", "meets", "missing"), (("a.md", True, ()), ("b.md", False, ("level", "outcomes"))))
    assert json.loads(table.as_json(standard="eu")) == {
        "version": 1,
        "standard": "eu",
        "rows": [
            {"path": "a.md", "meets": True, "missing": []},
            {"path": "b.md", "meets": False, "missing": ["level", "outcomes"]},
        ],
    }
    assert table.as_csv() == "\ufeffpath,meets,missing\r\na.md,yes,\r\nb.md,no,level; outcomes\r\n"


def test_columns_stand_below_each_other_whatever_the_letters() -> None:
    table = Table(("course", "where_possible"), (("急救", ("a", "b")), ("e\u0301te\x1b[1m\n", "c")))
    assert (
        table.as_text()
        == "course   where possible\n急救     a; b\ne\u0301te\N{REPLACEMENT CHARACTER}[1m  c\n"
    )
    assert Table(("a",), ()).as_text() == ""


def test_tables_as_csv_and_json_have_nothing_that_steers_a_terminal() -> None:
    table = Table(("path",), (("a\x1b[8m\x9b\u202eb\nc",),))
    assert (
        table.as_csv() == '\ufeffpath\r\n"a\N{REPLACEMENT CHARACTER}[8m\N{REPLACEMENT CHARACTER}'
        '\N{REPLACEMENT CHARACTER}b\nc"\r\n'
    )
    written = table.as_json()
    assert written.isascii()
    assert json.loads(written)["rows"] == [{"path": "a\x1b[8m\x9b\u202eb\nc"}]
