"""From keys and needles to lines and columns: the slow pass over a file that only problems cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from credsite.problems.model import Place, Problem
from credsite.schema.front_matter import split
from credsite.schema.yaml import loader

ReadText = Callable[[str], str | None]
FindNeedle = Callable[[str, str], tuple[int, int] | None]


def located(problems: Iterable[Problem], read: ReadText, find_needle: FindNeedle) -> list[Problem]:
    """The problems with line and column filled in.

    ``read`` gives a file's text by its path in the site, or None where it cannot be read. ``find_needle`` finds
    a piece of text in a Markdown body: 1-based line and column, or None.
    """
    texts: dict[str, str | None] = {}

    def place_of(place: Place) -> Place:
        if place.line or not place.path:
            return place
        if place.path not in texts:
            texts[place.path] = read(place.path)
        text = texts[place.path]
        if text is None:
            return place
        line, column = _find(place, text, find_needle)
        return replace(place, line=line, column=column)

    return [
        replace(problem, place=place_of(problem.place), other=problem.other and place_of(problem.other))
        for problem in problems
    ]


def _find(place: Place, text: str, find_needle: FindNeedle) -> tuple[int, int]:
    if place.path.endswith(".yaml"):
        return loader.find(text, place.key, place.at) or (1, 1)
    if not place.path.lower().endswith((".md", ".markdown")):
        return 0, 0
    parts = split(text)
    if place.needle:
        found = find_needle(parts.body, place.needle)
        return (parts.body_line + found[0] - 1, found[1]) if found else (parts.body_line, 1)
    found = loader.find(parts.yaml, place.key, place.at)
    return (parts.yaml_line + found[0] - 1, found[1]) if found else (1, 1)
