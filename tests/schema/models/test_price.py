"""Prices with what they are made of, and prices for some people. Amounts and currencies: test_models and test_quantities."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from credsite.schema.models.price import Price, PriceItem
from tests.support.catalogues import course, parsed


def problems(**values: Any) -> list[tuple[str, str]]:
    found = parsed(Kind.COURSE, "a", **values).problems
    skipped = ("missing-duration", "missing-workload", "missing-outcomes", "missing-assessment")
    return [(one.code, ".".join(map(str, one.location.key))) for one in found if one.code not in skipped]


def test_the_amount_is_the_sum_of_the_items_unless_it_is_written() -> None:
    items = [{"label": "Tuition", "amount": "400"}, "Materials: 1,095.50", {"Exam: part 1": "0"}]
    price = Price.model_validate({"items": items})
    assert price.amount == Decimal("1495.50")
    assert [(item.label, item.amount) for item in price.items] == [
        ("Tuition", 400),
        ("Materials", Decimal("1095.50")),
        ("Exam: part 1", 0),
    ]
    assert Price.model_validate({"amount": "500", "items": items}).amount == 500


def test_a_line_says_the_same_as_the_block() -> None:
    item = PriceItem(label="Exam: part 1", amount=Decimal("12.50"))
    assert PriceItem.model_validate(item.as_line()) == item


def test_a_long_line_that_is_no_part_of_a_price_is_refused_quickly() -> None:
    begun = time.perf_counter()
    with pytest.raises(ValidationError):
        PriceItem.model_validate("Tuition" + " " * 60_000 + "x")
    assert time.perf_counter() - begun < 2


def test_amounts_of_items_are_read_as_the_site_writes_amounts() -> None:
    context = {"currency": "CAD"}
    assert Price.model_validate({"items": ["Tuition: $400"]}, context=context).amount == 400
    assert PriceItem.model_validate("Kit: 1.250", context={"currency": "KWD"}).amount == Decimal("1.250")


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"price": {"items": [{"label": "Tuition", "amount": "400"}]}}, []),
        ({"price": {"amount": "495", "items": ["Tuition: 400"]}}, [("price-sum", "price.amount")]),
        ({"price": {"amount": "x", "items": ["Tuition: 400"]}}, [("bad-price", "price.amount")]),
        ({"price": {"items": ["Tuition"]}}, [("bad-price", "price.items.0")]),
        ({"price": {"items": ["Tuition: 400 EUR"]}}, [("bad-price", "price.items.0.amount")]),
        ({"price": {"items": ["Rebate: -5"]}}, [("negative-amount", "price.items.0.amount")]),
        ({"price": {"items": [{"label": "Tuition"}]}}, [("missing-key", "price.items.0.amount")]),
        ({"price": {"currency": "CAD"}}, [("missing-key", "price.amount")]),
        ({"price": {"amount": "", "items": []}}, [("missing-price", "")]),
        ({"prices": [{"for": "Members", "amount": "395"}]}, []),
        ({"prices": [{"amount": "395"}]}, [("missing-key", "prices.0.for")]),
        ({"prices": [{"for": "Members"}]}, [("missing-key", "prices.0.amount")]),
        ({"prices": [{"for": "Members", "amount": "5", "items": ["A: 4"]}]}, [("price-sum", "prices.0.amount")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_prices(values: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert problems(**values) == found


def test_most_pay_the_price_or_else_the_first_of_the_prices() -> None:
    prices = [{"for": "Residents", "amount": "395"}, {"for": "Others", "amount": "495"}]
    one, other = course("a", price="450", prices=prices).fields, course("a", prices=prices).fields
    assert isinstance(one, Course)
    assert isinstance(other, Course)
    assert one.main_price is not None
    assert other.main_price is not None
    assert (one.main_price.amount, other.main_price.amount) == (450, 395)
    assert [price.audience for price in one.prices] == ["Residents", "Others"]
