"""Finds keys in a YAML text: a second, slower pass, which only problems and changes to a file need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import yaml

from credsite.problems.model import KeyPath
from credsite.schema.empty_values import is_blank
from credsite.schema.yaml.loader import NULL_TAG, root_node, unsafe_problem


class KeyPositions:
    """Where the keys of a YAML text are. The text is read once, however many keys are looked up."""

    def __init__(self, text: str) -> None:
        self._root = _root_node_or_none(text)
        self._pairs: dict[int, Mapping[str, tuple[yaml.Node, yaml.Node]]] = {}
        self._items: dict[int, Sequence[yaml.Node]] = {}

    def find(self, key: KeyPath, target: str = "value") -> tuple[int, int] | None:
        """Line and column (from 1, within the text) of a key path, or of the deepest part of it that exists.

        ``target`` is ``key`` for the position of the key itself, or ``value`` for that of its value. None where the text
        cannot be read.
        """
        node = self._root
        if node is None:
            return None
        mark = node.start_mark
        for part in key:
            if isinstance(node, yaml.MappingNode):
                if part == 0 and isinstance(part, int):  # the only block of a list, without its hyphen
                    continue
                pair = self._pairs_of(node).get(str(part))
                if pair is None:
                    break
                node = pair[1]
                mark = pair[0].start_mark if target == "key" or _is_empty(node) else node.start_mark
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                items = self._items_of(node)
                if part >= len(items):
                    break
                node = items[part]
                mark = node.start_mark
            else:
                break
        return mark.line + 1, mark.column + 1

    def _pairs_of(self, node: yaml.MappingNode) -> Mapping[str, tuple[yaml.Node, yaml.Node]]:
        """The pairs of a block by their keys. Of pairs with the same key, the first counts."""
        if id(node) not in self._pairs:
            self._pairs[id(node)] = {
                pair[0].value: pair for pair in reversed(node.value) if isinstance(pair[0], yaml.ScalarNode)
            }
        return self._pairs[id(node)]

    def _items_of(self, node: yaml.SequenceNode) -> Sequence[yaml.Node]:
        """The items of a list as models count them: without those that count as left out."""
        if id(node) not in self._items:
            self._items[id(node)] = [item for item in node.value if not _is_left_out(item)]
        return self._items[id(node)]


def find_key(text: str, key: KeyPath, target: str = "value") -> tuple[int, int] | None:
    """:meth:`KeyPositions.find` of one key of ``text``."""
    return KeyPositions(text).find(key, target)


def top_level_keys(text: str) -> list[tuple[str, int]] | None:
    """The keys of the outermost block of ``text``, each with the index of its first character, in order.

    None where ``text`` is not a block of keys on lines of their own.
    """
    node = _root_node_or_none(text)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return None
    return [(key.value, key.start_mark.index) for key, _ in node.value]


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value and not node.style


def _is_left_out(item: yaml.Node) -> bool:
    """Whether an item of a list is empty, as :func:`credsite.schema.empty_values.is_left_out` says of its value."""
    return item.tag != NULL_TAG and _is_nothing(item)


def _is_nothing(node: yaml.Node) -> bool:
    if isinstance(node, yaml.MappingNode):
        values = [value for _, value in node.value]
        is_begun = values and all(isinstance(value, yaml.SequenceNode) for value in values)
        return not is_begun and all(map(_is_left_out, values))
    if isinstance(node, yaml.SequenceNode):
        return all(map(_is_left_out, node.value))
    return is_blank(node.value)


def _root_node_or_none(text: str) -> yaml.Node | None:
    if unsafe_problem(text, "", 1) is not None:
        return None
    try:
        return root_node(text)
    except (yaml.YAMLError, RecursionError):
        return None
