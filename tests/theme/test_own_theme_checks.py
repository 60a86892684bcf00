"""Colours for one scheme only and copies whose originals have changed; tests/sites has the whole reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.theme.loader import load_theme, original_digest
from credsite.theme.own_theme_checks import own_theme_problems
from credsite.theme.packaged import packaged_themes
from tests.support.paths import REPOSITORY
from tests.theme.conftest import MakeTheme

DARK = "@media (prefers-color-scheme: dark) { :root { %s } }"


def problems(site: Path, name: str = "own") -> list[tuple[str, str]]:
    return [(one.code, one.message.split("`")[1]) for one in own_theme_problems(load_theme(name, site), site)]


@pytest.mark.parametrize(
    ("css", "names"),
    [
        (":root { --link: #123456 }", ["--link"]),
        (DARK % "--link: #123456", ["--link"]),
        (f":root {{ --link: #123456 }} {DARK % '--link: #fedcba'}", []),
        (":root { --link: light-dark(#123456, #fedcba) }", []),
        (":root { --link: var(--accent) }", []),
        (
            ":root { --on-deep: #eeeeee; --radius: 0 }",
            [],
        ),  # the same on all screens in the parent, and no colour
        (DARK % "--on-deep: #eeeeee", ["--on-deep"]),
        (":root { --own: #123456; --own: #654321 }", ["--own"]),
    ],
)
def test_a_colour_for_one_scheme_only(site: Path, make_theme: MakeTheme, css: str, names: list[str]) -> None:
    make_theme("own", "extends: default\nstylesheets: [own.css]", {"assets/own.css": css})
    assert problems(site) == [("colour-one-scheme", name) for name in names]


def test_a_copy_of_a_stylesheet_is_compared_with_its_original(site: Path, make_theme: MakeTheme) -> None:
    tokens = (packaged_themes() / "default/assets/css/tokens.css").read_text(encoding="utf-8")
    folder = make_theme("own", "extends: default", {"assets/css/tokens.css": tokens})
    assert problems(site) == []
    (folder / "assets/css/tokens.css").write_text(tokens.replace("--link: #8fd3de;", ""), encoding="utf-8")
    assert problems(site) == [("colour-one-scheme", "--link")]


def test_a_copy_is_outdated_when_its_original_has_changed(site: Path, make_theme: MakeTheme) -> None:
    original = make_theme("old", "", {"assets/a.js": "one\r\n"}) / "assets/a.js"
    settings = f'extends: old\ncopies: {{assets/a.js: "{original_digest(original)}"}}'
    make_theme("own", settings, {"assets/a.js": "own"})
    assert problems(site) == []
    original.write_text("one\n", encoding="utf-8")  # another end of the line is no change
    assert problems(site) == []
    original.write_text("two\n", encoding="utf-8")
    assert problems(site) == [("copy-outdated", "themes/old/assets/a.js")]


def test_a_theme_that_comes_with_credsite_is_not_looked_at(site: Path) -> None:
    assert problems(site, "default") == []


def test_the_theme_that_comes_with_credsite_is_no_theme_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """In credsite's own repository it lies where the themes of a site do, and the site may be given as ``.``."""
    monkeypatch.chdir(REPOSITORY)
    assert list(own_theme_problems(load_theme("default", Path()), Path())) == []
