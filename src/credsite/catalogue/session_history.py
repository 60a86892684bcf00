"""The names of sessions in calendars, and whether their dates have changed since they were published.

A calendar program takes an event with a name that it knows for the same event, even where its days have changed. So a session
is called by its position in the file of its course, not by its days. Where the site keeps the dates that it has published, a
session also keeps its name when others are deleted, and says that its dates have changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from credsite.catalogue.clock import Clock
from credsite.catalogue.publication_history import PublishedSession
from credsite.content.records import CourseRecord, SessionRecord

_MOMENT: Final = timedelta(seconds=1)


class SessionRevision(NamedTuple):
    """The name of a session, how often its dates have changed since it was first published, and when (ISO 8601) they last did.

    ``changed`` is "" where nobody knows.
    """

    name: str
    sequence: int = 0
    changed: str = ""


ARE_KNOWN: Final = ""
"""A key that says that there are any. So pages of a site without published dates look up one value, and not one for each course."""
Revisions = tuple[SessionRevision, ...]
"""Of all sessions of a course, in the order of its file."""


def _usual_revisions(course: CourseRecord) -> Revisions:
    """Those of a course of which no published dates are known."""
    return tuple(SessionRevision(str(number)) for number, _ in enumerate(course.sessions, start=1))


def published_dates(session: SessionRecord) -> str:
    """The dates of a session in one text: its start, its end and its deadline, with their times where it gives any."""
    times = session.times
    moments = (
        (times and (times.starts or times.first)) or session.starts,
        (times and (times.ends or times.first_ends)) or session.ends,
        (times and times.apply_by) or session.apply_by,
    )
    return "/".join(moment.isoformat() if moment is not None else "" for moment in moments)


def session_revisions(
    courses: Mapping[str, CourseRecord], published: Mapping[str, Sequence[PublishedSession]], clock: Clock
) -> dict[str, Revisions]:
    """By the slugs of those courses of which ``published`` has sessions, their revisions on the date of ``clock``.

    Where there are any, ``ARE_KNOWN`` is a key too.
    """
    found = {
        slug: _revisions(courses[slug], sessions, clock.today)
        for slug, sessions in published.items()
        if slug in courses
    }
    return {ARE_KNOWN: (), **found} if found else {}


def revisions_of(revisions: Mapping[str, Revisions], course: CourseRecord) -> Revisions:
    """Those of a course, from the catalogue's."""
    found = revisions.get(course.slug) if ARE_KNOWN in revisions else None
    return found or _usual_revisions(course)


@dataclass(slots=True)
class _Matches:
    """Which published session is which session of the file, by its position."""

    unused: dict[str, PublishedSession]
    found: dict[int, PublishedSession] = field(default_factory=dict)

    def take(self, position: int, one: PublishedSession | None) -> None:
        if one is not None and self.unused.pop(one.name, None) is not None:
            self.found[position] = one


def _revisions(course: CourseRecord, published: Sequence[PublishedSession], today: date) -> Revisions:
    dates = [published_dates(session) for session in course.sessions]
    matches = _matches(dates, published, today)
    next_name = max([len(dates), *(int(one.name) for one in published)])
    taken = {one.name for one in published}
    revisions = []
    for position, now in enumerate(dates):
        before = matches.found.get(position)
        if before is None:
            name = str(position + 1)
            if name in taken:
                next_name += 1
                name = str(next_name)
            revisions.append(SessionRevision(name))
        elif before.dates == now:
            revisions.append(SessionRevision(before.name, before.sequence, before.changed.isoformat()))
        else:
            changed = (before.changed + _MOMENT).isoformat()
            revisions.append(SessionRevision(before.name, before.sequence + 1, changed))
    return tuple(revisions)


def _matches(dates: Sequence[str], published: Sequence[PublishedSession], today: date) -> _Matches:
    """First sessions with the same dates, then those that start as before, then those in the same place that have moved.

    What was over cannot have moved: where its dates are others now, that is another session.
    """
    matches = _Matches({one.name: one for one in published})
    same = {one.dates: one for one in reversed(published)}
    for position, now in enumerate(dates):
        matches.take(position, same.get(now))
    starts = {one.start: one for one in reversed(published) if one.name in matches.unused}
    for position, now in enumerate(dates):
        if position not in matches.found:
            matches.take(position, starts.get(now.partition("/")[0]))
    for position, _ in enumerate(dates):
        one = matches.unused.get(str(position + 1))
        if position not in matches.found and one is not None and one.start[:10] >= today.isoformat():
            matches.take(position, one)
    return matches
