"""What ``credsite dates`` writes down: what was published so far, and what a build would publish now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from credsite.build.analysed_site import AnalysedSite
from credsite.build.content_dates import ContentDates
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.newest import publication_date
from credsite.catalogue.publication_history import PublishedSession
from credsite.catalogue.session_history import published_dates, revisions_of
from credsite.catalogue.unpublished import Ref
from credsite.content.records import CourseRecord, Record
from credsite.schema.kinds import DATED_KINDS, Kind

_KEPT: Final = timedelta(days=365)
"""How long a session is remembered after its start, so that no other gets its name."""


def recorded_dates(site: AnalysedSite, before: ContentDates) -> ContentDates:
    """The dates of an analysed site that has a catalogue, where ``before`` is what the file says of earlier publications."""
    if site.catalogue is None or site.link_resolver is None or site.key is None:
        raise ValueError("a site without a catalogue has no dates")
    catalogue, resolver = site.catalogue, site.link_resolver
    existing = {*resolver.all_entries, *resolver.invalid_entries}
    first_seen = {ref: day for ref, day in before.first_seen.items() if _is_kept(ref, existing, catalogue)}
    for record in _published(catalogue):
        if record.publish_at is None:
            day = publication_date(record, site.key.earlier.history.first_seen)
            first_seen.setdefault((record.kind, record.slug), day or catalogue.clock.today)
    courses = dict.fromkeys((*before.sessions, *catalogue.courses))
    sessions = {
        slug: tuple(found.values())
        for slug in courses
        if (Kind.COURSE, slug) in existing and (found := _sessions(catalogue, slug, before))
    }
    return ContentDates(first_seen, sessions)


def _is_kept(ref: Ref, existing: set[Ref], catalogue: Catalogue) -> bool:
    """Whether the file goes on to name an entry. Of a story that must not be published any more, nothing is left."""
    kind, slug = ref
    return slug in catalogue.stories if kind is Kind.STORY else ref in existing


def _published(catalogue: Catalogue) -> Iterator[Record]:
    for record in catalogue.entries():
        if record.kind in DATED_KINDS and not record.draft:
            yield record


def _sessions(catalogue: Catalogue, slug: str, before: ContentDates) -> dict[str, PublishedSession]:
    """The sessions of a course by their names: those that are not over now, and others as they were."""
    today = catalogue.clock.today
    known = {one.name: one for one in before.sessions.get(slug, ()) if _is_recent(one, today)}
    course = catalogue.courses.get(slug)
    if course is None or course.draft:
        return known
    now = catalogue.clock.now.astimezone(UTC).replace(microsecond=0)
    return {**known, **{one.name: one for one in _present(catalogue, course, known, now)}}


def _present(
    catalogue: Catalogue, course: CourseRecord, known: dict[str, PublishedSession], now: datetime
) -> Iterator[PublishedSession]:
    revisions = revisions_of(catalogue.revisions, course)
    for number, state in catalogue.sessions[course.slug]:
        dates = published_dates(course.sessions[number])
        name, sequence, _ = revisions[number]
        one = known.get(name)
        if state != "past" and (one is None or one.dates != dates):
            yield PublishedSession(name, dates, sequence, now)


def _is_recent(one: PublishedSession, today: date) -> bool:
    return date.fromisoformat(one.start[:10]) + _KEPT >= today
