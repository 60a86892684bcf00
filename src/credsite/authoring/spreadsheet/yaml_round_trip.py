"""Another value for one key of a YAML text, with its comments, quotation marks and order kept by ruamel.yaml."""

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

from credsite.authoring.spreadsheet.columns import field_shapes
from credsite.authoring.spreadsheet.document_writer import is_plain_scalar, key_lines, looks_typed
from credsite.schema.introspection import FieldShape
from credsite.schema.yaml import loader

_LIST_ITEM: Final = re.compile(r"( *)(- +)\S")
_INDENTED: Final = re.compile(r"( +)[^\s#-]")
_STRING_TAG: Final = Tag(suffix="tag:yaml.org,2002:str")


class _StringResolver(VersionedResolver):
    """Reads every scalar as a text, as :mod:`credsite.schema.yaml.loader` does."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        return _STRING_TAG if kind is ScalarNode else super().resolve(kind, value, implicit)


def replace_value(text: str, key: str, value: Any, shape: FieldShape) -> list[str] | None:
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
        is_quoted = "\n" in value or (looks_typed(value) and not is_plain_scalar(shape))
        return DoubleQuotedScalarString(value) if is_quoted else value
    if isinstance(value, Mapping):
        inner = field_shapes(shape.model) if shape.model else {}
        node = CommentedMap()
        for name, one in value.items():
            node[name] = _new_node(one, inner.get(name, FieldShape(str)))
        return node
    items = CommentedSeq([_new_node(item, shape) for item in value])
    if all(isinstance(item, str) for item in value) and not any(
        line.startswith(" ") for line in key_lines("a", list(value), shape)
    ):
        items.fa.set_flow_style()
    return items


def _plain_value(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): _plain_value(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_plain_value(item) for item in node]
    return None if node is None else str(node)
