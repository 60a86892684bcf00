"""What a build knows of earlier publications of the site: from ``content-dates.csv``, and from the history of Git."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from credsite.catalogue.newest import own_date
from credsite.catalogue.publication_history import NO_HISTORY, PublicationHistory
from credsite.content.records import Record
from credsite.schema.kinds import DATED_KINDS

if TYPE_CHECKING:
    from credsite.build.content_dates import ContentDates
    from credsite.build.git_days import GitDays


@dataclass(frozen=True, slots=True)
class EarlierPublications:
    """``git`` is what Git says, None where it was not asked because every entry has a date without it."""

    history: PublicationHistory = NO_HISTORY
    git: GitDays | None = None


NOTHING_EARLIER: Final = EarlierPublications()


def earlier_publications(
    root: Path,
    dates: ContentDates | None,
    records: Iterable[Record],
    known: GitDays | None = None,
    cached: bytes = b"",
) -> EarlierPublications:
    """``dates`` is what the file says. ``known`` is what Git said in an earlier analysis, ``cached`` what the cache holds of that."""
    first_seen: dict[str, date] = {}
    undated: list[str] = []
    for record in records:
        if record.publish_at is None and record.kind in DATED_KINDS:
            day = dates.first_seen.get((record.kind, record.slug)) if dates else None
            if day is not None:
                first_seen[record.path] = day
            elif own_date(record) is None:
                undated.append(record.path)
    history = PublicationHistory(first_seen, dates.sessions if dates else {})
    if not undated:
        return EarlierPublications(history)
    from credsite.build.git_days import GitDays, git_days, path_key

    git = git_days(root, known or GitDays.from_bytes(cached))
    days = ((path, git.days.get(path_key(path))) for path in undated)
    first_seen.update((path, day) for path, day in days if day is not None)
    return EarlierPublications(replace(history, first_seen=first_seen), git)
