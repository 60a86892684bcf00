"""The lists of courses: all, by industry, by delivery mode, by both, by skill, by a value of an own field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.facets import ALL_COURSES, ListKey
from credsite.catalogue.relations import Slugs
from credsite.content.image_slots import PAGE
from credsite.content.records import Record
from credsite.schema.config import CONFIG_FILE, Config
from credsite.schema.kinds import Kind
from credsite.site import json_ld, views
from credsite.site.api.addresses import course_list_file
from credsite.site.cards import pathway_cards, story_cards
from credsite.site.descriptions import course_summary
from credsite.site.details import detail_text, detail_title
from credsite.site.filters import course_filter_links
from credsite.site.list_headings import ListHeading, TrailStep, course_list_heading
from credsite.site.listed_courses import listed_courses
from credsite.site.page_parts import NO_BODY, page_body, page_fields
from credsite.site.pages.course_index import letter_links
from credsite.site.pages.topics import detail_index
from credsite.site.planned import PlannedPage, iso_day, list_pages
from credsite.site.urls import course_list_path, detail_path, skill_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import FilterNav

_MAX_ON_TOPIC = 3
"""Stories, and pathways, shown below a list."""


def course_lists(catalogue: Catalogue, page_size: int) -> Iterator[PlannedPage]:
    """All pages of all lists of courses."""
    days = {slug: iso_day(course.updated) for slug, course in catalogue.courses.items()}

    def pages(
        industry: str, mode: str, slugs: Slugs, *, in_sitemap: bool, source: str = ""
    ) -> Iterator[PlannedPage]:
        newest = max(map(days.__getitem__, slugs), default="")
        fields: dict[str, Any] = {"source": source, "updated": newest, "in_sitemap": in_sitemap}
        path = course_list_path(industry, mode)
        yield from list_pages(path, course_list, len(slugs), page_size, industry, mode, **fields)

    yield from pages("", "", tuple(catalogue.courses), in_sitemap=True)
    for slug, industry in catalogue.industries.items():
        slugs = catalogue.by_industry.get(slug, ())
        yield from pages(slug, "", slugs, in_sitemap=bool(slugs), source=industry.path)
    for mode, record in catalogue.modes.items():
        source = record.path if record is not None else ""
        slugs = catalogue.by_mode.get(mode, ())
        yield from pages("", mode, slugs, in_sitemap=bool(slugs), source=source)
    for (slug, mode), slugs in catalogue.by_pair.items():
        # If all courses of the industry have this mode, search engines should index the list of the industry only.
        yield from pages(slug, mode, slugs, in_sitemap=slugs != catalogue.by_industry[slug])
    for key, skill in catalogue.skills.items():
        if len(skill.courses) > 1:
            newest = max(map(days.__getitem__, skill.courses))
            path = skill_path(skill.slug)
            yield from list_pages(path, skill_list, len(skill.courses), page_size, key, updated=newest)


def detail_lists(catalogue: Catalogue, config: Config) -> Iterator[PlannedPage]:
    """For each own field whose values have pages: the index of its values, and all pages of the list of each value."""
    for field in config.site_schema.page_fields:
        declared: dict[str, Any] = {"source": CONFIG_FILE, "key": ("fields", Kind.COURSE.value, field.key)}
        yield PlannedPage(detail_path(field.id), detail_index, (field.id,), **declared)
        for value in field.display.vocabulary or ():
            slugs = catalogue.by_detail.get((field.id, value), ())
            newest = max((iso_day(catalogue.courses[slug].updated) for slug in slugs), default="")
            path = detail_path(field.id, value)
            fields = {**declared, "updated": newest, "in_sitemap": bool(slugs)}
            yield from list_pages(path, detail_list, len(slugs), config.page_size, field.id, value, **fields)


def detail_list(builder: ViewBuilder, number: int, field_id: str, value: str) -> views.CourseListPage:
    """Page ``number`` of the list of courses with a value of an own field."""
    field = builder.config.site_schema.course_fields[field_id]
    path, name = detail_path(field_id, value), detail_title(builder, field)
    label = detail_text(builder, field, value)
    title = builder.translations.gettext("%(name)s: %(value)s") % {"name": name, "value": label}
    summary = field.display.vocabulary[value].summary if field.display.vocabulary else ""
    heading = ListHeading(
        title, summary, (TrailStep(name, detail_path(field_id), own=True),), label, own=True
    )
    slugs = builder.catalogue.by_detail.get((field_id, value), ())
    key: ListKey = ("detail", field_id, value)
    fixed = f"{field_id}:{value}"
    return _list_page(builder, number, key, path, slugs, heading, section=field_id, fixed=fixed)


def course_list(builder: ViewBuilder, number: int, industry: str, mode: str) -> views.CourseListPage:
    """Page ``number`` of the list of an industry, a delivery mode, both or neither ("" for none)."""
    catalogue = builder.catalogue
    entry: Record | None = None
    stories: Slugs = ()
    pathways: Slugs = ()
    canonical = ""
    if industry and mode:
        key: ListKey = ("pair", industry, mode)
        slugs = catalogue.by_pair[industry, mode]
        canonical = course_list_path(industry, "") if slugs == catalogue.by_industry[industry] else ""
    elif industry:
        key, slugs = ("industry", industry), catalogue.by_industry.get(industry, ())
        entry = catalogue.industries[industry]
        stories = catalogue.stories_by_industry.get(industry, ())
        pathways = catalogue.pathways_by_industry.get(industry, ())
    elif mode:
        key, slugs, entry = ("mode", mode), catalogue.by_mode.get(mode, ()), catalogue.modes[mode]
    else:
        key, slugs = ALL_COURSES, tuple(catalogue.courses)
    return _list_page(
        builder,
        number,
        key,
        course_list_path(industry, mode),
        slugs,
        course_list_heading(builder, industry, mode),
        section="industries" if industry else "delivery" if mode else "courses",
        canonical=canonical,
        entry=entry,
        filters=course_filter_links(builder, industry, mode),
        stories=stories,
        pathways=pathways,
        industry=industry,
        mode=mode,
    )


def skill_list(builder: ViewBuilder, number: int, key: str) -> views.CourseListPage:
    """Page ``number`` of the list of courses that teach a skill."""
    _ = builder.translations.gettext
    skill = builder.catalogue.skills[key]
    path = skill_path(skill.slug)
    title = _("Courses that teach %(skill)s") % {"skill": skill.name}
    heading = ListHeading(title, "", (TrailStep(_("Skills"), "skills/"),), skill.name, own=True)
    fixed = f"skill:{skill.name}"
    return _list_page(
        builder, number, ("skill", key), path, skill.courses, heading, section="skills", fixed=fixed
    )


def _list_page(
    builder: ViewBuilder,
    number: int,
    key: ListKey,
    path: str,
    slugs: Slugs,
    heading: ListHeading,
    *,
    section: str = "",
    canonical: str = "",
    entry: Record | None = None,
    filters: tuple[FilterNav, ...] = (),
    stories: Slugs = (),
    pathways: Slugs = (),
    industry: str = "",
    mode: str = "",
    fixed: str = "",
) -> views.CourseListPage:
    """``canonical`` is the site path of a list with the same courses that search engines should index instead, or ""."""
    is_first = number == 1
    listed = listed_courses(builder, number, key, path, slugs, fixed)
    return views.CourseListPage(
        **page_fields(
            builder,
            path,
            heading.title,
            heading.lead,
            section=section,
            above=heading.above,
            short_title=heading.short_title,
            own=heading.own,
            description=heading.lead if heading.has_own_lead else "",
            listed=course_summary(builder, len(slugs), listed["cards"]),
            shared=builder.catalogue.industries[industry] if industry else entry,
            canonical=canonical,
            pagination=listed["pagination"],
            document=course_list_file(1) if builder.config.api and key == ALL_COURSES else "",
            indexed=bool(slugs) or key == ALL_COURSES,
            graphs=[json_ld.course_item_list(listed["cards"], builder.urls)],
        ),
        kind=key[0],
        body=page_body(builder, entry) if is_first else NO_BODY,
        picture=builder.entry_picture(entry, PAGE) if entry is not None else None,
        industry=industry,
        mode=mode,
        filters=filters,
        letters=letter_links(builder) if is_first and key == ALL_COURSES else (),
        **listed,
        stories=story_cards(builder, stories[:_MAX_ON_TOPIC]) if is_first else (),
        pathways=pathway_cards(builder, pathways[:_MAX_ON_TOPIC]) if is_first else (),
    )
