"""The shortlist and the comparison. Scripts fill these pages from what the visitor's browser has stored."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.catalogue.catalogue import Catalogue
from credsite.site import views
from credsite.site.facet_labels import compared_details
from credsite.site.page_parts import breadcrumbs
from credsite.site.planned import PlannedPage
from credsite.site.urls import COMPARE, SHORTLIST
from credsite.site.view_builder import ViewBuilder


def visitor_pages(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The shortlist and the comparison, if there are courses. Search engines need not list them."""
    if catalogue.courses:
        yield PlannedPage(SHORTLIST, shortlist_page, in_sitemap=False)
        yield PlannedPage(COMPARE, compare_page, in_sitemap=False)


def shortlist_page(builder: ViewBuilder) -> views.ShortlistPage:
    heading = builder.translations.gettext("Shortlist")
    return views.ShortlistPage(
        head=_head(builder, SHORTLIST, heading),
        section="shortlist",
        crumbs=breadcrumbs(builder, (heading, SHORTLIST)),
        heading=heading,
        summary=builder.translations.gettext(
            "The courses that you keep in mind, in this browser and nowhere else."
        ),
        all_courses=builder.urls.to("courses/"),
    )


def compare_page(builder: ViewBuilder) -> views.ComparePage:
    heading = builder.translations.gettext("Compare courses")
    return views.ComparePage(
        head=_head(builder, COMPARE, heading),
        section="compare",
        crumbs=breadcrumbs(
            builder, (builder.translations.gettext("Shortlist"), SHORTLIST), (heading, COMPARE)
        ),
        heading=heading,
        summary=builder.translations.gettext("Up to four courses side by side."),
        details=compared_details(builder),
        all_courses=builder.urls.to("courses/"),
    )


def _head(builder: ViewBuilder, path: str, title: str) -> views.Head:
    return views.Head(title, "", builder.urls.absolute(path), indexed=False)
