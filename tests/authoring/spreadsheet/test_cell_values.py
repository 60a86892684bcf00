"""Dates, numbers and prices are read as spreadsheets write them; ambiguous values are refused."""

from __future__ import annotations

from datetime import date

import pytest

from credsite.authoring.spreadsheet.cell_values import SheetConventions, parse_value
from credsite.authoring.spreadsheet.cells import CellError
from credsite.schema.introspection import FieldShape
from credsite.schema.models.course import Price


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
        ("soon", SheetConventions(), "soon"),
    ],
)
def test_dates(cell: str, conventions: SheetConventions, value: str) -> None:
    assert parse_value(cell, FieldShape(date), conventions) == value


@pytest.mark.parametrize(
    ("cell", "conventions", "suggestion"),
    [
        ("03/02/2027", SheetConventions(), ""),
        ("31/01/2027", SheetConventions(), "2027-01-31"),
        ("01/31/2027", SheetConventions(), "2027-01-31"),
        ("3/2/27", SheetConventions("day/month/year"), ""),
        ("31/31/2027", SheetConventions("day/month/year"), ""),
    ],
)
def test_dates_that_can_be_read_in_two_ways_are_refused(
    cell: str, conventions: SheetConventions, suggestion: str
) -> None:
    with pytest.raises(CellError) as caught:
        parse_value(cell, FieldShape(date), conventions)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("cell", "currency", "value"),
    [
        ("£495", "CAD", "495 GBP"),
        ("495 €", "", "495 EUR"),
        ("CA$1,250.50", "", "1,250.50 CAD"),
        ("$495", "CAD", "495 CAD"),
        ("495.00", "", "495"),
        ("495,00", "", "495"),
        ("1.000", "", "1.000"),
        ("495 CAD", "", "495 CAD"),
        ("Free", "", "Free"),
    ],
)
def test_prices(cell: str, currency: str, value: str) -> None:
    assert parse_value(cell, FieldShape(Price), SheetConventions(site_currency=currency)) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [("95.00", "95 GBP"), ("1,250", "1,250 GBP"), ("95 EUR", "95 EUR"), ("free", "free"), ("0", "0")],
)
def test_amounts_are_in_the_currency_of_the_sheet(cell: str, value: str) -> None:
    assert (
        parse_value(cell, FieldShape(Price), SheetConventions(default_currency="GBP", site_currency="CAD"))
        == value
    )


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
