"""The messages of a theme in one language.

Templates and page modules contain the messages in English, which are the keys of the translations. Translations are in
``locale/<language>/LC_MESSAGES/messages.po`` (or a compiled ``messages.mo``) of a theme. A message that a theme does not
translate comes from its parents; a message that no theme translates stays English.
"""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.support import Translations

from credsite.theme.loader import Theme, ThemeError, read_theme_bytes

if TYPE_CHECKING:
    from babel.messages.catalog import Message

ENGLISH: Final = "en"


class ThemeTranslations(Translations):
    """Translations that another process can be sent: it loads them from their theme, because gettext's tables hold functions.

    ``source`` is the theme and the language that they were loaded for. ``words_language`` is the language of the words: English
    where no theme has a translation into that language. ``translated`` are the English texts that ``.po`` files translate, and
    ``sources`` the files of translations that were found.
    """

    source: tuple[Theme, str]
    words_language: str = ""
    translated: frozenset[str] = frozenset()
    sources: tuple[Path, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        return load_translations, self.source


def load_translations(theme: Theme, language: str) -> ThemeTranslations:
    """The translations of ``theme`` into a BCP 47 ``language``: for ``fr-CA`` those of ``fr_CA``, then those of ``fr``.

    ThemeError if a file of translations cannot be read.
    """
    parts = language.split("-")
    names = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    found: list[ThemeTranslations] = []
    for folder in theme.ancestry:
        for name in names:
            translations = _read(folder.path / "locale" / name / "LC_MESSAGES", name)
            if translations is not None:
                found.append(translations)
    first = found[0] if found else ThemeTranslations()
    for fallback in found[1:]:
        first.add_fallback(fallback)
    first.source = theme, language
    first.translated = frozenset().union(*(one.translated for one in found))
    first.sources = tuple(file for one in found for file in one.sources)
    # Compiled files do not say what they translate.
    has_words = bool(first.translated) or any(file.suffix == ".mo" for file in first.sources)
    first.words_language = language if has_words or parts[0] == ENGLISH else ENGLISH
    return first


def _read(folder: Path, language: str) -> ThemeTranslations | None:
    # People edit the .po file, so a compiled file beside it may be out of date.
    source, compiled = folder / "messages.po", folder / "messages.mo"
    if source.is_file():
        return _read_source(source, language)
    if not compiled.is_file():
        return None
    try:
        translations = ThemeTranslations(BytesIO(read_theme_bytes(compiled)))
    except (OSError, ValueError, struct.error) as error:
        raise ThemeError("The compiled translations cannot be read.", compiled) from error
    translations.sources = (compiled,)
    return translations


def _read_source(source: Path, language: str) -> ThemeTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    buffer = BytesIO()
    try:
        catalog = read_po(BytesIO(read_theme_bytes(source)), locale=language, abort_invalid=True)
        write_mo(buffer, catalog)
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise ThemeError(f"The translations cannot be read: {error}.", source, line) from error
    translations = ThemeTranslations(BytesIO(buffer.getvalue()))
    translations.sources = (source,)
    translations.translated = frozenset(
        _english(message)
        for message in catalog
        if message.id and any(message.string or ()) and not message.fuzzy
    )
    return translations


def untranslated_texts(translations: ThemeTranslations) -> tuple[list[str], int]:
    """The English texts of the theme that stay English although it has a translation, and the number of all its texts.

    Its ``messages.pot`` lists them all. Compiled files do not say what they translate, so with one of these none is named.
    """
    from babel.messages.pofile import read_po

    theme, language = translations.source
    if language.split("-")[0] == ENGLISH:
        return [], 0
    listed = theme.files("locale").get("messages.pot")
    if listed is None or any(file.suffix == ".mo" for file in translations.sources):
        return [], 0
    texts = [_english(message) for message in read_po(BytesIO(read_theme_bytes(listed))) if message.id]
    return [text for text in texts if text not in translations.translated], len(texts)


def _english(message: Message) -> str:
    """The English text of a message; of one with a number, that for one."""
    return str(message.id if isinstance(message.id, str) else message.id[0])
