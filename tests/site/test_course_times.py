"""The times of sessions on the page of a course, in its structured data, and in calendars."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from credsite.site.planner import Plan
from credsite.site.views import Calendar, CalendarEvent, CoursePage, Repeat
from tests.support.catalogues import course, plan, view_of

TERM = {
    "starts": "2027-02-01",
    "ends": "2027-03-15",
    "meets": [{"days": ["monday", "wednesday"], "from": "18:00", "to": "20:30", "except": ["2027-02-15"]}],
}
WORKSHOP = {"starts": "2027-02-06 09:00", "ends": "2027-02-06 16:30"}


def planned(*sessions: dict[str, Any], **options: Any) -> Plan:
    return plan(course("a", delivery_modes=["in-person"], price="495", sessions=list(sessions)), **options)


def page_of(site_plan: Plan) -> CoursePage:
    view = view_of(site_plan, "courses/a/")
    assert isinstance(view, CoursePage)
    return view


def instances(*sessions: dict[str, Any]) -> list[dict[str, Any]]:
    data = json.loads(page_of(planned(*sessions)).head.data)["@graph"][0]
    return data["hasCourseInstance"]  # type: ignore[no-any-return]


def events(*sessions: dict[str, Any]) -> tuple[CalendarEvent, ...]:
    dates = page_of(planned(*sessions)).dates
    assert dates is not None
    assert dates.zone == "America/Halifax"
    return dates.events


def test_when_a_session_meets() -> None:
    page = page_of(planned(TERM, instructors_of(TERM, ["Ama Mensah"]), {"starts": "2027-05-01"}))
    meeting = page.sessions[0].meetings[0]
    assert [day.title for day in meeting.days] == ["Mondays", "Wednesdays"]
    assert (meeting.begins, meeting.ends, meeting.cancelled) == (time(18), time(20, 30), (date(2027, 2, 15),))
    assert (page.has_times, page.sessions[1].instructors, page.sessions[2].meetings) == (
        True,
        ("Ama Mensah",),
        (),
    )
    assert not page_of(planned({"starts": "2027-05-01", "ends": "2027-06-01"})).has_times


def instructors_of(session: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return session | {"starts": "2027-02-02", "instructors": names}


def test_a_session_of_one_day_has_its_times_and_no_end() -> None:
    (session,) = page_of(planned(WORKSHOP)).sessions
    assert (session.starts, session.ends) == (date(2027, 2, 6), None)
    (meeting,) = session.meetings
    assert (meeting.days, meeting.begins, meeting.ends) == ((), time(9), time(16, 30))


def test_a_session_over_several_days_has_its_moments() -> None:
    (session,) = page_of(planned({"starts": "2027-02-06 09:00", "ends": "2027-02-07 16:30"})).sessions
    assert (session.starts, session.ends) == (datetime(2027, 2, 6, 9), datetime(2027, 2, 7, 16, 30))
    assert session.meetings == ()


def test_a_session_that_cannot_be_applied_for_yet_says_from_when() -> None:
    page = page_of(planned(TERM | {"apply_from": "2027-01-20", "enrol_url": "https://a.example/"}))
    assert (page.sessions[0].state, page.sessions[0].opens) == ("early", date(2027, 1, 20))
    assert (page.enrolment.state, page.enrolment.opens) == ("early", date(2027, 1, 20))
    later = page_of(planned(TERM | {"apply_from": "2027-01-02"}))
    assert (later.sessions[0].opens, later.enrolment.opens) == (None, None)


def test_meetings_in_structured_data() -> None:
    (found,) = instances(TERM | {"instructors": ["Ama Mensah"]})
    assert found["courseSchedule"] == [
        {
            "@type": "Schedule",
            "startDate": "2027-02-01",
            "endDate": "2027-03-15",
            "repeatFrequency": "P1W",
            "repeatCount": 12,
            "byDay": ["https://schema.org/Monday", "https://schema.org/Wednesday"],
            "startTime": "18:00",
            "endTime": "20:30",
            "duration": "PT2H30M",
            "scheduleTimezone": "America/Halifax",
            "exceptDate": ["2027-02-15"],
        }
    ]
    assert found["instructor"] == [{"@type": "Person", "name": "Ama Mensah"}]
    assert (found["startDate"], found["endDate"]) == ("2027-02-01", "2027-03-15")


def test_moments_in_structured_data_have_their_difference_from_utc() -> None:
    (found,) = instances({"starts": "2027-03-13 09:00", "ends": "2027-03-14 16:30"})
    assert (found["startDate"], found["endDate"]) == (
        "2027-03-13T09:00:00-04:00",
        "2027-03-14T16:30:00-03:00",
    )


def test_from_when_a_session_is_offered() -> None:
    (found,) = instances(TERM | {"apply_from": "2027-01-20", "apply_by": "2027-01-25 12:00"})
    assert found["offers"] == {
        "@type": "Offer",
        "price": "495",
        "priceCurrency": "CAD",
        "validFrom": "2027-01-20",
        "validThrough": "2027-01-25T12:00:00-04:00",
    }
    assert not instances(TERM)[0]["offers"].keys() & {"validFrom", "validThrough"}


def test_meetings_are_events_that_repeat() -> None:
    both = TERM | {"meets": [*TERM["meets"], "Saturdays 9:00-12:00"]}
    first, second = events(both)
    assert (first.starts, first.ends) == (datetime(2027, 2, 1, 18), datetime(2027, 2, 1, 20, 30))
    assert first.repeat == Repeat((0, 2), date(2027, 3, 15), (date(2027, 2, 15),))
    assert (second.starts, second.repeat) == (datetime(2027, 2, 6, 9), Repeat((5,), date(2027, 3, 13), ()))
    assert first.uid != second.uid


def test_the_first_event_of_a_session_keeps_its_identifier_when_times_are_added() -> None:
    without = {name: value for name, value in TERM.items() if name != "meets"}
    assert (
        events(without)[0].uid
        == events(TERM)[0].uid
        == events(without | {"starts": "2027-02-01 18:00"})[0].uid
    )


def test_a_meeting_begins_on_its_first_day_that_is_no_exception() -> None:
    (found,) = events(TERM | {"meets": "Mondays 18:00-20:00 except 2027-02-01, 2027-02-16, 2027-03-15"})
    assert found.starts == datetime(2027, 2, 8, 18)
    assert found.repeat == Repeat((0,), date(2027, 3, 8), ())


def test_a_meeting_that_takes_place_once_does_not_repeat() -> None:
    (found,) = events(TERM | {"ends": "2027-02-02", "meets": "Mondays 18:00-20:00"})
    assert found.repeat is None


def test_a_session_without_meetings_lasts_from_one_moment_to_another() -> None:
    (found,) = events(WORKSHOP)
    assert (found.starts, found.ends, found.repeat) == (
        datetime(2027, 2, 6, 9),
        datetime(2027, 2, 6, 16, 30),
        None,
    )
    (found,) = events({"starts": "2027-02-06 09:00", "ends": "2027-02-10"})  # nobody knows when it ends
    assert (found.starts, found.ends) == (date(2027, 2, 6), date(2027, 2, 10))


def test_the_calendar_of_starts_has_the_first_meeting() -> None:
    site_plan = planned(TERM, WORKSHOP, {"starts": "2027-05-01", "ends": "2027-06-01"})
    calendar = next(one.view(site_plan.view_builder) for one in site_plan.feeds if one.path == "calendar.ics")
    assert isinstance(calendar, Calendar)
    assert [(event.starts, event.ends, event.repeat) for event in calendar.events] == [
        (datetime(2027, 2, 1, 18), datetime(2027, 2, 1, 20, 30), None),
        (datetime(2027, 2, 6, 9), datetime(2027, 2, 6, 16, 30), None),
        (date(2027, 5, 1), None, None),
    ]
