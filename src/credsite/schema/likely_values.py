"""What is wrong with a date, an address, a coordinate or a colour, in plain words, and which value was probably meant.

Loaded only where there is such a problem. Every function gives a message and a suggestion, which is "" where the intention
is not clear.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

Advice = tuple[str, str]
"""A message, and the value that was probably meant, or ""."""

MAX_LENGTH: Final = 100
"""A longer text is not a value that was almost right."""
_UNKNOWN_YET: Final = frozenset(
    {
        "-", "--", "?", "n/a", "na", "n.a.", "none", "nil", "null", "no", "tba", "tbc", "tbd", "unknown", "varies", "various",
        "flexible", "rolling", "soon", "ongoing", "later", "pending", "to be announced", "to be confirmed", "to be decided",
        "to be determined", "on request", "upon request", "not yet", "see website", "contact us", "coming soon",
        "not applicable", "ask us", "on demand",
    }
)  # fmt: skip
"""What people write where they have nothing to say yet."""
_MONTH_NAMES: Final[Mapping[str, int]] = {
    name: number
    for number, names in enumerate(
        ("january jan janvier", "february feb février fevrier", "march mar mars", "april apr avril avr", "may mai", "june jun juin",
         "july jul juillet", "august aug août aout", "september sep sept septembre", "october oct octobre",
         "november nov novembre", "december dec décembre decembre"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR_FIRST: Final = re.compile(
    r"(\d{4})\s*[-/. \u2010-\u2015]\s*(\d{1,2})\s*[-/. \u2010-\u2015]\s*(\d{1,2})\.?"
)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d\d)\.?")
_WITH_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ,]+(?:at )?\d{1,2}[:.h]?\d*.*|Z)", re.IGNORECASE)
_WORDS: Final = re.compile(r"\d+|[^\W\d_]+")
_ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DIGITS_ONLY: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_WITHOUT_DAY: Final = re.compile(r"\d{4}|\d{4}[-/]\d{1,2}|\d{1,2}[-/]\d{4}")
_SEASONS: Final = frozenset(
    [
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "early",
        "late",
        "mid",
        "end",
        "term",
        "semester",
        "week",
        "q",
    ]
)
_SERIAL_NUMBERS: Final = range(36526, 73051)
"""Days since 1899-12-30, as spreadsheets count them, from 2000 to 2099."""
_PHONE: Final = re.compile(
    r"(?:tel\.?:?|phone:?|call:?)?\s*(\+?[\d(][\d\s().\-/]{5,}\d)(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE
)
_IN_BRACKETS: Final = re.compile(r"(?:\[[^\]]*\]\s*\(|<)\s*([^\s<>]+?)\s*[)>]")
_ONE_ADDRESS: Final = re.compile(r"(?:https?://|www\.|mailto:)[^\s,;<>]+", re.IGNORECASE)
_BROKEN_SCHEME: Final = re.compile(r"^(?:h?ttps?[:;.]?/{1,3}|https?[:/]+|/+)", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\s@<>(),;:]+")
_TWO_COORDINATES: Final = re.compile(r"(-?\d+\.\d+)\s*[,;/ ]\s*(-?\d+\.\d+)")
_DIRECTION: Final = re.compile(r"([NSEW])?\s*(\d+(?:[.,]\d+)?)\s*°?\s*([NSEW])?", re.IGNORECASE)
_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?::\d+)?(?:[/?#][^\s\x00-\x1f]*)?")


def says_nothing_yet(text: str) -> bool:
    """Whether ``text`` is a word such as `TBA`."""
    return text.strip(" .!()").casefold() in _UNKNOWN_YET or text.casefold() in _UNKNOWN_YET


def date_advice(text: str) -> Advice:
    """For a date that is none."""
    if len(text) > MAX_LENGTH:
        return f"`{text[:20]} …` is not a date. Write year-month-day, such as 2027-01-31.", ""
    if says_nothing_yet(text) or text.casefold() in (
        "today",
        "now",
        "tomorrow",
        "any time",
        "anytime",
        "asap",
    ):
        return f"`{text}` is not a date. Leave the key out until the day is known.", ""
    if (match := _WITH_TIME.fullmatch(text)) and len(_ISO_DAY.findall(text)) == 1:
        return f"`{text}` is more than a date. Write only the day.", match[1]
    if match := _YEAR_LAST.fullmatch(text):
        return _numeric_date_advice(text, int(match[1]), int(match[2]), match[3])
    if likely := _likely_day(text):
        return f"`{text}` is not written as year-month-day.", likely
    if len(_ISO_DAY.findall(text)) > 1:
        return f"`{text}` is more than one day. Write one only: a session has `starts` for its first day and `ends` for its last.", ""  # fmt: skip
    if _WITHOUT_DAY.fullmatch(text) or _is_period(text):
        return f"`{text}` does not say which day. Write the whole date, such as 2027-01-31, or leave it out until the day is known.", ""  # fmt: skip
    return f"`{text}` is not a date. Write year-month-day, such as 2027-01-31.", ""


def _numeric_date_advice(text: str, first: int, second: int, year: str) -> Advice:
    if len(year) == 2:
        return f"`{text}` is not a date. Write year-month-day, with all four digits of the year, such as 2027-01-31.", ""  # fmt: skip
    readings = {day for day in (day_text(year, second, first), day_text(year, first, second)) if day}
    if len(readings) == 2:
        return f"`{text}` can be read in two ways. Write year-month-day: {' or '.join(sorted(readings))}.", ""
    if not readings:
        return f"The calendar has no day `{text}`. Write year-month-day, such as 2027-01-31.", ""
    return f"`{text}` is not written as year-month-day.", next(iter(readings), "")


def _likely_day(text: str) -> str:
    if match := _YEAR_FIRST.fullmatch(text) or _DIGITS_ONLY.fullmatch(text):
        return day_text(*match.groups())
    if text.isdecimal() and int(text) in _SERIAL_NUMBERS:
        return (date(1899, 12, 30) + timedelta(int(text))).isoformat()
    words = _WORDS.findall(text.casefold())
    months = {_MONTH_NAMES[word] for word in words if word in _MONTH_NAMES}
    numbers = [int(word) for word in words if word.isdecimal()]
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    if len(months) == len(days) == len(years) == 1:
        return day_text(years[0], months.pop(), days[0])
    return ""


def _is_period(text: str) -> bool:
    """Whether ``text`` is something such as `March 2027` or `Q1 2027`."""
    words = _WORDS.findall(text.casefold())
    return any(word in _SEASONS or word in _MONTH_NAMES for word in words)


def day_text(year: int | str, month: int | str, day: int | str) -> str:
    """The date as year-month-day; "" where the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def address_advice(text: str) -> Advice:
    """For a web address that is none."""
    if len(text) > MAX_LENGTH and " " in text:
        return (
            f"`{text[:20]} …` is not a web address. Write only the address, such as https://college.example/.",
            "",
        )
    if says_nothing_yet(text):
        return f"`{text}` is not a web address. Leave the key out where there is none.", ""
    if match := _IN_BRACKETS.fullmatch(text):
        return f"`{text}` is not a web address. Write only the address, without brackets.", _likely_address(
            match[1]
        )
    if (
        " " in text
        and len(addresses := _ONE_ADDRESS.findall(text)) == 1
        and not text.startswith(addresses[0])
    ):
        return f"`{text}` is not a web address. Write only the address, without other words.", _likely_address(addresses[0])  # fmt: skip
    if match := _PHONE.fullmatch(text):
        number = re.sub(r"[^\d+]", "", match[1])
        return (
            f"`{text}` is not a web address. Write `tel:` before a telephone number, without spaces.",
            f"tel:{number}",
        )
    message = f"`{text}` is not a web address that starts with https://, http://, mailto: or tel:."
    return message, _likely_address(text)


def _likely_address(text: str) -> str:
    """What ``text`` probably means as a web or e-mail address, or ""."""
    if re.fullmatch(r"(?:https?://|mailto:)[^\s/\x00-\x1f][^\s\x00-\x1f]*", text, re.IGNORECASE):
        return text
    if _EMAIL.fullmatch(text):
        return f"mailto:{text}"
    bare = _BROKEN_SCHEME.sub("", text)
    return f"https://{bare}" if _HOST.fullmatch(bare) else ""


def email_advice(text: str) -> Advice:
    """For an e-mail address that is none."""
    if len(text) > MAX_LENGTH:
        return f"`{text[:20]} …` is not an e-mail address such as ask@college.example.", ""
    if says_nothing_yet(text):
        return f"`{text}` is not an e-mail address. Leave the key out where there is none.", ""
    found = _EMAIL.findall(
        re.sub(r"^mailto:", "", text, flags=re.IGNORECASE).replace("(at)", "@").replace(" at ", "@")
    )
    likely = found[0] if len(found) == 1 else ""
    return f"`{text}` is not an e-mail address such as ask@college.example.", likely


def coordinate_advice(text: str, limit: int) -> Advice:
    """For a coordinate that is no number of degrees. ``limit`` is 90 for a latitude and 180 for a longitude."""
    if len(text) > MAX_LENGTH:
        return f"`{text[:20]} …` is not a number of degrees such as 44.6488 or -63.5752.", ""
    if pair := _TWO_COORDINATES.fullmatch(text):
        message = f"`{text}` is two numbers. Write the first in `latitude` and the second in `longitude`."
        return message, pair[1] if limit == 90 else pair[2]
    message = f"`{text}` is not a number of degrees such as 44.6488 or -63.5752."
    if match := _DIRECTION.fullmatch(text):
        sign = "-" if (match[1] or match[3] or "").upper() in ("S", "W") else ""
        return message, sign + match[2].replace(",", ".")
    return message, ""


def colour_advice(text: str) -> Advice:
    """What to write in place of ``text``, which is no colour as `#7a1f3d` is one."""
    from PIL import ImageColor  # which knows the names and notations of CSS

    message = f'`{text}` is not a colour. Write `#` and six digits or letters from a to f between quotation marks, such as "#7a1f3d".'
    for likely in (text.replace(" ", ""), f"#{text}") if len(text) <= MAX_LENGTH else ():
        with suppress(ValueError):
            red, green, blue, *_ = ImageColor.getrgb(likely)
            return message, f'"#{red:02x}{green:02x}{blue:02x}"'
    return message, ""
