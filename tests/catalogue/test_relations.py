"""Groups of entries, and what stories and pathways have by their courses."""

from __future__ import annotations

import pytest

from credsite.catalogue.relations import grouped
from tests.support.catalogues import catalogue, course, pathway, story


def test_grouped_keeps_the_order_and_says_nothing_twice() -> None:
    assert grouped([("b", "1"), ("a", "2"), ("b", "3"), ("b", "1")]) == {"b": ("1", "3"), "a": ("2",)}


def test_groups_can_be_put_in_an_order_which_leaves_out_others() -> None:
    assert grouped([("b", "1"), ("a", "2"), ("c", "3")], ["a", "b", "d"]) == {"a": ("2",), "b": ("1",)}


@pytest.mark.parametrize(
    ("own", "industries"),
    [(None, ("one", "two", "three")), (["two"], ("two",)), ([], ("one", "two", "three"))],
)
def test_a_story_is_of_its_own_industries_or_those_of_its_courses(
    own: list[str] | None, industries: tuple[str, ...]
) -> None:
    courses = [
        course("a", industries=["one", "two"]),
        course("b", industries=["two", "three"]),
        course("gone", industries=["four"], draft=True),
    ]
    found = catalogue(*courses, story("s", "a", "gone", "b", industries=own))
    assert {slug for slug, stories in found.stories_by_industry.items() if stories} == set(industries)


def test_a_pathway_is_of_the_industries_of_its_courses() -> None:
    courses = [course("a", industries=["one"]), course("b", industries=["two"])]
    assert dict(catalogue(*courses, pathway("p", ["a"], ["b"])).pathways_by_industry) == {
        "one": ("p",),
        "two": ("p",),
    }
