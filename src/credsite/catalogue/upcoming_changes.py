"""When the published site changes because time passes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import overload

from credsite.catalogue.clock import Clock
from credsite.catalogue.publication import Change, Ref, Unpublished, What
from credsite.content.records import CourseRecord, Record, StoryRecord


class UpcomingChanges(Sequence[Change]):
    """All moments at which the site will change because time passes, soonest first.

    Every build reports the first one. The others are many, so they are only computed where somebody asks for them.
    """

    def __init__(
        self, entries: Collection[Record], unpublished: Mapping[Ref, Unpublished], clock: Clock
    ) -> None:
        self._entries = entries
        self._unpublished = unpublished
        self._clock = clock

    @cached_property
    def first(self) -> Change | None:
        return min(
            _upcoming_changes(self._entries, self._unpublished, self._clock, only_first=True), default=None
        )

    @cached_property
    def _all(self) -> list[Change]:
        return sorted(_upcoming_changes(self._entries, self._unpublished, self._clock))

    def patched(self, entries: Iterable[Record]) -> UpcomingChanges:
        """The same changes after the titles of some ``entries`` have changed."""
        new = {entry.path: entry for entry in entries}
        return UpcomingChanges(
            [new.get(entry.path, entry) for entry in self._entries], self._unpublished, self._clock
        )

    @overload
    def __getitem__(self, at: int) -> Change: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Change]: ...
    def __getitem__(self, at: int | slice) -> Change | Sequence[Change]:
        return self._all[at]

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all == list(other)

    __hash__ = None  # type: ignore[assignment]


def _upcoming_changes(
    entries: Iterable[Record],
    unpublished: Mapping[Ref, Unpublished],
    clock: Clock,
    *,
    only_first: bool = False,
) -> list[Change]:
    """The moments at which the site changes because time passes; with ``only_first``, only the earliest."""
    changes: list[Change] = []
    day_ends: dict[date | None, datetime | None] = {None: None}

    def add(entry: Record, at: datetime | None, what: What) -> None:
        if at is None or at <= clock.now:
            return
        if only_first and changes and at != changes[0].at:
            if at > changes[0].at:
                return
            changes.clear()
        changes.append(Change(at, entry.path, entry.title, what))

    def add_after(entry: Record, day: date | None, what: What) -> None:
        if day not in day_ends and day is not None:  # sessions of a whole catalogue share a few hundred days
            at = clock.day_after(day)
            day_ends[day] = at if at is not None and at > clock.now else None
        at = day_ends[day]
        if at is not None:
            add(entry, at, what)

    for entry in entries:
        own = unpublished.get((entry.kind, entry.slug))
        if own is not None:
            add(entry, own.until, "appears")
            continue
        if entry.expires_at is not None:
            add(entry, clock.instant(entry.expires_at), "expires")
        if isinstance(entry, StoryRecord):
            add_after(entry, entry.consent_expires, "loses consent")
        if isinstance(entry, CourseRecord):
            for session in entry.sessions:
                add_after(entry, session.apply_by, "closes applications")
                add_after(entry, session.starts, "starts a session")
                add_after(entry, session.ends, "ends a session")
    return changes
