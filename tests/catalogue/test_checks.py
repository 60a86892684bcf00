from __future__ import annotations

from dataclasses import replace

import pytest

from credsite.catalogue.checks import cross_entry_problems, without_duplicates
from credsite.content.record_builder import record_of
from credsite.schema.kinds import Kind
from tests.support.catalogues import (
    AnyEntry,
    clock,
    completed,
    course,
    page,
    parsed,
    provider,
    story,
)
from tests.support.entry_problems import BASE, VOCABULARIES, entry_problems, told_of


def slugs_and_problems(*entries: AnyEntry) -> tuple[list[str], list[tuple[str, str, str]]]:
    found, problems = without_duplicates(map(record_of, entries))
    return [entry.path for entry in found], [(p.code, str(p.location), str(p.related)) for p in problems]


def test_each_slug_stands_once_in_a_kind() -> None:
    one, two, three = course("one", slug="same"), course("same"), course("three", slug="same")
    assert slugs_and_problems(one, two, three) == (
        ["content/courses/one.md"],
        [
            ("duplicate-slug", "content/courses/same.md:1:1", "content/courses/one.md:1:1"),
            ("duplicate-slug", "content/courses/three.md", "content/courses/one.md:1:1"),
        ],
    )


def test_kinds_do_not_share_slugs() -> None:
    assert slugs_and_problems(course("same"), page("same"), provider("same"))[1] == []


CTID = "ce-0f8fad5b-d9cb-469f-a165-70867728950e"


def test_a_ctid_belongs_to_one_course() -> None:
    other = CTID.replace("0f", "1f")
    (found,) = entry_problems(
        course("a", ctid=CTID), course("b", ctid=other), course("c", ctid=CTID), course("d")
    )
    assert (found.code, found.location.path) == ("duplicate-ctid", "content/courses/c.md")
    assert found.related is not None
    assert found.related.path == "content/courses/a.md"


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        ("2027-01-10", []),
        ("2027-01-11", ["apply-by-past"]),
        ("2027-01-20", ["apply-by-past"]),
        ("2027-01-21", []),
    ],
)
def test_a_deadline_that_is_past(today: str, codes: list[str]) -> None:
    entry = course("a", sessions=[{"starts": "2027-01-20", "apply_by": "2027-01-10", "ends": "2027-03-01"}])
    assert [code for code, *_ in told_of(entry, now=f"{today}T12:00")] == codes


@pytest.mark.parametrize(("today", "codes"), [("2027-01-10", []), ("2027-01-11", ["review-overdue"])])
def test_a_review_that_is_overdue(today: str, codes: list[str]) -> None:
    assert [code for code, *_ in told_of(course("a", review_by="2027-01-10"), now=f"{today}T12:00")] == codes


def test_everything_wrong_is_told_at_once() -> None:
    found = told_of(
        course(
            "a", provider="x", industries=["y"], funding=["z"], review_by="2026-01-01", prerequisites=["a"]
        ),
        story("s", "nope", background=["nobody"]),
    )
    assert sorted(code for code, *_ in found) == [
        "prerequisite-cycle",
        "review-overdue",
        "unknown-id",
        "unknown-id",
        "unknown-id",
        "unknown-id",
        "unknown-id",
    ]


def test_the_support_builder_adds_what_is_named() -> None:
    assert {(entry.kind, entry.slug) for entry in completed([course("a")])} == {
        (Kind.COURSE, "a"),
        (Kind.PROVIDER, "college"),
        (Kind.INDUSTRY, "health"),
    }
    assert parsed(Kind.COURSE, "a").entry == course("a")


@pytest.mark.parametrize(
    ("publish_at", "expires_at", "good"),
    [
        ("2027-01-01", "2027-01-02", True),
        ("2027-01-01", "2027-01-01", False),
        ("2027-01-02", "2027-01-01", False),
        ("2027-01-01", "2027-01-01 09:00", True),
        ("2027-01-01 09:00", "2027-01-01", False),
        ("2027-01-01 09:00", "2027-01-01 17:00", True),
        ("2027-01-01 17:00", "2027-01-01 09:00", False),
        ("2027-01-01 09:00+05:00", "2027-01-01 08:00+01:00", True),
        ("2027-01-01 08:00+01:00", "2027-01-01 09:00+05:00", False),
    ],
)
def test_an_entry_expires_after_it_is_published(publish_at: str, expires_at: str, good: bool) -> None:
    found = told_of(course("a", publish_at=publish_at, expires_at=expires_at))
    assert found == ([] if good else [("dates-reversed", "a.md", "expires_at", "")])


@pytest.mark.parametrize(
    ("keys", "is_told"),
    [
        ({}, False),
        ({"apply_from": "2027-01-02"}, False),
        ({"apply_from": "2027-01-02 09:00"}, True),
        ({"apply_by": "2027-01-16 12:00"}, True),
        ({"ends": "2027-02-20 17:00"}, True),
        ({"meets": "Wednesdays 18:00-20:00"}, True),
    ],
)
def test_times_need_a_time_zone(keys: dict[str, str], is_told: bool) -> None:
    entry = course("a", sessions=[{"starts": "2027-01-20", **keys}])
    vocabularies = replace(VOCABULARIES, has_time_zone=False)
    entries = [*BASE, entry]
    found = cross_entry_problems([*map(record_of, entries)], (), vocabularies, clock("2027-01-15T12:00"))
    assert [one.code for one in found] == ["time-zone-missing"] * is_told
