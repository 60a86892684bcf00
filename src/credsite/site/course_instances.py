"""The sessions of a course in schema.org's words: CourseInstance, Schedule and Offer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from credsite.catalogue.clock import instant_in
from credsite.core.dates import FOR_EVER, days_on, unless_for_ever
from credsite.schema.models import Course
from credsite.schema.models.meeting import Meeting
from credsite.schema.models.session import Session
from credsite.schema.vocabularies import ONLINE, WEEKDAYS
from credsite.site import views
from credsite.site.json_ld import offer, without_empty
from credsite.site.place_parts import place_data
from credsite.site.view_builder import ViewBuilder

_UPCOMING: Final = ("open", "late", "early", "full", "closed")
_WEEKDAYS: Final = tuple(WEEKDAYS.values())


def course_instances(builder: ViewBuilder, course: Course, card: views.CourseCard) -> list[dict[str, Any]]:
    """The sessions that people can still join or that have not begun, or one instance for each delivery mode if there are none."""
    workload = course.workload.iso() if course.workload else None
    states = builder.catalogue.sessions[card.id]
    upcoming = [course.sessions[number] for number, state in states if state in _UPCOMING]
    if not upcoming:
        places = [data for place in course.places if (data := place_data(builder, place))]
        modes = dict.fromkeys(course.TERMS["mode"][mode].schema_org for mode in course.delivery_modes)
        return [
            without_empty(
                {
                    "@type": "CourseInstance",
                    "courseMode": mode,
                    "courseWorkload": workload,
                    "location": places if mode != "Online" else None,
                }
            )
            for mode in modes
        ]
    return [_instance(builder, course, session, workload, card.price) for session in upcoming]


def _instance(
    builder: ViewBuilder,
    course: Course,
    session: Session,
    workload: str | None,
    price: views.PriceView | None,
) -> dict[str, Any]:
    ends = unless_for_ever(session.ends)
    schedules = [_schedule(builder, session, meeting) for meeting in session.meets]
    return without_empty(
        {
            "@type": "CourseInstance",
            "courseMode": course.TERMS["mode"][_mode(course, session)].schema_org,
            "courseWorkload": workload,
            "startDate": _iso(builder, session.starts),
            "endDate": _iso(builder, ends) if ends else None,
            "courseSchedule": schedules,
            "location": place_data(builder, session.location),
            "instructor": [{"@type": "Person", "name": name} for name in session.instructors],
            "offers": _session_offer(builder, session, price),
        }
    )


def _schedule(builder: ViewBuilder, session: Session, meeting: Meeting) -> dict[str, Any]:
    """When a session meets. Its dates are those of the session; its times are on the clock of the site's time zone."""
    first, last = session.first_day, session.last_day
    cancelled = [
        day for day in meeting.cancelled if first <= day <= last and day.weekday() in meeting.weekdays
    ]
    return without_empty(
        {
            "@type": "Schedule",
            "startDate": first.isoformat(),
            "endDate": last.isoformat() if last < FOR_EVER else None,
            "repeatFrequency": "P1W",
            "repeatCount": days_on(meeting.weekdays, first, last) - len(cancelled)
            if last < FOR_EVER
            else None,
            "byDay": [f"https://schema.org/{_WEEKDAYS[day].schema_org}" for day in meeting.weekdays],
            "startTime": f"{meeting.begins:%H:%M}",
            "endTime": f"{meeting.until:%H:%M}",
            "duration": _duration(meeting),
            "scheduleTimezone": builder.config.timezone,
            "exceptDate": [day.isoformat() for day in cancelled],
        }
    )


def _duration(meeting: Meeting) -> str:
    """How long a meeting takes, as ``PT2H30M``."""
    begins, until = meeting.begins, meeting.until
    hours, minutes = divmod((until.hour - begins.hour) * 60 + until.minute - begins.minute, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")


def _session_offer(
    builder: ViewBuilder, session: Session, price: views.PriceView | None
) -> dict[str, Any] | None:
    """From when people can apply for a session; None where it does not say. The offer of the course has the price too."""
    if session.apply_from is None:
        return None
    closes = unless_for_ever(session.apply_by)
    return {
        **(offer(price) or {"@type": "Offer"}),
        "validFrom": _iso(builder, session.apply_from),
        **({"validThrough": _iso(builder, closes)} if closes else {}),
    }


def _iso(builder: ViewBuilder, moment: date) -> str:
    """A day, or a moment with its difference from UTC."""
    return (
        instant_in(builder.config.zone, moment).isoformat()
        if isinstance(moment, datetime)
        else moment.isoformat()
    )


def _mode(course: Course, session: Session) -> str:
    """The session's delivery mode, or else the first of the course. A session with a location is not `online`."""
    if session.delivery_mode is not None:
        return session.delivery_mode
    terms = course.TERMS["mode"]
    in_person = [mode for mode in course.delivery_modes if terms[mode].meaning != ONLINE]
    return in_person[0] if session.location and in_person else course.delivery_modes[0]
