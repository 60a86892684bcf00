from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from credsite.site import json_ld
from tests.support.catalogues import (
    AnyEntry,
    course,
    pathway,
    plan,
    planned,
    provider,
    settings,
    story,
    view_of,
)
from tests.support.schema_org import structured_data

Graph = dict[str, Any]


def graphs(*entries: AnyEntry, at: str, **options: Any) -> dict[str, Graph]:
    return structured_data(planned(*entries, **options)[0], at)


def of_course(**fields: Any) -> Graph:
    return graphs(course("a", **fields), at="courses/a/")["Course"]


def test_nothing_in_it_can_end_the_script_element() -> None:
    entry = course(
        "a", title="</script><script>alert(1)</script>", summary="<!-- a & b -->", outcomes=["<b>"]
    )
    data = view_of(plan(entry), "courses/a/").head.data
    assert "<" not in data
    result = {graph["@type"]: graph for graph in json.loads(data)["@graph"]}
    assert result["Course"]["name"] == "</script><script>alert(1)</script>"
    assert result["Course"]["description"] == "<!-- a & b -->"


def test_no_graphs_no_data() -> None:
    assert json_ld.json_ld_script() == ""
    assert json_ld.json_ld_script({}, {}) == ""


def leaves(value: Any) -> Iterator[Any]:
    """Every value in a graph, itself included."""
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from leaves(inner)


FULL: Graph = {
    "price": "495 CAD",
    "level": "advanced",
    "languages": ["fr-CA"],
    "workload": "30-40 hours",
    "outcomes": ["Dress a wound"],
    "skills": ["Wound care"],
    "credential": {"name": "Badge"},
    "sessions": [{"starts": "2027-02-01", "ends": "2027-02-03"}],
}


@pytest.mark.parametrize("fields", [{}, FULL, {"price": "free"}, {"credential": {}}])
def test_nothing_empty_is_written(fields: Graph) -> None:
    entries = [
        course("a", **fields),
        pathway("p", ["a"]),
        story("s", "a"),
        provider("college", url=None),
    ]
    site_plan = plan(*entries)
    for page in site_plan.pages:
        data = page.view(site_plan.view_builder).head.data
        if data:
            for value in leaves(json.loads(data)):
                assert value not in (None, "", [], {}), page.path


def test_free_courses_are_free() -> None:
    assert of_course(price="free")["offers"] == {
        "@type": "Offer",
        "category": "Free",
        "price": "0",
        "priceCurrency": "CAD",
    }


@pytest.mark.parametrize(
    ("written", "price"), [("4000.0 CAD", "4000"), ("4000.00", "4000"), ("95.50 CAD", "95.50")]
)
def test_a_price_has_decimals_only_where_they_say_something(written: str, price: str) -> None:
    assert of_course(price=written)["offers"].get("price") == price


@pytest.mark.parametrize(("count", "listed"), [(0, 0), (2, 0), (3, 3), (4, 4)])
def test_a_list_of_courses_needs_three(count: int, listed: int) -> None:
    courses = [course(f"c-{number}") for number in range(count)]
    result = graphs(*courses, at="courses/").get("ItemList", {}).get("itemListElement", [])
    assert [one["position"] for one in result] == list(range(1, listed + 1))
    assert [one["url"] for one in result] == [f"https://courses.test/courses/c-{n}/" for n in range(listed)]


def test_addresses_are_absolute_for_a_site_below_a_path_too() -> None:
    config = settings(base_url="https://example.org/a/b/")
    result = graphs(course("a"), course("b"), course("c"), at="courses/", config=config)
    assert result["ItemList"]["itemListElement"][0]["url"] == "https://example.org/a/b/courses/a/"
    crumbs = [one.get("item") for one in result["BreadcrumbList"]["itemListElement"]]
    assert crumbs == ["https://example.org/a/b/", None]


def test_breadcrumbs_lead_to_the_page() -> None:
    result = graphs(course("a"), at="courses/a/")["BreadcrumbList"]["itemListElement"]
    assert [(one["position"], one["name"]) for one in result] == [
        (1, "Home"),
        (2, "Courses"),
        (3, "Health"),
        (4, "A"),
    ]


def test_a_pathway() -> None:
    entries = [
        course("a", price="100 CAD", duration="2 weeks"),
        course("b", price="150 CAD", duration="3 weeks"),
        pathway("p", ["a"], ["b"], provider="college", credential={"name": "Diploma"}),
    ]
    result = graphs(*entries, at="pathways/p/")["EducationalOccupationalProgram"]
    assert result["timeToComplete"] == "P5W"
    assert result["offers"]["price"] == "250"
    assert result["educationalCredentialAwarded"] == "Diploma"
    assert [one["url"] for one in result["hasCourse"]] == [
        "https://courses.test/courses/a/",
        "https://courses.test/courses/b/",
    ]


def test_a_pathway_says_who_offers_it_and_its_offer_has_the_own_fields() -> None:
    config = settings(fields={"pathway": {"leader": {"type": "text"}}})
    entry = pathway("p", ["a"], provider="college", schema=config.site_schema, leader="Ann")
    result = graphs(course("a"), entry, at="pathways/p/", config=config)["EducationalOccupationalProgram"]
    url = "https://courses.test/providers/college/"
    assert result["provider"] == {"@type": "Organization", "@id": url, "name": "College"}
    assert result["offers"] == {
        "@type": "Offer",
        "additionalProperty": [
            {"@type": "PropertyValue", "name": "Leader", "propertyID": "leader", "value": "Ann"}
        ],
    }


def test_the_home_page_names_the_site() -> None:
    config = settings(title="Short Courses", description="All of them.", base_url="https://example.org/a/")
    assert graphs(course("a"), at="", config=config)["WebSite"] == {
        "@type": "WebSite",
        "@id": "https://example.org/a/#website",
        "name": "Short Courses",
        "url": "https://example.org/a/",
        "description": "All of them.",
        "inLanguage": "en",
    }


def test_a_story() -> None:
    result = graphs(course("a"), story("s", "a", told_at="2026-05-01"), at="stories/s/")["Article"]
    assert result["about"] == {"@type": "Person", "name": "Ada Byron"}
    assert result["datePublished"] == "2026-05-01"
