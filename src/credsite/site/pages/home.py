"""The home page: ways into the catalogue, and what starts soon."""

from __future__ import annotations

from credsite.site import views
from credsite.site.cards import (
    course_cards,
    guide_card,
    industry_card,
    mode_card,
    pathway_cards,
    story_cards,
)
from credsite.site.filters import story_links
from credsite.site.session_parts import start_view
from credsite.site.view_builder import ViewBuilder


def home_page(builder: ViewBuilder) -> views.HomePage:
    catalogue, config = builder.catalogue, builder.config
    featured = catalogue.featured
    return views.HomePage(
        head=views.Head(config.title, config.description or config.tagline, builder.urls.absolute("")),
        section="home",
        crumbs=(),
        heading=config.title,
        summary=config.tagline,
        courses=len(catalogue.courses),
        providers=len(catalogue.providers),
        stories_total=len(catalogue.stories),
        industries=tuple(industry_card(builder, slug) for slug in catalogue.by_industry),
        modes=tuple(mode_card(builder, mode) for mode in catalogue.modes if mode in catalogue.by_mode),
        featured=course_cards(builder, featured["courses"]),
        starts=tuple(start_view(builder, slug, session) for (slug, _), session in catalogue.starts.items()),
        stories=story_cards(builder, featured["stories"]),
        backgrounds=story_links(builder, "background"),
        pathways=pathway_cards(builder, featured["pathways"]),
        guides=tuple(guide_card(builder, slug) for slug in builder.guides()),
        all_courses=builder.urls.to("courses/"),
        all_stories=builder.urls.to("stories/") if catalogue.stories else "",
        all_pathways=builder.urls.to("pathways/") if catalogue.pathways else "",
    )
