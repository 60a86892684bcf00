"""Small functions on text, and numbers, dates and lists in sentences for people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from credsite.core.hashing import digest

_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")

CONTROL_CHARACTERS: Final = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff"
"""Ranges of characters that no text has. Tabs and what ends a line are not among them."""

STEERING_CHARACTERS: Final = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"
"""Ranges of characters that terminals obey instead of showing them: control characters but for tabs and line feeds, and those that
end lines or change the direction of text."""

# The next three are the same in the theme's script `core/fold.js`, by which the search compares texts.
APOSTROPHES: Final = "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u05f3\u2018\u2019\u201b\u2032\ua78b\ua78c\uff07\uff40"
"""What people write for an apostrophe in a word."""
HYPHENS: Final = "-\u058a\u05be\u2010\u2011\u2012\u2013\u2043\u2212\ufe63\uff0d"
"""What people write for a hyphen in a word."""
INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
"""Ranges of characters that nobody sees."""
_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")
_HYPHEN: Final = re.compile(f"[{HYPHENS}]")
_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]")
_APOSTROPHE_IN_WORD: Final = re.compile(r"(?<=\w)'(?=\w)")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_SYLLABLES: Final = "[\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
"""A pattern of characters that stand for syllables or words. It takes 2 ms to compile, so only texts that are not Latin wait for it."""
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def normalize_text(text: str) -> str:
    """``text`` without a byte order mark and with ``\\n`` line ends."""
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def quote_argument(text: str) -> str:
    """``text`` as an argument in an example of a command."""
    return f'"{text}"' if " " in text else text


def unify_spelling(text: str) -> str:
    """``text`` in one of the ways to code and type it: composed, without invisible characters, with ``'`` and ``-``."""
    if text.isascii() and "`" not in text:
        return text
    # Unicode decomposes an acute accent by itself into a space and an accent.
    text = unicodedata.normalize("NFKC", text.replace("\u00b4", "'"))
    return _HYPHEN.sub("-", _APOSTROPHE.sub("'", _INVISIBLE.sub("", text)))


def slugify(text: str, language: str = "") -> str:
    """A slug near ``text``: ``[a-z0-9]+``, with single hyphens between; ``""`` where it has no letters and digits.

    Letters with accents and those of other scripts become letters a to z, umlauts as in ``language`` (a tag, such as
    ``de``).
    """
    text = _APOSTROPHE_IN_WORD.sub("", unify_spelling(text))
    if not text.isascii():
        if language.partition("-")[0] == "de":
            text = text.translate(_GERMAN)
        base_letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
        text = base_letters if base_letters.isascii() else _NOT_ASCII.sub(_transliterated, text)
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _transliterated(match: re.Match[str]) -> str:
    from anyascii import anyascii

    # Some signs, such as the soft sign, become apostrophes.
    latin = re.sub("['`]", "", anyascii(match[0]))
    # Each Chinese character and each syllable of Korean begins with a capital.
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", latin) if re.search(_SYLLABLES, match[0]) else latin


def shorten_slug(slug: str, max_length: int, identity: str = "") -> str:
    """A slug of at most ``max_length`` characters, cut after a word where it is too long.

    If ``identity`` is given, what is cut ends with a few digits of its digest, so that two long texts do not meet.
    """
    if len(slug) <= max_length:
        return slug
    ending = f"-{digest(identity.encode('utf-8', 'surrogatepass'))[:8]}" if identity else ""
    length = max_length - len(ending)
    cut = slug[: length + 1].rpartition("-")[0]
    # A word that is very long is cut itself.
    return (cut if len(cut) * 2 > length else slug[:length].strip("-")) + ending


def sort_key(title: str) -> str:
    """A key that orders titles as readers expect: case and accents do not count."""
    folded = title.casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def first_letter(title: str) -> str:
    """The capital letter under which an index has a title, or ``#``."""
    letter = sort_key(title)[:1].upper()
    return letter if letter.isalpha() else "#"


def without_control_characters(text: str) -> str:
    """``text`` with a space in place of control characters, those that change the direction of text included."""
    return _UNSAFE.sub(" ", text)


def pluralize(number: int, singular: str, plural: str = "") -> str:
    """``1 course``, ``1,250 courses``."""
    return f"{number:,} {singular if number == 1 else plural or f'{singular}s'}"


def pluralize_nonzero(*counts: tuple[int, str] | tuple[int, str, str]) -> list[str]:
    """:func:`pluralize` of each count that is not 0."""
    return [pluralize(*count) for count in counts if count[0]]


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``11th``."""
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    ending = {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
    return f"{number:,}{ending}"


def long_date(value: datetime | date) -> str:
    """``1 February 2027``, with the time where it is not midnight."""
    return _with_time(f"{value.day} {value:%B} {value.year}", value)


def short_date(value: datetime | date) -> str:
    """``1 Feb 2027``, for tables; with the time where it is not midnight."""
    return _with_time(f"{value.day} {value:%b} {value.year}", value)


def _with_time(day: str, value: datetime | date) -> str:
    has_time = isinstance(value, datetime) and bool(value.hour or value.minute)
    return f"{day}, {value:%H:%M}" if has_time else day


def join_names(names: Sequence[str], limit: int = 5) -> str:
    """``A``, ``A and B``, ``A, B and C``. Of more than ``limit`` names the first ones, and the number of the others."""
    parts = list(names[:limit])
    if len(names) > limit:
        parts.append(f"{len(names) - limit:,} more")
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
