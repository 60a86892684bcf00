"""What share pictures have in common, and the digest that stands for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.content.brand_files import BrandFile
from credsite.core.hashing import digest
from credsite.schema.config import Config
from credsite.theme.brand import with_brand
from credsite.theme.loader import Theme, load_theme
from credsite.theme.share_pictures import design as design_module
from credsite.theme.share_pictures.design import Design, load_design
from tests.theme.conftest import LoadTheme, MakeTheme

CHILD = "extends: default\nstylesheets: [child.css]"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"/>'


def branded(theme: Theme, picture: bytes = b"", **brand: object) -> Design:
    config = Config.model_validate({"title": "Courses", "base_url": "https://a.example/", "brand": brand})
    files = (
        {("brand", "logo"): BrandFile("brand/logo.svg", picture, digest(picture), 40, 20)} if picture else {}
    )
    found, problems = with_brand(theme, config, files)
    assert problems == []
    return load_design(found)


def test_the_default_theme_has_the_colours_that_stand_in_for_others(design: Design) -> None:
    assert design_module._COLOURS.items() <= design.colours.items()
    assert (design.corner, design.label_corner) == (10, 1584)
    assert design.logo is not None
    assert not design.logo.has_name


def test_a_brand_changes_colours_corners_and_logo(tmp_path: Path, design: Design) -> None:
    theme = load_theme("default", tmp_path)
    one = branded(
        theme,
        LOGO,
        colours={"accent": "#7a1f3d"},
        corners="square",
        logo_has_name=True,
        logo="brand/logo.svg",
    )
    assert (one.colours["deep"], one.corner, one.label_corner) == ("#7a1f3d", 0, 0)
    assert one.logo is not None
    assert (one.logo.data, one.logo.is_svg, one.logo.has_name) == (LOGO, True, True)
    others = [
        design,
        branded(theme, colours={"accent": "#7a1f3d"}),
        branded(theme, corners="square"),
        branded(theme, LOGO, logo="brand/logo.svg"),
        branded(theme, LOGO, logo="brand/logo.svg", logo_has_name=True),
    ]
    assert len({one.digest for one in (one, *others)}) == 6


def test_a_theme_changes_the_digest_only_with_what_is_drawn(
    make_theme: MakeTheme, load: LoadTheme, design: Design
) -> None:
    files = {"assets/child.css": "p { margin: 0 }", "templates/base.html": "other"}
    make_theme("same", CHILD, files)
    assert load_design(load("same")).digest == design.digest
    make_theme("coloured", CHILD, {**files, "assets/child.css": ":root { --deep: #123456 }"})
    make_theme("drawn", CHILD, {**files, "templates/share-picture.svg": "<svg/>"})
    make_theme("part", CHILD, {**files, "templates/parts/sea.svg": "<svg/>"})
    digests = {load_design(load(name)).digest for name in ("same", "coloured", "drawn", "part")}
    assert len(digests) == 4


def test_colours_that_only_browsers_know_are_replaced_together(
    make_theme: MakeTheme, load: LoadTheme
) -> None:
    make_theme("modern", CHILD, {"assets/child.css": ":root { --deep: oklch(40% .1 20); --ink: #ff0000 }"})
    colours = load_design(load("modern")).colours
    assert (colours["deep"], colours["ink"]) == ("#0f4c5c", "#14232b")


def test_a_theme_without_a_template_has_no_pictures(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", "stylesheets: []", {})
    assert load_design(load("plain")).digest == ""


@pytest.mark.parametrize(
    ("length", "pixels"), [(".5rem", 8), ("12px", 12), ("0", 0), ("1.25rem", 20), ("50%", 0), ("", 0)]
)
def test_lengths(length: str, pixels: float) -> None:
    assert design_module._pixels(length) == pixels


def test_fonts_of_the_site_are_known_by_their_use_and_style(tmp_path: Path) -> None:
    keys = {("text", "regular"): b"1", ("text", "italic"): b"2", ("display", "regular"): b"3"}
    files = {
        ("brand", "fonts", *key): BrandFile("brand/a.woff2", data, digest(data)) for key, data in keys.items()
    }
    fonts = {"text": {"regular": "brand/a.woff2", "italic": "brand/a.woff2"}, "display": "brand/a.woff2"}
    config = Config.model_validate(
        {"title": "A", "base_url": "https://a.example/", "brand": {"fonts": fonts}}
    )
    default = load_theme("default", tmp_path)
    one = load_design(with_brand(default, config, files)[0])
    assert one.fonts == {"text-regular": b"1", "display-regular": b"3"}
    other = BrandFile("brand/a.woff2", b"4", digest(b"4"))
    files[("brand", "fonts", "text", "regular")] = other
    assert load_design(with_brand(default, config, files)[0]).digest != one.digest
