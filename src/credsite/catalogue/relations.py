"""Relations between entries: groups, what a story or pathway has by its courses, and which courses are related."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from credsite.content.records import CourseRecord, PathwayRecord, StoryRecord
from credsite.core.hashing import DIGEST_SIZE, combined_digest, digest
from credsite.core.serialization import pack_numbers, unpack_numbers

Courses = Mapping[str, CourseRecord]
Pathways = Mapping[str, PathwayRecord]
Slugs = tuple[str, ...]


def grouped(pairs: Iterable[tuple[str, str]], order: Iterable[str] | None = None) -> dict[str, Slugs]:
    """The values of each key, each once, in the order in which they come.

    With ``order``, only the groups of the keys in it, in that order.
    """
    groups: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(groups[key]) for key in (groups if order is None else order) if key in groups}


def courses_in(entry: StoryRecord | PathwayRecord, pathways: Pathways) -> Slugs:
    """The courses that a pathway or a story names. A story that names none is about the courses of its pathways."""
    if isinstance(entry, PathwayRecord):
        return tuple(slug for step in entry.steps for slug in step.courses)
    if entry.courses or not entry.pathways:
        return entry.courses
    found = (courses_in(pathways[slug], pathways) for slug in entry.pathways if slug in pathways)
    return tuple(chain.from_iterable(found))


def course_industries(entry: StoryRecord | PathwayRecord, courses: Courses, pathways: Pathways) -> Slugs:
    """The industries of a story or pathway: its own, or else those of its courses."""
    if entry.industries:
        return entry.industries
    slugs = courses_in(entry, pathways)
    return tuple(dict.fromkeys(i for slug in slugs if slug in courses for i in courses[slug].industries))


def story_modes(story: StoryRecord, courses: Courses, pathways: Pathways) -> Slugs:
    """The delivery modes of a story: its own, or else those of its courses."""
    if story.delivery_modes:
        return story.delivery_modes
    slugs = courses_in(story, pathways)
    return tuple(dict.fromkeys(m for s in slugs if s in courses for m in courses[s].delivery_modes))


def story_providers(story: StoryRecord, courses: Courses, pathways: Pathways) -> Iterator[str]:
    """The providers that a story is about without naming their courses: its own, and those of its pathways and of their courses."""
    if story.provider:
        yield story.provider
    for pathway in (pathways[slug] for slug in story.pathways if slug in pathways):
        if pathway.provider:
            yield pathway.provider
        yield from (courses[slug].provider for slug in courses_in(pathway, pathways) if slug in courses)


RELATED: Final = 4
"""Related courses that are shown with a course."""
_NEIGHBOURS: Final = 8
"""Candidates from each group that a course is in, so that the work does not grow with the catalogue."""
_CHECKSUM_SIZE: Final = 2 * DIGEST_SIZE
"""Bytes of a checksum."""


class RelatedCache:
    """Keeps the result of :func:`related_courses` as ``data``, because finding it takes long and it seldom changes."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def related(self, courses: Courses, lists: Sequence[tuple[int, Mapping[str, Slugs]]]) -> dict[str, Slugs]:
        """``related_courses(courses, lists)``."""
        key = _inputs_digest(courses, lists)
        checksum, numbers = self.data[:_CHECKSUM_SIZE], self.data[_CHECKSUM_SIZE:]
        if checksum == _checksum(key, numbers):
            return _decode(numbers, list(courses))
        found = related_courses(courses, lists)
        numbers = _encode(found)
        self.data = _checksum(key, numbers) + numbers
        return found


def _encode(related: Mapping[str, Slugs]) -> bytes:
    """The numbers of each course's related courses, as their places among all courses; the next number for none."""
    numbers = {slug: place for place, slug in enumerate(related)}
    none = [len(numbers)] * RELATED
    rows = ([*map(numbers.__getitem__, near), *none][:RELATED] for near in related.values())
    return pack_numbers(chain.from_iterable(rows))


def _decode(data: bytes, slugs: Sequence[str]) -> dict[str, Slugs]:
    names = map([*slugs, ""].__getitem__, unpack_numbers(data))
    rows = zip(*[names] * RELATED, strict=True)
    return {
        slug: near if near[-1] else tuple(filter(None, near)) for slug, near in zip(slugs, rows, strict=True)
    }


def _checksum(key: str, data: bytes) -> bytes:
    return digest(key.encode() + data).encode()


def _inputs_digest(courses: Courses, lists: Sequence[tuple[int, Mapping[str, Slugs]]]) -> str:
    """A digest of all that :func:`related_courses` depends on. A title is no part of it, unless it changes the order."""
    modes = [f"{slug} {' '.join(course.delivery_modes)}" for slug, course in courses.items()]
    members = [
        f"{points} {len(slugs)} {' '.join(slugs)}" for points, groups in lists for slugs in groups.values()
    ]
    return combined_digest([str(len(modes)), *modes, *members])


def related_courses(courses: Courses, lists: Sequence[tuple[int, Mapping[str, Slugs]]]) -> dict[str, Slugs]:
    """For each course the few others that have most in common with it.

    ``lists`` are groups of courses (those of a skill, a pathway, an industry), each with the points for sharing a group.
    In each group only the next few courses after a course are candidates, so that the work for a course is bounded.
    """
    neighbours: defaultdict[str, list[tuple[int, Slugs]]] = defaultdict(list)
    for points, groups in lists:
        for members in groups.values():
            count = min(len(members), _NEIGHBOURS + 1)
            ring = members + members[:count]
            for position, slug in enumerate(members, start=1):
                neighbours[slug].append((points, ring[position : position + count - 1]))
    modes = {slug: frozenset(course.delivery_modes) for slug, course in courses.items()}
    return {slug: _nearest(modes[slug], neighbours[slug], modes) for slug in courses}


def _nearest(
    modes: frozenset[str], neighbours: Iterable[tuple[int, Slugs]], modes_of: Mapping[str, frozenset[str]]
) -> Slugs:
    scores: dict[str, int] = {}
    for points, others in neighbours:
        for other in others:
            scores[other] = scores.get(other, 0) + points
    # A mode in common is 1 point, so a candidate that is 2 points behind the last of the best few cannot become one of them.
    least = (sorted(scores.values())[-RELATED:] or [0])[0] - 1
    near = [
        (-score - (not modes.isdisjoint(modes_of[other])), other)
        for other, score in scores.items()
        if score >= least
    ]
    near.sort()
    return tuple([other for _, other in near[:RELATED]])
