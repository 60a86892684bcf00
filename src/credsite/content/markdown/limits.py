"""Finds texts that would keep a build busy for long, or that are nested too deeply.

For some signs that open something, the rest of the paragraph is searched for what closes it, here or when the HTML is
cleaned. Text that people write closes what it opens. So the work is the number of openings that nothing closes, times the
length of the text that is searched. The limits stand where reading takes about a second, far beyond what occurs in
ordinary texts. They depend on the text alone, so that every build says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

MAX_NESTING: Final = 32
"""Levels of quotations and lists inside each other."""
MAX_DEFINITIONS: Final = 1_000
"""Definitions without blank lines between them."""
MAX_FOOTNOTES: Final = 1_000
"""Footnote marks in a text."""
MAX_SEARCHED: Final = 1_500_000
"""Characters to be searched in one block for what closes its brackets."""

# Blocks and texts shorter than this are never too complex.
_SHORT: Final = 400

# Anything at the start of a line that opens a block, 33 characters or more of it.
_DEEP_LINE: Final = re.compile(r"\n((?=[ \t]*(?:[>*+:\-]|\d+\.))[ \t>*+:.\-\d]{33,})")
_LEVEL: Final = re.compile(r">|[*+:\-](?= )|\d\.(?= )")
_RULE: Final = re.compile(r" *(?:(?:- {0,2}){3,}|(?:\* {0,2}){3,}) *")

_LONG_NUMBER: Final = re.compile(r"&#\d{1000}")  # Python refuses to read a number of more than 4300 digits
_OPENING_TAG: Final = re.compile(r"<[A-Za-z/!?]")
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])[^<>\"'\n]*(?:\"[^\"<>]*\"[^<>\"'\n]*|'[^'<>]*'[^<>\"'\n]*)*>")
_BRACKETS: Final = re.compile(
    r"\[[^\[\]]*\](?:\([^()\[\]\"']*(?:\"[^\"\[\]]*\"\s*|'[^'\[\]]*'\s*)?\)|\[[^\[\]]*\]|:\ *\S|(?![(:]|\s?\[))"
)
_ESCAPE: Final = re.compile(r"\\.", re.DOTALL)
_TICKS: Final = re.compile(r"`+")
_CODE: Final = re.compile(r"(?<!`)`[^`]+`(?!`)")
_STARTED_LINE: Final = re.compile(r"^ {0,3}(?:#|=+ *$|-+ *$|[-*_ ]{3,}$|\[[^\[\]]*\]:)", re.MULTILINE)
_DEFINITION: Final = re.compile(r"^[ >]{0,8}: ", re.MULTILINE)


def find_too_complex(text: str) -> str | None:
    """A piece of ``text`` that is too complex or nested too deeply to be read, or None."""
    for line in _DEEP_LINE.finditer(f"\n{text}"):
        if _levels(line[1]) > MAX_NESTING:
            return line[1].strip()
    if text.count("[^") > MAX_FOOTNOTES:
        return "[^"
    if "&#" in text and (number := _LONG_NUMBER.search(text)) is not None:
        return number[0]
    if "<" in text and len(text) > _SHORT:
        tags = len(_OPENING_TAG.findall(text))
        if (tags - len(_TAG.findall(text))) * len(text) > 20_000_000:
            return "<"
        comments = text.count("<!--")
        if (tags - comments - 2 * text.count("</")) * comments > 200_000:
            return "<!--"
    if len(text) < _SHORT:
        return None
    for block in text.split("\n\n"):
        if len(block) > _SHORT and any(is_too_complex(block) for is_too_complex in _CHECKS):
            return block.lstrip("\n").partition("\n")[0]
    return None


def _levels(prefix: str) -> int:
    """Levels of blocks that the start of a line opens; 0 for a rule such as ``- - -``."""
    expanded = prefix.expandtabs(4)
    if _RULE.fullmatch(expanded):
        return 0
    return (len(expanded) - len(expanded.lstrip())) // 4 + len(_LEVEL.findall(expanded))


def _open_brackets(block: str) -> bool:
    if block.count("[") * len(block) < MAX_SEARCHED:
        return False
    # Code and escapes are read before links, so a bracket in them closes nothing.
    block = _CODE.sub("", _ESCAPE.sub("", block))
    left_open = block.count("[") - sum(found[0].count("[") for found in _BRACKETS.finditer(block))
    return left_open * len(block) > MAX_SEARCHED


def _open_ticks(block: str) -> bool:
    count = block.count("`")
    if count * len(block) < 10_000_000:
        return False
    return len(_TICKS.findall(_CODE.sub("", block))) * len(block) > 10_000_000


def _many_starts(block: str) -> bool:
    """Headings, rules and link definitions without blank lines between them."""
    return len(block) > 4_000 and len(_STARTED_LINE.findall(block)) * len(block) > 15_000_000


def _many_definitions(block: str) -> bool:
    return len(_DEFINITION.findall(block)) > MAX_DEFINITIONS


_CHECKS: Final[tuple[Callable[[str], bool], ...]] = (
    _open_brackets,
    _open_ticks,
    _many_starts,
    _many_definitions,
)
