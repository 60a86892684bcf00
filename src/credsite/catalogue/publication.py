"""Which entries are not published on a date, why, in words for users, and when that changes because time passes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from credsite.catalogue.clock import Clock
from credsite.catalogue.enrolment import session_moments
from credsite.catalogue.unpublished import CONSENT_REASONS, Change, Reason, Ref, Unpublished, What
from credsite.content.records import CourseRecord, PathwayRecord, Record, StoryRecord
from credsite.core.text import long_date
from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.kinds import Kind


def unpublished_entries(
    entries: Collection[Record], clock: Clock, *, drafts: bool, invalid: Mapping[Ref, Unpublished]
) -> dict[Ref, Unpublished]:
    """The entries that are not published, and those that need one of them. ``invalid`` entries are included."""
    own = ((entry, _own_reason(entry, clock, drafts=drafts)) for entry in entries)
    return with_dependants(
        entries, {**invalid, **{(entry.kind, entry.slug): found for entry, found in own if found}}
    )


def with_dependants(
    entries: Collection[Record], unpublished: Mapping[Ref, Unpublished]
) -> dict[Ref, Unpublished]:
    """``unpublished`` and the entries that need one of them."""
    unpublished = dict(unpublished)
    # Courses first, because pathways and stories need them; a story may need a pathway, and nothing needs stories.
    for kind in (Kind.COURSE, Kind.PATHWAY, Kind.STORY):
        for entry in entries:
            if (
                entry.kind is kind
                and (entry.kind, entry.slug) not in unpublished
                and (needs := _needed(entry, unpublished))
            ):
                key, what = needs
                found = _unpublished(entry, "needs", needs=what.path, key=key)
                unpublished[entry.kind, entry.slug] = replace(found, for_errors=what.for_errors)
    return unpublished


def _unpublished(
    entry: Record, reason: Reason, until: datetime | None = None, needs: str = "", key: KeyPath = ()
) -> Unpublished:
    return Unpublished(entry.kind, entry.slug, entry.path, entry.title, reason, until, needs, key)


def _own_reason(entry: Record, clock: Clock, *, drafts: bool) -> Unpublished | None:
    if isinstance(entry, StoryRecord) and (reason := _consent_reason(entry, clock.today)):
        given = entry.consent_given if reason == "no-consent" and (drafts or not entry.draft) else None
        return _unpublished(entry, reason, until=clock.instant(given) if given else None, key=("consent",))
    if entry.draft and not drafts:
        return _unpublished(entry, "draft", key=("draft",))
    if entry.expires_at is not None and clock.instant(entry.expires_at) <= clock.now:
        return _unpublished(entry, "expired", key=("expires_at",))
    if entry.publish_at is not None and clock.instant(entry.publish_at) > clock.now:
        return _unpublished(entry, "not-yet", until=clock.instant(entry.publish_at), key=("publish_at",))
    return None


def _consent_reason(story: StoryRecord, today: date) -> Reason | None:
    if story.consent_withdrawn is not None:
        return "consent-withdrawn"
    if story.consent_given is None or story.consent_given > today:
        return "no-consent"
    if story.consent_expires is not None and story.consent_expires < today:
        return "consent-expired"
    return None


def _needed(entry: Record, unpublished: Mapping[Ref, Unpublished]) -> tuple[KeyPath, Unpublished] | None:
    """An unpublished entry that ``entry`` needs, if there is one, with the key that names it."""
    match entry:
        case CourseRecord() as course:
            provider = unpublished.get((Kind.PROVIDER, course.provider))
            if provider is not None:
                return ("provider",), provider
            industries = [unpublished.get((Kind.INDUSTRY, slug)) for slug in course.industries]
            if all(industries) and industries[0] is not None:
                return ("industries",), industries[0]
        case StoryRecord() as story:
            named = [
                *(("courses", Kind.COURSE, slug) for slug in story.courses),
                *(("pathways", Kind.PATHWAY, slug) for slug in story.pathways),
                *([("provider", Kind.PROVIDER, story.provider)] if story.provider else []),
            ]
            missing = [unpublished.get((kind, slug)) for _key, kind, slug in named]
            if missing and missing[0] is not None and all(missing):
                return (named[0][0],), missing[0]
        case PathwayRecord() as pathway:
            for number, step in enumerate(pathway.steps):
                gone = [found for slug in step.options if (found := unpublished.get((Kind.COURSE, slug)))]
                if gone and len(step.options) - len(gone) < step.needed:
                    return ("steps", number, "courses"), gone[0]
        case _:
            pass
    return None


def is_withheld_story(entry: Record, clock: Clock) -> bool:
    """Whether ``entry`` is a story that by its own words must not be published on this date."""
    return entry.kind is Kind.STORY and _own_reason(entry, clock, drafts=False) is not None


def withheld_files(
    unpublished: Iterable[Unpublished],
    invalid_files: Mapping[str, Kind],
    invalid_entries: Iterable[Record],
    clock: Clock,
) -> frozenset[str]:
    """The paths of the files whose own words, or those of an entry that they need, forbid to publish them on this date.

    A file is not one of these only because it has errors. But of a story with errors, nobody knows whether the consent
    still holds, so it is. ``invalid_files`` are all files with errors, ``invalid_entries`` what could be read of them.
    """
    return frozenset(
        {
            *(entry.path for entry in unpublished if not entry.for_errors),
            *(path for path, kind in invalid_files.items() if kind is Kind.STORY),
            *(entry.path for entry in invalid_entries if _own_reason(entry, clock, drafts=False)),
        }
    )


def publication_problems(unpublished: Iterable[Unpublished]) -> Iterator[Problem]:
    """Warnings for entries that editors may expect to be published: stories without consent, and what needs others."""
    consent = {
        "no-consent": (
            "given",
            "This story has no valid consent today, so it is not published. Ask the learner, and write the date in `consent: given`.",
        ),
        "consent-expired": (
            "expires",
            "The consent to this story has expired, so it is no longer published. Ask the learner again, or delete the story.",
        ),
        "consent-withdrawn": (
            "withdrawn",
            "The learner has withdrawn consent to this story, so it is not published. Delete it when you can.",
        ),
    }
    for entry in unpublished:
        if entry.reason in CONSENT_REASONS:
            name, message = consent[entry.reason]
            if entry.until is not None:
                message = (
                    f"Consent begins on {long_date(entry.until)}. Until then, this story is not published."
                )
            yield Problem("story-held-back", message, Location(entry.path, key=("consent", name)))
        elif entry.reason == "needs" and not entry.for_errors:  # the errors themselves are reported
            message = (
                f"This is not published because it needs `{entry.needs}`, which is not published either."
            )
            yield Problem("held-back-with", message, Location(entry.path, key=entry.key))


@dataclass(frozen=True)
class UpcomingChanges:
    """All moments at which the site will change because time passes, soonest first.

    Every build reports the first one. The others are many, so they are only computed where somebody asks for them.
    """

    entries: tuple[Record, ...]
    unpublished: Mapping[Ref, Unpublished]
    clock: Clock

    @cached_property
    def first(self) -> Change | None:
        return min(_upcoming_changes(self, only_first=True), default=None)

    def __iter__(self) -> Iterator[Change]:
        return iter(sorted(_upcoming_changes(self)))

    def patched(self, entries: Iterable[Record]) -> UpcomingChanges:
        """The same changes after the titles of some ``entries`` have changed."""
        new = {entry.path: entry for entry in entries}
        return replace(self, entries=tuple(new.get(entry.path, entry) for entry in self.entries))


def _upcoming_changes(of: UpcomingChanges, *, only_first: bool = False) -> list[Change]:
    """The changes in any order; with ``only_first``, only the earliest."""
    clock = of.clock
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

    for entry in of.entries:
        own = of.unpublished.get((entry.kind, entry.slug))
        if own is not None:
            add(entry, own.until, "appears")
            continue
        if entry.expires_at is not None:
            add(entry, clock.instant(entry.expires_at), "expires")
        if isinstance(entry, StoryRecord):
            add_after(entry, entry.consent_expires, "loses consent")
        if isinstance(entry, CourseRecord):
            for session in entry.sessions:
                exact = dict(session_moments(session, clock)) if session.times else {}
                for what, at in exact.items():
                    add(entry, at, what)
                if "closes applications" not in exact:
                    add_after(entry, session.apply_by, "closes applications")
                if "starts a session" not in exact:
                    add_after(entry, session.starts, "starts a session")
                elif session.ends is None:
                    add_after(entry, session.starts, "ends a session")
                if "ends a session" not in exact:
                    add_after(entry, session.ends, "ends a session")
    return changes
