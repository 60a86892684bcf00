"""The YAML that most front matter is, read line by line: in a fraction of the time that a parser for all of it takes.

One entry a line, in blocks: a key and a value, which is a plain text, a quoted one without escapes, or a short list in
brackets. Whatever else there is, be it a mistake, makes the whole text one for :mod:`credsite.schema.yaml.loader`. So nothing
here needs to know what is wrong, and what is read here is what the other would read.
"""

from __future__ import annotations

import re
from typing import Any, Final

NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""What stands for no value, where it is not in quotation marks."""

_DEEPEST: Final = 16
"""Columns of indentation. The usual is six."""

_WORDS: Final = r"[^\W_][\w\-]*(?: [\w\-]+)*"
# Plain text has no `: ` nor ` #`, neither ends in a colon, and begins with no sign that YAML might take for its own.
_PLAIN: Final = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~][^:#\n]*(?:(?::(?=[^ \n])|(?<! )#)[^:#\n]*)*(?<! )"
_ROW: Final = re.compile(
    r"^( *)(?:#.*|(- +)?(?:([A-Za-z_][\w\-]{0,99}):(?: +|$))?"
    rf"(\"[^\"\\\n]*\"|'[^'\n]*'|\[{_WORDS}(?:, ?{_WORDS})*\]|{_PLAIN})?)$",
    re.MULTILINE,
)

_Row = tuple[str, str, str, str]
"""What a line has of: indentation, a hyphen with its spaces, a key, a value."""


class _UnusualError(Exception):
    pass


def load(text: str) -> Any:
    """The data of ``text``: dicts, lists, texts and None. None for what is not all plain, be it wrong or not."""
    if not text.replace("\n", "").isprintable():
        return None
    rows: list[_Row] = _ROW.findall(text)
    if len(rows) <= text.count("\n"):
        return None  # a line that is none of these
    rows = [row for row in rows if row[1] or row[2] or row[3]]
    try:
        value, end = _block(rows, 0) if rows else (None, 0)
    except _UnusualError:
        return None
    return value if end == len(rows) else None


def _block(rows: list[_Row], at: int) -> tuple[Any, int]:
    """The value whose first row is ``at``, and the row behind it."""
    column = len(rows[at][0])
    if column > _DEEPEST:
        raise _UnusualError
    return _sequence(rows, at, column) if rows[at][1] else _mapping(rows, at, column)


def _sequence(rows: list[_Row], at: int, column: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    while at < len(rows):
        indent, hyphen, key, value = rows[at]
        if len(indent) != column or not hyphen:
            break
        if key:
            item, at = _mapping(rows, at, column + len(hyphen))
        else:
            item, at = _scalar(value), at + 1
            if at < len(rows) and len(rows[at][0]) > column:
                raise _UnusualError  # the text goes on
        items.append(item)
    return items, at


def _mapping(rows: list[_Row], at: int, column: int) -> tuple[dict[str, Any], int]:
    mapping: dict[str, Any] = {}
    first = at  # which may stand behind a hyphen
    while at < len(rows):
        indent, hyphen, key, value = rows[at]
        if at > first and (len(indent) != column or hyphen):
            break
        if key in mapping or key in NOTHING:
            raise _UnusualError
        at += 1
        below = len(rows[at][0]) if at < len(rows) else -1
        if value:
            if below > column:
                raise _UnusualError  # the text goes on
            mapping[key] = _scalar(value)
        elif below > column or (below == column and rows[at][1]):
            mapping[key], at = _block(rows, at)
        else:
            mapping[key] = None
    return mapping, at


def _scalar(value: str) -> Any:
    sign = value[:1]
    if sign in ('"', "'"):
        return value[1:-1]
    if sign == "[":
        return [None if words in NOTHING else words for words in map(str.strip, value[1:-1].split(","))]
    if not value:
        raise _UnusualError
    return None if value in NOTHING else value
