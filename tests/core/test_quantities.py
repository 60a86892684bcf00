from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.quantities import (
    UNITS,
    Duration,
    Money,
    add_durations,
    parse_amount,
    parse_duration,
    parse_money,
)


def span(text: str) -> Duration:
    found = parse_duration(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "unit"),
    [
        ("6 weeks", "6", "6", "week"),
        ("1 day", "1", "1", "day"),
        ("3-7 days", "3", "7", "day"),
        ("3 - 7 days", "3", "7", "day"),
        ("3–7 days", "3", "7", "day"),
        ("3 to 7 days", "3", "7", "day"),
        ("30-40 hours", "30", "40", "hour"),
        ("42hours", "42", "42", "hour"),
        ("1.5 days", "1.5", "1.5", "day"),
        ("90 minutes", "90", "90", "minute"),
        ("2 years", "2", "2", "year"),
        ("18 months", "18", "18", "month"),
        ("6 Weeks", "6", "6", "week"),
        ("  6   weeks  ", "6", "6", "week"),
        ("5-5 days", "5", "5", "day"),
        ("P6W", "6", "6", "week"),
        ("P3D", "3", "3", "day"),
        ("P1M", "1", "1", "month"),
        ("P2Y", "2", "2", "year"),
        ("PT42H", "42", "42", "hour"),
        ("PT30M", "30", "30", "minute"),
    ],
)
def test_lengths_of_time(text: str, minimum: str, maximum: str, unit: str) -> None:
    assert parse_duration(text) == Duration(Decimal(minimum), Decimal(maximum), unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "6",
        "weeks",
        "six weeks",
        "about 6 weeks",
        "6 weeks or so",
        "6 semesters",
        "7-3 days",
        "0 weeks",
        "0-3 days",
        "-3 days",
        "3-7",
        "3 days - 7 days",
        "1,5 days",
        "P",
        "P6",
        "PW",
        "P0W",
        "P6H",
        "PT6W",
        "PT6D",
        "p6w",
        "P1Y6M",
        "6 weeks, 2 days",
        "1e3 days",
        f"{'9' * 40} weeks",
        f"P{'9' * 40}W",
    ],
)
def test_what_is_no_length_of_time(text: str) -> None:
    assert parse_duration(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("6 weeks", "P6W"),
        ("3-7 days", "P7D"),
        ("42 hours", "PT42H"),
        ("90 minutes", "PT90M"),
        ("2 months", "P2M"),
        ("2 years", "P2Y"),
        ("1.5 days", "P1.5D"),
        ("10 days", "P10D"),
        ("100 hours", "PT100H"),
        ("20.0 hours", "PT20H"),
    ],
)
def test_iso_says_the_upper_end(text: str, iso: str) -> None:
    assert span(text).iso() == iso


def test_spans_order_by_hours() -> None:
    texts = ["1 year", "3 days", "90 minutes", "1 month", "2 hours", "2 weeks"]
    ordered = sorted(texts, key=lambda text: span(text).hours)
    assert ordered == ["90 minutes", "2 hours", "3 days", "2 weeks", "1 month", "1 year"]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("495 CAD", "495", "CAD"),
        ("495CAD", "495", "CAD"),
        ("495 cad", "495", "CAD"),
        ("495.50 CAD", "495.50", "CAD"),
        ("1,250.50 EUR", "1250.50", "EUR"),
        ("1 250 EUR", "1250", "EUR"),
        ("1\u00a0250\u00a0EUR", "1250", "EUR"),
        ("1\u202f250 EUR", "1250", "EUR"),
        ("1,250,000 JPY", "1250000", "JPY"),
        ("12500 JPY", "12500", "JPY"),
        ("0 CAD", "0", "CAD"),
        ("-5 CAD", "-5", "CAD"),
        ("free", "0", ""),
        ("Free", "0", ""),
        (" FREE ", "0", ""),
    ],
)
def test_money(text: str, amount: str, currency: str) -> None:
    assert parse_money(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.250 EUR",
        "$495",
        "CAD 495",
        "495 dollars",
        "495,50 EUR",
        "12,50 EUR",
        "1,25 EUR",
        "1234,567 EUR",
        "1.250.000 EUR",
        "400-500 CAD",
        "free of charge",
        "1e3 CAD",
        f"{'9' * 40} CAD",
        "NaN CAD",
        "495 €",
    ],
)
def test_what_is_no_money(text: str) -> None:
    assert parse_money(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("495", "495"),
        ("1495.00", "1495.00"),
        ("1,495", "1495"),
        ("1 495", "1495"),
        (" 0 ", "0"),
        ("-5", "-5"),
        ("495,50", None),
        ("4,95", None),
        ("1e999999999", None),
        ("1e3", None),
        ("1_000", None),
        ("inf", None),
        ("nan", None),
        ("sNaN", None),
        ("", None),
        ("free", None),
        ("9" * 40, None),
    ],
)
def test_amounts(text: str, amount: str | None) -> None:
    assert parse_amount(text) == (None if amount is None else Decimal(amount))


NEAR = st.text(st.sampled_from("0123456789 .,-–toPTWHMYDdays weekhours٣\u00a0eE+CADfr\n"), max_size=24)


@given(NEAR | st.text())
def test_parsing_never_raises(text: str) -> None:
    found = parse_duration(text)
    if found is not None:
        assert 0 < found.minimum <= found.maximum
        assert found.unit in UNITS
        assert parse_duration(found.iso()) is not None or found.maximum != int(found.maximum)
    parse_money(text)
    parse_amount(text)


def test_the_sum_of_nothing_is_nothing() -> None:
    assert add_durations([], []) is None
    assert add_durations([span("1 day")], []) is None


@pytest.mark.parametrize(
    ("low", "high", "minimum", "maximum", "unit", "approximate"),
    [
        (["2 weeks", "3 weeks"], ["2 weeks", "3 weeks"], 5, 5, "week", False),
        (["2-3 weeks", "1 week"], ["2-3 weeks", "1 week"], 3, 4, "week", False),
        (["1 week"], ["3 weeks"], 1, 3, "week", False),
        (["3 days", "2 weeks"], ["3 days", "2 weeks"], 2, 2, "week", True),
        (["6 days", "1 week"], ["6 days", "1 week"], 13, 13, "day", True),
        (["1 month", "6 weeks"], ["1 month", "6 weeks"], 2, 2, "month", True),
        (["30 minutes", "1 hour"], ["30 minutes", "1 hour"], 90, 90, "minute", True),
        (["1 year", "1 day"], ["1 year", "1 day"], 12, 12, "month", True),
        (["1 hour"], ["2 weeks"], 60, 20160, "minute", True),
    ],
)
def test_sums(
    low: list[str], high: list[str], minimum: int, maximum: int, unit: str, approximate: bool
) -> None:
    found = add_durations([span(text) for text in low], [span(text) for text in high])
    assert found == Duration(Decimal(minimum), Decimal(maximum), unit, approximate)


SPANS = st.lists(
    st.builds(
        lambda low, more, unit: Duration(Decimal(low), Decimal(low + more), unit),
        st.integers(1, 999_999_999),
        st.integers(0, 1000),
        st.sampled_from(UNITS),
    ),
    min_size=1,
    max_size=6,
)


@given(SPANS)
def test_a_sum_is_exact_in_one_unit_and_near_in_several(spans: list[Duration]) -> None:
    total = add_durations(spans, spans)
    assert total is not None
    assert 0 < total.minimum <= total.maximum
    least, most = (sum((one.hours[end] for one in spans), Decimal(0)) for end in (0, 1))
    if len({one.unit for one in spans}) == 1:
        assert (total.minimum, total.maximum) == (
            sum(one.minimum for one in spans),
            sum(one.maximum for one in spans),
        )
        assert not total.approximate
    else:
        assert total.approximate
        one_unit = Duration(Decimal(1), Decimal(1), total.unit).hours[0]
        assert abs(total.hours[0] - least) <= one_unit
        assert abs(total.hours[1] - most) <= one_unit


@given(SPANS)
def test_the_order_of_a_sum_does_not_count(spans: list[Duration]) -> None:
    mixed = list(reversed(spans))
    assert add_durations(spans, spans) == add_durations(mixed, mixed)
