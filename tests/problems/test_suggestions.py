from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.problems.model import Location
from credsite.problems.suggestions import (
    Effort,
    closest_match,
    unknown_value_problem,
    with_closest_match,
    with_suggestion,
)

MODES = ("online", "in-person", "blended", "hybrid")
LEVELS = ("introductory", "intermediate", "advanced")
PACES = ("self-paced", "scheduled")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("onlin", "online"),
        ("Online", "online"),
        ("in_person", "in-person"),
        ("in person", "in-person"),
        ("IN PERSON", "in-person"),
        ("hybird", "hybrid"),
        ("onsite", "in-person"),
        ("Face to face", "in-person"),
        ("remote", "online"),
        ("evening", ""),
        ("", ""),
        ("在线", ""),
    ],
)
def test_closest_mode(written: str, meant: str) -> None:
    assert closest_match(written, MODES) == meant


@pytest.mark.parametrize(
    ("written", "allowed", "meant"),
    [
        ("f2f", MODES, "in-person"),
        ("Distance learning", MODES, "online"),
        ("mixed mode", MODES, "blended"),
        ("intermediate-advanced", LEVELS, "intermediate"),
        ("Beginners", LEVELS, "introductory"),
        ("entry level", LEVELS, "introductory"),
        ("expert", LEVELS, "advanced"),
        ("all levels", LEVELS, ""),
        ("instructor-led", PACES, "scheduled"),
        ("own pace", PACES, "self-paced"),
        ("Saturdays", ("daytime", "evening", "weekend"), "weekend"),
        ("mornings", ("daytime", "evening", "weekend"), "daytime"),
        ("expert", MODES, ""),
    ],
)
def test_other_words_for_known_values(written: str, allowed: tuple[str, ...], meant: str) -> None:
    assert closest_match(written, allowed) == meant


def test_closest_gives_the_value_as_it_is_spelt() -> None:
    assert closest_match("cad", ["CAD", "EUR"]) == "CAD"
    assert closest_match("fullName", ["full_name"]) == "full_name"


@given(st.text(), st.lists(st.text()))
def test_closest_is_one_of_the_allowed_or_nothing(written: str, allowed: list[str]) -> None:
    assert closest_match(written, allowed) in {*allowed, ""}


def test_few_allowed_values_are_listed_many_are_not() -> None:
    few = unknown_value_problem("unknown-value", "", Location("a.md"), "onlin", MODES)
    many = unknown_value_problem("unknown-id", "", Location("a.md"), "id-3x", [f"id-{n}" for n in range(13)])
    assert few.allowed == MODES
    assert few.suggestion == "online"
    assert many.allowed == ()
    assert many.suggestion == "id-3"


def test_a_message_is_followed_by_the_suggestion_or_by_what_else_helps() -> None:
    assert with_suggestion("No `x`.", "y") == "No `x`. Did you mean `y`?"
    assert with_suggestion("No `x`.", "", "Delete it.") == "No `x`. Delete it."
    assert with_suggestion("No `x`.", "") == "No `x`."
    assert (
        with_closest_match("No `onlin`.", "onlin", MODES, "Delete it.")
        == "No `onlin`. Did you mean `online`?"
    )


def test_looking_for_what_was_meant_ends_when_the_effort_is_used_up() -> None:
    known = [f"course-{number}" for number in range(1_000)]
    effort = Effort(2_500)
    found = [closest_match(f"coarse-{number}", known, effort) for number in range(5)]
    assert found[0] == "course-0"
    assert found[-1] == ""
    assert closest_match("coarse-1", known) == "course-1"


@given(st.text("abc", max_size=9), st.lists(st.text("abc", max_size=9)))
def test_the_closest_is_the_one_that_difflib_finds(written: str, allowed: list[str]) -> None:
    best = difflib.get_close_matches(written, dict.fromkeys(allowed), n=1, cutoff=0.6)
    assert [closest_match(written, allowed)] == (best or [""])


def test_long_allowed_values_are_not_listed() -> None:
    found = unknown_value_problem("broken-link", "", Location("a.md"), "x", ["a" * 600, "b" * 600])
    assert found.allowed == ()
