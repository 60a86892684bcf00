"""Amounts of money and names of languages, as a language writes them.

The locale's data is that of the Unicode CLDR, through Babel.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, get_decimal_symbol

_GROUPED_FROM: Final = 10_000
_LETTER_BEFORE_DIGIT: Final = re.compile(r"(?<=[^\W\d_])(?=\d)")

_RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


@lru_cache(maxsize=16)
def locale_of(language: str) -> Locale | None:
    """The locale of a BCP 47 tag. Of an unknown tag, that of its longest known beginning: ``en-XX`` gets the one of ``en``.

    None where not even the language is known.
    """
    parts = language.split("-")
    for length in range(len(parts), 0, -1):
        try:
            return Locale.parse("_".join(parts[:length]))
        except (UnknownLocaleError, ValueError):
            continue
    return None


@lru_cache(maxsize=16)
def decimal_mark(language: str) -> str:
    """What stands before the decimals of a number in ``language``: a point, a comma, or another sign."""
    locale = locale_of(language)
    return str(get_decimal_symbol(locale)) if locale is not None else "."


def words_language(translations: object, language: str) -> str:
    """The language of the theme's words: ``language``, that of the site, unless ``translations`` name another."""
    return getattr(translations, "words_language", "") or language


def text_direction(language: str) -> str:
    """``ltr`` or ``rtl``."""
    return "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def regional_language(language: str, other: str) -> str:
    """``language`` as it is used where ``other`` is: ``en`` becomes ``en-CA`` for ``fr-CA``, if the locale data has that."""
    locale = locale_of(other)
    territory = locale.territory if locale is not None else None
    if language.split("-")[0] == other.split("-")[0] or not territory:
        return language
    regional = f"{language}-{territory}"
    return regional if str(locale_of(regional)) == regional.replace("-", "_") else language


def format_money(amount: Decimal, currency: str, locale: Locale, *, whole: bool) -> str:
    """``$495`` or ``$495.50``. ``whole`` leaves out the decimals."""
    pattern = None
    if whole:
        pattern = re.sub(r"\.0+", "", locale.currency_formats["standard"].pattern)
    text = format_currency(amount, currency, pattern, locale=locale, currency_digits=not whole)
    return _LETTER_BEFORE_DIGIT.sub("\N{NO-BREAK SPACE}", text)


def format_integer(number: int, locale: Locale | None) -> str:
    """``1,200`` in English; without a locale, as in English."""
    return format_decimal(number, locale=locale or Locale("en"))


def format_number(number: Decimal, locale: Locale) -> str:
    """``12,000.5`` in English, with all decimals. Four digits stay together, because they may be a year."""
    decimals = max(0, -int(number.as_tuple().exponent))
    whole = "#,##0" if abs(number) >= _GROUPED_FROM else "0"
    return format_decimal(number, f"{whole}.{'#' * decimals}", locale=locale)


def format_day(day: date, locale: Locale) -> str:
    """``March 1, 2027`` in English."""
    return format_date(day, "long", locale=locale)


def language_name(tag: str, locale: Locale) -> str:
    """``fr-CA`` is *Canadian French* in English. An unknown tag is returned as it is."""
    name = str(locale.languages.get(tag.replace("-", "_")) or "")
    if name:
        return name
    try:
        return Locale.parse(tag, sep="-").get_display_name(locale) or tag
    except (UnknownLocaleError, ValueError):
        return str(locale.languages.get(tag.split("-")[0].lower()) or tag)
