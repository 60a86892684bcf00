"""The index of providers, and the page of each provider with its courses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.schema.kinds import Kind
from credsite.schema.models import Provider
from credsite.site import json_ld, views
from credsite.site.api.addresses import PROVIDERS
from credsite.site.cards import course_cards, pathway_cards, provider_card, story_cards
from credsite.site.descriptions import course_summary, list_summary
from credsite.site.list_headings import TrailStep
from credsite.site.listed_courses import listed_courses
from credsite.site.page_parts import all_entries, page_body, page_fields, paginated
from credsite.site.place_parts import place_link
from credsite.site.planned import PlannedPage, list_pages, pages_of_entry_list
from credsite.site.provider_data import full_provider_data
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder

_INDEX: Final = "providers/"
_MAX_STORIES: Final = 3


def provider_pages(catalogue: Catalogue, page_size: int) -> Iterator[PlannedPage]:
    """The index of providers, if there are any, and the pages of each provider."""
    if catalogue.providers:
        yield from list_pages(_INDEX, provider_index, len(catalogue.providers), page_size)
    for slug, provider in catalogue.providers.items():
        yield from pages_of_entry_list(
            provider, provider_page, len(catalogue.by_provider.get(slug, ())), page_size
        )


def provider_index(builder: ViewBuilder, number: int) -> views.ProviderIndexPage:
    _ = builder.translations.gettext
    summary = _(
        "Who offers these courses: universities, colleges, professional bodies, companies and others."
    )
    on_page, pagination = paginated(
        tuple(builder.catalogue.providers), builder.config.page_size, number, _INDEX, builder.urls
    )
    cards = tuple(provider_card(builder, slug) for slug in on_page)
    listed = list_summary(builder, ("%(num)s provider", "%(num)s providers"), pagination.total, cards)
    return views.ProviderIndexPage(
        **page_fields(
            builder,
            _INDEX,
            _("Providers"),
            summary,
            section="providers",
            listed=listed,
            pagination=pagination,
            document=PROVIDERS if builder.config.api else "",
        ),
        providers=cards,
        names=all_entries(builder, builder.catalogue.providers, pagination),
        pagination=pagination,
    )


def provider_page(builder: ViewBuilder, number: int, slug: str) -> views.ProviderPage:
    """Page ``number`` of a provider's courses."""
    catalogue = builder.catalogue
    record = catalogue.providers[slug]
    provider = builder.fields(record, Provider)
    path = entry_path(Kind.PROVIDER, slug)
    _ = builder.translations.gettext
    courses = catalogue.by_provider.get(slug, ())
    card = provider_card(builder, slug)
    listed = listed_courses(builder, number, ("provider", slug), path, courses, f"provider:{slug}")
    is_first = number == 1
    stories = builder.stories_of(courses, f"{Kind.PROVIDER}:{slug}") if is_first else ()
    return views.ProviderPage(
        **page_fields(
            builder,
            path,
            provider.title,
            provider.summary,
            section="providers",
            above=(TrailStep(_("Providers"), _INDEX),),
            description=provider.summary
            or _("Short courses from %(provider)s") % {"provider": provider.title},
            listed=course_summary(builder, len(courses), listed["cards"]),
            entry=record,
            pagination=listed["pagination"],
            graphs=[
                full_provider_data(builder, record, provider, card.logo) if is_first else {},
                json_ld.course_item_list(listed["cards"], builder.urls),
            ],
        ),
        kind=card.kind,
        country=provider.country or "",
        region=provider.region,
        url=provider.url or "",
        email=provider.email or "",
        place=place_link(builder, provider.place or ""),
        initials=card.initials,
        logo=card.logo,
        accredited_by=builder.providers_or_text(provider.accredited_by),
        body=page_body(builder, record),
        **listed,
        partner_in=course_cards(builder, catalogue.by_partner.get(slug, ())) if is_first else (),
        stories=story_cards(builder, stories[:_MAX_STORIES]),
        pathways=pathway_cards(builder, catalogue.pathways_by_provider.get(slug, ())) if is_first else (),
        draft=provider.draft,
    )
