"""Finds in the HTML of a text what its author meant as markup, and what Markdown shows as plain words.

It looks at the HTML, because that says what is code. Almost every text has none of the signs that are asked for first,
single characters before others, because they are found many times as fast.
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
_NO_BREAK_SPACES: Final = "\xa0\u2007\u202f"
_NO_BREAK: Final = re.compile(
    rf"(?:<p>|\n)((?:[-*+]|#{{1,6}}|1[.)])(?:&nbsp;|[{_NO_BREAK_SPACES}])[^\n<]{{1,40}})"
)
_NO_TABLE: Final = re.compile(r"<p>(\|[^\n<]*\|) *\n\|(?![\s:|-]*\n)")
_NO_ADDRESS: Final = re.compile(r"(\[[^\[\]<>\n]+\]\[[^\[\]<>\n]*[^\W\d_]{2}[^\[\]<>\n]*\])")
_CODE: Final = re.compile(r"<(pre|code)>.*?</\1>", re.DOTALL)
_WORDS_AS_CODE: Final = re.compile(
    r"<pre><code>(?!\s*[^\w\s])([A-Z][\w'\u2019-]*(?:,? [\w'\u2019-]+){5,}[.,:;!?]?)", re.ASCII
)


def find_mistyped(safe: str, text: str) -> Iterator[Unusual]:
    """What looks like markup in ``safe``, the sanitised HTML of ``text``, but is shown as it is written."""
    if "<pre>" in safe and "```" not in text and "~~~" not in text:
        for found in _WORDS_AS_CODE.finditer(safe):
            yield Unusual(Oddity.WORDS_AS_CODE, html.unescape(found[1])[:60], 1)
    if "<" in text and "<!--" in text and "-->" not in text[text.rindex("<!--") :] and "&lt;!--" not in safe:
        yield Unusual(Oddity.OPEN_COMMENT, "<!--", text.count("\n", 0, text.rindex("<!--")) + 1)
    is_ascii = safe.isascii()
    has_bullets = not is_ascii and any(sign in safe for sign in _BULLETS)
    has_entity = "&" in safe
    has_no_break = (has_entity and "&nbsp;" in safe) or (
        not is_ascii and any(space in safe for space in _NO_BREAK_SPACES)
    )
    has_bracket = "[" in safe
    checks = (
        (_ITEMS, Oddity.BULLET, has_bullets),
        (_NO_BREAK, Oddity.NO_BREAK, has_no_break),
        (_GAP, Oddity.GAP, has_bracket and "] " in safe),
        (_SWAPPED, Oddity.SWAPPED, has_bracket and ")[" in safe),
        (_NO_ADDRESS, Oddity.NO_ADDRESS, has_bracket and "][" in safe),
        (_WORD_TAG, Oddity.FROM_WORD, has_entity and "&lt;" in safe),
        (_NO_TABLE, Oddity.NO_TABLE, "|" in safe and "<p>|" in safe),
    )
    if not any(is_there for _, _, is_there in checks):
        return
    shown = _CODE.sub("", safe) if "<code>" in safe else safe
    for pattern, oddity, is_there in checks:
        for found in pattern.finditer(shown) if is_there else ():
            yield Unusual(oddity, html.unescape(found[1]).rstrip(), 1)
            if oddity in (Oddity.BULLET, Oddity.NO_BREAK):
                break  # one for the list, not one for each of its items
