"""The fonts of share pictures: the one that comes with credsite, and those of the site's brand.

Every character that is drawn is known to be in the font: a picture never has the boxes that stand for missing letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from credsite.content.svg_drawing import text_measure

FONTS_FOLDER: Final = Path(__file__).parent / "fonts"
_FAMILY: Final = "Noto Sans"
_COVERED: Final = (
    "20-7E A0-24F 259 2B0-377 37A-37F 384-38A 38C 38E-3A1 3A3-3E1 3F0-52F 1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 "
    "1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE 2000-2064 2066-2071 "
    "2074-208E 2090-209C 20A0-20BF 2100-215F 2184 2189 FB00-FB06"
)
"""The characters of the font that comes with credsite: Latin, Greek and Cyrillic, as hexadecimal numbers."""
_DISPENSABLE: Final = ("So", "Sk", "Cc", "Cf", "Cn", "Co", "Cs")
"""The categories of characters without which a text still says the same: pictographs, and what is not seen at all."""
_JOINERS: Final = "\u200c\u200d"
"""They say how the letters beside them are joined, and are never seen themselves."""


@dataclass(frozen=True, slots=True)
class PictureFont:
    """A font in one weight: the name of its family, its file as bytes, and the characters that it has."""

    family: str
    weight: int
    data: bytes = field(repr=False)
    characters: Collection[int] = field(repr=False)

    def __hash__(self) -> int:
        return hash((self.family, self.weight))

    def covers(self, text: str) -> bool:
        return all(ord(character) in self.characters or character in _JOINERS for character in text)

    def width(self, text: str, size: float) -> float:
        """The width of a text in one line, at most: letters that move together are measured apart."""
        return _measure(self)(text) * size


@cache
def packaged_typeface(weight: int) -> PictureFont:
    """The font that comes with credsite, with the ``weight`` 400 or 700."""
    name = {400: "Regular", 700: "Bold"}[weight]
    return PictureFont(
        _FAMILY, weight, (FONTS_FOLDER / f"NotoSans-{name}.ttf").read_bytes(), packaged_characters()
    )


@cache
def packaged_characters() -> Collection[int]:
    """The characters of the font that comes with credsite."""
    bounds = ([int(number, 16) for number in part.split("-")] for part in _COVERED.split())
    return frozenset(number for first, *last in bounds for number in range(first, (last or [first])[0] + 1))


def chosen_typeface(text: str, typefaces: Sequence[PictureFont]) -> tuple[PictureFont, str] | None:
    """The first of ``typefaces`` that has all letters of ``text``, and what it can draw of the text. None where none has them."""
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    for typeface in typefaces:
        drawn = " ".join("".join(_without_dispensable(composed, typeface)).split())
        if drawn and typeface.covers(drawn):
            return typeface, drawn
    return None


def _without_dispensable(text: str, typeface: PictureFont) -> Iterable[str]:
    return (
        character
        for character in text
        if typeface.covers(character) or unicodedata.category(character) not in _DISPENSABLE
    )


@cache
def _measure(typeface: PictureFont) -> Callable[[str], float]:
    return text_measure(typeface.data)
