"""The report of a catalogue: what is urgent, what is missing, what comes next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.audit.report.builder import build_report
from credsite.audit.report.model import SOON_DAYS, START_MONTHS, CatalogueReport
from credsite.audit.report.sections.gaps import map_sections
from credsite.problems.model import Location, Problem, Severity
from tests.support.catalogues import (
    AnyEntry,
    catalogue,
    clock,
    course,
    industry,
    pathway,
    place,
    settings,
    story,
)

TODAY = date(2027, 1, 15)


def report(*entries: AnyEntry, **options: Any) -> CatalogueReport:
    return build_report(catalogue(*entries, **options), title="Short courses", currency="CAD")


def day(days: int) -> str:
    return (TODAY + timedelta(days)).isoformat()


def session(starts: int, **fields: Any) -> dict[str, Any]:
    return {"starts": day(starts), **fields}


def test_an_empty_catalogue_has_nothing_to_say() -> None:
    found = report()
    assert found.counts.courses == 0
    assert (found.modes.rows, found.coming, found.costs.prices, found.skills.total) == ((), (), (), 0)
    assert len(found.starts.months) == START_MONTHS


def test_a_course_counts_in_each_of_its_industries_and_modes() -> None:
    found = report(
        course("one", industries=["health", "design"], delivery_modes=["online", "hybrid"]),
        course("two", industries=["health"], delivery_modes=["online"]),
        industry("empty"),
    )
    rows = {
        row.title: (dict(zip(found.modes.columns, row.counts, strict=True)), row.courses)
        for row in found.modes.rows
    }
    none = {"online": 0, "in-person": 0, "blended": 0, "hybrid": 0}
    assert rows == {
        "Design": (none | {"online": 1, "hybrid": 1}, 1),
        "Empty": (none, 0),
        "Health": (none | {"online": 2, "hybrid": 1}, 2),
    }
    assert found.modes.gaps("in-person") == ("Design", "Health")
    assert found.modes.gaps("online") == ()


def test_times_of_the_week_are_those_of_courses_and_coming_sessions() -> None:
    found = report(
        course("one", timing=["evening"]),
        course("two", sessions=[session(-9, timing=["daytime"]), session(9, timing=["weekend"])]),
        course("silent"),
    )
    assert found.timings.columns == ("daytime", "evening", "weekend")
    assert found.timings.rows[0].counts == (0, 1, 1)
    assert [row.title for row in found.timings.unplaced] == ["Silent"]


def test_consents_that_end_are_listed_soonest_first() -> None:
    def told(name: str, ends: int | None) -> AnyEntry:
        consent = {"given": "2026-01-01"} | ({} if ends is None else {"expires": day(ends)})
        return story(name, "one", consent=consent)

    found = report(
        course("one"), told("later", SOON_DAYS), told("today", 0), told("soon", SOON_DAYS - 1), told("open", None), told("over", -1)
    )  # fmt: skip
    assert [(row.title, row.days) for row in found.consents] == [
        ("Today", 1),
        ("Soon", SOON_DAYS),
        ("Later", SOON_DAYS + 1),
    ]
    assert [row.title for row in found.ending] == ["Today", "Soon"]
    assert [(row.title, row.reason) for row in found.withheld] == [("Over", "consent-expired")]


def test_deadlines_reviews_and_courses_that_are_over() -> None:
    found = report(
        course("closed", sessions=[session(9, apply_by=day(-1)), session(19, apply_by=day(0))]),
        course("begun", sessions=[session(-3, apply_by=day(-9), ends=day(3))]),
        course("over", sessions=[session(-30), session(-60)]),
        course("overdue", review_by=day(-1)),
        course("due", review_by=day(0)),
    )
    assert [(row.title, row.starts) for row in found.deadlines] == [("Closed", TODAY + timedelta(9))]
    assert [(row.title, row.on) for row in found.over] == [("Over", TODAY - timedelta(30))]
    assert [(row.title, row.on) for row in found.reviews] == [("Overdue", TODAY - timedelta(1))]


def test_what_the_next_days_bring_is_in_order_and_bounded() -> None:
    found = report(
        course("one", sessions=[session(5, apply_by=day(2))], review_by=day(3), expires_at=day(SOON_DAYS)),
        course("two", expires_at=day(SOON_DAYS + 1)),
        course("three", publish_at=day(1)),
        story("told", "one", consent={"given": "2026-01-01", "expires": day(4)}),
    )
    assert [(row.at.date(), row.title, row.what) for row in found.coming] == [
        (TODAY + timedelta(1), "Three", "appears"),
        (TODAY + timedelta(3), "One", "closes applications"),
        (TODAY + timedelta(3), "One", "is due for review"),
        (TODAY + timedelta(5), "Told", "loses consent"),
        (TODAY + timedelta(6), "One", "starts a session"),
        (TODAY + timedelta(SOON_DAYS), "One", "expires"),
    ]


def test_courses_and_industries_without_stories() -> None:
    found = report(
        course("told"), course("untold", industries=["design"]), story("one", "told"), pathway("way", ["told"])
    )  # fmt: skip
    assert [row.path for row in found.without_stories] == ["content/courses/untold.md"]
    assert [row.title for row in found.industries_without_stories] == ["Design"]


def test_starts_are_counted_by_month_and_by_whether_one_can_apply() -> None:
    found = report(
        course("one", sessions=[session(0), session(20, seats=0), session(-40), session(500)]),
        course("two", sessions=[session(16), session(17, apply_by=day(-1))]),
        course("own-pace", pace="self-paced"),
        course("silent"),
    )
    months = {month.first.isoformat(): (month.open, month.shut) for month in found.starts.months}
    assert months["2027-01-01"] == (2, 0)
    assert months["2027-02-01"] == (0, 2)
    assert list(months)[-1] == "2027-12-01"
    assert found.starts.later == 1
    assert found.starts.any_time == 1
    assert [row.title for row in found.starts.undated] == ["Silent"]


def test_facts_that_are_missing_are_counted() -> None:
    found = report(course("one", price="free", skills=["listening"]), course("two", outcomes=["Listen"]))
    assert (found.missing["price"], found.missing["skills"], found.missing["outcomes"]) == (1, 1, 1)
    assert found.missing["level"] == 2
    assert "places" not in found.missing


def test_courses_without_a_place_are_counted_where_there_are_places() -> None:
    modes = {"delivery_modes": ["in-person", "online"]}
    found = report(
        place("quay"),
        course("online", delivery_modes=["online"]),
        course("there", places=["quay"], **modes),
        course("dated", sessions=[session(20, location="quay")], **modes),
        course("elsewhere", sessions=[session(20, location="Old library")], **modes),
    )
    assert found.missing["places"] == 1


def test_problems_and_what_is_held_back_are_counted() -> None:
    problems = [
        Problem("unknown-id", "No.", Location("a.md")),
        Problem("missing-price", "Give it.", Location("b.md"), severity=Severity.ADVICE),
    ]
    made = catalogue(course("one"), course("two", draft=True), course("three", draft=True))
    counts = build_report(made, title="T", problems=problems, left_out=["a.md"]).counts
    assert (counts.errors, counts.warnings, counts.advice, counts.left_out) == (1, 0, 1, 1)
    assert counts.held_back == {"draft": 2}


@pytest.mark.parametrize("now", ["9999-12-31T12:00", "0001-01-02T12:00"])
def test_dates_at_the_ends_of_the_calendar(now: str) -> None:
    entries = [
        course("one", sessions=[{"starts": "9999-12-31", "apply_by": "9999-12-31"}], review_by="9999-12-31"),
        story("told", "one", consent={"given": "1900-01-01", "expires": "9999-12-31"}),
    ]
    found = report(*entries, now=now, zone="UTC")
    assert found.consents == ()  # the calendar's last day stands for "for ever"
    assert found.starts.months[0].first.year == clock(now).today.year


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True),
            st.lists(st.sampled_from(["online", "in-person", "blended", "hybrid"]), min_size=1, unique=True),
        ),
        max_size=6,
    )
)
def test_the_map_agrees_with_the_courses(courses: list[tuple[list[str], list[str]]]) -> None:
    entries = [
        course(f"course-{number}", industries=industries, delivery_modes=modes)
        for number, (industries, modes) in enumerate(courses)
    ]
    found = report(*entries)
    for row in found.modes.rows:
        for column, count in zip(found.modes.columns, row.counts, strict=True):
            name = row.title.lower()
            assert count == sum(name in industries and column in modes for industries, modes in courses)


def test_a_course_with_an_own_mode_counts_in_the_column_of_the_built_in_one_too() -> None:
    own = {"own": {"label": "Own", "same_as": "online"}}
    schema = settings(vocabularies={"delivery_modes": own}).site_schema
    courses = [course("a", schema=schema, delivery_modes=["own"]), course("b", delivery_modes=["online"])]
    found = build_report(catalogue(*courses, schema=schema), title="Short courses", schema=schema)
    (row,) = found.modes.rows
    counts = dict(zip(found.modes.columns, row.counts, strict=True))
    assert counts == {"online": 2, "own": 1, "in-person": 0, "blended": 0, "hybrid": 0}
    assert row.courses == 2


def test_columns_have_the_names_that_the_site_gives_them() -> None:
    schema = settings(
        vocabularies={
            "delivery_modes": {"online": "From afar", "hybrid": {"hidden": True}, "sea": "At sea"},
            "paces": {"free": {"label": "Free", "same_as": "self-paced"}, "self-paced": {"hidden": True}},
        }
    ).site_schema
    shown = catalogue(course("a", schema=schema, delivery_modes=["sea"]), schema=schema)
    found = build_report(shown, title="Short courses", schema=schema)
    assert found.modes.columns == ("online", "in-person", "blended", "sea")
    assert found.modes.titles == ("From afar", "In-person", "Blended", "At sea")
    assert found.starts.pace == "free"
    sentences = " ".join(map_sections(found, 5)[0].sentences)
    assert "There is no “From afar” course at all. There is no in-person course at all." in sentences
