"""Palettes: everything can be read, and the colours that the editor has chosen are there as they are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.colours import contrast, to_oklch
from credsite.schema.brand import Colours
from credsite.theme.contrast_pairs import PAIRS, TEXT_CONTRAST
from credsite.theme.loader import load_theme
from credsite.theme.palette import Tokens, find_clash, make_palette
from credsite.theme.tokens import is_colour, resolved, theme_tokens
from tests.support.paths import REPOSITORY

TOKENS = {one.name: (one.light, one.dark) for one in theme_tokens(load_theme("default", REPOSITORY))}
"""The light and the dark value of each custom property of the theme."""
HEX = st.integers(0, (1 << 24) - 1).map(lambda number: f"#{number:06x}")


def unreadable(tokens: Tokens) -> list[str]:
    """The pairs that have too little contrast."""
    return [
        f"{pair.front} {tokens[pair.front]} on {pair.background} {tokens[pair.background]}"
        for pair in PAIRS
        if contrast(tokens[pair.front], tokens[pair.background]) < pair.minimum
    ]


def test_300_accents_drawn_at_random_give_palettes_in_which_every_pair_can_be_read() -> None:
    draw = random.Random(15)
    edges = ["#000000", "#ffffff", "#ffff00", "#00ffff", "#ff00ff", "#0000ff", "#808080", "#767676"]
    for accent in [*edges, *(f"#{draw.randrange(1 << 24):06x}" for _ in range(300))]:
        palette = make_palette(Colours(accent=accent))
        assert (unreadable(palette.light), unreadable(palette.dark)) == ([], []), accent


@given(HEX, st.none() | HEX, st.none() | HEX, st.none() | HEX, st.none() | HEX)
def test_several_colours_can_be_read_too_unless_two_clash(
    accent: str, secondary: str | None, highlight: str | None, band: str | None, success: str | None
) -> None:
    colours = Colours(accent=accent, secondary=secondary, highlight=highlight, band=band, success=success)
    if find_clash(colours) is None:
        palette = make_palette(colours)
        assert (unreadable(palette.light), unreadable(palette.dark)) == ([], [])
        if highlight and band:
            assert palette.light["sun-ink"] == highlight


@pytest.mark.parametrize("accent", ["#7a1f3d", "#00827f", "#ffd500", "#808080"])
def test_the_accent_is_used_as_it_is(accent: str) -> None:
    palette = make_palette(Colours(accent=accent))
    assert palette.light["accent"] == accent
    for tokens in (palette.light, palette.dark):
        for name in ("accent", "accent-ink", "link", "focus"):
            turn = abs(to_oklch(tokens[name]).hue - to_oklch(accent).hue)
            assert to_oklch(accent).chroma < 0.01 or turn < 0.15, (name, tokens[name])


def test_a_light_accent_has_a_dark_band_and_edges_that_are_seen() -> None:
    yellow = make_palette(Colours(accent="#ffd500")).light
    assert to_oklch(yellow["deep"]).lightness < 0.3
    assert yellow["sun"] == yellow["sun-ink"] == "#ffd500"
    assert yellow["accent-edge"] == yellow["accent-ink"] != "#ffd500"
    red = make_palette(Colours(accent="#7a1f3d")).light
    assert red["deep"] == red["accent-edge"] == "#7a1f3d"


@pytest.mark.parametrize(
    ("highlight", "band"),
    [("#2a7a8c", "#0f4c5c"), ("#ffffff", "#ffffff"), ("#101010", "#000000"), ("#777777", "#777777")],
)
def test_a_clash_names_the_nearest_colour_that_can_be_read(highlight: str, band: str) -> None:
    clash = find_clash(Colours(accent="#0f4c5c", highlight=highlight, band=band))
    assert clash is not None
    assert clash[:2] == ("highlight", "band")
    assert clash.ratio == contrast(highlight, band) < TEXT_CONTRAST <= contrast(clash.nearest, band)
    assert find_clash(Colours(accent="#0f4c5c", highlight=clash.nearest, band=band)) is None


def test_a_palette_has_every_colour_of_the_theme() -> None:
    palette = make_palette(Colours(accent="#7a1f3d"))
    colours = {name.removeprefix("--") for name in TOKENS if is_colour(resolved(name, TOKENS)[0])}
    assert set(palette.light) == set(palette.dark) == colours


def test_the_colours_of_the_theme_itself_can_be_read() -> None:
    for scheme in (0, 1):
        tokens = {name.removeprefix("--"): resolved(name, TOKENS)[scheme] for name in TOKENS}
        assert unreadable(tokens) == []
