"""From keys and snippets to lines and columns. This is slow, so it is only done for files that have problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from credsite.problems.model import Location, Problem
from credsite.schema.merge_conflicts import without_conflicts
from credsite.schema.recovery import recover_yaml, recovered_parts
from credsite.schema.yaml.key_positions import find_key

# Also in quotations and in items of lists, which may begin in the same line.
_FENCED: Final = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*\1[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_INLINE: Final = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


def fill_in_locations(problems: Iterable[Problem], read: Callable[[str], str | None]) -> list[Problem]:
    """The problems with line and column filled in.

    ``read`` gives a file's text by its path in the site, or None where it cannot be read.
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
        line, column = _find(location, text)
        return replace(location, line=line, column=column)

    return [
        replace(
            problem, location=located(problem.location), related=problem.related and located(problem.related)
        )
        for problem in problems
    ]


def _find(location: Location, text: str) -> tuple[int, int]:
    text, _ = without_conflicts(text, location.path)
    if location.path.endswith(".yaml"):
        return _find_key(text, location) or (1, 1)
    if not location.path.lower().endswith((".md", ".markdown")):
        return 0, 0
    parts = recovered_parts(text)
    if location.snippet:
        found = find_snippet(parts.body, location.snippet)
        return (parts.body_line + found[0] - 1, found[1]) if found else (parts.body_line, 1)
    found = _find_key(parts.yaml, location)
    return (parts.yaml_line + found[0] - 1, found[1]) if found else (1, 1)


def _find_key(yaml: str, location: Location) -> tuple[int, int] | None:
    """Where the key is, also in a text of which not everything can be read."""
    found = find_key(yaml, location.key, location.target)
    return found or find_key(recover_yaml(yaml, "", 1).text, location.key, location.target)


def find_snippet(text: str, snippet: str, nth: int = 0) -> tuple[int, int] | None:
    """Line and column, from 1, of the ``nth`` (from 0) ``snippet`` in the Markdown ``text``, or None.

    Fenced and inline code is passed over. The snippet may stand in the text with backslashes, entities or other
    white space; where it occurs as a word or path of its own, only those places count.
    """
    if not snippet.strip():
        return None
    visible = _INLINE.sub(_blanked, _FENCED.sub(_blanked, text))
    pattern = "".join(_pattern(part) for part in re.findall(r"\s+|.", snippet.strip(), re.DOTALL))
    before = r"(?<![\w/.\-])" if snippet[0].isalnum() else ""
    after = r"(?![\w\-])" if snippet[-1].isalnum() or snippet[-1] == "/" else ""
    for attempt in (f"{before}{pattern}{after}", pattern):
        places = [found.start() for found in re.finditer(attempt, visible)]
        if len(places) > nth:
            at = places[nth]
            return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return None


def _blanked(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", code[0])


def _pattern(part: str) -> str:
    if part.isspace():
        return r"\s+"
    if part == "&":
        return "&(?:amp;)?"
    escaped = re.escape(part)
    return escaped if part.isalnum() or not part.isascii() else rf"\\?{escaped}"
