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
    parse_duration,
    parse_money,
    parse_number,
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
        ("1,200 hours", "1200", "1200", "hour"),
        ("1 200 hours", "1200", "1200", "hour"),
        ("1\u202f200 hours", "1200", "1200", "hour"),
        ("1'200 hours", "1200", "1200", "hour"),
        ("1,200.5 hours", "1200.5", "1200.5", "hour"),
        ("1,000-1,200 hours", "1000", "1200", "hour"),
        ("0.125 hours", "0.125", "0.125", "hour"),
        ("1000 years", "1000", "1000", "year"),
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
        "1.200 hours",
        "1,2000 hours",
        "1 20 hours",
        "1001 years",
        "99999999 weeks",
        "P9999999W",
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
        ("CAD 495", "495", "CAD"),
        ("1.250 EUR", "1250", "EUR"),
        ("1,250 EUR", "1250", "EUR"),
        ("1.250,50 EUR", "1250.50", "EUR"),
        ("1\u00a0250,50\u00a0€", "1250.50", "EUR"),
        ("1\u2009250 EUR", "1250", "EUR"),
        ("1.250.000 EUR", "1250000", "EUR"),
        ("1'250.50 CHF", "1250.50", "CHF"),
        ("CHF 1\u2019250.-", "1250", "CHF"),
        ("1,20,000 INR", "120000", "INR"),
        ("12,34,567.50 INR", "1234567.50", "INR"),
        ("495,50 EUR", "495.50", "EUR"),
        ("495 €", "495", "EUR"),
        ("£30", "30", "GBP"),
        ("US$1,495.00", "1495.00", "USD"),
        ("$495 CAD", "495", "CAD"),
        ("495 CAD $", "495", "CAD"),
        ("£30 GBP", "30", "GBP"),
        ("-£5", "-5", "GBP"),
        ("KWD 1.250", "1.250", "KWD"),
        ("1,250.500 KWD", "1250.500", "KWD"),
        ("1234,567 TND", "1234.567", "TND"),
        ("JPY 5000", "5000", "JPY"),
        ("5.000 JPY", "5000", "JPY"),
        ("0.500 CAD", "0.500", "CAD"),
        ("1,234,567.89", "1234567.89", ""),
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
        "1,250 KWD",
        "1,250,50 EUR",
        "1.250.50 EUR",
        "1.25.000 EUR",
        "1,2500 EUR",
        "012,345 EUR",
        "12 50 EUR",
        "1 2 3",
        "€40 CAD",
        "€40 £",
        "495 dollars",
        "1234,567 EUR",
        "1234.567 EUR",
        "400-500 CAD",
        "free of charge",
        "1e3 CAD",
        f"{'9' * 40} CAD",
        "NaN CAD",
        "5000.50 JPY",
        "1.5 ISK",
        "12.3456 CAD",
        "0.125 EUR",
    ],
)
def test_what_is_no_money(text: str) -> None:
    assert parse_money(text) is None


@pytest.mark.parametrize(
    ("text", "site", "amount", "currency", "unsettled"),
    [
        ("$495", "", "495", "", "$"),
        ("$495", "EUR", "495", "", "$"),
        ("$495", "CAD", "495", "CAD", ""),
        ("495 $", "USD", "495", "USD", ""),
        ("-$5", "USD", "-5", "USD", ""),
        ("400 kr", "", "400", "", "kr"),
        ("400 kr.", "DKK", "400", "DKK", ""),
        ("¥5,000", "JPY", "5000", "JPY", ""),
        ("Rs. 1,20,000", "INR", "120000", "INR", ""),
        ("€40", "CAD", "40", "EUR", ""),
        ("1.250", "KWD", "1.250", "", ""),
        ("1.250", "CAD", "1250", "", ""),
        ("1,250", "CAD", "1250", "", ""),
    ],
)
def test_the_currency_of_the_site_settles_signs_and_decimals(
    text: str, site: str, amount: str, currency: str, unsettled: str
) -> None:
    assert parse_money(text, site) == Money(Decimal(amount), currency, unsettled)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", "3"),
        ("0", "0"),
        ("1.5", "1.5"),
        ("1.125", "1.125"),
        ("1 200", "1200"),
        ("1,200", None),
        ("2,5", None),
        ("-1", None),
        ("1e400", None),
        ("nan", None),
        ("9" * 30, None),
        ("", None),
    ],
)
def test_numbers(text: str, number: str | None) -> None:
    assert parse_number(text) == (None if number is None else Decimal(number))


@given(
    st.decimals("0", 10**11, places=3),
    st.sampled_from(["", "EUR", "KWD", "JPY"]),
    st.sampled_from(["", "CAD", "KWD"]),
)
def test_an_amount_is_the_same_after_it_was_written_and_read(amount: Decimal, own: str, site: str) -> None:
    if (own or site) != "KWD":
        amount = round(amount, 0 if (own or site) == "JPY" else 2)
    written = str(Money(amount, own))
    found = parse_money(written, site)
    assert found is not None, written
    assert (found.amount, found.currency) == (amount, own)


NEAR = st.text(st.sampled_from("0123456789 .,'-–toPTWHMYDdays weekhours٣\u00a0eE+CADfr$€\n"), max_size=24)


@given(NEAR | st.text())
def test_parsing_never_raises(text: str) -> None:
    found = parse_duration(text)
    if found is not None:
        assert 0 < found.minimum <= found.maximum
        assert found.unit in UNITS
        assert parse_duration(found.iso()) is not None or found.maximum != int(found.maximum)
    parse_money(text)
    parse_money(text, "KWD")
    parse_number(text)


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


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("up to 2 hours", Duration(Decimal(0), Decimal(2), "hour")),
        ("At most 1,200 hours", Duration(Decimal(0), Decimal(1200), "hour")),
        ("from 13 months", Duration(Decimal(13), Decimal(13), "month", is_open=True)),
        ("at least P2W", Duration(Decimal(2), Decimal(2), "week", is_open=True)),
        ("from 3 to 7 days", Duration(Decimal(3), Decimal(7), "day")),
        ("up to 3-7 days", None),
        ("from up to 3 days", None),
        ("up to", None),
    ],
)
def test_lengths_that_are_open_at_one_end(text: str, duration: Duration | None) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    ("spans", "total"),
    [
        (("3 hours", "up to 2 hours"), "3-5 hours"),
        (("up to 3 hours", "up to 2 hours"), "up to 5 hours"),
        (("3 hours", "from 2 hours"), "from 5 hours"),
        (("up to 3 hours", "from 2 hours"), "from 2 hours"),
    ],
)
def test_sums_of_lengths_that_are_open_at_one_end(spans: tuple[str, ...], total: str) -> None:
    durations = [span for text in spans if (span := parse_duration(text))]
    assert add_durations(durations, durations) == parse_duration(total)


def test_only_a_length_with_an_end_is_told_in_iso() -> None:
    assert [span.iso() for text in ("up to 2 hours", "from 2 hours") if (span := parse_duration(text))] == [
        "PT2H",
        "",
    ]
