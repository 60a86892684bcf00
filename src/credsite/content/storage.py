"""What a file gave, as text and back: how the cache keeps it, and how it comes from worker processes.

There are two texts: a summary, with the facts and the problems, which every build reads, and the whole entry, which is
read only where its own page is made. The facts of many files can be packed into one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from credsite.content.entry import Entry
from credsite.content.markdown.body import MarkdownBody
from credsite.content.records import RECORDS, Record
from credsite.core.serialization import DECODING_ERRORS, DecodingError, decoder, encoder, json_bytes
from credsite.problems.model import Problem
from credsite.schema.kinds import MODELS, Kind
from credsite.schema.models import EntryFields

Summary = tuple[Record | None, tuple[Problem, ...]]


def summary_to_text(record: Record | None, problems: Iterable[Problem]) -> bytes:
    """Equal summaries give equal texts."""
    kept = record and [record.kind, encoder(RECORDS[record.kind])(record)]
    return json_bytes([kept, [encoder(Problem)(problem) for problem in problems]])


def summary_from_text(text: bytes) -> Summary:
    """What :func:`summary_to_text` was given. StoredError for any other text."""
    try:
        kept, problems = json.loads(text.decode("utf-8", "surrogatepass"))
        record = None
        if kept is not None:
            kind, values = kept
            record = decoder(RECORDS[Kind(kind)])(values)
        return record, tuple(map(decoder(Problem), problems))
    except DECODING_ERRORS as error:
        raise DecodingError(str(error)) from error


def entry_to_text(entry: Entry[EntryFields]) -> bytes:
    """Equal entries give equal texts."""
    fields_ = encoder(MODELS[entry.kind])(entry.fields)
    body = encoder(MarkdownBody)(entry.body)
    return json_bytes([entry.kind, entry.slug, entry.path, entry.language, entry.digest, fields_, body])


def entry_from_text(text: bytes) -> Entry[EntryFields]:
    """What :func:`entry_to_text` was given. StoredError for any other text."""
    try:
        kind, slug, path, language, digest, fields_, body = json.loads(text.decode("utf-8", "surrogatepass"))
        read = decoder(MODELS[Kind(kind)])
        return Entry(slug, path, language, read(fields_), decoder(MarkdownBody)(body), digest)
    except DECODING_ERRORS as error:
        raise DecodingError(str(error)) from error
