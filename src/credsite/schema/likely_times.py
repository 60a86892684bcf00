"""What is wrong with a time of day, in plain words, and which time was probably meant.

Loaded only where there is such a problem. Every function gives a message and a suggestion, which is "" where the intention
is not clear.
"""

from __future__ import annotations

import re
from typing import Final

from credsite.schema.likely_values import MAX_LENGTH, Advice, date_advice

_HALF_OF_DAY: Final = r"([ap])\.?\s*m\.?"
_TIME: Final = re.compile(
    rf"(\d{{1,2}})(?:\s*[:.h]\s*([0-5]\d)|\s*(?:h|uhr|o'clock))?\s*(?:{_HALF_OF_DAY}|h|uhr|hrs?)?",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_WORDS: Final = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_WITH_ZONE: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d{1,2}:[0-5]\d)(?::\d\d(?:\.\d+)?)?\s*(?:Z|UTC|GMT|[A-Z]{2,5}|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_DAYS_AND_TIMES: Final = re.compile(
    r"(\D*[^\W\d_])\W*\s(\d[^-–—]*?)\s*(?:-|–|—|\bto\b|\buntil\b)\s*(\d[^-–—]*)", re.IGNORECASE
)
_HALF_AT_END: Final = re.compile(rf"{_HALF_OF_DAY}\s*$", re.IGNORECASE)
_DAY_AND_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:T|\s*,?\s+(?:at\s+)?)(.+)", re.IGNORECASE)


def time_advice(text: str) -> Advice:
    """For a time of day that is none."""
    if len(text) > MAX_LENGTH:
        return f"`{text[:20]} …` is not a time. Write hours and minutes, such as 18:30.", ""
    return (
        f"`{text}` is not a time. Write hours and minutes from 00:00 to 23:59, such as 18:30.",
        likely_time(text),
    )


def likely_time(text: str) -> str:
    """The time that ``text`` means, as 18:30; "" where that is not clear."""
    text = text.strip()
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    if match := _DIGITS.fullmatch(text):
        return f"{match[1]}:{match[2]}"
    match = _TIME.fullmatch(text)
    if match is None or match[0].isdigit():
        return ""
    hour, half = int(match[1]), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{match[2] or '00'}" if hour < 24 else ""


def moment_advice(text: str) -> Advice:
    """For what is neither a date nor a date and time."""
    if len(text) > MAX_LENGTH:
        return date_advice(text)
    if match := _WITH_ZONE.fullmatch(text):
        message = (
            f"`{text}` says more than the day and the time on the clock. Write it without seconds and without a time zone: "
            "that is `timezone` in credsite.yaml."
        )
        return message, f"{match[1]} {match[2]}"
    if match := _DAY_AND_TIME.fullmatch(text):
        likely = likely_time(match[2])
        message = f"`{text}` is not a date or a date and time. Write 2027-01-31, or 2027-01-31 18:30."
        return message, f"{match[1]} {likely}" if likely else ""
    return date_advice(text)


def meeting_advice(text: str) -> Advice:
    """For the line of a meeting that does not give days and two times."""
    if len(text) > MAX_LENGTH:
        text, likely = f"{text[:20]} …", ""
    else:
        likely = _likely_meeting(text)
    message = f"`{text}` does not say on which days it is, and from when to when. Write `Mondays and Wednesdays 18:00-20:00`."
    return message, likely


def _likely_meeting(text: str) -> str:
    """The meeting that `Mondays 6-8 pm` means, as `Mondays 18:00-20:00`; "" where that is not clear."""
    match = _DAYS_AND_TIMES.fullmatch(text.strip())
    if match is None:
        return ""
    days, first, last = match.groups()
    until = likely_time(last)
    written = [first]
    if not _HALF_AT_END.search(first) and (half := _HALF_AT_END.search(last)):
        # In "10-12 pm", the first time is in the morning although only the second says its half of the day.
        written = [f"{first} {half[0]}", f"{first} am"]
    for begins in filter(None, map(likely_time, written)):
        if begins < until:
            return f"{days} {begins}-{until}"
    return ""
