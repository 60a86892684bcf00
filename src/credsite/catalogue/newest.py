"""The newest entries of each list that has a feed, with the moments at which they were published and last changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from credsite.catalogue.clock import Clock
from credsite.catalogue.facets import ALL_COURSES, ListKey
from credsite.content.records import CourseRecord, Record, StoryRecord

MAX_NEWEST: Final = 50
ALL_STORIES: Final[ListKey] = ("stories", "")

_Instant = tuple[datetime, str]
"""A moment, and the same in ISO 8601."""
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
    shown: Mapping[str, Any], lookups: Mapping[str, Any], clock: Clock, first_seen: Mapping[str, date]
) -> dict[ListKey, tuple[NewestEntry, ...]]:
    """The newest entries of all courses, of each industry, delivery mode and provider, and of all stories.

    Entries without a date are left out, and so are drafts. A list without entries has no key.
    """

    @cache  # the same days come again and again
    def instant(day: date) -> _Instant:
        moment = clock.instant(day)
        return moment, moment.isoformat()

    courses, stories = (
        _Dated.of(shown["courses"], instant, first_seen),
        _Dated.of(shown["stories"], instant, first_seen),
    )
    found: dict[ListKey, tuple[NewestEntry, ...]] = {
        ALL_COURSES: courses.newest(courses.entries),
        ALL_STORIES: stories.newest(stories.entries),
    }
    if courses.entries:
        for kind in ("industry", "mode", "provider"):
            for slug, slugs in lookups[f"by_{kind}"].items():
                found[kind, slug] = courses.newest(slugs)
    return {key: items for key, items in found.items() if items}


@dataclass(frozen=True, slots=True)
class _Dated:
    """The entries of a kind that have a date, newest first, and their ranks: 1 is the newest."""

    entries: list[str]
    ranks: Mapping[str, int]
    records: Mapping[str, Record]
    days: Mapping[str, date]
    instant: Callable[[date], _Instant]

    @classmethod
    def of(
        cls,
        records: Mapping[str, Record],
        instant: Callable[[date], _Instant],
        first_seen: Mapping[str, date],
    ) -> _Dated:
        days: dict[str, date] = {}
        by_day: dict[date, list[str]] = {}  # few, as entries are often published together
        for slug, record in records.items():
            day = publication_date(record, first_seen)
            if day is not None and not record.draft:
                days[slug] = day
                by_day.setdefault(day, []).append(slug)
        by_moment: dict[datetime, list[str]] = {}
        for day, slugs in by_day.items():
            by_moment.setdefault(instant(day)[0], []).extend(slugs)
        entries = [slug for moment in sorted(by_moment, reverse=True) for slug in sorted(by_moment[moment])]
        return cls(
            entries, {slug: rank for rank, slug in enumerate(entries, start=1)}, records, days, instant
        )

    def newest(self, slugs: Sequence[str]) -> tuple[NewestEntry, ...]:
        """The newest of some entries."""
        ranks = filter(None, map(self.ranks.get, slugs))
        return tuple(self._item(self.entries[rank - 1]) for rank in sorted(ranks)[:MAX_NEWEST])

    def _item(self, slug: str) -> NewestEntry:
        first, updated = self.instant(self.days[slug]), self.records[slug].updated
        last = max(first, self.instant(updated)) if updated is not None else first
        return slug, first[1], last[1]
