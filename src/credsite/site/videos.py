"""The videos of a catalogue, whose players the Content-Security-Policy allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from credsite.content.loader import EntryLoader
from credsite.content.markdown.sanitizer import WEB_LINK
from credsite.content.records import Record
from credsite.schema.models import Course, Story
from credsite.site.video_players import video_player

_KINDS: Final = (WEB_LINK, "path")
"""The kinds of references that the address of a video can be."""


def video_addresses(records: Iterable[Record], loader: EntryLoader) -> Iterator[str]:
    """The addresses of the videos of entries that a page plays.

    A record has the address among its references. So only entries with such a reference are read.
    """
    for record in records:
        if any(one.kind in _KINDS and video_player(one.written) for one in record.references):
            fields = loader.entry(record).fields
            if isinstance(fields, Course | Story) and fields.video is not None:
                yield fields.video.url
