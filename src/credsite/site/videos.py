"""The videos of a catalogue, whose players the Content-Security-Policy allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from credsite.content.loader import EntryLoader
from credsite.content.records import Record
from credsite.schema.models import Course, Story
from credsite.site.video_players import video_player


def video_addresses(records: Iterable[Record], loader: EntryLoader) -> Iterator[str]:
    """The addresses of the videos of entries that a page plays.

    A record has the address among its references. So only entries with such a reference are read.
    """
    for record in records:
        if any(video_player(reference.written) for reference in record.references):
            fields = loader.entry(record).fields
            if isinstance(fields, Course | Story) and fields.video is not None:
                yield fields.video.url
