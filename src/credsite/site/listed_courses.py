"""What all pages of lists of courses have: the cards of one page, its pagination, and its filters."""

from __future__ import annotations

from typing import TypedDict

from credsite.catalogue.facets import ListKey
from credsite.catalogue.relations import Slugs
from credsite.site import views
from credsite.site.cards import course_cards
from credsite.site.feeds.atom import feed_link
from credsite.site.feeds.calendars import list_calendar_link
from credsite.site.filters import filter_panel
from credsite.site.page_parts import paginated
from credsite.site.view_builder import ViewBuilder


class CourseListFields(TypedDict):
    """The fields that every :class:`~credsite.site.views.PageWithCourses` has beside those of all pages."""

    fixed: str
    panel: views.FilterPanel | None
    cards: tuple[views.CourseCard, ...]
    pagination: views.Pagination
    follow: views.Follow | None


def listed_courses(
    builder: ViewBuilder, number: int, key: ListKey, path: str, slugs: Slugs, fixed: str = ""
) -> CourseListFields:
    """Page ``number`` of the list ``key`` of the courses ``slugs``, whose first page is at the site path ``path``."""
    on_page, pagination = paginated(slugs, builder.config.page_size, number, path, builder.urls)
    return {
        "fixed": fixed,
        "panel": filter_panel(builder, key, path, pagination),
        "cards": course_cards(builder, on_page),
        "pagination": pagination,
        "follow": _follow(builder, key) if number == 1 else None,
    }


def _follow(builder: ViewBuilder, key: ListKey) -> views.Follow | None:
    feed, calendar = feed_link(builder, key), list_calendar_link(builder, key)
    return views.Follow(feed, calendar) if feed or calendar else None
