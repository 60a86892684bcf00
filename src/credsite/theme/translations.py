"""The messages of a theme in one language.

Templates and page modules contain the messages in English, which are the keys of the translations. Translations are in
``locale/<language>/LC_MESSAGES/messages.po`` (or a compiled ``messages.mo``) of a theme. A message that a theme does not
translate comes from its parents; a message that no theme translates stays English.
"""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

from babel.support import Translations

from credsite.theme.loader import Theme, ThemeError


class ThemeTranslations(Translations):
    """Translations that another process can be sent: it loads them from their theme, because gettext's tables hold functions.

    ``source`` is the theme and the language that they were loaded for.
    """

    source: tuple[Theme, str]

    def __reduce__(self) -> tuple[object, ...]:
        return load_translations, self.source


def load_translations(theme: Theme, language: str) -> ThemeTranslations:
    """The translations of ``theme`` into a BCP 47 ``language``: for ``fr-CA`` those of ``fr_CA``, then those of ``fr``.

    ThemeError if a file of translations cannot be read.
    """
    parts = language.split("-")
    names = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    first: ThemeTranslations | None = None
    for folder in theme.ancestry:
        for name in names:
            translations = _read(folder.path / "locale" / name / "LC_MESSAGES", name)
            if translations is None:
                continue
            if first is None:
                first = translations
            else:
                first.add_fallback(translations)
    first = first or ThemeTranslations()
    first.source = theme, language
    return first


def _read(folder: Path, language: str) -> ThemeTranslations | None:
    # People edit the .po file, so a compiled file beside it may be out of date.
    source, compiled = folder / "messages.po", folder / "messages.mo"
    if source.is_file():
        return ThemeTranslations(BytesIO(_compiled(source, language)))
    if not compiled.is_file():
        return None
    try:
        return ThemeTranslations(BytesIO(compiled.read_bytes()))
    except (OSError, ValueError, struct.error) as error:
        raise ThemeError("The compiled translations cannot be read.", compiled) from error


def _compiled(source: Path, language: str) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    buffer = BytesIO()
    try:
        with source.open("rb") as file:
            write_mo(buffer, read_po(file, locale=language, abort_invalid=True))
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise ThemeError(f"The translations cannot be read: {error}.", source, line) from error
    return buffer.getvalue()
