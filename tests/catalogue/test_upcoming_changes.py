"""The moments at which the site changes because time passes are known in advance."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.catalogue.catalogue import Catalogue
from tests.support.catalogues import catalogue, clock, course, page, story

AUCKLAND = "Pacific/Auckland"


def shown(now: str, zone: str = "America/Halifax", **fields: Any) -> bool:
    return "a" in catalogue(page("a", **fields), now=now, zone=zone).pages


def changes(found: Catalogue) -> list[tuple[str, str, str]]:
    assert found.changes.first == next(iter(found.changes), None)
    return [(change.at.isoformat(), change.title, change.what) for change in found.changes]


def test_the_next_changes_come_soonest_first() -> None:
    found = catalogue(
        course(
            "a",
            expires_at="2027-08-01 12:00+00:00",
            sessions=[
                {"starts": "2027-02-01", "ends": "2027-02-05", "apply_by": "2027-01-20"},
                {"starts": "2026-12-01"},
            ],
        ),
        course("b", publish_at="2027-01-16 09:00", expires_at="2027-12-01"),
        story("s", "a", consent={"given": "2026-01-01", "expires": "2027-03-31"}),
        page("over", expires_at="2026-01-01"),
        page("draft", draft=True, publish_at="2027-05-01"),
    )
    assert changes(found) == [
        ("2027-01-16T09:00:00-04:00", "B", "appears"),
        ("2027-01-21T00:00:00-04:00", "A", "closes applications"),
        ("2027-02-02T00:00:00-04:00", "A", "starts a session"),
        ("2027-02-06T00:00:00-04:00", "A", "ends a session"),
        ("2027-04-01T00:00:00-03:00", "S", "loses consent"),
        ("2027-08-01T12:00:00+00:00", "A", "expires"),
    ]


def test_a_story_appears_when_its_consent_begins() -> None:
    found = catalogue(course("a"), story("s", "a", consent={"given": "2027-02-01"}))
    assert changes(found) == [("2027-02-01T00:00:00-04:00", "S", "appears")]
    assert changes(catalogue(course("a"), story("s", "a", consent={}))) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"publish_at": "0001-01-01", "expires_at": "9999-12-31"},
        {"sessions": [{"starts": "9999-12-31", "ends": "9999-12-31", "apply_by": "9999-12-31"}]},
        {"sessions": [{"starts": "0001-01-01", "ends": "9999-12-31"}], "review_by": "9999-12-31"},
    ],
)
def test_the_ends_of_the_calendar_do_no_harm(fields: dict[str, Any]) -> None:
    for zone in ("America/Halifax", AUCKLAND, "UTC"):
        entries = [
            course("a", **fields),
            story("s", "a", consent={"given": "0001-01-01", "expires": "9999-12-31"}),
        ]
        found = catalogue(*entries, zone=zone)
        assert list(found.courses) == ["a"]
        assert list(found.stories) == ["s"]


def test_the_moment_before_and_after_each_change_differ() -> None:
    entries = [
        course(
            "a", publish_at="2027-02-01 09:30", sessions=[{"starts": "2027-03-01", "apply_by": "2027-02-20"}]
        ),
        story("s", "a", consent={"given": "2026-01-01", "expires": "2027-03-31"}),
    ]
    now = clock()
    while True:
        found = catalogue(*entries, now=now.now.isoformat())
        if not found.changes:
            break
        after = found.changes[0].at
        later = catalogue(*entries, now=after.isoformat())
        assert (later.courses, later.stories, later.enrolment) != (
            found.courses,
            found.stories,
            found.enrolment,
        )
        now = clock(after.isoformat())
    assert now.now.isoformat() == "2027-04-01T00:00:00-03:00"


def test_a_draft_does_not_appear_by_itself() -> None:
    found = catalogue(course("a"), story("s", "a", draft=True, consent={"given": "2027-02-01"}))
    assert changes(found) == []
