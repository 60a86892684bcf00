"""What a list can be filtered by: its facets, each with its most frequent values and how often they stand there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from credsite.catalogue.facets import ListKey
from credsite.schema.vocabularies import SORT_ORDERS
from credsite.site.facet_labels import facet_title, sorted_values, value_title
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import ChosenValue, Facet, FacetValue, FilterPanel, Pagination, Term

_MOST: Final = 10
"""Values of a facet that stand in the panel; a script shows the others where somebody asks for them."""
_FEWEST: Final = 2
"""Courses, and values of a facet, below which there is nothing to choose."""


def filter_panel(builder: ViewBuilder, key: ListKey, path: str, pagination: Pagination) -> FilterPanel | None:
    """The panel for one page of a list of courses, which is at ``path``. None where there is nothing to choose.

    Only on the first page is it known that all courses are alike; scripts find out on the others.
    """
    if pagination.total < _FEWEST or not builder.config.filters:
        return None
    selected = _selected(key)
    facets: tuple[Facet, ...] = ()
    if pagination.page == 1:
        counts = {**builder.catalogue.facets[key].counts(), **_without_own_selection(builder, selected)}
        facets = _facets(builder, {facet: counts[facet] for facet in builder.config.filters}, selected)
        if not facets:
            return None
    sorts = tuple(Term(order.id, builder.translations.gettext(order.label)) for order in SORT_ORDERS.values())
    return FilterPanel(facets, _chosen(builder, selected), sorts, _source(builder, path, pagination))


def story_panel(
    builder: ViewBuilder, kind: str, chosen: str, path: str, pagination: Pagination
) -> FilterPanel | None:
    """The panel for one page of a list of stories, which is at ``path``: of all, or of the background, industry or mode
    ``chosen``, as ``kind`` says."""
    if pagination.total < _FEWEST:
        return None
    selected = {kind: chosen} if chosen else {}
    facets: tuple[Facet, ...] = ()
    if pagination.page == 1:
        facets = _facets(builder, _story_counts(builder, kind, chosen), selected)
        if not facets:
            return None
    return FilterPanel(facets, _chosen(builder, selected), (), _source(builder, path, pagination))


def _source(builder: ViewBuilder, path: str, pagination: Pagination) -> str:
    return builder.urls.to(path) if pagination.page > 1 else ""


def _chosen(builder: ViewBuilder, selected: Mapping[str, str]) -> tuple[ChosenValue, ...]:
    return tuple(
        ChosenValue(facet, value, value_title(builder, facet, value)) for facet, value in selected.items()
    )


def _story_counts(builder: ViewBuilder, kind: str, chosen: str) -> dict[str, dict[str, int]]:
    catalogue = builder.catalogue
    found: dict[str, Mapping[str, tuple[str, ...]]] = {
        "background": catalogue.stories_by_background,
        "industry": catalogue.stories_by_industry,
        "mode": catalogue.stories_by_mode,
    }
    listed = set(found[kind][chosen]) if chosen else set(catalogue.stories)
    # As with courses, what is chosen of a facet does not count for its own values.
    counts = {
        facet: {
            value: len(stories) if facet == kind else len(listed.intersection(stories))
            for value, stories in by_value.items()
        }
        for facet, by_value in found.items()
    }
    return {facet: {value: n for value, n in by_value.items() if n} for facet, by_value in counts.items()}


def _selected(key: ListKey) -> dict[str, str]:
    """What a list of this kind has chosen already, by facet."""
    match key:
        case ("industry", industry):
            return {"industry": industry}
        case ("mode", mode):
            return {"mode": mode}
        case ("pair", industry, mode):
            return {"industry": industry, "mode": mode}
        case _:
            return {}


def _without_own_selection(builder: ViewBuilder, selected: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """The counts of the facets of which something is chosen: of all courses that the rest of the choice leaves."""
    sizes = builder.catalogue.sizes
    industry, mode = selected.get("industry", ""), selected.get("mode", "")
    counts = {}
    if industry:
        counts["industry"] = {slug: sizes.get((slug, mode), 0) for slug in builder.catalogue.industries}
    if mode:
        counts["mode"] = {one: sizes.get((industry, one), 0) for one in builder.catalogue.modes}
    return {facet: {value: n for value, n in found.items() if n} for facet, found in counts.items()}


def _facets(
    builder: ViewBuilder, counts: Mapping[str, Mapping[str, int]], selected: Mapping[str, str]
) -> tuple[Facet, ...]:
    return tuple(
        _facet(builder, facet, found, selected.get(facet, ""))
        for facet, found in counts.items()
        if len(found) >= _FEWEST
    )


def _facet(builder: ViewBuilder, facet: str, counts: Mapping[str, int], selected: str) -> Facet:
    # What is chosen stands there in any case, or nobody could take it away.
    most = sorted(counts, key=lambda value: (value != selected, -counts[value], value))[:_MOST]
    return Facet(
        facet,
        facet_title(builder, facet),
        tuple(
            FacetValue(value, value_title(builder, facet, value), counts[value], value == selected)
            for value in sorted_values(builder, facet, most)
        ),
        len(counts),
    )
