"""Lists, blocks and escaped texts can be written to cells and read again; damaged and ambiguous cells are refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from credsite.authoring.spreadsheet.cells import (
    CellError,
    SheetConventions,
    escape_cell,
    join_blocks,
    join_list,
    normalize_cell,
    parse_value,
    split_blocks,
    split_list,
    split_wrong_list,
    unescape_cell,
)
from credsite.core.quantities import Duration
from credsite.schema.introspection import FieldShape
from credsite.schema.models.price import Price
from credsite.schema.vocabularies import Display
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


@pytest.mark.parametrize(
    ("item", "choices", "values"),
    [
        ("technology, business", (), ["technology", "business"]),
        ("en,fr,", (), ["en", "fr"]),
        ("technology / business", (), []),
        ("online / In Person", ("online", "in-person"), ["online", "in-person"]),
        ("online and in-person", ("online", "in-person"), ["online", "in-person"]),
        ("online, virtual", ("online", "in-person"), ["online", "virtual"]),
        ("online/virtual", ("online", "in-person"), []),
        ("business", (), []),
    ],
)
def test_a_list_with_other_separators_is_recognised(
    item: str, choices: tuple[str, ...], values: list[str]
) -> None:
    assert split_wrong_list(item, choices) == values


def test_sentences_have_lines_of_their_own_and_ids_do_not() -> None:
    assert join_list(["online", "in-person"]) == "online; in-person"
    assert join_list(["Keep somebody alive until help arrives", "Rest"]) == (
        "Keep somebody alive until help arrives\nRest"
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'Tis the season", "'Tis the season"),
        ("'NULL", "NULL"),
        ("Null", "Null"),
        ('="007"', "007"),
        ("''a", "'a"),
    ],
)
def test_guards_are_taken_away_and_apostrophes_are_not(cell: str, text: str) -> None:
    assert unescape_cell(cell) == text


@pytest.mark.parametrize(
    "cell",
    ["#N/A", "#REF!", "######", "NULL", "nan", " NaT ", "1.2E+11", "1,2E+11", "a\x1b[1m", "\x00", "\ud800"],
)
def test_what_a_program_has_made_of_a_value_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        unescape_cell(cell)


@pytest.mark.parametrize(
    ("cell", "conventions", "value"),
    [
        ("2027-01-31", SheetConventions(), "2027-01-31"),
        ("2027-01-31 00:00:00", SheetConventions(), "2027-01-31"),
        ("2027/1/31", SheetConventions(), "2027-01-31"),
        ("\u00a02027-01-31\u200b", SheetConventions(), "2027-01-31"),
        ("3/2/2027", SheetConventions("day/month/year"), "2027-02-03"),
        ("3/2/2027", SheetConventions("month/day/year"), "2027-03-02"),
        ("03.02.2027 00:00", SheetConventions("day/month/year"), "2027-02-03"),
        ("31/01/2027", SheetConventions(), "2027-01-31"),
        ("2/22/2027", SheetConventions(), "2027-02-22"),
        ("5/5/2027", SheetConventions(), "2027-05-05"),
        ("3 March 2027", SheetConventions(), "2027-03-03"),
        ("March 3rd, 2027", SheetConventions(), "2027-03-03"),
        ("Wed, 3-Mar-2027", SheetConventions(), "2027-03-03"),
        ("1er mars 2027", SheetConventions(), "2027-03-01"),
        ("week 3 March 2027", SheetConventions(), "week 3 March 2027"),
        ("3 Smarch 2027", SheetConventions(), "3 Smarch 2027"),
        ("March 2027", SheetConventions(), "March 2027"),
        ("31 April 2027", SheetConventions(), "31 April 2027"),
        ("soon", SheetConventions(), "soon"),
    ],
)
def test_dates(cell: str, conventions: SheetConventions, value: str) -> None:
    assert parse_value(cell, FieldShape(date), conventions) == value


@pytest.mark.parametrize(
    ("cell", "conventions", "suggestion"),
    [
        ("03/02/2027", SheetConventions(), ""),
        ("31/01/2027", SheetConventions("month/day/year"), "2027-01-31"),
        ("3/2/27", SheetConventions(), ""),
        ("3/2/27", SheetConventions("day/month/year"), "2027-02-03"),
        ("31/31/2027", SheetConventions("day/month/year"), ""),
        ("29/2/2027", SheetConventions(), ""),
    ],
)
def test_dates_that_are_not_clear_are_refused(
    cell: str, conventions: SheetConventions, suggestion: str
) -> None:
    with pytest.raises(CellError) as caught:
        parse_value(cell, FieldShape(date), conventions)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("cell", "value"),
    [("42:00", "42 hours"), ("1:30:00", "90 minutes"), ("6 weeks", "6 weeks"), ("1:75", "1:75")],
)
def test_lengths_of_time_as_spreadsheets_show_them(cell: str, value: str) -> None:
    assert parse_value(cell, FieldShape(Duration), SheetConventions()) == value


@pytest.mark.parametrize(
    ("cell", "currency", "value"),
    [
        ("£495", "CAD", "495 GBP"),
        ("495 €", "", "495 EUR"),
        ("CA$1,250.50", "", "1250.50 CAD"),
        ("$495", "CAD", "495 CAD"),
        ("495 kr.", "DKK", "495 DKK"),
        ("₴ 1500", "EUR", "1500 UAH"),
        ("1500 zł", "EUR", "1500 PLN"),
        ("495.00", "", "495"),
        ("495,00", "", "495"),
        ("1.000", "", "1000"),
        ("1.200,50 EUR", "", "1200.50 EUR"),
        ("1 200,50 €", "", "1200.50 EUR"),
        ("1'200.50 CHF", "", "1200.50 CHF"),
        ("1,25,000 INR", "", "125000 INR"),
        ("1.250 KWD", "", "1.25 KWD"),
        ("1.250", "KWD", "1.25"),
        ("25.1250 KWD", "", "25.125 KWD"),
        ("CAD 495", "", "495 CAD"),
        ("495 CAD", "", "495 CAD"),
        ("Free", "", "Free"),
    ],
)
def test_prices(cell: str, currency: str, value: str) -> None:
    own_price = FieldShape(str, display=Display("Fee", type="money"))
    for shape in (FieldShape(Price), own_price):
        assert parse_value(cell, shape, SheetConventions(site_currency=currency)) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [("95.00", "95 GBP"), ("1,250", "1250 GBP"), ("95 EUR", "95 EUR"), ("free", "free"), ("0", "0")],
)
def test_amounts_are_in_the_currency_of_the_sheet(cell: str, value: str) -> None:
    assert (
        parse_value(cell, FieldShape(Price), SheetConventions(default_currency="GBP", site_currency="CAD"))
        == value
    )


@pytest.mark.parametrize("currency", ["", "GBP"])
def test_a_krone_of_nobody_is_refused(currency: str) -> None:
    with pytest.raises(CellError, match=r"which currency `kr` is.*`495 NOK`"):
        parse_value("495 kr", FieldShape(Price), SheetConventions(site_currency=currency))


@pytest.mark.parametrize("cell", ["25.1250 CAD", "25.5 JPY"])
def test_an_amount_with_more_decimals_than_its_currency_has_is_no_price(cell: str) -> None:
    assert parse_value(cell, FieldShape(Price), SheetConventions()) == cell
    with pytest.raises(ValidationError, match="decimals"):
        Price.model_validate(cell)


def test_invisible_characters_in_a_value_do_not_count() -> None:
    conventions = SheetConventions(date_order="day/month/year")
    cell = "\u200e3\u200e/\u200e2/2027\ufe0f\u2009"
    assert parse_value(cell, FieldShape(date), conventions) == "2027-02-03"


@pytest.mark.parametrize("currency", ["", "GBP"])
def test_a_dollar_of_nobody_is_refused(currency: str) -> None:
    with pytest.raises(CellError, match=r"which currency"):
        parse_value("$495", FieldShape(Price), SheetConventions(site_currency=currency))


@pytest.mark.parametrize(
    ("cell", "shape", "value"),
    [
        ("TRUE", FieldShape(bool), "true"),
        ("No", FieldShape(bool), "false"),
        ("In person", FieldShape(str, choices=("in-person", "online")), "in-person"),
        ("on-site", FieldShape(str, choices=("in-person", "online")), "on-site"),
        ("20.0", FieldShape(int), "20"),
        ("a\u00a0b\r\nc", FieldShape(str), "a\u00a0b\nc"),
    ],
)
def test_other_values(cell: str, shape: FieldShape, value: str) -> None:
    assert parse_value(cell, shape, SheetConventions()) == value


def test_a_choice_is_known_by_its_id_and_by_the_sites_own_word_for_it() -> None:
    shape = FieldShape(str, choices=("online", "own-time"), labels={"own-time": "In your own time"})
    cells = ("Online", "own time", "in your own time", "by post")
    found = [parse_value(cell, shape, SheetConventions()) for cell in cells]
    assert found == ["online", "own-time", "own-time", "by post"]


def test_an_id_is_itself_although_another_value_is_called_so() -> None:
    shape = FieldShape(str, choices=("1", "2"), labels={"1": "2", "2": "Both"})
    read = [parse_value(text, shape, SheetConventions()) for text in ("1", "2", "both")]
    assert read == ["1", "2", "2"]
