"""One value of front matter from what a cell says: dates, numbers and prices as spreadsheets write them.

Nothing is guessed: a value that can be read in more than one way is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from credsite.authoring.spreadsheet.cells import CellError, normalize_cell
from credsite.authoring.spreadsheet.columns import normalize_heading
from credsite.core.quantities import parse_money
from credsite.schema.introspection import FieldShape
from credsite.schema.models.course import Price

DateOrder = Literal["year-month-day", "day/month/year", "month/day/year"]

_INVISIBLE: Final = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")
_NUMERIC_DATE: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?:[ T]00:00(?::00)?)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00(?::00(?:\.0+)?)?")
# Not three zeros: in many countries, 1.000 is a thousand.
_WHOLE_NUMBER: Final = re.compile(r"(-?\d+)[.,]0{1,2}")
_CURRENCY_SYMBOLS: Final = {
    "£": "GBP", "€": "EUR", "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD",
}  # fmt: skip
_AMOUNT_WITH_SYMBOL: Final = re.compile(
    r"(?P<before>[A-Z]{0,2}[$£€])?\s*(?P<amount>[\d., ]+?)\s*(?P<after>[A-Z]{0,2}[$£€])?"
)
_TRUE: Final = frozenset({"true", "yes", "y", "1", "x"})
_FALSE: Final = frozenset({"false", "no", "n", "0"})


@dataclass(frozen=True, slots=True)
class SheetConventions:
    """How a sheet writes dates and amounts. Currencies are ISO 4217 codes, or ``""``.

    ``default_currency`` is that of amounts without a currency. An amount with a plain `$` is in the default currency or,
    if there is none, in ``site_currency``, provided that this is a dollar.
    """

    date_order: DateOrder = "year-month-day"
    default_currency: str = ""
    site_currency: str = ""


def parse_value(text: str, shape: FieldShape, conventions: SheetConventions) -> str:
    """The value as it is written in front matter. Raises CellError if the text is ambiguous.

    The value may still be invalid: that is for the model to decide.
    """
    text = normalize_cell(text)
    if not text or (shape.type is str and not shape.choices):
        return text
    clean = _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u202f", " ").strip()
    if shape.choices:
        return _choice(clean, shape.choices)
    if shape.type is bool:
        folded = clean.casefold()
        return "true" if folded in _TRUE else "false" if folded in _FALSE else clean
    if shape.type is date:
        return _date(clean, conventions.date_order)
    if shape.type is Price:
        return _price(clean, conventions)
    if shape.type in (int, Decimal) and (match := _WHOLE_NUMBER.fullmatch(clean)):
        return match[1]
    return clean


def _choice(text: str, choices: Collection[str]) -> str:
    return next((choice for choice in choices if normalize_heading(choice) == normalize_heading(text)), text)


def _date(text: str, order: DateOrder) -> str:
    if match := _MIDNIGHT.fullmatch(text):
        return match[1]
    if match := _YEAR_FIRST.fullmatch(text):
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    match = _NUMERIC_DATE.fullmatch(text)
    if match is None:
        return text
    first, second, year = int(match[1]), int(match[3]), match[4]
    if len(year) == 2 or order == "year-month-day":
        is_certain = len(year) == 4 and (first > 12) != (second > 12)
        month, day = (second, first) if first > 12 else (first, second)
        suggestion = f"{year}-{month:02}-{day:02}" if is_certain and _is_day(int(year), month, day) else ""
        raise CellError(
            f"`{text}` can be read in more than one way. Write year-month-day, such as 2027-01-31, "
            "or say how the sheet writes dates: `--dates day/month/year` or `--dates month/day/year`.",
            suggestion,
        )
    day, month = (first, second) if order == "day/month/year" else (second, first)
    if not _is_day(int(year), month, day):
        raise CellError(f"`{text}` is not a date if dates are written {order}.")
    return f"{year}-{month:02}-{day:02}"


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _price(text: str, conventions: SheetConventions) -> str:
    if match := _WHOLE_NUMBER.fullmatch(text):
        text = match[1]
    match = _AMOUNT_WITH_SYMBOL.fullmatch(text)
    if match is None or not (match["before"] or match["after"]):
        money = parse_money(text)
        return (
            f"{text} {conventions.default_currency}"
            if conventions.default_currency and money and money.amount and not money.currency
            else text
        )
    symbol, amount = match["before"] or match["after"], match["amount"].strip()
    code = _CURRENCY_SYMBOLS.get(symbol, "")
    if not code and symbol == "$" and _is_dollar(conventions.default_currency or conventions.site_currency):
        code = conventions.default_currency or conventions.site_currency
    if not code:
        raise CellError(
            f"`{text}` does not say which currency `{symbol}` is. Write the currency's code after the amount, such as `{amount} CAD`."
        )
    return f"{amount} {code}"


def _is_dollar(currency: str) -> bool:
    from babel.numbers import get_currency_symbol

    return bool(currency) and get_currency_symbol(currency, "en").endswith("$")
