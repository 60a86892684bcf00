"""The model of each kind of page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from credsite.core.quantities import Duration
from credsite.site.views.calendars import Calendar
from credsite.site.views.cards import (
    CourseCard,
    FilterLink,
    FilterNav,
    FilterPanel,
    GuideCard,
    LetterGroup,
    Pagination,
    PathwayCard,
    PathwayMembership,
    PathwayStep,
    PlaceCard,
    ProviderCard,
    SkillGroup,
    Start,
    StoryCard,
    TopicCard,
)
from credsite.site.views.feeds import Follow
from credsite.site.views.frame import BasePage
from credsite.site.views.model import view_model
from credsite.site.views.parts import (
    Body,
    Code,
    CredentialView,
    DetailView,
    EnrolmentView,
    FundingView,
    Html,
    Link,
    Picture,
    PlaceAddress,
    PriceView,
    SessionView,
    Term,
    VideoView,
)


@view_model
class HomeSection:
    """A section of the home page: its name, and its own heading, "" for the usual one. ``text`` is that of a section `text`."""

    name: str
    heading: str
    text: Html


@view_model
class HomePage(BasePage):
    """``sections`` are those that have something to show, in their order. ``has_hero`` says whether the page begins with one.

    ``lead`` is what the settings say of the site beside its tagline.
    """

    template: ClassVar[str] = "home.html"

    lead: str
    courses: int
    providers: int
    stories_total: int
    has_hero: bool
    sections: tuple[HomeSection, ...]
    industries: tuple[TopicCard, ...]
    modes: tuple[TopicCard, ...]
    featured: tuple[CourseCard, ...]
    starts: tuple[Start, ...]
    stories: tuple[StoryCard, ...]
    backgrounds: tuple[FilterLink, ...]
    pathways: tuple[PathwayCard, ...]
    guides: tuple[GuideCard, ...]
    provider_cards: tuple[ProviderCard, ...]
    places: tuple[PlaceCard, ...]
    all_courses: str
    all_stories: str
    all_pathways: str
    all_providers: str
    all_places: str


@view_model
class PageWithCourses(BasePage):
    """A page of a list of courses, which scripts can filter.

    ``fixed`` is a condition that visitors cannot remove, such as ``provider:`` and an id, or "". ``panel`` has the filters for
    scripts, and is None if there is nothing to choose. ``follow`` is only on the first page of a list with a feed or calendar.
    """

    fixed: str
    panel: FilterPanel | None
    cards: tuple[CourseCard, ...]
    pagination: Pagination
    follow: Follow | None


@view_model
class CourseListPage(PageWithCourses):
    """All courses, or those of an industry, a mode, a pair of them, a skill, or a value of an own field (``kind`` says which).

    ``industry`` and ``mode`` are the ids of the list's industry and delivery mode, or "". ``filters`` work without scripts.
    ``body``, ``picture`` and a few ``stories`` and ``pathways`` on the topic are only on the first page of the list, and so are
    ``letters``, the links into the index of a long list of all courses.
    """

    template: ClassVar[str] = "courses.html"

    kind: str
    body: Body
    picture: Picture | None
    industry: str
    mode: str
    filters: tuple[FilterNav, ...]
    letters: tuple[Link, ...]
    stories: tuple[StoryCard, ...]
    pathways: tuple[PathwayCard, ...]


@view_model
class CourseIndexPage(BasePage):
    """The titles of all courses by their letters, on several pages. ``letters`` lead to where each letter begins."""

    template: ClassVar[str] = "course-index.html"

    letters: tuple[Link, ...]
    groups: tuple[LetterGroup, ...]
    pagination: Pagination


@view_model
class TopicIndexPage(BasePage):
    """All industries, delivery modes, or values of an own field (``kind``: ``industries``, ``modes`` or ``details``)."""

    template: ClassVar[str] = "topics.html"

    kind: str
    topics: tuple[TopicCard, ...]


@view_model
class ProviderIndexPage(BasePage):
    """Providers, on one or more pages. On the first of several, ``names`` has all of them."""

    template: ClassVar[str] = "providers.html"

    providers: tuple[ProviderCard, ...]
    names: tuple[Link, ...]
    pagination: Pagination


@view_model
class ProviderPage(PageWithCourses):
    """A provider with its courses, on one or more pages. ``partner_in``, stories and pathways are only on the first page."""

    template: ClassVar[str] = "provider.html"

    kind: Term | None
    country: str
    region: str
    url: str
    email: str
    place: Link | None
    initials: str
    logo: Picture | None
    accredited_by: tuple[Link, ...]
    body: Body
    partner_in: tuple[CourseCard, ...]
    stories: tuple[StoryCard, ...]
    pathways: tuple[PathwayCard, ...]
    draft: bool


@view_model
class PlaceIndexPage(BasePage):
    """Places, on one or more pages. On the first of several, ``names`` has all of them."""

    template: ClassVar[str] = "places.html"

    places: tuple[PlaceCard, ...]
    names: tuple[Link, ...]
    pagination: Pagination


@view_model
class PlacePage(PageWithCourses):
    """A place with its courses, on one or more pages. ``starts`` (the next sessions there) and ``providers`` are only on the first."""

    template: ClassVar[str] = "place.html"

    address: PlaceAddress
    getting_there: str
    access: str
    picture: Picture | None
    body: Body
    starts: tuple[Start, ...]
    providers: tuple[Link, ...]
    draft: bool


@view_model
class SkillIndexPage(BasePage):
    template: ClassVar[str] = "skills.html"

    groups: tuple[SkillGroup, ...]
    total: int


@view_model
class PathwayIndexPage(BasePage):
    template: ClassVar[str] = "pathways.html"

    cards: tuple[PathwayCard, ...]
    pagination: Pagination


@view_model
class PathwayPage(BasePage):
    template: ClassVar[str] = "pathway.html"

    provider: Link | None
    industries: tuple[Term, ...]
    credential: CredentialView | None
    duration: Duration | None
    workload: Duration | None
    price: PriceView | None
    courses: int
    steps: tuple[PathwayStep, ...]
    picture: Picture | None
    body: Body
    stories: tuple[StoryCard, ...]
    draft: bool


@view_model
class StoryListPage(BasePage):
    """All stories, or those of a background, an industry or a mode (``kind``: ``stories``, or which of the three).

    ``background``, ``industry`` and ``mode`` are the ids of what the list is of, or "". ``filters`` work without scripts;
    ``panel`` is for scripts, and None if there is nothing to choose.
    """

    template: ClassVar[str] = "stories.html"

    kind: str
    background: str
    industry: str
    mode: str
    filters: tuple[FilterNav, ...]
    panel: FilterPanel | None
    cards: tuple[StoryCard, ...]
    pagination: Pagination


@view_model
class StoryPage(BasePage):
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
    video: VideoView | None
    images: tuple[Picture, ...]
    courses: tuple[CourseCard, ...]
    pathways: tuple[PathwayCard, ...]
    provider: Link | None
    more: tuple[StoryCard, ...]
    draft: bool


@view_model
class CoursePage(BasePage):
    """A course, with all its front matter. ``sessions`` are running or to come, ``past_sessions`` are over.

    ``calendar`` is the URL of a calendar of ``sessions`` ("" if there are none), and ``dates`` is that calendar. ``document`` is
    what the page says, for other programs, on a site that publishes such files. ``prices`` are
    those that only some people pay, beside ``price``. ``places`` are where the next session is, then all that the course
    itself names. ``has_times`` says whether one of its sessions says when it meets.
    """

    template: ClassVar[str] = "course.html"

    id: str
    provider: Link
    partners: tuple[Link, ...]
    industries: tuple[Term, ...]
    modes: tuple[Term, ...]
    pace: Term | None
    timing: tuple[Term, ...]
    duration: Duration | None
    workload: Duration | None
    price: PriceView | None
    prices: tuple[PriceView, ...]
    funding: tuple[FundingView, ...]
    levels: tuple[Term, ...]
    qualification_level: str
    credits: tuple[str, ...]
    languages: tuple[str, ...]
    outcomes: tuple[str, ...]
    skills: tuple[Link, ...]
    learning_methods: tuple[Term, ...]
    assessment_methods: tuple[Term, ...]
    credentials: tuple[CredentialView, ...]
    prerequisites: tuple[Link, ...]
    occupations: tuple[Code, ...]
    classifications: tuple[Code, ...]
    enrolment: EnrolmentView
    details: tuple[DetailView, ...]
    places: tuple[Link, ...]
    sessions: tuple[SessionView, ...]
    past_sessions: tuple[SessionView, ...]
    has_times: bool
    calendar: str
    dates: Calendar | None
    enrol_url: str
    contact: str
    video: VideoView | None
    support: tuple[Term, ...]
    quality_assurance: Link | None
    reviewed_at: date | None
    ctid: str
    picture: Picture | None
    body: Body
    pathways: tuple[PathwayMembership, ...]
    leads_to: tuple[CourseCard, ...]
    stories: tuple[StoryCard, ...]
    related: tuple[CourseCard, ...]
    draft: bool
    document: Mapping[str, Any] | None = None


@view_model
class ShortlistPage(BasePage):
    """The courses that a visitor has saved, or received as a link. Scripts fill the page."""

    template: ClassVar[str] = "shortlist.html"

    all_courses: str


@view_model
class ComparePage(BasePage):
    """A few courses side by side. Scripts fill the page from the courses' own pages.

    ``details`` are the ids and titles of the fields that are compared, ``places`` says whether the places are too.
    """

    template: ClassVar[str] = "compare.html"

    details: tuple[tuple[str, str], ...]
    places: bool
    all_courses: str


@view_model
class GuideIndexPage(BasePage):
    template: ClassVar[str] = "guides.html"

    guides: tuple[GuideCard, ...]


@view_model
class TextPage(BasePage):
    """A guide or another text page. ``template_name`` is the ``template`` of the entry, such as ``page`` or ``guide``."""

    template: ClassVar[str] = "page.html"

    template_name: str
    picture: Picture | None
    body: Body
    guides: tuple[GuideCard, ...]
    draft: bool


@view_model
class NotFoundPage(BasePage):
    template: ClassVar[str] = "404.html"

    links: tuple[Link, ...]


@view_model
class RedirectPage(BasePage):
    """The page at an old URL of an entry. ``target`` is the entry's present URL."""

    template: ClassVar[str] = "redirect.html"

    target: str
