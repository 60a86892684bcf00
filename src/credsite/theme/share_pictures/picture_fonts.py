"""The fonts of share pictures: the one that comes with credsite, and those of the site's brand.

Every character that is drawn is known to be in the font: a picture never has the boxes that stand for missing letters.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from credsite.content.svg_drawing import text_measure
from credsite.content.woff2 import read_woff2
from credsite.theme.share_pictures import FONTS_FOLDER

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
    """A font: the name of its family, the weight in which it is drawn, its file, and the characters that it has."""

    family: str
    weight: int
    data: bytes = field(repr=False)
    characters: Collection[int] = field(repr=False)
    is_variable: bool = False

    def __hash__(self) -> int:
        return hash((self.family, self.weight))

    def width(self, text: str, size: float) -> float:
        """The width of a text in one line, at most: letters that move together are measured apart."""
        return _measure(self)(text) * size


@cache
def packaged_font(weight: int) -> PictureFont:
    """The font that comes with credsite, with the ``weight`` 400 or 700."""
    name = {400: "Regular", 700: "Bold"}[weight]
    return PictureFont(
        _FAMILY, weight, (FONTS_FOLDER / f"NotoSans-{name}.ttf").read_bytes(), packaged_characters()
    )


def own_font(data: bytes, family: str, weight: int) -> PictureFont | None:
    """A font of the site's in the format WOFF2; None where it cannot be read. One with several weights has any ``weight``."""
    font = read_woff2(data, family)
    return None if font is None else PictureFont(family, weight, font.data, font.characters, font.is_variable)


@cache
def packaged_characters() -> Collection[int]:
    """The characters of the font that comes with credsite."""
    bounds = ([int(number, 16) for number in part.split("-")] for part in _COVERED.split())
    return frozenset(number for first, *last in bounds for number in range(first, (last or [first])[0] + 1))


def chosen_fonts(text: str, fonts: Sequence[PictureFont]) -> tuple[tuple[PictureFont, ...], str] | None:
    """The fonts in which ``text`` can be drawn, the main one first, and what is drawn of it. None where a letter is in no font.

    That is the first of ``fonts`` that has all letters, or else several that have them together.
    """
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    for some in (*((font,) for font in fonts), tuple(fonts)):
        drawn = " ".join("".join(_without_dispensable(composed, some)).split())
        by_letter = [_font_with(letter, some) for letter in drawn if letter not in _JOINERS]
        if by_letter and None not in by_letter:
            counts = Counter(font for font in by_letter if font is not None)
            return tuple(font for font, _ in counts.most_common()), drawn
    return None


def text_runs(text: str, fonts: Sequence[PictureFont]) -> list[tuple[PictureFont, str]]:
    """The parts of a text that are drawn in one font each, by the first of ``fonts`` that has their letters."""
    if len(fonts) == 1:
        return [(fonts[0], text)]
    runs: list[tuple[PictureFont, str]] = []
    for letter in text:
        last, before = runs[-1] if runs else (fonts[0], "")
        if before and (letter in _JOINERS or ord(letter) in last.characters):
            runs[-1] = (last, before + letter)
        else:
            runs.append((_font_with(letter, fonts) or last, letter))
    return runs


def _font_with(letter: str, fonts: Sequence[PictureFont]) -> PictureFont | None:
    return next((font for font in fonts if ord(letter) in font.characters), None)


def _without_dispensable(text: str, fonts: Sequence[PictureFont]) -> Iterable[str]:
    return (
        letter
        for letter in text
        if letter in _JOINERS
        or _font_with(letter, fonts) is not None
        or unicodedata.category(letter) not in _DISPENSABLE
    )


@cache
def _measure(font: PictureFont) -> Callable[[str], float]:
    return text_measure(font.data)
