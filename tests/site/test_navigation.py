"""The menu of a site's own: words, addresses, order, and what is left out of it."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.problems.model import Problem
from credsite.site.planned import PlannedFile
from credsite.site.planner import Plan
from credsite.site.views import MenuItem
from tests.support.catalogues import course, page, planned, settings, story

CAMPUS = {
    "course": {"campus": {"type": "choice", "label": "Our campus", "values": {"quay": "Quay"}, "pages": True}}
}


def with_menu(*menu: Any, **options: Any) -> tuple[Plan, list[Problem]]:
    config = settings(menu=list(menu), **options.pop("settings", {}))
    bread = course("bread", schema=config.site_schema)
    pages = page("about", menu={"label": "Who we are"}), page("what", template="guide")
    return planned(bread, *pages, *options.pop("entries", ()), config=config, **options)


def words(items: tuple[MenuItem, ...]) -> list[Any]:
    return [(item.title, words(item.items)) if item.items else (item.title, item.url) for item in items]


def test_the_menu_has_the_order_and_the_words_of_the_settings() -> None:
    plan, problems = with_menu(
        "guides",
        {"label": "Find a course", "url": "courses"},
        {
            "label": "More",
            "items": ["about", "course:bread", "delivery:online", {"label": "Home", "url": "/"}],
        },
        {"label": "At home", "url": "/courses/?mode=online#list"},
        {"label": "Apply", "url": "https://apply.test/"},
        "campus",
        settings={"fields": CAMPUS},
    )
    assert problems == []
    assert words(plan.layout.menu) == [
        ("Guides", "/guides/"),
        ("Find a course", "/courses/"),
        (
            "More",
            [
                ("Who we are", "/about/"),
                ("Bread", "/courses/bread/"),
                ("Online", "/delivery/online/"),
                ("Home", "/"),
            ],
        ),
        ("At home", "/courses/?mode=online#list"),
        ("Apply", "https://apply.test/"),
        ("Our campus", "/campus/"),
    ]
    assert [item.own for item in plan.layout.menu] == [False, True, True, True, True, True]


def test_the_footer_still_leads_to_all_lists() -> None:
    plan, _ = with_menu("about")
    assert "/guides/" in [link.url for link in plan.layout.explore]


def test_what_leads_nowhere_is_told_of_and_left_out() -> None:
    plan, problems = with_menu(
        "stories",
        "abuot",
        "course:braed",
        "page:draft",
        {"label": "Old", "url": "/old/"},
        {"label": "Gone", "items": ["draft"]},
        "courses",
        entries=[page("draft", draft=True)],
    )
    assert words(plan.layout.menu) == [("Courses", "/courses/")]
    found = [(one.code, one.location.key[1:], one.suggestion) for one in problems]
    assert found == [
        ("broken-link", (0, "url"), ""),
        ("broken-link", (1, "url"), "about"),
        ("broken-link", (2, "url"), "bread"),
        ("held-back-link", (3, "url"), ""),
        ("broken-link", (4, "url"), ""),
        ("held-back-link", (5, "items", 0, "url"), ""),
    ]


def test_an_empty_list_may_be_there_as_soon_as_errors_are_fixed() -> None:
    plan, problems = with_menu("stories", entries=[story("ada", "bread")], invalid=[("story", "ada")])  # type: ignore[list-item]
    assert (plan.layout.menu, problems) == ((), [])


def test_a_file_of_the_site_can_be_in_the_menu() -> None:
    leaflet = PlannedFile("leaflet.pdf", b"%PDF")
    plan, problems = with_menu({"label": "Leaflet", "url": "/leaflet.pdf"}, static=[leaflet])
    assert (words(plan.layout.menu), problems) == ([("Leaflet", "/leaflet.pdf")], [])


@pytest.mark.parametrize("url", ["/tour/", "/tour/index.html"])
def test_a_page_that_is_a_file_of_the_site_can_be_in_the_menu(url: str) -> None:
    tour = PlannedFile("tour/index.html", b"<!DOCTYPE html>")
    plan, problems = with_menu({"label": "Tour", "url": url}, static=[tour])
    assert (words(plan.layout.menu), problems) == ([("Tour", url)], [])


def test_addresses_lead_to_the_folder_of_the_site() -> None:
    plan, problems = with_menu(
        "about",
        {"label": "All", "url": "/courses/index.html"},
        settings={"base_url": "https://a.test/x/"},
    )
    assert (words(plan.layout.menu), problems) == (
        [("Who we are", "/x/about/"), ("All", "/x/courses/index.html")],
        [],
    )


def test_a_group_knows_the_pages_in_it() -> None:
    plan, _ = with_menu({"label": "More", "items": ["courses", "about"]}, "guides")
    more, guides = plan.layout.menu
    assert more.is_in("courses")
    assert more.is_in("page:about")
    assert more.leads_to("/about/")
    assert not more.is_in("guides")
    assert not more.is_in("")
    assert not more.leads_to("")
    assert guides.is_in("guides")
    assert plan.layout.menu_url("/about/") == "/about/"
