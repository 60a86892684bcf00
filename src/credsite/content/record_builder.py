"""Makes the record of an entry from its front matter and its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from typing import Any, Final

from credsite.content.entry import Entry
from credsite.content.keyed_parts import image_uses
from credsite.content.markdown.body import address_links, plain_text
from credsite.content.markdown.sanitizer import InternalLink, video_link
from credsite.content.record_getters import getters, sources
from credsite.content.records import RECORDS, CourseRecord, DetailRecord, ImageUse, Record
from credsite.core.hashing import digest
from credsite.core.serialization import json_bytes
from credsite.schema.displayed_fields import DisplayedField
from credsite.schema.kinds import Kind
from credsite.schema.models import Course, EntryFields, Story
from credsite.schema.site_schema import BUILT_IN, SiteSchema

_FILTER_DIGEST_SIZE: Final = 20
"""Hexadecimal digits of a filter digest. It is only ever compared with earlier ones of the same course."""
_FROM_BODY: Final = ("images", "references", "heading_ids")
_FROM_SCHEMA: Final = ("details", "unanswered")
_FROM_FILE: Final = ("slug", "path", "language", "digest", "wrong_keys")
_DIGESTS: Final = ("record_digest", "filter_digest")


def record_of(entry: Entry[EntryFields], schema: SiteSchema = BUILT_IN) -> Record:
    """The record of ``entry``, which was read with the ``schema`` of its site."""
    record_type = RECORDS[entry.kind]
    values = {name: get(entry.fields) for name, get in _getters(entry.kind).items()}
    values |= {
        "images": tuple(ImageUse(*use) for use in image_uses(entry)),
        "references": tuple(_references(entry)),
        "heading_ids": tuple(heading.id for one in entry.bodies for heading in one.headings),
        "details": _details(entry, schema.recorded_fields[entry.kind]),
    }
    if record_type is CourseRecord:
        values["unanswered"] = _unanswered(entry.fields, schema)
        filtered = {name: values[name] for name in _filtered_fields()}
        values["filter_digest"] = _values_digest(filtered)[:_FILTER_DIGEST_SIZE]
    of_file = {name: getattr(entry, name) for name in _FROM_FILE}
    all_but_digest = {**of_file, **values, "digest": ""}
    return record_type(record_digest=_values_digest(all_but_digest), **of_file, **values)


def _references(entry: Entry[EntryFields]) -> Iterator[InternalLink]:
    for body in entry.bodies:
        yield from body.links
        yield from address_links(body)
    video = entry.fields.video if isinstance(entry.fields, Course | Story) else None
    if video is not None:
        yield video_link(video.url)


@cache
def _getters(kind: Kind) -> dict[str, Callable[[Any], Any]]:
    other = {*_FROM_FILE, *_FROM_BODY, *_FROM_SCHEMA, *_DIGESTS}
    return getters(RECORDS[kind], [one.name for one in fields(RECORDS[kind]) if one.name not in other])


@cache
def _filtered_fields() -> tuple[str, ...]:
    """The fields of a course's record that courses are filtered and sorted by."""
    own = {one.name for one in fields(CourseRecord)} - {one.name for one in fields(Record)}
    texts = {name for name, source in sources(CourseRecord).items() if source.is_text}
    return tuple(sorted((own | {"publish_at", "details"}) - texts - {"filter_digest", "unanswered"}))


def _values_digest(values: object) -> str:
    """A digest that is the same for values that would be written alike."""
    return digest(json_bytes(values, _json_value))


def _json_value(value: object) -> object:
    return tuple(value) if isinstance(value, tuple) else str(value)


def _details(entry: Entry[EntryFields], recorded: tuple[DisplayedField, ...]) -> tuple[DetailRecord, ...]:
    if not recorded:
        return ()
    texts = {key: (plain_text(body),) for key, body in entry.texts}
    found = ((field.id, texts.get(field.key) or field.values(entry.fields)) for field in recorded)
    return tuple(DetailRecord(id_, values) for id_, values in found if values)


def _unanswered(course: EntryFields, schema: SiteSchema) -> tuple[str, ...]:
    return tuple(key for key in schema.own_course_keys if getattr(course, key) in (None, ()))
