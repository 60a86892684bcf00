"""Places in view models: their links, their addresses, and where they are on a map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from credsite.content.records import CourseRecord, PlaceRecord
from credsite.schema.field_types import SLUG_PATTERN
from credsite.schema.kinds import Kind
from credsite.schema.vocabularies import ONLINE
from credsite.site import views
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link

_MAP: Final = "https://www.openstreetmap.org/"
_ZOOM: Final = 17
_ID: Final = re.compile(SLUG_PATTERN)
_CODE_AFTER_TOWN: Final = frozenset(
    {"", "AU", "BD", "CA", "GB", "HK", "IE", "IN", "NZ", "PK", "SG", "US", "ZA"}
)
"""The countries in whose addresses the postal code follows the town, and the region stands between them."""


def place_link(builder: ViewBuilder, value: str) -> Link | None:
    """A place as a link, by its id. Another text is shown as it is; None for "" and for a place that visitors may not see."""
    if not value:
        return None
    if _ID.fullmatch(value) is None:  # which spares most pages a look-up
        return Link(value, "")
    if value in builder.catalogue.places:
        return Link(builder.catalogue.places[value].title, builder.urls.entry(Kind.PLACE, value))
    return None if builder.is_hidden(Kind.PLACE, value) else Link(value, "")


def place_links(builder: ViewBuilder, values: Iterable[str]) -> tuple[Link, ...]:
    links = (place_link(builder, value) for value in dict.fromkeys(values))
    return tuple(link for link in links if link is not None)


def course_places(builder: ViewBuilder, course: CourseRecord) -> tuple[Link, ...]:
    """Where a course takes place, to stand beside its date: where the session of that date is; without a date, all its places."""
    if not any(session.location for session in course.sessions) or not builder.catalogue.places:
        return place_links(builder, course.places)
    enrolment = builder.catalogue.enrolment[course.slug]
    session = enrolment.session
    if session is None or enrolment.state == "ended":
        states = builder.catalogue.sessions[course.slug]
        to_come = (course.sessions[number].location for number, state in states if state != "past")
        return place_links(builder, (*course.places, *to_come))
    if session.location:
        return place_links(builder, (session.location,))
    mode = builder.config.site_schema.meaning("mode", session.delivery_mode or "")
    return () if mode == ONLINE else place_links(builder, course.places)


def searched_places(builder: ViewBuilder, course: CourseRecord) -> tuple[Link, ...]:
    """The places by which the search finds a course: what it says itself, and the places of its sessions that are not over."""
    if not any(_ID.fullmatch(session.location) for session in course.sessions):
        return place_links(builder, course.places)
    return place_links(builder, (*course.places, *builder.catalogue.places_of.get(course.slug, ())))


def place_of(builder: ViewBuilder, value: str) -> PlaceRecord | None:
    """The place whose id ``value`` is, if visitors may see it."""
    return builder.catalogue.places.get(value) if _ID.fullmatch(value) else None


def address_view(place: PlaceRecord) -> views.PlaceAddress:
    return views.PlaceAddress(tuple(address_lines(place)), place.country, _map_url(place))


def address_lines(place: PlaceRecord) -> Iterator[str]:
    """The lines of an address in the order of its country, without the country."""
    if place.street:
        yield place.street
    if place.country in _CODE_AFTER_TOWN:
        region = " ".join(filter(None, (place.region, place.postal_code)))
        last = (place.locality, region)
    else:
        last = (" ".join(filter(None, (place.postal_code, place.locality))), place.region)
    if line := ", ".join(filter(None, last)):
        yield line


def location_text(builder: ViewBuilder, value: str) -> str:
    """A place with its address in one line, for calendars; another text as it is, and "" for a place that is hidden."""
    link = place_link(builder, value)
    if link is None or not link.url:
        return link.title if link is not None else ""
    place = builder.catalogue.places[value]
    country = str(builder.words_locale.territories.get(place.country) or place.country)
    return ", ".join(filter(None, (place.title, *address_lines(place), country)))


def position(place: PlaceRecord | None, separator: str) -> str:
    """The latitude and the longitude of a place, or "" where it gives none."""
    coordinates = _coordinates(place) if place is not None else None
    return separator.join(f"{one:f}" for one in coordinates or ())


def _coordinates(place: PlaceRecord) -> tuple[Decimal, Decimal] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _map_url(place: PlaceRecord) -> str:
    if (coordinates := _coordinates(place)) is not None:
        latitude, longitude = (f"{one:f}" for one in coordinates)
        return f"{_MAP}?mlat={latitude}&mlon={longitude}#map={_ZOOM}/{latitude}/{longitude}"
    if not place.street and not place.locality:
        return ""
    return f"{_MAP}search?query={quote(', '.join((*address_lines(place), place.country)).strip(', '))}"


def place_data(builder: ViewBuilder, value: str) -> dict[str, Any] | None:
    """A place in schema.org's words; another text is the name of one. None for nothing and for a place that is hidden."""
    link = place_link(builder, value)
    if link is None:
        return None
    if not link.url:
        return {"@type": "Place", "name": link.title}
    place = builder.catalogue.places[value]
    address = {
        "streetAddress": place.street,
        "addressLocality": place.locality,
        "addressRegion": place.region,
        "postalCode": place.postal_code,
        "addressCountry": place.country,
    }
    given = {name: text for name, text in address.items() if text}
    url = builder.urls.absolute(entry_path(Kind.PLACE, value))
    data: dict[str, Any] = {"@type": "Place", "@id": url, "name": place.title, "url": url}
    if given:
        data["address"] = {"@type": "PostalAddress", **given}
    if (coordinates := _coordinates(place)) is not None:
        latitude, longitude = map(float, coordinates)
        data["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return data
