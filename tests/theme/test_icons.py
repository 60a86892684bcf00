from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from credsite.schema.vocabularies import VOCABULARIES
from credsite.theme.icons import icon_names, icon_sheet, icon_stylesheet, unknown_icons
from credsite.theme.loader import load_theme
from tests.support.catalogues import settings
from tests.support.paths import REPOSITORY


def test_built_in_values_have_icons_of_the_default_theme() -> None:
    names = icon_names(load_theme("default", REPOSITORY))
    icons = {term.icon for vocabulary in VOCABULARIES.values() for term in vocabulary.values() if term.icon}
    assert icons <= set(names)


def test_an_icon_that_the_theme_does_not_have_is_told_with_the_one_that_was_meant() -> None:
    theme = load_theme("default", REPOSITORY)
    own = {"right": {"label": "A", "icon": "briefcase"}, "wrong": {"label": "B", "icon": "brief-case"}}
    (found,) = unknown_icons(theme, settings(vocabularies={"delivery_modes": own}).vocabularies)
    assert found.location.key == ("vocabularies", "delivery_modes", "wrong", "icon")
    assert found.suggestion == "briefcase"
    assert not list(unknown_icons(theme, {}))


SYMBOLS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
  <symbol id="first"><path d="M0 0"/></symbol><symbol id="second"/><symbol id="third"/>
</svg>
"""


def test_the_sheet_has_every_icon_below_the_one_before_it() -> None:
    root = ET.fromstring(icon_sheet(SYMBOLS))
    uses = [(use.get("href"), use.get("y"), use.get("height")) for use in root.iter(f"{root.tag[:-3]}use")]
    assert uses == [("#first", "0", "24"), ("#second", "24", "24"), ("#third", "48", "24")]
    assert root.get("viewBox") == "0 0 24 72"
    assert len(root.findall("{*}symbol")) == 3  # pages of other themes may refer to them


def test_stylesheets_know_the_place_of_every_icon() -> None:
    css = icon_stylesheet(SYMBOLS)
    assert "--icon-first:0%;--icon-second:50%;--icon-third:100%;" in css
    assert ".icon-second{--icon:var(--icon-second)}" in css


@pytest.mark.parametrize(
    "text", ["", "<svg/>", '<svg xmlns="http://www.w3.org/2000/svg"></svg>', "no drawing"]
)
def test_a_file_without_symbols_stays_as_it_is(text: str) -> None:
    assert icon_sheet(text) == text
    assert icon_stylesheet(text) == ""
