"""What a person sees in a cell of a workbook: its value in the cell's number format, such as ``"$"#,##0.00``.

The digits of a number stay (they are rounded only to decimals that the format shows); signs and words of the format are
added: 25.5 in ``0.000 "KWD"`` is ``25.5 KWD``.

Source: ECMA-376 part 1, 18.8.31 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from credsite.core.currency_signs import currency_of_sign, is_currency_sign, may_mean
from credsite.schema.standard_codes import currency_codes

_TOKEN: Final = re.compile(
    r"""(?P<quoted>"[^"]*"?)|\\(?P<escaped>.)|(?P<skip>[_*].)|\[\$(?P<sign>[^\]-]*)(?:-(?P<place>[^\]]*))?\]"""
    r"""|\[(?P<bracket>[^\]]*)\]|(?P<general>general)|(?P<exponent>E[+-])|(?P<end>;)|(?P<plain>.)""",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_LANGUAGE_AND_COUNTRY: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})(?:[,_-].*)?")
_CODE: Final = re.compile(r"([A-Z]{3})\s*[$€£¥]?|[$€£¥]\s*([A-Z]{3})")
_GROUPING: Final = frozenset(" '.,\u00a0\u202f\u2019")
_SCALES: Final = ("", " thousand", " million", " thousand million")
_TRUNCATED_FORMAT: Final = ('_)_("$"', '_);_("$"')
"""How openpyxl writes the built-in format 44, and how it is meant."""


class _Token(NamedTuple):
    kind: str
    text: str
    place: str = ""
    """The language and country of a currency: ``414``, ``nb-NO``."""


@lru_cache(maxsize=256)
def _sections(number_format: str) -> tuple[tuple[_Token, ...], ...]:
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(number_format.replace(*_TRUNCATED_FORMAT)):
        kind = match.lastgroup or ""
        if match["sign"] is not None:
            sections[-1].append(_Token("currency", match["sign"].strip(), match["place"] or ""))
        elif kind == "end":
            sections.append([])
        elif kind == "quoted":
            sections[-1].append(_Token("literal", match[0].strip('"')))
        elif kind == "escaped":
            sections[-1].append(_Token("literal", match["escaped"]))
        elif kind == "plain":
            text = match["plain"]
            sections[-1].append(
                _Token("digit" if text in "0#?" else "mark" if text in ".,%/@" else "literal", text)
            )
        else:
            sections[-1].append(_Token(kind, match[kind]))
    return tuple(map(tuple, sections))


@lru_cache(maxsize=256)
def _letters(number_format: str) -> str:
    """The letters that stand for parts of dates and times, in lower case."""
    found = ""
    for match in _TOKEN.finditer(number_format.split(";")[0]):
        if match["plain"] is not None:
            found += match["plain"].lower()
        elif match["bracket"] is not None and re.fullmatch(r"h+|m+|s+", match["bracket"], re.IGNORECASE):
            found += match["bracket"].lower()
    return "".join(letter for letter in found if letter in "ymdhs")


def is_date_format(number_format: str) -> bool:
    """Whether a format shows a date or a time. Words of the format, such as ``\\d\\a\\y\\s``, do not count."""
    return bool(_letters(number_format))


def moment_text(value: date | time | timedelta, number_format: str) -> str:
    """A date as ``2027-01-31``, a time as ``09:30``, a length of time as ``42:00``; only what the format shows of it."""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    letters = _letters(number_format)
    has_time = isinstance(value, datetime) and value.time() != time()
    if isinstance(value, datetime) and letters:
        if not set(letters) & set("yd") and set(letters) & set("hs"):
            return value.strftime("%H:%M")
        has_time = has_time and bool(set(letters) & set("hs"))
    if letters and "d" not in letters and "y" in letters:
        return f"{value.year:04}-{value.month:02}" if "m" in letters else f"{value.year:04}"
    day = f"{value.year:04}-{value.month:02}-{value.day:02}"
    return f"{day} {value:%H:%M}" if has_time else day


@lru_cache(maxsize=4096)
def number_text(value: float, number_format: str) -> str:
    """A number with the words, the currency or the per cent sign of its format, and with the zeros before it."""
    if number_format in ("General", "@", ""):
        return _plain(value)
    sections = _sections(number_format)
    section = _section(value, sections)
    if value == 0 and not section and len(sections) > 1:
        return ""  # such formats hide zeros
    marks = [token.text for token in section if token.kind in ("digit", "mark", "general", "exponent")]
    digits = [index for index, token in enumerate(section) if token.kind in ("digit", "general")]
    words = [token.text for token in section if token.kind == "literal"]
    if not any(
        token.text in "0#" or token.kind == "general"
        for token in section
        if token.kind in ("digit", "general")
    ):
        shown = "".join(words).strip()
        if any(letter.isalpha() for letter in shown) and not _currency_of(shown):
            return shown  # a word in place of a number, such as "Free"
    number = _number(value, section, marks)
    first, last = (digits[0], digits[-1]) if digits else (len(section), len(section))
    before, after = _words(section[:first], value), _words(section[last + 1 :], value)
    sign, place = next(
        ((token.text, token.place) for token in section if token.kind == "currency" and token.text), ("", "")
    )
    if not sign:
        sign = next((words for words in (before, after) if _currency_of(words)), "")
        before, after = ("" if words == sign else words for words in (before, after))
    text = _with_currency(number, sign, place) if sign else number
    return " ".join(part for part in (before, text, after) if part)


def text_in_format(text: str, number_format: str) -> str:
    """A text with the words that its format adds: ``6`` in ``@" weeks"`` is ``6 weeks``."""
    section = _sections(number_format)[-1]
    if not any(token.kind == "literal" for token in section) or ("mark", "@") not in [
        token[:2] for token in section
    ]:
        return text
    return "".join(
        text if token[:2] == ("mark", "@") else token.text
        for token in section
        if token.kind in ("mark", "literal")
    )


def _section(value: float, sections: Sequence[tuple[_Token, ...]]) -> tuple[_Token, ...]:
    conditions = [_condition(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(value, *condition):
                return section
        return sections[-1]
    numbers = sections[:3]
    if value < 0 and len(numbers) > 1:
        return numbers[1]
    return numbers[2] if value == 0 and len(numbers) > 2 else numbers[0]


def _condition(section: Sequence[_Token]) -> tuple[str, float] | None:
    for token in section:
        if token.kind == "bracket" and (match := _CONDITION.fullmatch(token.text)):
            return match[1], float(match[2])
    return None


def _holds(value: float, operator: str, limit: float) -> bool:
    return {
        "<": value < limit,
        ">": value > limit,
        "=": value == limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "<>": value != limit,
    }[operator]


def _number(value: float, section: Sequence[_Token], marks: Sequence[str]) -> str:
    if "%" in marks:
        return f"{_rounded(value * 100, marks, 10)}%"
    if "/" in marks or any(mark[:1] in "eE" for mark in marks):
        return _plain(value)
    scale = 0
    whole = marks[: marks.index(".")] if "." in marks else [mark for mark in marks if mark != "@"]
    while whole and whole[-1] == ",":
        scale, whole = scale + 1, whole[:-1]
    if scale:
        return _plain(value / 1000**scale) + _SCALES[min(scale, 3)]
    if value >= 0 and value == int(value) and (code := _in_pattern(int(value), section)):
        return code
    number = _rounded(value, marks, 15)
    zeros = "".join(mark for mark in whole if mark != ",").count("0")
    return (
        number
        if value < 0 or zeros < 2
        else number.zfill(zeros + len(number.partition(".")[2]) + ("." in number))
    )


def _in_pattern(value: int, section: Sequence[_Token]) -> str:
    """A code such as ``012-345``, of which the format has the signs between the digits; ``""`` if it is no code."""
    places = [index for index, token in enumerate(section) if token.kind == "digit"]
    if not places or any(token.kind == "mark" for token in section):
        return ""
    inner = section[places[0] : places[-1] + 1]
    signs = [token.text for token in inner if token.kind == "literal"]
    zeros = sum(token.text == "0" for token in inner)
    if not signs or (zeros < 2 and set("".join(signs)) <= _GROUPING):
        return ""
    digits = list(str(value).zfill(len(places)))
    extra = "".join(digits[: len(digits) - len(places)])
    rest = iter(digits[len(digits) - len(places) :])
    return extra + "".join(
        next(rest) if token.kind == "digit" else token.text
        for token in inner
        if token.kind in ("digit", "literal")
    )


def _rounded(value: float, marks: Sequence[str], precision: int) -> str:
    """The number, rounded to the decimals that the format shows. One that shows none hides them, and rounds nothing."""
    decimals = sum(mark in ("0", "#", "?") for mark in marks[marks.index(".") :]) if "." in marks else 0
    plain = _plain(value, precision)
    if not decimals or len(plain.partition(".")[2]) <= decimals:
        return plain
    return f"{Decimal(plain).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP).normalize():f}"


def _plain(value: float, precision: int = 15) -> str:
    """The number with up to ``precision`` digits, never in the form 1.2E+11."""
    return str(int(value)) if value == int(value) else f"{Decimal(f'{value:.{precision}g}'):f}"


def _words(section: Sequence[_Token], value: float) -> str:
    text = "".join(
        token.text if token.kind == "literal" else " "
        for token in section
        if token.kind in ("literal", "skip")
    )
    if value <= 0:
        text = text.translate(dict.fromkeys(map(ord, "-()\u2212")))
    return " ".join(text.split())


def _currency_of(words: str) -> str:
    """The sign or the code of a currency that ``words`` are; ``""`` if they are something else."""
    if is_currency_sign(words):
        return words
    match = _CODE.fullmatch(words)
    code = (match[1] or match[2]) if match else ""
    return code if code in currency_codes() else ""


def _with_currency(number: str, sign: str, place: str) -> str:
    sign = _currency_of(sign) or sign
    local = _local_currency(place) if place else ""
    if local and local != currency_of_sign(sign) and may_mean(sign, local):
        return f"{number} {local}"
    return f"{number} {sign}" if sign.rstrip(".").isalpha() else f"{sign}{number}"


def _local_currency(place: str) -> str:
    """The currency of the country that a format names, as a number (``414``: Norway) or a language tag (``nb-NO``)."""
    match = _LANGUAGE_AND_COUNTRY.fullmatch(place)
    country = match[1].upper() if match else ""
    if not country:
        from locale import windows_locale

        try:
            name = windows_locale.get(int(place, 16) & 0xFFFF, "")
        except ValueError:
            return ""
        country = name.rpartition("_")[2] if "_" in name else ""
    if not country:
        return ""
    from babel.numbers import get_territory_currencies

    currencies = get_territory_currencies(country)
    return str(currencies[0]) if len(currencies) == 1 else ""
