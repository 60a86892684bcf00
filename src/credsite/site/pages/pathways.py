"""The list of pathways, and the page of each pathway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.relations import course_industries
from credsite.schema.kinds import Kind
from credsite.schema.models import Pathway
from credsite.site import json_ld, views
from credsite.site.cards import course_cards, pathway_card, pathway_cards, story_cards
from credsite.site.page_parts import breadcrumbs, page_body, page_count, page_head, paginated, structured_data
from credsite.site.planned import PlannedPage, iso_day
from credsite.site.urls import entry_path, numbered_path
from credsite.site.view_builder import ViewBuilder

_MAX_STORIES: Final = 3


def pathway_pages(catalogue: Catalogue, page_size: int) -> Iterator[PlannedPage]:
    """All pages of the list of pathways, and the page of each pathway."""
    if not catalogue.pathways:
        return
    for number in range(1, page_count(len(catalogue.pathways), page_size) + 1):
        yield PlannedPage(numbered_path("pathways/", number), pathway_index, (number,))
    for slug, pathway in catalogue.pathways.items():
        yield PlannedPage(
            entry_path(Kind.PATHWAY, slug),
            pathway_page,
            (slug,),
            pathway.path,
            iso_day(pathway.updated),
            in_sitemap=not pathway.draft,
        )


def pathway_index(builder: ViewBuilder, number: int) -> views.PathwayIndexPage:
    _ = builder.translations.gettext
    heading = _("Pathways")
    summary = _("Short courses that add up: each pathway leads, step by step, to a larger credential.")
    on_page, pagination = paginated(
        tuple(builder.catalogue.pathways), builder.config.page_size, number, "pathways/", builder.urls
    )
    return views.PathwayIndexPage(
        head=page_head(builder, numbered_path("pathways/", number), heading, summary, pagination=pagination),
        section="pathways",
        crumbs=breadcrumbs(builder, (heading, "pathways/")),
        heading=heading,
        summary=summary,
        cards=pathway_cards(builder, on_page),
        pagination=pagination,
    )


def pathway_page(builder: ViewBuilder, slug: str) -> views.PathwayPage:
    catalogue = builder.catalogue
    record = catalogue.pathways[slug]
    pathway = builder.fields(record, Pathway)
    path = entry_path(Kind.PATHWAY, slug)
    crumbs = breadcrumbs(
        builder, (builder.translations.gettext("Pathways"), "pathways/"), (pathway.title, path)
    )
    card = pathway_card(builder, slug)
    steps = tuple(_steps(builder, pathway))
    cards = [course for step in steps for course in step.courses]
    stories = builder.stories_of(course for step in pathway.steps for course in step.courses)
    return views.PathwayPage(
        head=page_head(
            builder,
            path,
            pathway.title,
            pathway.summary,
            entry=record,
            data=structured_data(builder, crumbs, json_ld.program_data(card, cards, builder.urls, path)),
        ),
        section="pathways",
        crumbs=crumbs,
        heading=pathway.title,
        summary=pathway.summary,
        provider=card.provider,
        industries=builder.industries(course_industries(record, catalogue.courses)),
        credential=builder.credential(record, pathway.credential),
        duration=card.duration,
        workload=card.workload,
        price=card.price,
        courses=card.courses,
        steps=steps,
        picture=builder.entry_picture(record),
        body=page_body(builder, record),
        stories=story_cards(builder, stories[:_MAX_STORIES]),
        draft=pathway.draft,
    )


def _steps(builder: ViewBuilder, pathway: Pathway) -> Iterator[views.PathwayStep]:
    for number, step in enumerate(pathway.steps, start=1):
        published = tuple(course for course in step.options if course in builder.catalogue.courses)
        yield views.PathwayStep(
            number=number,
            title=step.title,
            choose=step.needed,
            courses=course_cards(builder, published),
            credential=step.credential,
        )
