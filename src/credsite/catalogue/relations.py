"""Groups of entries by what they belong to, and what a story or pathway has by its courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from credsite.content.records import CourseRecord, PathwayRecord, StoryRecord

Courses = Mapping[str, CourseRecord]
Slugs = tuple[str, ...]


def grouped(pairs: Iterable[tuple[str, str]], order: Iterable[str] | None = None) -> dict[str, Slugs]:
    """The values of each key, each once, in the order in which they come.

    With ``order``, only the groups of the keys in it, in that order.
    """
    groups: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(groups[key]) for key in (groups if order is None else order) if key in groups}


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
