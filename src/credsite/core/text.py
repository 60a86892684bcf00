"""Small functions on text."""

from __future__ import annotations

import re
import unicodedata


def normalize_text(text: str) -> str:
    """``text`` without a byte order mark and with ``\\n`` line ends."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def quote_argument(text: str) -> str:
    """``text`` as an argument in an example of a command."""
    return f'"{text}"' if " " in text else text


def slugify(text: str) -> str:
    """A slug near ``text``: ``[a-z0-9-]+``, or ``""`` where ``text`` has no such character."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def sort_key(title: str) -> str:
    """A key that orders titles as readers expect: case and accents do not count."""
    folded = title.casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(character for character in decomposed if not unicodedata.combining(character))
