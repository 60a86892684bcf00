"""What counts as left out: a key without a value, or with nothing in it that anybody could see."""

from __future__ import annotations

import re
from typing import Any, Final

from credsite.core.text import INVISIBLE

_VISIBLE: Final = re.compile(f"[^\\s{INVISIBLE}\u115f\u1160\u2800\u3164]")
"""Anything but spaces of all kinds, characters that nobody sees, and the blanks of Korean and Braille."""


def is_blank(text: str) -> bool:
    """Whether nobody could see anything of ``text``."""
    # The first test is quick, and enough for nearly all texts.
    return not text or (not text[0].isalnum() and _VISIBLE.search(text) is None)


def is_empty(value: Any) -> bool:
    """Whether ``value``, as the YAML loader gives it, says nothing: no text, no item, or a block of such values."""
    if isinstance(value, str):
        return is_blank(value)
    if isinstance(value, dict):
        # A step of which only the list of courses is empty has been begun.
        is_begun = value and all(isinstance(inner, list) for inner in value.values())
        return not is_begun and all(map(is_left_out, value.values()))
    if isinstance(value, list):
        return all(map(is_left_out, value))
    return value is None


def is_left_out(value: Any) -> bool:
    """Whether an item of a list, or a value in a block, counts as left out.

    One that is not there at all, as behind a hyphen or in ``{amount:95}``, does not: it looks like a slip.
    """
    return is_blank(value) if isinstance(value, str) else value is not None and is_empty(value)


def without_empty_items(value: Any) -> Any:
    """``value`` without the items of lists, at any depth, that count as left out."""
    if isinstance(value, dict):
        return {key: without_empty_items(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_empty_items(item) for item in value if not is_left_out(item)]
    return value
