"""What comes back from columns is what was there, also where values are equal and yet not alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.columns import from_columns, to_columns
from credsite.core.serialization import DecodingError


class Price(NamedTuple):
    amount: Decimal
    currency: str


class Day(NamedTuple):
    on: date
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    kind: Literal["a", "b"]
    price: Price | None
    prices: tuple[Price, ...]
    days: tuple[Day, ...]
    at: date | datetime | None
    count: int | None
    flag: bool


amounts = st.sampled_from(["1", "1.0", "1.00", "2", "0"]).map(Decimal)
prices = st.builds(Price, amounts, st.sampled_from(["CAD", ""]))
days = st.builds(Day, st.dates(), st.lists(st.text(max_size=2), max_size=2).map(tuple))
zones = st.sampled_from([None, *(timezone(timedelta(hours=hours)) for hours in (0, 2))])
things = st.builds(
    Thing,
    st.text(st.characters(exclude_categories=[]), max_size=3),
    st.sampled_from(["a", "b"]),
    st.none() | prices,
    st.lists(prices, max_size=3).map(tuple),
    st.lists(days, max_size=3).map(tuple),
    st.none() | st.dates() | st.datetimes(timezones=zones).map(lambda at: at.replace(fold=0)),
    st.none() | st.integers(-3, 3),
    st.booleans(),
)


@given(st.lists(things))
def test_values_come_back(values: list[Thing]) -> None:
    data = to_columns(Thing, values)
    again = from_columns(Thing, data)
    assert again == values
    assert repr(again) == repr(values)
    assert to_columns(Thing, again) == data


def test_equal_amounts_and_moments_stay_as_they_were_written() -> None:
    two = timezone(timedelta(hours=2))
    moments = [datetime(2027, 1, 1, 9, tzinfo=two), datetime(2027, 1, 1, 7, tzinfo=UTC)]
    values = [
        Thing("", "a", Price(Decimal(amount), ""), (Price(Decimal(amount), ""),), (), at, None, False)
        for amount, at in zip(("1", "1.00"), moments, strict=True)
    ]
    assert moments[0] == moments[1]
    assert repr(from_columns(Thing, to_columns(Thing, values))) == repr(values)


def test_what_is_equal_is_written_and_made_once() -> None:
    day = Day(date(2027, 1, 1), ("a long word that stands in each of them",))
    one = Thing("name", "a", Price(Decimal(1), "CAD"), (), (day, day), None, 1, True)
    many = to_columns(Thing, [one] * 1000)
    assert many.count(b"a long word") == 1
    first, *others = from_columns(Thing, many)
    assert all(other.days[0] is first.days[0] and other.price is first.price for other in others)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"[]\n", b"{}\n", b"[1]\nx", b"[0,0]\n", b"\xff\n", b"[null]\n"]
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(DecodingError):
        from_columns(Thing, data)
