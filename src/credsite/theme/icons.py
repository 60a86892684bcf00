"""The icons of a theme, and those that a site chooses for its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from credsite.problems.model import Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.schema.config import CONFIG_FILE
from credsite.schema.own_vocabularies import WITH_ICONS, OwnVocabularies
from credsite.theme.loader import Theme, read_theme_text

_FILE: Final = "icons.svg"
_SYMBOL: Final = re.compile(r"<symbol\b[^>]*?\bid=[\"']([^\"']+)[\"']")
_MAX_LISTED: Final = 60


def icon_names(theme: Theme) -> tuple[str, ...]:
    """The names of the icons in the theme's ``icons.svg``."""
    path = theme.files("assets").get(_FILE)
    return tuple(dict.fromkeys(_SYMBOL.findall(read_theme_text(path)))) if path is not None else ()


def unknown_icons(theme: Theme, vocabularies: OwnVocabularies) -> Iterator[Problem]:
    """A problem for each icon that credsite.yaml names and the theme does not have."""
    icons = [
        (("vocabularies", name, id_, "icon"), one.icon)
        for name, declared in vocabularies.items()
        for id_, one in declared.items()
        if one.icon and name in WITH_ICONS
    ]
    known = icon_names(theme) if icons else ()
    for key, icon in icons:
        if icon not in known:
            message = f"The theme `{theme.name}` has no icon `{icon}`."
            location = Location(CONFIG_FILE, key=key)
            yield unknown_value_problem(
                "unknown-value", message, location, icon, sorted(known), max_listed=_MAX_LISTED
            )
