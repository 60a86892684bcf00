"""Durations and amounts of money, which authors write in one line. Parsing never guesses.

Sources: ISO 8601-1:2019, 5.5.2 (durations, the ``PnW`` and ``PnYnMnDTnHnM`` forms), ISO 4217 (currency codes).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from credsite.core.currency_signs import currency_of_sign, is_currency_sign, may_mean

UNITS: Final = ("minute", "hour", "day", "week", "month", "year")
_HOURS: Final = {"minute": Decimal(1) / 60, "hour": Decimal(1), "day": Decimal(24), "week": Decimal(168),
                 "month": Decimal(730), "year": Decimal(8760)}  # fmt: skip
_ISO_UNITS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}

THOUSANDS: Final = " \u00a0\u2007\u2009\u202f'\u2019"
"""Characters that only ever separate thousands. Commas and points do so too, but they also separate decimals."""
_MAX_LENGTH: Final = 200
"""Longer texts are no quantities, and looking for one in them would take long."""
_NUMBER: Final = rf"\d(?:[\d.,{THOUSANDS}]*\d)?"
_GROUPED: Final = re.compile(
    rf"(?:[1-9]\d{{0,2}}([.,{THOUSANDS}])\d{{3}}(?:\1\d{{3}}){{0,2}}|[1-9]\d?(?:,\d\d){{1,4}},\d{{3}})(?:([.,])(\d{{1,6}}))?"
)
_PLAIN: Final = re.compile(r"(\d{1,12})(?:([.,])(\d{1,6}))?")
_AMBIGUOUS: Final = re.compile(r"([1-9]\d{0,2})([.,])(\d{3})")
"""Half the world reads `1.200` as 1200, and the other half `1,200`."""
_NOT_DIGITS: Final = re.compile(r"\D")
_DURATION: Final = re.compile(
    rf"(?P<minimum>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<maximum>{_NUMBER}))?\s*(?P<unit>minute|hour|day|week|month|year)s?",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"(?P<most>up to|at most)\s+(?P<to>.+)|(?:from|at least)\s+(?P<from>.+)", re.IGNORECASE
)
_ISO: Final = re.compile(r"P(?:(\d{1,9})([YMWD])|T(\d{1,9})([HM]))")
_LONGEST: Final = 1000 * 8760
"""Hours. More than a thousand years is a slip of the keyboard."""

THREE_DECIMALS: Final = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
NO_DECIMALS: Final = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
_FREE: Final = "free"
_MONEY: Final = re.compile(
    rf"(?P<before>[^\d\-\u2212]*)(?P<minus>[-\u2212]?)(?P<sign>[^\d\-\u2212]*)(?P<amount>{_NUMBER})(?:[.,][-–—]+)?(?P<after>[^\d\-\u2212]*)"
)
_CODE_AND_SIGN: Final = re.compile(
    r"(?P<code>[A-Za-z]{3})\s*(?P<sign>[^\sA-Za-z.]+)|(?P<sign_first>[^\sA-Za-z.]+)\s*(?P<code_last>[A-Za-z]{3})"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of time, or a range of it, in one unit: ``3-7 days`` is ``Duration(3, 7, "day")``.

    ``approximate`` is set where amounts of different units were added up. ``up to 2 hours`` is a range from 0. Of
    ``from 13 months``, which ``is_open``, both ends are the 13 that it names.
    """

    minimum: Decimal
    maximum: Decimal
    unit: str
    approximate: bool = False
    is_open: bool = False

    @property
    def hours(self) -> tuple[Decimal, Decimal]:
        """Both ends in hours, with months of 730 and years of 8760 hours. For ordering only."""
        return self.minimum * _HOURS[self.unit], self.maximum * _HOURS[self.unit]

    def iso(self) -> str:
        """The upper end in ISO 8601, such as ``P6W`` or ``PT42H``; "" where there is none."""
        if self.is_open:
            return ""
        amount = f"{self.maximum.normalize():f}"
        return (
            f"PT{amount}{self.unit[0].upper()}"
            if self.unit in ("minute", "hour")
            else f"P{amount}{self.unit[0].upper()}"
        )


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money. ``currency`` is an ISO 4217 code, or "" for that of the site. ``Money(0, "")`` is free.

    ``unsettled`` is a sign of several currencies, such as `$`, where nothing says which of them is meant.
    """

    amount: Decimal
    currency: str
    unsettled: str = ""

    def __str__(self) -> str:
        """The spelling that every parser reads as the same amount, such as ``1250.50 EUR``."""
        amount = f"{self.amount:f}"
        if "." in amount and (amount := amount.rstrip("0")).rpartition(".")[2] == "":
            amount = amount[:-1]
        elif "." in amount and len(amount.rpartition(".")[2]) == 1:
            amount += "0"
        return f"{amount} {self.currency}".rstrip()


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> Duration | None:
    """Read ``6 weeks``, ``3-7 days``, ``up to 2 hours``, ``from 13 months`` or ``P6W``; None where the text is something else.

    The second number of a range must be the larger one, and no amount may be zero. ``1.200 hours`` is None, because it can
    mean two things.
    """
    text = text.strip()
    if len(text) > _MAX_LENGTH:
        return None
    if match := _ISO.fullmatch(text):
        amount, unit = Decimal(match[1] or match[3]), match[2] or match[4]
        name = "minute" if unit == "M" and match[4] else _ISO_UNITS[unit]
        return _duration(amount, amount, name)
    if opened := _OPEN.fullmatch(text):
        return _open_duration(parse_duration(opened["to"] or opened["from"]), is_limit=bool(opened["most"]))
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    minimum = _length(match["minimum"])
    maximum = _length(match["maximum"]) if match["maximum"] else minimum
    return _duration(minimum, maximum, match["unit"].lower())


def _open_duration(named: Duration | None, *, is_limit: bool) -> Duration | None:
    """Up to the length that is ``named``, or from it on. None where that is no single length; `from 3 to 7 days` has two ends."""
    if named is None or named.is_open or not named.minimum:
        return None
    if named.minimum != named.maximum:
        return None if is_limit else named
    return replace(named, minimum=Decimal(0)) if is_limit else replace(named, is_open=True)


def _duration(minimum: Decimal | None, maximum: Decimal | None, unit: str) -> Duration | None:
    if minimum is None or maximum is None or not 0 < minimum <= maximum:
        return None
    return Duration(minimum, maximum, unit) if maximum * _HOURS[unit] <= _LONGEST else None


def _length(text: str) -> Decimal | None:
    ambiguous = _AMBIGUOUS.fullmatch(text)
    if ambiguous is not None and ambiguous[2] == ".":
        return None
    return _number(text, marks=".")


def parse_number(text: str) -> Decimal | None:
    """Read a number with a point before its decimals, such as ``2.5``, ``1.125`` or ``1 200``; None for anything else.

    ``1,200`` is None, because it can mean two things.
    """
    text = text.strip()
    ambiguous = _AMBIGUOUS.fullmatch(text)
    if ambiguous is not None:
        return Decimal(text) if ambiguous[2] == "." else None
    return _number(text, marks=".", decimals=3)


@lru_cache(maxsize=1024)
def parse_money(text: str, currency: str = "") -> Money | None:
    """Read ``495 CAD``, ``$1,250.50``, ``1.250,50 €``, ``495`` or ``free``; None where the text is something else.

    ``currency`` is that of the site, "" if it is not known or there is none: it says which one a sign such as `$` means.
    Three digits behind one comma or point are thousands, because no amount has three decimals. In the currencies that have
    them, three digits behind a point are decimals, and behind a comma they are refused. An amount with more decimals than
    its currency has is None.
    """
    text = text.strip()
    if len(text) > _MAX_LENGTH:
        return None
    if text.casefold() == _FREE:
        return Money(Decimal(0), "")
    match = _MONEY.fullmatch(text)
    if match is None:
        return None
    marks = [mark for name in ("before", "sign", "after") if (mark := match[name].strip())]
    code, sign = _currency_of(" ".join(marks), currency) if marks else ("", "")
    amount = _amount(match["amount"], code or currency)
    if amount is None or code is None:
        return None
    return Money(-amount if match["minus"] else amount, code, sign)


def _currency_of(mark: str, site_currency: str) -> tuple[str | None, str]:
    """The code that ``mark`` (a code, a sign, or both) means, and the sign where the code is not settled. None for others."""
    if is_currency_sign(mark):
        code = currency_of_sign(mark, site_currency)
        return code, "" if code else mark
    if len(mark) == 3 and mark.isascii() and mark.isalpha():
        return mark.upper(), ""
    match = _CODE_AND_SIGN.fullmatch(mark)
    if match is None:
        return None, ""
    code, sign = (match["code"] or match["code_last"]).upper(), match["sign"] or match["sign_first"]
    return (code if may_mean(sign, code) else None), ""


def _amount(text: str, currency: str) -> Decimal | None:
    if currency in THREE_DECIMALS:
        ambiguous = _AMBIGUOUS.fullmatch(text)
        if ambiguous is not None:
            return Decimal(text) if ambiguous[2] == "." else None
        return _number(text, decimals=3)
    amount = _number(text)
    decimals = 0 if currency in NO_DECIMALS else 2
    fraction = str(amount or "").partition(".")[2].rstrip("0")
    return None if len(fraction) > decimals else amount


def _number(text: str, *, marks: str = ".,", decimals: int = 2) -> Decimal | None:
    """The number that ``text`` means; None where it is none, or where it looks like a slip.

    ``marks`` are what may stand before decimals. Three digits behind the only comma or point are thousands.
    """
    if match := _GROUPED.fullmatch(text):
        is_wrong = match[2] == (match[1] or ",")
    elif match := _PLAIN.fullmatch(text):
        # Three digits are almost thousands, unless they are all that there is, as in `0.500`.
        count = len(match[3] or "")
        is_wrong = count > decimals and (match[2] == "," or count == 3) and (match[1] != "0" or count != 3)
    else:
        return None
    if is_wrong or (match[2] and match[2] not in marks):
        return None
    whole = text[: match.start(2)] if match[2] else text
    return (
        Decimal(f"{_NOT_DIGITS.sub('', whole)}.{match[3] or 0}")
        if match[2]
        else Decimal(_NOT_DIGITS.sub("", whole))
    )


def add_durations(low: Sequence[Duration], high: Sequence[Duration]) -> Duration | None:
    """The range from the sum of the minimums of ``low`` to the sum of the maximums of ``high``; None where one is empty.

    It is exact where all have the same unit. Otherwise it is ``approximate``, in the largest unit of which the sum is at
    least two. It is open where one of ``high`` is; then it is None if nothing is known of the minimums.
    """
    if not low or not high:
        return None
    is_open = any(one.is_open for one in high)
    total = _sum(low, low if is_open else high)
    if is_open:
        return replace(total, maximum=total.minimum, is_open=True) if total.minimum else None
    return total


def _sum(low: Sequence[Duration], high: Sequence[Duration]) -> Duration:
    units = {duration.unit for duration in (*low, *high)}
    if len(units) == 1:
        approximate = any(one.approximate for one in (*low, *high))
        return Duration(
            sum((one.minimum for one in low), Decimal(0)),
            sum((one.maximum for one in high), Decimal(0)),
            low[0].unit,
            approximate,
        )
    least = sum((one.minimum * _HOURS[one.unit] for one in low), Decimal(0))
    most = sum((one.maximum * _HOURS[one.unit] for one in high), Decimal(0))
    unit = next(
        (unit for unit in reversed(UNITS) if (least or most) >= 2 * _HOURS[unit]),
        min(units, key=UNITS.index),
    )
    return Duration(_rounded(least / _HOURS[unit]), _rounded(most / _HOURS[unit]), unit, approximate=True)


def _rounded(amount: Decimal) -> Decimal:
    return max(Decimal(1), amount.quantize(Decimal(1))) if amount else amount
