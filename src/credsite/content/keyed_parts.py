"""Parts of an entry with the keys of the front matter that they stand at: its images and its credentials."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from credsite.content.entry import Entry
from credsite.content.source_folders import IMAGE_SUFFIXES
from credsite.problems.model import KeyPath
from credsite.schema.models import Course, EntryFields, Pathway, Provider, Story
from credsite.schema.models.base import Credential


def image_uses(entry: Entry[EntryFields]) -> Iterator[tuple[str, KeyPath, str]]:
    """Every image that ``entry`` uses: its name, the key in the front matter, and the snippet in a text; one of the two is empty."""
    for key, src in _front_matter_images(entry.fields):
        if src:
            yield src, key, ""
    for reference in chain.from_iterable(body.links for body in entry.bodies):
        if reference.kind == "image" or (
            reference.kind == "file" and reference.target.lower().endswith(IMAGE_SUFFIXES)
        ):
            yield reference.target, (), reference.written


def _front_matter_images(fields: EntryFields) -> Iterator[tuple[KeyPath, str | None]]:
    if fields.image is not None:
        yield ("image", "src"), fields.image.src
    if isinstance(fields, Course | Story) and fields.video is not None:
        yield ("video", "image"), fields.video.image
    match fields:
        case Course() | Pathway():
            for key, credential in credentials_of(fields):
                yield (*key, "image"), credential.image
        case Story(learner=learner, images=images):
            yield ("learner", "photo"), learner.photo
            for number, image in enumerate(images):
                yield ("images", number, "src"), image.src
        case Provider(logo=logo):
            yield ("logo",), logo
        case _:
            pass


def credentials_of(entry_fields: Course | Pathway) -> Iterator[tuple[KeyPath, Credential]]:
    """The credentials of an entry with their keys."""
    if entry_fields.credential is not None:
        yield ("credential",), entry_fields.credential
    if isinstance(entry_fields, Course):
        for number, credential in enumerate(entry_fields.credentials):
            yield ("credentials", number), credential
