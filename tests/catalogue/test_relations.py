"""Relations: groups of entries, what stories and pathways have by their courses, and related courses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue import relations as related_module
from credsite.catalogue.relations import RELATED, RelatedCache, grouped
from tests.support.catalogues import AnyEntry, catalogue, course, pathway, provider, story


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


def test_a_story_about_a_pathway_alone_is_of_the_industries_and_modes_of_its_courses() -> None:
    courses = [
        course("a", industries=["one"], delivery_modes=["hybrid"]),
        course("b", industries=["two"], provider="uni"),
    ]
    pathways = [pathway("p", ["a"], provider="guild"), pathway("q", ["b"])]
    found = catalogue(*courses, *pathways, story("s", pathways=["p", "q"]), story("t", "a", pathways=["q"]))
    assert found.stories_by_industry == {"one": ("s", "t"), "two": ("s",)}
    assert found.stories_by_mode == {"hybrid": ("s", "t"), "online": ("s",)}
    assert found.stories_about["provider:guild"] == ("s",)
    assert found.stories_about["provider:college"] == ("s",)
    assert found.stories_about["provider:uni"] == ("s", "t")


def test_a_story_about_a_provider_alone_is_not_of_all_industries_of_its_courses() -> None:
    found = catalogue(course("a", industries=["one"]), provider("college"), story("s", provider="college"))
    assert (found.stories_by_industry, found.stories_by_mode) == ({}, {})


def test_a_pathway_is_of_the_industries_of_its_courses() -> None:
    courses = [course("a", industries=["one"]), course("b", industries=["two"])]
    assert dict(catalogue(*courses, pathway("p", ["a"], ["b"])).pathways_by_industry) == {
        "one": ("p",),
        "two": ("p",),
    }


def related(*entries: AnyEntry) -> dict[str, tuple[str, ...]]:
    return dict(catalogue(*entries).related)


def test_a_course_alone_has_no_relatives() -> None:
    assert related(course("a")) == {"a": ()}


def test_the_nearest_come_first() -> None:
    found = related(
        course("a", skills=["x", "y"], industries=["one"]),
        course("both-skills", skills=["x", "y"], industries=["two"]),
        course("one-skill", skills=["x"], industries=["two"]),
        course("industry", industries=["one"], delivery_modes=["in-person"]),
        course("mode", industries=["three"]),
    )
    assert found["a"] == ("both-skills", "one-skill", "industry")
    assert found["mode"] == ()


def test_courses_of_a_pathway_are_related() -> None:
    entries = [
        course("a", industries=["one"]),
        course("b", industries=["two"]),
        course("c", industries=["three"]),
    ]
    assert related(*entries, pathway("p", ["a"], ["b"]))["a"] == ("b",)


def test_relatives_are_few_shown_and_never_the_course_itself() -> None:
    courses = [course(f"c-{number:02}", skills=["x"], draft=number == 3) for number in range(40)]
    for slug, found in related(*courses).items():
        assert len(found) == RELATED
        assert slug not in found
        assert "c-03" not in found


@given(st.lists(st.sampled_from(range(6)), min_size=6, max_size=6), st.permutations(range(6)))
def test_relatives_do_not_depend_on_the_order_of_files(skills: list[int], order: list[int]) -> None:
    courses = [course(f"c-{number}", skills=[f"skill {skills[number]}"]) for number in range(6)]
    assert related(*courses) == related(*(courses[number] for number in order))


def test_what_is_near_is_remembered_until_something_else_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = [(1, {"a": ("x", "y", "z")}), (2, {"b": ("x", "z")})]
    courses = catalogue(course("x"), course("y"), course("z")).courses
    first = RelatedCache()
    found = first.related(courses, lists)
    assert found == related_module.related_courses(courses, lists)
    others = [
        (catalogue(course("x", delivery_modes=["blended"]), course("y"), course("z")).courses, lists),
        (catalogue(course("x"), course("y")).courses, [(1, {"a": ("x", "y")})]),
        (courses, [(1, {"a": ("x", "y")}), (2, {"b": ("z", "x", "z")})]),
        (courses, [(2, {"a": ("x", "y", "z")}), (2, {"b": ("x", "z")})]),
        (courses, [(1, {"a": ("x", "z", "y")}), (2, {"b": ("x", "z")})]),
    ]
    for other in others:
        assert RelatedCache(first.data).related(*other) == related_module.related_courses(*other)
    renamed = catalogue(course("x"), course("y"), course("z", title="Zithers")).courses
    worked_out = []
    monkeypatch.setattr(related_module, "related_courses", lambda *_: worked_out.append(1) or {})
    assert RelatedCache(first.data).related(renamed, lists) == found
    assert not worked_out
    for number, other in enumerate(others, start=1):
        RelatedCache(first.data).related(*other)
        assert len(worked_out) == number
    for damaged in (first.data[1:], first.data[:-2], first.data[:-4] + bytes(4), b"", b"\n", bytes(99)):
        assert RelatedCache(damaged).related(courses, lists) == {}
