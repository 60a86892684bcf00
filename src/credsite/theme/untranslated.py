"""The warning about words of the theme that are not in the language of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel import Locale

from credsite.content.source_folders import THEMES
from credsite.core.locales import language_name, locale_of
from credsite.problems.model import Location, Problem
from credsite.schema.config import CONFIG_FILE
from credsite.theme.loader import Theme
from credsite.theme.translations import ThemeTranslations, untranslated_texts

_NEW_THEME: Final = "my-theme"


def untranslated_words(translations: ThemeTranslations, site_root: Path) -> Iterator[Problem]:
    """The problem, if there is one, at the language in credsite.yaml."""
    theme, language = translations.source
    if translations.words_language == language:
        missing, total = untranslated_texts(translations)
        if not missing:
            return
        stay = f"does not have {len(missing)} of its {total} texts in {{}}, such as “{missing[0]}”; they stay English"
    else:
        stay = "has no words in {}: its menus, headings and buttons stay English, and pages mark them so"
    name = language_name(language, Locale("en"))
    message = f"The theme `{theme.name}` {stay.format(name)}. {_advice(theme, language, site_root)}"
    yield Problem("words-untranslated", message, Location(CONFIG_FILE, key=("languages", 0)))


def _advice(theme: Theme, language: str, site_root: Path) -> str:
    """The file to write, in the site's theme; where it has none, in one to be made."""
    own = next((one.name for one in theme.ancestry if one.path.parent == site_root / THEMES), "")
    file = f"{THEMES}/{own or _NEW_THEME}/locale/{_folder(language)}/LC_MESSAGES/messages.po"
    where = "" if own else f", in a theme of your own that extends `{theme.name}`"
    return f"Write the translation into `{file}`{where}."


def _folder(language: str) -> str:
    """The folder of translations that serve the language everywhere: with its script, and without its country."""
    locale = locale_of(language)
    script = locale.script if locale is not None else None
    base = language.split("-")[0]
    return f"{base}_{script}" if script and f"-{script}" in language else base
