"""What a cell says: a text, a list, blocks, or one value as spreadsheets write dates, numbers and prices.

The items of a list are separated by semicolons or, if the cell has several lines, by the line ends. The values of a block
are separated by ``|``. A backslash before one of these characters, or before a line end, makes it part of the text.

Nothing is guessed: a value that can be read in more than one way is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, cast

from credsite.core.currency_signs import example_currency
from credsite.core.quantities import Duration, parse_money
from credsite.core.text import CONTROL_CHARACTERS
from credsite.problems.invisible import without_invisible
from credsite.schema.introspection import FieldShape
from credsite.schema.likely_values import date_advice, day_text
from credsite.schema.models.price import Price

DateOrder = Literal["year-month-day", "day/month/year", "month/day/year"]
UNKNOWN_ORDER: Final = "year-month-day"
"""The order of dates such as ``3/2/2027`` is not known: those are read that can be read in one way only."""

_TOKEN: Final = re.compile(r"\\([\\;|\n])|([;\n|])|([^\\;\n|]+|\\)")
_NO_WORD: Final = re.compile(r"[/+&|\d]|\s(?:and|or)\s|^(?:and|or)\s", re.IGNORECASE)
_SHORT: Final = 3
"""How many words an item of a list may have that is recognised between commas."""
_BETWEEN_CHOICES: Final = re.compile(r"[,/+&|]|\s(?:and|or)\s", re.IGNORECASE)
_LONG_ITEM: Final = 30
"""An item with more characters is taken for a sentence, which gets a line of its own."""
_FORMULA_STARTS: Final = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
_ERROR: Final = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#+)")
_NO_VALUE: Final = re.compile(r"NULL|nan|NaN|NaT|<NA>")
"""What databases and other programs write in place of an empty cell."""
_SHORTENED_NUMBER: Final = re.compile(r"-?\d(?:[.,]\d+)?E[+-]?\d+")
_TEXT_FORMULA: Final = re.compile(r'="((?:[^"]|"")*)"')
HYPERLINK: Final = re.compile(
    r"""=\s*+HYPERLINK\(\s*+(?:"(?P<address>(?:[^"]|"")*+)"|\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7}))\s*+"""
    r"""(?:[,;]\s*+(?:"(?P<words>(?:[^"]|"")*+)"\s*+|.*))?\)""",
    re.IGNORECASE | re.DOTALL,
)
"""A formula that shows words and leads to an address."""
_ADDRESS: Final = re.compile(r"(?:https?://|www\.|mailto:)\S+|[^\s@]+@[^\s@]+\.[^\s@]+", re.IGNORECASE)
_ADDRESS_START: Final = re.compile(r"^(?:https?://|mailto:)?(?:www\.)?")
_CONTROL: Final = re.compile(rf"[{CONTROL_CHARACTERS}\ud800-\udfff]")
_NUMERIC_DATE: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?:[ T]00:00(?::00)?)?")
_DATE_IN_WORDS: Final = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th|er|\.)?[\s-]+(?:of\s+|de\s+)?[^\W\d_]{3,}\.?|[^\W\d_]{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?),?[\s-]+\d{4}",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(r"(\d)(?:st|nd|rd|th|er)\b", re.IGNORECASE)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00(?::00(?:\.0+)?)?")
# Not three zeros: in many countries, 1.000 is a thousand.
_WHOLE_NUMBER: Final = re.compile(r"(-?\d+)[.,]0{1,2}")
_HOURS_AND_MINUTES: Final = re.compile(r"(\d{1,5}):([0-5]\d)(?::00)?")
"""How spreadsheets show a length of time: ``42:00``."""
_TRUE: Final = frozenset({"true", "yes", "y", "1", "x"})
_FALSE: Final = frozenset({"false", "no", "n", "0"})


class CellError(Exception):
    """A cell that cannot be understood. ``suggestion`` is the value that was probably meant, or ``""``."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


def escape_cell(text: str) -> str:
    """``text`` with an apostrophe before it if a spreadsheet program would take it for a formula, an error or a number."""
    return f"'{text}" if _is_mistakable(text) else text


def unescape_cell(cell: str) -> str:
    """The text that :func:`escape_cell` was given. Raises CellError for a cell without a readable text."""
    if _CONTROL.search(cell):
        raise CellError(
            "The cell holds an invisible control character. Delete it, and write the words again."
        )
    if cell.startswith("'") and _is_mistakable(cell[1:]):
        return cell[1:]
    if _ERROR.fullmatch(cell.strip()):
        raise CellError(
            f"The cell shows the error `{cell.strip()}`. Fix the formula, or write the value itself."
        )
    if _NO_VALUE.fullmatch(cell.strip()):
        raise CellError(
            f"The cell shows `{cell.strip()}`, as programs do where they have no value. Empty the cell, or write the value."
        )
    if _SHORTENED_NUMBER.fullmatch(cell.strip()):
        raise CellError(
            f"The spreadsheet program has shortened a long number to `{cell.strip()}`. Format the cell as text, and write it again."
        )
    formula = _TEXT_FORMULA.fullmatch(cell)
    return formula[1].replace('""', '"') if formula else cell


def _is_mistakable(text: str) -> bool:
    stripped = text.strip()
    return (
        text.startswith((*_FORMULA_STARTS, "'"))
        or _ERROR.fullmatch(stripped) is not None
        or _NO_VALUE.fullmatch(stripped) is not None
        or _SHORTENED_NUMBER.fullmatch(stripped) is not None
    )


def is_same_address(text: str, address: str) -> bool:
    """Whether ``text`` shows ``address``, with or without its beginning: ``college.example`` for ``https://college.example/``."""
    return _bare_address(text) == _bare_address(address)


def looks_like_address(text: str) -> bool:
    """Whether a text is meant as a web address or an e-mail address, and not as words for one."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def _bare_address(text: str) -> str:
    return _ADDRESS_START.sub("", text.strip().casefold()).rstrip("/")


def normalize_cell(text: str) -> str:
    """``text`` with ``\\n`` line ends, and without white space at its start and end."""
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).strip()


def join_list(items: Sequence[str]) -> str:
    """The cell of a list. :func:`split_list` reverses this."""
    items = [normalize_cell(item) for item in items]
    by_lines = len(items) > 1 and any(";" in item or len(item) > _LONG_ITEM for item in items)
    special = "\\\n" if by_lines else "\\\n;"
    return ("\n" if by_lines else "; ").join(_escaped(item, special) for item in items)


def split_list(cell: str) -> list[str]:
    """The items of the list in a cell, without empty ones."""
    items = (parts[0].strip() for parts in _split(cell, is_block=False))
    return [item for item in items if item]


def split_wrong_list(item: str, choices: Collection[str] = ()) -> list[str]:
    """The values in ``item``, which was read as one value and is none, if they seem to be separated by commas; otherwise ``[]``.

    Values of ``choices`` may also be separated by slashes, `and` and other such words.
    """
    parts = [part.strip() for part in item.split(",")]
    if choices:
        parts = [_choice(part.strip(), choices) for part in _BETWEEN_CHOICES.split(item)]
        if "," not in item and not set(parts) <= set(choices):
            return []
    parts = [part for part in parts if part]
    return parts if len(parts) > 1 else []


def split_short_words(item: str) -> list[str]:
    """The parts of ``item`` between commas, if each is so short that they are probably items of a list; otherwise ``[]``."""
    parts = [part.strip() for part in item.split(",") if part.strip()]
    is_list = len(parts) > 1 and all(
        len(part.split()) <= _SHORT and _NO_WORD.search(part) is None for part in parts
    )
    return parts if is_list else []


def join_blocks(blocks: Sequence[Sequence[str]]) -> str:
    """The cell of a list of blocks, one on each line. :func:`split_blocks` reverses this."""
    lines = []
    for block in blocks:
        parts = [_escaped(normalize_cell(part), "\\\n;|") for part in block]
        while parts and not parts[-1]:
            parts.pop()
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def split_blocks(cell: str) -> list[list[str]]:
    """The blocks in a cell, each as a list of its values. Empty lines are left out."""
    blocks = [[part.strip() for part in parts] for parts in _split(cell, is_block=True)]
    return [block for block in blocks if any(block)]


def _escaped(text: str, special: str) -> str:
    for character in special:  # the backslash first
        if character in text:
            text = text.replace(character, f"\\{character}")
    return text


def _split(cell: str, *, is_block: bool) -> list[list[str]]:
    tokens: list[tuple[str, str, str]] = _TOKEN.findall(normalize_cell(cell))
    separator = "\n" if any(mark == "\n" for _, mark, _ in tokens) else ";"
    items: list[list[str]] = [[""]]
    for escaped, mark, plain in tokens:
        if mark == separator:
            items.append([""])
        elif mark == "|" and is_block:
            items[-1].append("")
        else:
            items[-1][-1] += escaped or mark or plain
    return items


@lru_cache(maxsize=4096)
def normalize_heading(heading: str) -> str:
    """``heading`` without case and punctuation, for comparing: ``Delivery_Modes *`` becomes ``delivery modes``."""
    return re.sub(r"[\W_]+", " ", heading.casefold()).strip()


@dataclass(frozen=True, slots=True)
class SheetConventions:
    """How a sheet writes dates and amounts. Currencies are ISO 4217 codes, or ``""``.

    ``default_currency`` is that of amounts without a currency. An amount with a plain `$` is in the default currency or,
    if there is none, in ``site_currency``, provided that this is a dollar.
    """

    date_order: DateOrder = UNKNOWN_ORDER
    default_currency: str = ""
    site_currency: str = ""
    date_advice: str = ""
    """What to say of unclear dates, if that is not the usual advice."""
    column_orders: Mapping[tuple[str, ...], DateOrder] = field(default_factory=dict)
    """The order of dates in columns that settle it themselves, by the keys of the columns."""
    column_advice: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """The ``date_advice`` for columns with several unclear dates, by the keys of the columns."""

    def of_column(self, key: tuple[str, ...]) -> SheetConventions:
        """How one column writes its values."""
        if key in self.column_orders:
            return replace(self, date_order=self.column_orders[key])
        advice = self.column_advice.get(key)
        return replace(self, date_advice=advice) if advice else self


def clean_value(text: str) -> str:
    """A value without invisible characters and no-break spaces."""
    return without_invisible(normalize_cell(text))


def parse_value(text: str, shape: FieldShape, conventions: SheetConventions) -> str:
    """The value as it is written in front matter. Raises CellError if the text is ambiguous.

    The value may still be invalid: that is for the model to decide.
    """
    text = normalize_cell(text)
    if not text or (shape.type is str and not shape.choices and not shape.is_money):
        return text
    clean = clean_value(text)
    if shape.choices:
        by_label = {label: id_ for id_, label in shape.labels.items()}
        found = _choice(clean, (*shape.choices, *by_label))
        return found if found in shape.choices else by_label.get(found, found)
    if shape.type is bool:
        folded = clean.casefold()
        return "true" if folded in _TRUE else "false" if folded in _FALSE else clean
    if shape.type is date:
        return _date(clean, conventions.date_order, conventions.date_advice)
    if shape.type is Price or shape.is_money:
        return _price(clean, conventions)
    if shape.type is Duration and (match := _HOURS_AND_MINUTES.fullmatch(clean)):
        minutes = int(match[1]) * 60 + int(match[2])
        return f"{minutes} minutes" if minutes % 60 else f"{minutes // 60} hours"
    if shape.type in (int, Decimal) and (match := _WHOLE_NUMBER.fullmatch(clean)):
        return match[1]
    return clean


def _choice(text: str, choices: Collection[str]) -> str:
    return next((choice for choice in choices if normalize_heading(choice) == normalize_heading(text)), text)


def _date(text: str, order: DateOrder, advice: str) -> str:
    if match := _MIDNIGHT.fullmatch(text):
        return match[1]
    if match := _YEAR_FIRST.fullmatch(text):
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    match = _NUMERIC_DATE.fullmatch(text)
    if match is None:
        return _day_in_words(text) or text
    readings = date_readings(text)
    if len(match[4]) == 2:
        likely = readings.get(order, "") if order != UNKNOWN_ORDER else ""
        raise CellError(f"Write the year of `{text}` with four digits.", likely)
    if order != UNKNOWN_ORDER and order in readings:
        return readings[order]
    days = sorted(set(readings.values()))
    if order == UNKNOWN_ORDER and len(days) == 1:
        return days[0]
    if not days:
        raise CellError(f"The calendar has no day `{text}`. Write year-month-day, such as 2027-01-31.")
    if order == UNKNOWN_ORDER:
        raise CellError(
            advice
            or f"`{text}` can be read in more than one way: as {days[0]} or as {days[1]}. Write year-month-day, such as 2027-01-31, "
            "or say how the sheet writes dates: `--dates day/month/year` or `--dates month/day/year`."
        )
    if advice:
        raise CellError(advice)
    other = next(iter(readings))
    raise CellError(
        f"`{text}` is not a date if dates are written {order}. If the sheet writes {other}, add `--dates {other}`.",
        days[0],
    )


def _day_in_words(text: str) -> str:
    """The day that a date such as `3 March 2027` or `Wed, March 3rd, 2027` means; "" for any other text."""
    if not _DATE_IN_WORDS.fullmatch(text):
        return ""
    return date_advice(_ORDINAL.sub(r"\1", text))[1]


def date_readings(text: str) -> dict[DateOrder, str]:
    """The days that a date such as ``3/2/2027`` can mean, by the order of its numbers. Empty for any other text."""
    match = _NUMERIC_DATE.fullmatch(text)
    if match is None:
        return {}
    first, second, year = int(match[1]), int(match[3]), int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    readings: dict[DateOrder, str] = {}
    for order, day, month in (("day/month/year", first, second), ("month/day/year", second, first)):
        if text_of_day := day_text(year, month, day):
            readings[cast("DateOrder", order)] = text_of_day
    return readings


def _price(text: str, conventions: SheetConventions) -> str:
    money = parse_money(text, conventions.default_currency or conventions.site_currency)
    if money is None or money.amount <= 0:
        return text  # the model says what is wrong
    if money.unsettled:
        raise CellError(
            f"`{text}` does not say which currency `{money.unsettled}` is. Write the currency's code after the amount, such as "
            f"`{money} {example_currency(money.unsettled)}`."
        )
    return str(replace(money, currency=money.currency or conventions.default_currency))
