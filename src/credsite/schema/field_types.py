"""The types of fields that the models share. Each turns an editor's text into a value, or raises the code of a problem.

Sources: ISO 8601 (dates), RFC 3986 (URLs).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from types import ModuleType
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, PlainValidator, StringConstraints, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from credsite.core.dates import FOR_EVER, YEARS
from credsite.core.quantities import Duration, parse_duration, parse_number
from credsite.schema import patterns
from credsite.schema.alias_paths import AliasError, parse_alias
from credsite.schema.standard_codes import (
    LANGUAGE_TAG,
    country_codes,
    currency_codes,
    language_codes,
    suggest_country,
    suggest_currency,
    suggest_language,
)

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TIME: Final = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?")
_LOCAL_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d{1,2}:[0-5]\d(?::00)?)")
_PLAIN_WEB_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d+)?(?:[/?#][!-~]*)?")
_OWN_VIDEO: Final = re.compile(r"/[^?#]*\.(?:mp4|webm)(?:[?#].*)?", re.IGNORECASE)
_VIDEO_FILE: Final = re.compile(r"(?:\./)?(?:static/)?((?:[^\s:/.]+/)*[^\s:/]+\.(?:mp4|webm))", re.IGNORECASE)
"""What looks like a file in ``static/``, and not like an address without its `https://`."""
_SPACE_OR_CONTROL: Final = re.compile(r"[\s\x00-\x1f]")
URL_SCHEMES: Final = ("https", "http", "mailto", "tel")

_MARK_IN_NUMBER: Final = re.compile(r"\d[.,]\d")
_THOUSANDS_COMMA: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_EXCHANGED_MARKS: Final = str.maketrans(".,", ",.")

SLUG_PATTERN: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
MAX_SLUG_LENGTH: Final = 200
"""A name in a file system has at most 255 bytes, with what is added to a slug."""


class AskedFor:
    """Marks a field that a new entry usually has, so that `credsite new` asks for it although it may be left out."""


def value_error(code: str, message: str, suggestion: str = "") -> PydanticCustomError:
    """The error that becomes a problem with this code, for validators to raise."""
    # The message is a value of the template, because braces that an editor wrote would be placeholders in it.
    return PydanticCustomError(code, "{message}", {"message": message, "suggestion": suggestion})


def likely_values() -> ModuleType:
    """The module that explains wrong values, loaded only where there is one."""
    from credsite.schema import likely_values

    return likely_values


def text_only(parse: Callable[[str], Any]) -> Callable[[Any], Any]:
    """A validator that parses texts, and refuses values of other types."""

    def check(value: Any) -> Any:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "not a text")
        return parse(value.strip())

    return check


def _date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise value_error("bad-date", *likely_values().date_advice(text))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise value_error("bad-date", f"The calendar has no day `{text}`.") from None
    return _sensible(day, text)


def _moment(text: str) -> date | datetime:
    if _DATE.fullmatch(text):
        return _date(text)
    try:
        moment = datetime.fromisoformat(text.replace(" ", "T", 1))
    except ValueError:
        message, likely = likely_values().date_advice(text)
        if not likely or _DATE.match(text):
            message, likely = f"`{text}` is not a date or time. Write 2027-01-31, or 2027-01-31 09:00.", ""
        raise value_error("bad-date", message, likely) from None
    if moment.date() == FOR_EVER:
        return FOR_EVER  # in other time zones, it may be past the end of the calendar
    _sensible(moment.date(), text)
    return moment


def _local_moment(text: str) -> date | datetime:
    """A day, or a day and a time of the clock in the site's time zone."""
    if _DATE.fullmatch(text):
        return _date(text)
    match = _LOCAL_MOMENT.fullmatch(text)
    if match is None:
        from credsite.schema.likely_times import moment_advice

        raise value_error("bad-date", *moment_advice(text))
    day = _date(match[1])
    if day == FOR_EVER:
        message = f"{FOR_EVER} stands for a day that never comes, so it has no time. Write only the date."
        raise value_error("bad-date", message, str(FOR_EVER))
    return datetime.combine(day, _clock_time(match[2]))


def _clock_time(text: str) -> time:
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 23:
        from credsite.schema.likely_times import time_advice

        raise value_error("bad-time", *time_advice(text))
    return time(int(match[1]), int(match[2]))


def _sensible(day: date, text: str) -> date:
    if day.year in YEARS or day == FOR_EVER:
        return day
    raise value_error(
        "bad-date",
        f"`{text}` is in the year {day.year}, and dates are from {YEARS[0]} to {YEARS[-1]}. Correct the year, "
        f"or write {FOR_EVER} for a day that never comes.",
    )


def in_english_digits(text: str, info: ValidationInfo) -> str:
    """A ``text`` that nobody can read with its numbers as English writes them, by the language of the site (in ``info.context``).

    `1,200` is 1200 in English, and `1,5 hours` 1.5 hours in German.
    """
    language = info.context.get("language") if info.context else None
    if not language or not _MARK_IN_NUMBER.search(text):
        return text
    from credsite.core.locales import decimal_mark

    if decimal_mark(language) == ",":
        return text.translate(_EXCHANGED_MARKS)
    return _THOUSANDS_COMMA.sub("", text)


def _span(value: Any, info: ValidationInfo) -> Duration:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "not a text")
    text = value.strip()
    span = parse_duration(text) or parse_duration(in_english_digits(text, info))
    if span is None:
        from credsite.schema.likely_amounts import duration_advice

        raise value_error("bad-duration", *duration_advice(text))
    return span


def _whole_number(value: Any) -> Any:
    """A text that is almost a number gets advice; what is wrong with others, the field says."""
    if isinstance(value, str) and not re.fullmatch(r"\s*[-+]?\d+\s*", value):
        from credsite.schema.likely_amounts import whole_number_advice

        message, likely = whole_number_advice("a whole number", value)
        if likely:
            raise value_error("bad-number", message, likely)
    return value


def parse_number_in(text: str, info: ValidationInfo) -> Decimal | None:
    """The number that ``text`` is, also as the language of the site writes it; None for anything else."""
    number = parse_number(text)
    return number if number is not None else parse_number(in_english_digits(text, info))


def _number(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    number = parse_number_in(text.removeprefix("-"), info)
    if number is None:
        from credsite.schema.likely_amounts import whole_number_advice

        raise value_error("bad-number", *whole_number_advice("a number", text))
    return -number if text.startswith("-") else number


def parse_url(text: str) -> str:
    """``text``, if it is an address of one of ``URL_SCHEMES``."""
    if _PLAIN_WEB_ADDRESS.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
    except ValueError:
        raise value_error("bad-url", f"`{text}` is not a web address.") from None
    scheme = parts.scheme.lower()
    has_spaces = _SPACE_OR_CONTROL.search(text) is not None
    has_target = bool(parts.netloc if scheme in ("http", "https") else parts.path)
    if scheme in URL_SCHEMES and has_target and not has_spaces:
        return text
    message, likely = likely_values().address_advice(text)
    if scheme in URL_SCHEMES and not likely:
        message = f"`{text}` is not a complete web address without spaces, such as https://college.example/."
    raise value_error("bad-url", message, likely)


def _web_address(text: str) -> str:
    address = parse_url(text)
    if not address.lower().startswith(("https://", "http://")):
        raise value_error(
            "bad-url", f"`{text}` is no page on the web. Write an address such as https://college.example/."
        )
    return address


def _video_address(text: str) -> str:
    if text.startswith("/") and not text.startswith(("//", "/\\")):
        if _OWN_VIDEO.fullmatch(text):
            return text
        message = f"`{text}` is no video that browsers play. A video in `static/` is an MP4 or WebM file, such as `/films/day.mp4`."
        raise value_error("bad-url", message)
    if found := _VIDEO_FILE.fullmatch(text):
        message = f"`{text}` is no whole address. That of a video in `static/` begins with a slash, such as `/films/day.mp4`."
        raise value_error("bad-url", message, f"/{found[1]}")
    return _web_address(text)


def _email(text: str) -> str:
    if not re.fullmatch(patterns.EMAIL, text):
        raise value_error("bad-url", *likely_values().email_advice(text))
    return text


def _alias(text: str) -> str:
    try:
        return parse_alias(text)
    except AliasError as error:
        raise value_error("bad-alias", str(error), error.suggestion) from None


def _language(text: str) -> str:
    match = LANGUAGE_TAG.fullmatch(text)
    if match is None or match[1] not in language_codes():
        raise value_error(
            "bad-language",
            f"`{text}` is not a language tag. Write en, fr-CA or uk, for instance.",
            suggest_language(text),
        )
    return text


def _country(text: str) -> str:
    if text not in country_codes():
        raise value_error(
            "bad-country",
            f"`{text}` is not a country code. Write two capital letters, such as CA or FR.",
            suggest_country(text),
        )
    return text


def currency_code(text: str) -> str:
    """The ISO 4217 code that ``text`` is, in capital letters. Others are refused."""
    code = text.upper()
    if code not in currency_codes():
        raise value_error(
            "bad-currency",
            f"`{text}` is not a currency code. Write CAD, EUR or USD, for instance.",
            suggest_currency(text),
        )
    return code


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_SLUG_LENGTH, pattern=SLUG_PATTERN),
]
Date = Annotated[
    date,
    BeforeValidator(text_only(_date)),
    WithJsonSchema({"type": "string", "format": "date", "pattern": patterns.DATE}),
]
_DATE_OR_TIME: Final = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
Moment = Annotated[
    date | datetime,
    PlainValidator(text_only(_moment)),
    WithJsonSchema({**_DATE_OR_TIME, "pattern": patterns.MOMENT}),
]
LocalMoment = Annotated[
    date | datetime,
    PlainValidator(text_only(_local_moment)),
    WithJsonSchema({**_DATE_OR_TIME, "pattern": patterns.LOCAL_MOMENT}),
]
"""A day, or a day and a time without a time zone: that of the clock in the site's own."""
ClockTime = Annotated[
    time,
    PlainValidator(text_only(_clock_time)),
    WithJsonSchema({"type": "string", "pattern": patterns.TIME}),
]
DurationText = Annotated[
    Duration,
    PlainValidator(_span),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": patterns.DURATION,
            "examples": ["6 weeks", "3-7 days", "up to 2 hours", "from 13 months", "P6W"],
        }
    ),
]
WebAddress = Annotated[
    str,
    BeforeValidator(text_only(_web_address)),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": patterns.WEB_PAGE}),
]
"""The address of a page or file on the web, and none to write to or to call."""
VideoAddress = Annotated[
    str,
    BeforeValidator(text_only(_video_address)),
    WithJsonSchema({"type": "string", "pattern": patterns.VIDEO}),
]
"""A web address, or the address of a video in ``static/``, from the first slash of the site."""
Url = Annotated[
    str,
    BeforeValidator(text_only(parse_url)),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": patterns.URL}),
]
Email = Annotated[
    str,
    BeforeValidator(text_only(_email)),
    WithJsonSchema({"type": "string", "format": "email", "pattern": patterns.EMAIL}),
]
AliasPath = Annotated[
    str, BeforeValidator(text_only(_alias)), WithJsonSchema({"type": "string", "pattern": patterns.ALIAS})
]
LanguageTag = Annotated[
    str,
    BeforeValidator(text_only(_language)),
    WithJsonSchema({"type": "string", "pattern": patterns.LANGUAGE}),
]
Country = Annotated[
    str, BeforeValidator(text_only(_country)), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
Currency = Annotated[
    str,
    BeforeValidator(text_only(currency_code)),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{3}$"}),
]
DecimalNumber = Annotated[
    Decimal,
    Field(ge=-999_999_999, le=999_999_999),
    BeforeValidator(_number),
    WithJsonSchema({"type": ["number", "string"], "pattern": patterns.NUMBER}),
]
Count = Annotated[int, Field(ge=0, le=1_000_000), BeforeValidator(_whole_number)]
