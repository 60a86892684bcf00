"""A sign is the currency that it can only mean, or the one that settles it."""

from __future__ import annotations

import pytest

from credsite.core.currency_signs import currency_of_sign, is_currency_sign, may_mean


@pytest.mark.parametrize(
    ("sign", "own", "code"),
    [
        ("€", "CAD", "EUR"),
        ("₴", "", "UAH"),
        ("₹", "EUR", "INR"),
        ("Kč", "", "CZK"),
        ("zł", "", "PLN"),
        ("US$", "CAD", "USD"),
        ("$", "CAD", "CAD"),
        ("$", "MXN", "MXN"),
        ("$", "EUR", ""),
        ("$", "", ""),
        ("kr.", "DKK", "DKK"),
        ("KR", "SEK", "SEK"),
        ("kr", "EUR", ""),
        ("¥", "JPY", "JPY"),
        ("¥", "", ""),
        ("x", "CAD", ""),
    ],
)
def test_a_sign_is_settled_or_not(sign: str, own: str, code: str) -> None:
    assert currency_of_sign(sign, own) == code
    assert is_currency_sign(sign) == (sign != "x")


@pytest.mark.parametrize(
    ("sign", "code", "possible"),
    [("£", "EGP", True), ("£", "EUR", False), ("kr", "ISK", True), ("$", "EUR", False), ("₴", "UAH", True)],
)
def test_what_a_sign_can_mean(sign: str, code: str, *, possible: bool) -> None:
    assert may_mean(sign, code) is possible
