from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.quantities import parse_duration, parse_money, parse_number
from credsite.schema.likely_amounts import (
    amount_advice,
    credits_advice,
    duration_advice,
    price_advice,
    whole_number_advice,
)


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("gratis", "free"),
        ("Kostenlos", "free"),
        ("free of charge", "free"),
        ("No cost!", "free"),
        ("495 euros", "495 EUR"),
        ("about 495 CAD", "495 CAD"),
        ("from $495 CAD", "495 CAD"),
        ("495 CAD per person", "495 CAD"),
        ("495 CAD + HST", "495 CAD"),
        ("495 CAD (plus tax)", "495 CAD"),
        ("495 dollars", "495"),
        ("TBA", ""),
        ("n/a", ""),
        ("none", ""),
        ("five hundred dollars", ""),
        ("400-500 CAD", ""),
        ("1,250 KWD", ""),
    ],
)
def test_prices_that_were_meant(text: str, likely: str) -> None:
    message, suggestion = price_advice(text)
    assert f"`{text}`" in message
    assert suggestion == likely
    assert not likely or parse_money(likely)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("TBA", "leave the key out"),
        ("none", "Write `free`"),
        ("400-500 CAD", "more than one amount"),
        ("1,250 KWD", "`1250 KWD` or `1.250 KWD`"),
        ("five hundred", "in digits"),
        ("5000.50 JPY", "JPY has none"),
        ("12.3456 CAD", "more decimals"),
    ],
)
def test_what_is_said_of_a_price(text: str, words: str) -> None:
    assert words in price_advice(text)[0]


@pytest.mark.parametrize("text", ["about 40", "20-30"])
def test_only_a_price_has_a_note(text: str) -> None:
    assert "`note`" in price_advice(text)[0]
    assert "`note`" not in price_advice(text, has_note=False)[0]


@pytest.mark.parametrize(
    ("text", "likely"), [("95 euros", "95"), ("about 95", "95"), ("much", ""), ("free", "0"), ("Gratis", "0")]
)
def test_amounts_that_were_meant(text: str, likely: str) -> None:
    assert amount_advice(text)[1] == likely


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("40h", "40 hours"),
        ("40 hrs", "40 hours"),
        ("1,5 days", "1.5 days"),
        ("six weeks", "6 weeks"),
        ("a week", "1 week"),
        ("about 6 weeks", "6 weeks"),
        ("~6 weeks", "6 weeks"),
        ("6 weeks long", "6 weeks"),
        ("6-week", "6 weeks"),
        ("3 – 7 d", "3-7 days"),
        ("7-3 days", "3-7 days"),
        ("1 h 30 min", "90 minutes"),
        ("1h30", "90 minutes"),
        ("1 week and 2 days", "9 days"),
        ("P1Y6M", "18 months"),
        ("p6w", "P6W"),
        ("2 hours or more", "from 2 hours"),
        ("6 weeks minimum", "from 6 weeks"),
        ("lots or more", ""),
        ("2 days a week", ""),
        ("5 hours/week", ""),
        ("6", ""),
        ("6 semesters", ""),
        ("1.200 hours", ""),
        ("TBA", ""),
        ("99999999 weeks", ""),
    ],
)
def test_lengths_of_time_that_were_meant(text: str, likely: str) -> None:
    message, suggestion = duration_advice(text)
    assert f"`{text}`" in message
    assert suggestion == likely
    assert not likely or parse_duration(likely)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2 days a week", "how often"),
        ("6", "its unit"),
        ("1.200 hours", "`1200 hours` or `1.2 hours`"),
        ("99999999 weeks", "more than a thousand years"),
    ],
)
def test_what_is_said_of_a_length_of_time(text: str, words: str) -> None:
    assert words in duration_advice(text)[0]


@pytest.mark.parametrize(
    ("text", "likely"),
    [("2,5", "2.5"), ("3 ECTS", "3"), ("three", "3"), ("1,500", ""), ("many", ""), ("1e400", "")],
)
def test_credits_that_were_meant(text: str, likely: str) -> None:
    assert credits_advice(text)[1] == likely
    assert not likely or parse_number(likely) is not None


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("1,200", "1200"),
        ("20.0", "20"),
        ("about 20 seats", "20"),
        ("twelve", "12"),
        ("2.5", ""),
        ("full", ""),
    ],
)
def test_whole_numbers_that_were_meant(text: str, likely: str) -> None:
    assert whole_number_advice("a number", text)[1] == likely


NEAR = st.text(st.sampled_from("0123456789 .,'-–toPTWHMYDdays weekhoursaboutperCAD$€+/()"), max_size=200)


@given(st.text() | NEAR)
def test_what_is_suggested_is_right(text: str) -> None:
    _, price = price_advice(text)
    assert not price or parse_money(price)
    _, duration = duration_advice(text)
    assert not duration or parse_duration(duration)
    _, number = credits_advice(text)
    assert not number or parse_number(number) is not None
    amount_advice(text)
    whole_number_advice("a number", text)
