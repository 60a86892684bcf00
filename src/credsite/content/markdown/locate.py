"""Where a piece of text stands in a Markdown source."""

from __future__ import annotations

import re
from typing import Final

_FENCED: Final = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_INLINE: Final = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


def find_snippet(text: str, snippet: str, nth: int = 0) -> tuple[int, int] | None:
    """Line and column, from 1, of the ``nth`` (from 0) ``snippet`` in the Markdown ``text``, or None.

    Fenced and inline code is passed over. The snippet may stand in the text with backslashes, entities or other
    white space; where it occurs as a word or path of its own, only those places count.
    """
    if not snippet.strip():
        return None
    visible = _INLINE.sub(_blanked, _FENCED.sub(_blanked, text))
    pattern = "".join(_pattern(part) for part in re.findall(r"\s+|.", snippet.strip(), re.DOTALL))
    before = r"(?<![\w/.\-])" if snippet[0].isalnum() else ""
    after = r"(?![\w\-])" if snippet[-1].isalnum() or snippet[-1] == "/" else ""
    for attempt in (f"{before}{pattern}{after}", pattern):
        places = [found.start() for found in re.finditer(attempt, visible)]
        if len(places) > nth:
            at = places[nth]
            return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return None


def _blanked(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", code[0])


def _pattern(part: str) -> str:
    if part.isspace():
        return r"\s+"
    if part == "&":
        return "&(?:amp;)?"
    escaped = re.escape(part)
    return escaped if part.isalnum() or not part.isascii() else rf"\\?{escaped}"
