"""Filters that work without JavaScript: links from a list to the same list with another value of a filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from credsite.site.labels import background_ids
from credsite.site.urls import course_list_path, story_list_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import FilterLink, FilterNav


def course_filter_links(builder: ViewBuilder, industry: str, mode: str) -> tuple[FilterNav, ...]:
    """Links from the list of courses of an industry and a delivery mode ("" for any of them).

    The count of a link is that of the page it leads to. As with any facet, the links of one filter replace its own
    value and keep that of the other filter.
    """
    return builder.shared(_course_filter_links, industry, mode)


def _course_filter_links(builder: ViewBuilder, industry: str, mode: str) -> tuple[FilterNav, ...]:
    catalogue, _ = builder.catalogue, builder.translations.gettext

    def link(pair: tuple[str, str], value: str, title: str) -> FilterLink:
        url = builder.urls.to(course_list_path(*pair))
        return FilterLink(value, title, url, catalogue.sizes.get(pair, 0), pair == (industry, mode))

    industries = (
        link((slug, mode), slug, builder.industry(slug).title)
        for slug in catalogue.industries
        if catalogue.sizes.get((slug, mode))
    )
    modes = (
        link((industry, one), one, builder.mode(one).title)
        for one in catalogue.modes
        if catalogue.sizes.get((industry, one))
    )
    return (
        FilterNav("industry", _("Industry"), (link(("", mode), "", _("All industries")), *industries)),
        FilterNav("mode", _("Delivery"), (link((industry, ""), "", _("Any delivery")), *modes)),
    )


def story_filter_links(builder: ViewBuilder, kind: str, value: str) -> tuple[FilterNav, ...]:
    """Links from the list of stories of the industry, background or delivery mode ``value``, as ``kind`` says, or of all."""
    catalogue, _ = builder.catalogue, builder.translations.gettext

    def nav(filter_by: str, title: str, any_value: str, links: Iterable[FilterLink]) -> FilterNav:
        url = builder.urls.to("stories/")
        everything = FilterLink("", any_value, url, len(catalogue.stories), kind == "stories")
        return FilterNav(filter_by, title, (everything, *links))

    def links(
        filter_by: str, titles: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]
    ) -> Iterator[FilterLink]:
        for one, title in titles.items():
            url = builder.urls.to(story_list_path(filter_by, one))
            yield FilterLink(one, title, url, len(lists[one]), kind == filter_by and one == value)

    industries = {slug: catalogue.industries[slug].title for slug in catalogue.stories_by_industry}
    modes = {mode: builder.mode(mode).title for mode in catalogue.stories_by_mode}
    filters = (
        nav(
            "industry",
            _("Industry"),
            _("All industries"),
            links("industry", industries, catalogue.stories_by_industry),
        ),
        nav(
            "background",
            _("Someone like me"),
            _("Everyone"),
            background_links(builder, value if kind == "background" else ""),
        ),
        nav("mode", _("Delivery"), _("Any delivery"), links("mode", modes, catalogue.stories_by_mode)),
    )
    return tuple(one for one in filters if len(one.items) > 1)


def background_links(builder: ViewBuilder, selected: str = "") -> tuple[FilterLink, ...]:
    """A link for each background that stories have, in the order of credsite.yaml."""
    by_background = builder.catalogue.stories_by_background
    return tuple(
        FilterLink(
            background,
            builder.labels.title("background", background),
            builder.urls.to(story_list_path("background", background)),
            len(by_background[background]),
            background == selected,
        )
        for background in background_ids(builder.config)
        if background in by_background
    )
