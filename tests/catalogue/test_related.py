"""Related courses are those that have most in common, and they are found again only when something changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue import related as related_module
from credsite.catalogue.related import RELATED, RelatedCache
from tests.support.catalogues import AnyEntry, catalogue, course, pathway


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
