"""Skills are one however they are spelt, and each has an address of its own."""

# ruff: noqa: RUF001 - other alphabets are what is tested

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue.skills import skill_key
from credsite.core.published_names import is_device_name
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


@pytest.mark.parametrize(
    "spellings",
    [
        ["Комп'ютер", "Комп\u2019ютер", "Комп\u02bcютер", "компютер"],
        ["Driver's licence", "Driver\u2019s licence", "drivers licence"],
        ["front\u2010end", "front-end", "front\u2011end", "fro\u00adnt-end", "ｆｒｏｎｔ－ｅｎｄ"],
    ],
)
def test_ways_to_type_a_name_are_one_skill(spellings: list[str]) -> None:
    assert len(taught(**{f"c{number}": [name] for number, name in enumerate(spellings)})) == 1


@pytest.mark.parametrize(
    "names",
    [
        ["resume", "résumé", "Resumé"],
        ["C", "C++", "C#", "C--", "C*", "C/C++"],
        ["R&D", "R D", "R/D"],
        [".NET", "NET"],
        ["Ø", "O", "Ö"],
        ["йога", "yoga"],
        ["!!!", "???", "…"],
        ["long " * 50 + "a", "long " * 50 + "b"],
        ["w" * 300, "w" * 301],
    ],
)
def test_names_that_nearly_have_one_address_keep_one_each_whatever_their_order(names: list[str]) -> None:
    found = taught(a=names)
    assert len(found) == len(names)
    assert all(re.fullmatch(SLUG_PATTERN, slug) and len(slug) <= 80 for slug in found)
    assert taught(a=names[::-1]) == found


def test_the_skill_that_is_spelt_like_the_address_has_it() -> None:
    found = taught(a=["Résumé", "resume", "RÉSUMÉ "])
    assert found["resume"][0] == "resume"
    assert set(taught(a=["Résumé"])) == {"resume"}


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


def test_a_skill_that_windows_takes_for_a_device_has_another_slug() -> None:
    slugs = taught(a=["PRN", "Aux", "Com1"], b=["PRN"])
    assert not any(map(is_device_name, slugs))
    assert {name for name, _ in slugs.values()} == {"PRN", "Aux", "Com1"}
    assert all(slug.partition("-")[0] in ("prn", "aux", "com1") for slug in slugs)
