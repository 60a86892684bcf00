"""Checks across entries: unknown ids, slugs and ids used twice, circles of prerequisites, dates that are past.

Entries that are not published are checked too, so that a draft has no problems when its day comes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from credsite.catalogue.clock import Clock
from credsite.catalogue.enrolment import has_missed_deadline
from credsite.catalogue.unpublished import Ref
from credsite.content.records import (
    CourseRecord,
    DeliveryModeRecord,
    PageRecord,
    PathwayRecord,
    PriceRecord,
    ProviderRecord,
    Record,
    StoryRecord,
)
from credsite.problems.model import KeyPath, Location, Problem, keys_overlap
from credsite.problems.suggestions import Effort, unknown_value_problem
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.vocabularies import FromVocabulary, labels
from credsite.schema.vocabulary_advice import hidden_value_problem, with_advice

_FILE_LIKE: Final = re.compile(r"(?:[^\s/\\]+[/\\])*[^\s/\\]+\.md|[a-z]+:[a-z0-9-]+", re.IGNORECASE)
"""The path of an entry's file, or an entry as links name it: `course:first-aid`."""
_MAX_COMPARISONS: Final = 300_000
"""How much is compared with unknown ids, over all: comparing takes long, and a site can have thousands of both."""
_MAX_NAMED: Final = 20
"""How many courses of a circle are named."""
_MAX_IN_CIRCLES: Final = 200_000
"""How many courses all circles that are told of may have together."""
_SLUG_LIKE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The ids that credsite.yaml and the theme define, the site's currency and its schema. Other ids are those of entries."""

    funding: Collection[str]
    templates: Collection[str]
    currency: str = ""
    has_time_zone: bool = True
    """Whether credsite.yaml says which time zone the times of entries are in."""
    schema: SiteSchema = BUILT_IN


def without_duplicates(entries: Iterable[Record]) -> tuple[list[Record], list[Problem]]:
    """The first entry of each kind and slug, and a problem for each of the others. An entry whose slug is wrong is no other."""
    first: dict[Ref, Record] = {}
    problems = []
    unknown_slugs: list[Record] = []
    for entry in entries:
        if has_wrong_slug(entry):
            unknown_slugs.append(entry)
            continue
        other = first.setdefault((entry.kind, entry.slug), entry)
        if other is not entry:
            message = f"The slug `{entry.slug}` is already that of `{other.path}`. Give one of the two another `slug` or file name."
            location = (
                Location(entry.path, key=("slug",)) if entry.has_own_slug else Location(entry.path, 1, 1)
            )
            problems.append(Problem("duplicate-slug", message, location, related=Location(other.path, 1, 1)))
    return [*first.values(), *unknown_slugs], problems


def has_wrong_slug(entry: Record) -> bool:
    """Whether it is not known what ``entry`` is to be called."""
    return bool(entry.wrong_keys) and keys_overlap(("slug",), entry.wrong_keys)


def cross_entry_problems(
    entries: Collection[Record],
    invalid_entries: Collection[Ref],
    vocabularies: Vocabularies,
    clock: Clock,
) -> Iterator[Problem]:
    """Everything that is wrong between ``entries``. Where two have the same kind and slug, the first is the one that counts.

    ``invalid_entries`` exist but have errors of their own; that another entry names one is not a second problem. Nothing is
    said of what entries only seem to say because some of their keys are wrong.
    """
    wrong_keys = {entry.path: entry.wrong_keys for entry in entries if entry.wrong_keys}
    for problem in _all_problems(entries, invalid_entries, vocabularies, clock):
        if not problem.is_affected(wrong_keys.get(problem.location.path, ())):
            yield problem


def _all_problems(
    entries: Collection[Record],
    invalid_entries: Collection[Ref],
    vocabularies: Vocabularies,
    clock: Clock,
) -> Iterator[Problem]:
    ids: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for kind, slug in [*((entry.kind, entry.slug) for entry in entries), *invalid_entries]:
        ids[kind].add(slug)
    ids[Kind.DELIVERY_MODE] |= set(vocabularies.schema.vocabularies["mode"])
    checker = _Checker(ids, vocabularies)
    for entry in entries:
        yield from checker.check(entry)
        yield from _publication_dates(entry, clock)
        if isinstance(entry, CourseRecord):
            yield from _past_dates(entry.path, entry, clock)
            yield from _currency(entry.path, entry, vocabularies.currency)
    if not vocabularies.has_time_zone:
        yield from _time_zone(entries)
    courses: dict[str, CourseRecord] = {}
    for entry in entries:
        if isinstance(entry, CourseRecord):
            courses.setdefault(entry.slug, entry)
    yield from _cycles({slug: (entry.path, entry.prerequisites) for slug, entry in courses.items()})
    yield from _duplicate_ctids(
        course
        for course in entries
        if isinstance(course, CourseRecord) and not keys_overlap(("ctid",), course.wrong_keys)
    )


@dataclass(frozen=True, slots=True)
class _Checker:
    ids: Mapping[Kind, Collection[str]]
    vocabularies: Vocabularies
    problem_cache: dict[Ref, Problem] = field(default_factory=dict)
    sorted_ids: dict[Kind, list[str]] = field(default_factory=dict)
    effort: Effort = field(default_factory=lambda: Effort(_MAX_COMPARISONS))

    def check(self, entry: Record) -> Iterator[Problem]:
        path = entry.path
        if entry.details:
            yield from self._references(entry)
        match entry:
            case CourseRecord() as course:
                yield from self._ids(path, ("provider",), (course.provider,), Kind.PROVIDER, single=True)
                yield from self._ids(path, ("partners",), course.partners, Kind.PROVIDER)
                yield from self._ids(path, ("industries",), course.industries, Kind.INDUSTRY)
                yield from self._settings(
                    path, ("funding",), course.funding, "funding", self.vocabularies.funding
                )
                yield from self._terms(path, ("support",), course.support, "support")
                prerequisites = _with_keys(("prerequisites",), course.prerequisites)
                yield from self._ids_or_text(path, prerequisites, Kind.COURSE)
                yield from self._ids_or_text(path, course.recognised_by, Kind.PROVIDER)
                locations: Iterator[tuple[KeyPath, str]] = (
                    (("sessions", number, "location"), session.location)
                    for number, session in enumerate(course.sessions)
                    if session.location
                )
                places = _with_keys(("places",), course.places)
                yield from self._ids_or_text(path, chain(places, locations), Kind.PLACE)
            case StoryRecord() as story:
                yield from self._ids(path, ("courses",), story.courses, Kind.COURSE)
                yield from self._ids(path, ("pathways",), story.pathways, Kind.PATHWAY)
                if story.provider:
                    yield from self._ids(path, ("provider",), (story.provider,), Kind.PROVIDER, single=True)
                yield from self._ids(path, ("industries",), story.industries, Kind.INDUSTRY)
                yield from self._terms(path, ("background",), story.background, "background")
            case PathwayRecord() as pathway:
                yield from self._pathway(path, pathway)
            case ProviderRecord() as provider:
                if provider.place:
                    yield from self._ids(path, ("place",), (provider.place,), Kind.PLACE, single=True)
                accredited_by = _with_keys(("accredited_by",), provider.accredited_by)
                yield from self._ids_or_text(path, accredited_by, Kind.PROVIDER)
            case DeliveryModeRecord():
                message = f"There is no delivery mode `{entry.slug}`. Name the file after one of the delivery modes."
                yield from self._term(Location(path, 1, 1), entry.slug, "mode", message)
            case PageRecord() as page if page.template not in self.vocabularies.templates:
                message = f"The theme has no template `{page.template}` for pages."
                location = Location(path, key=("template",))
                yield unknown_value_problem(
                    "unknown-value", message, location, page.template, sorted(self.vocabularies.templates)
                )
            case _:
                pass

    def _references(self, entry: Record) -> Iterator[Problem]:
        """Of own fields whose values are ids of entries."""
        fields = self.vocabularies.schema.displayed_fields[entry.kind]
        for id_, slugs in entry.details:
            field = fields[id_]
            if field.display.reference is not None:
                yield from self._ids(
                    entry.path, (field.key,), slugs, field.display.reference, single=not field.is_list
                )

    def _pathway(self, path: str, pathway: PathwayRecord) -> Iterator[Problem]:
        if pathway.provider:
            yield from self._ids(path, ("provider",), (pathway.provider,), Kind.PROVIDER, single=True)
        yield from self._ids(path, ("industries",), pathway.industries, Kind.INDUSTRY)
        yield from self._ids_or_text(path, pathway.recognised_by, Kind.PROVIDER)
        for number, step in enumerate(pathway.steps):
            for position, slug in enumerate(step.courses):
                key: KeyPath = ("steps", number, "courses", position)
                if slug in self.ids[Kind.COURSE]:
                    continue
                if slug in self.ids[Kind.PATHWAY]:
                    message = (
                        f"`{slug}` is a pathway. A step lists courses: write those that `{slug}` is made of."
                    )
                    yield Problem("pathway-in-pathway", message, Location(path, key=key))
                else:
                    yield self._unknown(path, key, slug, Kind.COURSE)

    def _ids(
        self, path: str, key: KeyPath, slugs: Collection[str], kind: Kind, *, single: bool = False
    ) -> Iterator[Problem]:
        for position, slug in enumerate(slugs):
            if slug not in self.ids[kind]:
                yield self._unknown(path, key if single else (*key, position), slug, kind)

    def _ids_or_text(self, path: str, values: Iterable[tuple[KeyPath, str]], kind: Kind) -> Iterator[Problem]:
        """The values, each with its key, may be ids or sentences. What looks like an id must be one."""
        for key, value in values:
            if value in self.ids[kind]:
                continue
            if _SLUG_LIKE.fullmatch(value):
                found = self._unknown(path, key, value, kind)
                advice = " If it is not an id but a text, begin it with a capital letter."
                yield replace(found, message=found.message + advice)
            elif _FILE_LIKE.fullmatch(value):
                yield self._unknown(path, key, value, kind)

    def _unknown(self, path: str, key: KeyPath, slug: str, kind: Kind) -> Problem:
        # A thousand files may have the same wrong id, and finding the closest of ten thousand ids takes long.
        found = self.problem_cache.get((kind, slug))
        if found is None:
            known = self.sorted_ids.get(kind)
            if known is None:
                known = self.sorted_ids[kind] = sorted(self.ids[kind])
            message = f"There is no {KINDS[kind].label} `{slug}`."
            written = _id_in(slug)
            found = unknown_value_problem(
                "unknown-id", message, Location(path), written, known, effort=self.effort
            )
            if written in self.ids[kind]:
                found = replace(
                    found, message=f"{message} An id is the name of a file without `.md`.", suggestion=written
                )
            elif not found.suggestion:
                found = replace(found, message=f"{found.message} {_how_to_add(slug, kind)}")
            self.problem_cache[kind, slug] = found
        return replace(found, location=Location(path, key=key))

    def _terms(self, path: str, key: KeyPath, ids: Collection[str], vocabulary: str) -> Iterator[Problem]:
        for position, found in enumerate(ids):
            location = Location(path, key=(*key, position))
            yield from self._term(location, found, vocabulary, f"`{found}` is not defined.")

    def _term(self, location: Location, written: str, vocabulary: str, message: str) -> Iterator[Problem]:
        """What is wrong with an id of a ``vocabulary``; ``message`` says that there is no such id."""
        schema = self.vocabularies.schema
        known = schema.vocabularies[vocabulary]
        if written in known:
            return
        mark = FromVocabulary(vocabulary, replacements=schema.replacements.get(vocabulary, {}))
        if written in mark.replacements:
            yield hidden_value_problem("unknown-id", mark, written, location)
            return
        found = unknown_value_problem(
            "unknown-id", message, location, written, tuple(known), effort=self.effort, labels=labels(known)
        )
        yield with_advice(found, mark, written)

    def _settings(
        self, path: str, key: KeyPath, ids: Collection[str], setting: str, known: Collection[str]
    ) -> Iterator[Problem]:
        for position, found in enumerate(ids):
            if found not in known:
                message = (
                    f"`{found}` is not defined. Add it to `{setting}` in credsite.yaml, or choose another."
                )
                location = Location(path, key=(*key, position))
                yield unknown_value_problem(
                    "unknown-id", message, location, found, sorted(known), effort=self.effort
                )


def _with_keys(key: KeyPath, values: Iterable[str]) -> Iterator[tuple[KeyPath, str]]:
    """The ``values`` of the list at ``key``, each with its own key."""
    return (((*key, number), value) for number, value in enumerate(values))


def _id_in(written: str) -> str:
    """The id in what an editor has written: a path, the name of a file, or an entry as links name it."""
    if not _FILE_LIKE.fullmatch(written):
        return written
    return re.split(r"[/\\:]", written)[-1].removesuffix(".md")


def _how_to_add(written: str, kind: Kind) -> str:
    """How to have an entry that is not there: what an id is, and the command that creates one."""
    advice = "An id is the name of a file without `.md`."
    if kind not in (Kind.INDUSTRY, Kind.PROVIDER, Kind.PLACE):
        return advice
    title = " ".join(re.findall(r"[^\W_]+", _id_in(written))).capitalize()
    return f'{advice} To add it: `credsite new {kind} "{title}"`.'


def _publication_dates(entry: Record, clock: Clock) -> Iterator[Problem]:
    begins, ends = entry.publish_at, entry.expires_at
    if begins is not None and ends is not None and clock.instant(ends) <= clock.instant(begins):
        message = "`expires_at` must be later than `publish_at`: as it is, the entry is never shown."
        yield Problem("dates-reversed", message, Location(entry.path, key=("expires_at",)))


def _past_dates(path: str, course: CourseRecord, clock: Clock) -> Iterator[Problem]:
    for number, session in enumerate(course.sessions):
        if has_missed_deadline(session, clock):
            message = f"The deadline {session.apply_by} is past, but the session of {session.starts} has not begun: visitors see it as closed."
            yield Problem("apply-by-past", message, Location(path, key=("sessions", number, "apply_by")))
    if course.review_by is not None and course.review_by < clock.today:
        message = f"This entry was due for review by {course.review_by}. Review it, and set `reviewed_at` and `review_by`."
        yield Problem("review-overdue", message, Location(path, key=("review_by",)))


def _time_zone(entries: Iterable[Record]) -> Iterator[Problem]:
    """A warning where a course has times, though nobody has said in which time zone. All courses together get one."""
    timed = next(
        (
            (entry.path, number)
            for entry in entries
            if isinstance(entry, CourseRecord)
            for number, session in enumerate(entry.sessions)
            if session.times is not None
            and (session.times.first or session.times.starts or session.times.ends or session.times.apply_by)
        ),
        None,
    )
    if timed is not None:
        path, number = timed
        message = (
            "Sessions have times, which are taken to be UTC. Write the time zone in credsite.yaml, such as "
            "`timezone: America/Toronto` or `timezone: Europe/Paris`."
        )
        yield Problem("time-zone-missing", message, Location(path, key=("sessions", number)))


def _currency(path: str, course: CourseRecord, currency: str) -> Iterator[Problem]:
    prices: dict[KeyPath, PriceRecord] = {("prices", number): one for number, one in enumerate(course.prices)}
    if course.price is not None and course.price not in prices.values():
        prices["price",] = course.price
    for key, price in prices.items():
        if price.amount and not (price.currency or currency):
            message = "The price names no currency. Write it after the amount, as in `495 CAD`, or set `currency` in credsite.yaml."
            yield Problem("bad-price", message, Location(path, key=key))


def _duplicate_ctids(courses: Iterable[CourseRecord]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for entry in courses:
        ctid = entry.ctid
        if ctid is None:
            continue
        other = first.setdefault(ctid, entry.path)
        if other != entry.path:
            message = f"This ctid is already that of `{other}`. Make a new one for this course."
            yield Problem(
                "duplicate-ctid",
                message,
                Location(entry.path, key=("ctid",)),
                related=Location(other, key=("ctid",)),
            )


def _cycles(courses: Mapping[str, tuple[str, tuple[str, ...]]]) -> Iterator[Problem]:
    """A problem for each circle of prerequisites. ``courses`` has the path and the prerequisites of each course."""
    done: set[str] = set()
    told = 0
    for start in sorted(slug for slug, (_, prerequisites) in courses.items() if prerequisites):
        trail: list[str] = []
        on_trail: set[str] = set()
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            slug, depth = stack.pop()
            while len(trail) > depth:
                left = trail.pop()
                on_trail.discard(left)
                done.add(left)
            if slug in on_trail:
                if told < _MAX_IN_CIRCLES:
                    told += depth
                    yield _cycle_problem(courses, trail[trail.index(slug) :])
            elif slug not in done:
                trail.append(slug)
                on_trail.add(slug)
                stack += ((needed, depth + 1) for needed in courses[slug][1] if needed in courses)
        done |= on_trail


def _cycle_problem(courses: Mapping[str, tuple[str, tuple[str, ...]]], cycle: list[str]) -> Problem:
    """The problem of a circle, at its first course in the alphabet."""
    first = cycle.index(min(cycle))
    cycle = cycle[first:] + cycle[:first]
    path, prerequisites = courses[cycle[0]]
    if len(cycle) == 1:
        message = "This course requires itself. Remove it from `prerequisites`."
    else:
        named = cycle if len(cycle) <= _MAX_NAMED else [*cycle[: _MAX_NAMED - 1], "…"]
        circle = " → ".join([*named, cycle[0]])
        message = f"These courses require each other in a circle: {circle}. Remove one of them from `prerequisites`."
    position = prerequisites.index(cycle[1 % len(cycle)])
    return Problem("prerequisite-cycle", message, Location(path, key=("prerequisites", position)))
