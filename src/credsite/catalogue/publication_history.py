"""What is known of earlier publications of a site: when entries were new, and which dates their sessions had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple


class PublishedSession(NamedTuple):
    """A session as it was published: its name, the dates it had, how often they had changed, and when (UTC) they last did."""

    name: str
    dates: str
    sequence: int
    changed: datetime

    @property
    def start(self) -> str:
        return self.dates.partition("/")[0]


@dataclass(frozen=True, slots=True)
class PublicationHistory:
    """``first_seen`` are the days on which entries were first seen, by the paths of their files. ``sessions`` are those of courses
    as they were published, by the slugs of the courses."""

    first_seen: Mapping[str, date] = field(default_factory=dict)
    sessions: Mapping[str, tuple[PublishedSession, ...]] = field(default_factory=dict)


NO_HISTORY: Final = PublicationHistory()
