"""Courses for other programs: what lists need of each from its record, and everything that its page says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from credsite.content.records import CourseRecord
from credsite.core.dates import unless_for_ever
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.site import views
from credsite.site.api.addresses import course_file
from credsite.site.api.documents import (
    CourseDocument,
    CourseSummary,
    CredentialDocument,
    ImageDocument,
    PriceDocument,
    SessionDocument,
)
from credsite.site.api.own_fields import own_fields, recorded_own_fields
from credsite.site.api.parts import (
    code_document,
    day_document,
    duration_document,
    link_document,
    link_documents,
    price_document,
    term_document,
    term_documents,
)
from credsite.site.place_parts import place_link, place_links
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link


def has_document(config: Config, course: CourseRecord) -> bool:
    """Whether a course has a file for other programs."""
    return config.api and not course.draft


def listed_course(builder: ViewBuilder, slug: str) -> CourseSummary:
    catalogue, labels, urls = builder.catalogue, builder.labels, builder.urls
    course = catalogue.courses[slug]
    return {
        "id": slug,
        "title": course.title,
        "summary": course.summary,
        "url": urls.absolute(entry_path(Kind.COURSE, slug)),
        "data": urls.absolute(course_file(slug)),
        "provider": {"id": course.provider, "title": catalogue.providers[course.provider].title},
        "industries": term_documents(builder.industries(course.industries)),
        "delivery_modes": term_documents(builder.modes(course.delivery_modes)),
        "pace": term_document(labels.term("pace", course.pace)) if course.pace else None,
        "level": term_documents(labels.terms("level", course.level)),
        "languages": list(course.languages or (builder.config.language,)),
        "duration": duration_document(course.duration),
        "workload": duration_document(course.workload),
        "price": _price(builder, course),
        "credential": term_documents(labels.terms("credential", course.credential)),
        "skills": [{"name": one.name, "uri": one.uri or None} for one in course.skills],
        "places": link_documents(place_links(builder, course.places), urls),
        "enrolment": _enrolment(builder, slug),
        "sessions": list(_sessions(builder, course)),
        "updated": day_document(course.updated),
        "fields": recorded_own_fields(builder, course),
    }


def course_document(builder: ViewBuilder, page: views.CoursePage) -> CourseDocument:
    """Everything that the page of a course says, so that nothing is published here that is not published there."""
    urls = builder.urls
    return {
        **listed_course(builder, page.id),
        "fields": own_fields(builder, Kind.COURSE, page.details),
        "image": _image(builder, builder.catalogue.courses[page.id]),
        "outcomes": list(page.outcomes),
        "timing": term_documents(page.timing),
        "partners": link_documents(page.partners, urls),
        "prices": [{**price_document(one), "audience": one.audience} for one in page.prices],
        "funding": [{"title": one.title, "url": one.url or None} for one in page.funding],
        "qualification_level": page.qualification_level,
        "credits": list(page.credits),
        "learning_methods": term_documents(page.learning_methods),
        "assessment_methods": term_documents(page.assessment_methods),
        "credentials": [_credential(builder, one) for one in page.credentials],
        "prerequisites": link_documents(page.prerequisites, urls),
        "occupations": [code_document(one) for one in page.occupations],
        "classifications": [code_document(one) for one in page.classifications],
        "support": term_documents(page.support),
        "quality_assurance": _link(builder, page.quality_assurance),
        "pathways": link_documents((one.pathway for one in page.pathways), urls),
        "enrol_url": page.enrol_url or None,
        "contact": page.contact or None,
        "ctid": page.ctid or None,
        "licence": builder.config.data_licence,
    }


def _image(builder: ViewBuilder, course: CourseRecord) -> ImageDocument | None:
    picture = builder.share_picture(course)
    if picture is None:
        return None
    return {"url": picture.url, "width": picture.width, "height": picture.height, "alt": picture.alt}


def _price(builder: ViewBuilder, course: CourseRecord) -> PriceDocument | None:
    price = builder.price(course.price)
    return price_document(price) if price is not None else None


def _enrolment(builder: ViewBuilder, slug: str) -> Any:
    found = builder.enrolment(builder.catalogue.enrolment[slug])
    return {
        "state": found.state,
        "starts": day_document(found.starts),
        "apply_by": day_document(found.apply_by),
    }


def _sessions(builder: ViewBuilder, course: CourseRecord) -> Iterator[SessionDocument]:
    for number, state in builder.catalogue.sessions[course.slug]:
        if state == "past":
            continue
        session = course.sessions[number]
        times = session.times
        mode = session.delivery_mode
        yield {
            "starts": ((times and times.starts) or session.starts).isoformat(),
            "ends": day_document(unless_for_ever((times and times.ends) or session.ends)),
            "apply_by": day_document(unless_for_ever((times and times.apply_by) or session.apply_by)),
            "delivery_mode": term_document(builder.mode(mode)) if mode is not None else None,
            "location": _link(builder, place_link(builder, session.location)),
            "seats": session.seats,
            "state": state,
        }


def _link(builder: ViewBuilder, link: Link | None) -> Any:
    return link_document(link, builder.urls) if link is not None else None


def _credential(builder: ViewBuilder, credential: views.CredentialView) -> CredentialDocument:
    return {
        "type": term_document(credential.type),
        "name": credential.name,
        "recognised_by": link_documents(credential.recognised_by, builder.urls),
    }
