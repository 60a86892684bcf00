"""Patterns of values in one line, which editors and browsers understand too (ECMA-262, without flags).

They help while somebody types. Whatever the documentation allows matches, but a text that matches may still be wrong, such
as a day that the calendar does not have.
"""

from __future__ import annotations

from typing import Final


def _in_any_case(word: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)


def _full_line(pattern: str) -> str:
    return rf"^\s*(?:{pattern})\s*$"


_DAY: Final = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_TIME: Final = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::00)?"
_SEPARATOR: Final = r"[ ,'\u00a0\u2007\u2009\u202f\u2019]"
_NUMBER: Final = rf"(?:\d{{1,9}}|\d{{1,3}}(?:{_SEPARATOR}\d{{2,3}}){{1,5}})(?:[.,]\d{{1,6}})?"
_UNITS: Final = "|".join(map(_in_any_case, ("minute", "hour", "day", "week", "month", "year")))
_AMOUNT: Final = rf"(?:\d{{1,12}}|\d{{1,3}}(?:(?:{_SEPARATOR}|\.)\d{{2,3}}){{1,5}})(?:[.,]\d{{1,6}})?"
_CURRENCY: Final = r"[^\s\d,'\-][^\d,'\-]{0,7}"
_OPEN: Final = "|".join(
    r"\s+".join(map(_in_any_case, words.split())) for words in ("up to", "at most", "from", "at least")
)
_YES_OR_NO: Final = "|".join(
    map(_in_any_case, ("true", "false", "yes", "no", "on", "off", "t", "f", "y", "n"))
)
_VIDEO_SUFFIXES: Final = f"{_in_any_case('mp')}4|{_in_any_case('webm')}"
_SCHEMES: Final = "|".join(map(_in_any_case, ("mailto", "tel")))

DATE: Final = _full_line(_DAY)
MOMENT: Final = _full_line(rf"{_DAY}(?:[T ]\d\d:\d\d[^\s]*)?")
TIME: Final = _full_line(_TIME)
LOCAL_MOMENT: Final = _full_line(rf"{_DAY}(?:[T ]{_TIME})?")
MEETING: Final = _full_line(rf".*[a-zA-Z].*?{_TIME}\s*(?:-|–|—|to|until)\s*{_TIME}.*")
DURATION: Final = _full_line(
    rf"(?:(?:{_OPEN})\s+)?{_NUMBER}(?:\s*(?:-|–|[Tt][Oo])\s*{_NUMBER})?\s*(?:{_UNITS})[Ss]?|P(?:\d{{1,9}}[YMWD]|T\d{{1,9}}[HM])"
)
PRICE: Final = _full_line(
    rf"{_in_any_case('free')}|(?:{_CURRENCY}\s*)?{_AMOUNT}(?:[.,][-\u2013\u2014]+)?(?:\s*{_CURRENCY})?"
)
AMOUNT: Final = _full_line(rf"(?:{_CURRENCY}\s*)?{_AMOUNT}(?:\s*{_CURRENCY})?")
NUMBER: Final = _full_line(rf"-?{_NUMBER}")
WHOLE_NUMBER: Final = _full_line(r"[-+]?\d+")
YES_OR_NO: Final = _full_line(f"{_YES_OR_NO}|0|1")
WEB_ADDRESS: Final = _full_line(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s?#]+")
SITE_ADDRESS: Final = _full_line(
    r"[Hh][Tt][Tt][Pp][Ss]?://[^\s?#/@]+(?:/(?!(?:\.|%2[eE]){1,2}(?:/|\s*$))[^\s?#/]*)*"
)
WEB_PAGE: Final = _full_line(r"[Hh][Tt][Tt][Pp][Ss]?://\S+")
VIDEO: Final = _full_line(rf"[Hh][Tt][Tt][Pp][Ss]?://\S+|/[^/\\].*\.(?:{_VIDEO_SUFFIXES})(?:[?#].*)?")
URL: Final = _full_line(rf"[Hh][Tt][Tt][Pp][Ss]?://\S+|(?:{_SCHEMES}):\S+")
LINK_TARGET: Final = _full_line(
    rf"[a-z0-9]+(?:-[a-z0-9]+)*|[a-z]+:[a-z0-9]+(?:-[a-z0-9]+)*(?:#\S+)?|/\S*|[Hh][Tt][Tt][Pp][Ss]?://\S+|(?:{_SCHEMES}):\S+"
)
EMAIL: Final = _full_line(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
ALIAS: Final = _full_line(r"/(?:[^\s?#/\\]+/)*[^\s?#/\\]*")
LANGUAGE: Final = _full_line(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?:-[A-Za-z0-9]{5,8})*")
GIT_BRANCH: Final = _full_line(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")
GIT_REMOTE: Final = _full_line(r"[A-Za-z0-9_./~][A-Za-z0-9_.~/:@%+-]*")
RSYNC_TARGET: Final = _full_line(
    r"(?:[A-Za-z0-9_.-]+@)?[A-Za-z0-9_][A-Za-z0-9_.-]*:[A-Za-z0-9_./+@%,=-]+|\.{0,2}/[^:]*"
)
SIZE: Final = _full_line(r"\d{1,12}(?:\.\d+)?\s*(?:B|kB|KB|MB|GB)?")
CTID: Final = _full_line(r"ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COLOUR: Final = _full_line(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
