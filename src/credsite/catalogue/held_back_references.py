"""Warnings where an entry that visitors see names a place, or in an own field another entry, that they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from credsite.catalogue.catalogue import Catalogue
from credsite.content.records import Record
from credsite.problems.model import KeyPath, Location, Problem
from credsite.schema.displayed_fields import DisplayedField
from credsite.schema.kinds import Kind
from credsite.schema.site_schema import SiteSchema


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


def held_back_reference_problems(catalogue: Catalogue, schema: SiteSchema) -> Iterator[Problem]:
    """A warning for each entry that an own field names and visitors do not see, except those with errors."""
    held_back = {(one.kind, one.slug): one.path for one in catalogue.unpublished if not one.for_errors}
    references = {
        kind: {id_: one for id_, one in of_kind.items() if one.display.reference is not None}
        for kind, of_kind in schema.displayed_fields.items()
    }
    if not held_back or not any(references.values()):
        return
    for record in catalogue.entries():
        for field, number, ref in _own_references(record, references[record.kind]):
            if ref in held_back:
                key: KeyPath = (field.key, number) if field.is_list else (field.key,)
                message = f"`{held_back[ref]}` is held back, so it is left out here."
                yield Problem("held-back-link", message, Location(record.path, key=key))


def _own_references(
    record: Record, fields: Mapping[str, DisplayedField]
) -> Iterator[tuple[DisplayedField, int, tuple[Kind | None, str]]]:
    """The entries that ``fields`` of the site's own name in ``record``, each with its field and its position there."""
    for id_, slugs in record.details:
        if (field := fields.get(id_)) is not None:
            yield from ((field, number, (field.display.reference, slug)) for number, slug in enumerate(slugs))
