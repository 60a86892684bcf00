"""The next sessions that people can enrol in: of all courses, and of those of each industry and delivery mode.

A large catalogue has tens of thousands of open sessions, and at each build some hundred of them are wanted. So they are not sorted but
put together by their days, and only the first days are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from credsite.catalogue.enrolment import SessionStates, start_order
from credsite.catalogue.facets import ListKey
from credsite.catalogue.relations import Courses, Slugs
from credsite.content.records import SessionRecord

MAX_COMING: Final = 500
MAX_OF_LIST: Final = 100
_LOOKED_AT: Final = 4000
"""Most lists have enough sessions among the first of all. Of others, all sessions are looked at."""

SessionKey = tuple[str, str]
"""The slug of a course and the number of one of its sessions."""
SessionsByDay = Mapping[date, list[tuple[str, int]]]
"""The open sessions of each first day, by course and number."""


class _Lookup(NamedTuple):
    """The slugs of the courses of a list, and its delivery mode if it is the list of one."""

    slugs: frozenset[str]
    mode: str | None


def open_sessions(courses: Courses, sessions: Mapping[str, SessionStates]) -> SessionsByDay:
    """All sessions that are open for enrolment."""
    found: dict[date, list[tuple[str, int]]] = {}
    for slug, states in sessions.items():
        for number, state in states:
            if state == "open":
                found.setdefault(courses[slug].sessions[number].starts, []).append((slug, number))
    return found


def coming_sessions(courses: Courses, sessions: SessionsByDay) -> dict[SessionKey, SessionRecord]:
    """The first of the open sessions, soonest first."""
    return {
        (slug, str(number)): courses[slug].sessions[number]
        for slug, number in islice(_soonest_first(courses, sessions), MAX_COMING)
    }


def coming_of_lists(
    courses: Courses, lookups: Mapping[str, Mapping[str, Slugs]], sessions: SessionsByDay
) -> dict[ListKey, tuple[SessionKey, ...]]:
    """The first of the open sessions of each industry and delivery mode. Drafts are left out."""
    first = list(islice(_soonest_first(courses, sessions), _LOOKED_AT))
    are_all = len(first) < _LOOKED_AT
    found: dict[ListKey, tuple[SessionKey, ...]] = {}
    for kind in ("industry", "mode"):
        for value, slugs in lookups[f"by_{kind}"].items():
            lookup = _Lookup(frozenset(slugs), value if kind == "mode" else None)
            near = _of_list(courses, first, lookup)
            if len(near) < MAX_OF_LIST and not are_all:
                near = _of_list(courses, _soonest_first(courses, sessions), lookup)
            if near:
                found[kind, value] = near
    return found


def _of_list(
    courses: Courses, sessions: Iterator[tuple[str, int]] | list[tuple[str, int]], lookup: _Lookup
) -> tuple[SessionKey, ...]:
    own = (
        (slug, str(number))
        for slug, number in sessions
        if slug in lookup.slugs and not courses[slug].draft and _counts(courses, slug, number, lookup.mode)
    )
    return tuple(islice(own, MAX_OF_LIST))


def _counts(courses: Courses, slug: str, number: int, mode: str | None) -> bool:
    """Whether a session is of a delivery mode: its own, where it names one, counts in place of the course's."""
    return mode is None or courses[slug].sessions[number].delivery_mode in (None, mode)


def _soonest_first(courses: Courses, sessions: SessionsByDay) -> Iterator[tuple[str, int]]:
    for day in sorted(sessions):
        yield from sorted(
            sessions[day], key=lambda one: (start_order(courses[one[0]].sessions[one[1]]), *one)
        )
