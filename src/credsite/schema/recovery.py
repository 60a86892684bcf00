"""What can still be read of a file that is damaged or is not right YAML, so that its other problems are found too.

This is slow, and done only for such files. Lines keep their numbers: what cannot be read is replaced by empty lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from credsite.core.text import normalize_text
from credsite.problems.model import NO_KEY, KeyPath, Problem
from credsite.schema.front_matter import RawFrontMatter, SplitFile, split_front_matter
from credsite.schema.yaml import loader

MISSPELT_CLOSER: Final = re.compile(
    r"^[ \t]*(-{2,}|-*[\u2010-\u2015][-\u2010-\u2015]*|(?:[-\u2010-\u2015] ?){3,})[ \t]*$",
    re.MULTILINE,
)
"""A line that was probably meant to end the front matter."""
_BLOCK_START: Final = re.compile(r"^(?=[^\s#])(?!-[ \n])", re.MULTILINE)
"""Where one key of the outermost block begins, with all that belongs to it."""
_FIRST_WORDS: Final = re.compile(r"^[ \t-]*[\"']?([\w-]+)", re.MULTILINE)
_MAX_PROBLEMS: Final = 20
_UNREADABLE: Final = "\N{REPLACEMENT CHARACTER}"
_ALL_KEYS: Final[frozenset[KeyPath]] = frozenset({()})
_MAX_REREAD: Final = 500_000
"""How many characters of a text are read again in all, each time without the blocks that are not right."""


@dataclass(frozen=True, slots=True)
class ReadableYaml:
    """YAML of which something was left out: the text without that, its values, and the keys that were left out.

    ``problems`` say why.
    """

    text: str
    values: RawFrontMatter
    wrong_keys: frozenset[KeyPath]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ReadableFile:
    """What can be read of a Markdown file: its parts, the values of its front matter, and the keys that are not readable."""

    parts: SplitFile
    values: RawFrontMatter
    wrong_keys: frozenset[KeyPath]
    problems: tuple[Problem, ...]


def recover_yaml(text: str, path: str, first_line: int, problems: Sequence[Problem] = ()) -> ReadableYaml:
    """What can be read of ``text``, block by block. ``problems`` are those of reading all of it, if that was tried."""
    left_out: set[KeyPath] = {NO_KEY} if problems else set()
    found: list[Problem] = []
    values, new = (None, list(problems)) if problems else loader.load_yaml(text, path, first_line)
    reread = 0
    while new and values is None:
        found += new
        reread += len(text)
        is_too_large = new[0].code == loader.TOO_LARGE
        if is_too_large or len(found) > _MAX_PROBLEMS or reread > _MAX_REREAD:
            return ReadableYaml("", {}, _ALL_KEYS, tuple(found))
        blocks = _blocks_at(text, (one.location.line - first_line for one in new))
        if not blocks:
            return ReadableYaml("", {}, _ALL_KEYS, tuple(found))
        for start, end in blocks:
            block = text[start:end]
            left_out |= {(word,) for word in _FIRST_WORDS.findall(block)}
            text = text[:start] + re.sub(r"[^\n]", " ", block) + text[end:]
        values, new = loader.load_yaml(text, path, first_line)
    found += new
    if not isinstance(values, dict | None):
        return ReadableYaml("", {}, _ALL_KEYS, tuple(found))
    return ReadableYaml(text, values or {}, frozenset(left_out), tuple(found))


def recover_front_matter(text: str, path: str, problems: Sequence[Problem]) -> ReadableFile:
    """What can be read of the Markdown file ``text``, which has ``problems`` with its front matter."""
    parts = recovered_parts(text)
    if not parts.problem_code and parts.yaml:
        readable = recover_yaml(parts.yaml, path, parts.yaml_line, _of_yaml(problems))
        if readable.values:
            found = readable.problems if _of_yaml(problems) else problems
            return ReadableFile(
                replace(parts, yaml=readable.text),
                readable.values,
                readable.wrong_keys | {NO_KEY},
                tuple(found),
            )
    return ReadableFile(parts, {}, _ALL_KEYS, tuple(problems))


def _of_yaml(problems: Sequence[Problem]) -> list[Problem]:
    return [one for one in problems if one.code.startswith(("yaml-", "duplicate-key"))]


def recovered_parts(text: str) -> SplitFile:
    """The parts of a file, also where the lines around its front matter are not quite right."""
    parts = split_front_matter(text)
    match parts.problem_code:
        case "front-matter-unclosed":
            closer = MISSPELT_CLOSER.search(text, 4)
            if closer is None:
                return parts
            yaml, body = text[text.index("\n") + 1 : closer.start()], text[closer.end() + 1 :]
            return SplitFile(yaml, body, body_line=text.count("\n", 0, closer.end()) + 2)
        case "front-matter-missing":
            opening = re.match(r"\s*-{2,}[ \t]*\n", text)
            if opening is None:
                return parts
            rest = split_front_matter("---\n" + text[opening.end() :])
            before = text.count("\n", 0, opening.end()) - 1
            return replace(rest, yaml_line=2 + before, body_line=rest.body_line + before)
        case "front-matter-toml":
            end = text.find("\n+++", 3)
            after = text.find("\n", end + 1)
            if end < 0 or after < 0:
                return replace(parts, body="")
            return replace(parts, body=text[after + 1 :], body_line=text.count("\n", 0, after + 1) + 1)
        case _:
            return parts


def readable_text(data: bytes) -> str:
    """The text of a damaged file, with a replacement character for each part that is not readable."""
    return normalize_text(data.decode(errors="replace")).replace("\0", _UNREADABLE)


def damaged_keys(text: str) -> tuple[KeyPath, ...]:
    """The keys of a :func:`readable_text` whose values are damaged; never none, because something in it is."""
    yaml = recovered_parts(text).yaml
    lines = (number for number, line in enumerate(yaml.split("\n")) if _UNREADABLE in line)
    keys = {
        (word,) for start, end in _blocks_at(yaml, lines) for word in _FIRST_WORDS.findall(yaml[start:end])
    }
    return (NO_KEY, *sorted(keys))


def is_damaged(problem: Problem) -> bool:
    """Whether ``problem`` is about damaged characters, which are a problem of their own."""
    return _UNREADABLE in problem.message or _UNREADABLE in problem.location.snippet


def _blocks_at(text: str, lines: Iterable[int]) -> set[tuple[int, int]]:
    """Where the blocks begin and end that the ``lines`` (from 0) of ``text`` are part of. Some are part of none."""
    starts = [0, *(found.start() for found in _BLOCK_START.finditer(text)), len(text)]
    line_starts = [0, *(found.end() for found in re.finditer("\n", text))]
    blocks: set[tuple[int, int]] = set()
    for line in lines:
        if line < len(line_starts):
            after = bisect_right(starts, line_starts[max(line, 0)])
            block = starts[after - 1], starts[min(after, len(starts) - 1)]
            if block in blocks or text[slice(*block)].strip():
                blocks.add(block)
    return blocks
