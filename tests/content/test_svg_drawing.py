"""SVGs with words are drawn with the fonts that are given, and with no others."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from credsite.content.svg_drawing import drawn_svg, text_measure
from credsite.theme.share_pictures.picture_fonts import packaged_font

FONT = packaged_font(700).data
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
<rect width="40" height="20" fill="#fff"/><text y="15" font-family="Noto Sans">W</text></svg>"""


def is_blank(png: bytes) -> bool:
    with Image.open(BytesIO(png)) as picture:
        assert (picture.size, picture.mode) == ((40, 20), "P")
        return len(picture.convert("RGB").getcolors() or ()) == 1


def test_words_are_drawn_with_the_given_fonts() -> None:
    assert not is_blank(drawn_svg(SVG, 40, 20, [FONT]))


def test_without_fonts_no_words_are_drawn() -> None:
    assert is_blank(drawn_svg(SVG, 40, 20, []))


def test_what_is_no_svg_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"SVG|parsed|node"):
        drawn_svg("<p>no picture", 40, 20, [])


def test_a_text_is_as_wide_as_its_letters() -> None:
    measure = text_measure(FONT)
    assert measure("") == 0
    assert measure("WW") == pytest.approx(2 * measure("W"))
    assert measure("WW") > measure("ii")
