"""What guides a visitor through lists: filters, pagination, skills by letter."""

from __future__ import annotations

from dataclasses import dataclass

from credsite.site.views.parts import Term


@dataclass(frozen=True, slots=True)
class FilterLink:
    """A value of a filter, as a real page; ``count`` is how many entries that page lists."""

    id: str
    title: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class FilterNav:
    """One filter that works without JavaScript: links to real pages. ``id`` is ``industry``, ``mode`` or ``background``."""

    id: str
    title: str
    items: tuple[FilterLink, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that one can choose; ``count`` entries of the list have it, the facet's own selection left aside."""

    id: str
    title: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """Something to filter a list by. Of its ``total`` values, ``values`` are the few that are the most frequent."""

    id: str
    title: str
    values: tuple[FacetValue, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ChosenValue:
    """A value by which a list is filtered from the start."""

    facet: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class FilterPanel:
    """All that a list can be filtered and sorted by, as scripts do it, and what of it is chosen.

    ``facets`` stand on the first page of a list only. On the others ``source`` is the address of that one, where
    scripts find them; so what changes a count does not change all pages.
    """

    facets: tuple[Facet, ...]
    chosen: tuple[ChosenValue, ...]
    sorts: tuple[Term, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A number of the pagination. ``number`` is 0 for a gap between numbers."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where this page stands in its list: entries ``first`` to ``last`` of ``total`` (0, 0, 0 when empty).

    ``size`` is how many entries a full page has.
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
