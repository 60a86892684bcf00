"""Filters of lists: as links, which work without JavaScript, and as panels of facets with counts, for scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from credsite.catalogue.facets import ListKey
from credsite.schema.vocabularies import SORT_ORDERS
from credsite.site.details import detail_title
from credsite.site.facet_labels import facet_title, is_own_value, sorted_values, value_title
from credsite.site.urls import course_list_path, story_list_path
from credsite.site.view_builder import ViewBuilder, shared_part
from credsite.site.views import (
    ChosenValue,
    Facet,
    FacetValue,
    FilterLink,
    FilterNav,
    FilterPanel,
    Pagination,
    Term,
)


@shared_part
def course_filter_links(builder: ViewBuilder, industry: str, mode: str) -> tuple[FilterNav, ...]:
    """Links from the list of courses of an industry and a delivery mode ("" for any of them).

    The count of a link is that of the page it leads to. As with any facet, the links of one filter replace its own
    value and keep that of the other filter.
    """
    catalogue, _ = builder.catalogue, builder.translations.gettext

    def link(pair: tuple[str, str], value: str, title: str, *, own: bool = False) -> FilterLink:
        url = builder.urls.to(course_list_path(*pair))
        return FilterLink(value, title, url, catalogue.sizes.get(pair, 0), pair == (industry, mode), own)

    industries = (
        link((slug, mode), slug, builder.industry(slug).title, own=True)
        for slug in catalogue.industries
        if catalogue.sizes.get((slug, mode))
    )
    modes = (
        link((industry, one), one, builder.mode(one).title, own=builder.mode(one).own)
        for one in catalogue.modes
        if catalogue.sizes.get((industry, one))
    )
    return (
        FilterNav("industry", _("Industry"), (link(("", mode), "", _("All industries")), *industries)),
        FilterNav("mode", _("Delivery"), (link((industry, ""), "", _("Any delivery")), *modes)),
    )


def story_filter_links(builder: ViewBuilder, kind: str, value: str) -> tuple[FilterNav, ...]:
    """Links from the list of stories of the industry, background or delivery mode ``value``, as ``kind`` says, or of all."""
    _ = builder.translations.gettext
    any_value = {"industry": _("All industries"), "background": _("Everyone"), "mode": _("Any delivery")}
    filters = []
    for facet, title in any_value.items():
        links = story_links(builder, facet, value if facet == kind else "")
        all_stories = FilterLink(
            "", title, builder.urls.to("stories/"), len(builder.catalogue.stories), not value
        )
        if links:
            filters.append(FilterNav(facet, facet_title(builder, facet), (all_stories, *links)))
    return tuple(filters)


def story_links(builder: ViewBuilder, facet: str, selected: str = "") -> tuple[FilterLink, ...]:
    """A link for each value of ``facet`` that stories have."""
    lists = builder.catalogue.story_lists[facet]
    return tuple(
        FilterLink(
            value,
            value_title(builder, facet, value),
            builder.urls.to(story_list_path(facet, value)),
            len(lists[value]),
            value == selected,
            is_own_value(builder, facet, value),
        )
        for value in sorted_values(builder, facet, tuple(lists))
    )


_MAX_VALUES: Final = 10
"""Values of a facet in the panel. A script shows the others on request."""
_MIN_CHOICES: Final = 2
"""With fewer entries, or fewer values of a facet, there is nothing to choose."""


def filter_panel(builder: ViewBuilder, key: ListKey, path: str, pagination: Pagination) -> FilterPanel | None:
    """The panel for one page of the list of courses at ``path``. None where there is nothing to choose."""
    if not builder.config.offered_filters:
        return None
    selected = _selected(key)

    def counts() -> dict[str, Mapping[str, int]]:
        of_list = builder.catalogue.facets[key].counts() | _counts_without_own_selection(builder, selected)
        # All courses of the list have its own value, such as its place.
        own = key[1] if key[0] == "detail" else key[0]
        facets = (facet for facet in builder.config.offered_filters if facet != own or facet in selected)
        return {facet: of_list[facet] for facet in facets}

    sorts = tuple(Term(order.id, builder.translations.gettext(order.label)) for order in SORT_ORDERS.values())
    sorts += tuple(Term(one.id, detail_title(builder, one)) for one in builder.config.site_schema.sort_fields)
    return _panel(builder, selected, counts, sorts, path, pagination)


def story_panel(
    builder: ViewBuilder, kind: str, value: str, path: str, pagination: Pagination
) -> FilterPanel | None:
    """The panel for one page of the list of stories at ``path``: of the ``background``, ``industry`` or ``mode`` (``kind``)
    ``value``, or of all."""
    selected = {kind: value} if value else {}
    return _panel(builder, selected, lambda: _story_counts(builder, kind, value), (), path, pagination)


def _panel(
    builder: ViewBuilder,
    selected: Mapping[str, str],
    counts: Callable[[], Mapping[str, Mapping[str, int]]],
    sorts: tuple[Term, ...],
    path: str,
    pagination: Pagination,
) -> FilterPanel | None:
    """Only the first page of a list has the facets, so only there can they be found to offer no choice."""
    is_first = pagination.page == 1
    facets = _facets(builder, counts(), selected) if is_first and pagination.total >= _MIN_CHOICES else ()
    if pagination.total < _MIN_CHOICES or (is_first and not facets):
        return None
    chosen = (
        ChosenValue(facet, value, value_title(builder, facet, value), is_own_value(builder, facet, value))
        for facet, value in selected.items()
    )
    return FilterPanel(facets, tuple(chosen), sorts, "" if is_first else builder.urls.to(path))


def _story_counts(builder: ViewBuilder, kind: str, value: str) -> dict[str, dict[str, int]]:
    catalogue = builder.catalogue
    stories_by = catalogue.story_lists
    listed = set(stories_by[kind][value]) if value else set(catalogue.stories)
    # As with courses, the selection in a facet does not limit the counts of the same facet.
    counts = {
        facet: {
            one: len(stories) if facet == kind else len(listed.intersection(stories))
            for one, stories in by_value.items()
        }
        for facet, by_value in stories_by.items()
    }
    return _not_zero(counts)


def _not_zero(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {
        facet: {value: count for value, count in by_value.items() if count}
        for facet, by_value in counts.items()
    }


def _selected(key: ListKey) -> dict[str, str]:
    """The values that the list itself selects, by facet."""
    match key:
        case ("industry", industry):
            return {"industry": industry}
        case ("mode", mode):
            return {"mode": mode}
        case ("pair", industry, mode):
            return {"industry": industry, "mode": mode}
        case _:
            return {}


def _counts_without_own_selection(
    builder: ViewBuilder, selected: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """The counts of the facets in which the list selects a value: as if that facet had no selection."""
    sizes = builder.catalogue.sizes
    industry, mode = selected.get("industry", ""), selected.get("mode", "")
    counts = {}
    if industry:
        counts["industry"] = {slug: sizes.get((slug, mode), 0) for slug in builder.catalogue.industries}
    if mode:
        counts["mode"] = {one: sizes.get((industry, one), 0) for one in builder.catalogue.modes}
    return _not_zero(counts)


def _facets(
    builder: ViewBuilder, counts: Mapping[str, Mapping[str, int]], selected: Mapping[str, str]
) -> tuple[Facet, ...]:
    return tuple(
        _facet(builder, facet, by_value, selected.get(facet, ""))
        for facet, by_value in counts.items()
        if len(by_value) >= _MIN_CHOICES
    )


def _facet(builder: ViewBuilder, facet: str, counts: Mapping[str, int], selected: str) -> Facet:
    # The selected value is always shown, or a visitor could not remove it.
    shown = sorted(counts, key=lambda value: (value != selected, -counts[value], value))[:_MAX_VALUES]
    return Facet(
        facet,
        facet_title(builder, facet),
        tuple(
            FacetValue(
                value,
                value_title(builder, facet, value),
                counts[value],
                value == selected,
                is_own_value(builder, facet, value),
            )
            for value in sorted_values(builder, facet, shown)
        ),
        len(counts),
        facet in builder.config.site_schema.own_facets,
    )
