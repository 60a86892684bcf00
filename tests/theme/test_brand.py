"""A theme with a site's brand: the stylesheet, the templates, and what is wrong with a brand."""

from __future__ import annotations

import re
from pathlib import Path

from credsite.schema.brand import Brand
from credsite.theme.assets import load_assets
from credsite.theme.brand import with_brand
from credsite.theme.loader import Theme, load_theme
from tests.theme.conftest import LoadTheme, MakeTheme


def branded(theme: Theme, **values: object) -> Theme:
    found, problems = with_brand(theme, Brand.model_validate(values))
    assert problems == []
    return found


def stylesheet(theme: Theme) -> str:
    assets = load_assets(theme)
    path = assets.output_path("site.css")
    return next(file.data.decode() for file in assets.files if file.path == path)


def test_a_theme_without_a_brand_is_as_it_was(tmp_path: Path) -> None:
    theme = load_theme("default", tmp_path)
    assert with_brand(theme, None) == (theme, [])


def test_the_brand_comes_after_the_tokens_and_before_the_rest(make_theme: MakeTheme, load: LoadTheme) -> None:
    files = {"assets/tokens.css": ":root { --accent: red; }", "assets/child.css": ":root { --accent: blue; }"}
    make_theme("plain", "stylesheets: [tokens.css, child.css]", files)
    css = stylesheet(branded(load("plain"), colours={"accent": "#7a1f3d"}, corners="square"))
    parts = [
        "--accent: red;",
        "--accent: #7a1f3d;",
        "--radius: 0;",
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
    theme, problems = with_brand(load_theme("default", tmp_path), Brand.model_validate({"colours": colours}))
    assert [(one.code, one.location.key) for one in problems] == [
        ("colours-clash", ("brand", "colours", "highlight"))
    ]
    assert "1.9 to 1" in problems[0].message
    assert "--deep: #0f4c5c;" in theme.brand.stylesheet
