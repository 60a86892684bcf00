"""What the share pictures of a site have in common: the theme's template and colours, the site's logo, the fonts.

All of that goes into the name of each picture, so that one that has been shared is never changed behind its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from credsite.core.code_version import library_release
from credsite.core.hashing import combined_digest, digest, file_digest
from credsite.schema.brand import FONT_SUFFIX
from credsite.theme.loader import Theme, read_theme_bytes
from credsite.theme.share_pictures import FONTS_FOLDER
from credsite.theme.tokens import light_values

TEMPLATE: Final = "share-picture.svg"
"""The template of a theme. It can include others whose names end alike."""
SUFFIX: Final = ".svg"
_LENGTH: Final = re.compile(r"(\d*\.?\d+)(px|rem|em)?")
_PIXELS: Final[Mapping[str, float]] = {"rem": 16, "em": 16}
_COLOUR: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_COLOURS: Final[Mapping[str, str]] = {
    "paper": "#fdfcf9",
    "ink": "#14232b",
    "soft": "#45565f",
    "accent-soft": "#e2eeed",
    "accent-ink": "#0f4c5c",
    "warm": "#e4694a",
    "sun": "#f2b544",
    "leaf": "#5f9b6b",
    "deep": "#0f4c5c",
    "on-deep": "#ffffff",
    "on-deep-soft": "#cfe3e1",
}
"""The colours that a theme has to have as plain ones. Where it has other notations, all of these are used."""
_LIBRARIES: Final = ("brotli", "fonttools", "pillow", "resvg_py")


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture that stands for the site: an SVG or a PNG of ``width`` by ``height`` pixels."""

    data: bytes = field(repr=False)
    is_svg: bool
    width: int
    height: int
    has_name: bool


@dataclass(frozen=True, slots=True)
class Design:
    """The look of the share pictures of a site.

    ``colours`` has those of light screens by the names of the theme's custom properties. ``corner`` and ``label_corner`` are
    the roundness of cards and of labels in the theme's pixels. ``fonts`` are the site's own in the format WOFF2, by names such as
    ``text-bold``. ``digest`` stands for all that pictures have in common; it is "" for a theme that has no template for them.
    """

    theme: Theme
    colours: Mapping[str, str]
    corner: float
    label_corner: float
    logo: Logo | None
    fonts: Mapping[str, bytes]
    digest: str


@lru_cache(maxsize=4)
def load_design(theme: Theme) -> Design:
    """The design of a theme with the site's brand. ThemeError where a file of the theme cannot be read."""
    values = light_values(theme)
    colours = {name: value for name, value in values.items() if _COLOUR.fullmatch(value)}
    if not colours.keys() >= _COLOURS.keys():
        colours = {**colours, **_COLOURS}
    corner, label_corner = _pixels(values.get("radius", "")), _pixels(values.get("radius-full", ""))
    logo = _logo(theme)
    templates = _templates(theme)
    if TEMPLATE not in templates:
        return Design(theme, colours, corner, label_corner, logo, {}, "")
    parts = [*map(digest, templates.values()), ascii(sorted(colours.items())), f"{corner} {label_corner}"]
    parts += (digest(logo.data), ascii(logo)) if logo else ()
    fonts = _fonts(theme)
    parts += (part for name, data in fonts.items() for part in (name, digest(data)))
    return Design(
        theme, colours, corner, label_corner, logo, fonts, combined_digest([*parts, _means_digest()])
    )


def _templates(theme: Theme) -> dict[str, bytes]:
    """The templates from which pictures are drawn, by name, and those of its ancestors that a theme can include."""
    found: dict[str, bytes] = {}
    for name in theme.files("templates"):
        if name.endswith(SUFFIX):
            files = [folder.path / "templates" / name for folder in theme.ancestry]
            found[name] = b"".join(read_theme_bytes(file) for file in files if file.is_file())
    return found


@lru_cache(maxsize=1)
def _means_digest() -> str:
    """A digest of what pictures are drawn with: this package with its fonts, and the libraries."""
    # In place of the fonts: it has their checksums.
    files = [*sorted(Path(__file__).parent.glob("*.py")), FONTS_FOLDER / "README.md"]
    return combined_digest([*map(file_digest, map(str, files)), *map(library_release, _LIBRARIES)])


def _fonts(theme: Theme) -> dict[str, bytes]:
    """The site's own fonts by names such as ``text-bold``. Slanted ones are not used."""
    named = ((PurePosixPath(name), data) for name, data in theme.brand.files)
    return {
        path.stem: data for path, data in named if path.suffix == FONT_SUFFIX and "italic" not in path.stem
    }


def _logo(theme: Theme) -> Logo | None:
    """The logo of the brand, or else the theme's small picture for browser tabs, if it has one."""
    brand, files = theme.brand, dict(theme.brand.files)
    if brand.logo is not None:
        one = brand.logo
        return Logo(files[one.name], one.name.endswith(SUFFIX), one.width, one.height, brand.logo_has_name)
    data = files.get(brand.mark)
    if data is None:
        path = theme.files("assets").get(brand.mark)
        data = read_theme_bytes(path) if path is not None else None
    return Logo(data, brand.mark.endswith(SUFFIX), 1, 1, has_name=False) if data is not None else None


def _pixels(length: str) -> float:
    match = _LENGTH.fullmatch(length.strip())
    return float(match[1]) * _PIXELS.get(match[2] or "", 1) if match else 0.0
