"""Changes the front matter of an existing file, and touches only the lines of the keys that change.

Comments, quotation marks and the order of values on those lines are kept as far as possible. All other bytes of the file
stay as they are: the body, other keys, line ends and a byte order mark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from credsite.authoring.documents import parse_document
from credsite.authoring.spreadsheet.columns import Columns, field_shapes
from credsite.authoring.spreadsheet.document_writer import key_lines
from credsite.authoring.spreadsheet.yaml_round_trip import replace_value
from credsite.core.text import normalize_text
from credsite.schema.front_matter import split_front_matter
from credsite.schema.introspection import FieldShape
from credsite.schema.yaml.key_positions import top_level_keys

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BLANK_OR_COMMENT: Final = re.compile(r"[ \t]*(?:#.*)?")
_BLOCK_TEXT_START: Final = re.compile(r"[:-][ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$", re.MULTILINE)
"""The end of a line after which an indented text follows."""
_PLAIN_LINE: Final = re.compile(r"([\w-]+: +)([^\s\"'\[{|>&*!#%@`-][^#\n\"']*?)([ \t]*)")
"""A key with an unquoted value, and no comment."""
_BYTE_ORDER_MARK: Final = "\ufeff"


class RewriteError(Exception):
    """A front matter that cannot be changed without the risk of losing something."""


def update_front_matter(
    data: bytes, old: Mapping[str, Any], new: Mapping[str, Any], columns: Columns
) -> bytes:
    """``data``, the bytes of a file with the front matter ``old``, with the front matter ``new`` instead.

    Raises RewriteError if that is not possible without changing something else.
    """
    text = data.decode()
    bom = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
    lines = _LINE.findall(text.removeprefix(bom))
    parts = split_front_matter(normalize_text(text))
    first = parts.yaml_line - 1
    last = first + parts.yaml.count("\n")
    front = lines[first:last]
    line_end = "\r\n" if lines[0].endswith("\r\n") else lines[0][-1:]
    shapes = field_shapes(columns.model)
    for key in {**old, **new}:
        if old.get(key) != new.get(key) or (key in old) != (key in new):
            front = _with_value(front, key, old.get(key) or "", new.get(key), shapes[key], columns, line_end)
    result = (bom + "".join([*lines[:first], *front, *lines[last:]])).encode()
    written = parse_document(result)
    if not written.is_valid or written.values != new or written.body != parts.body:
        raise RewriteError("Its front matter is written in a way that cannot be changed safely.")
    return result


def _with_value(
    front: list[str], key: str, old: Any, value: Any, shape: FieldShape, columns: Columns, line_end: str
) -> list[str]:
    """The lines ``front`` with another value of ``key``, or without the key if the value is None."""
    lines = [normalize_text(line) for line in front]
    first_lines = _first_lines("".join(lines))
    if key not in first_lines:
        at = _line_for_new_key(key, first_lines, lines, columns)
        return [*front[:at], *(line + line_end for line in key_lines(key, value, shape)), *front[at:]]
    start, end = _line_range(key, first_lines, lines)
    own = lines[start:end]
    # Within a text, a line that looks like a comment is not one.
    comments = [] if isinstance(old, str) else _comments(own)
    new = comments if value is None else _new_lines(own, key, old, value, shape, comments)
    return [*front[:start], *(line + line_end for line in new), *front[end:]]


def _first_lines(text: str) -> dict[str, int]:
    """The first line of each top-level key, counted from 0."""
    starts = top_level_keys(text)
    if starts is None:
        if text.strip():
            raise RewriteError("Its front matter is not made of keys on lines of their own.")
        return {}
    if any(index and text[index - 1] != "\n" for _, index in starts):
        raise RewriteError("The keys of its front matter are indented.")
    return {name: text.count("\n", 0, index) for name, index in starts}


def _line_range(key: str, first_lines: Mapping[str, int], lines: Sequence[str]) -> tuple[int, int]:
    """The lines of a key, without the blank lines and the comments before the next key."""
    start = first_lines[key]
    end = min((line for line in first_lines.values() if line > start), default=len(lines))
    is_block_text = _BLOCK_TEXT_START.search("".join(lines[start:end]))
    while end > start + 1:
        line = lines[end - 1].rstrip("\n")
        # In an indented text, an indented line that looks like a comment is part of the text.
        if not _BLANK_OR_COMMENT.fullmatch(line) or (is_block_text and line.startswith(" ")):
            break
        end -= 1
    return start, end


def _line_for_new_key(
    key: str, first_lines: Mapping[str, int], lines: Sequence[str], columns: Columns
) -> int:
    """The line for a new key: after the last of the keys that come before it in the usual order."""
    order = columns.keys
    before = [name for name in order[: order.index(key)] if name in first_lines]
    if before:
        return _line_range(before[-1], first_lines, lines)[1]
    return min(first_lines.values(), default=0)


def _new_lines(
    lines: list[str], key: str, old: Any, value: Any, shape: FieldShape, comments: Sequence[str]
) -> list[str]:
    """The lines of a key with another value, and with its ``comments``."""
    plain = list(key_lines(key, value, shape))
    if _can_be_replaced(lines, key, old, value, shape):
        return plain
    text = "".join(lines)
    changed = replace_value(text, key, value, shape)
    if changed is not None:
        # ruamel.yaml keeps a comment with the value before it. If that value is gone, the comment moves above the key.
        kept = _comments(changed)
        return [*(comment for comment in comments if comment not in kept), *changed]
    if "#" in text:
        raise RewriteError(f"There are comments in `{key}`, which could get lost.")
    return plain


def _can_be_replaced(lines: list[str], key: str, old: Any, value: Any, shape: FieldShape) -> bool:
    """Whether nothing is lost if the lines of a key are replaced as a whole."""
    if lines == [f"{line}\n" for line in key_lines(key, old, shape)]:
        return True
    if len(list(key_lines(key, value, shape))) != 1:
        return False
    if len(lines) == 1:
        return _PLAIN_LINE.fullmatch(lines[0].rstrip("\n")) is not None
    # A text over several lines, which has no comments, becomes a text on one line.
    return isinstance(old, str) and "\n" not in value and "#" not in lines[0]


def _comments(lines: Sequence[str]) -> list[str]:
    """The lines with nothing but a comment."""
    return [line.strip() for line in lines if line.lstrip().startswith("#")]
