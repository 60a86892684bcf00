"""Changes the front matter of an existing file, and touches only the lines of the keys that change.

Comments, quotation marks and the order of values on those lines are kept as far as possible, by ruamel.yaml. All other bytes of the file
stay as they are: the body, other keys, line ends and a byte order mark.
"""

from __future__ import annotations

import difflib
import io
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)
from ruamel.yaml.tag import Tag

from credsite.authoring.spreadsheet.columns import Columns, field_shapes
from credsite.authoring.spreadsheet.document_writer import key_lines, needs_quotes
from credsite.core.text import normalize_text
from credsite.schema.front_matter import parse_document, split_front_matter
from credsite.schema.introspection import FieldShape
from credsite.schema.yaml import loader
from credsite.schema.yaml.key_positions import top_level_keys

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BLANK_OR_COMMENT: Final = re.compile(r"[ \t]*(?:#.*)?")
_BLOCK_TEXT_START: Final = re.compile(r"[:-][ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$", re.MULTILINE)
"""The end of a line after which an indented text follows."""
_PLAIN_LINE: Final = re.compile(r"([\w-]+: +)([^\s\"'\[{|>&*!#%@`-][^#\n\"']*?)([ \t]*)")
"""A key with an unquoted value, and no comment."""
_BYTE_ORDER_MARK: Final = "\ufeff"
_LIST_ITEM: Final = re.compile(r"( *)(- +)\S")
_INDENTED: Final = re.compile(r"( +)[^\s#-]")
_STRING_TAG: Final = Tag(suffix="tag:yaml.org,2002:str")


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
    plain = key_lines(key, value, shape)
    if _can_be_replaced(lines, key, old, value, shape):
        return plain
    text = "".join(lines)
    changed = _with_ruamel(text, key, value, shape)
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
    if len(key_lines(key, value, shape)) != 1:
        return False
    if len(lines) == 1:
        return _PLAIN_LINE.fullmatch(lines[0].rstrip("\n")) is not None
    # A text over several lines, which has no comments, becomes a text on one line.
    return isinstance(old, str) and "\n" not in value and "#" not in lines[0]


def _comments(lines: Sequence[str]) -> list[str]:
    """The lines with nothing but a comment."""
    return [line.strip() for line in lines if line.lstrip().startswith("#")]


class _StringResolver(VersionedResolver):
    """Reads every scalar as a text, as :mod:`credsite.schema.yaml.loader` does."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        return _STRING_TAG if kind is ScalarNode else super().resolve(kind, value, implicit)


def _with_ruamel(text: str, key: str, value: Any, shape: FieldShape) -> list[str] | None:
    """The lines of ``text``, the YAML of one key, with another value; None if ruamel.yaml cannot change it."""
    try:
        result = _round_trip(text, key, value, shape)
        values, problems = loader.load_yaml(result, "")
    except (YAMLError, RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return None
    return None if problems or values != {key: value} else result.removesuffix("\n").split("\n")


def _round_trip(text: str, key: str, value: Any, shape: FieldShape) -> str:
    item, indented = _first_match(_LIST_ITEM, text), _first_match(_INDENTED, text)
    offset = len(item[1]) if item else 2
    yaml = _yaml(len(indented[1]) if indented else 2, offset + (len(item[2]) if item else 2), offset)
    data = yaml.load(text)
    data[key] = _updated(data[key], value, shape)
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _first_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next((match for line in text.split("\n")[1:] if (match := pattern.match(line))), None)


@lru_cache(maxsize=32)
def _yaml(mapping: int, sequence: int, offset: int) -> Any:
    """The reader and writer for these widths of indentation, in spaces."""
    yaml = YAML()
    yaml.Resolver = _StringResolver
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
    return yaml


def _updated(old: Any, new: Any, shape: FieldShape) -> Any:
    """``old``, a node of ruamel.yaml, changed to the value ``new``, with as much of its formatting as possible."""
    if _plain_value(old) == new:
        return old
    if isinstance(old, CommentedMap) and isinstance(new, Mapping):
        inner = field_shapes(shape.model) if shape.model else {}
        for name in [name for name in old if name not in new]:
            del old[name]
        for name, value in new.items():
            old[name] = _updated(old.get(name), value, inner.get(name, FieldShape(str)))
        return old
    if isinstance(old, CommentedSeq) and isinstance(new, Sequence) and not isinstance(new, str):
        return _updated_list(old, new, shape)
    if isinstance(new, str):
        return _updated_text(old, new, shape)
    return _new_node(new, shape)


def _updated_list(old: CommentedSeq, new: Sequence[Any], shape: FieldShape) -> CommentedSeq:
    before, after = [json.dumps(_plain_value(item)) for item in old], [json.dumps(item) for item in new]
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, start, end, new_start, new_end in reversed(steps):
        if step == "equal":
            continue
        common = min(end - start, new_end - new_start)
        for index in range(end - 1, start + common - 1, -1):
            del old[index]
        for index in range(common):
            old[start + index] = _updated(old[start + index], new[new_start + index], shape)
        for index in range(common, new_end - new_start):
            old.insert(start + index, _new_node(new[new_start + index], shape))
    return old


def _updated_text(old: Any, new: str, shape: FieldShape) -> Any:
    if isinstance(old, DoubleQuotedScalarString | SingleQuotedScalarString) and "\n" not in new:
        return type(old)(new)
    if isinstance(old, LiteralScalarString) and "\n" in new:
        return LiteralScalarString(f"{new}\n" if old.endswith("\n") else new)
    return _new_node(new, shape)


def _new_node(value: Any, shape: FieldShape) -> Any:
    """A new node, formatted as in a new file."""
    if isinstance(value, str):
        is_quoted = "\n" in value or needs_quotes(value, shape)
        return DoubleQuotedScalarString(value) if is_quoted else value
    if isinstance(value, Mapping):
        inner = field_shapes(shape.model) if shape.model else {}
        node = CommentedMap()
        for name, one in value.items():
            node[name] = _new_node(one, inner.get(name, FieldShape(str)))
        return node
    items = CommentedSeq([_new_node(item, shape) for item in value])
    if all(isinstance(item, str) for item in value) and len(key_lines("a", value, shape)) == 1:
        items.fa.set_flow_style()
    return items


def _plain_value(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): _plain_value(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_plain_value(item) for item in node]
    return None if node is None else str(node)
