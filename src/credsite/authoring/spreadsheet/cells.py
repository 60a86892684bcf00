"""What a cell says: lists in one cell, dates, numbers and prices as spreadsheets write them, and signs that are not to be
taken for a formula. Nothing is guessed: a cell that can be read in two ways is refused.

A list is separated by semicolons, or where the cell has several lines, by these. The keys of a small block are separated
by ``|``. A backslash before one of these signs, or before a line end, makes it part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from credsite.authoring.spreadsheet.columns import normalize_heading
from credsite.core.quantities import Duration, parse_money
from credsite.schema.introspection import FieldShape
from credsite.schema.models.course import Price

DateOrder = Literal["year-month-day", "day/month/year", "month/day/year"]

_TOKEN: Final = re.compile(r"\\([\\;|\n])|([;\n|])|([^\\;\n|]+|\\)")
_LONG: Final = 30
"""Characters of a sentence, which has a line of its own."""
_FORMULA: Final = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
_ERROR: Final = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#+)")
_SHORTENED: Final = re.compile(r"-?\d(?:[.,]\d+)?E[+-]?\d+")
_WRITTEN_AS_FORMULA: Final = re.compile(r'="((?:[^"]|"")*)"')
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE: Final = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")
_SLASHES: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?:[ T]00:00(?::00)?)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00(?::00(?:\.0+)?)?")
# Not three noughts, which are thousands to half the world.
_WHOLE: Final = re.compile(r"(-?\d+)[.,]0{1,2}")
_SIGNS: Final = {
    "£": "GBP", "€": "EUR", "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD",
}  # fmt: skip
_MONEY: Final = re.compile(
    r"(?P<before>[A-Z]{0,2}[$£€])?\s*(?P<amount>[\d., ]+?)\s*(?P<after>[A-Z]{0,2}[$£€])?"
)
_TRUE: Final = frozenset({"true", "yes", "y", "1", "x"})
_FALSE: Final = frozenset({"false", "no", "n", "0"})


class CellError(Exception):
    """A cell that cannot be understood. ``suggestion`` is what is probably meant, or ``""``."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class SheetConventions:
    """How a sheet writes dates, and two currencies (ISO 4217, or ``""``): of amounts that name none, and the site's own,
    which amounts with a `$` are in if it is a dollar."""

    date_order: DateOrder = "year-month-day"
    default_currency: str = ""
    site_currency: str = ""


def escape_cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet program takes for a formula, an error or a number."""
    return f"'{text}" if _is_mistakable(text) else text


def unescape_cell(cell: str) -> str:
    """The text of a cell, without what :func:`guarded` put before it. Raises CellError for what is no text."""
    if _CONTROL.search(cell):
        raise CellError(
            "The cell holds an invisible control character. Delete it, and write the words again."
        )
    if cell.startswith("'") and _is_mistakable(cell[1:]):
        return cell[1:]
    if _ERROR.fullmatch(cell.strip()):
        raise CellError(
            f"The cell shows the error `{cell.strip()}`. Mend the formula, or write the value itself."
        )
    if _SHORTENED.fullmatch(cell.strip()):
        raise CellError(
            f"The spreadsheet program has shortened a long number to `{cell.strip()}`. Format the cell as text, and write it again."
        )
    written = _WRITTEN_AS_FORMULA.fullmatch(cell)
    return written[1].replace('""', '"') if written else cell


def _is_mistakable(text: str) -> bool:
    stripped = text.strip()
    return (
        text.startswith((*_FORMULA, "'"))
        or _ERROR.fullmatch(stripped) is not None
        or _SHORTENED.fullmatch(stripped) is not None
    )


def normalize_cell(text: str) -> str:
    """``text`` with line ends as spreadsheets keep them, and none at its edges."""
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).strip()


def join_list(items: Sequence[str]) -> str:
    """A list as one cell; :func:`separated` is the way back."""
    items = [normalize_cell(item) for item in items]
    by_lines = len(items) > 1 and any(";" in item or len(item) > _LONG for item in items)
    signs = "\\\n" if by_lines else "\\\n;"
    return ("\n" if by_lines else "; ").join(_escaped(item, signs) for item in items)


def split_list(cell: str) -> list[str]:
    """The values in a cell. Empty ones are left out."""
    items = (_stripped(parts[0]) for parts in _split(cell, is_block=False))
    return [item for item in items if item]


def join_blocks(blocks: Sequence[Sequence[str]]) -> str:
    """Blocks as one cell, each on a line; :func:`separated_blocks` is the way back."""
    lines = []
    for block in blocks:
        parts = [_escaped(normalize_cell(part), "\\\n;|") for part in block]
        while parts and not parts[-1]:
            parts.pop()
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def split_blocks(cell: str) -> list[list[str]]:
    """The blocks in a cell, each with its values. Empty lines are left out."""
    blocks = [[_stripped(part) for part in parts] for parts in _split(cell, is_block=True)]
    return [block for block in blocks if any(block)]


def _escaped(text: str, signs: str) -> str:
    for sign in signs:  # the backslash first
        if sign in text:
            text = text.replace(sign, f"\\{sign}")
    return text


def _stripped(text: str) -> str:
    return text.strip()


def _split(cell: str, *, is_block: bool) -> list[list[str]]:
    tokens: list[tuple[str, str, str]] = _TOKEN.findall(normalize_cell(cell))
    separator = "\n" if any(sign == "\n" for _, sign, _ in tokens) else ";"
    items: list[list[str]] = [[""]]
    for escaped, sign, plain in tokens:
        if sign == separator:
            items.append([""])
        elif sign == "|" and is_block:
            items[-1].append("")
        else:
            items[-1][-1] += escaped or sign or plain
    return items


def parse_value(text: str, shape: FieldShape, habits: SheetConventions) -> str:
    """One value as front matter has it, from what a cell says. Raises CellError where that is not clear.

    What is still wrong after that, the model says.
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
        return _date(clean, habits.date_order)
    if shape.type is Price:
        return _price(clean, habits)
    if shape.type in (int, Decimal) and (match := _WHOLE.fullmatch(clean)):
        return match[1]
    return clean


def is_plain_scalar(shape: FieldShape) -> bool:
    """Whether values are written in YAML without quotation marks: no texts, but numbers, dates and the like."""
    return shape.type in (bool, int, Decimal, date, Duration, Price) or shape.model is Price


def _choice(text: str, choices: Collection[str]) -> str:
    return next((choice for choice in choices if normalize_heading(choice) == normalize_heading(text)), text)


def _date(text: str, order: DateOrder) -> str:
    if match := _MIDNIGHT.fullmatch(text):
        return match[1]
    if match := _YEAR_FIRST.fullmatch(text):
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    match = _SLASHES.fullmatch(text)
    if match is None:
        return text
    first, second, year = int(match[1]), int(match[3]), match[4]
    if len(year) == 2 or order == "year-month-day":
        certain = len(year) == 4 and (first > 12) != (second > 12)
        month, day = (second, first) if first > 12 else (first, second)
        suggestion = f"{year}-{month:02}-{day:02}" if certain and _is_day(int(year), month, day) else ""
        raise CellError(
            f"`{text}` can be read in more than one way. Write year-month-day, such as 2027-01-31, "
            "or say how the sheet writes dates: `--dates day/month/year` or `--dates month/day/year`.",
            suggestion,
        )
    day, month = (first, second) if order == "day/month/year" else (second, first)
    if not _is_day(int(year), month, day):
        raise CellError(f"`{text}` is no day, if it is {order}.")
    return f"{year}-{month:02}-{day:02}"


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _price(text: str, habits: SheetConventions) -> str:
    if match := _WHOLE.fullmatch(text):
        text = match[1]
    match = _MONEY.fullmatch(text)
    if match is None or not (match["before"] or match["after"]):
        money = parse_money(text)
        return (
            f"{text} {habits.default_currency}"
            if habits.default_currency and money and money.amount and not money.currency
            else text
        )
    sign, amount = match["before"] or match["after"], match["amount"].strip()
    code = _SIGNS.get(sign, "")
    if not code and sign == "$" and _is_dollar(habits.default_currency or habits.site_currency):
        code = habits.default_currency or habits.site_currency
    if not code:
        raise CellError(
            f"`{text}` does not say whose {sign} it is. Write the currency's code after the amount, such as `{amount} CAD`."
        )
    return f"{amount} {code}"


def _is_dollar(currency: str) -> bool:
    from babel.numbers import get_currency_symbol

    return bool(currency) and get_currency_symbol(currency, "en").endswith("$")
