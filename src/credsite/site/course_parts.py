"""What both the page of a course and its structured data say: languages, funding, prerequisites."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from credsite.site import views
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link


def course_languages(builder: ViewBuilder, course: Course) -> tuple[str, ...]:
    return course.languages or (builder.config.language,)


def course_funding(builder: ViewBuilder, course: Course) -> Iterator[views.FundingView]:
    for funding_id in course.funding:
        funding = builder.config.funding.get(funding_id)
        if funding is not None:
            yield views.FundingView(funding.title, funding.summary, funding.url or "")


def course_prerequisites(builder: ViewBuilder, course: Course) -> Iterator[Link]:
    """Courses as links, and what is not a course as text. Courses that visitors may not see are left out."""
    for prerequisite in course.prerequisites:
        required = builder.catalogue.courses.get(prerequisite)
        if required is not None:
            yield Link(required.title, builder.urls.entry(Kind.COURSE, prerequisite))
        elif not builder.is_hidden(Kind.COURSE, prerequisite):
            yield Link(prerequisite, "")
