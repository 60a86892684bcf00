"""Data about stories for scripts: a column for each value to filter by, and the cards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.relations import course_industries, story_modes
from credsite.site.cards import story_cards
from credsite.site.data.courses import facet_data, list_page, value_codes
from credsite.site.facet_labels import facet_title, sorted_values, value_title
from credsite.site.list_headings import story_list_heading
from credsite.site.planned import DataContext
from credsite.site.urls import story_list_path


def story_columns(context: DataContext) -> dict[str, Any]:
    """Everything that visitors can filter stories by, and the cards. There are few stories, so one file holds all."""
    builder, catalogue = context.builder, context.catalogue
    stories = catalogue.stories.values()
    values_of_stories = {
        "background": [story.background for story in stories],
        "industry": [course_industries(story, catalogue.courses) for story in stories],
        "mode": [story_modes(story, catalogue.courses) for story in stories],
    }
    return {
        "ids": list(catalogue.stories),
        "facets": [_facet(context, facet, values) for facet, values in values_of_stories.items()],
        "cards": list(story_cards(builder, tuple(catalogue.stories))),
        "pages": list(_pages(context, catalogue)),
    }


def _facet(context: DataContext, facet: str, values_of_stories: list[tuple[str, ...]]) -> dict[str, Any]:
    builder = context.builder
    values = sorted_values(builder, facet, context.catalogue.story_lists[facet])
    positions = {value: position for position, value in enumerate(values)}
    codes = [value_codes(tuple(dict.fromkeys(own)), positions) for own in values_of_stories]
    titles = {value: value_title(builder, facet, value) for value in values}
    return facet_data(facet, facet_title(builder, facet), titles, codes)


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
