"""A site's fonts are read from WOFF2, and damaged ones are not."""

from __future__ import annotations

from io import BytesIO

from fontTools.ttLib import TTFont

from credsite.content.woff2 import read_woff2
from credsite.theme.share_pictures.picture_fonts import packaged_characters
from tests.support.fonts import packaged_as_woff2, woff2


def test_a_font_is_found_by_the_name_that_it_gets() -> None:
    font = read_woff2(packaged_as_woff2(400), "own-text")
    assert font is not None
    assert (set(font.characters), font.is_variable) == (set(packaged_characters()), False)
    read = TTFont(BytesIO(font.data))
    assert read["name"].getBestFamilyName() == "own-text"
    assert read.flavor is None


def test_a_damaged_font_is_none() -> None:
    assert read_woff2(woff2(10), "own") is None
    assert read_woff2(packaged_as_woff2(400)[:-100], "own") is None
