"""What a file gave, encoded as JSON: in the cache, and on the way from worker processes.

There are two texts. The summary has the record and the problems, and every build reads it. The whole entry is read only
where its own page is made. The records of many files can be packed into one row, which is read in half the time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from credsite.content.entry import Entry
from credsite.content.markdown.body import MarkdownBody
from credsite.content.records import RECORDS, Record
from credsite.core.columns import from_columns, to_columns
from credsite.core.serialization import DECODING_ERRORS, DecodingError, decoder, encoder, json_bytes
from credsite.problems.model import Problem
from credsite.schema.kinds import Kind
from credsite.schema.models import EntryFields

Summary = tuple[Record | None, tuple[Problem, ...]]


def summary_to_text(record: Record | None, problems: Iterable[Problem]) -> bytes:
    """Equal summaries give equal texts."""
    encoded = record and [record.kind, encoder(RECORDS[record.kind])(record)]
    return json_bytes([encoded, [encoder(Problem)(problem) for problem in problems]])


def summary_from_text(text: bytes) -> Summary:
    """What :func:`summary_to_text` was given. DecodingError for any other text."""
    try:
        encoded, problems = json.loads(text.decode("utf-8", "surrogatepass"))
        record = None
        if encoded is not None:
            kind, values = encoded
            record = decoder(RECORDS[Kind(kind)])(values)
        return record, tuple(map(decoder(Problem), problems))
    except DECODING_ERRORS as error:
        raise DecodingError(str(error)) from error


def records_to_pack(kind: str, records: Mapping[str, Record]) -> bytes:
    """The records of many entries of one kind, by their keys."""
    keys = json_bytes(list(records))
    columns = to_columns(RECORDS[Kind(kind)], list(records.values()))
    return b"\n".join([keys, columns])


def records_from_pack(kind: str, data: bytes) -> dict[str, Record]:
    """What :func:`records_to_pack` was given. DecodingError for any other bytes."""
    try:
        keys, _, columns = data.partition(b"\n")
        return dict(zip(json.loads(keys), from_columns(RECORDS[Kind(kind)], columns), strict=True))
    except DECODING_ERRORS as error:
        raise DecodingError(str(error)) from error


def entry_to_text(entry: Entry[EntryFields]) -> bytes:
    """Equal entries give equal texts."""
    fields_ = encoder(type(entry.fields))(entry.fields)
    body = encoder(MarkdownBody)(entry.body)
    texts = [[key, encoder(MarkdownBody)(text)] for key, text in entry.texts]
    return json_bytes(
        [entry.kind, entry.slug, entry.path, entry.language, entry.digest, fields_, body, texts]
    )


def entry_from_text(text: bytes, models: Mapping[Kind, type[EntryFields]]) -> Entry[EntryFields]:
    """What :func:`entry_to_text` was given. ``models`` are those that it was read with. DecodingError for any other text."""
    try:
        kind, slug, path, language, digest, fields_, body, texts = json.loads(
            text.decode("utf-8", "surrogatepass")
        )
        read = decoder(models[Kind(kind)])
        read_body = decoder(MarkdownBody)
        texts = tuple((key, read_body(one)) for key, one in texts)
        return Entry(slug, path, language, read(fields_), read_body(body), digest, (), texts)
    except DECODING_ERRORS as error:
        raise DecodingError(str(error)) from error
