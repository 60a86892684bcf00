"""The pages of what visitors keep for themselves. Their content is in the visitor's browser, so that they show nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.site import views
from credsite.site.planned import PlannedPage
from credsite.site.view_builder import Parts

SHORTLIST: Final = "shortlist/"
COMPARE: Final = "compare/"


def visitor_pages(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The shortlist and the comparison, where there are courses. Nobody looks for them in a search engine."""
    if catalogue.courses:
        yield PlannedPage(SHORTLIST, shortlist_page, in_sitemap=False)
        yield PlannedPage(COMPARE, compare_page, in_sitemap=False)


def shortlist_page(parts: Parts) -> views.ShortlistPage:
    heading = parts.texts.gettext("Shortlist")
    return views.ShortlistPage(
        head=_head(parts, SHORTLIST, heading),
        section="shortlist",
        crumbs=parts.crumbs((heading, SHORTLIST)),
        heading=heading,
        summary=parts.texts.gettext("The courses that you keep in mind, in this browser and nowhere else."),
        all_courses=parts.urls.to("courses/"),
    )


def compare_page(parts: Parts) -> views.ComparePage:
    heading = parts.texts.gettext("Compare courses")
    return views.ComparePage(
        head=_head(parts, COMPARE, heading),
        section="compare",
        crumbs=parts.crumbs((parts.texts.gettext("Shortlist"), SHORTLIST), (heading, COMPARE)),
        heading=heading,
        summary=parts.texts.gettext("Up to four courses side by side."),
        all_courses=parts.urls.to("courses/"),
    )


def _head(parts: Parts, path: str, title: str) -> views.Head:
    return views.Head(title, "", parts.urls.absolute(path), indexed=False)
