"""The parser of YAML: libyaml, for which all scalars are texts."""

from __future__ import annotations

from typing import Any, Final

import yaml

TEXT_TAG: Final = "tag:yaml.org,2002:str"
NULL_TAG: Final = "tag:yaml.org,2002:null"
SEQUENCE_TAG: Final = "tag:yaml.org,2002:seq"
MAPPING_TAG: Final = "tag:yaml.org,2002:map"
_NULL_VALUES: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""Scalars that mean no value, if they are not in quotation marks."""


class TextParser(yaml.CBaseLoader):
    """libyaml's parser with a resolver that knows four tags.

    PyYAML's own resolvers try regular expressions on every scalar, for tags that nobody wants here.
    """

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: tuple[bool, bool]) -> str:
        """The tag of a node that has none. Plain scalars are texts, except for those that mean no value."""
        if kind is yaml.ScalarNode:
            return NULL_TAG if implicit[0] and value in _NULL_VALUES else TEXT_TAG
        return MAPPING_TAG if kind is yaml.MappingNode else SEQUENCE_TAG

    def descend_resolver(self, current_node: yaml.Node | None, current_index: Any) -> None:
        """No tag depends on where a node is."""

    def ascend_resolver(self) -> None:
        """No tag depends on where a node is."""


def root_node(text: str) -> yaml.Node | None:
    """The tree of nodes of a YAML text, None for an empty one. YAMLError, RecursionError.

    Only for a text that :mod:`.safety` lets through: libyaml builds nodes by recursion in C, which can end the process.
    """
    parser = TextParser(text)
    try:
        return parser.get_single_node()
    finally:
        parser.dispose()
