"""Reads YAML as editors write it.

Scalars stay texts; the models decide what a field's text means. So ``title: 2024`` is a title, ``country: NO`` is
Norway, and ``2026-02-30`` is a wrong date with a location, where YAML 1.1 would give a number, False and a crash. Only an
empty value, ``~`` and ``null`` without quotation marks are None.

What could do harm is refused before anything is built from it: anchors, aliases and tags, deep nesting, and control
characters. No editor needs anchors and aliases, and they are how small files become enormous data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import yaml
from yaml.constructor import ConstructorError

from credsite.problems.codes import CODES
from credsite.problems.model import Location, Problem
from credsite.schema.yaml.direct import direct_mapping
from credsite.schema.yaml.error_messages import (
    ALIAS_MESSAGE,
    CONTROL_CHARACTER,
    CONTROL_MESSAGE,
    TOO_DEEP_MESSAGE,
    syntax_problem,
)

_TEXT_TAG: Final = "tag:yaml.org,2002:str"
NULL_TAG: Final = "tag:yaml.org,2002:null"
_SEQUENCE_TAG: Final = "tag:yaml.org,2002:seq"
_MAPPING_TAG: Final = "tag:yaml.org,2002:map"
_NULL_VALUES: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""Scalars that mean no value, if they are not in quotation marks."""
_STEPS: Final = re.compile(r"[-?:] +(?:[-?:] +){11}")
_INDENTED: Final = re.compile(r"^ {80}", re.MULTILINE)
_ESCAPED: Final = re.compile(r"\\[0abefvxuU]")
_MAX_DEPTH: Final = 40
TOO_LARGE: Final = "yaml-too-large"
_LARGE: Final = 50_000
"""How many characters a text has in which signs are counted."""
_SIGNS: Final = ("\n", ",", "[", "{", ": ", "- ", "? ")
"""What begins or ends keys and values."""
_MAX_EVENTS: Final = 60_000
"""How many keys, values, and beginnings and ends of blocks are read. Each takes some 15 µs and 1 kB."""
_LIBYAML_TOO_DEEP: Final = "maximum nesting depth"
"""What libyaml says, from version 0.2.6, of depths that it does not follow."""


class LoadedYaml(NamedTuple):
    """The data of a YAML text, or None with what is wrong with it; and the nodes that the data was made from.

    ``long_scalars`` are those that go on in the next line. Simple texts have no nodes: they are read without them, and then
    ``nothing_empty`` says that every key and every item has a value that can be seen.
    """

    data: Any
    problems: list[Problem]
    root: yaml.Node | None = None
    long_scalars: Sequence[yaml.Node] = ()
    nothing_empty: bool = False


def load_yaml(text: str, path: str, first_line: int = 1) -> tuple[Any, list[Problem]]:
    """The data of YAML ``text``: dicts, lists, texts and None; and what is wrong with the text.

    ``path`` is its file and ``first_line`` the line of the file on which ``text`` begins. Where there is a problem, the data
    is None.
    """
    return load_document(text, path, first_line)[:2]


def load_document(text: str, path: str, first_line: int = 1) -> LoadedYaml:
    """What :func:`load_yaml` gives, with what else is known of the text."""
    direct = direct_mapping(text) if len(text) < _LARGE else None
    return LoadedYaml(direct, [], nothing_empty=True) if direct else load_fully(text, path, first_line)


def load_fully(text: str, path: str, first_line: int = 1) -> LoadedYaml:
    """As :func:`load_document`, but without a short cut for simple texts."""
    unsafe = unsafe_problem(text, path, first_line)
    if unsafe is not None:
        return LoadedYaml(None, [unsafe])
    try:
        node = root_node(text)
        if node is None:
            return LoadedYaml(None, [])
        long_scalars: list[yaml.Node] = []
        return LoadedYaml(_construct(node, long_scalars), [], node, long_scalars)
    except _DuplicateKeyError:
        return LoadedYaml(None, _duplicate_key_problems(text, path, first_line))
    except yaml.YAMLError as error:
        return LoadedYaml(None, [syntax_problem(error, text, path, first_line)])
    except RecursionError:
        return LoadedYaml(None, [_too_deep(Location(path, first_line, 1))])


class _DuplicateKeyError(Exception):
    pass


def _construct(node: yaml.Node, long_scalars: list[yaml.Node]) -> Any:
    """The data of a node. ConstructorError for a tag or a key of another kind, _DuplicateKeyError.

    Scalars of several lines are added to ``long_scalars``.
    """
    if node.tag == _TEXT_TAG:
        if node.end_mark.line != node.start_mark.line:
            long_scalars.append(node)
        return node.value
    if node.tag == NULL_TAG:
        return None
    if node.tag == _SEQUENCE_TAG and isinstance(node, yaml.SequenceNode):
        return [_construct(item, long_scalars) for item in node.value]
    if node.tag != _MAPPING_TAG or not isinstance(node, yaml.MappingNode):
        raise ConstructorError(
            None, None, f"could not determine a constructor for the tag {node.tag!r}", node.start_mark
        )
    mapping = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ConstructorError(
                "while constructing a mapping", node.start_mark, "found unhashable key", key.start_mark
            )
        mapping[_construct(key, long_scalars)] = _construct(value, long_scalars)
    if len(mapping) != len(node.value):
        raise _DuplicateKeyError
    return mapping


def _duplicate_key_problems(text: str, path: str, first_line: int) -> list[Problem]:
    problems: list[Problem] = []

    def location(node: yaml.Node) -> Location:
        return Location(path, first_line + node.start_mark.line, node.start_mark.column + 1)

    def visit(node: yaml.Node) -> None:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                visit(item)
        if not isinstance(node, yaml.MappingNode):
            return
        first_keys: dict[str | None, yaml.Node] = {}
        for key, value in node.value:
            visit(value)
            name = None if key.tag == NULL_TAG else key.value
            first = first_keys.setdefault(name, key) if isinstance(key, yaml.ScalarNode) else key
            if first is not key:
                message = f"The key `{key.value}` is in this block twice. Keep one of the two."
                problems.append(Problem("duplicate-key", message, location(key), related=location(first)))

    root = root_node(text)
    if root is not None:
        visit(root)
    return problems


class _TextParser(yaml.CBaseLoader):
    """libyaml's parser with a resolver that knows four tags.

    PyYAML's own resolvers try regular expressions on every scalar, for tags that nobody wants here.
    """

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: tuple[bool, bool]) -> str:
        """The tag of a node that has none. Plain scalars are texts, except for those that mean no value."""
        if kind is yaml.ScalarNode:
            return NULL_TAG if implicit[0] and value in _NULL_VALUES else _TEXT_TAG
        return _MAPPING_TAG if kind is yaml.MappingNode else _SEQUENCE_TAG

    def descend_resolver(self, current_node: yaml.Node | None, current_index: Any) -> None:
        """No tag depends on where a node is."""

    def ascend_resolver(self) -> None:
        """No tag depends on where a node is."""


def root_node(text: str) -> yaml.Node | None:
    """The tree of nodes of a YAML text, None for an empty one. YAMLError, RecursionError.

    Only for a text that has no :func:`unsafe_problem`: libyaml builds nodes by recursion in C, which can end the process.
    """
    parser = _TextParser(text)
    try:
        return parser.get_single_node()
    finally:
        parser.dispose()


def unsafe_problem(text: str, path: str, first_line: int) -> Problem | None:
    """The first thing in ``text`` that is refused, found before any nodes are built."""
    is_large = len(text) >= _LARGE and sum(map(text.count, _SIGNS)) > _MAX_EVENTS
    return _scan(text, path, first_line) if is_large or _may_be_unsafe(text) else None


def _too_deep(location: Location) -> Problem:
    return Problem("yaml-too-deep", TOO_DEEP_MESSAGE, location)


def _may_be_unsafe(text: str) -> bool:
    """A quick test, which is also true of some texts that are safe."""
    return (
        "&" in text
        or "*" in text
        or text.count("[") + text.count("{") > 30
        or _STEPS.search(text) is not None
        or (" " * 80 in text and _INDENTED.search(text) is not None)
        or ("\\" in text and _ESCAPED.search(text) is not None)
    )


def _scan(text: str, path: str, first_line: int) -> Problem | None:
    depth = end = 0
    try:
        for number, event in enumerate(yaml.parse(text, Loader=_TextParser)):
            location = _location(event.start_mark, path, first_line)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _MAX_DEPTH:
                return _too_deep(location)
            if number > _MAX_EVENTS:
                return Problem(TOO_LARGE, CODES[TOO_LARGE].meaning, location)
            end = event.end_mark.index if event.end_mark else end
            if getattr(event, "anchor", None):
                return Problem("yaml-alias", ALIAS_MESSAGE, location)
            if isinstance(event, yaml.ScalarEvent) and CONTROL_CHARACTER.search(event.value):
                return Problem("yaml-syntax", CONTROL_MESSAGE, location)
    except yaml.YAMLError as error:
        if _LIBYAML_TOO_DEEP in str(error):
            return _too_deep(_opening_bracket(text, end, _MAX_DEPTH + 1 - depth, path, first_line))
        return syntax_problem(error, text, path, first_line)
    return None


def _opening_bracket(text: str, start: int, number: int, path: str, first_line: int) -> Location:
    """Where bracket ``number`` after ``start`` opens. Newer versions of libyaml report a place further on."""
    brackets = [at for at in range(start, len(text)) if text[at] in "[{"][:number]
    at = brackets[-1] if brackets else start
    return Location(path, first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at))


def _location(mark: Any, path: str, first_line: int) -> Location:
    return Location(path, first_line + mark.line, mark.column + 1)
