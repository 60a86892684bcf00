"""What a menu may lead to, and what editors write in its place."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from credsite.schema import patterns
from credsite.schema.navigation import LISTS, NavigationItem, all_links, navigation_findings

TARGETS = (
    *LISTS,
    "about",
    "page:about",
    "course:first-aid#what-it-costs",
    "/courses/?mode=online",
    "/",
    "https://college.example/",
    "mailto:ask@college.example",
    "tel:+19025550100",
)


@pytest.mark.parametrize("target", TARGETS)
def test_a_link_leads_to_a_list_an_entry_a_path_or_an_address(target: str) -> None:
    assert NavigationItem.model_validate(target).url == target
    assert re.search(patterns.LINK_TARGET, target)


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("Courses", "courses"),
        ("course list", "courses"),
        ("About Us", "about-us"),
        ("page:About Us", "page:about-us"),
        ("www.college.org", "https://www.college.org"),
        ("ask@college.org", "mailto:ask@college.org"),
        ("//college.org", "https://college.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
    ],
)
def test_what_cannot_be_a_link_is_refused(written: str, suggestion: str) -> None:
    with pytest.raises(ValidationError) as error:
        NavigationItem.model_validate(written)
    (detail,) = error.value.errors()
    assert (detail["type"], detail["ctx"]["suggestion"]) == ("bad-url", suggestion)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ({"courses": "Find a course"}, "{label: Find a course, url: courses}"),
        ({"Find a course": "courses"}, "{label: Find a course, url: courses}"),
        ({"Apply": "https://a.test/"}, "{label: Apply, url: https://a.test/}"),
    ],
)
def test_links_as_other_programs_write_them_are_explained(written: dict[str, str], advice: str) -> None:
    with pytest.raises(ValidationError) as error:
        NavigationItem.model_validate(written)
    (detail,) = error.value.errors()
    assert (detail["type"], advice in detail["msg"]) == ("unknown-key", True)


def test_there_are_no_groups_in_groups() -> None:
    inner = {"label": "More", "items": ["courses"]}
    with pytest.raises(ValidationError) as error:
        NavigationItem.model_validate({"label": "All", "items": ["stories", inner]})
    (detail,) = error.value.errors()
    assert (detail["type"], detail["loc"]) == ("unknown-key", ("items", 1))
    assert detail["msg"].startswith("There are no groups in groups.")


def test_links_have_the_keys_that_lead_to_them() -> None:
    items = tuple(map(NavigationItem.model_validate, ["courses", {"label": "More", "items": ["about", "x"]}]))
    links = {key: link.url for key, link in all_links(items, ("menu",))}
    assert links == {
        ("menu", 0): "courses",
        ("menu", 1, "items", 0): "about",
        ("menu", 1, "items", 1): "x",
    }
    assert list(navigation_findings(items, ("menu",))) == []
