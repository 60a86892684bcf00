"""What a file gave, as text and back: how the cache keeps it, and how it comes from worker processes.

There are two texts: a summary, with the facts and the problems, which every build reads, and the whole entry, which is
read only where its own page is made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from credsite.codec import ERRORS, StoredError, reader, to_json, writer
from credsite.content.facts import FACTS, Facts
from credsite.content.files import SourceFile
from credsite.content.kinds import Kind
from credsite.content.markdown import MarkdownBody
from credsite.content.model import MODELS, Entry, EntryFields
from credsite.problems import Problem

Summary = tuple[SourceFile, Facts | None, tuple[Problem, ...]]


def summary_to_text(source: SourceFile, facts: Facts | None, problems: Iterable[Problem]) -> bytes:
    """Equal summaries give equal texts."""
    kept = facts and writer(FACTS[facts.kind])(facts)
    return _text([writer(SourceFile)(source), kept, [writer(Problem)(problem) for problem in problems]])


def summary_from_text(text: bytes) -> Summary:
    """What :func:`summary_to_text` was given. StoredError for any other text."""
    try:
        source_, facts, problems = json.loads(text.decode("utf-8", "surrogatepass"))
        source = reader(SourceFile)(source_)
        read = reader(Problem)
        return source, facts and reader(FACTS[source.kind])(facts), tuple(map(read, problems))
    except ERRORS as error:
        raise StoredError(str(error)) from error


def entry_to_text(entry: Entry[EntryFields]) -> bytes:
    """Equal entries give equal texts."""
    fields_ = writer(MODELS[entry.kind])(entry.fields)
    body = writer(MarkdownBody)(entry.body)
    return _text([entry.kind, entry.slug, entry.path, entry.language, entry.digest, fields_, body])


def entry_from_text(text: bytes) -> Entry[EntryFields]:
    """What :func:`entry_to_text` was given. StoredError for any other text."""
    try:
        kind, slug, path, language, digest, fields_, body = json.loads(text.decode("utf-8", "surrogatepass"))
        read = reader(MODELS[Kind(kind)])
        return Entry(slug, path, language, read(fields_), reader(MarkdownBody)(body), digest)
    except ERRORS as error:
        raise StoredError(str(error)) from error


def _text(value: list[Any]) -> bytes:
    return to_json(value).encode("utf-8", "surrogatepass")
