"""The shortlist and the comparison. Scripts fill these pages from what the visitor's browser has stored."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.catalogue.catalogue import Catalogue
from credsite.site import views
from credsite.site.details import compared_details
from credsite.site.list_headings import TrailStep
from credsite.site.page_parts import page_fields
from credsite.site.planned import PlannedPage
from credsite.site.urls import COMPARE, SHORTLIST
from credsite.site.view_builder import ViewBuilder


def visitor_pages(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The shortlist and the comparison, if there are courses. Search engines need not list them."""
    if catalogue.courses:
        yield PlannedPage(SHORTLIST, shortlist_page, in_sitemap=False)
        yield PlannedPage(COMPARE, compare_page, in_sitemap=False)


def shortlist_page(builder: ViewBuilder) -> views.ShortlistPage:
    _ = builder.translations.gettext
    summary = _("The courses that you keep in mind, in this browser and nowhere else.")
    return views.ShortlistPage(
        **page_fields(
            builder,
            SHORTLIST,
            _("Shortlist"),
            summary,
            section="shortlist",
            description="",
            indexed=False,
        ),
        all_courses=builder.urls.to("courses/"),
    )


def compare_page(builder: ViewBuilder) -> views.ComparePage:
    _ = builder.translations.gettext
    return views.ComparePage(
        **page_fields(
            builder,
            COMPARE,
            _("Compare courses"),
            _("Up to four courses side by side."),
            section="compare",
            above=(TrailStep(_("Shortlist"), SHORTLIST),),
            description="",
            indexed=False,
        ),
        details=compared_details(builder),
        places=bool(builder.catalogue.by_place),
        all_courses=builder.urls.to("courses/"),
    )
