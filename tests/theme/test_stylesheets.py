from __future__ import annotations

import re

import pytest

from credsite.theme.assets import load_assets
from credsite.theme.loader import ThemeError
from tests.theme.conftest import LoadTheme, MakeTheme, content_hash


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
    joined = data[assets.output_path("site.css")]
    assert re.findall(r"background:(\S*)}", joined) == [
        f'url("images/a.{content_hash("1")}.svg")',
        f'url("images/a%20b.{content_hash("2")}.svg#icon?")',
        f'url("images/a%20b.{content_hash("2")}.svg")',
        "url(data:image/png;base64,AA==)",
        'url("https://x.example/y.png")',
    ]
    assert joined[joined.index("f{") :] == css[css.index("f{") :] + "\n"
    assert f'url("../images/a.{content_hash("1")}.svg")' in data[assets.output_path("css/alone.css")]


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
