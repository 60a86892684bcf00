"""From keys and snippets to lines and columns. This is slow, so it is only done for files that have problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from credsite.problems.model import Location, Problem
from credsite.schema.front_matter import split_front_matter
from credsite.schema.yaml.key_positions import find_key

ReadText = Callable[[str], str | None]
FindSnippet = Callable[[str, str], tuple[int, int] | None]


def fill_in_locations(
    problems: Iterable[Problem], read: ReadText, find_snippet: FindSnippet
) -> list[Problem]:
    """The problems with line and column filled in.

    ``read`` gives a file's text by its path in the site, or None where it cannot be read. ``find_snippet`` finds
    a piece of text in a Markdown body: 1-based line and column, or None.
    """
    texts: dict[str, str | None] = {}

    def located(location: Location) -> Location:
        if location.line or not location.path:
            return location
        if location.path not in texts:
            texts[location.path] = read(location.path)
        text = texts[location.path]
        if text is None:
            return location
        line, column = _find(location, text, find_snippet)
        return replace(location, line=line, column=column)

    return [
        replace(
            problem, location=located(problem.location), related=problem.related and located(problem.related)
        )
        for problem in problems
    ]


def _find(location: Location, text: str, find_snippet: FindSnippet) -> tuple[int, int]:
    if location.path.endswith(".yaml"):
        return find_key(text, location.key, location.target) or (1, 1)
    if not location.path.lower().endswith((".md", ".markdown")):
        return 0, 0
    parts = split_front_matter(text)
    if location.snippet:
        found = find_snippet(parts.body, location.snippet)
        return (parts.body_line + found[0] - 1, found[1]) if found else (parts.body_line, 1)
    found = find_key(parts.yaml, location.key, location.target)
    return (parts.yaml_line + found[0] - 1, found[1]) if found else (1, 1)
