from __future__ import annotations

import pytest

from credsite.theme.assets import load_assets
from credsite.theme.loader import ThemeError
from tests.theme.conftest import LoadTheme, MakeTheme, content_hash


def test_names_carry_the_content_and_the_folder(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme(
        "plain",
        files={"assets/images/hero.svg": "<svg/>", "assets/app.min.js": "1", "assets/x.y/LICENCE": "free"},
    )
    assets = load_assets(load("plain"))
    assert assets.output_path("images/hero.svg") == f"assets/images/hero.{content_hash('<svg/>')}.svg"
    assert assets.output_path("app.min.js") == f"assets/app.min.{content_hash('1')}.js"
    assert assets.output_path("x.y/LICENCE") == f"assets/x.y/LICENCE.{content_hash('free')}"
    assert {file.path: file.data for file in assets.files}[assets.output_path("images/hero.svg")] == b"<svg/>"
    assert [file.path for file in assets.files] == sorted(file.path for file in assets.files)


def test_readme_files_of_a_theme_are_not_published(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme(
        "plain", files={"assets/js/README.md": "# Notes", "assets/README.md": "", "assets/README": "1"}
    )
    assert set(load_assets(load("plain")).output_paths) == {"README", "site.css"}


def test_stylesheets_are_joined_in_order_into_one_file(make_theme: MakeTheme, load: LoadTheme) -> None:
    files = {"assets/css/a.css": "a{}", "assets/css/b.css": "\ufeffb{}\r\n", "assets/css/alone.css": "c{}\n"}
    make_theme("plain", "stylesheets: [css/b.css, css/a.css]", files)
    assets = load_assets(load("plain"))
    assert {file.path: file.data for file in assets.files} == {
        f"assets/site.{content_hash('b{}' + chr(10) + 'a{}' + chr(10))}.css": b"b{}\na{}\n",
        f"assets/css/alone.{content_hash('c{}' + chr(10))}.css": b"c{}\n",
    }
    assert assets.output_path("site.css").startswith("assets/site.")


def test_a_child_replaces_its_parents_stylesheet_in_place(make_theme: MakeTheme, load: LoadTheme) -> None:
    files = {"assets/css/tokens.css": "old{}", "assets/css/base.css": "base{}"}
    make_theme("parent", "stylesheets: [css/tokens.css, css/base.css]", files)
    make_theme("child", "extends: parent", {"assets/css/tokens.css": "new{}"})
    assets = load_assets(load("child"))
    assert [file.data for file in assets.files] == [b"new{}\nbase{}\n"]


def test_the_name_of_the_joined_stylesheet_is_taken(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", files={"assets/site.css": ""})
    with pytest.raises(ThemeError, match="another name"):
        load_assets(load("plain"))


def test_a_theme_may_call_its_only_stylesheet_site_css(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", "stylesheets: [site.css]", {"assets/site.css": "a{}\n"})
    assert [file.data for file in load_assets(load("plain")).files] == [b"a{}\n"]


def test_a_changed_theme_has_changed_assets(make_theme: MakeTheme, load: LoadTheme) -> None:
    folder = make_theme("plain", files={"assets/a.txt": "1"})
    before = load_assets(load("plain"))
    (folder / "assets/a.txt").write_text("2")
    assert load_assets(load("plain")).output_path("a.txt") != before.output_path("a.txt")


def test_an_unknown_asset_is_a_plain_sentence(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", files={"assets/icons.svg": ""})
    with pytest.raises(LookupError, match=r"no asset `icon\.svg`\. Did you mean `icons\.svg`\?"):
        load_assets(load("plain")).output_path("icon.svg")
