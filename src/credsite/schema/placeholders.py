"""The words that ``credsite new`` writes where an author has to write their own, and where they are still in an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final

from credsite.problems.model import MAX_PER_FILE, KeyPath, Location, Problem
from credsite.schema.front_matter import SplitFile
from credsite.schema.introspection import key_name
from credsite.schema.kinds import KINDS, Kind

PLACEHOLDER_TEXT: Final = "placeholder-text"
UNWRITTEN: Final = "Not written yet"
"""Written instead of a required text."""
EXAMPLE_ITEMS: Final = ("The first", "The second")
"""Written as the items of a list of texts."""

_UNWRITTEN_HINT: Final = "written yet"
_WORDS_THAT_TELL: Final = 7
"""How many words from the beginning of a sentence tell it: an author may have changed the rest."""
_HEADING: Final = re.compile(r"^#+ (?=An? )", re.MULTILINE)
_AROUND: Final = re.compile(r"^[\W_]+|[\W_]+$")


def placeholder_problems(values: Mapping[str, Any], parts: SplitFile, path: str, kind: Kind) -> list[Problem]:
    """What of an entry to be published is still as ``credsite new`` wrote it."""
    hints = _hints(kind)
    has_hint = _has_one_of(hints, parts.body)
    if not (has_hint or _has_one_of(hints, parts.yaml) or _has_one_of(EXAMPLE_ITEMS, parts.yaml)):
        return []
    problems = [
        Problem(PLACEHOLDER_TEXT, _message(key_name(key), words), Location(path, key=key))
        for key, value in _texts(values, ())
        if (words := _placeholder_value(value, kind, in_list=isinstance(key[-1], int)))
    ]
    if has_hint:
        problems += _in_body(parts, path, kind)
    return problems


def _in_body(parts: SplitFile, path: str, kind: Kind) -> Iterator[Problem]:
    from credsite.core.line_index import LineIndex  # loaded late: hardly any file needs it

    lines = LineIndex(parts.body)
    for match in islice(_pattern(kind).finditer(parts.body), MAX_PER_FILE + 1):
        line, column = lines.position(match.start())
        words = " ".join(match[0].split())
        location = Location(path, parts.body_line + line - 1, column)
        yield Problem(PLACEHOLDER_TEXT, _message("the text", words), location)


def _has_one_of(words: tuple[str, ...], text: str) -> bool:
    for word in words:  # noqa: SIM110 - `any` takes twice as long, and this is done for each file
        if word in text:
            return True
    return False


def _message(where: str, words: str) -> str:
    return (
        f'The words "{words}" in {where} are those of a new file, and visitors would read them. '
        "Write your own, or set `draft: true` until then."
    )


def _placeholder_value(value: str, kind: Kind, *, in_list: bool) -> str:
    """The placeholder in the value of a key, or ""."""
    bare = _AROUND.sub("", value).casefold()
    if bare == UNWRITTEN.casefold() or (in_list and bare in (item.casefold() for item in EXAMPLE_ITEMS)):
        return value
    match = _pattern(kind).search(value)
    return " ".join(match[0].split()) if match is not None else ""


def _texts(value: Any, key: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, (*key, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*key, number))


@cache
def _beginnings(kind: Kind) -> tuple[tuple[str, ...], ...]:
    """The words with which the sentences of a new file begin, and those of all of its headings that say nothing."""
    found = [tuple(UNWRITTEN.split())]
    for paragraph in KINDS[kind].starter_text.split("\n\n"):
        if _HEADING.match(paragraph):
            found.append(tuple(paragraph.split()))
        elif not paragraph.startswith("#"):
            sentences = [paragraph, *re.split(r"(?<=\.) ", paragraph)[1:]]
            found += [tuple(sentence.split()[:_WORDS_THAT_TELL]) for sentence in sentences]
    return tuple(words for words in found if words)


@cache
def _hints(kind: Kind) -> tuple[str, ...]:
    """Words of which one is in every text with a placeholder; quick to look for."""
    words = {
        words[0] if words[0][0].isalpha() and len(words[0]) > 1 else words[-1] for words in _beginnings(kind)
    }
    return tuple({_UNWRITTEN_HINT, _UNWRITTEN_HINT.upper(), *(words - {UNWRITTEN.split()[0]})})


@cache
def _pattern(kind: Kind) -> re.Pattern[str]:
    return re.compile("|".join(r"\s+".join(map(re.escape, words)) for words in _beginnings(kind)))
