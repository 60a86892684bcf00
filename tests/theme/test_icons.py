from __future__ import annotations

from credsite.schema.vocabularies import VOCABULARIES
from credsite.theme.icons import icon_names, unknown_icons
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
