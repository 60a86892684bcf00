"""Which entries are not published on a date, why, in words for users, and when that changes."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.publication import publication_problems
from credsite.catalogue.unpublished import CONSENT_REASONS, REASON_TEXTS, Reason
from credsite.cli.text import unpublished_lines
from credsite.schema.kinds import Kind
from tests.support.catalogues import catalogue, clock, course, industry, page, pathway, provider, story

AUCKLAND = "Pacific/Auckland"


def reasons(found: Catalogue) -> dict[str, str]:
    return {held.slug: held.reason for held in found.unpublished}


def shown(now: str, zone: str = "America/Halifax", **fields: Any) -> bool:
    return "a" in catalogue(page("a", **fields), now=now, zone=zone).pages


def test_everything_is_shown_unless_something_forbids_it() -> None:
    found = catalogue(course("a"), story("s", "a"), pathway("p", ["a"]), page("g"))
    assert reasons(found) == {}
    assert (list(found.courses), list(found.stories), list(found.pathways)) == (["a"], ["s"], ["p"])
    assert (list(found.pages), list(found.providers), list(found.industries)) == (
        ["g"],
        ["college"],
        ["health"],
    )


def test_drafts_are_shown_only_when_they_are_asked_for() -> None:
    draft = course("a", draft=True)
    assert reasons(catalogue(draft)) == {"a": "draft"}
    assert reasons(catalogue(draft, drafts=True)) == {}


@pytest.mark.parametrize(
    ("publish_at", "now", "zone", "expected"),
    [
        # A date begins at midnight where the site is.
        ("2027-01-15", "2027-01-14T23:59:59", "America/Halifax", False),
        ("2027-01-15", "2027-01-15T00:00", "America/Halifax", True),
        ("2027-01-15", "2027-01-15T03:59+00:00", "America/Halifax", False),
        ("2027-01-15", "2027-01-15T04:00+00:00", "America/Halifax", True),
        ("2027-01-15", "2027-01-14T10:59+00:00", AUCKLAND, False),
        ("2027-01-15", "2027-01-14T11:00+00:00", AUCKLAND, True),
        # So does a time without offset count from there.
        ("2027-01-15 09:00", "2027-01-15T08:59", "America/Halifax", False),
        ("2027-01-15 09:00", "2027-01-15T09:00", "America/Halifax", True),
        ("2027-01-15 09:00", "2027-01-15T12:59+00:00", "America/Halifax", False),
        ("2027-01-15 09:00", "2027-01-15T13:00+00:00", "America/Halifax", True),
        # One with offset is the same moment everywhere.
        ("2027-01-15 09:00+00:00", "2027-01-15T04:59", "America/Halifax", False),
        ("2027-01-15 09:00+00:00", "2027-01-15T05:00", "America/Halifax", True),
        ("2027-01-15T23:30-04:00", "2027-01-16T16:29", AUCKLAND, False),
        ("2027-01-15T23:30-04:00", "2027-01-16T16:30", AUCKLAND, True),
        ("2027-01-15 09:00Z", "2027-01-15T09:00+00:00", "UTC", True),
    ],
)
def test_publish_at(publish_at: str, now: str, zone: str, expected: bool) -> None:
    assert shown(now, zone, publish_at=publish_at) is expected
    # What expires at that moment is shown exactly until then.
    assert shown(now, zone, expires_at=publish_at) is not expected


def test_an_entry_is_shown_between_its_two_dates() -> None:
    days = ["2027-01-09", "2027-01-10", "2027-01-19", "2027-01-20"]
    dates = {"publish_at": "2027-01-10", "expires_at": "2027-01-20"}
    assert [shown(f"{day}T12:00", **dates) for day in days] == [False, True, True, False]
    before, after = (catalogue(page("a", **dates), now=f"{day}T12:00") for day in (days[0], days[3]))
    assert reasons(before) == {"a": "not-yet"}
    assert reasons(after) == {"a": "expired"}


@pytest.mark.parametrize(
    ("consent", "reason"),
    [
        ({"given": "2027-01-15"}, ""),
        ({"given": "2027-01-14"}, ""),
        ({"given": "2027-01-16"}, "no-consent"),
        ({}, "no-consent"),
        (None, "no-consent"),
        ({"expires": "2028-01-01"}, "no-consent"),
        ({"given": "2026-01-01", "expires": "2027-01-15"}, ""),
        ({"given": "2026-01-01", "expires": "2027-01-14"}, "consent-expired"),
        ({"given": "2026-01-01", "expires": "9999-12-31"}, ""),
        ({"given": "2026-01-01", "withdrawn": "2026-06-01"}, "consent-withdrawn"),
        ({"given": "2026-01-01", "withdrawn": "2027-06-01"}, "consent-withdrawn"),
        ({"withdrawn": "2026-06-01"}, "consent-withdrawn"),
        ({"given": "2026-01-01", "expires": "2026-02-01", "withdrawn": "2026-01-15"}, "consent-withdrawn"),
    ],
)
def test_consent_on_15_january(consent: dict[str, str] | None, reason: str) -> None:
    found = catalogue(course("a"), story("s", "a", consent=consent))
    assert reasons(found) == ({"s": reason} if reason else {})
    assert ("s" in found.stories) == (not reason)
    assert found.stories_of == ({} if reason else {"a": ("s",)})


def test_a_consent_that_begins_later_is_told_with_its_day() -> None:
    found = catalogue(course("a"), story("s", "a", consent={"given": "2027-01-16"}))
    (problem,) = publication_problems(found.unpublished)
    assert problem.message.startswith("Consent begins on 16 January 2027.")
    assert "has a consent that begins on 16 January 2027" in "".join(unpublished_lines(found.unpublished))


def test_consent_ends_with_the_day_of_the_site() -> None:
    ends = story("s", "a", consent={"given": "2026-01-01", "expires": "2027-01-15"})
    for moment, expected in (("2027-01-16T03:59+00:00", True), ("2027-01-16T04:00+00:00", False)):
        assert ("s" in catalogue(course("a"), ends, now=moment).stories) is expected


def test_drafts_do_not_get_round_consent() -> None:
    found = catalogue(course("a"), story("s", "a", draft=True, consent=None), drafts=True)
    assert reasons(found) == {"s": "no-consent"}


def test_what_needs_something_held_back_is_held_back_with_it() -> None:
    found = catalogue(
        provider("closed", draft=True),
        course("a", provider="closed"),
        course("b"),
        story("s", "a"),
        story("t", "a", "b"),
        pathway("p", ["b"], ["a"]),
        pathway("q", ["b"]),
    )
    assert reasons(found) == {"closed": "draft", "a": "needs", "s": "needs", "p": "needs"}
    assert {held.slug: (held.needs, held.key) for held in found.unpublished if held.needs} == {
        "a": ("content/providers/closed.md", ("provider",)),
        "s": ("content/courses/a.md", ("courses",)),
        "p": ("content/courses/a.md", ("steps", 1, "courses")),
    }
    assert list(found.courses) == ["b"]
    assert found.stories_of == {"b": ("t",)}
    assert found.pathways_of == {"b": ("q",)}


def test_a_course_needs_one_of_its_industries() -> None:
    gone = industry("gone", expires_at="2026-01-01")
    found = catalogue(gone, course("a", industries=["gone"]), course("b", industries=["gone", "health"]))
    assert reasons(found) == {"gone": "expired", "a": "needs"}
    assert found.by_industry == {"health": ("b",)}
    assert ("gone", "online") not in found.by_pair


def test_partners_and_awarding_providers_are_not_needed() -> None:
    held = provider("held", draft=True)
    found = catalogue(held, course("a", partners=["held"]), pathway("p", ["a"], provider="held"))
    assert reasons(found) == {"held": "draft"}


@pytest.mark.parametrize(
    ("choose", "gone", "held"),
    [
        (2, 1, False),
        (2, 2, True),
        (1, 2, False),
        (1, 3, True),
        (3, 1, True),
        (None, 1, True),
        (None, 0, False),
    ],
)
def test_a_step_stays_while_enough_of_its_courses_do(choose: int | None, gone: int, held: bool) -> None:
    courses = [course(slug, draft=number < gone) for number, slug in enumerate(["a", "b", "c"])]
    found = catalogue(*courses, pathway("p", ["a", "b", "c"], choose=choose))
    assert ("p" not in found.pathways) is held


def test_broken_entries_hold_back_what_needs_them() -> None:
    entries = [course("a"), course("b"), story("s", "a"), pathway("p", ["a", "b"], choose=1)]
    found = catalogue(*entries, invalid=[(Kind.COURSE, "a")])
    assert reasons(found) == {"s": "needs"}
    assert found.pathways_of == {"b": ("p",)}
    assert found.unpublished[0].needs == "content/courses/a.md"
    assert not list(
        publication_problems(found.unpublished)
    )  # the errors of what it needs are told, and once is enough


def test_a_broken_provider_or_industry_holds_back_courses() -> None:
    found = catalogue(course("a"), story("s", "a"), invalid=[(Kind.PROVIDER, "college")])
    assert reasons(found) == {"a": "needs", "s": "needs"}
    assert reasons(catalogue(course("a"), invalid=[(Kind.INDUSTRY, "health")])) == {"a": "needs"}


def test_editors_are_warned_of_what_they_may_not_expect() -> None:
    found = catalogue(
        course("a", draft=True),
        course("b", publish_at="2027-06-01"),
        course("c", expires_at="2026-06-01"),
        course("d"),
        story("s", "a"),
        story("t", "d", consent=None),
        story("u", "d", consent={"given": "2026-01-01", "withdrawn": "2026-02-01"}),
    )
    assert sorted(
        (problem.code, problem.location.path) for problem in publication_problems(found.unpublished)
    ) == [
        ("held-back-with", "content/stories/s.md"),
        ("story-held-back", "content/stories/t.md"),
        ("story-held-back", "content/stories/u.md"),
    ]


def test_a_preview_shows_all_that_is_held_back_and_still_tells_of_it() -> None:
    entries = [
        course("a", draft=True),
        course("b", provider="gone", publish_at="2030-01-01"),
        provider("gone", expires_at="2020-01-01"),
        story("s", "a"),
        story("w", "b", consent={"given": "2026-01-01", "withdrawn": "2026-02-01"}),
        pathway("p", ["a", "b"]),
    ]
    published, previewed = catalogue(*entries), catalogue(*entries, include_unpublished=True)
    assert (list(published.courses), list(published.stories), list(published.pathways)) == ([], [], [])
    assert (list(previewed.courses), list(previewed.stories)) == (["a", "b"], ["s", "w"])
    assert list(previewed.pathways) == ["p"]
    assert "gone" in previewed.providers
    assert previewed.unpublished == published.unpublished
    assert len(previewed.unpublished) == 6


def test_a_preview_too_leaves_out_what_needs_a_broken_entry() -> None:
    found = catalogue(
        course("a"), story("s", "broken"), invalid=[(Kind.COURSE, "broken")], include_unpublished=True
    )
    assert list(found.stories) == []


def test_every_reason_has_its_words() -> None:
    assert tuple(REASON_TEXTS) == get_args(Reason)
    assert {reason for reason, text in REASON_TEXTS.items() if text.consent_state} == set(CONSENT_REASONS)


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
        {"publish_at": "1900-01-01", "expires_at": "9999-12-31"},
        {"sessions": [{"starts": "9999-12-31", "ends": "9999-12-31", "apply_by": "9999-12-31"}]},
        {"sessions": [{"starts": "1900-01-01", "ends": "9999-12-31"}], "review_by": "9999-12-31"},
    ],
)
def test_the_ends_of_the_calendar_do_no_harm(fields: dict[str, Any]) -> None:
    for zone in ("America/Halifax", AUCKLAND, "UTC"):
        entries = [
            course("a", **fields),
            story("s", "a", consent={"given": "1900-01-01", "expires": "9999-12-31"}),
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
        if found.changes.first is None:
            break
        after = found.changes.first.at
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
