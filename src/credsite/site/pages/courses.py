"""The page of each course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from credsite.catalogue.catalogue import Catalogue
from credsite.content.image_slots import PAGE
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from credsite.schema.models.codes import SCHEMES, Classification, Occupation
from credsite.site import views
from credsite.site.api.addresses import course_file
from credsite.site.api.course_documents import course_document, has_document
from credsite.site.cards import course_card, course_cards, story_cards
from credsite.site.course_data import course_data
from credsite.site.course_parts import course_funding, course_languages, course_prerequisites
from credsite.site.course_titles import full_title, title_parts
from credsite.site.details import page_details
from credsite.site.feeds.calendars import course_calendar, course_calendar_path, has_dates
from credsite.site.list_headings import TrailStep
from credsite.site.page_parts import PageFields, page_body, page_fields
from credsite.site.place_parts import place_links
from credsite.site.planned import PlannedPage
from credsite.site.price_parts import course_prices
from credsite.site.session_parts import session_views
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link


def course_pages(catalogue: Catalogue, config: Config) -> Iterator[PlannedPage]:
    """The page of each course, with its calendar if it has sessions to come, and its file for other programs if there are such.

    Its keys are the slug, and what tells it in its title from other courses with the same.
    """
    parts = title_parts(catalogue.courses.values())
    for slug, course in catalogue.courses.items():
        calendar = (course_calendar_path(slug),) if has_dates(catalogue, slug) else ()
        document = (course_file(slug),) if has_document(config, course) else ()
        yield PlannedPage.of_entry(
            course, course_page, *parts.get(slug, ()), companion_outputs=(*calendar, *document)
        )


def course_page(builder: ViewBuilder, slug: str, *in_title: str) -> views.CoursePage:
    page = _course_page(builder, slug, in_title)
    if not has_document(builder.config, builder.catalogue.courses[slug]):
        return page
    return replace(page, document=course_document(builder, page))


def _course_page(builder: ViewBuilder, slug: str, in_title: tuple[str, ...]) -> views.CoursePage:
    catalogue, labels = builder.catalogue, builder.labels
    record = catalogue.courses[slug]
    course = builder.fields(record, Course)
    card = course_card(builder, slug)
    prices, video = course_prices(builder, course), builder.video(record, course.video)
    details = page_details(builder, Kind.COURSE, course)
    data = course_data(builder, course, card, prices, details, video)
    sessions = session_views(builder, course, slug)
    leads_to = catalogue.leads_to.get(slug, ())
    has_calendar = has_dates(catalogue, slug)
    return views.CoursePage(
        **_page_fields(builder, course, card, data, in_title),
        id=slug,
        provider=card.provider,
        partners=tuple(builder.provider(one) for one in course.partners if one in catalogue.providers),
        industries=card.industries,
        modes=card.modes,
        pace=card.pace,
        timing=labels.terms("timing", course.timing),
        duration=course.duration,
        workload=course.workload,
        price=next(iter(prices), None),
        prices=prices[1:],
        funding=tuple(course_funding(builder, course)),
        levels=card.levels,
        qualification_level=_qualification_level(builder, course),
        credits=_credits(course),
        languages=course_languages(builder, course),
        outcomes=course.outcomes,
        skills=tuple(builder.skill(skill.name) for skill in course.skills),
        learning_methods=labels.terms("learning", course.learning_methods),
        assessment_methods=labels.terms("assessment", course.assessment_methods),
        credentials=tuple(builder.credential(record, one) for one in course.all_credentials),
        prerequisites=tuple(course_prerequisites(builder, course)),
        occupations=tuple(map(_occupation, course.occupations)),
        classifications=tuple(map(_classification, course.classifications)),
        enrolment=card.enrolment,
        details=details,
        places=tuple(dict.fromkeys((*card.places, *place_links(builder, record.places)))),
        sessions=tuple(session for session in sessions if session.state != "past"),
        past_sessions=tuple(session for session in sessions if session.state == "past"),
        has_times=any(session.meetings for session in sessions),
        calendar=builder.urls.to(course_calendar_path(slug)) if has_calendar else "",
        dates=course_calendar(builder, record, course) if has_calendar else None,
        enrol_url=course.enrol_url or "",
        contact=course.contact or "",
        video=video,
        support=labels.terms("support", course.support),
        quality_assurance=_quality_assurance(course),
        reviewed_at=course.reviewed_at,
        ctid=course.ctid or "",
        picture=builder.entry_picture(record, PAGE),
        body=page_body(builder, record),
        pathways=tuple(_memberships(builder, slug)),
        leads_to=course_cards(builder, leads_to),
        stories=story_cards(builder, catalogue.stories_of.get(slug, ())),
        related=course_cards(builder, tuple(one for one in catalogue.related[slug] if one not in leads_to)),
        draft=course.draft,
    )


def _page_fields(
    builder: ViewBuilder,
    course: Course,
    card: views.CourseCard,
    data: Mapping[str, Any],
    in_title: tuple[str, ...],
) -> PageFields:
    """The breadcrumbs go through the list of the course's first industry, if that is in the catalogue."""
    record = builder.catalogue.courses[card.id]
    all_courses = TrailStep(builder.translations.gettext("Courses"), "courses/")
    industries = (
        TrailStep(one.title, entry_path(Kind.INDUSTRY, one.id), own=True) for one in card.industries[:1]
    )
    return page_fields(
        builder,
        entry_path(Kind.COURSE, card.id),
        course.title,
        course.summary,
        head_title=full_title(card, in_title),
        section="courses",
        above=(all_courses, *industries),
        entry=record,
        type="article",
        document=course_file(card.id) if has_document(builder.config, record) else "",
        graphs=[data],
    )


def _credits(course: Course) -> tuple[str, ...]:
    return tuple(f"{one.value.normalize():f} {one.unit}" for one in course.credits or ())


def _quality_assurance(course: Course) -> Link | None:
    body = course.quality_assurance
    return Link(body.name, body.url or "") if body is not None else None


def _qualification_level(builder: ViewBuilder, course: Course) -> str:
    level = course.qualification_level
    if level is None:
        return ""
    return builder.translations.gettext("%(framework)s level %(level)s") % {
        "framework": level.framework,
        "level": level.level,
    }


def _occupation(occupation: Occupation) -> views.Code:
    url = occupation.code if occupation.code.startswith("http") else ""
    return views.Code(SCHEMES[occupation.scheme].name, "" if url else occupation.code, occupation.name, url)


def _classification(classification: Classification) -> views.Code:
    return views.Code(SCHEMES[classification.scheme].name, classification.code, "", "")


def _memberships(builder: ViewBuilder, slug: str) -> Iterator[views.PathwayMembership]:
    for pathway_slug in builder.catalogue.pathways_of.get(slug, ()):
        entry = builder.catalogue.pathways[pathway_slug]
        steps = entry.steps
        number = next(number for number, step in enumerate(steps, start=1) if slug in step.courses)
        yield views.PathwayMembership(
            pathway=Link(entry.title, builder.urls.entry(Kind.PATHWAY, pathway_slug)),
            step=steps[number - 1].title,
            number=number,
            steps=len(steps),
            credential=entry.credential,
        )
