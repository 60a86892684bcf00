"""The headings of a body: their ids, their levels, and the table of contents that they make."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_TAG: Final = re.compile(r"(</?h[1-6]>)")
_NOTE: Final = re.compile(r"<sup id=\"fnref[^>]*>.*?</sup>", re.DOTALL)
_ALT: Final = re.compile(r"<img[^>]* alt=\"([^\"]*)\"[^>]*>")
_ANY_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body. ``title`` is plain text, ``level`` 2 to 6."""

    id: str
    title: str
    level: int


def outlined(safe: str) -> tuple[str, tuple[Heading, ...]]:
    """Sanitised HTML with an id on each heading, and the headings.

    The page's title is its only `h1`. So the highest headings of a body become `h2`, and below each the next lower
    that occurs is one level down, whatever number of `#` the author gave them.
    """
    pieces = _TAG.split(safe)
    headings: list[Heading] = []
    levels: list[int] = []  # as written, of the headings that the current one stands under, and its own
    ids: dict[str, int] = {}
    opened = 0  # where the current heading began, 0 for outside
    depth = 0
    for at in range(1, len(pieces), 2):
        tag = pieces[at]
        closes = tag[1] == "/"
        depth += -1 if closes else 1
        if not closes and depth == 1:
            opened = at
        elif closes and depth == 0:
            written = int(pieces[opened][2])
            while levels and levels[-1] >= written:
                levels.pop()
            levels.append(written)
            title = _title("".join(pieces[opened + 1 : at]))
            heading = Heading(_unique(slug(title), ids), title, min(len(levels) + 1, 6))
            headings.append(heading)
            pieces[opened] = f'<h{heading.level} id="{heading.id}">'
            pieces[at] = f"</h{heading.level}>"
        else:
            pieces[at] = ""  # a heading within a heading, which only raw HTML can hold
    return "".join(pieces), tuple(headings)


@lru_cache(maxsize=1024)  # a catalogue's pages have the same headings over and over
def slug(title: str) -> str:
    """An id for a heading: letters and digits of any script in lower case, hyphens between them; never empty."""
    text = unicodedata.normalize("NFC", title).lower()
    text = re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", text)
    # Marks, too: in many scripts they are the vowels.
    kept = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text)
    return "-".join(kept.split()) or "section"


def _unique(wanted: str, taken: dict[str, int]) -> str:
    """``wanted``, or with the next free number; ``taken`` holds the ids so far, and the last number tried for each."""
    unique, number = wanted, taken.get(wanted, 0)
    while unique in taken:
        number += 1
        unique = f"{wanted}-{number + 1}"
    if unique != wanted:
        taken[wanted] = number
    taken[unique] = 0
    return unique


def _title(inner: str) -> str:
    if "<" in inner:
        inner = _ANY_TAG.sub("", _ALT.sub(r"\1", _NOTE.sub("", inner).replace("<br>", " ")))
    return " ".join(html.unescape(inner).split())
