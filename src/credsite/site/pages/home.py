"""The home page: the ways into the catalogue, and what is on soon."""

from __future__ import annotations

from credsite.content.records import SessionFact
from credsite.site import views
from credsite.site.pages.stories import background_links
from credsite.site.view_builder import Parts


def home_page(parts: Parts) -> views.HomePage:
    catalogue, config = parts.catalogue, parts.config
    featured = catalogue.featured
    return views.HomePage(
        head=parts.head("", config.title, config.description or config.tagline),
        section="home",
        crumbs=(),
        heading=config.title,
        summary=config.tagline,
        courses=len(catalogue.courses),
        providers=len(catalogue.providers),
        stories_total=len(catalogue.stories),
        industries=tuple(parts.industry_card(slug) for slug in catalogue.by_industry),
        modes=tuple(parts.mode_card(mode) for mode in catalogue.modes if mode in catalogue.by_mode),
        featured=parts.course_cards(featured["courses"]),
        starts=tuple(_start(parts, slug, session) for (slug, _), session in catalogue.starts.items()),
        stories=parts.story_cards(featured["stories"]),
        backgrounds=background_links(parts),
        pathways=parts.pathway_cards(featured["pathways"]),
        guides=tuple(parts.guide_card(slug) for slug in parts.guides()),
        all_courses=parts.urls.to("courses/"),
        all_stories=parts.urls.to("stories/") if catalogue.stories else "",
        all_pathways=parts.urls.to("pathways/") if catalogue.pathways else "",
    )


def _start(parts: Parts, slug: str, session: SessionFact) -> views.Start:
    modes = parts.catalogue.courses[slug].delivery_modes
    card = parts.course_card(slug)
    mode = session.delivery_mode or (modes[0] if len(modes) == 1 else None)
    return views.Start(
        course=views.Link(card.title, card.url),
        provider=card.provider,
        mode=parts.mode(mode) if mode else None,
        starts=session.starts,
        apply_by=session.apply_by,
        location=session.location,
        price=card.price,
    )
