"""Finds courses that require each other in a circle, so that nobody could ever begin with one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credsite.catalogue.relations import Courses
from credsite.problems.model import Location, Problem

_MAX_NAMED: Final = 20
"""How many courses of a circle are named."""
_MAX_IN_CIRCLES: Final = 200_000
"""How many courses all circles that are told of may have together."""


def cycle_problems(courses: Courses) -> Iterator[Problem]:
    """A problem for each circle of prerequisites."""
    done: set[str] = set()
    told = 0
    for start in sorted(slug for slug, course in courses.items() if course.prerequisites):
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
                stack += ((needed, depth + 1) for needed in courses[slug].prerequisites if needed in courses)
        done |= on_trail


def _cycle_problem(courses: Courses, cycle: list[str]) -> Problem:
    """The problem of a circle, at its first course in the alphabet."""
    first = cycle.index(min(cycle))
    cycle = cycle[first:] + cycle[:first]
    course = courses[cycle[0]]
    if len(cycle) == 1:
        message = "This course requires itself. Remove it from `prerequisites`."
    else:
        named = cycle if len(cycle) <= _MAX_NAMED else [*cycle[: _MAX_NAMED - 1], "…"]
        circle = " → ".join([*named, cycle[0]])
        message = f"These courses require each other in a circle: {circle}. Remove one of them from `prerequisites`."
    position = course.prerequisites.index(cycle[1 % len(cycle)])
    return Problem("prerequisite-cycle", message, Location(course.path, key=("prerequisites", position)))
