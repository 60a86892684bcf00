"""Texts that would keep Python-Markdown busy for minutes, or nest beyond the stack: told apart beforehand.

Python-Markdown looks for the end of everything that opens, up to the end of the paragraph and once for each opening.
Text that people write closes what it opens; the work here is the number of openings that nothing closes nearby, times
the length of the text that is searched. The limits stand where reading takes about a second, far beyond what occurs in
a text of words, and depend on nothing but the text, so that every build says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

MOST_NESTED: Final = 32
"""Levels of quotations and lists within each other."""
MOST_DEFINITIONS: Final = 60
"""Definitions in one block: without blank lines between them, each is read as a part of the one before."""
MOST_NOTES: Final = 1_000
"""Footnote signs in a text."""
MOST_SEARCHED: Final = 1_500_000
"""Characters to search in one block for what closes its brackets."""

# Blocks and texts shorter than this are never worth a closer look.
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


def tangle(text: str) -> str | None:
    """A piece of ``text`` that is too tangled or nested too deeply to be read, or None."""
    for line in _DEEP_LINE.finditer(f"\n{text}"):
        if _levels(line[1]) > MOST_NESTED:
            return line[1].strip()
    if text.count("[^") > MOST_NOTES:
        return "[^"
    if "&#" in text and (number := _LONG_NUMBER.search(text)) is not None:
        return number[0]
    if "<" in text and len(text) > _SHORT:
        tags = len(_OPENING_TAG.findall(text))
        if (tags - len(_TAG.findall(text))) * len(text) > 20_000_000:
            return "<"
        comments = text.count("<!--")  # at each of them, the end of every open tag is looked for
        if (tags - comments - 2 * text.count("</")) * comments > 200_000:
            return "<!--"
    if len(text) < _SHORT:
        return None
    for block in text.split("\n\n"):
        if len(block) > _SHORT and any(is_tangled(block) for is_tangled in _TANGLES):
            return block.lstrip("\n").partition("\n")[0]
    return None


def _levels(prefix: str) -> int:
    """Levels of blocks that the start of a line opens; 0 for a rule such as ``- - -``."""
    expanded = prefix.expandtabs(4)
    if _RULE.fullmatch(expanded):
        return 0
    return (len(expanded) - len(expanded.lstrip())) // 4 + len(_LEVEL.findall(expanded))


def _open_brackets(block: str) -> bool:
    if block.count("[") * len(block) < MOST_SEARCHED:
        return False
    block = _CODE.sub("", _ESCAPE.sub("", block))  # read before links, so a bracket in them closes nothing
    left_open = block.count("[") - sum(found[0].count("[") for found in _BRACKETS.finditer(block))
    return left_open * len(block) > MOST_SEARCHED


def _open_ticks(block: str) -> bool:
    count = block.count("`")
    if count * len(block) < 10_000_000:
        return False
    return len(_TICKS.findall(_CODE.sub("", block))) * len(block) > 10_000_000


def _many_starts(block: str) -> bool:
    """Headings, rules and reference definitions without blank lines, each of which makes the rest a new block."""
    return len(block) > 4_000 and len(_STARTED_LINE.findall(block)) * len(block) > 15_000_000


def _many_definitions(block: str) -> bool:
    return len(_DEFINITION.findall(block)) > MOST_DEFINITIONS


_TANGLES: Final[tuple[Callable[[str], bool], ...]] = (
    _open_brackets,
    _open_ticks,
    _many_starts,
    _many_definitions,
)
