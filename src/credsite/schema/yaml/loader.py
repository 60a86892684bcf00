"""Reads YAML as editors write it.

Scalars stay texts; the models decide what a field's text means. So ``title: 2024`` is a title, ``country: NO`` is
Norway, and ``2026-02-30`` is a wrong date with a location, where YAML 1.1 would give a number, False and a crash. Only an
empty value, ``~`` and ``null`` without quotation marks are None. Anchors, aliases and tags are refused.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml.constructor import ConstructorError

from credsite.problems.model import Location, Problem
from credsite.schema.yaml.error_messages import syntax_problem
from credsite.schema.yaml.parser import MAPPING_TAG, NULL_TAG, SEQUENCE_TAG, TEXT_TAG, root_node
from credsite.schema.yaml.safety import too_deep_problem, unsafe_problem


def load_yaml(text: str, path: str, first_line: int = 1) -> tuple[Any, list[Problem]]:
    """The data of YAML ``text``: dicts, lists, texts and None; and what is wrong with the text.

    ``path`` is its file and ``first_line`` the line of the file on which ``text`` begins. Where there is a problem, the data
    is None.
    """
    unsafe = unsafe_problem(text, path, first_line)
    if unsafe is not None:
        return None, [unsafe]
    try:
        node = root_node(text)
        return None if node is None else _construct(node), []
    except _DuplicateKeyError:
        return None, _duplicate_key_problems(text, path, first_line)
    except yaml.YAMLError as error:
        return None, [syntax_problem(error, text, path, first_line)]
    except RecursionError:
        return None, [too_deep_problem(Location(path, first_line, 1))]


class _DuplicateKeyError(Exception):
    pass


def _construct(node: yaml.Node) -> Any:
    """The data of a node. ConstructorError for a tag or a key of another kind, _DuplicateKeyError."""
    if node.tag == TEXT_TAG:
        return node.value
    if node.tag == NULL_TAG:
        return None
    if node.tag == SEQUENCE_TAG and isinstance(node, yaml.SequenceNode):
        return [_construct(item) for item in node.value]
    if node.tag != MAPPING_TAG or not isinstance(node, yaml.MappingNode):
        raise ConstructorError(
            None, None, f"could not determine a constructor for the tag {node.tag!r}", node.start_mark
        )
    mapping = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise ConstructorError(
                "while constructing a mapping", node.start_mark, "found unhashable key", key.start_mark
            )
        mapping[_construct(key)] = _construct(value)
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
