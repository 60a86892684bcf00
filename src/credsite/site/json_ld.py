"""Structured data for search engines: schema.org in JSON-LD.

Sources: schema.org (Course, CourseInstance, EducationalOccupationalProgram, ItemList, BreadcrumbList, Article) and search
engines' own documentation of course lists. Empty properties are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from credsite.content.records import ProviderRecord, StoryRecord
from credsite.core.dates import unless_for_ever
from credsite.core.serialization import json_bytes
from credsite.schema.models import Course
from credsite.schema.models.course import Session
from credsite.schema.vocabularies import DELIVERY_MODES
from credsite.site import views
from credsite.site.urls import Urls

_MIN_LIST_LENGTH: Final = 3


def json_ld_script(*graphs: Mapping[str, Any]) -> str:
    """JSON-LD for a script element. ``<`` is escaped, so that no text in it can close the element."""
    graph = [one for one in graphs if one]
    if not graph:
        return ""
    document = {"@context": "https://schema.org", "@graph": graph}
    return json_bytes(document).decode("utf-8", "surrogatepass").replace("<", "\\u003c")


def breadcrumb_list(crumbs: Sequence[views.Link], urls: Urls) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb.title, "item": _absolute(crumb.url, urls)}
            for number, crumb in enumerate(crumbs, start=1)
        ],
    }


def course_item_list(cards: Sequence[views.CourseCard], urls: Urls) -> dict[str, Any]:
    """The courses on a page, in order. Nothing for fewer than three, which search engines ignore."""
    if len(cards) < _MIN_LIST_LENGTH:
        return {}
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": _absolute(card.url, urls)}
            for number, card in enumerate(cards, start=1)
        ],
    }


def course_data(
    fields: Course,
    card: views.CourseCard,
    languages: Sequence[str],
    provider: ProviderRecord,
    urls: Urls,
    path: str,
    states: Sequence[tuple[int, str]],
    properties: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """``properties`` are the own fields that the page shows."""
    credential = fields.credential
    return _without_empty(
        {
            "@type": "Course",
            "@id": urls.absolute(path),
            "name": fields.title,
            "courseCode": fields.code,
            "description": fields.summary,
            "url": urls.absolute(path),
            "provider": _without_empty(
                {"@type": "Organization", "name": provider.title, "sameAs": provider.url}
            ),
            "inLanguage": list(languages),
            "teaches": [*fields.outcomes, *(skill.name for skill in fields.skills)],
            "about": [term.title for term in card.industries],
            "educationalLevel": card.level.title if card.level else None,
            "educationalCredentialAwarded": (credential.name or fields.title) if credential else None,
            "offers": _offer(card.price),
            "hasCourseInstance": _instances(fields, states),
            "additionalProperty": _property_values(properties),
        }
    )


def _property_values(properties: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"@type": "PropertyValue", **one} for one in properties]


def _offer(price: views.PriceView | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return _without_empty(
        {
            "@type": "Offer",
            "category": "Free" if price.free else "Paid",
            "price": f"{price.minimum:f}",
            "priceCurrency": price.currency,
        }
    )


def _instances(fields: Course, states: Sequence[tuple[int, str]]) -> list[dict[str, Any]]:
    """The sessions that people can still join or that have not begun, or one instance for each delivery mode if there are none."""
    workload = fields.workload.iso() if fields.workload else None
    upcoming = [
        fields.sessions[number] for number, state in states if state in ("open", "late", "full", "closed")
    ]
    if not upcoming:
        return [
            _without_empty({"@type": "CourseInstance", "courseMode": mode, "courseWorkload": workload})
            for mode in dict.fromkeys(DELIVERY_MODES[mode].schema_org for mode in fields.delivery_modes)
        ]
    return [
        _without_empty(
            {
                "@type": "CourseInstance",
                "courseMode": DELIVERY_MODES[_mode(fields, session)].schema_org,
                "courseWorkload": workload,
                "startDate": session.starts.isoformat(),
                "endDate": ends.isoformat() if (ends := unless_for_ever(session.ends)) else None,
                "location": {"@type": "Place", "name": session.location} if session.location else None,
            }
        )
        for session in upcoming
    ]


def _mode(fields: Course, session: Session) -> str:
    """The session's delivery mode, or else the first of the course. A session with a location is not `online`."""
    if session.delivery_mode is not None:
        return session.delivery_mode
    in_person = [mode for mode in fields.delivery_modes if mode != "online"]
    return in_person[0] if session.location and in_person else fields.delivery_modes[0]


def program_data(
    view_card: views.PathwayCard,
    courses: Sequence[views.CourseCard],
    urls: Urls,
    path: str,
    properties: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """``properties`` are the own fields that the page shows."""
    return _without_empty(
        {
            "@type": "EducationalOccupationalProgram",
            "@id": urls.absolute(path),
            "name": view_card.title,
            "description": view_card.summary,
            "url": urls.absolute(path),
            "provider": {"@type": "Organization", "name": view_card.provider.title}
            if view_card.provider
            else None,
            "educationalCredentialAwarded": view_card.credential,
            "timeToComplete": view_card.duration.iso() if view_card.duration else None,
            "offers": _offer(view_card.price),
            "hasCourse": [
                {"@type": "Course", "name": card.title, "url": _absolute(card.url, urls)} for card in courses
            ],
            "additionalProperty": _property_values(properties),
        }
    )


def article_data(story: StoryRecord, path: str, urls: Urls) -> dict[str, Any]:
    return _without_empty(
        {
            "@type": "Article",
            "headline": story.title,
            "description": story.summary,
            "url": urls.absolute(path),
            "datePublished": story.told_at.isoformat() if story.told_at else None,
            "about": {"@type": "Person", "name": story.learner},
        }
    )


def _absolute(url: str, urls: Urls) -> str:
    return urls.base_url + url.removeprefix(urls.base_path)


def _without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """``data`` without empty values."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
