from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.catalogue import builder
from credsite.catalogue.catalogue import FIELD_OF_KIND, OWN, Catalogue, field_and_key
from credsite.schema.kinds import Kind
from credsite.schema.vocabularies import DELIVERY_MODES
from tests.support.catalogues import catalogue, course, industry, mode, page, pathway, provider, story


def test_an_empty_catalogue() -> None:
    found = catalogue()
    assert list(found.modes) == list(DELIVERY_MODES)
    assert all(entry is None for entry in found.modes.values())
    assert (found.courses, found.by_pair, found.unpublished, tuple(found.changes)) == ({}, {}, (), ())


def test_entries_stand_in_the_order_of_their_titles() -> None:
    found = catalogue(
        course("c", title="Zumba"),
        course("b", title="élan"),
        course("a", title="Algebra"),
        course("e", title="algebra"),
        course("d", title="Écoute"),
    )
    assert list(found.courses) == ["a", "e", "d", "b", "c"]
    assert found.by_industry["health"] == ("a", "e", "d", "b", "c")


def test_industries_modes_and_pages_stand_in_the_order_that_they_ask_for() -> None:
    found = catalogue(
        industry("zoo", order=1),
        industry("art", order=2),
        industry("bees"),
        mode("hybrid", order=1),
        mode("online", order=2),
        page("z", order=1),
        page("a"),
        course("x", industries=["bees", "art", "zoo"]),
    )
    assert list(found.industries) == ["zoo", "art", "bees"]
    assert list(found.by_industry) == ["zoo", "art", "bees"]
    assert list(found.modes) == ["hybrid", "online", "in-person", "blended"]
    assert list(found.pages) == ["z", "a"]


def test_look_ups_lead_both_ways() -> None:
    found = catalogue(
        course("a", provider="uni", partners=["clinic"], delivery_modes=["online", "hybrid"]),
        course("b", prerequisites=["a", "Patience"], industries=["health", "care"]),
        story("s", "a", background=["newcomer"]),
        pathway("p", ["a"], ["b"], provider="uni"),
        provider("clinic"),
    )
    assert found.by_provider == {"uni": ("a",), "college": ("b",)}
    assert found.by_partner == {"clinic": ("a",)}
    assert found.by_mode == {"online": ("a", "b"), "hybrid": ("a",)}
    assert found.by_pair == {
        ("health", "online"): ("a", "b"),
        ("health", "hybrid"): ("a",),
        ("care", "online"): ("b",),
    }
    assert found.leads_to == {"a": ("b",)}
    assert found.stories_of == {"a": ("s",)}
    assert found.stories_by_background == {"newcomer": ("s",)}
    assert found.stories_by_mode == {"online": ("s",), "hybrid": ("s",)}
    assert found.pathways_of == {"a": ("p",), "b": ("p",)}
    assert found.pathways_by_provider == {"uni": ("p",)}
    assert found.entry(Kind.COURSE, "a") is found.courses["a"]
    assert found.entry(Kind.DELIVERY_MODE, "online") is None
    assert found.entry(Kind.PAGE, "a") is None


def test_what_is_said_twice_counts_once() -> None:
    found = catalogue(
        course("a", industries=["health", "health"], delivery_modes=["online", "online"]),
        story("s", "a", "a", background=["newcomer", "newcomer"]),
        pathway("p", ["a"], ["a"]),
    )
    assert found.by_industry == {"health": ("a",)}
    assert found.by_mode == {"online": ("a",)}
    assert found.by_pair == {("health", "online"): ("a",)}
    assert found.stories_of == {"a": ("s",)}
    assert found.pathways_of == {"a": ("p",)}


INDUSTRIES = ["one", "two", "three"]
COURSES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(INDUSTRIES), min_size=1, max_size=3),
        st.lists(st.sampled_from(tuple(DELIVERY_MODES)), min_size=1, max_size=4),
        st.booleans(),
        st.sampled_from(["uni", "closed"]),
    ),
    max_size=8,
)


def made(courses: list[tuple[list[str], list[str], bool, str]]) -> Catalogue:
    return catalogue(
        provider("closed", draft=True),
        *(
            course(f"c-{number}", industries=industries, delivery_modes=modes, draft=draft, provider=by)
            for number, (industries, modes, draft, by) in enumerate(courses)
        ),
        *(story(f"s-{number}", f"c-{number}") for number in range(len(courses))),
    )


@given(COURSES)
def test_every_slug_that_a_look_up_gives_can_be_looked_up(
    courses: list[tuple[list[str], list[str], bool, str]],
) -> None:
    found = made(courses)
    shown = {
        f"c-{number}" for number, (_, _, draft, by) in enumerate(courses) if not draft and by != "closed"
    }
    assert set(found.courses) == shown
    assert set(found.stories) == {slug.replace("c", "s") for slug in shown}
    for groups in (found.by_industry, found.by_mode, found.by_pair, found.by_provider, found.related):
        assert {slug for slugs in groups.values() for slug in slugs} <= shown
    assert set(found.by_provider) <= set(found.providers)
    assert {industry for industry, _ in found.by_pair} <= set(found.industries)
    assert set(found.enrolment) == shown == set(found.related)
    held = {entry.slug for entry in found.unpublished}
    assert held.isdisjoint(shown)
    assert len(held) + len(shown) + len(found.stories) == 1 + 2 * len(courses)


@given(COURSES)
def test_pairs_hold_just_the_courses_of_both(courses: list[tuple[list[str], list[str], bool, str]]) -> None:
    found = made(courses)
    for industry_slug in INDUSTRIES:
        for mode_slug in DELIVERY_MODES:
            both = set(found.by_industry.get(industry_slug, ())) & set(found.by_mode.get(mode_slug, ()))
            assert set(found.by_pair.get((industry_slug, mode_slug), ())) == both


@given(
    st.lists(
        st.fixed_dictionaries(
            {"starts": st.sampled_from(["2027-01-10", "2027-01-20", "2027-02-01"])},
            optional={"seats": st.integers(0, 2), "apply_by": st.sampled_from(["2027-01-05", "2027-01-12"])},
        ),
        max_size=3,
    ),
    st.integers(1, 3),
)
def test_what_is_a_courses_own_follows_from_it_alone(sessions: list[dict[str, object]], others: int) -> None:
    """So nothing of it needs to be looked at again where neither the course nor the day is another."""
    own = course("a", sessions=sessions)
    alone = catalogue(own)
    more = catalogue(
        own,
        *(course(f"b{number}", prerequisites=["a"], sessions=sessions) for number in range(others)),
        course("c", draft=True),
        story("s", "a"),
        pathway("p", ["a"]),
    )
    for name in OWN:
        assert getattr(alone, name)["a"] == getattr(more, name)["a"]


def test_entries_of_a_kind_without_a_field_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(FIELD_OF_KIND, Kind.PAGE)  # type: ignore[arg-type]
    monkeypatch.setattr(builder, "Catalogue", partial(Catalogue, pages={}))
    found = catalogue(page("b", title="About"), page("a", title="Zoo"), page("draft", draft=True))
    assert list(found.other_entries) == [(Kind.PAGE, "b"), (Kind.PAGE, "a")]
    assert list(found.of_kind(Kind.PAGE)) == ["b", "a"]
    entry = found.entry(Kind.PAGE, "a")
    assert entry is not None
    assert entry.title == "Zoo"
    assert found.entry(Kind.PAGE, "c") is None
    assert field_and_key(entry) == ("other_entries", (Kind.PAGE, "a"))
