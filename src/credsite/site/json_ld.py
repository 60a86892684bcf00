"""Structured data for search engines: schema.org in JSON-LD.

Sources: schema.org (Course, CourseInstance, EducationalOccupationalProgram, ItemList, BreadcrumbList, Article) and search
engines' own documentation of course lists. Empty properties are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from credsite.catalogue.clock import instant_in
from credsite.content.records import StoryRecord
from credsite.core.serialization import json_bytes
from credsite.schema.config import Config
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
    """The way to a page. The last item is the page itself, whose address search engines know."""
    items = [
        {"@type": "ListItem", "position": number, "name": crumb.title, "item": absolute(crumb.url, urls)}
        for number, crumb in enumerate(crumbs, start=1)
    ]
    if items:
        del items[-1]["item"]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def course_item_list(cards: Sequence[views.CourseCard], urls: Urls) -> dict[str, Any]:
    """The courses on a page, in order. Nothing for fewer than three, which search engines ignore."""
    if len(cards) < _MIN_LIST_LENGTH:
        return {}
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": absolute(card.url, urls)}
            for number, card in enumerate(cards, start=1)
        ],
    }


def video_data(video: views.VideoView | None, urls: Urls) -> dict[str, Any] | None:
    if video is None:
        return None
    picture = absolute(video.picture.url, urls) if video.picture else None
    url = video.url if video.host else absolute(video.url, urls)
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


def offers(
    prices: Sequence[views.PriceView], properties: Sequence[Mapping[str, Any]], availability: str = ""
) -> Any:
    """What a course or a pathway costs. ``properties`` are the own fields that the page shows: what is special in this offer.

    ``availability`` is in schema.org's words, "" where nothing is to be said of it.
    """
    first: dict[str, Any] = {"availability": availability, "additionalProperty": _property_values(properties)}
    found = [offer(price, **(first if price is prices[0] else {})) for price in prices]
    if not prices and (more := without_empty(first)):
        found.append({"@type": "Offer", **more})
    return one_or_list(found)


def offer(price: views.PriceView, **more: Any) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "Offer",
            "category": "Free" if price.free else "Paid",
            **price_data(price),
            "name": price.audience,
            "priceSpecification": _price_specification(price),
            **more,
        }
    )


def instant(moment: date, zone: ZoneInfo) -> str:
    """A day, or a moment with its difference from UTC. Moments without one are in ``zone``."""
    return instant_in(zone, moment).isoformat() if isinstance(moment, datetime) else moment.isoformat()


def json_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _price_specification(price: views.PriceView) -> dict[str, Any] | None:
    """What a price is made of."""
    if not price.items:
        return None
    parts = [
        without_empty({"@type": "UnitPriceSpecification", "name": item.label, **price_data(item.price)})
        for item in price.items
    ]
    return {"@type": "CompoundPriceSpecification", **price_data(price), "priceComponent": parts}


def price_data(price: views.PriceView) -> dict[str, str]:
    amount = price.minimum
    whole = amount == amount.to_integral_value()
    return {"price": f"{amount:.0f}" if whole else f"{amount:f}", "priceCurrency": price.currency}


def program_data(
    view_card: views.PathwayCard,
    courses: Sequence[views.CourseCard],
    urls: Urls,
    path: str,
    properties: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """``properties`` are the own fields that the page shows."""
    return without_empty(
        {
            "@type": "EducationalOccupationalProgram",
            "@id": urls.absolute(path),
            "name": view_card.title,
            "description": view_card.summary,
            "url": urls.absolute(path),
            "provider": organization(view_card.provider, urls) if view_card.provider else None,
            "educationalCredentialAwarded": view_card.credential,
            "timeToComplete": view_card.duration.iso() if view_card.duration else None,
            "offers": offers([view_card.price] if view_card.price else [], properties),
            "hasCourse": [
                {"@type": "Course", "name": card.title, "url": absolute(card.url, urls)} for card in courses
            ],
        }
    )


def organization(provider: views.Link, urls: Urls) -> dict[str, Any]:
    return {"@type": "Organization", "@id": absolute(provider.url, urls), "name": provider.title}


def website_data(config: Config, description: str) -> dict[str, Any]:
    """The site itself, on its home page: search engines take its name from there."""
    return without_empty(
        {
            "@type": "WebSite",
            "@id": f"{config.base_url}#website",
            "name": config.title,
            "url": config.base_url,
            "description": description,
            "inLanguage": config.language,
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


def absolute(url: str, urls: Urls) -> str:
    return urls.base_url + url.removeprefix(urls.base_path)


def one_or_list(values: list[Any]) -> Any:
    """The only one of the ``values``, or all of them."""
    return values[0] if len(values) == 1 else values


def without_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """``data`` without empty values."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
