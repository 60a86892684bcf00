"""Warnings where an entry that visitors see names a place that they do not."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.catalogue.catalogue import Catalogue
from credsite.content.records import Record
from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.kinds import Kind


def held_back_place_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """A warning for each use of a place that is not published, except one with errors, which are reported themselves."""
    held_back = {
        entry.slug: entry
        for entry in catalogue.unpublished
        if entry.kind is Kind.PLACE and not entry.for_errors
    }
    if not held_back:
        return
    for record, key, slug in _uses_of_places(catalogue):
        if (place := held_back.get(slug)) is not None:
            remedy = "delete `draft: true` there" if place.reason == "draft" else "publish it"
            message = (
                f"The place `{place.path}` is not published, so visitors do not read where this is. "
                f"To show it, {remedy}, or name another place here."
            )
            yield Problem("held-back-place", message, Location(record.path, key=key))


def _uses_of_places(catalogue: Catalogue) -> Iterator[tuple[Record, KeyPath, str]]:
    """Where entries name places. Sessions that are over are left out."""
    for slug, course in catalogue.courses.items():
        yield from ((course, ("places", number), place) for number, place in enumerate(course.places))
        for number, state in catalogue.sessions[slug]:
            if state != "past":
                yield course, ("sessions", number, "location"), course.sessions[number].location
    yield from ((provider, ("place",), provider.place) for provider in catalogue.providers.values())
