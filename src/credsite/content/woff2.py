"""Fonts of a site in the format WOFF2, made into what libraries that draw can read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

_FAMILY_NAMES: Final = (1, 16)
"""The names of the family in a font. Source: https://learn.microsoft.com/typography/opentype/spec/name#name-ids"""


@dataclass(frozen=True, slots=True)
class ReadFont:
    """A font as TrueType or OpenType, the characters that it has, and whether it has several weights."""

    data: bytes = field(repr=False)
    characters: Collection[int] = field(repr=False)
    is_variable: bool


def read_woff2(data: bytes, family: str) -> ReadFont | None:
    """The font with another name for its family, so that it is found by that; None where it cannot be read."""
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(BytesIO(data))
        for name in font["name"].names:
            if name.nameID in _FAMILY_NAMES:
                name.string = family
        font.flavor = None
        written = BytesIO()
        font.save(written)
        return ReadFont(written.getvalue(), frozenset(font.getBestCmap() or ()), "fvar" in font)
    except Exception:  # noqa: BLE001 - a damaged font can make the library raise nearly anything
        return None
