"""Checks across entries: those of ids and of prerequisites, and slugs used twice, dates that are past, missing currencies.

Entries that are not published are checked too, so that a draft has no problems when its day comes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from credsite.catalogue.clock import Clock
from credsite.catalogue.enrolment import has_missed_deadline
from credsite.catalogue.prerequisite_cycles import cycle_problems
from credsite.catalogue.reference_checks import ReferenceChecker, Vocabularies
from credsite.catalogue.titles import Titles
from credsite.catalogue.unpublished import Ref
from credsite.content.records import CourseRecord, PriceRecord, Record
from credsite.problems.model import KeyPath, Location, Problem, keys_overlap
from credsite.schema.kinds import Kind


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
    checker = ReferenceChecker(ids, Titles(entries), vocabularies)
    for entry in entries:
        yield from checker.check(entry)
        yield from _publication_dates(entry, clock)
    courses = [entry for entry in entries if isinstance(entry, CourseRecord)]
    for course in courses:
        yield from _past_dates(course, clock)
        yield from _currency(course, vocabularies.currency)
    if not vocabularies.has_time_zone:
        yield from _time_zone(courses)
    yield from cycle_problems({course.slug: course for course in reversed(courses)})
    yield from _duplicate_ctids(one for one in courses if not keys_overlap(("ctid",), one.wrong_keys))


def _publication_dates(entry: Record, clock: Clock) -> Iterator[Problem]:
    begins, ends = entry.publish_at, entry.expires_at
    if begins is not None and ends is not None and clock.instant(ends) <= clock.instant(begins):
        message = "`expires_at` must be later than `publish_at`: as it is, the entry is never shown."
        yield Problem("dates-reversed", message, Location(entry.path, key=("expires_at",)))


def _past_dates(course: CourseRecord, clock: Clock) -> Iterator[Problem]:
    for number, session in enumerate(course.sessions):
        if has_missed_deadline(session, clock):
            message = f"The deadline {session.apply_by} is past, but the session of {session.starts} has not begun: visitors see it as closed."
            yield Problem(
                "apply-by-past", message, Location(course.path, key=("sessions", number, "apply_by"))
            )
    if course.review_by is not None and course.review_by < clock.today:
        message = f"This entry was due for review by {course.review_by}. Review it, and set `reviewed_at` and `review_by`."
        yield Problem("review-overdue", message, Location(course.path, key=("review_by",)))


def _time_zone(courses: Iterable[CourseRecord]) -> Iterator[Problem]:
    """A warning where a course has times, though nobody has said in which time zone. All courses together get one."""
    timed = next(
        (
            (course.path, number)
            for course in courses
            for number, session in enumerate(course.sessions)
            if any(isinstance(moment, datetime) for moment in session.times or ())
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


def _currency(course: CourseRecord, currency: str) -> Iterator[Problem]:
    prices: dict[KeyPath, PriceRecord] = {("prices", number): one for number, one in enumerate(course.prices)}
    if course.price is not None and course.price not in prices.values():
        prices["price",] = course.price
    for key, price in prices.items():
        if price.amount and not (price.currency or currency):
            message = "The price names no currency. Write it after the amount, as in `495 CAD`, or set `currency` in credsite.yaml."
            yield Problem("bad-price", message, Location(course.path, key=key))


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
