"""The headings of a body: their ids, their levels, and the table of contents made of them."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_TAG: Final = re.compile(r"(</?h[1-6]>)")
_NOTE: Final = re.compile(r"<sup id=\"fnref[^>]*>.*?</sup>", re.DOTALL)
_ALT: Final = re.compile(r"<img[^>]* alt=\"([^\"]*)\"[^>]*>")
_ANY_TAG: Final = re.compile(r"<[^>]*>")


class Heading(NamedTuple):
    """A heading of a body. ``title`` is plain text, ``level`` 2 to 6."""

    id: str
    title: str
    level: int


def add_heading_ids(safe: str) -> tuple[str, tuple[Heading, ...]]:
    """Sanitised HTML with an id on each heading, and the headings.

    The page's title is its only `h1`. So the highest headings of a body become `h2`, and the next lower ones below each
    are one level down, whatever number of `#` the author wrote.
    """
    pieces = _TAG.split(safe)
    headings: list[Heading] = []
    levels: list[int] = []  # as written, of the headings above the current one, and its own
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
            heading = Heading(_unique(heading_id(title), ids), title, min(len(levels) + 1, 6))
            headings.append(heading)
            pieces[opened] = f'<h{heading.level} id="{heading.id}">'
            pieces[at] = f"</h{heading.level}>"
        else:
            pieces[at] = ""  # a heading within a heading, which only raw HTML can hold
    return "".join(pieces), tuple(headings)


@lru_cache(maxsize=1024)  # the pages of a catalogue have the same headings again and again
def heading_id(title: str) -> str:
    """An id for a heading: letters and digits of any script in lower case, hyphens between them; never empty."""
    text = unicodedata.normalize("NFC", title).lower()
    text = re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", text)
    # Combining marks stay, too: in many scripts they are the vowels.
    words = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in text)
    return "-".join(words.split()) or "section"


def _unique(wanted: str, used: dict[str, int]) -> str:
    """``wanted``, or that with the next free number; ``used`` holds the ids so far, and the last number tried for each."""
    unique, number = wanted, used.get(wanted, 0)
    while unique in used:
        number += 1
        unique = f"{wanted}-{number + 1}"
    if unique != wanted:
        used[wanted] = number
    used[unique] = 0
    return unique


def _title(inner: str) -> str:
    if "<" in inner:
        inner = _ANY_TAG.sub("", _ALT.sub(r"\1", _NOTE.sub("", inner).replace("<br>", " ")))
    return " ".join(html.unescape(inner).split())
