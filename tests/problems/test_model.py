from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.problems.model import CODES, Place, Problem, Severity, closest, graded, unknown_value

MODES = ("online", "in-person", "blended", "hybrid")


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place("a.md"), "a.md"),
        (Place("a.md", 3), "a.md:3"),
        (Place("a.md", 3, 7), "a.md:3:7"),
        (Place("a.md", key=("title",)), "a.md"),
    ],
)
def test_place_is_shown_as_editors_can_open_it(place: Place, shown: str) -> None:
    assert str(place) == shown


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
    assert closest(written, MODES) == meant


def test_closest_gives_the_value_as_it_is_spelt() -> None:
    assert closest("cad", ["CAD", "EUR"]) == "CAD"
    assert closest("fullName", ["full_name"]) == "full_name"


@given(st.text(), st.lists(st.text()))
def test_closest_is_one_of_the_allowed_or_nothing(written: str, allowed: list[str]) -> None:
    assert closest(written, allowed) in {*allowed, ""}


def test_few_allowed_values_are_listed_many_are_not() -> None:
    few = unknown_value("unknown-value", "", Place("a.md"), "onlin", MODES)
    many = unknown_value("unknown-id", "", Place("a.md"), "id-3x", [f"id-{n}" for n in range(13)])
    assert few.allowed == MODES
    assert few.suggestion == "online"
    assert many.allowed == ()
    assert many.suggestion == "id-3"


def problem(code: str, path: str = "a.md", line: int = 1, column: int = 1) -> Problem:
    return Problem(code, f"about {code}", Place(path, line, column))


def test_graded_gives_each_its_usual_severity_in_order_of_place() -> None:
    found = graded(
        [
            problem("missing-price", "b.md"),
            problem("broken-link", line=9),
            problem("bad-date", line=9, column=2),
            problem("bad-date", line=2),
        ],
        {},
    )
    assert [(str(p.place), p.code, p.severity) for p in found] == [
        ("a.md:2:1", "bad-date", Severity.ERROR),
        ("a.md:9:1", "broken-link", Severity.WARNING),
        ("a.md:9:2", "bad-date", Severity.ERROR),
        ("b.md:1:1", "missing-price", Severity.ADVICE),
    ]


def test_graded_follows_the_site() -> None:
    found = graded(
        [problem("missing-price"), problem("broken-link"), problem("summary-long")],
        {"missing-price": "off", "broken-link": "error"},
    )
    assert [(p.code, p.severity) for p in found] == [
        ("broken-link", Severity.ERROR),
        ("summary-long", Severity.ADVICE),
    ]


def test_graded_says_nothing_twice() -> None:
    assert len(graded([problem("bad-date"), problem("bad-date"), problem("bad-date", line=2)], {})) == 2


def test_every_code_can_be_written_and_says_what_it_means() -> None:
    for code, found in CODES.items():
        assert code == code.lower().replace(" ", "-"), code
        assert found.meaning.endswith("."), code
