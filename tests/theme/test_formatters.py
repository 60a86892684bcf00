from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from babel.support import NullTranslations

from credsite.core.quantities import Duration, parse_duration
from credsite.site.views import PriceView
from credsite.theme.formatters import Formatters
from credsite.theme.loader import ThemeError

SPACE = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"


def ranges(text: str) -> str:
    return text.replace("--", "\N{EN DASH}")


class German(NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Free": "Kostenlos", "about %(span)s": "etwa %(span)s"}[message]


def formats(language: str) -> Formatters:
    return Formatters(language, German() if language == "de" else NullTranslations())


@pytest.mark.parametrize(
    ("language", "style", "written"),
    [
        ("en-CA", "long", "March 1, 2027"),
        ("en-CA", "medium", "Mar 1, 2027"),
        ("en-CA", "short", "2027-03-01"),
        ("en-CA", "month", "March 2027"),
        ("en-GB", "long", "1 March 2027"),
        ("fr-CA", "long", "1 mars 2027"),
        ("de", "month", "März 2027"),
        ("en-XX", "long", "March 1, 2027"),
    ],
)
def test_dates(language: str, style: str, written: str) -> None:
    assert formats(language).date(date(2027, 3, 1), style) == written
    assert formats(language).date(datetime(2027, 3, 1, 23, 30, tzinfo=UTC), style) == written


def test_dates_are_long_by_default() -> None:
    assert formats("en-CA").date(date(2027, 3, 1)) == "March 1, 2027"


def test_iso() -> None:
    assert Formatters.iso(date(2027, 3, 1)) == "2027-03-01"
    assert Formatters.iso(datetime(2027, 3, 1, 9, 30, tzinfo=UTC)) == "2027-03-01T09:30:00+00:00"


@pytest.mark.parametrize(
    ("language", "minimum", "maximum", "currency", "written"),
    [
        ("en-CA", "495", "495", "CAD", "$495"),
        ("en-CA", "495.00", "495.00", "CAD", "$495"),
        ("en-CA", "495.5", "495.5", "CAD", "$495.50"),
        ("en-CA", "1495", "1495", "CAD", "$1,495"),
        ("en-CA", "200", "450", "CAD", "$200--$450"),
        ("en-CA", "200", "450.5", "CAD", "$200.00--$450.50"),
        ("en-CA", "0", "450", "CAD", "$0--$450"),
        ("en-CA", "0", "0", "CAD", "Free"),
        ("en-CA", "0", "0", "", "Free"),
        ("en-CA", "1495", "1495", "CHF", f"CHF{SPACE}1,495"),
        ("en-CA", "1500", "1500", "JPY", "JP¥1,500"),
        ("en-US", "495", "495", "CAD", "CA$495"),
        ("en", "1250.5", "1250.5", "EUR", "€1,250.50"),
        ("fr-CA", "1495", "1495", "CAD", f"1{SPACE}495{SPACE}$"),
        ("fr-CA", "200", "450", "CAD", f"200--450{SPACE}$"),
        ("fr", "1495.5", "1495.5", "EUR", f"1{NARROW}495,50{SPACE}€"),
        ("de", "1000", "2000", "EUR", f"1.000--2.000{SPACE}€"),
        ("de", "0", "0", "EUR", "Kostenlos"),
    ],
)
def test_prices(language: str, minimum: str, maximum: str, currency: str, written: str) -> None:
    assert formats(language).price(PriceView(Decimal(minimum), Decimal(maximum), currency)) == ranges(written)


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("en-CA", 10000, "10,000"),
        ("en-CA", Decimal("2.50"), "2.5"),
        ("fr-CA", 10000, f"10{SPACE}000"),
        ("de", Decimal("1234.5"), "1.234,5"),
        ("en-CA", 0, "0"),
    ],
)
def test_numbers(language: str, number: int | Decimal, written: str) -> None:
    assert formats(language).number(number) == written


@pytest.mark.parametrize(
    ("language", "span", "written"),
    [
        ("en-CA", "6 weeks", "6 weeks"),
        ("en-CA", "1 day", "1 day"),
        ("en-CA", "1.0 day", "1 day"),
        ("en-CA", "3-7 days", "3--7 days"),
        ("en-CA", "1-2 days", "1--2 days"),
        ("en-CA", "1.5 hours", "1.5 hours"),
        ("en-CA", "90 minutes", "90 minutes"),
        ("en-CA", "1 year", "1 year"),
        ("en-CA", "1200-1500 hours", "1,200--1,500 hours"),
        ("fr-CA", "1-2 weeks", "1--2 semaines"),
        ("fr-CA", "1.5 hours", "1,5 heure"),
        ("de", "3-7 days", "3--7 Tage"),
        ("ja", "3-7 days", "3--7 日"),
        ("ar", "1-2 hours", "1--2 ساعة"),
    ],
)
def test_spans(language: str, span: str, written: str) -> None:
    value = parse_duration(span)
    assert value is not None
    # Of the languages that keep a number and its unit in one line, Babel's data knows more with each release.
    assert formats(language).duration(value).replace("\N{NO-BREAK SPACE}", " ") == ranges(written)


@pytest.mark.parametrize(("language", "written"), [("en-CA", "about 4 months"), ("de", "etwa 4 Monate")])
def test_spans_that_were_added_up(language: str, written: str) -> None:
    assert formats(language).duration(Duration(Decimal(4), Decimal(4), "month", approximate=True)) == written


@pytest.mark.parametrize(
    ("language", "tag", "written"),
    [
        ("en-CA", "fr-CA", "Canadian French"),
        ("en-CA", "en", "English"),
        ("en-CA", "uk", "Ukrainian"),
        ("en-CA", "de-AT", "Austrian German"),
        ("en-CA", "it-CH", "Italian (Switzerland)"),
        ("fr-CA", "fr-CA", "français"),
        ("fr-CA", "fr-FR", "français (France)"),
        ("en-CA", "en-CA", "English"),
        ("en-CA", "en-GB", "British English"),
        ("en-CA", "qq", "qq"),
        ("en-CA", "fr-ZZZZZ", "French"),
    ],
)
def test_language_names(language: str, tag: str, written: str) -> None:
    assert formats(language).language_name(tag) == written


def test_country_names() -> None:
    assert formats("en-CA").country_name("ca") == "Canada"
    assert formats("de").country_name("FR") == "Frankreich"
    assert formats("en-CA").country_name("QQ") == "QQ"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("date", None, "takes a date, not nothing"),
        ("iso", "2027-03-01", "takes a date, not a str"),
        ("price", Decimal(1), "takes a price"),
        ("number", "1", "takes a number"),
        ("duration", None, "takes a duration, not nothing"),
    ],
)
def test_a_filter_says_what_it_takes(name: str, value: Any, words: str) -> None:
    with pytest.raises(TypeError, match=words):
        formats("en-CA").filters[name](value)


def test_an_unknown_style_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="`long`, `medium`, `short` or `month`"):
        formats("en-CA").date(date(2027, 3, 1), "tiny")


def test_an_unknown_language() -> None:
    with pytest.raises(ThemeError, match="`qq-CA`"):
        Formatters("qq-CA", NullTranslations())


@pytest.mark.parametrize("text", ["up to 2 hours", "from 13 months", "up to 1 week"])
def test_lengths_that_are_open_at_one_end(text: str) -> None:
    duration = parse_duration(text)
    assert duration is not None
    assert Formatters("en", NullTranslations()).duration(duration) == text
