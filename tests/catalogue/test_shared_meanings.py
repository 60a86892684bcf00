"""Courses and stories with a value of the site's own count under the built-in value that means the same too."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.shared_meanings import with_built_in_values
from credsite.schema.site_schema import SiteSchema
from tests.support.catalogues import AnyEntry, catalogue, course, settings, story

OWN = {"label": "Own", "same_as": "online"}
MEANINGS = {"own": "online", "live": "online", "field": "hybrid"}
VALUES = ("online", "own", "live", "hybrid", "field", "sea")


def schema(**vocabularies: Any) -> SiteSchema:
    return settings(vocabularies=vocabularies).site_schema


def of_courses(own: SiteSchema, *modes: list[str]) -> Catalogue:
    """The catalogue of courses with these delivery modes, which are named a, b, and so on."""
    courses = [
        course(name, schema=own, delivery_modes=of_course)
        for name, of_course in zip("abcdef", modes, strict=False)
    ]
    return catalogue(*courses, schema=own)


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        # The built-in mode takes in the own one, and not the other way round.
        (
            [["own"], ["online"], ["hybrid"]],
            {"online": ("a", "b"), "own": ("a",), "hybrid": ("c",)},
        ),
        ([["own", "online"], ["own"]], {"online": ("a", "b"), "own": ("a", "b")}),
        ([["own"], ["live"]], {"online": ("a", "b"), "own": ("a",), "live": ("b",)}),
        # Its page would only repeat that of the own one.
        ([["own"], ["own", "hybrid"]], {"own": ("a", "b"), "hybrid": ("b",)}),
    ],
)
def test_lists_numbers_and_filters_agree(
    modes: list[list[str]], expected: dict[str, tuple[str, ...]]
) -> None:
    own = schema(delivery_modes={"own": OWN, "live": {**OWN, "label": "Live"}})
    found = of_courses(own, *modes)
    assert found.by_mode == expected
    assert found.by_pair == {("health", mode): slugs for mode, slugs in expected.items()}
    numbers = {mode: len(slugs) for mode, slugs in expected.items()}
    assert found.facets["courses", ""].counts()["mode"] == numbers
    assert {pair: size for pair, size in found.sizes.items() if pair[1]} == {
        pair: number for mode, number in numbers.items() for pair in (("", mode), ("health", mode))
    }
    for mode, slugs in expected.items():
        assert len(found.facets["mode", mode]) == len(slugs)
    assert [list(one.delivery_modes) for one in found.courses.values()] == modes


def test_who_hides_the_built_in_mode_keeps_the_own_ones_apart() -> None:
    own = schema(
        delivery_modes={
            "online": {"hidden": True},
            "own": OWN,
            "live": {"label": "Live", "same_as": "online"},
        }
    )
    assert of_courses(own, ["own"], ["live"]).by_mode == {"own": ("a",), "live": ("b",)}


@pytest.mark.parametrize(
    ("vocabulary", "facet", "built_in", "fields"),
    [
        ("levels", "level", "advanced", lambda value: {"level": value}),
        ("paces", "pace", "self-paced", lambda value: {"pace": value}),
        ("timings", "timing", "evening", lambda value: {"timing": [value]}),
        ("attendances", "attendance", "part-time", lambda value: {"attendance": [value]}),
        ("credential_types", "credential", "licence", lambda value: {"credential": {"type": value}}),
    ],
)
def test_every_filter_by_a_vocabulary_does_the_same(
    vocabulary: str, facet: str, built_in: str, fields: Any
) -> None:
    own = schema(**{vocabulary: {"own": {"label": "Own", "same_as": built_in}}})
    values = {"a": "own", "b": built_in}
    courses = [course(name, schema=own, **fields(value)) for name, value in values.items()]
    counts = catalogue(*courses, schema=own).facets["courses", ""].counts()
    assert counts[facet] == {"own": 1, built_in: 2}
    assert catalogue(courses[0], schema=own).facets["courses", ""].counts()[facet] == {"own": 1}


def test_a_provider_is_no_type_of_provider() -> None:
    own = schema(provider_types={"college": {"label": "Own", "same_as": "university"}})
    found = catalogue(course("a"), course("b", provider="university"), schema=own)
    assert found.facets["courses", ""].counts()["provider"] == {"college": 1, "university": 1}


def test_lists_of_stories_have_the_stories_of_the_own_values() -> None:
    own = schema(
        delivery_modes={"own": OWN}, backgrounds={"abroad": {"label": "Abroad", "same_as": "newcomer"}}
    )
    entries: list[AnyEntry] = [
        course("a", schema=own, delivery_modes=["own"]),
        course("b", schema=own, delivery_modes=["online"]),
        story("first", "a", schema=own, background=["abroad"]),
        story("second", "b", schema=own, background=["newcomer"]),
        story("third", "b", schema=own, delivery_modes=["own", "hybrid"]),
    ]
    found = catalogue(*entries, schema=own)
    assert found.stories_by_mode == {
        "online": ("first", "second", "third"),
        "own": ("first", "third"),
        "hybrid": ("third",),
    }
    assert found.stories_by_background == {"abroad": ("first",), "newcomer": ("first", "second")}
    assert catalogue(*entries[:3], schema=own).stories_by_mode == {"own": ("first",)}


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.lists(st.sampled_from(VALUES), unique=True).map(tuple)),
    st.sets(st.sampled_from(list(MEANINGS))),
)
def test_built_in_values_are_added_where_several_values_mean_them(
    values: dict[str, tuple[str, ...]], declared: set[str]
) -> None:
    meanings = {value: MEANINGS[value] for value in sorted(declared)}
    used = {value for of_entry in values.values() for value in of_entry}
    found = with_built_in_values(values, meanings)
    assert list(found) == list(values)
    for key, of_entry in values.items():
        added = {
            built_in
            for own, built_in in meanings.items()
            if own in of_entry and sum(meanings.get(one, one) == built_in for one in used) > 1
        }
        assert set(found[key]) == {*of_entry, *added}
        assert len(set(found[key])) == len(found[key])


def test_without_values_that_mean_the_same_nothing_is_copied() -> None:
    values = {"a": ("own",), "b": ("hybrid",)}
    assert with_built_in_values(values, {}) is values
    assert with_built_in_values(values, MEANINGS) is values
    assert schema().facet_meanings == {}
    assert schema(levels={"introductory": "For beginners"}).facet_meanings == {}
