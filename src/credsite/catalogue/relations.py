"""Who belongs to whom: look-ups in both directions, made once from the entries that are shown."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from credsite.content.facts import CourseFacts, PathwayFacts, StoryFacts
from credsite.digest import digest
from credsite.validation import slugified

RELATED: Final = 4
"""Related courses shown with a course."""
_NEIGHBOURS: Final = 12
"""Candidates taken from each list that a course is in, so that the work does not grow with the catalogue."""

Courses = Mapping[str, CourseFacts]
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
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, Slugs]:
    """The values of each key, in the order in which they come, each once."""
    groups: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(values) for key, values in groups.items()}


def skill_key(name: str) -> str:
    """What makes two spellings the same skill: letters without regard to case, white space and how accents are coded."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def skills(courses: Courses) -> dict[str, Skill]:
    """All skills by :func:`skill_key`, in the order of their names; spelt as most courses spell them."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    uris: dict[str, str] = {}
    teaching = grouped(
        (skill_key(skill.name), slug) for slug, course in courses.items() for skill in course.skills
    )
    for course in courses.values():
        for skill in course.skills:
            key = skill_key(skill.name)
            spellings[key][skill.name] += 1
            if skill.uri:
                uris.setdefault(key, skill.uri)
    names = {key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in spellings.items()}
    used: set[str] = set()
    found = {}
    for key in sorted(names, key=lambda key: (sort_key(names[key]), key)):
        slug = _skill_slug(key, used)
        found[key] = Skill(slug, names[key], uris.get(key, ""), teaching[key])
    return found


def _skill_slug(key: str, used: set[str]) -> str:
    base = slugified(key.replace("+", " plus").replace("#", " sharp")) or f"skill-{digest(key.encode())[:8]}"
    slug, number = base, 2
    while slug in used:
        slug, number = f"{base}-{number}", number + 1
    used.add(slug)
    return slug


def related(courses: Courses, lists: Sequence[tuple[int, Mapping[str, Slugs]]]) -> dict[str, Slugs]:
    """For each course the few nearest others.

    ``lists`` are groups of courses with what it is worth to share one: skills, pathways, industries. From each
    list only the neighbours of a course are looked at, so that the cost of a course is bounded.
    """
    memberships: defaultdict[str, list[tuple[int, Slugs, int]]] = defaultdict(list)
    for worth, groups in lists:
        for members in groups.values():
            for position, slug in enumerate(members):
                memberships[slug].append((worth, members, position))
    return {slug: _nearest(slug, memberships[slug], courses) for slug in courses}


def _nearest(slug: str, memberships: list[tuple[int, Slugs, int]], courses: Courses) -> Slugs:
    scores: Counter[str] = Counter()
    for worth, members, position in memberships:
        for other in _window(members, position):
            scores[other] += worth
    modes = set(courses[slug].delivery_modes)
    for other in scores:
        if modes & set(courses[other].delivery_modes):
            scores[other] += 1
    return tuple(sorted(scores, key=lambda other: (-scores[other], other))[:RELATED])


def _window(members: Slugs, position: int) -> Iterator[str]:
    """The neighbours of a position in a circle of members, without itself."""
    for offset in range(1, min(len(members), _NEIGHBOURS + 1)):
        yield members[(position + offset) % len(members)]


def course_industries(story: StoryFacts | PathwayFacts, courses: Courses) -> Slugs:
    """The industries of a story or pathway: its own, or else those of its courses."""
    if story.industries:
        return story.industries
    slugs = (
        story.courses
        if isinstance(story, StoryFacts)
        else [slug for step in story.steps for slug in step.courses]
    )
    return tuple(dict.fromkeys(i for slug in slugs if slug in courses for i in courses[slug].industries))


def story_modes(story: StoryFacts, courses: Courses) -> Slugs:
    """The delivery modes of a story: its own, or else those of its courses."""
    if story.delivery_modes:
        return story.delivery_modes
    return tuple(dict.fromkeys(m for s in story.courses if s in courses for m in courses[s].delivery_modes))
