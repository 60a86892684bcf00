"""The meetings of sessions in spreadsheets: each in one line, however the file writes them."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.authoring.spreadsheet.cells import SheetConventions
from credsite.authoring.spreadsheet.columns import cells_of, columns_of
from credsite.authoring.spreadsheet.row_merge import RowMerger
from credsite.schema.kinds import Kind

COLUMNS = columns_of(Kind.COURSE)
BLOCK = {"days": ["monday", "wednesday"], "from": "18:00", "to": "20:00", "except": ["2027-02-15"]}
LINE = "monday, wednesday 18:00-20:00 except 2027-02-15"


def session(**values: Any) -> dict[str, Any]:
    return {"starts": "2027-02-01", "ends": "2027-03-15", **values}


def merged(cells: dict[str, str], old: dict[str, Any]) -> Any:
    found = {column: cell for heading, cell in cells.items() if (column := COLUMNS.find(heading)) is not None}
    values, wrong = RowMerger(found, SheetConventions(), lambda _, text: text).merge_into(old, COLUMNS)
    assert wrong == {}
    return values["sessions"]


@pytest.mark.parametrize(
    ("meets", "cell"),
    [
        (BLOCK, LINE),
        ([BLOCK], LINE),
        ("Mondays 18:00-20:00", "Mondays 18:00-20:00"),
        (["Mondays 18:00-20:00", BLOCK], f"Mondays 18:00-20:00\n{LINE}"),
    ],
)
def test_a_meeting_is_a_line_of_a_cell(meets: Any, cell: str) -> None:
    cells = cells_of({"sessions": [session(meets=meets)]}, COLUMNS)
    assert cells["sessions 1 meets"] == cell


@pytest.mark.parametrize("meets", [BLOCK, [BLOCK], LINE, [LINE]])
def test_a_meeting_that_stays_keeps_its_form_when_another_cell_changes(meets: Any) -> None:
    old = {"sessions": [session(meets=meets)]}
    cells = {**cells_of(old, COLUMNS), "sessions 1 seats": "12"}
    assert merged(cells, old) == [session(meets=meets, seats="12")]


def test_a_meeting_that_changes_is_written_as_the_sheet_has_it() -> None:
    old = {"sessions": [session(meets=BLOCK)]}
    cells = {**cells_of(old, COLUMNS), "sessions 1 meets": "Tuesdays 9:00-12:00; Fri 9:00-12:00"}
    assert merged(cells, old) == [session(meets=["Tuesdays 9:00-12:00", "Fri 9:00-12:00"])]
