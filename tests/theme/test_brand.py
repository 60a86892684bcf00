"""A theme with a site's brand: the stylesheet, the templates, and what is wrong with a brand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

from credsite.content.brand_files import BrandFile
from credsite.core.hashing import digest
from credsite.schema.brand import FontStack
from credsite.schema.config import Config
from credsite.theme.assets import load_assets
from credsite.theme.brand import with_brand
from credsite.theme.font_stacks import FONT_STACKS
from credsite.theme.loader import BrandPicture, Theme, load_theme
from tests.theme.conftest import LoadTheme, MakeTheme


def settings(**brand: object) -> Config:
    return Config.model_validate(
        {"title": "Courses", "base_url": "https://a.example/catalogue/", "brand": brand}
    )


def branded(theme: Theme, **values: object) -> Theme:
    found, problems = with_brand(theme, settings(**values), {})
    assert problems == []
    return found


def stylesheet(theme: Theme) -> str:
    assets = load_assets(theme)
    path = assets.output_path("site.css")
    return next(file.data.decode() for file in assets.files if file.path == path)


def test_a_theme_without_a_brand_is_as_it_was(tmp_path: Path) -> None:
    theme = load_theme("default", tmp_path)
    assert with_brand(theme, settings(), {}) == (theme, [])


def test_the_brand_comes_after_the_tokens_and_before_the_rest(make_theme: MakeTheme, load: LoadTheme) -> None:
    files = {"assets/tokens.css": ":root { --accent: red; }", "assets/child.css": ":root { --accent: blue; }"}
    make_theme("plain", "stylesheets: [tokens.css, child.css]", files)
    css = stylesheet(branded(load("plain"), colours={"accent": "#7a1f3d"}, corners="square"))
    parts = [
        "--accent: red;",
        "--radius: 0;",
        "--accent: #7a1f3d;",
        "prefers-color-scheme: dark",
        "--accent: blue;",
    ]
    places = [css.index(part) for part in parts]
    assert places == sorted(places)


def test_another_brand_is_another_theme(tmp_path: Path) -> None:
    theme = load_theme("default", tmp_path)
    brands = [
        {},
        {"corners": "round"},
        {"colours": {"accent": "#7a1f3d"}},
        {"colours": {"accent": "#7a1f3e"}},
    ]
    digests = {branded(theme, **values).digest for values in brands}
    assert len(digests) == 4
    assert branded(theme, **brands[1]).digest in digests


def test_nothing_but_colours_and_lengths_stands_in_the_stylesheet(tmp_path: Path) -> None:
    theme = branded(load_theme("default", tmp_path), colours={"accent": "#7A1F3D"}, corners="soft")
    values = [
        line.partition(": ")[2] for line in theme.brand.stylesheet.splitlines() if line.startswith("  --")
    ]
    assert len(values) > 50
    assert all(re.fullmatch(r"#[0-9a-f]{6};|[0-9.]+(?:rem)?;", value) for value in values), values


def test_colours_that_clash_are_told_of_and_derived_all_the_same(tmp_path: Path) -> None:
    colours = {"accent": "#0f4c5c", "band": "#0f4c5c", "highlight": "#2a7a8c"}
    theme, problems = with_brand(load_theme("default", tmp_path), settings(colours=colours), {})
    assert [(one.code, one.location.key) for one in problems] == [
        ("colours-clash", ("brand", "colours", "highlight"))
    ]
    assert "1.9 to 1" in problems[0].message
    assert "--deep: #0f4c5c;" in theme.brand.stylesheet


def file_of(name: str, data: bytes = b"data", **values: object) -> BrandFile:
    return BrandFile(f"brand/{name}", data, digest(data), **values)  # type: ignore[arg-type]


def test_files_are_assets_under_names_of_their_own(tmp_path: Path) -> None:
    files = {
        ("brand", "logo"): file_of("Our logo.SVG", b"light", width=40, height=30),
        ("brand", "logo_dark"): file_of("x.png", b"dark", width=40, height=30),
        ("brand", "hero"): file_of("h.jpg", b"hero", width=60, height=20),
    }
    brand = settings(
        logo="brand/Our logo.SVG", logo_dark="brand/x.png", hero="brand/h.jpg", logo_has_name=True
    )
    theme, problems = with_brand(load_theme("default", tmp_path), brand, files)
    assert problems == []
    assert theme.brand.logo == BrandPicture("brand/logo.svg", 40, 30, "brand/logo-dark.png")
    assert theme.brand.hero == BrandPicture("brand/hero.jpg", 60, 20)
    assert theme.brand.logo_has_name
    assets = load_assets(theme)
    published = {file.path: file.data for file in assets.files}
    assert published[assets.output_path("brand/logo.svg")] == b"light"
    assert published[assets.output_path("brand/logo-dark.png")] == b"dark"


def test_another_file_is_another_theme(tmp_path: Path) -> None:
    theme, brand = load_theme("default", tmp_path), settings(logo="brand/logo.svg")
    one, other = (
        with_brand(theme, brand, {("brand", "logo"): file_of("logo.svg", data)})[0] for data in (b"1", b"2")
    )
    assert one.digest != other.digest


def test_a_brand_is_used_as_far_as_its_files_are_there(tmp_path: Path) -> None:
    brand = settings(logo="brand/logo.svg", hero="none", fonts={"text": "brand/a.woff2"})
    theme, _ = with_brand(load_theme("default", tmp_path), brand, {})
    assert (theme.brand.logo, theme.brand.hero, theme.brand.has_drawing) == (None, None, False)
    assert stylesheet(theme).count("@font-face") == 0
    assert "--text: sans-serif;" in stylesheet(theme)


def test_fonts_are_declared_and_loaded_early(tmp_path: Path) -> None:
    fonts = {
        "text": {"regular": "brand/a.woff2", "bold_italic": "brand/b.woff2", "stack": "humanist"},
        "display": "didone",
    }
    files = {
        ("brand", "fonts", "text", "regular"): file_of("a.woff2", b"a", is_variable=True),
        ("brand", "fonts", "text", "bold_italic"): file_of("b.woff2", b"b"),
    }
    theme, _ = with_brand(load_theme("default", tmp_path), settings(fonts=fonts), files)
    css, assets = stylesheet(theme), load_assets(theme)
    assert theme.brand.preloads == ("brand/text-regular.woff2",)
    assert f'url("{assets.output_path("brand/text-regular.woff2").removeprefix("assets/")}")' in css
    assert "font-weight: 100 900;\n  font-style: normal;\n  font-display: swap;" in css
    assert "font-weight: 700;\n  font-style: italic;" in css
    assert f"--text: brand-text, {FONT_STACKS['humanist']};" in css
    assert f"--display: {FONT_STACKS['didone']};" in css


def test_every_kind_of_font_has_a_stack() -> None:
    assert set(FONT_STACKS) == set(get_args(FontStack))


def test_icons_are_made_of_the_icon_or_of_the_logo_or_of_a_mark(tmp_path: Path) -> None:
    theme = load_theme("default", tmp_path)
    assert branded(theme, corners="soft").brand.icons == ()
    logo, icon = (file_of(f"{name}.png", name.encode(), width=40, height=30) for name in ("logo", "icon"))
    brand = settings(logo="brand/logo.png", icon="brand/icon.png")
    for files, mark, picture in (
        ({("brand", "logo"): logo, ("brand", "icon"): icon}, "brand/icon.png", b"icon"),
        ({("brand", "logo"): logo}, "brand/logo.png", b"logo"),
    ):
        found = with_brand(theme, brand, files)[0].brand
        assert found.mark == mark
        assert {one.icon.picture for one in found.icons} == {picture}
        assert {one.icon.ground for one in found.icons} == {"", "#ffffff"}
    drawn = branded(theme, colours={"accent": "#7a1f3d"}).brand
    assert drawn.mark == "brand/mark.svg"
    assert {one.icon.ground for one in drawn.icons} == {"", "#7a1f3d"}


def test_the_manifest_lists_icons_at_their_addresses(tmp_path: Path) -> None:
    theme = branded(load_theme("default", tmp_path), colours={"accent": "#7a1f3d"})
    assets = load_assets(theme)
    path = assets.output_path("site.webmanifest")
    manifest = json.loads(next(file.data for file in assets.files if file.path == path))
    assert (manifest["name"], manifest["start_url"]) == ("Courses", "/catalogue/")
    assert (manifest["theme_color"], manifest["background_color"]) == ("#7a1f3d", "#7a1f3d")
    listed = {(one["sizes"], one["purpose"]) for one in manifest["icons"]}
    assert listed == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("192x192", "maskable"),
        ("512x512", "maskable"),
    }
    assert {one["src"] for one in manifest["icons"]} <= {
        f"/catalogue/{one.path}" for one in theme.brand.icons
    }
