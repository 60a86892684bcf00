from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.schema.likely_values import (
    address_advice,
    coordinate_advice,
    date_advice,
    email_advice,
)


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("2027-2-3", "2027-02-03"),
        ("2027/02/03", "2027-02-03"),
        ("2027.2.3", "2027-02-03"),
        ("20270203", "2027-02-03"),
        ("3 March 2027", "2027-03-03"),
        ("March 3, 2027", "2027-03-03"),
        ("Wed, 3rd of March 2027", "2027-03-03"),
        ("3-Mar-2027", "2027-03-03"),
        ("3 mars 2027", "2027-03-03"),
        ("1er février 2027", "2027-02-01"),
        ("31/01/2027", "2027-01-31"),
        ("01/31/2027", "2027-01-31"),
        ("3.3.2027", "2027-03-03"),
        ("2027-02-03 09:00", "2027-02-03"),
        ("2027-02-03T00:00:00Z", "2027-02-03"),
        ("46421", "2027-02-03"),
        ("31 February 2027", ""),
    ],
)
def test_days_that_were_meant(text: str, likely: str) -> None:
    message, suggestion = date_advice(text)
    assert f"`{text}`" in message
    assert suggestion == likely


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("01/02/2027", "2027-01-02 or 2027-02-01"),
        ("03/04/27", "all four digits"),
        ("March 2027", "which day"),
        ("Spring 2027", "which day"),
        ("2027", "which day"),
        ("2027-03", "which day"),
        ("Q1 2027", "which day"),
        ("TBA", "until the day is known"),
        ("to be confirmed", "until the day is known"),
        ("rolling", "until the day is known"),
        ("next Monday", "year-month-day"),
    ],
)
def test_dates_that_nobody_can_know(text: str, words: str) -> None:
    message, suggestion = date_advice(text)
    assert words in message
    assert suggestion == ""


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("www.college.example/x", "https://www.college.example/x"),
        ("college.example", "https://college.example"),
        ("https:/college.example", "https://college.example"),
        ("http//college.example", "https://college.example"),
        ("//college.example/x", "https://college.example/x"),
        ("ask@college.example", "mailto:ask@college.example"),
        ("<https://college.example/a>", "https://college.example/a"),
        ("[Enrol](https://college.example/a)", "https://college.example/a"),
        ("+44 20 7946 0018", "tel:+442079460018"),
        ("Phone: (902) 555-0123", "tel:9025550123"),
        ("none", ""),
        ("see our website", ""),
        ("javascript:alert(1)", ""),
        ("https://college.example/a b", ""),
    ],
)
def test_addresses_that_were_meant(text: str, likely: str) -> None:
    message, suggestion = address_advice(text)
    assert f"`{text}`" in message
    assert suggestion == likely


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("mailto:ask@college.example", "ask@college.example"),
        ("ask (at) college.example", ""),
        ("ask(at)college.example", "ask@college.example"),
        ("Ask us <ask@college.example>", "ask@college.example"),
        ("https://college.example", ""),
        ("n/a", ""),
    ],
)
def test_addresses_for_mail_that_were_meant(text: str, likely: str) -> None:
    assert email_advice(text)[1] == likely


@given(st.text() | st.text(st.sampled_from("0123456789-/. :TZabjunmarQ@<>[]()+"), max_size=200))
def test_any_text_gets_a_message(text: str) -> None:
    for advice in (date_advice, address_advice, email_advice):
        message, suggestion = advice(text)
        assert message
        assert "\n" not in suggestion


@pytest.mark.parametrize("text", ["1" + " " * 60_000 + "x", "x" * 1000])
def test_no_long_text_is_a_coordinate(text: str) -> None:
    message, suggestion = coordinate_advice(text, 90)
    assert len(message) < 200
    assert not suggestion


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/02/2028", "The calendar has no day"),
        ("30-13-2028", "The calendar has no day"),
        ("2028-05-06 - 2028-05-07", "more than one day"),
        ("2028-05-06/2028-05-07", "more than one day"),
        ("2028-05-06 10:00", "more than a date"),
    ],
)
def test_days_that_are_none_or_several(text: str, words: str) -> None:
    assert words in date_advice(text)[0]
