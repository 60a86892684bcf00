"""What is shown on a date, what is held back and why, and when that changes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import overload

from credsite.catalogue.clock import Clock
from credsite.catalogue.publication import CONSENT_REASONS, Change, Reason, Ref, Unpublished, What
from credsite.content.records import CourseRecord, PathwayRecord, Record, StoryRecord
from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.kinds import Kind


def unpublished_entries(
    entries: Collection[Record], clock: Clock, *, drafts: bool, invalid: Mapping[Ref, Unpublished]
) -> dict[Ref, Unpublished]:
    """The entries that may not be shown, by reference; those that cannot be shown without one of them included.

    ``left_out`` are entries that are broken; the result includes them.
    """
    own = ((entry, _own_reason(entry, clock, drafts=drafts)) for entry in entries)
    return with_dependants(
        entries, {**invalid, **{(entry.kind, entry.slug): found for entry, found in own if found}}
    )


def with_dependants(entries: Collection[Record], held: Mapping[Ref, Unpublished]) -> dict[Ref, Unpublished]:
    """``held`` and the entries that cannot be shown without one of them."""
    held = dict(held)
    # Courses first: stories and pathways depend on them, and nothing that is held back so depends on those.
    for kinds in ((Kind.COURSE,), (Kind.STORY, Kind.PATHWAY)):
        for entry in entries:
            if (
                entry.kind in kinds
                and (entry.kind, entry.slug) not in held
                and (needs := _missing(entry, held))
            ):
                key, what = needs
                found = _held(entry, "needs", needs=what.path, key=key)
                held[entry.kind, entry.slug] = replace(found, for_errors=what.for_errors)
    return held


def _held(
    entry: Record, reason: Reason, until: datetime | None = None, needs: str = "", key: KeyPath = ()
) -> Unpublished:
    return Unpublished(entry.kind, entry.slug, entry.path, entry.title, reason, until, needs, key)


def _own_reason(entry: Record, clock: Clock, *, drafts: bool) -> Unpublished | None:
    if isinstance(entry, StoryRecord) and (reason := _consent_reason(entry, clock.today)):
        given = entry.consent_given if reason == "no-consent" and (drafts or not entry.draft) else None
        return _held(entry, reason, until=clock.instant(given) if given else None, key=("consent",))
    if entry.draft and not drafts:
        return _held(entry, "draft", key=("draft",))
    if entry.expires_at is not None and clock.instant(entry.expires_at) <= clock.now:
        return _held(entry, "expired", key=("expires_at",))
    if entry.publish_at is not None and clock.instant(entry.publish_at) > clock.now:
        return _held(entry, "not-yet", until=clock.instant(entry.publish_at), key=("publish_at",))
    return None


def _consent_reason(story: StoryRecord, today: date) -> Reason | None:
    if story.consent_withdrawn is not None:
        return "consent-withdrawn"
    if story.consent_given is None or story.consent_given > today:
        return "no-consent"
    if story.consent_expires is not None and story.consent_expires < today:
        return "consent-expired"
    return None


def _missing(entry: Record, held: Mapping[Ref, Unpublished]) -> tuple[KeyPath, Unpublished] | None:
    """What an entry cannot be shown truthfully without, if that is held back: its key and the other."""
    match entry:
        case CourseRecord() as course:
            provider = held.get((Kind.PROVIDER, course.provider))
            if provider is not None:
                return ("provider",), provider
            industries = [held.get((Kind.INDUSTRY, slug)) for slug in course.industries]
            if all(industries) and industries[0] is not None:
                return ("industries",), industries[0]
        case StoryRecord() as story:
            courses = [held.get((Kind.COURSE, slug)) for slug in story.courses]
            if all(courses) and courses[0] is not None:
                return ("courses",), courses[0]
        case PathwayRecord() as pathway:
            for number, step in enumerate(pathway.steps):
                gone = [found for slug in step.options if (found := held.get((Kind.COURSE, slug)))]
                if gone and len(step.options) - len(gone) < step.needed:
                    return ("steps", number, "courses"), gone[0]
        case _:
            pass
    return None


def problems_of(held: Iterable[Unpublished]) -> Iterator[Problem]:
    """Warnings for what editors may not expect to be held back: consent, and what waits for something else."""
    consent = {
        "no-consent": (
            "given",
            "This story has no consent that counts today, so it is not published. Ask the learner, and write the date in `consent: given`.",
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
    for entry in held:
        if entry.reason in CONSENT_REASONS:
            name, message = consent[entry.reason]
            yield Problem("story-held-back", message, Location(entry.path, key=("consent", name)))
        elif entry.reason == "needs" and not entry.for_errors:  # the errors themselves are told
            message = f"This is held back because `{entry.needs}`, which it needs, is held back or left out."
            yield Problem("held-back-with", message, Location(entry.path, key=entry.key))


class UpcomingChanges(Sequence[Change]):
    """All coming moments at which the site changes by itself, soonest first.

    Every build tells the first one. The others are worked out where somebody asks for them, for they are many.
    """

    def __init__(self, entries: Collection[Record], held: Mapping[Ref, Unpublished], clock: Clock) -> None:
        self._entries = entries
        self._held = held
        self._clock = clock

    @cached_property
    def first(self) -> Change | None:
        return min(_coming(self._entries, self._held, self._clock, only_first=True), default=None)

    @cached_property
    def _all(self) -> list[Change]:
        return sorted(_coming(self._entries, self._held, self._clock))

    def patched(self, entries: Iterable[Record]) -> UpcomingChanges:
        """The same where some ``entries`` have other titles."""
        new = {entry.path: entry for entry in entries}
        return UpcomingChanges(
            [new.get(entry.path, entry) for entry in self._entries], self._held, self._clock
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


def _coming(
    entries: Iterable[Record], held: Mapping[Ref, Unpublished], clock: Clock, *, only_first: bool = False
) -> list[Change]:
    """The moments at which the site changes by itself; where ``only_first``, those that no other comes before."""
    found: list[Change] = []
    after: dict[date | None, datetime | None] = {None: None}

    def add(entry: Record, at: datetime | None, what: What) -> None:
        if at is None or at <= clock.now:
            return
        if only_first and found and at != found[0].at:
            if at > found[0].at:
                return
            found.clear()
        found.append(Change(at, entry.path, entry.title, what))

    def add_after(entry: Record, day: date | None, what: What) -> None:
        if day not in after and day is not None:  # sessions of a whole catalogue share a few hundred days
            at = clock.day_after(day)
            after[day] = at if at is not None and at > clock.now else None
        at = after[day]
        if at is not None:
            add(entry, at, what)

    for entry in entries:
        held_entry = held.get((entry.kind, entry.slug))
        if held_entry is not None:
            add(entry, held_entry.until, "appears")
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
    return found
