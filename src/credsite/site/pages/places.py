"""The index of places, and the page of each place with its courses and the next sessions there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.content.image_slots import PAGE
from credsite.schema.kinds import Kind
from credsite.schema.models import Place
from credsite.site import json_ld, views
from credsite.site.cards import course_card_at, place_card
from credsite.site.descriptions import course_summary, list_summary
from credsite.site.details import detail_properties
from credsite.site.list_headings import TrailStep
from credsite.site.listed_courses import listed_courses
from credsite.site.page_parts import NO_BODY, all_entries, page_body, page_fields, paginated
from credsite.site.place_parts import address_view, place_data
from credsite.site.planned import PlannedPage, list_pages, pages_of_entry_list
from credsite.site.session_parts import start_view
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder

_INDEX: Final = "places/"


def place_pages(catalogue: Catalogue, page_size: int) -> Iterator[PlannedPage]:
    """The index of places, if there are any, and the pages of each place."""
    if catalogue.places:
        yield from list_pages(_INDEX, place_index, len(catalogue.places), page_size)
    for slug, place in catalogue.places.items():
        yield from pages_of_entry_list(place, place_page, len(catalogue.by_place.get(slug, ())), page_size)


def place_index(builder: ViewBuilder, number: int) -> views.PlaceIndexPage:
    _ = builder.translations.gettext
    summary = _("Where you can learn in person, how to get there, and what is on.")
    on_page, pagination = paginated(
        tuple(builder.catalogue.places), builder.config.page_size, number, _INDEX, builder.urls
    )
    cards = tuple(place_card(builder, slug) for slug in on_page)
    listed = list_summary(builder, ("%(num)s location", "%(num)s locations"), pagination.total, cards)
    return views.PlaceIndexPage(
        **page_fields(
            builder, _INDEX, _("Locations"), summary, section="places", listed=listed, pagination=pagination
        ),
        places=cards,
        names=all_entries(builder, builder.catalogue.places, pagination),
        pagination=pagination,
    )


def place_page(builder: ViewBuilder, number: int, slug: str) -> views.PlacePage:
    """Page ``number`` of the courses at a place."""
    catalogue = builder.catalogue
    record = catalogue.places[slug]
    place = builder.fields(record, Place)
    path = entry_path(Kind.PLACE, slug)
    _ = builder.translations.gettext
    courses = catalogue.by_place.get(slug, ())
    listed = listed_courses(builder, number, ("place", slug), path, courses, f"place:{slug}")
    listed["cards"] = tuple(course_card_at(builder, card.id, slug) for card in listed["cards"])
    is_first = number == 1
    body = page_body(builder, record) if is_first else NO_BODY
    properties = detail_properties(builder, Kind.PLACE, body.details)
    return views.PlacePage(
        **page_fields(
            builder,
            path,
            place.title,
            place.summary,
            section="places",
            above=(TrailStep(_("Locations"), _INDEX),),
            description=place.summary or _("Short courses at %(place)s") % {"place": place.title},
            listed=course_summary(builder, len(courses), listed["cards"]),
            entry=record,
            pagination=listed["pagination"],
            graphs=[
                json_ld.with_properties(place_data(builder, slug), properties),
                json_ld.course_item_list(listed["cards"], builder.urls),
            ],
        ),
        address=address_view(record),
        getting_there=place.getting_there if is_first else "",
        access=place.access if is_first else "",
        picture=builder.entry_picture(record, PAGE) if is_first else None,
        body=body,
        starts=_starts(builder, slug) if is_first else (),
        providers=tuple(map(builder.provider, catalogue.providers_at.get(slug, ()))) if is_first else (),
        **listed,
        draft=place.draft,
    )


def _starts(builder: ViewBuilder, slug: str) -> tuple[views.Start, ...]:
    """The next sessions at a place, without their location, which is the place itself."""
    catalogue = builder.catalogue
    starts = (
        start_view(
            builder,
            course,
            catalogue.courses[course].sessions[number],
            dict(catalogue.sessions[course])[number],
        )
        for course, number in catalogue.sessions_at.get(slug, ())
    )
    return tuple(replace(start, location=None) for start in starts)
