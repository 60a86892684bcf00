"""A course in schema.org's words: Course, with all that its page says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from credsite.schema.models.codes import SCHEMES, Occupation
from credsite.schema.models.credits import Credits
from credsite.site import views
from credsite.site.course_instances import availability, course_instances
from credsite.site.course_parts import course_funding, course_languages, course_prerequisites
from credsite.site.details import detail_properties
from credsite.site.json_ld import (
    absolute,
    instant,
    json_number,
    offers,
    one_or_list,
    video_data,
    without_empty,
)
from credsite.site.provider_data import provider_data
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder


def course_data(
    builder: ViewBuilder,
    course: Course,
    card: views.CourseCard,
    prices: Sequence[views.PriceView],
    details: Iterable[views.DetailView],
    video: views.VideoView | None,
) -> dict[str, Any]:
    urls, record = builder.urls, builder.catalogue.courses[card.id]
    url = urls.absolute(entry_path(Kind.COURSE, card.id))
    picture = builder.share_picture(record)
    properties = detail_properties(builder, Kind.COURSE, details)
    return without_empty(
        {
            "@type": "Course",
            "@id": url,
            "name": course.title,
            "courseCode": course.code,
            "description": course.summary,
            "url": url,
            "image": picture.url if picture is not None else None,
            "dateModified": instant(record.updated, builder.config.zone) if record.updated else None,
            "provider": provider_data(builder.catalogue.providers[course.provider], urls),
            "inLanguage": list(course_languages(builder, course)),
            "teaches": [*course.outcomes, *(skill.name for skill in course.skills)],
            "about": [*(term.title for term in card.industries), *map(_occupation, course.occupations)],
            "educationalLevel": one_or_list([term.title for term in card.levels]),
            "coursePrerequisites": one_or_list(
                [_prerequisite(builder, link) for link in course_prerequisites(builder, course)]
            ),
            "educationalCredentialAwarded": one_or_list(
                [one.name or course.title for one in course.all_credentials]
            ),
            "numberOfCredits": one_or_list([_credits(one) for one in course.credits or ()]),
            "financialAidEligible": one_or_list([one.title for one in course_funding(builder, course)]),
            "offers": offers(prices, properties, availability(card.enrolment.state)),
            "hasCourseInstance": course_instances(builder, course, card, url),
            "video": video_data(video, urls),
        }
    )


def _credits(credits_: Credits) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "value": json_number(credits_.value), "unitText": credits_.unit}


def _prerequisite(builder: ViewBuilder, link: views.Link) -> Any:
    """A course of the site, or a sentence."""
    if not link.url:
        return link.title
    return {"@type": "Course", "@id": absolute(link.url, builder.urls), "name": link.title}


def _occupation(occupation: Occupation) -> dict[str, Any]:
    """What a course prepares for. The code of an occupation may be a web address."""
    key = "url" if occupation.code.startswith("http") else "codeValue"
    category = {
        "@type": "CategoryCode",
        key: occupation.code,
        "inCodeSet": SCHEMES[occupation.scheme].name,
    }
    return {"@type": "Occupation", "name": occupation.name, "occupationalCategory": category}
