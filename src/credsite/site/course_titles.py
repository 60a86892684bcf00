"""What tells courses with one title apart, in the titles of their pages: who offers them, how, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final

from credsite.content.records import CourseRecord
from credsite.site import views

_PARTS: Final[Mapping[str, tuple[Callable[[CourseRecord], Hashable], Callable[[views.CourseCard], str]]]] = {
    "provider": (lambda course: course.provider, lambda card: card.provider.title),
    "modes": (lambda course: course.delivery_modes, lambda card: _titles(card.modes)),
    "industries": (lambda course: course.industries, lambda card: _titles(card.industries)),
}
"""What is added to a title, in this order, as far as it tells courses apart: from a record what to compare, from a card the words."""


def title_parts(courses: Iterable[CourseRecord]) -> dict[str, tuple[str, ...]]:
    """By the slug of each course that shares its title: the names of what is added, and at last a number where nothing helps."""
    by_title: dict[str, list[CourseRecord]] = {}
    for course in courses:
        by_title.setdefault(course.title, []).append(course)
    found: dict[str, tuple[str, ...]] = {}
    for alike in by_title.values():
        if len(alike) > 1:
            _tell_apart(alike, (), tuple(_PARTS), found)
    return found


def _tell_apart(
    alike: Sequence[CourseRecord],
    parts: tuple[str, ...],
    others: tuple[str, ...],
    found: dict[str, tuple[str, ...]],
) -> None:
    """Write into ``found`` what courses have in their titles that are still alike with ``parts``; ``others`` can be added."""
    if len(alike) == 1 or not others:
        for number, course in enumerate(alike, start=1):
            found[course.slug] = parts if number == 1 else (*parts, str(number))
        return
    part, *rest = others
    groups: dict[Hashable, list[CourseRecord]] = {}
    for course in alike:
        groups.setdefault(_PARTS[part][0](course), []).append(course)
    for group in groups.values():
        _tell_apart(group, (*parts, part) if len(groups) > 1 else parts, tuple(rest), found)


def full_title(card: views.CourseCard, parts: Iterable[str]) -> str:
    """The title of the page of a course, with ``parts`` as from :func:`title_parts`."""
    title = card.title
    for part in parts:
        title += f" · {_PARTS[part][1](card)}" if part in _PARTS else f" ({part})"
    return title


def _titles(terms: Iterable[views.Term]) -> str:
    return ", ".join(term.title for term in terms)
