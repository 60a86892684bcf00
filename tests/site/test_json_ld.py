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

Graph = dict[str, Any]


def graphs(*entries: AnyEntry, at: str, **options: Any) -> dict[str, Graph]:
    """The parts of a page's structured data by their types."""
    data = view_of(planned(*entries, **options)[0], at).head.data
    if not data:
        return {}
    whole = json.loads(data)
    assert whole["@context"] == "https://schema.org"
    return {graph["@type"]: graph for graph in whole["@graph"]}


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


def test_a_course() -> None:
    result = of_course(**FULL)
    assert result["@id"] == result["url"] == "https://courses.test/courses/a/"
    assert result["provider"] == {"@type": "Organization", "name": "College"}
    assert result["teaches"] == ["Dress a wound", "Wound care"]
    assert result["inLanguage"] == ["fr-CA"]
    assert result["educationalCredentialAwarded"] == "Badge"
    assert result["offers"] == {"@type": "Offer", "category": "Paid", "price": "495", "priceCurrency": "CAD"}
    assert result["hasCourseInstance"] == [
        {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": "PT40H",
            "startDate": "2027-02-01",
            "endDate": "2027-02-03",
        }
    ]


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


@pytest.mark.parametrize(
    ("modes", "session", "expected"),
    [
        (["in-person"], {"location": "Quillbay"}, ("Onsite", "Quillbay")),
        (["blended"], {"location": "Quillbay"}, ("Blended", "Quillbay")),
        (["online", "in-person"], {"delivery_mode": "online"}, ("Online", None)),
        (
            ["online", "in-person"],
            {"delivery_mode": "in-person", "location": "Quillbay"},
            ("Onsite", "Quillbay"),
        ),
        (["online", "in-person"], {"location": "Quillbay"}, ("Onsite", "Quillbay")),
        (["online", "hybrid"], {"location": "Quillbay"}, ("Blended", "Quillbay")),
        (["online"], {}, ("Online", None)),
    ],
)
def test_only_what_is_on_site_has_a_location(
    modes: list[str], session: Graph, expected: tuple[str, str | None]
) -> None:
    (result,) = of_course(delivery_modes=modes, sessions=[{"starts": "2027-02-01", **session}])[
        "hasCourseInstance"
    ]
    assert (result["courseMode"], result.get("location", {}).get("name")) == expected


def test_sessions_that_have_begun_are_no_instances() -> None:
    sessions = [
        {"starts": "2026-01-01"},
        {"starts": "2027-01-01", "ends": "2027-06-01"},
        {"starts": "2027-05-01"},
        {"starts": "2027-03-01", "seats": 0},
    ]
    result = of_course(sessions=sessions)["hasCourseInstance"]
    assert [one["startDate"] for one in result] == ["2027-03-01", "2027-05-01"]


def test_a_session_that_people_can_join_late_is_an_instance() -> None:
    sessions = [
        {"starts": "2027-01-01", "ends": "2027-06-01", "apply_by": "2027-02-01"},
        {"starts": "2027-01-02", "ends": "9999-12-31", "apply_by": "2027-01-03"},
        {"starts": "2027-01-03", "ends": "9999-12-31", "apply_by": "9999-12-31"},
    ]
    result = of_course(sessions=sessions)["hasCourseInstance"]
    assert [(one["startDate"], one.get("endDate")) for one in result] == [
        ("2027-01-01", "2027-06-01"),
        ("2027-01-03", None),
    ]


def test_without_sessions_each_mode_is_an_instance() -> None:
    result = of_course(delivery_modes=["online", "in-person"], workload="10 hours")["hasCourseInstance"]
    assert result == [
        {"@type": "CourseInstance", "courseMode": "Online", "courseWorkload": "PT10H"},
        {"@type": "CourseInstance", "courseMode": "Onsite", "courseWorkload": "PT10H"},
    ]


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
    crumbs = [one["item"] for one in result["BreadcrumbList"]["itemListElement"]]
    assert crumbs == ["https://example.org/a/b/", "https://example.org/a/b/courses/"]


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


def test_a_story() -> None:
    result = graphs(course("a"), story("s", "a", told_at="2026-05-01"), at="stories/s/")["Article"]
    assert result["about"] == {"@type": "Person", "name": "Ada Byron"}
    assert result["datePublished"] == "2026-05-01"
