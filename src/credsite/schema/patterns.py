"""What values in one line look like, as patterns that editors and browsers understand too (ECMA-262, without flags).

They are for help while somebody types: a text that a pattern lets through may still be wrong, such as a day that the
calendar does not have. One that is written as the documentation says is never stopped.
"""

from __future__ import annotations

from typing import Final


def _any_case(word: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)


def _whole(pattern: str) -> str:
    return rf"^\s*(?:{pattern})\s*$"


_DAY: Final = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_NUMBER: Final = r"\d{1,9}(?:\.\d{1,6})?"
_UNITS: Final = "|".join(map(_any_case, ("minute", "hour", "day", "week", "month", "year")))
_AMOUNT: Final = r"(?:\d{1,12}|\d{1,3}(?:[ ,\u00a0\u202f]\d{3}){1,3})"
_YES_OR_NO: Final = "|".join(map(_any_case, ("true", "false", "yes", "no", "on", "off", "t", "f", "y", "n")))
_SCHEMES: Final = "|".join(map(_any_case, ("mailto", "tel")))

DATE: Final = _whole(_DAY)
MOMENT: Final = _whole(rf"{_DAY}(?:[T ]\d\d:\d\d[^\s]*)?")
DURATION: Final = _whole(
    rf"{_NUMBER}(?:\s*(?:-|–|[Tt][Oo])\s*{_NUMBER})?\s*(?:{_UNITS})[Ss]?|P(?:\d{{1,9}}[YMWD]|T\d{{1,9}}[HM])"
)
PRICE: Final = _whole(rf"{_any_case('free')}|{_AMOUNT}(?:\.(?:\d\d?|\d{{4,6}}))?(?:\s*[A-Za-z]{{3}})?")
AMOUNT: Final = _whole(rf"{_AMOUNT}(?:\.\d{{1,6}})?")
WHOLE_NUMBER: Final = _whole(r"[-+]?\d+")
YES_OR_NO: Final = _whole(f"{_YES_OR_NO}|0|1")
WEB_ADDRESS: Final = _whole(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s?#]+")
URL: Final = _whole(rf"[Hh][Tt][Tt][Pp][Ss]?://\S+|(?:{_SCHEMES}):\S+")
EMAIL: Final = _whole(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
ALIAS: Final = _whole(r"/(?:[A-Za-z0-9._~-]+/)*[A-Za-z0-9._~-]*")
LANGUAGE: Final = _whole(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-[A-Za-z0-9]{5,8})*")
SIZE: Final = _whole(r"\d{1,12}(?:\.\d+)?\s*(?:B|kB|KB|MB|GB)?")
CTID: Final = _whole(r"ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
