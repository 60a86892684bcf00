"""Structured data for search engines: schema.org in JSON-LD.

Sources: schema.org (Course, CourseInstance, EducationalOccupationalProgram, ItemList, BreadcrumbList, Article) and search
engines' own documentation of course lists. Empty properties are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from credsite.content.records import ProviderRecord, StoryRecord
from credsite.core.serialization import json_bytes
from credsite.schema.models import Course
from credsite.schema.models.credits import Credits
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
    prices: Sequence[views.PriceView],
    video: views.VideoView | None,
    languages: Sequence[str],
    provider: ProviderRecord,
    urls: Urls,
    path: str,
    instances: Sequence[Mapping[str, Any]],
    properties: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """``properties`` are the own fields that the page shows."""
    credentials = [one.name or fields.title for one in fields.all_credentials]
    return without_empty(
        {
            "@type": "Course",
            "@id": urls.absolute(path),
            "name": fields.title,
            "courseCode": fields.code,
            "description": fields.summary,
            "url": urls.absolute(path),
            "provider": without_empty(
                {"@type": "Organization", "name": provider.title, "sameAs": provider.url}
            ),
            "inLanguage": list(languages),
            "teaches": [*fields.outcomes, *(skill.name for skill in fields.skills)],
            "about": [term.title for term in card.industries],
            "educationalLevel": _one_or_list([term.title for term in card.levels]),
            "educationalCredentialAwarded": _one_or_list(credentials),
            "numberOfCredits": _one_or_list([_credits(one) for one in fields.credits or ()]),
            "offers": _one_or_list([offer(one) for one in prices]),
            "hasCourseInstance": list(instances),
            "video": video_data(video, urls),
            "additionalProperty": _property_values(properties),
        }
    )


def video_data(video: views.VideoView | None, urls: Urls) -> dict[str, Any] | None:
    if video is None:
        return None
    picture = _absolute(video.picture.url, urls) if video.picture else None
    url = video.url if video.host else _absolute(video.url, urls)
    file_url = url if video.player and video.player.is_file else None
    return without_empty(
        {
            "@type": "VideoObject",
            "name": video.title,
            "url": url,
            "contentUrl": file_url,
            "thumbnailUrl": picture,
        }
    )


def with_properties(
    data: Mapping[str, Any] | None, properties: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """``data`` of an entry with the own fields that its page shows."""
    return without_empty({**(data or {}), "additionalProperty": _property_values(properties)})


def _property_values(properties: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"@type": "PropertyValue", **one} for one in properties]


def _credits(credits_: Credits) -> dict[str, Any]:
    return {"@type": "StructuredValue", "value": json_number(credits_.value), "unitText": credits_.unit}


def offer(price: views.PriceView | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return without_empty(
        {
            "@type": "Offer",
            "category": "Free" if price.free else "Paid",
            **_amount(price),
            "name": price.audience,
            "priceSpecification": _price_specification(price),
        }
    )


def json_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _price_specification(price: views.PriceView) -> dict[str, Any] | None:
    """What a price is made of."""
    if not price.items:
        return None
    parts = [
        without_empty({"@type": "UnitPriceSpecification", "name": item.label, **_amount(item.price)})
        for item in price.items
    ]
    return {"@type": "CompoundPriceSpecification", **_amount(price), "priceComponent": parts}


def _amount(price: views.PriceView) -> dict[str, str]:
    amount = price.minimum
    whole = amount == amount.to_integral_value()
    return {"price": f"{amount:.0f}" if whole else f"{amount:f}", "priceCurrency": price.currency}


def program_data(
    view_card: views.PathwayCard,
    courses: Sequence[views.CourseCard],
    urls: Urls,
    path: str,
    properties: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """``properties`` are the own fields that the page shows."""
    return without_empty(
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
            "offers": offer(view_card.price),
            "hasCourse": [
                {"@type": "Course", "name": card.title, "url": _absolute(card.url, urls)} for card in courses
            ],
            "additionalProperty": _property_values(properties),
        }
    )


def article_data(
    story: StoryRecord, path: str, urls: Urls, video: views.VideoView | None = None
) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "Article",
            "headline": story.title,
            "description": story.summary,
            "url": urls.absolute(path),
            "datePublished": story.told_at.isoformat() if story.told_at else None,
            "about": {"@type": "Person", "name": story.learner},
            "video": video_data(video, urls),
        }
    )


def _absolute(url: str, urls: Urls) -> str:
    return urls.base_url + url.removeprefix(urls.base_path)


def _one_or_list(values: list[Any]) -> Any:
    """The only one of the ``values``, or all of them."""
    return values[0] if len(values) == 1 else values


def without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """``data`` without empty values."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
