from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from credsite.catalogue.publication_history import PublicationHistory, PublishedSession
from credsite.site.planner import Plan
from credsite.site.views import Calendar, CoursePage, Link
from tests.support.catalogues import AnyEntry, course, plan, planned, settings, view_of
from tests.support.growth import MOST, growth

SESSION = {"starts": "2027-02-20", "ends": "2027-02-25", "apply_by": "2027-02-10"}


def calendars(*entries: AnyEntry, **options: Any) -> dict[str, Calendar]:
    """The calendars of a plan by their paths."""
    return calendars_of(plan(*entries, **options))


def calendars_of(site_plan: Plan) -> dict[str, Calendar]:
    result: dict[str, Any] = {one.path: one.view(site_plan.view_builder) for one in site_plan.feeds}
    for page in site_plan.pages:
        view = page.view(site_plan.view_builder)
        if isinstance(view, CoursePage):
            assert bool(page.companion_outputs) == (view.dates is not None)
            result.update(dict.fromkeys(page.companion_outputs, view.dates))
    return {path: view for path, view in result.items() if isinstance(view, Calendar)}


def told(calendar: Calendar) -> list[tuple[str, str, str]]:
    """Each event's kind, first and last day."""
    return [
        (one.kind, one.starts.isoformat(), one.ends.isoformat() if one.ends else "")
        for one in calendar.events
    ]


def test_a_course_with_dates_to_come_has_a_calendar_of_them() -> None:
    site_plan = plan(
        course("dated", sessions=[SESSION, {"starts": "2026-12-01"}]),
        course("over", sessions=[{"starts": "2026-12-01"}]),
        course("undated"),
    )
    result = calendars_of(site_plan)
    assert set(result) == {
        "courses/dated/sessions.ics",
        "calendar.ics",
        "industries/health/calendar.ics",
        "delivery/online/calendar.ics",
    }
    assert told(result["courses/dated/sessions.ics"]) == [
        ("deadline", "2027-02-10", ""),
        ("session", "2027-02-20", "2027-02-25"),
    ]
    links = {slug: view_of(site_plan, f"courses/{slug}/").calendar for slug in ("dated", "over", "undated")}
    assert links == {"dated": "/courses/dated/sessions.ics", "over": "", "undated": ""}


@pytest.mark.parametrize(
    ("now", "state", "kinds"),
    [
        ("2027-02-10", "open", ["deadline", "session"]),
        ("2027-02-11", "closed", ["session"]),
        ("2027-02-21", "running", ["session"]),
        ("2027-02-26", "", []),
    ],
)
def test_a_last_day_to_apply_is_an_event_until_it_is_over(now: str, state: str, kinds: list[str]) -> None:
    site_plan = calendars(course("a", sessions=[SESSION]), now=now)
    events = site_plan["courses/a/sessions.ics"].events if kinds else ()
    assert [event.kind for event in events] == kinds
    assert {event.state for event in events} == ({state} if state else set())
    assert ("calendar.ics" in site_plan) == (state == "open")


def test_the_last_day_of_a_late_entry_is_an_event_after_the_start_too() -> None:
    session = SESSION | {"apply_by": "2027-02-23"}
    site_plan = calendars(course("a", sessions=[session]), now="2027-02-21")
    assert told(site_plan["courses/a/sessions.ics"]) == [
        ("session", "2027-02-20", "2027-02-25"),
        ("deadline", "2027-02-23", ""),
    ]
    assert {event.state for event in site_plan["courses/a/sessions.ics"].events} == {"late"}
    assert "calendar.ics" not in site_plan  # of dates that are still to come


def test_a_session_that_goes_on_for_ever_has_no_last_day() -> None:
    for_ever = {"starts": "2027-02-20", "ends": "9999-12-31", "apply_by": "9999-12-31"}
    site_plan = plan(course("a", sessions=[for_ever]), now="2027-03-01")
    assert told(calendars_of(site_plan)["courses/a/sessions.ics"]) == [("session", "2027-02-20", "")]
    page = view_of(site_plan, "courses/a/")
    assert [(session.ends, session.apply_by, session.state) for session in page.sessions] == [
        (None, None, "late")
    ]
    assert (page.enrolment.state, page.enrolment.apply_by) == ("late", None)


def test_a_full_session_stays_for_those_who_have_a_place() -> None:
    site_plan = calendars(course("a", sessions=[SESSION | {"seats": 0}]))
    assert told(site_plan["courses/a/sessions.ics"]) == [("session", "2027-02-20", "2027-02-25")]
    assert "calendar.ics" not in site_plan


def test_all_start_dates_soonest_first() -> None:
    site_plan = plan(
        course("b", sessions=[{"starts": "2027-03-01"}, {"starts": "2027-02-01", "ends": "2027-05-01"}]),
        course("a", sessions=[{"starts": "2027-03-01"}]),
        course("closed", sessions=[{"starts": "2027-02-02", "apply_by": "2027-01-01"}]),
    )
    feed = calendars_of(site_plan)["calendar.ics"]
    assert feed.name == "Start dates – Short courses"
    assert told(feed) == [
        ("start", "2027-02-01", ""),
        ("start", "2027-03-01", ""),
        ("start", "2027-03-01", ""),
    ]
    assert [event.course.title for event in feed.events] == ["B", "A", "B"]
    assert site_plan.layout.calendar == Link("Calendar of start dates", "/calendar.ics")
    assert plan(course("a")).layout.calendar is None


def test_the_calendar_of_all_start_dates_stays_short() -> None:
    sessions = [{"starts": f"2027-{2 + day // 28:02}-{1 + day % 28:02}"} for day in range(60)]
    site_plan = calendars(*(course(f"c-{n}", sessions=sessions) for n in range(10)))
    assert len(site_plan["calendar.ics"].events) == 500


def test_drafts_are_in_no_calendar_of_all() -> None:
    site_plan, _ = planned(
        course("shown", sessions=[SESSION]), course("draft", sessions=[SESSION], draft=True), drafts=True
    )
    for path in ("calendar.ics", "industries/health/calendar.ics", "delivery/online/calendar.ics"):
        assert {event.course.title for event in calendars_of(site_plan)[path].events} == {"Shown"}
    only, _ = planned(course("draft", sessions=[SESSION], draft=True), drafts=True)
    assert set(calendars_of(only)) == {"courses/draft/sessions.ics"}
    assert only.layout.calendar is None


def uids(sessions: list[dict[str, Any]], **fields: Any) -> list[str]:
    """The identifiers of the events of a course, in the order of the events."""
    config = settings(base_url="https://example.org/a/b/")
    found = calendars(course("a", sessions=sessions, **fields), config=config)
    return [event.uid for event in found["courses/a/sessions.ics"].events]


def test_events_keep_their_names_when_their_dates_move_and_whatever_else_is_edited() -> None:
    two = [SESSION, SESSION | {"location": "Room 2"}]
    before = uids(two)
    assert before == [
        "a.1.deadline@example.org.a.b",
        "a.2.deadline@example.org.a.b",
        "a.1.session@example.org.a.b",
        "a.2.session@example.org.a.b",
    ]
    moved = [
        SESSION | {"starts": "2027-02-21", "apply_by": "2027-02-11", "seats": 9},
        SESSION | {"starts": "2027-02-22", "apply_by": "2027-02-12", "location": "Room 3"},
    ]
    assert uids(moved, title="Another") == before
    config = settings(base_url="https://example.org/a/b/")
    after = calendars(course("a", sessions=moved), config=config)
    assert {event.uid for event in after["calendar.ics"].events} == {
        f"a.{number}.{kind}@example.org.a.b" for number in (1, 2) for kind in ("start", "deadline")
    }


def test_a_session_of_which_the_published_dates_are_known_keeps_its_name_and_says_that_it_moved() -> None:
    published = {
        "a": (
            PublishedSession("1", "2027-01-20//", 0, datetime(2026, 11, 1, tzinfo=UTC)),
            PublishedSession("2", "2027-02-20/2027-02-25/2027-02-10", 0, datetime(2026, 11, 1, tzinfo=UTC)),
            PublishedSession("3", "2027-03-20//", 1, datetime(2026, 11, 2, tzinfo=UTC)),
        )
    }
    sessions = [SESSION, {"starts": "2027-04-20"}, {"starts": "2027-03-21"}]
    found = calendars(course("a", sessions=sessions), history=PublicationHistory(sessions=published))
    assert [
        (event.uid.partition("@")[0], event.sequence, event.changed)
        for event in found["courses/a/sessions.ics"].events
    ] == [
        ("a.2.deadline", 0, datetime(2026, 11, 1, tzinfo=UTC)),
        ("a.2.session", 0, datetime(2026, 11, 1, tzinfo=UTC)),
        ("a.3.session", 2, datetime(2026, 11, 2, 0, 0, 1, tzinfo=UTC)),
        ("a.4.session", 0, datetime(1970, 1, 1, tzinfo=UTC)),
    ]


def test_industries_and_delivery_modes_have_calendars_of_their_own() -> None:
    site_plan = plan(
        course("a", sessions=[{"starts": "2027-03-01"}], industries=["health"], delivery_modes=["online"]),
        course(
            "b",
            sessions=[
                SESSION | {"delivery_mode": "in-person"},
                {"starts": "2027-02-01", "delivery_mode": "online"},
            ],
            industries=["trade"],
            delivery_modes=["online", "in-person"],
        ),
        course("full", sessions=[SESSION | {"seats": 0}], industries=["care"], delivery_modes=["hybrid"]),
    )
    found = {
        path: [(event.uid.partition("@")[0]) for event in one.events]
        for path, one in calendars_of(site_plan).items()
        if path.endswith("/calendar.ics")
    }
    assert found == {
        "industries/health/calendar.ics": ["a.1.start"],
        "industries/trade/calendar.ics": ["b.2.start", "b.1.deadline", "b.1.start"],
        "delivery/online/calendar.ics": ["b.2.start", "a.1.start"],
        "delivery/in-person/calendar.ics": ["b.1.deadline", "b.1.start"],
    }
    follow = view_of(site_plan, "industries/health/").follow
    assert follow.calendar == Link("Calendar of start dates: Health", "/industries/health/calendar.ics")
    assert view_of(site_plan, "courses/").follow.calendar == site_plan.layout.calendar
    assert view_of(site_plan, "industries/care/").follow is None
    assert view_of(site_plan, "providers/college/").follow is None


def test_the_calendar_of_an_industry_stays_short() -> None:
    sessions = [{"starts": f"2027-{2 + day // 28:02}-{1 + day % 28:02}"} for day in range(60)]
    found = calendars(*(course(f"c-{n}", sessions=sessions) for n in range(2)))
    assert len(found["industries/health/calendar.ics"].events) == 100


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({}, datetime(1970, 1, 1, tzinfo=UTC)),
        ({"reviewed_at": "2026-11-02"}, datetime(2026, 11, 2, 4, tzinfo=UTC)),
        ({"publish_at": "2026-06-01 09:30"}, datetime(2026, 6, 1, 12, 30, tzinfo=UTC)),
        ({"publish_at": "2026-06-01T09:30+02:00"}, datetime(2026, 6, 1, 7, 30, tzinfo=UTC)),
    ],
)
def test_an_event_says_when_its_entry_changed_and_never_when_it_was_built(
    fields: dict[str, Any], changed: datetime
) -> None:
    for now in ("2027-01-15", "2027-01-16"):
        site_plan = calendars(course("a", sessions=[SESSION], **fields), now=now)
        assert {event.changed for one in site_plan.values() for event in one.events} == {changed}


def test_an_event_has_a_place() -> None:
    site_plan = calendars(
        course(
            "a",
            delivery_modes=["online", "in-person"],
            sessions=[
                {"starts": "2027-02-01", "delivery_mode": "online"},
                {"starts": "2027-02-02", "delivery_mode": "in-person", "location": "Room 2"},
                {"starts": "2027-02-03"},
            ],
        ),
        course("b", delivery_modes=["online"], sessions=[{"starts": "2027-02-04"}]),
    )
    places = {event.starts: event.location for event in site_plan["calendar.ics"].events}
    assert places == {
        date(2027, 2, 1): "Online",
        date(2027, 2, 2): "Room 2",
        date(2027, 2, 3): "",
        date(2027, 2, 4): "Online",
    }


def test_an_address_that_is_in_use_is_a_problem() -> None:
    site_plan, problems = planned(
        course("a", sessions=[SESSION]), course("b", aliases=["/courses/a/sessions.ics"], sessions=[SESSION])
    )
    assert [(problem.code, problem.location.path) for problem in problems] == [
        ("url-collision", "content/courses/b.md")
    ]
    assert "courses/a/sessions.ics" in calendars_of(site_plan)
    assert "courses/a/sessions.ics/" not in {one.path for one in site_plan.pages}


def test_thousands_of_sessions_with_the_same_dates_take_as_long_as_others() -> None:
    assert growth(lambda count: uids([SESSION] * count), 1_000) <= MOST


def test_a_session_that_is_online_in_the_sites_own_words_has_its_mode_for_a_place() -> None:
    config = settings(
        vocabularies={"delivery_modes": {"live": {"label": "Live", "same_as": "online"}, "sea": "At sea"}}
    )
    sessions = [
        {"starts": "2027-02-01", "delivery_mode": "live"},
        {"starts": "2027-02-02", "delivery_mode": "sea"},
    ]
    entry = course("a", schema=config.site_schema, delivery_modes=["live", "sea"], sessions=sessions)
    events = calendars(entry, config=config)["calendar.ics"].events
    assert [event.location for event in events] == ["Live", ""]
