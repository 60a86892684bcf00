"""How a language writes dates, prices, numbers, amounts of time, and the names of languages and countries.

The locale's data is that of the Unicode CLDR, through Babel. Ranges have an en dash without spaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeVar

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from babel.units import format_unit

from credsite.core.locales import format_money, language_name, locale_of
from credsite.core.quantities import Duration
from credsite.site.views import Link, PriceView, Term
from credsite.theme.loader import ThemeError
from credsite.theme.translations import ThemeTranslations

DASH: Final = "\N{EN DASH}"

_F = TypeVar("_F", bound=Callable[..., str])


def locale_for(language: str) -> Locale:
    """The locale of a BCP 47 tag, or of the part of it that is known: ``en-XX`` is written like ``en``.

    ThemeError where not even its first part is known.
    """
    found = locale_of(language)
    if found is None:
        raise ThemeError(f"It is not known how the language `{language}` writes dates and numbers.")
    return found


class Formatters:
    """The filters of a theme for one language. Every method is remembered for the values it has met."""

    def __init__(self, language: str, texts: ThemeTranslations) -> None:
        self.locale = locale_for(language)
        self._texts = texts
        self.date = _remembered(self._date)
        self.price = _remembered(self._price)
        self.number = _remembered(self._number)
        self.span = _remembered(self._span)
        self.language_name = _remembered(self._language_name)
        self.country_name = _remembered(self._country_name)

    @property
    def filters(self) -> dict[str, Callable[..., str]]:
        """By the names that templates use."""
        return {
            "date": self.date,
            "iso": self.iso,
            "price": self.price,
            "number": self.number,
            "span": self.span,
            "language_name": self.language_name,
            "country_name": self.country_name,
            "titles": self.titles,
        }

    @staticmethod
    def iso(value: date) -> str:
        """A date or date-time in ISO 8601, for ``datetime`` attributes."""
        if not isinstance(value, date):
            raise TypeError(f"`iso` takes a date, not {_kind(value)}.")
        return value.isoformat()

    @staticmethod
    def titles(items: Iterable[Term | Link], separator: str = ", ") -> str:
        """The titles of terms or links, one after another."""
        return separator.join([item.title for item in items])

    def _date(self, value: date, style: str = "long") -> str:
        """``long`` (March 1, 2027), ``medium``, ``short``, or ``month`` (March 2027)."""
        if not isinstance(value, date):
            raise TypeError(f"`date` takes a date, not {_kind(value)}.")
        day = value.date() if isinstance(value, datetime) else value
        if style == "month":
            return format_skeleton("yMMMM", day, locale=self.locale)
        if style == "long" or style == "medium" or style == "short":
            return format_date(day, style, locale=self.locale)
        raise ValueError(f"`date` writes `long`, `medium`, `short` or `month` dates, not `{style}`.")

    def _price(self, value: PriceView) -> str:
        """``$495``, ``$495.50``, a range or ``Free``: decimals only where an amount is not whole."""
        if not isinstance(value, PriceView):
            raise TypeError(f"`price` takes a price, not {_kind(value)}.")
        if value.free:
            return self._texts.gettext("Free")
        whole = all(amount == amount.to_integral_value() for amount in (value.minimum, value.maximum))
        maximum = self._money(value.maximum, value.currency, whole)
        if value.minimum == value.maximum:
            return maximum
        minimum = self._money(value.minimum, value.currency, whole)
        return _without_shared_symbol(minimum, maximum) + DASH + maximum

    def _money(self, amount: Decimal, currency: str, whole: bool) -> str:
        return format_money(amount, currency, self.locale, whole=whole)

    def _number(self, value: int | float | Decimal) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise TypeError(f"`number` takes a number, not {_kind(value)}.")
        return format_decimal(_plain(value), locale=self.locale)

    def _span(self, value: Duration) -> str:
        """``6 weeks``, a range of days, or ``about 4 months``."""
        if not isinstance(value, Duration):
            raise TypeError(f"`span` takes an amount of time, not {_kind(value)}.")
        text = self._amount(value)
        return self._texts.gettext("about %(span)s", span=text) if value.approximate else text

    def _amount(self, value: Duration) -> str:
        if value.minimum == value.maximum:
            return self._unit(value.maximum, value.unit)
        minimum, maximum = self._number(value.minimum), self._number(value.maximum)
        # Where a language has a word of its own for two of something, the number is not in the text:
        # the form for a hundred then carries the range.
        for amount in (value.maximum, Decimal(100)):
            text, written = self._unit(amount, value.unit), self._number(amount)
            if written in text:
                return text.replace(written, minimum + DASH + maximum, 1)
        return minimum + DASH + maximum + " " + value.unit

    def _unit(self, amount: Decimal, unit: str) -> str:
        name = f"duration-{unit}"
        text = format_unit(_plain(amount), name, "long", locale=self.locale)
        if name in text:  # what Babel writes where a language has only the short form
            text = format_unit(_plain(amount), name, "short", locale=self.locale)
        return text

    def _language_name(self, tag: str) -> str:
        """``fr-CA`` is *Canadian French* in English; a tag that is unknown stays as it is."""
        return language_name(tag, self.locale)

    def _country_name(self, code: str) -> str:
        return str(self.locale.territories.get(code.upper()) or code)


def _remembered(method: _F) -> _F:
    return lru_cache(maxsize=8192)(method)  # type: ignore[return-value]


def _plain(value: int | float | Decimal) -> int | float | Decimal:
    """Whole amounts as integers, because 6.0 may have another plural than 6."""
    return int(value) if value == int(value) else value


def _without_shared_symbol(minimum: str, maximum: str) -> str:
    """``200 €`` before ``450 €`` becomes ``200``; a symbol in front of the amount stays on both."""
    after = re.search(r"[^\d]*$", maximum)
    ending = after[0] if after else ""
    return minimum.removesuffix(ending)


def _kind(value: Any) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"
