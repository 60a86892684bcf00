from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue import relations
from credsite.catalogue.relations import RELATED, RelatedCache, grouped, skill_key, sort_key
from credsite.schema.field_types import SLUG_PATTERN
from tests.support.catalogues import AnyEntry, catalogue, course, pathway, story


def test_sort_key_orders_as_readers_do() -> None:
    titles = ["Zebra", "apple", "Élan", "eagle", "Ångström", "Über", "unit", "zoo"]
    assert sorted(titles, key=sort_key) == [
        "Ångström",
        "apple",
        "eagle",
        "Élan",
        "Über",
        "unit",
        "Zebra",
        "zoo",
    ]


def test_grouped_keeps_the_order_and_says_nothing_twice() -> None:
    assert grouped([("b", "1"), ("a", "2"), ("b", "3"), ("b", "1")]) == {"b": ("1", "3"), "a": ("2",)}


def taught(**skills: list[Any]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The skills of courses: slug to name and courses."""
    found = catalogue(*(course(slug, skills=names) for slug, names in skills.items()))
    return {skill.slug: (skill.name, skill.courses) for skill in found.skills.values()}


def test_spellings_are_merged_across_case_and_spaces() -> None:
    assert taught(a=["Data Analysis"], b=["data  analysis"], c=[" DATA analysis "], d=["Data Analysis"]) == {
        "data-analysis": ("Data Analysis", ("a", "b", "c", "d"))
    }


def test_composed_and_decomposed_letters_are_the_same() -> None:
    ((_, courses),) = taught(a=["Caf\u00e9 service"], b=["Cafe\u0301 service"]).values()
    assert courses == ("a", "b")


def test_the_usual_spelling_wins_and_the_alphabet_decides_a_tie() -> None:
    assert taught(a=["first aid"], b=["First aid"], c=["first aid"])["first-aid"][0] == "first aid"
    assert taught(a=["first aid"], b=["First aid"])["first-aid"][0] == "First aid"


def test_a_course_counts_once() -> None:
    assert taught(a=["First aid", "first aid"]) == {"first-aid": ("First aid", ("a",))}


def test_c_and_its_relatives_are_different() -> None:
    found = taught(a=["C", "C++", "C#", "c"])
    assert {slug: name for slug, (name, _) in found.items()} == {
        "c": "C",
        "c-plus-plus": "C++",
        "c-sharp": "C#",
    }


def test_every_script_has_an_address() -> None:
    found = taught(a=["介護", "الإسعافات الأولية", "C 介護", "C", "!!!", "???"])
    assert len(found) == 6
    assert found["c"][0] == "C"


def test_slugs_do_not_depend_on_other_skills_of_other_names() -> None:
    assert set(taught(a=["介護"])) <= set(taught(a=["介護", "Zoology", "Algebra"]))


def test_the_address_of_a_skill_is_kept() -> None:
    uri = "http://data.europa.eu/esco/skill/1"
    found = catalogue(course("a", skills=["Hygiene"]), course("b", skills=[{"name": "hygiene", "uri": uri}]))
    assert found.skills["hygiene"].uri == uri


@given(st.lists(st.text(min_size=1, max_size=6).filter(lambda name: name.strip()), max_size=8))
def test_slugs_of_skills_are_slugs_and_each_is_there_once(names: list[str]) -> None:
    printable = [name for name in names if name.isprintable()]
    found = catalogue(course("a", skills=printable)).skills
    assert set(found) == {skill_key(name) for name in printable}
    slugs = [skill.slug for skill in found.values()]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(SLUG_PATTERN, slug) for slug in slugs)


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


def test_what_is_near_is_remembered_until_something_else_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = [(1, {"a": ("x", "y", "z")}), (2, {"b": ("x", "z")})]
    courses = catalogue(course("x"), course("y"), course("z")).courses
    first = RelatedCache()
    found = first.related(courses, lists)
    assert found == relations.related(courses, lists)
    others = [
        (catalogue(course("x", delivery_modes=["blended"]), course("y"), course("z")).courses, lists),
        (catalogue(course("x"), course("y")).courses, [(1, {"a": ("x", "y")})]),
        (courses, [(1, {"a": ("x", "y")}), (2, {"b": ("z", "x", "z")})]),
        (courses, [(2, {"a": ("x", "y", "z")}), (2, {"b": ("x", "z")})]),
        (courses, [(1, {"a": ("x", "z", "y")}), (2, {"b": ("x", "z")})]),
    ]
    for other in others:
        assert RelatedCache(first.data).related(*other) == relations.related(*other)
    renamed = catalogue(course("x"), course("y"), course("z", title="Zithers")).courses
    worked_out = []
    monkeypatch.setattr(relations, "related", lambda *_: worked_out.append(1) or {})
    assert RelatedCache(first.data).related(renamed, lists) == found
    assert not worked_out
    for number, other in enumerate(others, start=1):
        RelatedCache(first.data).related(*other)
        assert len(worked_out) == number
    for damaged in (first.data[1:], first.data[:-2], first.data[:-4] + bytes(4), b"", b"\n", bytes(99)):
        assert RelatedCache(damaged).related(courses, lists) == {}
