"""How a language writes dates, prices, numbers, durations, and the names of languages and countries.

The data comes from the Unicode CLDR, through Babel. Ranges have an en dash without spaces.
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
from babel.support import NullTranslations
from babel.units import format_unit

from credsite.core.locales import format_money, language_name, locale_of
from credsite.core.quantities import Duration
from credsite.site.views import Link, MeetingTimes, PriceView, Term
from credsite.theme.loader import ThemeError

DASH: Final = "\N{EN DASH}"

_F = TypeVar("_F", bound=Callable[..., str])


def locale_for(language: str) -> Locale:
    """The locale of a BCP 47 tag, or of the part of it that is known: ``en-XX`` is written like ``en``.

    ThemeError if not even its first part is known.
    """
    locale = locale_of(language)
    if locale is None:
        raise ThemeError(f"It is not known how the language `{language}` writes dates and numbers.")
    return locale


class Formatters:
    """The filters of a theme for one language. Their results are cached."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.locale = locale_for(language)
        self._translations = translations
        self.date = _cached(self._date)
        self.moment = _cached(self._moment)
        self.meeting = _cached(self._meeting)
        self.price = _cached(self._price)
        self.number = _cached(self._number)
        self.duration = _cached(self._duration)
        self.language_name = _cached(self._language_name)
        self.country_name = _cached(self._country_name)

    @property
    def filters(self) -> dict[str, Callable[..., str]]:
        """The filters by the names that templates use."""
        return {
            "date": self.date,
            "moment": self.moment,
            "clock_time": self.clock_time,
            "meeting": self.meeting,
            "days": self.days,
            "iso": self.iso,
            "price": self.price,
            "number": self.number,
            "duration": self.duration,
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

    def _moment(self, value: date, style: str = "long") -> str:
        """A date as `date` writes it; of a date-time also the time, as in `March 1, 2027, 6 p.m.`."""
        day = self.date(value, style)
        if not isinstance(value, datetime):
            return day
        # Translators: a day, and the time of a clock
        words = self._translations.gettext("%(date)s, %(time)s")
        return words % {"date": day, "time": self.clock_time(value)}

    def clock_time(self, value: date) -> str:
        """The time of a date-time, as in `6 p.m.`; "" for a date."""
        if not isinstance(value, datetime):
            return ""
        from credsite.theme.times import clock_time

        return clock_time(value.time(), self.locale)

    def _meeting(self, value: MeetingTimes) -> str:
        """When a session meets: `Mondays and Wednesdays, 6–8 p.m.`."""
        if not isinstance(value, MeetingTimes):
            raise TypeError(f"`meeting` takes a meeting, not {_kind(value)}.")
        from credsite.theme.times import meeting_words

        return meeting_words(value, self.locale, self._translations)

    def days(self, value: Iterable[date], near: date) -> str:
        """Several days, as in `March 29 and April 5`. One in another year than the day ``near`` has its year too."""
        from credsite.theme.times import days_in_words

        return days_in_words(value, near.year, self.locale)

    def _price(self, value: PriceView) -> str:
        """``$495``, ``$495.50``, a range or ``Free``: decimals only where an amount is not whole."""
        if not isinstance(value, PriceView):
            raise TypeError(f"`price` takes a price, not {_kind(value)}.")
        if value.free:
            return self._translations.gettext("Free")
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

    def _duration(self, value: Duration) -> str:
        """``6 weeks``, a range of days, ``up to 2 hours``, ``from 13 months``, or ``about 4 months``."""
        if not isinstance(value, Duration):
            raise TypeError(f"`duration` takes a duration, not {_kind(value)}.")
        text = self._amount(value)
        _ = self._translations.gettext
        if value.approximate:
            text = _("about %(span)s") % {"span": text}
        if value.is_open:
            return _("from %(span)s") % {"span": text}
        return text if value.minimum else _("up to %(span)s") % {"span": text}

    def _amount(self, value: Duration) -> str:
        if value.minimum in (value.maximum, 0):
            return self._unit(value.maximum, value.unit)
        minimum, maximum = self._number(value.minimum), self._number(value.maximum)
        # Some languages have a word of its own for two of something, without the number. Then the form for a hundred
        # is used to write the range.
        for amount in (value.maximum, Decimal(100)):
            text, written = self._unit(amount, value.unit), self._number(amount)
            if written in text:
                return text.replace(written, minimum + DASH + maximum, 1)
        return minimum + DASH + maximum + " " + value.unit

    def _unit(self, amount: Decimal, unit: str) -> str:
        name = f"duration-{unit}"
        text = format_unit(_plain(amount), name, "long", locale=self.locale)
        if name in text:  # Babel writes the unit's key if the language has only a short form
            text = format_unit(_plain(amount), name, "short", locale=self.locale)
        return text

    def _language_name(self, tag: str) -> str:
        """``fr-CA`` is *Canadian French* in English, and ``en-CA`` is *English* on a Canadian site in English."""
        locale = self.locale
        if locale.territory and tag == f"{locale.language}-{locale.territory}":
            tag = locale.language
        return language_name(tag, self.locale)

    def _country_name(self, code: str) -> str:
        return str(self.locale.territories.get(code.upper()) or code)


def _cached(method: _F) -> _F:
    return lru_cache(maxsize=8192)(method)  # type: ignore[return-value]


def _plain(value: int | float | Decimal) -> int | float | Decimal:
    """Whole amounts as integers, because the plural form of 6.0 may differ from that of 6."""
    return int(value) if value == int(value) else value


def _without_shared_symbol(minimum: str, maximum: str) -> str:
    """``200 €`` before ``450 €`` becomes ``200``. A symbol in front of the amount stays on both."""
    after = re.search(r"[^\d]*$", maximum)
    ending = after[0] if after else ""
    return minimum.removesuffix(ending)


def _kind(value: Any) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"
