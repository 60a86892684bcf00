from __future__ import annotations

import re
from hashlib import blake2b

import pytest

from credsite.theme.assets import load_assets
from credsite.theme.loader import ThemeError
from tests.theme.conftest import LoadTheme, MakeTheme


def mark(data: str) -> str:
    return blake2b(data.encode(), digest_size=5).hexdigest()


def test_names_carry_the_content_and_the_folder(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme(
        "plain",
        files={"assets/images/hero.svg": "<svg/>", "assets/app.min.js": "1", "assets/x.y/LICENCE": "free"},
    )
    assets = load_assets(load("plain"))
    assert assets.path("images/hero.svg") == f"assets/images/hero.{mark('<svg/>')}.svg"
    assert assets.path("app.min.js") == f"assets/app.min.{mark('1')}.js"
    assert assets.path("x.y/LICENCE") == f"assets/x.y/LICENCE.{mark('free')}"
    assert {file.path: file.data for file in assets.files}[assets.path("images/hero.svg")] == b"<svg/>"
    assert [file.path for file in assets.files] == sorted(file.path for file in assets.files)


def test_stylesheets_are_joined_in_order_and_not_written_singly(
    make_theme: MakeTheme, load: LoadTheme
) -> None:
    files = {"assets/css/a.css": "a{}", "assets/css/b.css": "\ufeffb{}\r\n", "assets/css/alone.css": "c{}\n"}
    make_theme("plain", "stylesheets: [css/b.css, css/a.css]", files)
    assets = load_assets(load("plain"))
    assert {file.path: file.data for file in assets.files} == {
        f"assets/site.{mark('b{}' + chr(10) + 'a{}' + chr(10))}.css": b"b{}\na{}\n",
        f"assets/css/alone.{mark('c{}' + chr(10))}.css": b"c{}\n",
    }
    assert assets.path("site.css").startswith("assets/site.")


def test_a_child_replaces_its_parents_stylesheet_in_place(make_theme: MakeTheme, load: LoadTheme) -> None:
    files = {"assets/css/tokens.css": "old{}", "assets/css/base.css": "base{}"}
    make_theme("parent", "stylesheets: [css/tokens.css, css/base.css]", files)
    make_theme("child", "extends: parent", {"assets/css/tokens.css": "new{}"})
    assets = load_assets(load("child"))
    assert [file.data for file in assets.files] == [b"new{}\nbase{}\n"]


def test_references_lead_to_the_hashed_names(make_theme: MakeTheme, load: LoadTheme) -> None:
    css = """a{background:url(../images/a.svg)} b{background:URL( "../images/a b.svg#icon?" )}
    c{background:url('../images/a%20b.svg')} d{background:url(data:image/png;base64,AA==)}
    e{background:url("https://x.example/y.png")} f{mask:url(#mask)} /* url(missing.svg) @import */
    g{content:"url(missing.svg)"}"""
    files = {
        "assets/css/a.css": css,
        "assets/css/alone.css": css,
        "assets/images/a.svg": "1",
        "assets/images/a b.svg": "2",
    }
    make_theme("plain", "stylesheets: [css/a.css]", files)
    assets = load_assets(load("plain"))
    data = {file.path: file.data.decode() for file in assets.files}
    joined = data[assets.path("site.css")]
    assert re.findall(r"background:(\S*)}", joined) == [
        f'url("images/a.{mark("1")}.svg")',
        f'url("images/a%20b.{mark("2")}.svg#icon?")',
        f'url("images/a%20b.{mark("2")}.svg")',
        "url(data:image/png;base64,AA==)",
        'url("https://x.example/y.png")',
    ]
    assert joined[joined.index("f{") :] == css[css.index("f{") :] + "\n"
    assert f'url("../images/a.{mark("1")}.svg")' in data[assets.path("css/alone.css")]


@pytest.mark.parametrize(
    ("css", "words"),
    [
        ("\na{mask:url(../images/hera.svg)}", "no asset `images/hera.svg`. Did you mean `images/hero.svg`?"),
        ("\na{mask:url(/images/hero.svg)}", "begins with a slash"),
        ("\na{mask:url(../../../etc/passwd)}", "no asset"),
        ("/*\n*/@import url(b.css);", "List the stylesheet"),
    ],
)
def test_a_reference_that_cannot_work_is_named_with_its_line(
    make_theme: MakeTheme, load: LoadTheme, css: str, words: str
) -> None:
    files = {"assets/css/a.css": css, "assets/images/hero.svg": ""}
    folder = make_theme("plain", "stylesheets: [css/a.css]", files)
    with pytest.raises(ThemeError) as caught:
        load_assets(load("plain"))
    assert words in caught.value.message
    assert (caught.value.path, caught.value.line) == (folder / "assets/css/a.css", 2)


def test_a_stylesheet_that_is_not_utf8(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", "stylesheets: [a.css]", {"assets/a.css": b"\xff"})
    with pytest.raises(ThemeError, match="UTF-8"):
        load_assets(load("plain"))


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
    assert load_assets(load("plain")).path("a.txt") != before.path("a.txt")


def test_an_unknown_asset_is_a_plain_sentence(make_theme: MakeTheme, load: LoadTheme) -> None:
    make_theme("plain", files={"assets/icons.svg": ""})
    with pytest.raises(LookupError, match=r"no asset `icon\.svg`\. Did you mean `icons\.svg`\?"):
        load_assets(load("plain")).path("icon.svg")
