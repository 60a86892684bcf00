"""Codes of languages, countries and currencies, and which one was probably meant by something else.

Sources: BCP 47 (language tags), ISO 3166-1 (countries), ISO 4217 (currencies); the codes come from the Unicode locale data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from babel import Locale

LANGUAGE_TAG: Final = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*")
_Names = Literal["languages", "territories", "currencies"]
_NOT_COUNTRIES: Final = frozenset(
    {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "XK", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
)
"""Codes in the locale data that are private, or of groups of countries."""


def _english() -> Locale:
    from babel import Locale  # loaded late: most sites need it for few values, or none

    return Locale("en")


@lru_cache(maxsize=1)
def language_codes() -> frozenset[str]:
    """The codes that a language tag may begin with."""
    return frozenset(_english().languages)


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """The codes of ISO 3166-1 alpha-2."""
    codes = (str(code) for code in _english().territories)
    return frozenset(
        code for code in codes if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    )


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """The codes of the currencies that are legal tender somewhere today."""
    from babel.core import get_global

    return frozenset(
        code
        for tenders in get_global("territory_currencies").values()
        for code, _from, until, tender in tenders
        if tender and until is None
    )


def suggest_language(text: str) -> str:
    """The tag that ``text``, such as ``EN_ca`` or ``French``, probably means, or ""."""
    language, _, region = text.replace("_", "-").partition("-")
    tag = f"{language.lower()}-{region.upper()}" if region else language.lower()
    if (match := LANGUAGE_TAG.fullmatch(tag)) and match[1] in language_codes():
        return tag
    return _code_of_name(text, "languages")


def suggest_country(text: str) -> str:
    """The code of the country that ``text``, such as ``ca`` or ``Canada``, probably means, or ""."""
    # UK is reserved for the United Kingdom in ISO 3166-1, but its code is GB.
    code = "GB" if text.upper() == "UK" else text.upper()
    if code not in country_codes():
        code = _code_of_name(text, "territories")
    return code if code in country_codes() else ""


def suggest_currency(text: str) -> str:
    """The code of the currency with the English name ``text``, or ""."""
    # Never a code that only looks similar: it would be another country's money.
    code = _code_of_name(text, "currencies")
    return code if code in currency_codes() else ""


def _code_of_name(text: str, what: _Names) -> str:
    """The code whose English name is ``text``, or ""."""
    return _codes_by_name(what).get(text.casefold(), "")


@lru_cache
def _codes_by_name(what: _Names) -> Mapping[str, str]:
    """The codes by their English names. Shorter codes win over those of variants."""
    codes: dict[str, str] = {}
    for code, name in getattr(_english(), what).items():
        folded = name.casefold()
        if len(code) < len(codes.get(folded, f"{code}-")):
            codes[folded] = code
    return codes
