"""Filters, pagination, and skills by letter."""

from __future__ import annotations

from dataclasses import dataclass

from credsite.site.views.parts import Term


@dataclass(frozen=True, slots=True)
class FilterLink:
    """A value of a filter, as a link to a page that lists ``count`` entries."""

    id: str
    title: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class FilterNav:
    """A filter that works without JavaScript. ``id`` is ``industry``, ``mode`` or ``background``."""

    id: str
    title: str
    items: tuple[FilterLink, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that visitors can select. ``count`` entries have it, as if the facet had no selection."""

    id: str
    title: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of a list. ``values`` are the most frequent of its ``total`` values."""

    id: str
    title: str
    values: tuple[FacetValue, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ChosenValue:
    """A value that the list itself selects."""

    facet: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class FilterPanel:
    """Everything that scripts can filter and sort a list by, and what the list itself selects.

    Only the first page of a list has ``facets``. On other pages, ``source`` is the URL of the first page, from which scripts
    load them. So a change of a count does not change all pages of a list.
    """

    facets: tuple[Facet, ...]
    chosen: tuple[ChosenValue, ...]
    sorts: tuple[Term, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A number in the pagination. ``number`` is 0 for a gap."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pagination:
    """The position of a page in its list: it shows entries ``first`` to ``last`` of ``total`` (0, 0, 0 for an empty list).

    ``size`` is the number of entries on a full page.
    """

    page: int
    pages: int
    first: int
    last: int
    total: int
    size: int
    previous: str
    next: str
    links: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class SkillLink:
    name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class SkillGroup:
    letter: str
    skills: tuple[SkillLink, ...]
