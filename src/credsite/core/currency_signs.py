"""Signs of currencies in texts, such as ``€`` and ``$``, and the currencies that they may stand for.

Sources: ISO 4217 (codes), Unicode CLDR (signs).
"""

from __future__ import annotations

from typing import Final

_CERTAIN: Final = {
    "€": "EUR", "£": "GBP", "₴": "UAH", "₹": "INR", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₩": "KRW", "₫": "VND",
    "₦": "NGN", "₱": "PHP", "฿": "THB", "₸": "KZT", "₾": "GEL", "₼": "AZN", "₡": "CRC", "₲": "PYG", "₵": "GHS",
    "₭": "LAK", "₮": "MNT", "֏": "AMD", "៛": "KHR", "৳": "BDT", "元": "CNY", "円": "JPY", "US$": "USD", "CA$": "CAD",
    "C$": "CAD", "CAD$": "CAD", "USD$": "USD", "AUD$": "AUD", "NZD$": "NZD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "SG$": "SGD", "MX$": "MXN", "R$": "BRL", "CN¥": "CNY", "JP¥": "JPY",
    "zł": "PLN", "kč": "CZK", "ft": "HUF", "eur": "EUR", "euro": "EUR", "euros": "EUR", "sfr": "CHF", "грн": "UAH",
}  # fmt: skip
_DOLLARS: Final = (
    "ARS", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "CLP", "COP", "DOP", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD",
    "MXN", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "USD", "UYU", "XCD",
)  # fmt: skip
_AMBIGUOUS: Final = {
    "$": frozenset(_DOLLARS),
    "¥": frozenset({"JPY", "CNY"}),
    "￥": frozenset({"JPY", "CNY"}),
    "kr": frozenset({"NOK", "SEK", "DKK", "ISK"}),
    "rs": frozenset({"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}),
    "₨": frozenset({"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}),
    "r": frozenset({"ZAR"}),
    "fr": frozenset({"CHF"}),
    "lei": frozenset({"RON", "MDL"}),
}
_EXAMPLES: Final = {"$": "CAD", "kr": "NOK"}
_OF_OTHERS_TOO: Final = {
    "£": frozenset({"GBP", "EGP", "LBP", "SYP", "SDG", "SSP", "FKP", "GIP", "SHP"}),
    "₩": frozenset({"KRW", "KPW"}),
    "₱": frozenset({"PHP"}),
}
"""Certain signs that other countries use too: what decides is a country that is named beside the sign."""


def currency_of_sign(sign: str, own: str = "") -> str:
    """The ISO 4217 code of ``sign``; ``""`` if it may stand for several currencies, or for none.

    ``own`` is the currency that settles an ambiguous sign: ``$`` is CAD where ``own`` is CAD, and ``""`` where it is EUR.
    """
    sign = _normalized(sign)
    if code := _CERTAIN.get(sign):
        return code
    return own if own in _AMBIGUOUS.get(sign, ()) else ""


def is_currency_sign(sign: str) -> bool:
    """Whether ``sign`` stands for a currency, for one or for several."""
    sign = _normalized(sign)
    return sign in _CERTAIN or sign in _AMBIGUOUS


def example_currency(sign: str) -> str:
    """One of the currencies that ``sign``, which has several, may stand for: an example for editors."""
    sign = _normalized(sign)
    return _EXAMPLES.get(sign) or min(_AMBIGUOUS[sign])


def may_mean(sign: str, code: str) -> bool:
    """Whether ``sign`` can stand for the currency ``code``."""
    sign = _normalized(sign)
    return _CERTAIN.get(sign) == code or code in _AMBIGUOUS.get(sign, _OF_OTHERS_TOO.get(sign, ()))


def _normalized(sign: str) -> str:
    """``Kr.`` is ``kr``, but the capital letters of ``US$`` stay."""
    sign = sign.strip().rstrip(".")
    return sign if "$" in sign or "¥" in sign else sign.casefold()
