"""Durations and amounts of money, which authors write in one line. Parsing never guesses.

Sources: ISO 8601-1:2019, 5.5.2 (durations, the ``PnW`` and ``PnYnMnDTnHnM`` forms), ISO 4217 (currency codes).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

UNITS: Final = ("minute", "hour", "day", "week", "month", "year")
_HOURS: Final = {"minute": Decimal(1) / 60, "hour": Decimal(1), "day": Decimal(24), "week": Decimal(168),
                 "month": Decimal(730), "year": Decimal(8760)}  # fmt: skip
_ISO_UNITS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}

_DURATION: Final = re.compile(
    r"""(?P<minimum>\d{1,9}(?:\.\d{1,6})?)
        (?:\s*(?:-|–|to)\s*(?P<maximum>\d{1,9}(?:\.\d{1,6})?))?
        \s*(?P<unit>minute|hour|day|week|month|year)s?""",
    re.VERBOSE | re.IGNORECASE,
)
_ISO: Final = re.compile(r"P(?:(\d{1,9})([YMWD])|T(\d{1,9})([HM]))")
# Thousands are separated everywhere or nowhere, so that `495,50` is not read as 49550.
_AMOUNT: Final = r"-?(?:\d{1,12}|\d{1,3}(?:[ ,\u00a0\u202f]\d{3}){1,3})(?:\.\d{1,6})?"
_MONEY: Final = re.compile(rf"(?P<amount>{_AMOUNT})(?<!\.\d{{3}})(?:\s*(?P<currency>[A-Za-z]{{3}}))?")


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of time, or a range of it, in one unit: ``3-7 days`` is ``Duration(3, 7, "day")``.

    ``approximate`` is set where amounts of different units were added up.
    """

    minimum: Decimal
    maximum: Decimal
    unit: str
    approximate: bool = False

    @property
    def hours(self) -> tuple[Decimal, Decimal]:
        """Both ends in hours, with months of 730 and years of 8760 hours. For ordering only."""
        return self.minimum * _HOURS[self.unit], self.maximum * _HOURS[self.unit]

    def iso(self) -> str:
        """The upper end in ISO 8601, such as ``P6W`` or ``PT42H``."""
        amount = f"{self.maximum.normalize():f}"
        return (
            f"PT{amount}{self.unit[0].upper()}"
            if self.unit in ("minute", "hour")
            else f"P{amount}{self.unit[0].upper()}"
        )


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money. ``currency`` is an ISO 4217 code, or "" for that of the site. ``Money(0, "")`` is free."""

    amount: Decimal
    currency: str


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> Duration | None:
    """Read ``6 weeks``, ``3-7 days``, ``1 day`` or ``P6W``; None where the text is something else.

    The second number of a range must be the larger one, and no amount may be zero.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        amount, unit = Decimal(match[1] or match[3]), match[2] or match[4]
        name = "minute" if unit == "M" and match[4] else _ISO_UNITS[unit]
        return Duration(amount, amount, name) if amount else None
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    minimum = Decimal(match["minimum"])
    maximum = Decimal(match["maximum"] or match["minimum"])
    if not 0 < minimum <= maximum:
        return None
    return Duration(minimum, maximum, match["unit"].lower())


@lru_cache(maxsize=1024)
def parse_money(text: str) -> Money | None:
    """Read ``495 CAD``, ``1,250.50 EUR``, ``495`` or ``free``; None where the text is something else.

    The currency is ``""`` where none is written. Three decimals are refused, because half the world reads them as thousands.
    """
    text = text.strip()
    if text.lower() == "free":
        return Money(Decimal(0), "")
    match = _MONEY.fullmatch(text)
    if match is None:
        return None
    return Money(_decimal(match["amount"]), (match["currency"] or "").upper())


def parse_amount(text: str) -> Decimal | None:
    """Read a number without a currency, such as ``1495.00`` or ``1,495``; None where the text is something else."""
    text = text.strip()
    return _decimal(text) if re.fullmatch(_AMOUNT, text) else None


def _decimal(amount: str) -> Decimal:
    return Decimal(re.sub(r"[ ,\u00a0\u202f]", "", amount))


def add_durations(low: Sequence[Duration], high: Sequence[Duration]) -> Duration | None:
    """The range from the sum of the minimums of ``low`` to the sum of the maximums of ``high``; None where one is empty.

    It is exact where all have the same unit. Otherwise it is ``approximate``, in the largest unit of which the sum is at
    least two.
    """
    if not low or not high:
        return None
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
        (unit for unit in reversed(UNITS) if least >= 2 * _HOURS[unit]),
        min(units, key=UNITS.index),
    )
    return Duration(_rounded(least / _HOURS[unit]), _rounded(most / _HOURS[unit]), unit, approximate=True)


def _rounded(amount: Decimal) -> Decimal:
    return max(Decimal(1), amount.quantize(Decimal(1)))
