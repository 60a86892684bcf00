"""Names of files that some systems take for the same name.

macOS and Windows take capital and small letters for the same; web hosts do not. A letter with an accent can be written as
one character or as a letter and an accent, which look the same: macOS writes the second into names, all others the first.
"""

from __future__ import annotations

import unicodedata


def composed(name: str) -> str:
    """``name`` with each letter and its accents as one character, as people type it."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def comparable(name: str) -> str:
    """What two names or paths have in common that some system takes for the same."""
    return name.lower() if name.isascii() else composed(composed(name).lower())


def name_difference(one: str, other: str) -> str:
    """How names differ that some system takes for the same, as the end of a sentence; ``""`` for other names."""
    if one == other or comparable(one) != comparable(other):
        return ""
    if composed(one) == composed(other):
        return "look the same, but their accented letters are coded in two ways"
    return "differ only in capital letters"
