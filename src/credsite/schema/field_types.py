"""The field types that the models share. Each turns an editor's text into a value, or raises a problem's code.

Sources: BCP 47 (language tags), ISO 3166-1 (countries), ISO 4217 (currencies), ISO 8601 (dates), RFC 3986 (URLs).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from credsite.core.quantities import Duration, parse_duration
from credsite.schema import patterns

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_LANGUAGE: Final = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*")
_ALIAS: Final = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*[A-Za-z0-9._~-]*")
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NO_SCHEME: Final = re.compile(r"^(?:https?[:/]+|/+)", re.IGNORECASE)
_USUAL_URL: Final = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d+)?(?:[/?#][!-~]*)?")
_BLANK: Final = re.compile(r"[\s\x00-\x1f]")
URL_SCHEMES: Final = ("https", "http", "mailto", "tel")

SLUG_PATTERN: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"


def value_error(code: str, message: str, suggestion: str = "") -> PydanticCustomError:
    """The error that becomes a problem with this code, for validators to raise."""
    # Not as the template itself, where braces are place-holders: what an editor wrote may hold some.
    return PydanticCustomError(code, "{message}", {"message": message, "suggestion": suggestion})


def _text_only(parse: Callable[[str], Any]) -> Callable[[Any], Any]:
    """``parse`` for texts; anything else is of the wrong type."""

    def check(value: Any) -> Any:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "not a text")
        return parse(value.strip())

    return check


def _date(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise value_error("bad-date", f"The calendar has no day `{text}`.") from None
    raise value_error("bad-date", f"`{text}` is not a date. Write year-month-day, such as 2027-01-31.")


def _moment(text: str) -> date | datetime:
    if _DATE.fullmatch(text):
        return _date(text)
    try:
        return datetime.fromisoformat(text.replace(" ", "T", 1))
    except ValueError:
        raise value_error(
            "bad-date", f"`{text}` is not a date or time. Write 2027-01-31, or 2027-01-31 09:00."
        ) from None


def _span(text: str) -> Duration:
    span = parse_duration(text)
    if span is None:
        raise value_error(
            "bad-duration",
            f"`{text}` is not a length of time. Write a number and a unit: `6 weeks`, `3-7 days` or `42 hours`.",
        )
    return span


def _url(text: str) -> str:
    if _USUAL_URL.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
    except ValueError:
        raise value_error("bad-url", f"`{text}` is not a web address.") from None
    blank = _BLANK.search(text)
    if (
        parts.scheme.lower() in URL_SCHEMES
        and not blank
        and (parts.netloc if parts.scheme.lower() in ("http", "https") else parts.path)
    ):
        return text
    guess = ""
    if not parts.scheme and "@" in text and not blank:
        guess = f"mailto:{text}"
    elif not parts.scheme and "." in text and not blank:
        guess = f"https://{_NO_SCHEME.sub('', text)}"
    message = (
        f"`{text}` is not a whole web address without spaces, such as https://college.example/."
        if parts.scheme.lower() in URL_SCHEMES
        else f"`{text}` is not a web address that starts with https://, http://, mailto: or tel:."
    )
    raise value_error("bad-url", message, guess)


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise value_error("bad-url", f"`{text}` is not an e-mail address such as ask@college.example.")
    return text


def _alias(text: str) -> str:
    if not _ALIAS.fullmatch(text) or not {".", ".."}.isdisjoint(text.split("/")):
        raise value_error(
            "bad-alias",
            f"`{text}` is not a path on this site. Write the old address from its first slash: /old/name/.",
        )
    return text


def _language(text: str) -> str:
    match = _LANGUAGE.fullmatch(text)
    if match is None or match[1] not in language_codes():
        raise value_error(
            "bad-language",
            f"`{text}` is not a language tag. Write en, fr-CA or uk, for instance.",
            _meant_language(text),
        )
    return text


def _meant_language(text: str) -> str:
    from babel import Locale

    language, _, region = text.replace("_", "-").partition("-")
    tag = f"{language.lower()}-{region.upper()}" if region else language.lower()
    if (match := _LANGUAGE.fullmatch(tag)) and match[1] in language_codes():
        return tag
    return _code_of_name(text, Locale("en").languages)


def _code_of_name(text: str, names: Mapping[str, str]) -> str:
    """The code whose English name is ``text``, or ``""``. Shorter codes win over those of variants."""
    found = [code for code, name in names.items() if name.casefold() == text.casefold()]
    return min(found, key=len, default="")


def _country(text: str) -> str:
    if text not in country_codes():
        raise value_error(
            "bad-country",
            f"`{text}` is not a country code. Write two capital letters, such as CA or FR.",
            _meant_country(text),
        )
    return text


def _meant_country(text: str) -> str:
    from babel import Locale

    # UK is kept free for the United Kingdom in ISO 3166-1, but its code is GB.
    code = "GB" if text.upper() == "UK" else text.upper()
    if code not in country_codes():
        code = _code_of_name(text, Locale("en").territories)
    return code if code in country_codes() else ""


def _currency(text: str) -> str:
    code = text.upper()
    if code not in currency_codes():
        raise value_error(
            "bad-currency",
            f"`{text}` is not a currency code. Write CAD, EUR or USD, for instance.",
            _meant_currency(text),
        )
    return code


def _meant_currency(text: str) -> str:
    from babel import Locale

    # Never a code that only looks alike: it would be another country's money.
    code = _code_of_name(text, Locale("en").currencies)
    return code if code in currency_codes() else ""


@lru_cache(maxsize=1)
def language_codes() -> frozenset[str]:
    from babel import Locale

    return frozenset(Locale("en").languages)


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """The country codes of ISO 3166-1 alpha-2, from the Unicode locale data without its private and group codes."""
    from babel import Locale

    groups = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "XK", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha() and code not in groups)


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """The currencies that are legal tender somewhere today, from the Unicode locale data."""
    from babel.core import get_global

    return frozenset(
        code
        for tenders in get_global("territory_currencies").values()
        for code, _from, until, tender in tenders
        if tender and until is None
    )


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=SLUG_PATTERN)]
Date = Annotated[
    date,
    BeforeValidator(_text_only(_date)),
    WithJsonSchema({"type": "string", "format": "date", "pattern": patterns.DATE}),
]
Moment = Annotated[
    date | datetime,
    PlainValidator(_text_only(_moment)),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": patterns.MOMENT,
            "anyOf": [{"format": "date"}, {"format": "date-time"}],
        }
    ),
]
DurationText = Annotated[
    Duration,
    PlainValidator(_text_only(_span)),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": patterns.DURATION,
            "examples": ["6 weeks", "3-7 days", "42 hours", "P6W"],
        }
    ),
]
Url = Annotated[
    str,
    BeforeValidator(_text_only(_url)),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": patterns.URL}),
]
Email = Annotated[
    str,
    BeforeValidator(_text_only(_email)),
    WithJsonSchema({"type": "string", "format": "email", "pattern": patterns.EMAIL}),
]
AliasPath = Annotated[
    str, BeforeValidator(_text_only(_alias)), WithJsonSchema({"type": "string", "pattern": patterns.ALIAS})
]
LanguageTag = Annotated[
    str,
    BeforeValidator(_text_only(_language)),
    WithJsonSchema({"type": "string", "pattern": patterns.LANGUAGE}),
]
Country = Annotated[
    str, BeforeValidator(_text_only(_country)), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
Currency = Annotated[
    str,
    BeforeValidator(_text_only(_currency)),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z]{3}$"}),
]
Count = Annotated[int, Field(ge=0)]
