"""Entries that time has passed by: past their review, with only past sessions, or no longer shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from credsite.catalogue.clock import Clock
from credsite.catalogue.enrolment import enrolment
from credsite.content.records import CourseRecord, Record

REVIEW_LIFETIME: Final = timedelta(days=730)
"""After how long a review that names no next one is no longer worth much."""


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """An entry with everything that says so, each reason from ``since`` or later."""

    path: str
    title: str
    since: date
    reasons: tuple[str, ...]


def stale_entries(entries: Iterable[Record], clock: Clock) -> list[StaleEntry]:
    """The stale ones of ``entries``, the longest first."""
    found = []
    for entry in entries:
        reasons = sorted(_reasons(entry, clock))
        if reasons:
            found.append(
                StaleEntry(entry.path, entry.title, reasons[0][0], tuple(reason for _, reason in reasons))
            )
    return sorted(found, key=lambda one: (one.since, one.path))


def _reasons(entry: Record, clock: Clock) -> Iterator[tuple[date, str]]:
    """Since when, and why."""
    today = clock.today
    if entry.expires_at is not None and clock.instant(entry.expires_at) <= clock.now:
        day = clock.instant(entry.expires_at).date()
        yield day, f"no longer shown since {day}"
    if not isinstance(entry, CourseRecord):
        return
    if entry.review_by is not None:
        if entry.review_by < today:
            yield entry.review_by, f"was to be reviewed by {entry.review_by}"
    elif entry.reviewed_at is not None and entry.reviewed_at <= today - REVIEW_LIFETIME:
        yield entry.reviewed_at, f"last reviewed on {entry.reviewed_at}"
    if enrolment(entry, today).state == "ended":
        last = max(session.ends or session.starts for session in entry.sessions)
        yield last, f"last session ended on {last}"
