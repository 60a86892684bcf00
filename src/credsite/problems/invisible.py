"""Characters that nobody sees, or takes for others, in words that look right to the eye.

They get into a text by copying from web pages, PDF and word processors. Source for letters that look alike: Unicode Technical
Standard 39 (confusables), as far as they are on keyboards.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from credsite.core.text import INVISIBLE

# Letters of Cyrillic, then of Greek.
_LOOK_ALIKE: Final = str.maketrans(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430\u0435\u0455\u0456\u0458\u043e\u0440\u0441\u0443\u0445\u04bb\u0501\u051b\u051d\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03bd\u03bf\u03c1\u03c5\u03b9",
    "ABESIJKMHOPCTYXaesijopcyxhdqwABEZHIKMNOPTYXavopui",
)
_SPACES: Final = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_HIDDEN: Final = re.compile(f"[{_SPACES}{INVISIBLE}]")
_SPACE: Final = re.compile(f"[{_SPACES}]")
_NAMES: Final = {
    "\t": "a tab",
    "\u00a0": "a no-break space",
    "\u00ad": "a soft hyphen",
    "\u2007": "a figure space",
    "\u200b": "a zero-width space",
    "\u202f": "a narrow no-break space",
    "\ufeff": "a byte order mark",
}
_SCRIPTS: Final = {"CYRILLIC": "Cyrillic", "GREEK": "Greek"}


def without_invisible(text: str) -> str:
    """``text`` with plain spaces in place of others, and without characters that nobody sees."""
    if text.isascii() and "\t" not in text:
        return text
    return _HIDDEN.sub("", _SPACE.sub(" ", text)).strip()


def without_look_alikes(text: str) -> str:
    """``text`` as it looks: with plain spaces and Latin letters, and without characters that nobody sees."""
    if text.isascii() and "\t" not in text:
        return text
    seen = without_invisible(text)
    latin = unicodedata.normalize("NFKC", seen).translate(_LOOK_ALIKE)
    return latin if latin.isascii() and re.search("[A-Za-z0-9]", seen) else seen


def invisible_advice(text: str) -> str:
    """A sentence about the first character in ``text`` that nobody sees or that looks like another one; ``""`` if there is none."""
    if text.isascii() and "\t" not in text:
        return ""
    hidden = _HIDDEN.search(text)
    if hidden is not None:
        character = hidden[0]
        is_space = _SPACE.fullmatch(character) is not None
        fix = "type a space in its place, or delete it" if is_space else "delete it"
        seen = "looks like a space" if is_space else "nobody can see"
        return f"It has {_name(character)} ({_code_point(character)}) {_place(text, hidden.start())}, which {seen}: {fix}."
    if without_look_alikes(text) == text:
        return ""
    for at, character in enumerate(text):
        script = _SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0])
        latin = character.translate(_LOOK_ALIKE)
        if script and latin != character:
            return (
                f"The letter `{character}` {_place(text, at)} is a {script} one ({_code_point(character)}) that looks like "
                f"`{latin}`: type it again."
            )
    return ""


def _name(character: str) -> str:
    name = _NAMES.get(character) or unicodedata.name(character, "a control character").lower()
    return name if name.startswith("a ") else f"a character `{name}`"


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _place(text: str, at: int) -> str:
    """Where in ``text`` the character is, by the visible ones around it."""
    before = _HIDDEN.sub(" ", text[:at]).split()
    after = _HIDDEN.sub(" ", text[at + 1 :]).split()
    if not before:
        return "at its beginning"
    return f"after `{before[-1]}`" if after else "at its end"
