"""Data about courses and stories for scripts: a column for each value to filter or sort by, and the cards.

A course is identified by its position in the list of all courses. Cards are HTML from the theme's own macro, so that a list
made by a script looks like one that was built.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.enrolment import OPEN_STATES
from credsite.catalogue.facets import ANY_TIME
from credsite.catalogue.skills import skill_key
from credsite.content.records import CourseRecord
from credsite.core.quantities import Duration
from credsite.schema.vocabularies import START_BANDS
from credsite.site.cards import course_card, story_cards
from credsite.site.details import sorted_detail_values
from credsite.site.facet_labels import facet_title, needs_title, sorted_values, value_title
from credsite.site.list_headings import ListHeading, course_list_heading, story_list_heading
from credsite.site.planned import DataContext
from credsite.site.urls import course_list_path, story_list_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import CourseCard

_EPOCH: Final = date(1970, 1, 1)
_HOURS_PER_DAY: Final = 24
_CACHE_SIZE: Final = 4096

Number = int | float
ValueCodes = list[int] | int


def course_columns(context: DataContext) -> dict[str, Any]:
    """Everything that visitors can filter and sort courses by."""
    builder, catalogue = context.builder, context.catalogue
    courses = catalogue.courses.values()
    prices = [_price(builder, course) for course in courses]
    currencies = list(dict.fromkeys(currency for _, currency in prices if currency))
    positions = {"": -1, **{currency: position for position, currency in enumerate(currencies)}}
    return {
        "ids": list(catalogue.courses),
        "facets": list(_course_facets(builder, catalogue)),
        "starts": [_starts(catalogue, slug) for slug in catalogue.courses],
        "cost": [amount for amount, _ in prices],
        "currencies": currencies,
        "currency": [positions[currency] for _, currency in prices],
        "days": [_hours(one.duration, _HOURS_PER_DAY) for one in courses],
        "hours": [_hours(one.workload, 1) for one in courses],
        "added": [_added(catalogue, course) for course in courses],
        "skills": _skills(catalogue),
        **_own_orders(builder, catalogue),
        "pages": list(_course_pages(context)),
    }


def _own_orders(builder: ViewBuilder, catalogue: Catalogue) -> dict[str, Any]:
    """For each own field that courses can be sorted by, the position of each course's value among all; None for none."""
    orders: dict[str, list[int | None]] = {}
    for field in builder.config.site_schema.sort_fields:
        given = [dict(course.details).get(field.id) for course in catalogue.courses.values()]
        values = sorted_detail_values(builder, field, {one[0] for one in given if one})
        positions = {value: position for position, value in enumerate(values)}
        orders[field.id] = [positions[one[0]] if one else None for one in given]
    return {"orders": orders} if orders else {}


def course_card_block(context: DataContext, first: int, count: int) -> list[CourseCard]:
    """The cards of ``count`` courses from position ``first`` on."""
    return [
        course_card(context.builder, slug) for slug in islice(context.catalogue.courses, first, first + count)
    ]


def _course_facets(builder: ViewBuilder, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    offered = [facet for facet in builder.config.offered_filters if facet != "place" or catalogue.by_place]
    # There are pages for the others, even if the site does not offer them as filters.
    with_pages = (field.id for field in builder.config.site_schema.page_fields)
    for facet in dict.fromkeys((*offered, "industry", "mode", *with_pages)):
        if facet == "start":  # which start dates are near depends on the day of the visit
            found = _facet_data(builder, facet, START_BANDS, None)
        else:
            index = builder.config.site_schema.facets.index(facet)
            column = [values[index] for values in catalogue.facet_values.values()]
            if facet in builder.config.site_schema.filter_fields and not any(column):
                continue
            found = _facet(builder, facet, column)
        yield found if facet in offered else {**found, "offered": False}


def _facet(builder: ViewBuilder, facet: str, column: list[tuple[str, ...]]) -> dict[str, Any]:
    """A facet of which ``column`` has the values of each entry."""
    combinations = set(column)
    values = sorted_values(builder, facet, {value for combination in combinations for value in combination})
    positions = {value: position for position, value in enumerate(values)}
    codes = {combination: _value_codes(combination, positions) for combination in combinations}
    return _facet_data(builder, facet, values, [codes[combination] for combination in column])


def _facet_data(
    builder: ViewBuilder, facet: str, values: Iterable[str], codes: list[ValueCodes] | None
) -> dict[str, Any]:
    """``codes`` has the values of each entry; None if a script must work them out."""
    labels = [
        {"id": value, "title": value_title(builder, facet, value), **_meaning(builder, facet, value)}
        for value in values
    ]
    named = {"named": True} if needs_title(builder, facet) else {}
    return {"id": facet, "title": facet_title(builder, facet), **named, "values": labels, "codes": codes}


def _meaning(builder: ViewBuilder, facet: str, value: str) -> dict[str, str]:
    """The built-in value by which scripts know a value of the site's own."""
    term = builder.config.site_schema.vocabularies.get(facet, {}).get(value)
    return {"same_as": term.same_as} if term is not None and term.same_as else {}


def _value_codes(values: tuple[str, ...], positions: dict[str, int]) -> ValueCodes:
    """The positions of the values of one entry: a list, or a number if there is only one."""
    codes = sorted({positions[value] for value in values if value in positions})
    return codes[0] if len(codes) == 1 else codes


def _starts(catalogue: Catalogue, slug: str) -> list[int] | int:
    """Start and deadline of each session that is open for applications, in days from today. 0 for a start at any time."""
    if catalogue.enrolment[slug].state == ANY_TIME:
        return 0
    today, sessions = catalogue.clock.today, catalogue.courses[slug].sessions
    return [
        (day - today).days
        for number, state in catalogue.sessions[slug]
        if state in OPEN_STATES
        for day in (sessions[number].starts, sessions[number].apply_by or sessions[number].starts)
    ]


def _price(builder: ViewBuilder, course: CourseRecord) -> tuple[Number | None, str]:
    price = course.price
    if price is None:
        return None, ""
    return _number(price.amount), price.currency or builder.config.currency or ""


@lru_cache(maxsize=_CACHE_SIZE)
def _hours(duration: Duration | None, unit: int) -> Number | None:
    """The longest time that ``duration`` allows, in units of ``unit`` hours."""
    return _number(duration.hours[1] / unit) if duration is not None else None


@lru_cache(maxsize=_CACHE_SIZE)
def _number(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else round(float(value), 2)


def _added(catalogue: Catalogue, course: CourseRecord) -> int:
    if course.publish_at is None:
        return 0
    return (catalogue.clock.instant(course.publish_at).date() - _EPOCH).days


def _skills(catalogue: Catalogue) -> dict[str, Any]:
    positions = {key: position for position, key in enumerate(catalogue.skills)}
    return {
        "names": [skill.name for skill in catalogue.skills.values()],
        "codes": [
            list(dict.fromkeys(positions[skill_key(skill.name)] for skill in course.skills))
            for course in catalogue.courses.values()
        ],
    }


def _course_pages(context: DataContext) -> Iterator[dict[str, Any]]:
    """Every list of courses that has a page."""
    catalogue = context.catalogue
    by_industry = [(slug, "") for slug in catalogue.industries]
    by_mode = [("", mode) for mode in catalogue.modes]
    for industry, mode in [("", ""), *by_industry, *by_mode, *catalogue.by_pair]:
        heading = course_list_heading(context.builder, industry, mode)
        selected = {"industry": industry, "mode": mode}
        yield _list_page(context, course_list_path(industry, mode), selected, heading)


def _list_page(
    context: DataContext, path: str, selected: dict[str, str], heading: ListHeading
) -> dict[str, Any]:
    """What scripts show of the list at ``path``, which selects the values ``selected`` by facet ("" for none)."""
    title = context.layout.titled(heading.title)
    crumbs = [*(step[:2] for step in heading.above), (heading.short_title or heading.title, path)]
    texts = {"heading": heading.title, "title": title, "lead": heading.lead, "crumbs": crumbs}
    return {"path": path, **selected, **texts}


def story_columns(context: DataContext) -> dict[str, Any]:
    """Everything that visitors can filter stories by, and the cards. There are few stories, so one file holds all."""
    builder, catalogue = context.builder, context.catalogue
    return {
        "ids": list(catalogue.stories),
        "facets": [
            _facet(builder, facet, _values_by_lists(catalogue.stories, lists))
            for facet, lists in catalogue.story_lists.items()
        ],
        "cards": list(story_cards(builder, tuple(catalogue.stories))),
        "pages": list(_story_pages(context, catalogue)),
    }


def _values_by_lists(slugs: Iterable[str], lists: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """Of each entry the values in whose ``lists`` it is."""
    found: dict[str, list[str]] = {slug: [] for slug in slugs}
    for value, listed in lists.items():
        for slug in listed:
            found[slug].append(value)
    return [tuple(values) for values in found.values()]


def _story_pages(context: DataContext, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Every list of stories that has a page."""
    lists = [
        ("stories", ""),
        *((kind, value) for kind, by_value in catalogue.story_lists.items() for value in by_value),
    ]
    for kind, value in lists:
        selected = {facet: value if facet == kind else "" for facet in ("background", "industry", "mode")}
        heading = story_list_heading(context.builder, kind, value)
        yield _list_page(context, story_list_path(kind, value), selected, heading)
