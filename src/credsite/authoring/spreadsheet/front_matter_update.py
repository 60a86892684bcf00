"""Changes in the front matter of a file that somebody wrote: only the lines of the keys that change are touched.

Their comments, quotation marks and order stay, with the help of ruamel.yaml, which is given the lines of one key at a
time. All other bytes of the file are those of before: the text, other keys, line ends, a byte order mark.
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

from credsite.authoring.spreadsheet.cells import is_plain_scalar
from credsite.authoring.spreadsheet.columns import Columns, field_shapes
from credsite.authoring.spreadsheet.document_writer import key_lines, looks_typed
from credsite.core.text import normalize_text
from credsite.schema.front_matter import split_front_matter
from credsite.schema.introspection import FieldShape
from credsite.schema.yaml import loader
from credsite.schema.yaml.key_positions import top_level_keys

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BESIDE: Final = re.compile(r"[ \t]*(?:#.*)?")
_DASH: Final = re.compile(r"( *)(- +)\S")
_INDENT: Final = re.compile(r"( +)[^\s#-]")
_SIMPLE: Final = re.compile(r"([\w-]+: +)([^\s\"'\[{|>&*!#%@`-][^#\n\"']*?)([ \t]*)")
_TEXT: Final = Tag(suffix="tag:yaml.org,2002:str")


class RewriteError(Exception):
    """A front matter that cannot be changed without risk to what it holds besides."""


class _Texts(VersionedResolver):
    """All scalars are texts, as for :mod:`credsite.schema.yaml.loader`."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        return _TEXT if kind is ScalarNode else super().resolve(kind, value, implicit)


def update_front_matter(
    data: bytes, old: Mapping[str, Any], new: Mapping[str, Any], columns: Columns, path: str = ""
) -> bytes:
    """``data``, the bytes of a file with the front matter ``old``, with the front matter ``new``.

    Raises RewriteError where that cannot be done without a change to something else.
    """
    text = data.decode()
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    raw = _LINE.findall(text.removeprefix(mark))
    parts = split_front_matter(normalize_text(text))
    first = parts.yaml_line - 1  # of the front matter, from 0
    count = parts.yaml.count("\n")
    front = raw[first : first + count]
    end = "\r\n" if raw[0].endswith("\r\n") else raw[0][-1:]
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key) or (key in old) != (key in new)]
    shapes = field_shapes(columns.model)
    for key in changed:
        front = _with_key(front, key, old.get(key) or "", new.get(key), shapes[key], columns, end)
    result = (mark + "".join([*raw[:first], *front, *raw[first + count :]])).encode()
    again = split_front_matter(normalize_text(result.decode()))
    values, problems = loader.load_yaml(again.yaml, path)
    if problems or values != new or again.body != parts.body:
        raise RewriteError("Its front matter is written in a way that cannot be changed safely.")
    return result


def _with_key(
    front: list[str], key: str, old: Any, value: Any, shape: FieldShape, columns: Columns, end: str
) -> list[str]:
    """The lines ``front`` with another value of ``key``, or without it where the value is None."""
    lines = [normalize_text(line) for line in front]
    text = "".join(lines)
    starts = top_level_keys(text)
    if starts is None:
        if text.strip():
            raise RewriteError("Its front matter is not made of keys on lines of their own.")
        starts = []
    first_lines = {name: text.count("\n", 0, index) for name, index in starts}
    if any(index and text[index - 1] != "\n" for _, index in starts):
        raise RewriteError("The keys of its front matter are indented.")
    if key not in first_lines:
        at = _place_for(key, first_lines, lines, columns)
        return [*front[:at], *(line + end for line in key_lines(key, value, shape)), *front[at:]]
    begin, stop = _extent(key, first_lines, lines)
    own = lines[begin:stop]
    # A remark between the lines of a key that goes stays; but in a text, what looks like one is none.
    kept = _remarks(own) if not isinstance(old, str) else []
    new = kept if value is None else _fragment(own, key, old, value, shape)
    return [*front[:begin], *(line + end for line in new), *front[stop:]]


def _extent(key: str, first_lines: Mapping[str, int], lines: Sequence[str]) -> tuple[int, int]:
    """The lines of a key, without the empty ones and the comments before the next one."""
    begin = first_lines[key]
    stop = min((line for line in first_lines.values() if line > begin), default=len(lines))
    # In a text over several lines, what looks like a comment is part of it, if it is indented.
    is_block = re.search(r"[:-][ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$", "".join(lines[begin:stop]), re.MULTILINE)
    while stop > begin + 1:
        line = lines[stop - 1].rstrip("\n")
        if not _BESIDE.fullmatch(line) or (is_block and line.startswith(" ")):
            break
        stop -= 1
    return begin, stop


def _place_for(key: str, first_lines: Mapping[str, int], lines: Sequence[str], columns: Columns) -> int:
    """The line for a new key: behind the last of those that come before it in the usual order."""
    order = list(columns.keys)
    before = [name for name in order[: order.index(key)] if name in first_lines]
    if before:
        return max(_extent(name, first_lines, lines)[1] for name in before[-1:])
    return min(first_lines.values(), default=0)


def _fragment(lines: list[str], key: str, old: Any, value: Any, shape: FieldShape) -> list[str]:
    """The lines of a key with another value."""
    plain = list(key_lines(key, value, shape))
    text = "".join(lines)
    is_simple = len(lines) == 1 and len(plain) == 1 and _SIMPLE.fullmatch(text.rstrip("\n")) is not None
    # A text over several lines, in which nothing is a remark, and which now is one line.
    is_simple = is_simple or (
        isinstance(old, str)
        and len(lines) > 1
        and len(plain) == 1
        and "\n" not in value
        and "#" not in lines[0]
    )
    if is_simple or lines == [f"{line}\n" for line in key_lines(key, old, shape)]:
        return plain  # nothing is lost that is not made again
    try:
        result = _round_trip(text, key, value, shape)
        found, problems = loader.load_yaml(result, "")
    except (YAMLError, RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        found, problems = None, []
    if not problems and found == {key: value}:
        made = result.removesuffix("\n").split("\n")
        # A remark between two values goes with the first of them; where that went, it stands above the key.
        remarks = _remarks(lines) if not isinstance(old, str) else []
        return [*(remark for remark in remarks if remark not in _remarks(made)), *made]
    if "#" in text:
        raise RewriteError(f"There are comments in `{key}`, which could get lost.")
    return plain


def _remarks(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.lstrip().startswith("#")]


def _round_trip(text: str, key: str, value: Any, shape: FieldShape) -> str:
    dash, indent = _first(_DASH, text), _first(_INDENT, text)
    offset = len(dash[1]) if dash else 2
    tool = _tool(len(indent[1]) if indent else 2, offset + (len(dash[2]) if dash else 2), offset)
    data = tool.load(text)
    data[key] = _updated(data[key], value, shape)
    stream = io.StringIO()
    tool.dump(data, stream)
    return stream.getvalue()


def _first(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next((match for line in text.split("\n")[1:] if (match := pattern.match(line))), None)


@lru_cache(maxsize=32)
def _tool(mapping: int, sequence: int, offset: int) -> Any:
    tool = YAML()
    tool.Resolver = _Texts
    tool.preserve_quotes = True
    tool.width = 1_000_000
    tool.indent(mapping=mapping, sequence=sequence, offset=offset)
    return tool


def _updated(old: Any, new: Any, shape: FieldShape) -> Any:
    """``old``, a node of ruamel's, made to say ``new``, and as much of it as before as is possible."""
    if _plain(old) == new:
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
    return _made(new, shape)


def _updated_list(old: CommentedSeq, new: Sequence[Any], shape: FieldShape) -> CommentedSeq:
    before, after = [json.dumps(_plain(item)) for item in old], [json.dumps(item) for item in new]
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, start, stop, begin, end in reversed(steps):
        if step == "equal":
            continue
        common = min(stop - start, end - begin)
        for place in range(stop - 1, start + common - 1, -1):
            del old[place]
        for place in range(common):
            old[start + place] = _updated(old[start + place], new[begin + place], shape)
        for place in range(common, end - begin):
            old.insert(start + place, _made(new[begin + place], shape))
    return old


def _updated_text(old: Any, new: str, shape: FieldShape) -> Any:
    if isinstance(old, DoubleQuotedScalarString | SingleQuotedScalarString) and "\n" not in new:
        return type(old)(new)
    if isinstance(old, LiteralScalarString) and "\n" in new:
        return LiteralScalarString(f"{new}\n" if old.endswith("\n") else new)
    return _made(new, shape)


def _made(value: Any, shape: FieldShape) -> Any:
    """A new node, which looks as it would in a new file."""
    if isinstance(value, str):
        is_quoted = "\n" in value or (looks_typed(value) and not is_plain_scalar(shape))
        return DoubleQuotedScalarString(value) if is_quoted else value
    if isinstance(value, Mapping):
        inner = field_shapes(shape.model) if shape.model else {}
        made = CommentedMap()
        for name, one in value.items():
            made[name] = _made(one, inner.get(name, FieldShape(str)))
        return made
    items = CommentedSeq([_made(item, shape) for item in value])
    if all(isinstance(item, str) for item in value) and not any(
        line.startswith(" ") for line in key_lines("a", list(value), shape)
    ):
        items.fa.set_flow_style()
    return items


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_plain(item) for item in node]
    return None if node is None else str(node)
