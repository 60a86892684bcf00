"""Finds entries that are out of date: overdue for review, with only past sessions, or expired."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from credsite.catalogue.clock import Clock
from credsite.catalogue.enrolment import enrolment, session_states
from credsite.content.records import CourseRecord, Record
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.vocabularies import SELF_PACED

REVIEW_LIFETIME: Final = timedelta(days=730)
"""After this time, a course whose next review has no date is due for review."""


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """An entry that is out of date since the day ``since``, with all reasons, the earliest first."""

    path: str
    title: str
    since: date
    reasons: tuple[str, ...]


def stale_entries(entries: Iterable[Record], clock: Clock, schema: SiteSchema = BUILT_IN) -> list[StaleEntry]:
    """Those of ``entries`` that are out of date, those that have been so for the longest time first. ``schema`` is that of the site."""
    self_paced = schema.with_meaning("pace", SELF_PACED)
    stale = []
    for entry in entries:
        reasons = sorted(_reasons(entry, clock, self_paced))
        if reasons:
            stale.append(
                StaleEntry(entry.path, entry.title, reasons[0][0], tuple(reason for _, reason in reasons))
            )
    return sorted(stale, key=lambda entry: (entry.since, entry.path))


def _reasons(entry: Record, clock: Clock, self_paced: Collection[str]) -> Iterator[tuple[date, str]]:
    """Each reason why ``entry`` is out of date, with the day since which it is."""
    today = clock.today
    if entry.expires_at is not None and clock.instant(entry.expires_at) <= clock.now:
        day = clock.instant(entry.expires_at).date()
        yield day, f"no longer shown since {day}"
    if not isinstance(entry, CourseRecord):
        return
    if entry.review_by is not None:
        if entry.review_by < today:
            yield entry.review_by, f"was to be reviewed by {entry.review_by}"
    elif entry.reviewed_at is not None and today - entry.reviewed_at >= REVIEW_LIFETIME:
        yield entry.reviewed_at, f"last reviewed on {entry.reviewed_at}"
    if enrolment(entry, session_states(entry, clock), self_paced).state == "ended":
        last = max(session.ends or session.starts for session in entry.sessions)
        yield last, f"last session ended on {last}"
