"""The home page: the ways into the catalogue, and what is on soon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from credsite.catalogue.enrolment import session_state
from credsite.content.model import Course, Entry, EntryFields
from credsite.content.model.course import Session
from credsite.site import views
from credsite.site.pages import PlannedPage
from credsite.site.parts import Parts
from credsite.site.story_pages import background_links

_COURSES: Final = 6
_STORIES: Final = 3
_STARTS: Final = 8
_PATHWAYS: Final = 3

Fields = TypeVar("Fields", bound=EntryFields)


def home_page(parts: Parts) -> PlannedPage:
    catalogue, config = parts.catalogue, parts.config
    view = views.HomePage(
        head=parts.head("", config.title, config.description or config.tagline),
        section="home",
        crumbs=(),
        heading=config.title,
        summary=config.tagline,
        courses=len(catalogue.courses),
        providers=len(catalogue.providers),
        stories_total=len(catalogue.stories),
        industries=tuple(parts.industry_card(slug) for slug in catalogue.by_industry),
        modes=tuple(parts.mode_card(mode) for mode in catalogue.modes if mode in catalogue.by_mode),
        featured=parts.course_cards(_featured(catalogue.courses, _COURSES)),
        starts=tuple(_starts(parts)),
        stories=parts.story_cards(_featured(catalogue.stories, _STORIES)),
        backgrounds=background_links(parts),
        pathways=parts.pathway_cards(_featured(catalogue.pathways, _PATHWAYS)),
        guides=tuple(parts.guide_card(slug) for slug in parts.guides()),
        all_courses=parts.urls.to("courses/"),
        all_stories=parts.urls.to("stories/") if catalogue.stories else "",
        all_pathways=parts.urls.to("pathways/") if catalogue.pathways else "",
    )
    return PlannedPage("", view)


def _featured(entries: Mapping[str, Entry[Fields]], most: int) -> tuple[str, ...]:
    """The featured entries, or the first ones where none is featured."""
    chosen = [slug for slug, entry in entries.items() if entry.fields.featured]
    return tuple((chosen or list(entries))[:most])


def _starts(parts: Parts) -> list[views.Start]:
    """The next sessions that one can enrol in, soonest first."""
    today = parts.catalogue.clock.today
    coming = [
        (session.starts, slug, number)
        for slug, entry in parts.catalogue.courses.items()
        for number, session in enumerate(entry.fields.sessions)
        if session_state(session, today) == "open"
    ]
    return [
        _start(parts, slug, parts.catalogue.courses[slug].fields, number)
        for _, slug, number in sorted(coming)[:_STARTS]
    ]


def _start(parts: Parts, slug: str, course: Course, number: int) -> views.Start:
    session: Session = course.sessions[number]
    card = parts.course_card(slug)
    mode = session.delivery_mode or (course.delivery_modes[0] if len(course.delivery_modes) == 1 else None)
    return views.Start(
        course=views.Link(card.title, card.url),
        provider=card.provider,
        mode=parts.mode(mode) if mode else None,
        starts=session.starts,
        apply_by=session.apply_by,
        location=session.location,
        price=card.price,
    )
