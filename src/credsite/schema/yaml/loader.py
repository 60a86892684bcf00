"""YAML as editors write it: read fast, and read again slowly only to find the place of a problem.

Scalars stay texts; the models decide what a field's text means. So ``title: 2024`` is a title, ``country: NO`` is
Norway, and ``2026-02-30`` is a bad date with a place, where YAML 1.1 would have made a number, False and a crash of
them. Only an empty value, ``~`` and ``null`` without quotes are None. Anchors, aliases and tags are refused: no
editor needs them, and they are how small files become enormous data.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml
from yaml.constructor import ConstructorError
from yaml.reader import ReaderError

from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.yaml.error_messages import ALIAS_MESSAGE, TOO_DEEP_MESSAGE, explain_error

_TEXT: Final = "tag:yaml.org,2002:str"
_NULL: Final = "tag:yaml.org,2002:null"
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""What stands for no value, where it is not in quotation marks."""
_SEQUENCE: Final = "tag:yaml.org,2002:seq"
_MAPPING: Final = "tag:yaml.org,2002:map"
_STEPS: Final = re.compile(r"[-?:] +(?:[-?:] +){11}")
_INDENTED: Final = re.compile(r"^ {80}", re.MULTILINE)
_ESCAPED: Final = re.compile(r"\\[0abefvxuU]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_DEEPEST: Final = 40
_NESTING: Final = "maximum nesting depth"
"""What libyaml says from 0.2.6 on of depths that it does not follow."""
_CONTROL_ADVICE: Final = "There is an invisible control character here, which no page can show. Delete it, and write the words again."


class _Loader(yaml.CBaseLoader):
    """libyaml's parser with a resolver that knows three tags. :func:`_construct` turns its nodes into data.

    PyYAML's own resolvers try regular expressions on every scalar, for tags that nobody wants here.
    """

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: tuple[bool, bool]) -> str:
        """The tag of a node that has none. Plain scalars are texts, except nothing at all, which is null."""
        if kind is yaml.ScalarNode:
            return _NULL if implicit[0] and value in _NOTHING else _TEXT
        return _MAPPING if kind is yaml.MappingNode else _SEQUENCE

    def descend_resolver(self, current_node: yaml.Node | None, current_index: Any) -> None:
        """Nothing depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a node stands."""


def _construct(node: yaml.Node) -> Any:
    """The data of a node. ConstructorError for a tag or key that is none of ours, _DuplicateKeyError."""
    if node.tag == _TEXT:
        return node.value
    if node.tag == _NULL:
        return None
    if node.tag == _SEQUENCE and isinstance(node, yaml.SequenceNode):
        return [_construct(item) for item in node.value]
    if node.tag != _MAPPING or not isinstance(node, yaml.MappingNode):
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


class _DuplicateKeyError(Exception):
    pass


def load_yaml(text: str, path: str, first_line: int = 1) -> tuple[Any, list[Problem]]:
    """The data of YAML ``text``: dicts, lists, texts and None; and what is wrong with the text.

    ``path`` and ``first_line`` (the file's line on which ``text`` begins) say where it stands. The data is None
    where there is a problem.
    """
    if _is_suspicious(text) and (problem := _refused(text, path, first_line)):
        return None, [problem]
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            return None if node is None else _construct(node), []
        finally:
            loader.dispose()
    except _DuplicateKeyError:
        return None, _duplicate_keys(text, path, first_line)
    except yaml.YAMLError as error:
        return None, [_syntax_problem(error, text, path, first_line)]
    except RecursionError:
        return None, [_too_deep(Location(path, first_line, 1))]


def find_key(text: str, key: KeyPath, target: str = "value") -> tuple[int, int] | None:
    """Line and column (from 1, within ``text``) of a key path; of the deepest part of it that exists.

    ``at`` is ``key`` for the key's own place or ``value`` for that of its value.
    """
    node = _compose(text)
    if node is None:
        return None
    mark = node.start_mark
    for part in key:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if pair is None:
                break
            node = pair[1]
            mark = pair[0].start_mark if target == "key" or _is_empty(node) else node.start_mark
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            mark = node.start_mark
        else:
            break
    return mark.line + 1, mark.column + 1


def top_level_keys(text: str) -> list[tuple[str, int]] | None:
    """The keys of the outermost block of ``text``, each with the character where it begins (from 0), in order.

    None where ``text`` is no block of keys on lines of their own.
    """
    node = _compose(text)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return None
    return [(key.value, key.start_mark.index) for key, _ in node.value]


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value and not node.style


def _compose(text: str) -> yaml.Node | None:
    if _is_suspicious(text) and _refused(text, "", 1):
        return None
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    except (yaml.YAMLError, RecursionError):
        return None
    finally:
        loader.dispose()


def _is_suspicious(text: str) -> bool:
    """Whether ``text`` may hold what is refused. Quick, and true of some texts that are fine."""
    return (
        "&" in text
        or "*" in text
        or text.count("[") + text.count("{") > 30
        or _STEPS.search(text) is not None
        or (" " * 80 in text and _INDENTED.search(text) is not None)
        or ("\\" in text and _ESCAPED.search(text) is not None)
    )


def _refused(text: str, path: str, first_line: int) -> Problem | None:
    """The first anchor, alias or too deep block, found from parse events, before anything is built from them.

    The parser keeps its own stack, but building nodes recurses in C, where depth can end the whole process.
    """
    depth = end = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            location = _location(event.start_mark, path, first_line)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST:
                return _too_deep(location)
            end = event.end_mark.index if event.end_mark else end
            if getattr(event, "anchor", None):
                return Problem("yaml-alias", ALIAS_MESSAGE, location)
            if isinstance(event, yaml.ScalarEvent) and _CONTROL.search(event.value):
                return Problem("yaml-syntax", _CONTROL_ADVICE, location)
    except yaml.YAMLError as error:
        if _NESTING in str(error):
            return _too_deep(_opening(text, end, _DEEPEST + 1 - depth, path, first_line))
        return _syntax_problem(error, text, path, first_line)
    return None


def _opening(text: str, start: int, number: int, path: str, first_line: int) -> Location:
    """Where bracket ``number`` opens behind ``start``: newer parsers give up further on, where they happen to be."""
    brackets = [at for at in range(start, len(text)) if text[at] in "[{"][:number]
    at = brackets[-1] if brackets else start
    return Location(path, first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at))


def _location(mark: Any, path: str, first_line: int) -> Location:
    return Location(path, first_line + mark.line, mark.column + 1)


def _too_deep(location: Location) -> Problem:
    return Problem("yaml-too-deep", TOO_DEEP_MESSAGE, location)


def _duplicate_keys(text: str, path: str, first_line: int) -> list[Problem]:
    problems: list[Problem] = []

    def visit(node: yaml.Node) -> None:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                visit(item)
        if not isinstance(node, yaml.MappingNode):
            return
        seen: dict[str | None, yaml.Node] = {}
        for key, value in node.value:
            visit(value)
            name = None if key.tag == _NULL else key.value
            first = seen.setdefault(name, key) if isinstance(key, yaml.ScalarNode) else key
            if first is not key:
                problems.append(
                    Problem(
                        "duplicate-key",
                        f"The key `{key.value}` stands here twice. Keep one of the two.",
                        Location(path, first_line + key.start_mark.line, key.start_mark.column + 1),
                        related=Location(
                            path, first_line + first.start_mark.line, first.start_mark.column + 1
                        ),
                    )
                )

    root = _compose(text)
    if root is not None:
        visit(root)
    return problems


def _syntax_problem(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Problem:
    if isinstance(error, ReaderError) and (control := _CONTROL.search(text)):
        before = text[: control.start()]
        line, column = before.count("\n"), len(before) - before.rfind("\n")
        return Problem("yaml-syntax", _CONTROL_ADVICE, Location(path, first_line + line, column))
    found = explain_error(error, text)
    return Problem(found.code, found.message, Location(path, first_line + found.line, found.column + 1))
