"""The next sessions that people can enrol in: of all courses, and of those of each industry and delivery mode."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from credsite.catalogue.enrolment import SessionStates, start_order
from credsite.catalogue.facets import ListKey
from credsite.catalogue.relations import Courses
from credsite.content.records import CourseRecord, SessionRecord

MAX_COMING: Final = 500
MAX_OF_LIST: Final = 100

SessionKey = tuple[str, str]
"""The slug of a course and the number of one of its sessions."""
OpenSession = tuple[tuple[date, int], str, int]
"""What a session is sorted by, the slug of its course, and its number."""


def sorted_open_sessions(courses: Courses, sessions: Mapping[str, SessionStates]) -> list[OpenSession]:
    """All sessions that are open for enrolment, soonest first."""
    return sorted(
        (start_order(courses[slug].sessions[number]), slug, number)
        for slug, states in sessions.items()
        for number, state in states
        if state == "open"
    )


def coming_sessions(courses: Courses, soonest: Sequence[OpenSession]) -> dict[SessionKey, SessionRecord]:
    """The first of the open sessions, by course and number."""
    return {(slug, str(number)): courses[slug].sessions[number] for _, slug, number in soonest[:MAX_COMING]}


def coming_of_lists(
    shown: Mapping[str, Any], soonest: Sequence[OpenSession]
) -> dict[ListKey, tuple[SessionKey, ...]]:
    """The first of the open sessions of each industry and delivery mode. Drafts are left out."""
    courses: Courses = shown["courses"]
    found: dict[ListKey, list[SessionKey]] = {}
    for _, slug, number in soonest:
        course = courses[slug]
        for key in () if course.draft else _lists(course, number):
            keys = found.setdefault(key, [])
            if len(keys) < MAX_OF_LIST:
                keys.append((slug, str(number)))
    return {
        key: tuple(keys) for key, keys in found.items() if key[0] == "mode" or key[1] in shown["industries"]
    }


def _lists(course: CourseRecord, number: int) -> Iterator[ListKey]:
    """The lists that a session belongs to. Where it names its delivery mode, that counts in place of the course's."""
    yield from (("industry", industry) for industry in dict.fromkeys(course.industries))
    own = course.sessions[number].delivery_mode
    modes = (own,) if own is not None else dict.fromkeys(course.delivery_modes)
    yield from (("mode", mode) for mode in modes)
