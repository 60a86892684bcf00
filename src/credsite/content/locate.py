"""From keys and snippets to lines and columns. This is slow, so it is only done for files that have problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property

from credsite.content.snippet_positions import SnippetPositions
from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.front_matter import SplitFile
from credsite.schema.merge_conflicts import without_conflicts
from credsite.schema.recovery import recover_yaml, recovered_parts
from credsite.schema.yaml.key_positions import KeyPositions


def fill_in_locations(problems: Iterable[Problem], read: Callable[[str], str | None]) -> list[Problem]:
    """The problems with line and column filled in.

    ``read`` gives a file's text by its path in the site, or None where it cannot be read. Each file is read once, and
    forgotten before the next is read.
    """
    problems = list(problems)
    by_path: dict[str, dict[Location, Location]] = {}
    for problem in problems:
        for location in (problem.location, problem.related):
            if location is not None and not location.line and location.path:
                by_path.setdefault(location.path, {})[location] = location
    for path, located in by_path.items():
        text = read(path)
        if text is not None:
            file = _File(text, path)
            for location in located:
                line, column = file.find(location)
                located[location] = replace(location, line=line, column=column)

    def filled_in(location: Location) -> Location:
        return by_path.get(location.path, {}).get(location, location)

    return [
        replace(
            problem,
            location=filled_in(problem.location),
            related=problem.related and filled_in(problem.related),
        )
        for problem in problems
    ]


class _File:
    """A file in which places are looked up: whatever is needed for that is worked out once."""

    def __init__(self, text: str, path: str) -> None:
        self._text, _ = without_conflicts(text, path)
        self._is_yaml = path.endswith(".yaml")
        self._is_markdown = path.lower().endswith((".md", ".markdown"))
        self._parts = recovered_parts(self._text) if self._is_markdown and not self._is_yaml else None

    def find(self, location: Location) -> tuple[int, int]:
        """Line and column of the key or the snippet of ``location``; 0 in a file that has no such places."""
        if self._is_yaml:
            return self._find_in_yaml(location) or (1, 1)
        if self._parts is None:
            return 0, 0
        if location.snippet and not location.key:
            return self._find_anywhere(location.snippet, self._parts)
        found = self._find_in_yaml(location)
        return (self._parts.yaml_line + found[0] - 1, found[1]) if found else (1, 1)

    def _find_in_yaml(self, location: Location) -> tuple[int, int] | None:
        """Where the key is in the YAML, or the snippet in its value."""
        found = self._find_key(location.key, location.target)
        return self._find_below(*found, location.snippet) if found and location.snippet else found

    def _find_anywhere(self, snippet: str, parts: SplitFile) -> tuple[int, int]:
        """Where ``snippet`` is in the body, or else in a text of the front matter."""
        found = self._snippets.find(snippet)
        if found is None and snippet in parts.yaml:
            line, column = self._find_below(1, 1, snippet, to_end=True)
            return parts.yaml_line + line - 1, column
        line, column = found or (1, 1)
        return parts.body_line + line - 1, column

    def _find_key(self, key: KeyPath, target: str) -> tuple[int, int] | None:
        """Where the key is, also in a text of which not everything can be read."""
        return self._keys.find(key, target) or self._recovered_keys.find(key, target)

    def _find_below(self, line: int, column: int, snippet: str, *, to_end: bool = False) -> tuple[int, int]:
        """Where ``snippet`` is in the value that begins at a place of the YAML, or in all that follows; that place, where it
        is not written so."""
        start = column - 1
        for number, text in enumerate(self._yaml.split("\n")[line - 1 :], start=line):
            if number > line and not to_end and text[:1] not in ("", " ", "-"):
                break  # the next key
            if (at := text.find(snippet, start)) >= 0:
                return number, at + 1
            start = 0
        return line, column

    @cached_property
    def _yaml(self) -> str:
        return self._text if self._parts is None else self._parts.yaml

    @cached_property
    def _keys(self) -> KeyPositions:
        return KeyPositions(self._yaml)

    @cached_property
    def _recovered_keys(self) -> KeyPositions:
        return KeyPositions(recover_yaml(self._yaml, "", 1).text)

    @cached_property
    def _snippets(self) -> SnippetPositions:
        return SnippetPositions(self._parts.body if self._parts else "")
