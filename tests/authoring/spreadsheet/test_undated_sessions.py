"""Rows with words in place of a date are courses that start at any time, or whose dates come later."""

from __future__ import annotations

import pytest

from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.mapping import EMPTY_MAPPING, SheetMapping, load_mapping
from credsite.authoring.spreadsheet.sheet_entries import SheetEntry
from credsite.authoring.spreadsheet.sheet_reader import read_csv
from credsite.authoring.spreadsheet.table import build_table
from credsite.schema.kinds import Kind


def entries(text: str, mapping: SheetMapping = EMPTY_MAPPING) -> tuple[SheetEntry, ...]:
    sheet = read_csv(text.encode(), "a.csv", lambda _: True)
    found = build_table(sheet, columns_of(Kind.COURSE), mapping, {})
    assert found.refused == ()
    return found.entries


def values(entry: SheetEntry) -> dict[str, str]:
    return {column.heading: cell for column, cell in entry.cells.items() if cell}


@pytest.mark.parametrize(
    "word", ["ongoing", "Any time", "on-demand", "ROLLING", "Flexible start", "self-paced", "jederzeit"]
)
@pytest.mark.parametrize("heading", ["session starts", "session 1 starts"])
def test_a_course_that_starts_at_any_time_has_no_session(word: str, heading: str) -> None:
    (entry,) = entries(f"title,{heading},{heading.replace('starts', 'location')}\nBooks,{word},Room 2\n")
    assert values(entry) == {"title": "Books", "pace": "self-paced"}
    assert f"Starts at any time (`{word}`)" in entry.notes[0]
    assert "location `Room 2`" in entry.notes[0]


@pytest.mark.parametrize("word", ["TBC", "tba", "To be confirmed", "n/a", "-", "\u2013"])
def test_a_date_that_comes_later_is_no_session_and_no_pace(word: str) -> None:
    (entry,) = entries(f"title,session starts,session ends\nBooks,{word},\n")
    assert values(entry) == {"title": "Books"}
    assert "has no date yet" in entry.notes[0]


def test_an_end_that_comes_later_is_left_out_with_a_note() -> None:
    (entry,) = entries("title,session starts,session ends\nBooks,2027-02-01,TBC\n")
    assert values(entry) == {"title": "Books", "sessions 1 starts": "2027-02-01"}
    assert "`TBC` in column" in entry.notes[0]


def test_a_course_with_dates_too_keeps_these_and_gets_no_pace() -> None:
    (entry,) = entries("title,session starts\nBooks,2027-02-01\nBooks,rolling\n")
    assert values(entry) == {"title": "Books", "sessions 1 starts": "2027-02-01"}
    assert len(entry.notes) == 1


def test_a_pace_of_the_sheet_stays() -> None:
    (entry,) = entries("title,pace,session starts\nBooks,scheduled,ongoing\n")
    assert values(entry) == {"title": "Books", "pace": "scheduled"}


def test_a_missing_date_is_missing() -> None:
    (entry,) = entries("title,session starts,session location\nBooks,,Room 2\n")
    assert values(entry) == {"title": "Books", "sessions 1 location": "Room 2"}


@pytest.mark.parametrize(
    ("flag", "start", "starts_at_any_time"),
    [("Yes", "", True), ("no", "", False), ("yes", "05/09/2027", False)],
)
def test_a_column_of_the_course_directory_says_that_the_start_is_flexible(
    flag: str, start: str, *, starts_at_any_time: bool
) -> None:
    text = f"COURSE_NAME,DELIVERY_MODE,START_DATE,FLEXIBLE_START_DATE\nBooks,Online,{start},{flag}\n"
    (entry,) = entries(text, load_mapping("uk-course-directory"))
    assert entry.is_any_time is starts_at_any_time
    assert values(entry).get("pace") == ("self-paced" if starts_at_any_time else None)
    assert ("sessions 1 delivery_mode" in values(entry)) is not starts_at_any_time


def test_any_mapping_can_name_such_a_column() -> None:
    mapping = SheetMapping.model_validate(
        {"flexible_start": "Roll-on", "columns": {"title": "Name", "sessions starts": "From"}}
    )
    assert [values(entry) for entry in entries("Name,From,Roll-on\nBooks,,x\n", mapping)] == [
        {"title": "Books", "pace": "self-paced"}
    ]
