"""Data about stories for scripts: a column for each value to filter by, and the cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.relations import course_industries, story_modes
from credsite.site.cards import story_cards
from credsite.site.data.courses import facet_data, list_page, value_codes
from credsite.site.facet_labels import facet_title, value_title
from credsite.site.labels import background_ids
from credsite.site.list_headings import story_list_heading
from credsite.site.planned import DataContext
from credsite.site.urls import story_list_path


def story_columns(context: DataContext) -> dict[str, Any]:
    """Everything that visitors can filter stories by, and the cards. There are few stories, so one file holds all."""
    builder, catalogue = context.builder, context.catalogue
    stories = catalogue.stories.values()
    facets = {
        "background": (
            [one for one in background_ids(builder.config) if one in catalogue.stories_by_background],
            [story.background for story in stories],
        ),
        "industry": (
            catalogue.stories_by_industry,
            [course_industries(story, catalogue.courses) for story in stories],
        ),
        "mode": (
            catalogue.stories_by_mode,
            [story_modes(story, catalogue.courses) for story in stories],
        ),
    }
    return {
        "ids": list(catalogue.stories),
        "facets": [
            _facet(context, facet, values, of_stories) for facet, (values, of_stories) in facets.items()
        ],
        "cards": list(story_cards(builder, tuple(catalogue.stories))),
        "pages": list(_pages(context, catalogue)),
    }


def _facet(
    context: DataContext, facet: str, values: Iterable[str], of_stories: list[tuple[str, ...]]
) -> dict[str, Any]:
    titles = {value: value_title(context.builder, facet, value) for value in values}
    positions = {value: position for position, value in enumerate(titles)}
    codes = [value_codes(tuple(dict.fromkeys(own)), positions) for own in of_stories]
    return facet_data(facet, facet_title(context.builder, facet), titles, codes)


def _pages(context: DataContext, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Every list of stories that has a page."""
    lists = [
        ("stories", ""),
        *((kind, value) for kind, by_value in catalogue.story_lists.items() for value in by_value),
    ]
    for kind, value in lists:
        selected = {facet: value if facet == kind else "" for facet in ("background", "industry", "mode")}
        heading = story_list_heading(context.builder, kind, value)
        yield list_page(context, story_list_path(kind, value), selected, heading)
