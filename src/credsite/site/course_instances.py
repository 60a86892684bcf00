"""The sessions of a course in schema.org's words: CourseInstance, Schedule and Offer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from credsite.core.dates import FOR_EVER, days_on, unless_for_ever
from credsite.schema.models import Course
from credsite.schema.models.meeting import Meeting
from credsite.schema.models.session import Session
from credsite.schema.vocabularies import DELIVERY_MODES, ONLINE, WEEKDAYS
from credsite.site import views
from credsite.site.json_ld import instant, one_or_list, price_data, without_empty
from credsite.site.place_parts import place_data
from credsite.site.session_parts import session_ids, session_mode
from credsite.site.view_builder import ViewBuilder

_WEEKDAYS: Final = tuple(WEEKDAYS.values())
_ONLINE: Final = DELIVERY_MODES[ONLINE].schema_org
_ENUMERATION: Final = "https://schema.org/"
_AVAILABILITY: Final = {
    "open": "InStock",
    "late": "InStock",
    "full": "SoldOut",
    "closed": "OutOfStock",
    "running": "OutOfStock",
    "past": "OutOfStock",
    "ended": "OutOfStock",
}
"""Whether people can still enrol, by the state of a session or a course. Others say it with a date, or cannot know it."""


def availability(state: str) -> str:
    """Of a course as a whole, in schema.org's words. "" where people can enrol: each of its sessions says so."""
    found = _AVAILABILITY.get(state, "InStock")
    return "" if found == "InStock" else f"{_ENUMERATION}{found}"


def course_instances(
    builder: ViewBuilder, course: Course, card: views.CourseCard, url: str
) -> list[dict[str, Any]]:
    """The sessions that are not over. Without any, those that are; without sessions, one instance for each delivery mode.

    ``url`` is that of the course's page.
    """
    states = builder.catalogue.sessions[card.id]
    has_more = any(state != "past" for _, state in states)
    shown = [(number, state) for number, state in states if state != "past" or not has_more]
    if not shown or (card.enrolment.state == "any-time" and not has_more):
        return _undated_instances(builder, course, url)
    ids = session_ids(course)
    places = _Places(builder)
    return [
        _instance(builder, course, course.sessions[number], state, f"{url}#{ids[number]}", card.price, places)
        for number, state in shown
    ]


def _undated_instances(builder: ViewBuilder, course: Course, url: str) -> list[dict[str, Any]]:
    places = _Places(builder)
    modes = dict.fromkeys(course.TERMS["mode"][mode].schema_org for mode in course.delivery_modes)
    return [
        without_empty(
            {
                "@type": "CourseInstance",
                "@id": f"{url}#{mode.lower()}",
                "courseMode": mode,
                "courseWorkload": _workload(course),
                "location": one_or_list(places.data(course.places)) if mode != _ONLINE else None,
            }
        )
        for mode in modes
    ]


def _workload(course: Course) -> str | None:
    return course.workload.iso() if course.workload else None


def _instance(
    builder: ViewBuilder,
    course: Course,
    session: Session,
    state: str,
    url: str,
    price: views.PriceView | None,
    places: _Places,
) -> dict[str, Any]:
    ends = unless_for_ever(session.ends)
    mode_id = session_mode(session, course.delivery_modes)
    mode = course.TERMS["mode"][mode_id].schema_org if mode_id else ""
    zone = builder.config.zone
    at = (session.location,) if session.location else course.places if mode and mode != _ONLINE else ()
    return without_empty(
        {
            "@type": "CourseInstance",
            "@id": url,
            "url": url,
            "courseMode": mode,
            "courseWorkload": _workload(course),
            "startDate": instant(session.starts, zone),
            "endDate": instant(ends, zone) if ends else None,
            "courseSchedule": [_schedule(builder, session, meeting) for meeting in session.meets],
            "location": one_or_list(places.data(at)),
            "instructor": [{"@type": "Person", "name": name} for name in session.instructors],
            "offers": _session_offer(builder, session, state, price),
        }
    )


class _Places:
    """The places of one page in schema.org's words. Each is described once, and then named by its ``@id``."""

    def __init__(self, builder: ViewBuilder) -> None:
        self._builder = builder
        self._described: set[str] = set()

    def data(self, values: Iterable[str]) -> list[dict[str, Any]]:
        """What ``location`` and ``places`` of a course say: the ids of places, or texts. Places that are hidden are left out."""
        return [found for value in values if (found := self._place(value)) is not None]

    def _place(self, value: str) -> dict[str, Any] | None:
        found = place_data(self._builder, value)
        if found is None or "@id" not in found:
            return found
        if value in self._described:
            return {"@id": found["@id"]}
        self._described.add(value)
        return found


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
    builder: ViewBuilder, session: Session, state: str, price: views.PriceView | None
) -> dict[str, Any]:
    """Whether and until when people can enrol in a session, and for how much. The offers of the course say more of the price."""
    zone, closes = builder.config.zone, unless_for_ever(session.apply_by)
    available = _AVAILABILITY.get(state)
    return without_empty(
        {
            "@type": "Offer",
            **(price_data(price) if price is not None else {}),
            "availability": f"{_ENUMERATION}{available}" if available else None,
            "validFrom": instant(session.apply_from, zone) if session.apply_from else None,
            "validThrough": instant(closes, zone) if closes else None,
            "url": session.enrol_url,
        }
    )
