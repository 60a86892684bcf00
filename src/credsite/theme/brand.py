"""A theme as a site's brand changes it: one more stylesheet, and the site's own files among the assets.

The stylesheet sets custom properties of the theme and nothing else. It is made of values that were parsed, never of text that
an editor wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from credsite.core.hashing import combined_digest
from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.brand import Brand, Colours, Corners
from credsite.schema.config import CONFIG_FILE
from credsite.theme.loader import Theme, ThemeBrand

if TYPE_CHECKING:
    from credsite.theme.palette import Clash

_CORNERS: Final[Mapping[Corners, Mapping[str, str]]] = {
    "square": {"radius": "0", "radius-small": "0", "radius-full": "0"},
    "soft": {"radius": ".5rem", "radius-small": ".25rem", "radius-full": ".5rem"},
    "round": {"radius": "1.25rem", "radius-small": ".625rem", "radius-full": "99rem"},
}
"""The custom properties of the theme for each kind of corners."""


def with_brand(theme: Theme, brand: Brand | None) -> tuple[Theme, list[Problem]]:
    """The theme with the site's brand, as far as that can be used, and what is wrong with it."""
    if brand is None:
        return theme, []
    common: dict[str, str] = dict(_CORNERS[brand.corners]) if brand.corners else {}
    dark: Mapping[str, str] = {}
    problems: list[Problem] = []
    if brand.colours is not None:
        # Loaded only where it is needed.
        from credsite.theme.palette import find_clash, make_palette

        clash = find_clash(brand.colours)
        if clash is not None:
            problems.append(_clash_problem(clash, brand.colours))
        palette = make_palette(brand.colours)
        common, dark = {**palette.light, **common}, palette.dark
    styled = ThemeBrand(_css(common, dark), common.get("deep", ""), dark.get("surface", ""))
    digest = combined_digest([theme.digest, ascii(styled)])
    return replace(theme, brand=styled, digest=digest), problems


def _css(properties: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """The stylesheet that sets custom properties, and others in the ``dark`` scheme."""
    css = _rule(properties) if properties else ""
    return f"{css}@media screen and (prefers-color-scheme: dark) {{\n{_rule(dark)}}}\n" if dark else css


def _rule(properties: Mapping[str, str]) -> str:
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in properties.items()) + "}\n"


def _clash_problem(clash: Clash, colours: Colours) -> Problem:
    front, background = getattr(colours, clash.front), getattr(colours, clash.background)
    message = (
        f"Words in `{clash.front}` ({front}) stand on `{clash.background}` ({background}) and could hardly be read: the contrast is "
        f"{clash.ratio:.1f} to 1, and WCAG AA asks for {clash.needed} to 1. The nearest colour that can be read there is "
        f'"{clash.nearest}".'
    )
    key: KeyPath = ("brand", "colours", clash.front)
    return Problem("colours-clash", message, Location(CONFIG_FILE, key=key))
