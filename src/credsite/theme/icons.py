"""The icons of a theme, and those that a site chooses for its own words.

The stylesheet draws the icons: an icon in a page is an empty element with a class, which costs a quarter of the bytes of an
``<svg>``. So ``icons.svg`` is published as a sheet with all icons one below the other, and the classes say where each is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from credsite.problems.model import Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.schema.config import CONFIG_FILE
from credsite.schema.own_vocabularies import WITH_ICONS, OwnVocabularies
from credsite.theme.loader import Theme, read_theme_text

ICONS_FILE: Final = "icons.svg"
_SYMBOL: Final = re.compile(r"<symbol\b[^>]*?\bid=[\"']([^\"']+)[\"']")
_ROOT: Final = re.compile(r"<svg\b[^>]*>")
_VIEW_BOX: Final = re.compile(r"\s+viewBox=(?:\"[^\"]*\"|'[^']*')")
_SIDE: Final = 24
"""How high and wide an icon is in the sheet. Each icon is scaled to that."""
_MAX_LISTED: Final = 60


def icon_names(theme: Theme) -> tuple[str, ...]:
    """The names of the icons in the theme's ``icons.svg``."""
    path = theme.files("assets").get(ICONS_FILE)
    return _names(read_theme_text(path)) if path is not None else ()


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_SYMBOL.findall(text)))


def icon_sheet(text: str) -> str:
    """The text of ``icons.svg`` with a drawing of every symbol, one below the other. Nothing is added where none is."""
    names, root = _names(text), _ROOT.search(text)
    end = text.rfind("</svg>")
    if not names or root is None or end < root.end():
        return text
    uses = "".join(
        f'<use href="#{name}" y="{_SIDE * number}" width="{_SIDE}" height="{_SIDE}"/>'
        for number, name in enumerate(names)
    )
    opened = f'{_VIEW_BOX.sub("", root[0])[:-1]} viewBox="0 0 {_SIDE} {_SIDE * len(names)}">'
    return f"{text[: root.start()]}{opened}{text[root.end() : end]}{uses}{text[end:]}"


def icon_stylesheet(text: str) -> str:
    """What stylesheets need to know of ``icons.svg``: its address, and for each icon its place in the sheet and a class.

    The place is that of a mask which is as wide as the icon. "" where the file has no symbols.
    """
    names = _names(text)
    if not names:
        return ""
    step = 100 / max(1, len(names) - 1)
    places = "".join(f"--icon-{name}:{number * step:.5g}%;" for number, name in enumerate(names))
    classes = "".join(f".icon-{name}{{--icon:var(--icon-{name})}}" for name in names)
    return f':root{{--icons:url("{ICONS_FILE}");{places}}}\n@layer components{{{classes}}}\n'


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
