"""The list of pathways, and the page of each pathway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.content.image_slots import PAGE
from credsite.schema.kinds import Kind
from credsite.schema.models import Pathway
from credsite.site import json_ld, views
from credsite.site.cards import course_cards, pathway_card, pathway_cards, story_cards
from credsite.site.descriptions import list_summary
from credsite.site.details import detail_properties
from credsite.site.list_headings import TrailStep
from credsite.site.page_parts import page_body, page_fields, paginated
from credsite.site.planned import PlannedPage, list_pages
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder

_MAX_STORIES: Final = 3


def pathway_pages(catalogue: Catalogue, page_size: int) -> Iterator[PlannedPage]:
    """All pages of the list of pathways, and the page of each pathway."""
    if not catalogue.pathways:
        return
    yield from list_pages("pathways/", pathway_index, len(catalogue.pathways), page_size)
    for pathway in catalogue.pathways.values():
        yield PlannedPage.of_entry(pathway, pathway_page)


def pathway_index(builder: ViewBuilder, number: int) -> views.PathwayIndexPage:
    _ = builder.translations.gettext
    on_page, pagination = paginated(
        tuple(builder.catalogue.pathways), builder.config.page_size, number, "pathways/", builder.urls
    )
    cards = pathway_cards(builder, on_page)
    return views.PathwayIndexPage(
        **page_fields(
            builder,
            "pathways/",
            _("Pathways"),
            _("Short courses that add up: each pathway leads, step by step, to a larger credential."),
            section="pathways",
            listed=list_summary(builder, ("%(num)s pathway", "%(num)s pathways"), pagination.total, cards),
            pagination=pagination,
        ),
        cards=cards,
        pagination=pagination,
    )


def pathway_page(builder: ViewBuilder, slug: str) -> views.PathwayPage:
    catalogue = builder.catalogue
    record = catalogue.pathways[slug]
    pathway = builder.fields(record, Pathway)
    path = entry_path(Kind.PATHWAY, slug)
    card = pathway_card(builder, slug)
    steps = tuple(_steps(builder, pathway))
    cards = [course for step in steps for course in step.courses]
    stories = builder.stories_of(
        (course for step in pathway.steps for course in step.courses), f"{Kind.PATHWAY}:{slug}"
    )
    body = page_body(builder, record)
    properties = detail_properties(builder, Kind.PATHWAY, body.details)
    return views.PathwayPage(
        **page_fields(
            builder,
            path,
            pathway.title,
            pathway.summary,
            section="pathways",
            above=(TrailStep(builder.translations.gettext("Pathways"), "pathways/"),),
            entry=record,
            graphs=[json_ld.program_data(card, cards, builder.urls, path, properties)],
        ),
        provider=card.provider,
        industries=card.industries,
        credential=builder.credential(record, pathway.credential) if pathway.credential else None,
        duration=card.duration,
        workload=card.workload,
        price=card.price,
        courses=card.courses,
        steps=steps,
        picture=builder.entry_picture(record, PAGE),
        body=body,
        stories=story_cards(builder, stories[:_MAX_STORIES]),
        draft=pathway.draft,
    )


def _steps(builder: ViewBuilder, pathway: Pathway) -> Iterator[views.PathwayStep]:
    for number, step in enumerate(pathway.steps, start=1):
        options = dict.fromkeys(step.courses)
        published = tuple(course for course in options if course in builder.catalogue.courses)
        yield views.PathwayStep(
            number=number,
            title=step.title,
            choose=step.choose or len(options),
            courses=course_cards(builder, published),
            credential=step.credential,
        )
