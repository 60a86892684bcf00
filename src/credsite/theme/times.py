"""Times of the clock in words, as the Unicode CLDR has them. Loaded only for a site whose sessions have times."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Final

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.lists import format_list
from babel.support import NullTranslations

from credsite.site.views import MeetingTimes

_NAMED_TIMES: Final = {time(0): "midnight", time(12): "noon"}
_UNBROKEN: Final = str.maketrans({" ": "\u00a0", "\u2009": "\u202f", "–": "\u2060–\u2060"})
"""Spaces and dashes by those at which no line ends."""


def clock_time(value: time, locale: Locale) -> str:
    """``6 p.m.``, ``6:30 p.m.``, ``noon`` or ``18:30``."""
    if name := _name_of_time(value, locale):
        return name
    if _has_halves(locale) and not value.minute:
        return format_skeleton("h", value, locale=locale)
    return format_time(value, "short", locale=locale)


def time_span(begins: time, ends: time, locale: Locale) -> str:
    """``6–8 p.m.``, ``10 a.m.–noon``, ``18:00–20:00``, which a browser does not break into two lines."""
    if _name_of_time(begins, locale) or _name_of_time(ends, locale):
        between = re.search(r"\s*–\s*", format_interval(time(9), time(13), "h", locale=locale))
        dash = between[0] if between else "–"
        return f"{clock_time(begins, locale)}{dash}{clock_time(ends, locale)}".translate(_UNBROKEN)
    skeleton = "Hm"
    if _has_halves(locale):
        skeleton = "hm" if begins.minute or ends.minute else "h"
    return format_interval(begins, ends, skeleton, locale=locale).translate(_UNBROKEN)


def meeting_words(meeting: MeetingTimes, locale: Locale, translations: NullTranslations) -> str:
    """``Mondays and Wednesdays, 6–8 p.m.``."""
    times = time_span(meeting.begins, meeting.ends, locale)
    if not meeting.days:
        return times
    days = format_list([day.title for day in meeting.days], locale=locale)
    # Translators: days of the week, and from when to when
    return translations.gettext("%(days)s, %(times)s") % {"days": days, "times": times}


def days_in_words(days: Iterable[date], year: int, locale: Locale) -> str:
    """``March 29 and April 5`` in their order. A day of another year than ``year`` has its year behind it."""
    return format_list(
        [
            format_skeleton("MMMMd", day, locale=locale)
            if day.year == year
            else format_date(day, "long", locale=locale)
            for day in sorted(days)
        ],
        locale=locale,
    )


def _name_of_time(value: time, locale: Locale) -> str:
    """``noon`` or ``midnight`` in English that counts hours to 12, where people do not agree on what 12 p.m. is."""
    name = _NAMED_TIMES.get(value.replace(tzinfo=None), "") if locale.language == "en" else ""
    return name if name and _has_halves(locale) else ""


def _has_halves(locale: Locale) -> bool:
    """Whether people count hours to 12, twice a day."""
    return "a" in locale.time_formats["short"].pattern
