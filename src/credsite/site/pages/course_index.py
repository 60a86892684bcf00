"""The index of a long list of courses: their titles by letter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.core.text import first_letter
from credsite.schema.kinds import Kind
from credsite.site import views
from credsite.site.descriptions import course_summary
from credsite.site.list_headings import TrailStep
from credsite.site.page_parts import page_fields, paginated
from credsite.site.planned import PlannedPage, list_pages
from credsite.site.urls import course_index_path, numbered_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link

_PAGE_SIZE: Final = 240
"""Titles on a page: there are few pages, and none is large."""


def course_index_pages(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """All pages of the index, if there are many courses."""
    if catalogue.letters:
        yield from list_pages(course_index_path(), course_index, len(catalogue.courses), _PAGE_SIZE)


def course_index(builder: ViewBuilder, number: int) -> views.CourseIndexPage:
    """Page ``number`` of the index."""
    _, catalogue, path = builder.translations.gettext, builder.catalogue, course_index_path()
    on_page, pagination = paginated(tuple(catalogue.courses), _PAGE_SIZE, number, path, builder.urls)
    begin_here = {
        letter: _letter_id(letter) for letter, place in catalogue.letters.items() if _page_of(place) == number
    }
    links = [_course(builder, slug) for slug in on_page]
    groups = groupby(links, key=lambda link: first_letter(link[0].title))
    return views.CourseIndexPage(
        **page_fields(
            builder,
            path,
            _("All courses from A to Z"),
            "",
            section="courses",
            above=(TrailStep(_("Courses"), "courses/"),),
            short_title=_("From A to Z"),
            listed=course_summary(builder, pagination.total, [link for link, _provider in links]),
            pagination=pagination,
            graphs=(),
        ),
        letters=letter_links(builder),
        # A letter may come twice, because other characters than letters are sorted before and after them.
        groups=tuple(
            views.LetterGroup(letter, begin_here.pop(letter, ""), tuple(courses))
            for letter, courses in groups
        ),
        pagination=pagination,
    )


def letter_links(builder: ViewBuilder) -> tuple[Link, ...]:
    """Each letter, leading to where it begins in the index."""
    path = course_index_path()
    return tuple(
        Link(letter, f"{builder.urls.to(numbered_path(path, _page_of(place)))}#{_letter_id(letter)}")
        for letter, place in builder.catalogue.letters.items()
    )


def _course(builder: ViewBuilder, slug: str) -> tuple[Link, str]:
    course = builder.catalogue.courses[slug]
    link = Link(course.title, builder.urls.entry(Kind.COURSE, slug))
    return link, builder.provider(course.provider).title


def _page_of(place: int) -> int:
    return place // _PAGE_SIZE + 1


def _letter_id(letter: str) -> str:
    """The id of the heading of a letter, in every script."""
    return (
        f"letter_{letter.lower() if letter.isascii() and letter.isalpha() else format(ord(letter[0]), 'x')}"
    )
