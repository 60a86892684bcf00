"""The lists of courses: all, by industry, by delivery mode, by both, by skill."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.facets import ALL_COURSES, ListKey
from credsite.content.records import Record
from credsite.schema.kinds import Kind
from credsite.site import json_ld, views
from credsite.site.cards import course_cards, pathway_cards, story_cards
from credsite.site.filters import course_filter_links, filter_panel
from credsite.site.list_headings import course_list_heading, course_list_lead, course_list_trail
from credsite.site.page_parts import (
    NO_BODY,
    breadcrumbs,
    page_body,
    page_count,
    page_head,
    paginated,
    structured_data,
)
from credsite.site.planned import PlannedPage, iso_day
from credsite.site.urls import course_list_path, entry_path, numbered_path, skill_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import FilterNav

_MAX_ON_TOPIC = 3
"""Stories, and pathways, shown below a list."""


def course_lists(catalogue: Catalogue, page_size: int) -> Iterator[PlannedPage]:
    """All pages of all lists of courses."""
    courses = catalogue.courses
    days = {slug: iso_day(course.updated) for slug, course in courses.items()}

    def pages(
        kind: str,
        path: str,
        slugs: tuple[str, ...],
        *keys: str,
        source: str = "",
        in_sitemap: bool = True,
    ) -> Iterator[PlannedPage]:
        newest = max(map(days.__getitem__, slugs), default="")
        for number in range(1, page_count(len(slugs), page_size) + 1):
            yield PlannedPage(
                numbered_path(path, number),
                course_list,
                (kind, number, *keys),
                source,
                newest,
                in_sitemap,
            )

    yield from pages("courses", "courses/", tuple(courses))
    for slug, industry in catalogue.industries.items():
        slugs = catalogue.by_industry.get(slug, ())
        yield from pages("industry", entry_path(Kind.INDUSTRY, slug), slugs, slug, source=industry.path)
    for mode, record in catalogue.modes.items():
        slugs = catalogue.by_mode.get(mode, ())
        source = record.path if record is not None else ""
        yield from pages("mode", entry_path(Kind.DELIVERY_MODE, mode), slugs, mode, source=source)
    for (slug, mode), slugs in catalogue.by_pair.items():
        # If all courses of the industry have this mode, search engines should index the list of the industry only.
        same = slugs == catalogue.by_industry[slug]
        yield from pages("pair", course_list_path(slug, mode), slugs, slug, mode, in_sitemap=not same)
    for key, skill in catalogue.skills.items():
        if len(skill.courses) > 1:
            yield from pages("skill", skill_path(skill.slug), skill.courses, key)


@dataclass(frozen=True, slots=True)
class _List:
    """A list of courses. ``key`` identifies it in the catalogue.

    ``canonical`` is the site path of a list with the same courses that search engines should index instead, or "". ``fixed``
    is a condition that visitors cannot remove, such as ``skill:First aid``, or "".
    """

    key: ListKey
    path: str
    slugs: tuple[str, ...]
    heading: str
    summary: str
    trail: tuple[tuple[str, str], ...] = ()
    crumb: str = ""
    entry: Record | None = None
    canonical: str = ""
    filters: tuple[FilterNav, ...] = ()
    section: str = ""
    stories: tuple[str, ...] = ()
    pathways: tuple[str, ...] = ()
    industry: str = ""
    mode: str = ""
    fixed: str = ""


def course_list(builder: ViewBuilder, kind: str, number: int, *keys: str) -> views.CourseListPage:
    """Page ``number`` of a list. ``keys`` depend on ``kind``: an industry, a delivery mode, both, or a skill."""
    listing = _LISTS[kind](builder, *keys)
    is_first = number == 1
    on_page, pagination = paginated(
        listing.slugs, builder.config.page_size, number, listing.path, builder.urls
    )
    cards = course_cards(builder, on_page)
    crumbs = breadcrumbs(builder, *listing.trail, (listing.crumb or listing.heading, listing.path))
    return views.CourseListPage(
        head=page_head(
            builder,
            numbered_path(listing.path, number),
            listing.heading,
            listing.summary or listing.heading,
            canonical=numbered_path(listing.canonical, number) if listing.canonical else None,
            pagination=pagination,
            data=structured_data(builder, crumbs, json_ld.course_item_list(cards, builder.urls)),
        ),
        section=listing.section,
        crumbs=crumbs,
        heading=listing.heading,
        summary=listing.summary,
        kind=kind,
        body=page_body(builder, listing.entry) if is_first else NO_BODY,
        picture=builder.entry_picture(listing.entry) if listing.entry is not None else None,
        industry=listing.industry,
        mode=listing.mode,
        fixed=listing.fixed,
        filters=listing.filters,
        panel=filter_panel(builder, listing.key, listing.path, pagination),
        cards=cards,
        pagination=pagination,
        stories=story_cards(builder, listing.stories[:_MAX_ON_TOPIC]) if is_first else (),
        pathways=pathway_cards(builder, listing.pathways[:_MAX_ON_TOPIC]) if is_first else (),
    )


def _all(builder: ViewBuilder) -> _List:
    return _List(
        ALL_COURSES,
        "courses/",
        tuple(builder.catalogue.courses),
        course_list_heading(builder, "", ""),
        course_list_lead(builder, "", ""),
        filters=course_filter_links(builder, "", ""),
        section="courses",
    )


def _industry(builder: ViewBuilder, slug: str) -> _List:
    catalogue = builder.catalogue
    entry = catalogue.industries[slug]
    return _List(
        ("industry", slug),
        entry_path(Kind.INDUSTRY, slug),
        catalogue.by_industry.get(slug, ()),
        course_list_heading(builder, slug, ""),
        course_list_lead(builder, slug, ""),
        course_list_trail(builder, slug, "")[:-1],
        entry=entry,
        filters=course_filter_links(builder, slug, ""),
        section="industries",
        stories=catalogue.stories_by_industry.get(slug, ()),
        pathways=catalogue.pathways_by_industry.get(slug, ()),
        industry=slug,
    )


def _mode(builder: ViewBuilder, mode: str) -> _List:
    return _List(
        ("mode", mode),
        entry_path(Kind.DELIVERY_MODE, mode),
        builder.catalogue.by_mode.get(mode, ()),
        course_list_heading(builder, "", mode),
        course_list_lead(builder, "", mode),
        course_list_trail(builder, "", mode)[:-1],
        entry=builder.catalogue.modes[mode],
        filters=course_filter_links(builder, "", mode),
        section="delivery",
        mode=mode,
    )


def _pair(builder: ViewBuilder, industry: str, mode: str) -> _List:
    catalogue = builder.catalogue
    parent = entry_path(Kind.INDUSTRY, industry)
    *trail, (crumb, _path) = course_list_trail(builder, industry, mode)
    slugs = catalogue.by_pair[industry, mode]
    return _List(
        ("pair", industry, mode),
        course_list_path(industry, mode),
        slugs,
        course_list_heading(builder, industry, mode),
        course_list_lead(builder, industry, mode),
        tuple(trail),
        crumb=crumb,
        canonical=parent if slugs == catalogue.by_industry[industry] else "",
        filters=course_filter_links(builder, industry, mode),
        section="industries",
        industry=industry,
        mode=mode,
    )


def _skill(builder: ViewBuilder, key: str) -> _List:
    _ = builder.translations.gettext
    skill = builder.catalogue.skills[key]
    return _List(
        ("skill", key),
        skill_path(skill.slug),
        skill.courses,
        _("Courses that teach %(skill)s") % {"skill": skill.name},
        "",
        ((_("Skills"), "skills/"),),
        crumb=skill.name,
        fixed=f"skill:{skill.name}",
    )


_LISTS: Mapping[str, Callable[..., _List]] = {
    "courses": _all,
    "industry": _industry,
    "mode": _mode,
    "pair": _pair,
    "skill": _skill,
}
