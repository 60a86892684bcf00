"""Lists: entries as cards, which the pages of other entries show too, filters, pagination, and skills by letter."""

from __future__ import annotations

from datetime import date

from credsite.core.quantities import Duration
from credsite.site.views.model import view_model
from credsite.site.views.parts import DetailView, EnrolmentView, Link, Picture, PriceView, Term


@view_model
class Card:
    """What all cards of entries have. ``url`` is that of the entry's page."""

    id: str
    title: str
    url: str
    summary: str


@view_model
class CourseCard(Card):
    """A course in a list. The terms ``levels``, ``pace`` and ``credentials`` have no URL: there are no pages of them."""

    provider: Link
    industries: tuple[Term, ...]
    modes: tuple[Term, ...]
    levels: tuple[Term, ...]
    pace: Term | None
    duration: Duration | None
    workload: Duration | None
    price: PriceView | None
    credentials: tuple[Term, ...]
    enrolment: EnrolmentView
    details: tuple[DetailView, ...]
    places: tuple[Link, ...]
    picture: Picture | None
    draft: bool


@view_model
class ListTemplates:
    """What scripts copy when they change a list. It says nothing of any entry."""


@view_model
class StoryCard(Card):
    """A story in a list. Where there is no photograph, themes show the learner's ``initials``."""

    learner: str
    location: str
    initials: str
    photo: Picture | None
    quote: str
    before: str
    after: str
    backgrounds: tuple[Term, ...]
    industries: tuple[Term, ...]
    draft: bool


@view_model
class PathwayCard(Card):
    """A pathway in a list. ``courses`` is how many courses a learner takes (the fewest, if there is a choice)."""

    provider: Link | None
    steps: int
    courses: int
    duration: Duration | None
    workload: Duration | None
    price: PriceView | None
    credential: str
    industries: tuple[Term, ...]
    draft: bool


@view_model
class TopicCard(Card):
    """An industry, a delivery mode or a value of an own field, with ``count`` courses. ``own`` is as in a :class:`Term`."""

    count: int
    picture: Picture | None
    own: bool = True


@view_model
class ProviderCard(Card):
    kind: Term | None
    place: str
    count: int
    initials: str
    logo: Picture | None


@view_model
class PlaceCard(Card):
    """A place in a list, with ``count`` courses. ``locality`` is its town or city, or ""."""

    locality: str
    count: int
    picture: Picture | None


@view_model
class GuideCard(Card):
    picture: Picture | None


@view_model
class Start:
    """A session to come, in a list of start dates."""

    course: Link
    provider: Link
    mode: Term | None
    starts: date
    apply_by: date | None
    location: Link | None
    price: PriceView | None
    state: str = "open"


@view_model
class PathwayStep:
    """A step of a pathway: the learner takes ``choose`` of ``courses`` (all, if the numbers are equal)."""

    number: int
    title: str
    choose: int
    courses: tuple[CourseCard, ...]
    credential: str


@view_model
class PathwayMembership:
    """A pathway that a course belongs to. The course is in step ``number`` of ``steps``."""

    pathway: Link
    step: str
    number: int
    steps: int
    credential: str


@view_model
class FilterLink:
    """A value of a filter, as a link to a page that lists ``count`` entries. ``own`` is as in a :class:`Term`."""

    id: str
    title: str
    url: str
    count: int
    current: bool
    own: bool = False


@view_model
class FilterNav:
    """A filter that works without JavaScript. ``id`` is ``industry``, ``mode`` or ``background``."""

    id: str
    title: str
    items: tuple[FilterLink, ...]


@view_model
class FacetValue:
    """A value that visitors can select. ``count`` entries have it, as if the facet had no selection. ``own`` is as in a :class:`Term`."""

    id: str
    title: str
    count: int
    selected: bool
    own: bool = False


@view_model
class Facet:
    """A facet of a list. ``values`` are the most frequent of its ``total`` values. ``own`` says that its title is a text of the site."""

    id: str
    title: str
    values: tuple[FacetValue, ...]
    total: int
    own: bool = False


@view_model
class ChosenValue:
    """A value that the list itself selects. ``own`` is as in a :class:`Term`."""

    facet: str
    id: str
    title: str
    own: bool = False


@view_model
class FilterPanel:
    """Everything that scripts can filter and sort a list by, and what the list itself selects.

    Only the first page of a list has ``facets``. On other pages, ``source`` is the URL of the first page, from which scripts
    load them. So a change of a count does not change all pages of a list.
    """

    facets: tuple[Facet, ...]
    chosen: tuple[ChosenValue, ...]
    sorts: tuple[Term, ...]
    source: str = ""


@view_model
class PageLink:
    """A number in the pagination."""

    number: int
    url: str
    current: bool


@view_model
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


@view_model
class LetterGroup:
    """Courses in an index: each with its title, and who offers it. ``id`` is "" where the letter has begun on a page before."""

    letter: str
    id: str
    courses: tuple[tuple[Link, str], ...]


@view_model
class SkillLink:
    name: str
    url: str
    count: int


@view_model
class SkillGroup:
    letter: str
    skills: tuple[SkillLink, ...]
