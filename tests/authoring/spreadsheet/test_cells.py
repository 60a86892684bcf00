"""The text of cells: lists, blocks and escaped texts can be written and read again; damaged cells are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.authoring.spreadsheet.cells import (
    CellError,
    escape_cell,
    join_blocks,
    join_list,
    normalize_cell,
    split_blocks,
    split_list,
    unescape_cell,
)
from tests.support.entries import texts


@given(st.lists(texts()))
def test_a_list_comes_back_from_its_cell(items: list[str]) -> None:
    assert split_list(join_list(items)) == [normalize_cell(item) for item in items]


@given(st.lists(st.lists(texts(), min_size=1, max_size=3)))
def test_blocks_come_back_from_their_cell(blocks: list[list[str]]) -> None:
    assert split_blocks(join_blocks(blocks)) == [[normalize_cell(part) for part in block] for block in blocks]


@given(texts())
def test_a_text_comes_back_from_behind_its_guard(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text


@given(st.sampled_from("=+-@\t\r\uff1d'"), st.text())
def test_what_may_be_a_formula_does_not_begin_like_one(sign: str, text: str) -> None:
    assert escape_cell(sign + text).startswith("'")


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("online; in-person", ["online", "in-person"]),
        ("online;in-person;", ["online", "in-person"]),
        ("Read; write\nTalk", ["Read; write", "Talk"]),
        ("Read; write\r\n\r\nTalk\r\n", ["Read; write", "Talk"]),
        (r"Read\; write", ["Read; write"]),
        (r"C:\temp", [r"C:\temp"]),
        ("", []),
    ],
)
def test_lists_are_read_as_people_write_them(cell: str, items: list[str]) -> None:
    assert split_list(cell) == items


def test_sentences_have_lines_of_their_own_and_ids_do_not() -> None:
    assert join_list(["online", "in-person"]) == "online; in-person"
    assert join_list(["Keep somebody alive until help arrives", "Rest"]) == (
        "Keep somebody alive until help arrives\nRest"
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=SUM(A1)", "=SUM(A1)"), ("'Tis the season", "'Tis the season"), ('="007"', "007"), ("''a", "'a")],
)
def test_guards_are_taken_away_and_apostrophes_are_not(cell: str, text: str) -> None:
    assert unescape_cell(cell) == text


@pytest.mark.parametrize(
    "cell", ["#N/A", "#REF!", "######", "1.2E+11", "1,2E+11", "a\x1b[1m", "\x00", "\ud800"]
)
def test_what_a_program_has_made_of_a_value_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        unescape_cell(cell)
