"""The page of each course."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.catalogue.catalogue import Catalogue
from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from credsite.schema.models.codes import SCHEMES, Occupation
from credsite.schema.models.course import Session as CourseSession
from credsite.site import json_ld, views
from credsite.site.cards import course_card, course_cards, story_cards
from credsite.site.details import page_details
from credsite.site.feeds.calendars import course_calendar, course_calendar_path, has_dates
from credsite.site.page_parts import breadcrumbs, page_body, page_head
from credsite.site.planned import PlannedPage, iso_day
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link


def course_pages(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The pages of all courses."""
    for slug, course in catalogue.courses.items():
        path = entry_path(Kind.COURSE, slug)
        yield PlannedPage(
            path,
            course_page,
            (slug,),
            course.path,
            iso_day(course.updated),
            in_sitemap=not course.draft,
            companion_output=course_calendar_path(slug) if has_dates(catalogue, slug) else "",
        )


def course_page(builder: ViewBuilder, slug: str) -> views.CoursePage:
    catalogue, labels = builder.catalogue, builder.labels
    record = catalogue.courses[slug]
    course = builder.fields(record, Course)
    path = entry_path(Kind.COURSE, slug)
    modes = builder.modes(course.delivery_modes)
    states = catalogue.sessions[slug]
    sessions = [_session(builder, course, course.sessions[number], state) for number, state in states]
    first_industry = next((i for i in course.industries if i in catalogue.industries), None)
    trail = [(builder.translations.gettext("Courses"), "courses/")]
    if first_industry is not None:
        trail.append((catalogue.industries[first_industry].title, entry_path(Kind.INDUSTRY, first_industry)))
    crumbs = breadcrumbs(builder, *trail, (course.title, path))
    provider = catalogue.providers[course.provider]
    card = course_card(builder, slug)
    languages = course.languages or (builder.config.language,)
    leads_to = catalogue.leads_to.get(slug, ())
    return views.CoursePage(
        head=page_head(
            builder,
            path,
            course.title,
            course.summary,
            entry=record,
            type="article",
            data=json_ld.json_ld_script(
                json_ld.course_data(course, card, languages, provider, builder.urls, path, states),
                json_ld.breadcrumb_list(crumbs, builder.urls),
            ),
        ),
        section="courses",
        crumbs=crumbs,
        heading=course.title,
        summary=course.summary,
        id=slug,
        provider=card.provider,
        partners=tuple(builder.provider(one) for one in course.partners if one in catalogue.providers),
        industries=card.industries,
        modes=modes,
        pace=card.pace,
        timing=labels.terms("timing", course.timing),
        duration=course.duration,
        workload=course.workload,
        price=card.price,
        funding=tuple(
            views.FundingView(found.title, found.summary, found.url or "")
            for one in course.funding
            if (found := builder.config.funding.get(one)) is not None
        ),
        level=card.level,
        qualification_level=_qualification_level(builder, course),
        credits=f"{course.credits.value.normalize():f} {course.credits.unit}" if course.credits else "",
        languages=languages,
        outcomes=course.outcomes,
        skills=tuple(builder.skill(skill.name) for skill in course.skills),
        learning_methods=labels.terms("learning", course.learning_methods),
        assessment_methods=labels.terms("assessment", course.assessment_methods),
        credential=builder.credential(record, course.credential),
        prerequisites=tuple(_prerequisites(builder, course)),
        occupations=tuple(_occupation(occupation) for occupation in course.occupations),
        classifications=tuple(
            views.Code(SCHEMES[c.scheme].name, c.code, "", "") for c in course.classifications
        ),
        enrolment=card.enrolment,
        details=page_details(builder, course),
        sessions=tuple(session for session in sessions if session.state != "past"),
        past_sessions=tuple(session for session in sessions if session.state == "past"),
        calendar=builder.urls.to(course_calendar_path(slug)) if has_dates(catalogue, slug) else "",
        dates=course_calendar(builder, slug) if has_dates(catalogue, slug) else None,
        enrol_url=course.enrol_url or "",
        contact=course.contact or "",
        support=labels.terms("support", course.support),
        quality_assurance=Link(course.quality_assurance.name, course.quality_assurance.url or "")
        if course.quality_assurance
        else None,
        reviewed_at=course.reviewed_at,
        ctid=course.ctid or "",
        picture=builder.entry_picture(record),
        body=page_body(builder, record),
        pathways=tuple(_pathway_places(builder, slug)),
        leads_to=course_cards(builder, leads_to),
        stories=story_cards(builder, catalogue.stories_of.get(slug, ())),
        related=course_cards(builder, tuple(one for one in catalogue.related[slug] if one not in leads_to)),
        draft=course.draft,
    )


def _session(builder: ViewBuilder, course: Course, session: CourseSession, state: str) -> views.SessionView:
    mode = session.delivery_mode or (course.delivery_modes[0] if len(course.delivery_modes) == 1 else None)
    return views.SessionView(
        starts=session.starts,
        ends=session.ends,
        apply_by=session.apply_by,
        mode=builder.mode(mode) if mode else None,
        location=session.location,
        timing=builder.labels.terms("timing", session.timing),
        seats=session.seats,
        enrol_url=session.enrol_url or course.enrol_url or "",
        state=state,
    )


def _qualification_level(builder: ViewBuilder, course: Course) -> str:
    level = course.qualification_level
    if level is None:
        return ""
    return builder.translations.gettext("%(framework)s level %(level)s") % {
        "framework": level.framework,
        "level": level.level,
    }


def _prerequisites(builder: ViewBuilder, course: Course) -> Iterator[Link]:
    for needed in course.prerequisites:
        found = builder.catalogue.courses.get(needed)
        if found is not None:
            yield Link(found.title, builder.urls.entry(Kind.COURSE, needed))
        elif (Kind.COURSE, needed) not in builder.link_resolver.all_entries and (
            (Kind.COURSE, needed) not in builder.link_resolver.invalid_entries
        ):
            yield Link(needed, "")


def _occupation(occupation: Occupation) -> views.Code:
    url = occupation.code if occupation.code.startswith("http") else ""
    return views.Code(SCHEMES[occupation.scheme].name, "" if url else occupation.code, occupation.name, url)


def _pathway_places(builder: ViewBuilder, slug: str) -> Iterator[views.PathwayPlace]:
    for pathway_slug in builder.catalogue.pathways_of.get(slug, ()):
        entry = builder.catalogue.pathways[pathway_slug]
        steps = entry.steps
        number = next(number for number, step in enumerate(steps, start=1) if slug in step.courses)
        yield views.PathwayPlace(
            pathway=Link(entry.title, builder.urls.entry(Kind.PATHWAY, pathway_slug)),
            step=steps[number - 1].title,
            number=number,
            steps=len(steps),
            credential=entry.credential,
        )
