"""Where each letter begins in the list of all courses, which is in the order of their titles."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from credsite.catalogue.relations import Courses
from credsite.core.text import first_letter, sort_key
from credsite.schema.kinds import INDEX_SLUG

_LONG: Final = 200
"""Courses from which people look for one by its letter."""


def first_titles(courses: Courses) -> dict[str, int]:
    """By each letter the place of the first title that begins with it. Empty where there are few courses."""
    if len(courses) < _LONG or INDEX_SLUG in courses:
        return {}
    slugs = list(courses)
    found: dict[str, int] = {}
    place = 0
    while place < len(slugs):
        title = courses[slugs[place]].title
        found.setdefault(first_letter(title), place)
        # The titles are sorted, so the end of a letter is found without a look at all that begin with it.
        place = bisect_right(
            slugs, sort_key(title)[:1], place, key=lambda slug: sort_key(courses[slug].title)[:1]
        )
    return found
