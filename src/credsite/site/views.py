"""View models: everything that a template can see, one frozen dataclass for each kind of page.

A template receives exactly one page model (as ``page``) and the site's frame (as ``site``). Models hold plain
values: text, numbers, dates, finished URLs and other models; never an entry, never the catalogue. A page's
fingerprint is the digest of its model, so it is complete by construction.

Text in a model is ready to be shown in the site's language. Dates, prices, spans and language codes stay
values, because the theme decides how to write them. URLs are root-relative and carry the base path, except
where a docstring says absolute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from credsite.values import Span


class Html(str):
    """Sanitised HTML. Templates print it unescaped because it has ``__html__``."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


NO_HTML = Html("")

# --- parts ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere. ``url`` is ``""`` where there is nothing to lead to."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a vocabulary: ``id`` as editors write it (``in-person``), ``title`` as visitors read it."""

    id: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its pixel size (0 where unknown), so that nothing moves while it loads."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Price:
    """What a course or pathway costs: ``minimum == maximum`` for one price, both 0 for free."""

    minimum: Decimal
    maximum: Decimal
    currency: str
    note: str = ""

    @property
    def free(self) -> bool:
        return not self.maximum


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Whether and until when one can enrol, on the build's date.

    ``state``: ``any-time`` (self-paced), ``open`` (the session of ``starts`` takes applications, until
    ``apply_by`` where that is set), ``full`` (next session has no seats left), ``closed`` (its deadline has
    passed), ``running`` (began, nothing later is planned), ``ended`` (only past sessions), ``unannounced``
    (scheduled, but no session is known).
    """

    state: str
    starts: date | None = None
    apply_by: date | None = None


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course in a list. ``timing`` and ``pace`` are terms without a page of their own."""

    id: str
    title: str
    url: str
    summary: str
    provider: Link
    industries: tuple[Term, ...]
    modes: tuple[Term, ...]
    level: Term | None
    pace: Term | None
    duration: Span | None
    workload: Span | None
    price: Price | None
    credential: Term | None
    enrolment: Enrolment
    picture: Picture | None
    draft: bool


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list. ``initials`` of the learner stand in where there is no photograph."""

    id: str
    title: str
    url: str
    summary: str
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


@dataclass(frozen=True, slots=True)
class PathwayCard:
    """A pathway in a list; ``courses`` is how many courses a learner takes (minimum where there is a choice)."""

    id: str
    title: str
    url: str
    summary: str
    provider: Link | None
    steps: int
    courses: int
    duration: Span | None
    workload: Span | None
    price: Price | None
    credential: str
    industries: tuple[Term, ...]
    draft: bool


@dataclass(frozen=True, slots=True)
class TopicCard:
    """An industry or a delivery mode on an index or the home page; ``count`` courses stand behind it."""

    id: str
    title: str
    url: str
    summary: str
    count: int
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class ProviderCard:
    id: str
    title: str
    url: str
    summary: str
    kind: Term | None
    place: str
    count: int
    initials: str
    logo: Picture | None


@dataclass(frozen=True, slots=True)
class GuideCard:
    id: str
    title: str
    url: str
    summary: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Start:
    """A coming session in a list of start dates."""

    course: Link
    provider: Link
    mode: Term | None
    starts: date
    apply_by: date | None
    location: str
    price: Price | None


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
class PageLink:
    """A number of the pagination. ``number`` is 0 for a gap between numbers."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where this page stands in its list: entries ``first`` to ``last`` of ``total`` (0, 0, 0 when empty)."""

    page: int
    pages: int
    first: int
    last: int
    total: int
    previous: str
    next: str
    links: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class TocItem:
    """A heading of the body: ``level`` 2 to 6."""

    id: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown body of an entry. ``contents`` is its table of contents, empty where it has few headings."""

    html: Html
    contents: tuple[TocItem, ...]


@dataclass(frozen=True, slots=True)
class Credential:
    """What a learner receives."""

    type: Term
    name: str
    picture: Picture | None
    recognised_by: tuple[Link, ...]
    valid_for: Span | None


@dataclass(frozen=True, slots=True)
class Funding:
    title: str
    summary: str
    url: str


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a course. ``state``: ``open``, ``full``, ``closed`` (deadline past), ``running`` or ``past``."""

    starts: date
    ends: date | None
    apply_by: date | None
    mode: Term | None
    location: str
    timing: tuple[Term, ...]
    seats: int | None
    enrol_url: str
    state: str


@dataclass(frozen=True, slots=True)
class Code:
    """An occupation or a classification: ``scheme`` is the scheme's name, ``url`` its public page or ``""``."""

    scheme: str
    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class PathwayStep:
    """A pathway's step: take ``choose`` of ``courses`` (all of them where the two are equal)."""

    number: int
    title: str
    choose: int
    courses: tuple[CourseCard, ...]
    credential: str


@dataclass(frozen=True, slots=True)
class PathwayPlace:
    """A pathway that a course belongs to: step ``number`` of ``steps``."""

    pathway: Link
    step: str
    number: int
    steps: int
    credential: str


@dataclass(frozen=True, slots=True)
class SkillLink:
    name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class SkillGroup:
    letter: str
    skills: tuple[SkillLink, ...]


# --- the frame of every page --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MenuItem:
    """``section`` equals ``page.section`` on the pages below this item."""

    section: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Site:
    """The frame: the same for every page of a build. ``base_path`` begins and ends with ``/``."""

    title: str
    tagline: str
    language: str
    direction: str
    base_path: str
    home: str
    menu: tuple[MenuItem, ...]
    industries: tuple[Link, ...]
    modes: tuple[Link, ...]
    guides: tuple[Link, ...]
    about: tuple[Link, ...]
    explore: tuple[Link, ...]
    feeds: tuple[Link, ...]
    contact: str
    notice: str
    generator: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers and search engines. ``canonical`` and ``image.url`` are absolute.

    ``title`` comes without the site's name. ``data`` is JSON-LD, already safe to stand in a script element.
    """

    title: str
    description: str
    canonical: str
    indexed: bool = True
    type: str = "website"
    image: Picture | None = None
    previous: str = ""
    next: str = ""
    updated: datetime | date | None = None
    data: Html = NO_HTML


@dataclass(frozen=True, slots=True)
class Page:
    """What all page models share. ``section`` marks the current menu item; ``crumbs`` end with this page."""

    template: ClassVar[str]

    head: Head
    section: str
    crumbs: tuple[Link, ...]
    heading: str
    summary: str


# --- pages ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    template: ClassVar[str] = "home.html"

    courses: int
    providers: int
    stories_total: int
    industries: tuple[TopicCard, ...]
    modes: tuple[TopicCard, ...]
    featured: tuple[CourseCard, ...]
    starts: tuple[Start, ...]
    stories: tuple[StoryCard, ...]
    backgrounds: tuple[FilterLink, ...]
    pathways: tuple[PathwayCard, ...]
    guides: tuple[GuideCard, ...]
    all_courses: str
    all_stories: str
    all_pathways: str


@dataclass(frozen=True, slots=True)
class CourseListPage(Page):
    """All courses, or those of an industry, a mode, a pair of them, or a skill (``kind`` says which).

    ``body`` and ``picture`` introduce the first page of the list only. ``stories`` and ``pathways`` are a few
    that belong to the topic, on the first page only.
    """

    template: ClassVar[str] = "courses.html"

    kind: str
    body: Body
    picture: Picture | None
    filters: tuple[FilterNav, ...]
    cards: tuple[CourseCard, ...]
    pagination: Pagination
    stories: tuple[StoryCard, ...]
    pathways: tuple[PathwayCard, ...]


@dataclass(frozen=True, slots=True)
class TopicIndexPage(Page):
    """All industries, or all delivery modes (``kind``: ``industries`` or ``modes``)."""

    template: ClassVar[str] = "topics.html"

    kind: str
    topics: tuple[TopicCard, ...]


@dataclass(frozen=True, slots=True)
class ProviderIndexPage(Page):
    template: ClassVar[str] = "providers.html"

    providers: tuple[ProviderCard, ...]
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class ProviderPage(Page):
    """A provider with its courses, paginated. Facts and ``body`` stand on every page of it, ``partner_in`` on the first."""

    template: ClassVar[str] = "provider.html"

    kind: Term | None
    country: str
    region: str
    url: str
    email: str
    initials: str
    logo: Picture | None
    accredited_by: tuple[Link, ...]
    body: Body
    cards: tuple[CourseCard, ...]
    pagination: Pagination
    partner_in: tuple[CourseCard, ...]
    stories: tuple[StoryCard, ...]
    pathways: tuple[PathwayCard, ...]
    draft: bool


@dataclass(frozen=True, slots=True)
class SkillIndexPage(Page):
    template: ClassVar[str] = "skills.html"

    groups: tuple[SkillGroup, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PathwayIndexPage(Page):
    template: ClassVar[str] = "pathways.html"

    cards: tuple[PathwayCard, ...]
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class PathwayPage(Page):
    template: ClassVar[str] = "pathway.html"

    provider: Link | None
    industries: tuple[Term, ...]
    credential: Credential | None
    duration: Span | None
    workload: Span | None
    price: Price | None
    courses: int
    steps: tuple[PathwayStep, ...]
    picture: Picture | None
    body: Body
    stories: tuple[StoryCard, ...]
    draft: bool


@dataclass(frozen=True, slots=True)
class StoryListPage(Page):
    """All stories, or those of an industry or a background (``kind``: ``stories``, ``industry``, ``background``)."""

    template: ClassVar[str] = "stories.html"

    kind: str
    filters: tuple[FilterNav, ...]
    cards: tuple[StoryCard, ...]
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class StoryPage(Page):
    template: ClassVar[str] = "story.html"

    learner: str
    location: str
    initials: str
    photo: Picture | None
    picture: Picture | None
    backgrounds: tuple[Term, ...]
    industries: tuple[Term, ...]
    modes: tuple[Term, ...]
    before: str
    after: str
    quote: str
    highs: tuple[str, ...]
    lows: tuple[str, ...]
    told_at: date | None
    body: Body
    courses: tuple[CourseCard, ...]
    more: tuple[StoryCard, ...]
    draft: bool


@dataclass(frozen=True, slots=True)
class CoursePage(Page):
    """A course, with every fact that its entry has. ``sessions`` are coming or running, ``past_sessions`` over."""

    template: ClassVar[str] = "course.html"

    provider: Link
    partners: tuple[Link, ...]
    industries: tuple[Term, ...]
    modes: tuple[Term, ...]
    pace: Term | None
    timing: tuple[Term, ...]
    duration: Span | None
    workload: Span | None
    price: Price | None
    funding: tuple[Funding, ...]
    level: Term | None
    qualification_level: str
    credits: str
    languages: tuple[str, ...]
    outcomes: tuple[str, ...]
    skills: tuple[SkillLink, ...]
    learning_methods: tuple[Term, ...]
    assessment_methods: tuple[Term, ...]
    credential: Credential | None
    prerequisites: tuple[Link, ...]
    occupations: tuple[Code, ...]
    classifications: tuple[Code, ...]
    enrolment: Enrolment
    sessions: tuple[Session, ...]
    past_sessions: tuple[Session, ...]
    enrol_url: str
    contact: str
    support: tuple[Term, ...]
    quality_assurance: Link | None
    reviewed_at: date | None
    ctid: str
    picture: Picture | None
    body: Body
    pathways: tuple[PathwayPlace, ...]
    leads_to: tuple[CourseCard, ...]
    stories: tuple[StoryCard, ...]
    related: tuple[CourseCard, ...]
    draft: bool


@dataclass(frozen=True, slots=True)
class GuideIndexPage(Page):
    template: ClassVar[str] = "guides.html"

    guides: tuple[GuideCard, ...]


@dataclass(frozen=True, slots=True)
class TextPage(Page):
    """A guide or any other page; its ``template_name`` comes from the entry (``page`` or ``guide``)."""

    template: ClassVar[str] = "page.html"

    template_name: str
    picture: Picture | None
    body: Body
    guides: tuple[GuideCard, ...]
    draft: bool


@dataclass(frozen=True, slots=True)
class NotFoundPage(Page):
    template: ClassVar[str] = "404.html"

    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RedirectPage(Page):
    """What stands at an old URL: ``target`` is where the entry lives now."""

    template: ClassVar[str] = "redirect.html"

    target: str
