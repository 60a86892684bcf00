from __future__ import annotations

import pytest

from credsite.schema.standard_codes import (
    country_codes,
    currency_codes,
    language_codes,
    suggest_country,
    suggest_currency,
    suggest_language,
)


def test_codes_are_those_of_the_standards() -> None:
    assert all(len(code) == 2 and code.isupper() for code in country_codes())
    assert 190 < len(country_codes()) < 260
    assert {"CAD", "EUR", "NZD", "UAH"} <= currency_codes()
    assert "DEM" not in currency_codes()
    assert {"en", "fr", "mi", "uk"} <= language_codes()


@pytest.mark.parametrize(
    ("text", "code"), [("EN", "en"), ("fr_ca", "fr-CA"), ("French", "fr"), ("klingonese", "")]
)
def test_languages_that_were_meant(text: str, code: str) -> None:
    assert suggest_language(text) == code


@pytest.mark.parametrize(
    ("text", "code"), [("ca", "CA"), ("UK", "GB"), ("canada", "CA"), ("EU", ""), ("Atlantis", "")]
)
def test_countries_that_were_meant(text: str, code: str) -> None:
    assert suggest_country(text) == code


@pytest.mark.parametrize(("text", "code"), [("Canadian Dollar", "CAD"), ("CAN", ""), ("US", "")])
def test_currencies_that_were_meant(text: str, code: str) -> None:
    assert suggest_currency(text) == code
