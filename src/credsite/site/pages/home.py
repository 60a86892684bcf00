"""The home page: ways into the catalogue, and what starts soon, in the sections and the order of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from credsite.schema.home import HERO_SECTION, USUAL_SECTIONS, SectionChoice
from credsite.site import views
from credsite.site.api.addresses import DATASET
from credsite.site.cards import (
    course_card,
    guide_card,
    industry_card,
    mode_card,
    pathway_card,
    place_card,
    provider_card,
    story_card,
)
from credsite.site.descriptions import ListSummary, counted_words, list_description
from credsite.site.filters import story_links
from credsite.site.json_ld import json_ld_script, website_data
from credsite.site.session_parts import start_view
from credsite.site.settings_texts import settings_html
from credsite.site.view_builder import ViewBuilder

_COUNTS: Final = {"starts": 8, "featured": 6, "stories": 3, "pathways": 3, "providers": 6, "places": 6}
"""How many entries sections show where the settings do not say it. Others show all that they have."""


def home_page(builder: ViewBuilder) -> views.HomePage:
    catalogue, config = builder.catalogue, builder.config
    choices = config.home or USUAL_SECTIONS
    description = config.description or config.tagline or _description(builder)
    items = {choice.section: tuple(_items(builder, choice)) for choice in choices}
    sections = [
        views.HomeSection(
            choice.section, choice.heading, settings_html(builder, ("home", position, "text"), choice.text)
        )
        for position, choice in enumerate(choices)
    ]
    return views.HomePage(
        head=views.Head(
            config.title,
            description,
            builder.urls.absolute(""),
            data=views.Html(json_ld_script(website_data(config, description))),
            document=builder.urls.to(DATASET) if config.api else "",
        ),
        section="home",
        crumbs=(),
        heading=config.title,
        summary=config.tagline,
        own=True,
        lead=config.description if config.description != config.tagline else "",
        courses=len(catalogue.courses),
        providers=len(catalogue.providers),
        stories_total=len(catalogue.stories),
        has_hero=HERO_SECTION in items,
        sections=tuple(section for section in sections if items[section.name] or section.text),
        industries=items.get("industries", ()),
        modes=items.get("delivery", ()),
        featured=items.get("featured", ()),
        starts=items.get("starts", ()),
        stories=items.get("stories", ()),
        backgrounds=items.get("backgrounds", ()),
        pathways=items.get("pathways", ()),
        guides=items.get("guides", ()),
        provider_cards=items.get("providers", ()),
        places=items.get("places", ()),
        all_courses=builder.urls.to("courses/"),
        all_stories=builder.urls.to("stories/") if catalogue.stories else "",
        all_pathways=builder.urls.to("pathways/") if catalogue.pathways else "",
        all_providers=builder.urls.to("providers/"),
        all_places=builder.urls.to("places/"),
    )


def _description(builder: ViewBuilder) -> str:
    """What the catalogue has, where the settings do not say it."""
    catalogue = builder.catalogue
    courses = counted_words(builder, ("%(num)s course", "%(num)s courses"), len(catalogue.courses))
    providers = counted_words(builder, ("%(num)s provider", "%(num)s providers"), len(catalogue.providers))
    industries = tuple(builder.industry(slug).title for slug in catalogue.by_industry)
    summary = ListSummary(f"{courses}, {providers}", industries, has_more=False)
    return list_description(builder, builder.config.title, summary)


def _items(builder: ViewBuilder, choice: SectionChoice) -> Iterable[Any]:
    """What a section shows: cards, links or start dates."""
    return islice(_all_items(builder, choice), choice.count or _COUNTS.get(choice.section))


def _all_items(builder: ViewBuilder, choice: SectionChoice) -> Iterable[Any]:
    catalogue = builder.catalogue

    def slugs(entries: Mapping[str, object], usual: Iterable[str]) -> Iterable[str]:
        """Those that the settings name and visitors may see, or the ``usual`` ones."""
        return (
            (slug for slug in dict.fromkeys(choice.entries) if slug in entries) if choice.entries else usual
        )

    match choice.section:
        case "industries":
            chosen = slugs(catalogue.industries, catalogue.by_industry)
            return (industry_card(builder, slug) for slug in chosen)
        case "delivery":
            chosen = slugs(catalogue.modes, (mode for mode in catalogue.modes if mode in catalogue.by_mode))
            return (mode_card(builder, mode) for mode in chosen)
        case "backgrounds":
            return story_links(builder, "background")
        case "starts":
            coming = catalogue.coming.items()
            return (start_view(builder, slug, session) for (slug, _), session in coming)
        case "featured":
            chosen = slugs(catalogue.courses, catalogue.featured["courses"])
            return (course_card(builder, slug) for slug in chosen)
        case "stories":
            chosen = slugs(catalogue.stories, catalogue.featured["stories"])
            return (story_card(builder, slug) for slug in chosen)
        case "pathways":
            chosen = slugs(catalogue.pathways, catalogue.featured["pathways"])
            return (pathway_card(builder, slug) for slug in chosen)
        case "guides":
            return (guide_card(builder, slug) for slug in slugs(catalogue.pages, builder.guides()))
        case "providers":
            chosen = slugs(catalogue.providers, catalogue.providers)
            return (provider_card(builder, slug) for slug in chosen)
        case "places":
            chosen = slugs(catalogue.places, catalogue.places)
            return (place_card(builder, slug) for slug in chosen)
    return ()
