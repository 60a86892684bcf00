"""Finds in the HTML of a text what its author meant as markup, and what Markdown shows as plain words.

It looks at the HTML, because that says what is code. Almost every text has none of the signs that are asked for first.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from credsite.content.markdown.unusual import Oddity, Unusual

_BULLETS: Final = "•◦▪●‣\uf0b7\uf0a7"
"""The signs with which word processors begin items; the last two are from fonts of symbols."""
_ITEMS: Final = re.compile(rf"(?:\A|>|\n) *([{_BULLETS}][ \t\xa0]*[^\n<]{{1,40}})")
_GAP: Final = re.compile(r"(\[[^\[\]<>\n]+\] +\()(?:<a |www\.|/[a-z0-9]|[\w./-]+\.(?:md|pdf)\))")
_SWAPPED: Final = re.compile(r"(\([^()<>\n]+\)\[)(?:<a |www\.|/[a-z0-9])")
_WORD_TAG: Final = re.compile(r"(&lt;[ovwm]:[a-z]+(?:&gt;)?)", re.IGNORECASE)
_CODE: Final = re.compile(r"<(pre|code)>.*?</\1>", re.DOTALL)
_WORDS_AS_CODE: Final = re.compile(
    r"<pre><code>(?!\s*[^\w\s])([A-Z][\w'\u2019-]*(?:,? [\w'\u2019-]+){5,}[.,:;!?]?)", re.ASCII
)


def find_mistyped(safe: str, text: str) -> Iterator[Unusual]:
    """What looks like markup in ``safe``, the sanitised HTML of ``text``, but is shown as it is written."""
    if "<pre>" in safe and "```" not in text and "~~~" not in text:
        for found in _WORDS_AS_CODE.finditer(safe):
            yield Unusual(Oddity.WORDS_AS_CODE, html.unescape(found[1])[:60], 1)
    has_bullets = not safe.isascii() and any(sign in safe for sign in _BULLETS)
    has_gap, has_swap = "] " in safe, ")[" in safe
    has_word_tag = "&lt;" in safe and ":" in safe
    if not (has_bullets or has_gap or has_swap or has_word_tag):
        return
    shown = _CODE.sub("", safe) if "<code>" in safe else safe
    for pattern, oddity, is_there in (
        (_ITEMS, Oddity.BULLET, has_bullets),
        (_GAP, Oddity.GAP, has_gap),
        (_SWAPPED, Oddity.SWAPPED, has_swap),
        (_WORD_TAG, Oddity.FROM_WORD, has_word_tag),
    ):
        for found in pattern.finditer(shown) if is_there else ():
            yield Unusual(oddity, html.unescape(found[1]).rstrip(), 1)
            if oddity is Oddity.BULLET:
                break  # one for the list, not one for each of its items
