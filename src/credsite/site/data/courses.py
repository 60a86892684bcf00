"""The courses as scripts know them: a column for each fact that is filtered or sorted by, and the cards.

A course is a number here, its place in the list of all courses. The cards are HTML, as the theme's own macro makes it, so
that a list that a script puts together looks like one that was built.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.facets import ANY_TIME, FACETS
from credsite.catalogue.relations import skill_key
from credsite.content.records import CourseRecord
from credsite.core.quantities import Duration
from credsite.schema.vocabularies import START_BANDS
from credsite.site.cards import course_card
from credsite.site.context import DataContext
from credsite.site.facet_labels import facet_title, sorted_values, value_title
from credsite.site.list_headings import course_list_heading, course_list_lead, course_list_trail
from credsite.site.urls import course_list_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import CourseCard

_EPOCH: Final = date(1970, 1, 1)
_DAY: Final = 24
_KEPT: Final = 4096
"""How many different amounts are remembered."""

Number = int | float
ValueCodes = list[int] | int


def course_columns(context: DataContext) -> dict[str, Any]:
    """Everything to filter and sort by."""
    builder, catalogue = context.builder, context.catalogue
    courses = catalogue.courses.values()
    prices = [_price(builder, course) for course in courses]
    currencies = list(dict.fromkeys(currency for _, currency in prices if currency))
    positions = {"": -1, **{currency: place for place, currency in enumerate(currencies)}}
    return {
        "ids": list(catalogue.courses),
        "facets": list(_facets(builder, catalogue)),
        "starts": [_starts(catalogue, slug) for slug in catalogue.courses],
        "cost": [amount for amount, _ in prices],
        "currencies": currencies,
        "currency": [positions[currency] for _, currency in prices],
        "days": [_hours(one.duration, _DAY) for one in courses],
        "hours": [_hours(one.workload, 1) for one in courses],
        "added": [_added(catalogue, course) for course in courses],
        "skills": _skills(catalogue),
        "pages": list(_pages(context)),
    }


def course_card_block(context: DataContext, first: int, count: int) -> list[CourseCard]:
    """The cards of ``count`` courses from the number ``first`` on."""
    return [
        course_card(context.builder, slug) for slug in islice(context.catalogue.courses, first, first + count)
    ]


def facet_data(
    facet: str, title: str, values: dict[str, str], codes: list[ValueCodes] | None
) -> dict[str, Any]:
    """A facet with its ``values``, titles by id. Without ``codes`` a script has to find out who has which value."""
    shown = [{"id": value, "title": title_} for value, title_ in values.items()]
    return {"id": facet, "title": title, "values": shown, "codes": codes}


def value_codes(values: tuple[str, ...], positions: dict[str, int]) -> ValueCodes:
    """The positions of the values of one entry: a number where there is one of them."""
    found = sorted(positions[value] for value in values if value in positions)
    return found[0] if len(found) == 1 else found


def _facets(builder: ViewBuilder, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    offered = builder.config.filters
    yield from (_facet(builder, catalogue, facet) for facet in offered)
    # Lists that are pages of their own are of these two, whether or not visitors are offered to filter by them.
    for facet in ("industry", "mode"):
        if facet not in offered:
            yield {**_facet(builder, catalogue, facet), "offered": False}


def _facet(builder: ViewBuilder, catalogue: Catalogue, facet: str) -> dict[str, Any]:
    if facet == "start":  # which dates are near depends on the visitor's day
        titles = {value: value_title(builder, facet, value) for value in START_BANDS}
        return facet_data(facet, facet_title(builder, facet), titles, None)
    at = FACETS.index(facet)
    column = [of_course[at] for of_course in catalogue.facet_values.values()]
    found = set(column)
    values = sorted_values(builder, facet, {value for own in found for value in own})
    positions = {value: place for place, value in enumerate(values)}
    codes = {own: value_codes(own, positions) for own in found}
    titles = {value: value_title(builder, facet, value) for value in values}
    return facet_data(facet, facet_title(builder, facet), titles, [codes[own] for own in column])


def _starts(catalogue: Catalogue, slug: str) -> list[int] | int:
    """Start and deadline of each session that takes applications, in days from today; 0 where one begins at any time."""
    if catalogue.enrolment[slug].state == ANY_TIME:
        return 0
    today, sessions = catalogue.clock.today, catalogue.courses[slug].sessions
    return [
        (day - today).days
        for number, state in catalogue.sessions[slug]
        if state == "open"
        for day in (sessions[number].starts, sessions[number].apply_by or sessions[number].starts)
    ]


def _price(builder: ViewBuilder, course: CourseRecord) -> tuple[Number | None, str]:
    price = course.price
    if price is None:
        return None, ""
    return _number(price.amount), price.currency or builder.config.currency or ""


@lru_cache(maxsize=_KEPT)
def _hours(span: Duration | None, unit: int) -> Number | None:
    """The upper end of a length of time in units of so many hours."""
    return _number(span.hours[1] / unit) if span is not None else None


@lru_cache(maxsize=_KEPT)
def _number(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else round(float(value), 2)


def _added(catalogue: Catalogue, course: CourseRecord) -> int:
    if course.publish_at is None:
        return 0
    return (catalogue.clock.instant(course.publish_at).date() - _EPOCH).days


def _skills(catalogue: Catalogue) -> dict[str, Any]:
    positions = {key: place for place, key in enumerate(catalogue.skills)}
    return {
        "names": [skill.name for skill in catalogue.skills.values()],
        "codes": [
            list(dict.fromkeys(positions[skill_key(skill.name)] for skill in course.skills))
            for course in catalogue.courses.values()
        ],
    }


def _pages(context: DataContext) -> Iterator[dict[str, Any]]:
    """Every list that is a page of its own."""
    catalogue = context.catalogue
    of_one = [*((slug, "") for slug in catalogue.industries), *(("", mode) for mode in catalogue.modes)]
    for industry, mode in [("", ""), *of_one, *catalogue.by_pair]:
        heading = course_list_heading(context.builder, industry, mode)
        yield {
            "path": course_list_path(industry, mode),
            "industry": industry,
            "mode": mode,
            "heading": heading,
            "title": context.layout.titled(heading),
            "lead": course_list_lead(context.builder, industry, mode),
            "crumbs": course_list_trail(context.builder, industry, mode),
        }
