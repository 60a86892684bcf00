"""A theme as a site's brand changes it: one more stylesheet, and the site's own files among the assets.

The stylesheet sets custom properties of the theme and declares fonts, and does nothing else. It is made of values that were
parsed, never of text that an editor wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from credsite.content.brand_files import BrandFiles
from credsite.core.hashing import combined_digest, digest
from credsite.problems.model import Location, Problem
from credsite.schema.brand import NO_HERO, Brand, Colours, Corners
from credsite.schema.config import CONFIG_FILE, Config
from credsite.theme.drawings import mark_svg
from credsite.theme.loader import BrandPicture, Theme, ThemeBrand
from credsite.theme.site_icons import WEB_MANIFEST, site_icons, web_manifest

if TYPE_CHECKING:
    from credsite.theme.palette import Clash

_CORNERS: Final[Mapping[Corners, Mapping[str, str]]] = {
    "square": {"radius": "0", "radius-small": "0", "radius-full": "0"},
    "soft": {"radius": ".5rem", "radius-small": ".25rem", "radius-full": ".5rem"},
    "round": {"radius": "1.25rem", "radius-small": ".625rem", "radius-full": "99rem"},
}
"""The custom properties of the theme for each kind of corners."""
_WHITE: Final = "#ffffff"
_FALLBACKS: Final[Mapping[str, str]] = {"text": "sans-serif", "display": "serif"}
"""What stands behind the site's own fonts where the editor names nothing."""


@dataclass(slots=True)
class _Changes:
    """What the parts of a brand add to the theme: custom properties for both schemes and for the dark one, and the rest."""

    properties: dict[str, str] = field(default_factory=dict)
    dark: dict[str, str] = field(default_factory=dict)
    font_faces: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    preloads: list[str] = field(default_factory=list)

    def add_file(self, stem: str, path: str, data: bytes) -> str:
        """Make the file at ``path`` an asset, and return its name. Its own name is not published."""
        name = f"brand/{stem}{PurePosixPath(path).suffix.lower()}"
        self.files[name] = data
        return name

    def stylesheet(self) -> str:
        css = "".join(self.font_faces)
        if self.properties:
            css += _rule(self.properties)
        if self.dark:
            css += f"@media screen and (prefers-color-scheme: dark) {{\n{_rule(self.dark)}}}\n"
        return css


def with_brand(theme: Theme, settings: Config, files: BrandFiles) -> tuple[Theme, list[Problem]]:
    """The theme with the site's brand, as far as that can be used, and what is wrong with it."""
    brand = settings.brand
    if brand is None:
        return theme, []
    changes = _Changes(dict(_CORNERS[brand.corners]) if brand.corners else {})
    problems = list(_add_colours(changes, brand.colours)) if brand.colours else []
    _add_fonts(changes, brand, files)
    styled = ThemeBrand(
        light_colour=changes.properties.get("deep", ""),
        dark_colour=changes.dark.get("surface", ""),
        logo=_picture(changes, files, "logo"),
        logo_has_name=brand.logo_has_name,
        hero=_picture(changes, files, "hero"),
        has_drawing=brand.hero != NO_HERO,
        preloads=tuple(changes.preloads),
    )
    styled = _with_icons(styled, changes, settings, files)
    styled = replace(styled, stylesheet=changes.stylesheet(), files=tuple(changes.files.items()))
    return replace(theme, brand=styled, digest=_digest(theme, styled)), problems


def _digest(theme: Theme, brand: ThemeBrand) -> str:
    """The digest of the theme with the brand."""
    rest = replace(brand, files=(), icons=())
    parts = [part for name, data in brand.files for part in (name, digest(data))]
    return combined_digest([theme.digest, ascii(rest), *parts, *(one.path for one in brand.icons)])


def _with_icons(brand: ThemeBrand, changes: _Changes, settings: Config, files: BrandFiles) -> ThemeBrand:
    """The brand with its icons: from the icon, from the logo, or from a mark in its colours."""
    ground = _WHITE
    source = files.get(("brand", "icon"))
    if source is not None:
        mark = changes.add_file("icon", source.path, source.data)
    elif brand.logo is not None:
        mark = brand.logo.name
    elif changes.properties.get("deep"):
        ground = changes.properties["deep"]
        tones = [changes.properties[name] for name in ("on-deep", "sun-ink", "on-deep-soft")]
        mark = changes.add_file("mark", "mark.svg", mark_svg(settings.title, ground, tones))
    else:
        return brand
    icons = site_icons(changes.files[mark], is_svg=mark.endswith(".svg"), ground=ground)
    base_path = urlsplit(settings.base_url).path
    changes.files[WEB_MANIFEST] = web_manifest(
        settings.title,
        settings.language,
        base_path,
        icons,
        colour=brand.light_colour or ground,
        ground=ground,
    )
    return replace(brand, mark=mark, icons=icons)


def _rule(properties: Mapping[str, str]) -> str:
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in properties.items()) + "}\n"


def _add_colours(changes: _Changes, colours: Colours) -> Iterator[Problem]:
    # Loaded only where it is needed.
    from credsite.theme.palette import find_clash, make_palette

    palette = make_palette(colours)
    changes.properties.update(palette.light)
    changes.dark.update(palette.dark)
    clash = find_clash(colours)
    if clash is not None:
        yield _clash_problem(clash, colours)


def _clash_problem(clash: Clash, colours: Colours) -> Problem:
    front, background = getattr(colours, clash.front), getattr(colours, clash.background)
    message = (
        f"Words in `{clash.front}` ({front}) stand on `{clash.background}` ({background}) and could hardly be read: the contrast is "
        f"{clash.ratio:.1f} to 1, and WCAG AA asks for {clash.needed} to 1. The nearest colour that can be read there is "
        f'"{clash.nearest}".'
    )
    return Problem("colours-clash", message, Location(CONFIG_FILE, key=("brand", "colours", clash.front)))


def _add_fonts(changes: _Changes, brand: Brand, files: BrandFiles) -> None:
    """Set the fonts, and declare those that are files of the site."""
    for use, fallback in _FALLBACKS.items():
        typeface = getattr(brand.fonts, use, None)
        if typeface is None:
            continue
        if typeface.stack is not None:
            from credsite.theme.font_stacks import FONT_STACKS

            fallback = FONT_STACKS[typeface.stack]
        family = f"brand-{use}"
        own = {style: file for style in typeface.files if (file := files.get(("brand", "fonts", use, style)))}
        for style, file in own.items():
            name = changes.add_file(f"{use}-{style.replace('_', '-')}", file.path, file.data)
            changes.font_faces.append(_font_face(family, style, name, is_variable=file.is_variable))
            if style == "regular":
                changes.preloads.append(name)
        changes.properties[use] = f"{family}, {fallback}" if own else fallback


def _font_face(family: str, style: str, name: str, *, is_variable: bool) -> str:
    weight = "100 900" if is_variable else "700" if "bold" in style else "400"
    slant = "italic" if "italic" in style else "normal"
    return (
        f'@font-face {{\n  font-family: {family};\n  src: url("{name}") format("woff2");\n  font-weight: {weight};\n'
        f"  font-style: {slant};\n  font-display: swap;\n}}\n"
    )


def _picture(changes: _Changes, files: BrandFiles, key: str) -> BrandPicture | None:
    """The picture at ``key`` of the brand, with the one for dark screens, or None where there is none that can be used."""
    file, dark = files.get(("brand", key)), files.get(("brand", f"{key}_dark"))
    if file is None:
        return None
    name = changes.add_file(key, file.path, file.data)
    dark_name = changes.add_file(f"{key}-dark", dark.path, dark.data) if dark else ""
    return BrandPicture(name, file.width, file.height, dark_name)
