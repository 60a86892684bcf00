"""What the times of sessions, and their places, change in a catalogue."""

from __future__ import annotations

from typing import Any

from credsite.catalogue.catalogue import Catalogue
from credsite.schema.vocabularies import COURSE_FACETS
from tests.support.catalogues import AnyEntry, catalogue, course, place

EVENING = {"starts": "2027-02-20 18:00", "ends": "2027-02-27 20:00"}


def in_person(name: str, *sessions: dict[str, Any], **fields: Any) -> AnyEntry:
    return course(name, delivery_modes=["in-person"], sessions=list(sessions), **fields)


def values(found: Catalogue, slug: str, facet: str) -> tuple[str, ...]:
    return found.facet_values[slug][list(COURSE_FACETS).index(facet)]


def test_a_catalogue_without_times_depends_on_the_day_alone() -> None:
    entries = [in_person("a", {"starts": "2027-02-20"})]
    assert catalogue(*entries, now="2027-02-20 08:00").as_of == "2027-02-20"
    assert catalogue(*entries, now="2027-02-20 23:00").as_of == "2027-02-20"


def test_a_catalogue_with_times_depends_on_the_last_moment_that_has_passed() -> None:
    found = {
        hour: catalogue(in_person("a", EVENING), now=f"2027-02-20 {hour}").as_of
        for hour in ("17:59", "18:00", "23:00")
    }
    assert found["17:59"] != found["18:00"] == found["23:00"]


def test_the_next_change_is_at_a_moment() -> None:
    entry = in_person("a", EVENING | {"apply_from": "2027-02-01", "apply_by": "2027-02-19 17:00"})
    found = []
    for now in (
        "2027-01-31 12:00",
        "2027-02-01 00:00",
        "2027-02-19 17:00",
        "2027-02-20 18:00",
        "2027-02-27 20:00",
    ):
        first = catalogue(entry, now=now).changes.first
        found.append((f"{first.at:%m-%d %H:%M}", first.what) if first else None)
    assert found == [
        ("02-01 00:00", "opens applications"),
        ("02-19 17:00", "closes applications"),
        ("02-20 18:00", "starts a session"),
        ("02-27 20:00", "ends a session"),
        None,
    ]


def test_a_session_that_starts_at_a_moment_and_has_no_end_is_over_with_its_day() -> None:
    changes = list(catalogue(in_person("a", {"starts": "2027-02-20 18:00"}), now="2027-02-01 00:00").changes)
    assert [(f"{one.at:%m-%d %H:%M}", one.what) for one in changes] == [
        ("02-20 18:00", "starts a session"),
        ("02-21 00:00", "ends a session"),
    ]


def test_starts_of_one_day_are_in_the_order_of_their_times() -> None:
    found = catalogue(
        in_person("evening", {"starts": "2027-02-20 18:00"}),
        in_person("morning", {"starts": "2027-02-20", "meets": "Saturdays 9:00-12:00"}),
        in_person("whole-day", {"starts": "2027-02-20"}),
        now="2027-02-01 00:00",
    )
    assert [slug for slug, _ in found.coming] == ["whole-day", "morning", "evening"]


def test_what_cannot_be_applied_for_yet_does_not_start_soon() -> None:
    found = catalogue(
        in_person("a", {"starts": "2027-02-20", "apply_from": "2027-02-10"}), now="2027-02-01 00:00"
    )
    assert found.enrolment["a"].state == "early"
    assert not found.coming


def test_the_timing_follows_from_the_meetings() -> None:
    found = catalogue(
        in_person(
            "a",
            {
                "starts": "2027-02-01",
                "ends": "2027-03-01",
                "meets": ["Mondays 18:00-20:00", "Saturdays 9:00-12:00"],
            },
        ),
        in_person("b", {"starts": "2027-02-01", "meets": "Mondays 18:00-20:00", "timing": ["daytime"]}),
        now="2027-01-01 00:00",
    )
    assert values(found, "a", "timing") == ("evening", "weekend")
    assert values(found, "b", "timing") == ("daytime",)


def test_the_places_of_a_course_are_its_own_and_those_of_sessions_that_are_not_over() -> None:
    sessions = [{"starts": "2027-02-20", "location": "mill"}, {"starts": "2026-02-20", "location": "barn"}]
    found = catalogue(
        *(place(slug) for slug in ("quay", "mill", "barn")),
        in_person("a", *sessions, places=["quay", "Any pier"]),
        in_person("b", {"starts": "2027-02-21", "location": "Old library"}),
        now="2027-02-01 00:00",
    )
    assert found.places_of == {"a": ("quay", "mill")}
    assert found.by_place == {"mill": ("a",), "quay": ("a",)}
    assert found.sessions_at == {"mill": (("a", 0),)}
    assert (values(found, "a", "place"), values(found, "b", "place")) == (("quay", "mill"), ())
    assert found.facets["place", "quay"].counts()["mode"] == {"in-person": 1}
