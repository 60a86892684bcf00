"""Refuses YAML that could do harm: anchors and aliases, deep nesting, and control characters.

No editor needs anchors and aliases, and they are how small files become enormous data.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from credsite.problems.model import Location, Problem
from credsite.schema.yaml.error_messages import (
    ALIAS_MESSAGE,
    CONTROL_CHARACTER,
    CONTROL_MESSAGE,
    TOO_DEEP_MESSAGE,
    syntax_problem,
)
from credsite.schema.yaml.parser import TextParser

_STEPS: Final = re.compile(r"[-?:] +(?:[-?:] +){11}")
_INDENTED: Final = re.compile(r"^ {80}", re.MULTILINE)
_ESCAPED: Final = re.compile(r"\\[0abefvxuU]")
_MAX_DEPTH: Final = 40
_LIBYAML_TOO_DEEP: Final = "maximum nesting depth"
"""What libyaml says, from version 0.2.6, of depths that it does not follow."""


def unsafe_problem(text: str, path: str, first_line: int) -> Problem | None:
    """The first thing in ``text`` that is refused, found before any nodes are built."""
    return _scan(text, path, first_line) if _may_be_unsafe(text) else None


def too_deep_problem(location: Location) -> Problem:
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
        for event in yaml.parse(text, Loader=TextParser):
            location = _location(event.start_mark, path, first_line)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _MAX_DEPTH:
                return too_deep_problem(location)
            end = event.end_mark.index if event.end_mark else end
            if getattr(event, "anchor", None):
                return Problem("yaml-alias", ALIAS_MESSAGE, location)
            if isinstance(event, yaml.ScalarEvent) and CONTROL_CHARACTER.search(event.value):
                return Problem("yaml-syntax", CONTROL_MESSAGE, location)
    except yaml.YAMLError as error:
        if _LIBYAML_TOO_DEEP in str(error):
            return too_deep_problem(_opening_bracket(text, end, _MAX_DEPTH + 1 - depth, path, first_line))
        return syntax_problem(error, text, path, first_line)
    return None


def _opening_bracket(text: str, start: int, number: int, path: str, first_line: int) -> Location:
    """Where bracket ``number`` after ``start`` opens. Newer versions of libyaml report a place further on."""
    brackets = [at for at in range(start, len(text)) if text[at] in "[{"][:number]
    at = brackets[-1] if brackets else start
    return Location(path, first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at))


def _location(mark: Any, path: str, first_line: int) -> Location:
    return Location(path, first_line + mark.line, mark.column + 1)
