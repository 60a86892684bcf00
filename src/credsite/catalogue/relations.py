"""Who belongs to whom: look-ups in both directions, made once from the entries that are shown."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from credsite.content.records import CourseRecord, PathwayRecord, StoryRecord
from credsite.core.hashing import DIGEST_SIZE, combined_digest, digest
from credsite.core.packing import from_bytes, to_bytes
from credsite.core.text import slugify

RELATED: Final = 4
"""Related courses shown with a course."""
_NEIGHBOURS: Final = 8
"""Candidates taken from each list that a course is in, so that the work does not grow with the catalogue."""

_SEAL: Final = 2 * DIGEST_SIZE
"""Bytes of a seal."""

Courses = Mapping[str, CourseRecord]
Slugs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that courses teach. ``slug`` names its page, which it has where two or more ``courses`` teach it."""

    slug: str
    name: str
    uri: str
    courses: Slugs


def sort_key(title: str) -> str:
    """A key that orders titles as readers expect: without regard to case and accents."""
    folded = title.casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, Slugs]:
    """The values of each key, in the order in which they come, each once."""
    groups: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(values) for key, values in groups.items()}


@lru_cache(maxsize=16384)
def skill_key(name: str) -> str:
    """What makes two spellings the same skill: letters without regard to case, white space and how accents are coded."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def skills(courses: Courses) -> dict[str, Skill]:
    """All skills by :func:`skill_key`, in the order of their names; spelt as most courses spell them."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    teaching: defaultdict[str, dict[str, None]] = defaultdict(dict)
    uris: dict[str, str] = {}
    for slug, course in courses.items():
        for name, uri in course.skills:
            key = skill_key(name)
            spellings[key][name] += 1
            teaching[key][slug] = None
            if uri:
                uris.setdefault(key, uri)
    names = {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in spellings.items()}
    used: set[str] = set()
    found = {}
    for key in sorted(names, key=lambda key: (sort_key(names[key]), key)):
        slug = _skill_slug(key, used)
        found[key] = Skill(slug, names[key], uris.get(key, ""), tuple(teaching[key]))
    return found


def _skill_slug(key: str, used: set[str]) -> str:
    base = slugify(key.replace("+", " plus").replace("#", " sharp")) or f"skill-{digest(key.encode())[:8]}"
    slug, number = base, 2
    while slug in used:
        slug, number = f"{base}-{number}", number + 1
    used.add(slug)
    return slug


class RelatedCache:
    """Remembers for :func:`related` what it found, as ``data``, since to find it takes long and it is seldom another."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def related(self, courses: Courses, lists: Sequence[tuple[int, Mapping[str, Slugs]]]) -> dict[str, Slugs]:
        """``related(courses, lists)``."""
        key = _digest_of(courses, lists)
        seal, numbers = self.data[:_SEAL], self.data[_SEAL:]
        if seal == _seal(key, numbers):
            return _unpacked(numbers, list(courses))
        found = related(courses, lists)
        numbers = _packed(found)
        self.data = _seal(key, numbers) + numbers
        return found


def _packed(found: Mapping[str, Slugs]) -> bytes:
    """The places of the related courses of each one among all, with the place after the last one for none."""
    places = {slug: place for place, slug in enumerate(found)}
    none = [len(places)] * RELATED
    rows = ([*map(places.__getitem__, near), *none][:RELATED] for near in found.values())
    return to_bytes("I", chain.from_iterable(rows))


def _unpacked(data: bytes, slugs: Sequence[str]) -> dict[str, Slugs]:
    names = map([*slugs, ""].__getitem__, from_bytes("I", data))
    rows = zip(*[names] * RELATED, strict=True)
    return {
        slug: near if near[-1] else tuple(filter(None, near)) for slug, near in zip(slugs, rows, strict=True)
    }


def _seal(key: str, data: bytes) -> bytes:
    return digest(key.encode() + data).encode()


def _digest_of(courses: Courses, lists: Sequence[tuple[int, Mapping[str, Slugs]]]) -> str:
    """Of all that :func:`related` looks at, which another title is no part of as long as it keeps its place."""
    modes = [f"{slug} {' '.join(course.delivery_modes)}" for slug, course in courses.items()]
    members = [
        f"{worth} {len(slugs)} {' '.join(slugs)}" for worth, groups in lists for slugs in groups.values()
    ]
    return combined_digest([str(len(modes)), *modes, *members])


def related(courses: Courses, lists: Sequence[tuple[int, Mapping[str, Slugs]]]) -> dict[str, Slugs]:
    """For each course the few nearest others.

    ``lists`` are groups of courses with what it is worth to share one: skills, pathways, industries. From each
    list only the neighbours of a course are looked at, so that the cost of a course is bounded.
    """
    neighbours: defaultdict[str, list[tuple[int, Slugs]]] = defaultdict(list)
    for worth, groups in lists:
        for members in groups.values():
            count = min(len(members), _NEIGHBOURS + 1)
            circle = members + members[:count]
            for position, slug in enumerate(members, start=1):
                neighbours[slug].append((worth, circle[position : position + count - 1]))
    modes = {slug: frozenset(course.delivery_modes) for slug, course in courses.items()}
    return {slug: _nearest(modes[slug], neighbours[slug], modes) for slug in courses}


def _nearest(
    modes: frozenset[str], neighbours: Iterable[tuple[int, Slugs]], modes_of: Mapping[str, frozenset[str]]
) -> Slugs:
    scores: dict[str, int] = {}
    for worth, others in neighbours:
        for other in others:
            scores[other] = scores.get(other, 0) + worth
    # A mode in common is worth 1, so that none with 2 less than the last of the first few can come to be among them.
    least = (sorted(scores.values())[-RELATED:] or [0])[0] - 1
    near = [
        (-score - (not modes.isdisjoint(modes_of[other])), other)
        for other, score in scores.items()
        if score >= least
    ]
    near.sort()
    return tuple([other for _, other in near[:RELATED]])


def course_industries(story: StoryRecord | PathwayRecord, courses: Courses) -> Slugs:
    """The industries of a story or pathway: its own, or else those of its courses."""
    if story.industries:
        return story.industries
    slugs = (
        story.courses
        if isinstance(story, StoryRecord)
        else [slug for step in story.steps for slug in step.courses]
    )
    return tuple(dict.fromkeys(i for slug in slugs if slug in courses for i in courses[slug].industries))


def story_modes(story: StoryRecord, courses: Courses) -> Slugs:
    """The delivery modes of a story: its own, or else those of its courses."""
    if story.delivery_modes:
        return story.delivery_modes
    return tuple(dict.fromkeys(m for s in story.courses if s in courses for m in courses[s].delivery_modes))
