"""Skills are one however they are spelt, and each has an address of its own."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue.skills import skill_key
from credsite.schema.field_types import SLUG_PATTERN
from tests.support.catalogues import catalogue, course


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
