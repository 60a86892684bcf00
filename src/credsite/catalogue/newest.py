"""The newest entries of each list that has a feed, with the moments at which they were published and last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from credsite.catalogue.clock import Clock
from credsite.catalogue.facets import ALL_COURSES, ListKey
from credsite.content.records import CourseRecord, Record, StoryRecord
from credsite.schema.kinds import Kind

MAX_NEWEST: Final = 50
DATED_KINDS: Final = (Kind.COURSE, Kind.STORY)
"""The kinds of entries that are in feeds."""
ALL_STORIES: Final[ListKey] = ("stories", "")

NewestEntry = tuple[str, str, str]
"""A slug, and the moments (ISO 8601, with an offset) at which the entry was published and last changed."""


def publication_date(record: Record, first_seen: Mapping[str, date]) -> date | None:
    """When an entry was published, as far as anybody knows; ``first_seen`` has days by the paths of files.

    A story that says when it was told was new on that day.
    """
    given = record.publish_at or first_seen.get(record.path)
    return given or own_date(record)


def own_date(record: Record) -> date | None:
    """The date that an entry itself gives in place of that of its publication, if it does."""
    if isinstance(record, CourseRecord):
        return record.reviewed_at
    return record.told_at if isinstance(record, StoryRecord) else None


def newest_entries(
    shown: Mapping[str, Any], clock: Clock, first_seen: Mapping[str, date]
) -> dict[ListKey, tuple[NewestEntry, ...]]:
    """The newest entries of all courses, of each industry, delivery mode and provider, and of all stories.

    Entries without a date are left out, and so are drafts. A list without entries has no key.
    """
    instant = cache(clock.instant)  # the same days come again and again
    found: dict[ListKey, list[NewestEntry]] = {}
    for name in ("courses", "stories"):
        for published, record in _newest_first(shown[name].values(), clock, first_seen):
            item: NewestEntry | None = None
            for key in _lists(record):
                newest = found.setdefault(key, [])
                if len(newest) < MAX_NEWEST:
                    item = item or _item(record, published, instant)
                    newest.append(item)
    return {
        key: tuple(items)
        for key, items in found.items()
        if key[0] != "industry" or key[1] in shown["industries"]
    }


def _newest_first(
    records: Iterable[Record], clock: Clock, first_seen: Mapping[str, date]
) -> list[tuple[date, Record]]:
    moment = cache(lambda day: clock.instant(day).timestamp())
    dated = [
        (published, record)
        for record in records
        if not record.draft and (published := publication_date(record, first_seen)) is not None
    ]
    dated.sort(key=lambda pair: (-moment(pair[0]), pair[1].slug))
    return dated


def _lists(record: Record) -> Iterator[ListKey]:
    if not isinstance(record, CourseRecord):
        yield ALL_STORIES
        return
    yield ALL_COURSES
    yield from (("industry", industry) for industry in dict.fromkeys(record.industries))
    yield from (("mode", mode) for mode in dict.fromkeys(record.delivery_modes))
    yield "provider", record.provider


def _item(record: Record, published: date, instant: Any) -> NewestEntry:
    first: datetime = instant(published)
    last = instant(record.updated) if record.updated is not None else first
    return record.slug, first.isoformat(), max(first, last).isoformat()
