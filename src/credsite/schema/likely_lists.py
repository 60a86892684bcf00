"""Which values an editor meant who wrote a list in another way, or a list in place of one value.

Loaded only where there is such a mistake.
"""

from __future__ import annotations

import re
from typing import Any, Final

_SEPARATOR: Final = re.compile(r"\s*(?:[,;|+&]|(?<=[\w\s])/(?=[\w\s])|\band\b|\bor\b)\s*")
_ID: Final = re.compile(r"[\w-]+")
_BULLETS: Final = "•◦▪●‣·*–—-\uf0b7\uf0a7"
_BULLET: Final = re.compile(rf"([{re.escape(_BULLETS)}])[ \t\xa0]*(?=\S)")
_BRACKETS: Final = ("()", "{}", "[]", "<>")
_MAX_LENGTH: Final = 60


def separate_values(value: Any) -> list[str]:
    """The ids or words in a text such as ``online, hybrid``, ``(online)`` or ``online and hybrid``; [] for a sentence."""
    if isinstance(value, dict) and value and all(inner is None for inner in value.values()):
        values = [str(key) for key in value]  # from `{online, hybrid}`
    elif isinstance(value, str):
        text = value.strip()
        if text[:1] + text[-1:] in _BRACKETS:
            text = text[1:-1]
        values = [part for part in _SEPARATOR.split(text.strip()) if part]
    else:
        return []
    return values if all(_ID.fullmatch(part) for part in values) else []


def bullet_advice(value: Any) -> str:
    """What to write in place of the sign with which the first line of ``value`` begins; "" where it begins with none."""
    found = _BULLET.match(value) if isinstance(value, str) else None
    if found is None:
        return ""
    item = value[found.end() :].partition(found[1])[0].strip()[:_MAX_LENGTH]
    fault = "A space is missing after the hyphen" if found[1] == "-" else f"`{found[1]}` begins no item here"
    return f"{fault}: write `- {item}`."


def one_value(value: Any) -> str:
    """The text in a list that has no other; "" for others."""
    return value[0] if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) else ""
