"""Colours, OKLCH and contrast, compared with published values."""

from __future__ import annotations

import math

import pytest

from credsite.core.colours import HEX, Oklch, contrast, normal_hex, to_hex, to_oklch


@pytest.mark.parametrize(
    ("colour", "lightness", "chroma", "degrees"),
    [("#ff0000", 0.628, 0.2577, 29.23), ("#00ff00", 0.8664, 0.2948, 142.5), ("#0000ff", 0.452, 0.3132, 264.05),
     ("#808080", 0.5999, 0, None), ("#663399", 0.4403, 0.1603, 303.37)],
)  # fmt: skip
def test_colours_have_the_coordinates_of_css_color_4(
    colour: str, lightness: float, chroma: float, degrees: float | None
) -> None:
    found = to_oklch(colour)
    assert found.lightness == pytest.approx(lightness, abs=0.001)
    assert found.chroma == pytest.approx(chroma, abs=0.001)
    if degrees is not None:
        assert math.degrees(found.hue) % 360 == pytest.approx(degrees, abs=0.1)


def test_every_colour_comes_back() -> None:
    colours = [f"#{number:06x}" for number in range(0, 1 << 24, 65_521)]
    assert [to_hex(to_oklch(colour)) for colour in colours] == colours


def test_a_colour_that_no_screen_shows_keeps_its_lightness_and_hue() -> None:
    shown = to_oklch(to_hex(Oklch(0.7, 0.4, math.radians(150))))
    assert shown.lightness == pytest.approx(0.7, abs=0.01)
    assert math.degrees(shown.hue) == pytest.approx(150, abs=1)
    assert 0.15 < shown.chroma < 0.4


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#fff000", "#fff000", 1)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_short_notations_are_the_long_ones() -> None:
    assert normal_hex("#0Af") == "#00aaff"
    assert normal_hex("#7A1F3D") == "#7a1f3d"
    assert [text for text in ("#12", "#12345", "7a1f3d", "#7a1f3g", "#1234567") if HEX.fullmatch(text)] == []
