"""What a list can be filtered by: its facets, each with its most frequent values and how often they stand there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from credsite.catalogue.facets import ListKey
from credsite.site.facet_words import SORTS, facet_title, in_order, value_title
from credsite.site.parts import Parts
from credsite.site.views import Facet, FacetValue, FilterPanel, Term

_MOST: Final = 10
"""Values of a facet that stand in the panel; a script shows the others where somebody asks for them."""
_FEWEST: Final = 2
"""Courses, and values of a facet, below which there is nothing to choose."""


def filter_panel(parts: Parts, key: ListKey, size: int) -> FilterPanel | None:
    """The panel of a list of ``size`` courses, the same on all of its pages. None where there is nothing to choose."""
    if size < _FEWEST:
        return None

    def panel(*key: str) -> FilterPanel | None:
        return _panel(parts, key)

    return parts.shared(panel, *key)


def story_panel(parts: Parts, kind: str, chosen: str) -> FilterPanel | None:
    """The panel of a list of stories: of all, or of the background, industry or mode ``chosen``, as ``kind`` says."""

    def panel_of_stories(kind: str, chosen: str) -> FilterPanel | None:
        return _story_panel(parts, kind, chosen)

    return parts.shared(panel_of_stories, kind, chosen)


def _story_panel(parts: Parts, kind: str, chosen: str) -> FilterPanel | None:
    catalogue = parts.catalogue
    found: dict[str, Mapping[str, tuple[str, ...]]] = {
        "background": catalogue.stories_by_background,
        "industry": catalogue.stories_by_industry,
        "mode": catalogue.stories_by_mode,
    }
    listed = set(found[kind][chosen]) if chosen else set(catalogue.stories)
    if len(listed) < _FEWEST:
        return None
    facets = []
    for facet, by_value in found.items():
        # As with courses, what is chosen of a facet does not count for its own values.
        counts = {
            value: len(stories) if facet == kind else len(listed.intersection(stories))
            for value, stories in by_value.items()
        }
        counts = {value: count for value, count in counts.items() if count}
        if len(counts) >= _FEWEST:
            facets.append(_facet(parts, facet, counts, chosen if facet == kind else ""))
    return FilterPanel(tuple(facets), ()) if facets else None


def _panel(parts: Parts, key: ListKey) -> FilterPanel | None:
    selected = _selected(key)
    counts = {**parts.catalogue.facets[key].counts(), **_without_own_selection(parts, selected)}
    facets = tuple(
        _facet(parts, facet, counts[facet], selected.get(facet, ""))
        for facet in parts.config.filters
        if len(counts[facet]) >= _FEWEST
    )
    if not facets:
        return None
    _ = parts.texts.gettext
    return FilterPanel(facets, tuple(Term(sort, _(title)) for sort, title in SORTS.items()))


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


def _without_own_selection(parts: Parts, selected: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """The counts of the facets of which something is chosen: of all courses that the rest of the choice leaves."""
    sizes = parts.catalogue.sizes
    industry, mode = selected.get("industry", ""), selected.get("mode", "")
    counts = {}
    if industry:
        counts["industry"] = {slug: sizes.get((slug, mode), 0) for slug in parts.catalogue.industries}
    if mode:
        counts["mode"] = {one: sizes.get((industry, one), 0) for one in parts.catalogue.modes}
    return {facet: {value: n for value, n in found.items() if n} for facet, found in counts.items()}


def _facet(parts: Parts, facet: str, counts: Mapping[str, int], selected: str) -> Facet:
    # What is chosen stands there in any case, or nobody could take it away.
    most = sorted(counts, key=lambda value: (value != selected, -counts[value], value))[:_MOST]
    return Facet(
        facet,
        facet_title(parts, facet),
        tuple(
            FacetValue(value, value_title(parts, facet, value), counts[value], value == selected)
            for value in in_order(parts, facet, most)
        ),
        len(counts),
    )
