"""Which custom properties stylesheets set, for which screens, and what the theme says they are for."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.theme.loader import ThemeError, load_theme
from credsite.theme.packaged import packaged_themes
from credsite.theme.tokens import (
    PURPOSES,
    Declaration,
    declarations,
    is_colour,
    resolved,
    theme_tokens,
    values,
)
from tests.theme.conftest import LoadTheme, MakeTheme


@pytest.mark.parametrize(
    ("css", "found"),
    [
        (":root { --a: #fff; --b: 1px }", [("--a", "#fff", ""), ("--b", "1px", "")]),
        ("html,\n:root{--a:x}", [("--a", "x", "")]),
        (".card { --a: x }", []),
        ("/* :root { --a: x } */ :root { color: red; --b: y; /* --c: z; */ }", [("--b", "y", "")]),
        ("@media screen and (prefers-color-scheme: dark) { :root { --a: x } }", [("--a", "x", "dark")]),
        (":root { @media (prefers-color-scheme:light) { --a: x; } --b: y }", [("--a", "x", "light"), ("--b", "y", "")]),
        ("@media print { :root { --a: x } } :root { --b: y }", [("--b", "y", "")]),
        ("@media (min-width: 40rem) and (prefers-color-scheme: dark) { :root { --a: x } }", []),
        ("@layer base { :root { --a: x } }", [("--a", "x", "")]),
        ("@keyframes k { html { --a: x } }", []),
        (":root { --a: light-dark(rgb(1, 2, 3), #000) }", [("--a", "rgb(1, 2, 3)", "light"), ("--a", "#000", "dark")]),
        (":root { --a: url(data:x;y); --b: 'a;}b' }", [("--a", "url(data:x;y)", ""), ("--b", "'a;}b'", "")]),
        ("} :root { --a: x }", [("--a", "x", "")]),
        (":root { --a: x", []),
    ],
)  # fmt: skip
def test_what_a_stylesheet_sets(css: str, found: list[tuple[str, str, str]]) -> None:
    assert [(one.name, one.value, one.scheme) for one in declarations(css)] == found


def test_a_declaration_has_its_line_and_column() -> None:
    (found,) = declarations("/* é\n */\n:root {\n  /* so */ --a: x;\n}\n")
    assert found == Declaration("--a", "x", "", 4, 12)


def test_later_declarations_take_the_place_of_earlier_ones() -> None:
    css = ":root { --a: 1; --b: var(--a) } @media (prefers-color-scheme: dark) { :root { --a: 2 } }"
    assert values(declarations(css)) == {"--a": ("1", "2"), "--b": ("var(--a)", "var(--a)")}
    assert resolved("--b", values(declarations(css))) == ("1", "2")
    assert values(declarations(f"{css} :root {{ --a: 3 }}"))["--a"] == ("3", "3")
    assert resolved("--a", {"--a": ("var(--a)", "var(--b)")}) == ("var(--a)", "")


@pytest.mark.parametrize(
    ("value", "is_one"),
    [("#fff", True), ("RGB(0 0 0 / 5%)", True), ("oklch(50% 0.1 20)", True), ("var(--a)", False), ("1px solid #fff", False)],
)  # fmt: skip
def test_what_is_a_colour(value: str, is_one: bool) -> None:
    assert is_colour(value) is is_one


def test_the_theme_says_of_each_property_what_it_is_for() -> None:
    theme = load_theme("default", Path())
    tokens = theme_tokens(theme)
    assert [one.name for one in tokens if not one.purpose] == []
    told = (packaged_themes() / "default" / PURPOSES).read_text(encoding="utf-8").splitlines()
    assert {f"--{line.partition(':')[0]}" for line in told if line[0] != "#"} == {one.name for one in tokens}
    (link,) = (one for one in tokens if one.name == "--link")
    assert link.light != link.dark


def test_a_child_theme_adds_values_and_purposes(load: LoadTheme, make_theme: MakeTheme) -> None:
    make_theme(
        "old", "stylesheets: [a.css]", {"assets/a.css": ":root{--a:1;--b:2}", "tokens.yaml": "a: one\nb: two"}
    )
    child = {"assets/b.css": ":root{--b:3;--c:4}", "tokens.yaml": "c: four\nb: three"}
    make_theme("new", "extends: old\nstylesheets: [b.css]", child)
    found = [(one.name, one.light, one.purpose) for one in theme_tokens(load("new"))]
    assert found == [("--a", "1", "one"), ("--b", "3", "three"), ("--c", "4", "four")]


@pytest.mark.parametrize(("text", "line"), [("- a", 1), ("a: b\nc: d: e", 2)])
def test_purposes_that_cannot_be_read_are_an_error(
    load: LoadTheme, make_theme: MakeTheme, text: str, line: int
) -> None:
    make_theme("old", "stylesheets: [a.css]", {"assets/a.css": "", "tokens.yaml": text})
    with pytest.raises(ThemeError) as error:
        theme_tokens(load("old"))
    assert error.value.path is not None
    assert (error.value.path.name, error.value.line) == ("tokens.yaml", line)
