from __future__ import annotations

from typing import Any

import pytest

from credsite.authoring.spreadsheet.cells import SheetConventions
from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.row_merge import RowMerger
from credsite.schema.kinds import Kind

COLUMNS = columns_of(Kind.COURSE)


def price(old: Any, conventions: SheetConventions, **cells: str) -> Any:
    """The price of a course that had the price ``old``, after the import of a row with these cells."""
    row = {}
    for heading, cell in cells.items():
        column = COLUMNS.find(heading.replace("_", " "))
        assert column is not None
        row[column] = cell
    merger = RowMerger(row, conventions, lambda _, text: text)
    values, wrong = merger.merge_into({"price": old} if old else {}, COLUMNS)
    assert not wrong
    return values.get("price")


def merged(old: dict[str, Any], **cells: str) -> tuple[dict[str, Any], list[str]]:
    """The front matter ``old`` after the import of a row with these cells, and the messages about wrong ones."""
    row = {
        column: cell for heading, cell in cells.items() if (column := COLUMNS.find(heading.replace("_", " ")))
    }
    assert len(row) == len(cells)
    values, wrong = RowMerger(row, SheetConventions(), lambda _, text: text).merge_into(old, COLUMNS)
    return values, [error.message for error in wrong.values()]


def test_the_items_of_a_price_are_one_cell() -> None:
    items = [{"label": "Tuition", "amount": "400"}, {"label": "Kit", "amount": "95"}]
    assert merged({}, price_items="Tuition: 400; Kit: 95")[0] == {
        "price": {"items": ["Tuition: 400", "Kit: 95"]}
    }
    old = {"price": {"items": items}}
    assert merged(old, price_items="Tuition: 400; Kit: 95", price_note="")[0] == old
    assert merged(old, price="495", price_items="Tuition: 400; Kit: 95")[0] == {
        "price": {"amount": "495", "items": ["Tuition: 400", "Kit: 95"]}
    }
    assert merged({}, prices_1_for="Members", prices_1_amount="395", prices_1_items="Fee: 395")[0] == {
        "prices": [{"for": "Members", "amount": "395", "items": ["Fee: 395"]}]
    }


def test_a_cell_can_have_one_value_or_several() -> None:
    assert merged({}, level="Advanced") == ({"level": "advanced"}, [])
    assert merged({"level": "advanced"}, level="introductory; advanced") == (
        {"level": ["introductory", "advanced"]},
        [],
    )
    assert merged({"level": ["introductory", "advanced"]}, level="")[0] == {}


def test_one_block_or_several_share_their_columns() -> None:
    one, two = {"value": "3", "unit": "ECTS"}, {"value": "1", "unit": "CEU"}
    assert merged({}, credits_value="3", credits_unit="ECTS") == ({"credits": one}, [])
    assert merged({"credits": one}, credits_value="3; 1", credits_unit="ECTS; CEU") == (
        {"credits": [one, two]},
        [],
    )
    assert merged({"credits": [one, two]}, credits_value="3; 2")[0] == {
        "credits": [one, {**two, "value": "2"}]
    }
    _values, messages = merged({}, credits_value="3; 1", credits_unit="ECTS")
    assert messages == [
        "Here are 1 of 2 values: another column of `credits` has more. Write as many in each."
    ]


@pytest.mark.parametrize(
    ("old", "currency", "amount"),
    [("1.495", "KWD", "1.495"), ("1.495", "CAD", "1495"), ("$495", "CAD", "495"), ("1,495 CAD", "", "1495")],
)
def test_a_price_keeps_its_meaning_when_the_sheet_adds_a_note(old: str, currency: str, amount: str) -> None:
    found = price(old, SheetConventions(site_currency=currency), price_note="With tax")
    assert (found["amount"], found["note"]) == (amount, "With tax")


@pytest.mark.parametrize("old", ["$495", "about 495"])
def test_a_price_that_is_not_clear_stays_as_it_is_written(old: str) -> None:
    found = price(old, SheetConventions(site_currency="EUR"), price_note="With tax")
    assert found == {"amount": old, "note": "With tax"}


def test_an_amount_of_three_decimals_keeps_its_meaning_beside_a_note() -> None:
    found = price(None, SheetConventions(site_currency="KWD"), price="1.495", price_note="With tax")
    assert found == {"amount": "1.495", "note": "With tax"}


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("495", "", {"amount": "495", "currency": "USD"}),
        ("495", "GBP", {"amount": "495", "currency": "GBP"}),
        ("495 EUR", "", {"amount": "495 EUR"}),
        ("£495", "", {"amount": "£495"}),
        ("free", "", {"amount": "free"}),
    ],
)
def test_the_currency_of_the_mapping_is_that_of_bare_amounts(
    amount: str, currency: str, expected: dict[str, str]
) -> None:
    conventions = SheetConventions(default_currency="USD", site_currency="CAD")
    cells = {"price_currency": currency} if currency else {}
    assert price(None, conventions, price_amount=amount, **cells) == expected
