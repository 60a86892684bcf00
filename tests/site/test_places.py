"""Places: their pages, and what the pages of courses and providers say of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from credsite.site.cards import course_card
from credsite.site.planner import Plan
from credsite.site.views import (
    CoursePage,
    Link,
    MenuItem,
    PlaceAddress,
    PlaceIndexPage,
    PlacePage,
    ProviderPage,
)
from tests.support.catalogues import AnyEntry, course, pages_of, place, plan, provider, settings, view_of

QUAY = place(
    "quay",
    "Ask at the desk.",
    title="The Quay",
    street="1 Quay Road",
    locality="Halifax",
    region="Nova Scotia",
    postal_code="B3K 2T3",
    country="CA",
    latitude="44.6690",
    longitude="-63.6",
    getting_there="Bus 7",
)
LINK = Link("The Quay", "/places/quay/")


def in_person(name: str, *sessions: dict[str, Any], **fields: Any) -> AnyEntry:
    return course(name, delivery_modes=["in-person"], sessions=list(sessions), **fields)


def at_quay(starts: str, **values: Any) -> dict[str, Any]:
    return {"starts": starts, "location": "quay", **values}


def place_page(site_plan: Plan, path: str = "places/quay/") -> PlacePage:
    view = view_of(site_plan, path)
    assert isinstance(view, PlacePage)
    return view


def course_page(site_plan: Plan, slug: str) -> CoursePage:
    view = view_of(site_plan, f"courses/{slug}/")
    assert isinstance(view, CoursePage)
    return view


def data_of(view: Any, kind: str) -> dict[str, Any]:
    """The structured data of a page, of one type."""
    graph = json.loads(view.head.data)["@graph"]
    (found,) = [one for one in graph if one["@type"] == kind]
    return found  # type: ignore[no-any-return]


def test_a_site_without_places_has_no_pages_of_them() -> None:
    site_plan = plan(in_person("a", {"starts": "2027-02-01", "location": "Halifax"}))
    assert not [path for path in pages_of(site_plan) if path.startswith("places/")]
    assert not [link for link in site_plan.layout.explore if "places" in link.url]


def test_a_place_has_a_page_with_its_courses_and_sessions() -> None:
    site_plan = plan(
        QUAY,
        in_person("later", at_quay("2027-03-01")),
        in_person(
            "sooner", at_quay("2027-02-01", seats=0), {"starts": "2027-01-20", "location": "Elsewhere"}
        ),
        in_person("undated", places=["quay"]),
        in_person("over", at_quay("2026-03-01")),
        in_person("running", at_quay("2027-01-01", ends="2027-06-01")),
        in_person("elsewhere"),
        provider("college", place="quay"),
    )
    page = place_page(site_plan)
    assert page.head.title == "The Quay"
    assert [crumb.url for crumb in page.crumbs] == ["/", "/places/", "/places/quay/"]
    assert [card.id for card in page.cards] == ["later", "running", "sooner", "undated"]
    assert [(start.course.title, start.starts.isoformat(), start.state) for start in page.starts] == [
        ("Sooner", "2027-02-01", "full"),
        ("Later", "2027-03-01", "open"),
    ]
    assert {start.location for start in page.starts} == {None}
    assert page.providers == (Link("College", "/providers/college/"),)
    assert (page.fixed, page.getting_there) == ("place:quay", "Bus 7")
    assert "Ask at the desk." in page.body.html
    index = view_of(site_plan, "places/")
    assert isinstance(index, PlaceIndexPage)
    assert [(card.title, card.locality, card.count) for card in index.places] == [("The Quay", "Halifax", 4)]
    (sitemap,) = (file.data.decode() for file in site_plan.files if file.output == "sitemap.xml")
    assert "/places/</loc>" in sitemap
    assert "/places/quay/</loc>" in sitemap
    assert MenuItem("places", "Locations", "/places/") in site_plan.layout.explore


def test_the_courses_of_a_place_are_not_filtered_by_place() -> None:
    places = {"places": ["quay", "mill"]}
    site_plan = plan(
        QUAY,
        place("mill"),
        in_person("a", **places),
        in_person("b", level="advanced", places=["quay"]),
        in_person("c", level="introductory", **places),
    )
    for path, has_places in (("places/quay/", False), ("courses/", True)):
        panel = view_of(site_plan, path).panel
        assert ("place" in [facet.id for facet in panel.facets]) is has_places
        assert "level" in [facet.id for facet in panel.facets]


def test_only_the_first_page_of_a_place_has_more_than_courses() -> None:
    courses = [in_person(f"c{number}", at_quay("2027-03-01")) for number in range(30)]
    site_plan = plan(QUAY, *courses)
    assert len(place_page(site_plan).starts) == 12
    second = place_page(site_plan, "places/quay/page/2/")
    assert (len(second.cards), second.starts, second.body.html, second.getting_there) == (6, (), "", "")


def test_pages_lead_to_places() -> None:
    site_plan = plan(
        QUAY,
        in_person("dated", at_quay("2027-03-01", room="Room 3")),
        in_person("undated", places=["quay", "Any pier"]),
        in_person("text", {"starts": "2027-03-01", "location": "Old library"}),
        provider("college", place="quay"),
    )
    dated, undated, text = (course_page(site_plan, slug) for slug in ("dated", "undated", "text"))
    assert (dated.places, undated.places) == ((LINK,), (LINK, Link("Any pier", "")))
    assert text.places == (Link("Old library", ""),)
    session = dated.sessions[0]
    assert (session.location, session.room) == (Link("The Quay", "/places/quay/"), "Room 3")
    assert text.sessions[0].location == Link("Old library", "")
    (card,) = (card for card in place_page(site_plan).cards if card.id == "dated")
    assert card.places == (LINK,)
    view = view_of(site_plan, "providers/college/")
    assert isinstance(view, ProviderPage)
    assert view.place == LINK


@pytest.mark.parametrize(
    ("sessions", "fields", "places"),
    [
        ([{"starts": "2027-02-01", "location": "Old library"}, at_quay("2027-04-01")], {}, ["Old library"]),
        ([at_quay("2027-02-01"), {"starts": "2027-04-01", "location": "Old library"}], {}, ["The Quay"]),
        ([{"starts": "2027-02-01", "delivery_mode": "online"}, at_quay("2027-04-01")], {}, []),
        ([{"starts": "2027-02-01"}, at_quay("2027-04-01")], {"places": ["Old library"]}, ["Old library"]),
        (
            [at_quay("2027-02-01"), {"starts": "2027-04-01", "location": "Old library"}],
            {"pace": "self-paced"},
            ["The Quay", "Old library"],
        ),
        ([at_quay("2026-02-01")], {"places": ["Any pier"]}, ["Any pier"]),
    ],
)
def test_the_place_beside_a_date_is_where_the_session_of_that_date_is(
    sessions: list[dict[str, Any]], fields: dict[str, Any], places: list[str]
) -> None:
    site_plan = plan(
        QUAY,
        course("a", delivery_modes=["in-person", "online"], sessions=sessions, **fields),
        in_person("b", at_quay("2027-03-01")),
    )
    assert [place.title for place in course_page(site_plan, "a").places] == places


def test_no_place_stands_beside_the_date_of_a_session_whose_mode_means_online() -> None:
    modes = {"asynchronous": {"label": "Online in your own time", "same_as": "online"}}
    config = settings(vocabularies={"delivery_modes": modes})
    sessions = [{"starts": "2027-02-01", "delivery_mode": "asynchronous"}, at_quay("2027-04-01")]
    site_plan = plan(
        QUAY,
        course(
            "a",
            schema=config.site_schema,
            delivery_modes=["in-person", "asynchronous"],
            places=["quay"],
            sessions=sessions,
        ),
        config=config,
    )
    assert course_card(site_plan.view_builder, "a").places == ()
    assert course_page(site_plan, "a").places == (LINK,)


def test_the_page_of_a_course_names_all_of_its_places() -> None:
    site_plan = plan(QUAY, in_person("a", at_quay("2027-02-01"), places=["Any pier", "quay"]))
    assert course_card(site_plan.view_builder, "a").places == (LINK,)
    assert course_page(site_plan, "a").places == (LINK, Link("Any pier", ""))


def test_a_site_without_places_names_none_beside_dates() -> None:
    site_plan = plan(in_person("a", {"starts": "2027-02-01", "location": "Old library"}))
    assert course_page(site_plan, "a").places == ()


def test_the_dates_on_the_page_of_a_place_are_those_there() -> None:
    site_plan = plan(
        QUAY,
        in_person("a", {"starts": "2027-02-01", "location": "Old library"}, at_quay("2027-04-01")),
        in_person(
            "full", at_quay("2027-02-01", seats=0), {"starts": "2027-04-01", "location": "Old library"}
        ),
    )
    by_id = {card.id: card for card in place_page(site_plan).cards}
    assert [str(by_id[slug].enrolment.starts) for slug in ("a", "full")] == ["2027-04-01", "2027-02-01"]
    assert (by_id["a"].places, by_id["full"].places) == ((LINK,), (LINK,))
    assert (by_id["full"].enrolment.state, course_page(site_plan, "a").enrolment.starts) == (
        "full",
        date(2027, 2, 1),
    )


def test_a_place_that_is_not_published_is_not_named() -> None:
    site_plan = plan(
        place("quay", draft=True),
        in_person("a", at_quay("2027-03-01"), places=["quay"]),
        provider("college", place="quay"),
    )
    page = course_page(site_plan, "a")
    assert (page.places, page.sessions[0].location) == ((), None)
    assert "location" not in data_of(page, "Course")["hasCourseInstance"][0]
    assert page.dates is not None
    assert page.dates.events[0].location == ""
    assert view_of(site_plan, "providers/college/").place is None
    assert "places/" not in pages_of(site_plan)


def test_places_in_structured_data() -> None:
    site_plan = plan(
        QUAY,
        place("mill"),
        in_person("a", at_quay("2027-03-01"), {"starts": "2027-04-01", "location": "mill"}),
        in_person("b", places=["quay"]),
    )
    expected = {
        "@type": "Place",
        "@id": "https://courses.test/places/quay/",
        "name": "The Quay",
        "url": "https://courses.test/places/quay/",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "1 Quay Road",
            "addressLocality": "Halifax",
            "addressRegion": "Nova Scotia",
            "postalCode": "B3K 2T3",
            "addressCountry": "CA",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 44.669, "longitude": -63.6},
    }
    first, second = data_of(course_page(site_plan, "a"), "Course")["hasCourseInstance"]
    assert first["location"] == expected
    assert second["location"] == {
        "@type": "Place",
        "@id": "https://courses.test/places/mill/",
        "name": "Mill",
        "url": "https://courses.test/places/mill/",
    }
    (undated,) = data_of(course_page(site_plan, "b"), "Course")["hasCourseInstance"]
    assert undated["location"] == expected
    assert data_of(place_page(site_plan), "Place") == expected


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({}, ()),
        ({"locality": "Halifax"}, ("Halifax",)),
        (
            {
                "street": "1 Quay Road",
                "locality": "Halifax",
                "region": "NS",
                "postal_code": "B3K 2T3",
                "country": "CA",
            },
            ("1 Quay Road", "Halifax, NS B3K 2T3"),
        ),
        (
            {"street": "Kirchweg 2", "locality": "Ulm", "postal_code": "89073", "country": "DE"},
            ("Kirchweg 2", "89073 Ulm"),
        ),
        ({"region": "Wales", "country": "GB"}, ("Wales",)),
    ],
)
def test_the_order_of_an_address(fields: dict[str, str], lines: tuple[str, ...]) -> None:
    assert place_page(plan(place("quay", **fields))).address.lines == lines


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({}, ""),
        ({"country": "CA"}, ""),
        (
            {"latitude": "44.5", "longitude": "-63"},
            "https://www.openstreetmap.org/?mlat=44.5&mlon=-63#map=17/44.5/-63",
        ),
        (
            {"street": "1 Ünder & Over", "locality": "Halifax", "country": "CA"},
            "https://www.openstreetmap.org/search?query=1%20%C3%9Cnder%20%26%20Over%2C%20Halifax%2C%20CA",
        ),
    ],
)
def test_the_link_to_a_map(fields: dict[str, str], url: str) -> None:
    address = place_page(plan(place("quay", **fields))).address
    assert isinstance(address, PlaceAddress)
    assert address.map_url == url


def test_the_location_of_an_event_is_the_whole_address() -> None:
    page = course_page(plan(QUAY, in_person("a", at_quay("2027-03-01"))), "a")
    assert page.dates is not None
    event = page.dates.events[0]
    assert event.location == "The Quay, 1 Quay Road, Halifax, Nova Scotia B3K 2T3, Canada"
    assert event.position == "44.6690;-63.6"
