"""What all pages have (the site's frame, a head, the fields of every page model), and the small parts of cards and pages."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import ClassVar

from credsite.core.quantities import Duration
from credsite.site.views.model import view_model


class Html(str):
    """Sanitised HTML. Templates print it unescaped because it has ``__html__``."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


NO_HTML = Html("")


@view_model
class Link:
    """A link. ``url`` is "" if there is only the text."""

    title: str
    url: str


@view_model
class Term:
    """A value of a vocabulary: ``id`` as editors write it (``in-person``), ``title`` as visitors read it.

    ``own`` says that the title is in the language of the site, and no word of the theme.
    """

    id: str
    title: str
    url: str = ""
    own: bool = False


@view_model
class DetailView:
    """A displayed field with at least one value. ``text`` has the titles of all values, ``icon`` is the name of a drawing.

    ``linked`` says that values have URLs, ``own`` that the title is in the language of the site, ``own_words`` the same of some of the values.
    """

    id: str
    title: str
    values: tuple[Term, ...]
    text: str
    icon: str
    linked: bool = False
    own: bool = False
    own_words: bool = False


@view_model
class Picture:
    """An image with its size in pixels (0 if unknown), so that nothing on the page moves while it loads."""

    url: str
    alt: str
    width: int
    height: int


@view_model
class PriceView:
    """The price of a course or pathway: ``minimum == maximum`` for one price, both 0 if it is free.

    On a course's own page, ``audience`` is who pays it, "" for everybody, and ``items`` are what it is made of.
    """

    minimum: Decimal
    maximum: Decimal
    currency: str
    note: str = ""
    audience: str = ""
    items: tuple[PricePart, ...] = ()

    @property
    def free(self) -> bool:
        return not self.maximum


@view_model
class PricePart:
    """A part of a price, such as the tuition."""

    label: str
    price: PriceView


@view_model
class EnrolmentView:
    """Whether and until when visitors can enrol, on the date of the build.

    ``state``: ``any-time`` (self-paced), ``open`` (the session that ``starts`` then takes applications, until ``apply_by`` if
    that is set), ``late`` (the same of one that has begun), ``early`` (it does from ``opens`` on), ``full`` (the next session
    has no seats left),
    ``closed`` (its deadline has passed), ``running`` (a session has begun, and
    none is to come), ``ended`` (all sessions are past), ``unannounced`` (scheduled, but without sessions).
    ``missed``: why an earlier session that is still to come cannot be chosen (``full`` or ``closed``), or "".
    """

    state: str
    starts: date | None = None
    apply_by: date | None = None
    missed: str = ""
    opens: date | None = None


@view_model
class TocItem:
    """A heading of the body: ``level`` 2 to 6."""

    id: str
    title: str
    level: int


@view_model
class OwnText:
    """An own field that is a long text: its title, and its Markdown as HTML. ``id`` is that of the field."""

    id: str
    title: str
    html: Html


@view_model
class Body:
    """The Markdown body of an entry as HTML. ``contents`` is its table of contents, empty if there are few headings.

    ``details`` and ``texts`` are the own fields that stand below it. The details of a course stand among its facts instead.
    """

    html: Html
    contents: tuple[TocItem, ...]
    details: tuple[DetailView, ...] = ()
    texts: tuple[OwnText, ...] = ()

    @property
    def has_content(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.html or self.details or self.texts)


@view_model
class CredentialView:
    """The credential that a learner receives."""

    type: Term
    name: str
    picture: Picture | None
    recognised_by: tuple[Link, ...]
    valid_for: Duration | None


@view_model
class VideoView:
    """A film that is elsewhere, on ``host``, with a picture of it if there is one."""

    title: str
    url: str
    host: str
    picture: Picture | None


@view_model
class FundingView:
    title: str
    summary: str
    url: str


@view_model
class MeetingTimes:
    """When a session meets: from when to when, on which ``days`` of the week, and on which dates it does not.

    ``days`` are plural: `Mondays`. They are empty for a session that takes place once, on the day on which it starts.
    """

    days: tuple[Term, ...]
    begins: time
    ends: time
    cancelled: tuple[date, ...] = ()


@view_model
class SessionView:
    """A session of a course. ``starts``, ``ends``, ``apply_by`` and ``opens`` (the first day to apply) are dates or date-times.

    ``state``: ``open``, ``late``, ``early`` (it cannot be applied for yet), ``full``, ``closed`` (the deadline has passed),
    ``running`` or ``past``. ``location`` is "" where nothing is said; ``location_url`` leads to the page of a place.
    """

    starts: date
    ends: date | None
    opens: date | None
    apply_by: date | None
    mode: Term | None
    location: str
    location_url: str
    room: str
    timing: tuple[Term, ...]
    meetings: tuple[MeetingTimes, ...]
    instructors: tuple[str, ...]
    seats: int | None
    enrol_url: str
    state: str


@view_model
class PlaceAddress:
    """Where a place is. ``lines`` are the parts of its address in the order of its country, without the country (a code or "").

    ``map_url`` leads to it on OpenStreetMap. It is "" where neither coordinates nor an address are given.
    """

    lines: tuple[str, ...]
    country: str
    map_url: str


@view_model
class Code:
    """An occupation or a classification. ``scheme`` is the name of the code's scheme, ``url`` a public page about it or ""."""

    scheme: str
    code: str
    name: str
    url: str


@view_model
class MenuItem:
    """An item of the menu, or a link of the footer. On the pages of an item, ``page.section`` equals ``section``.

    ``is_own``: its words come from the site, not from the theme. An item with ``items`` is a group of these. It has no ``url``.
    """

    section: str
    title: str
    url: str
    is_own: bool = False
    items: tuple[MenuItem, ...] = ()

    def leads_to(self, url: str) -> bool:
        """Whether the item, or one of its group, leads to ``url``."""
        return bool(url) and (self.url == url or any(item.url == url for item in self.items))

    def is_in(self, section: str) -> bool:
        """Whether the item, or one of its group, is that of ``section``."""
        return bool(section) and (
            self.section == section or any(item.section == section for item in self.items)
        )


@view_model
class SocialLink:
    """A profile on a social network. ``network`` is its id, or ""."""

    network: str
    title: str
    url: str


@view_model
class TrackingScript:
    """The script that counts visitors: its address, "" for the theme's own, and its attributes by name.

    ``sends_to`` are the servers that it sends to, and ``scripts_from`` is the one from which the theme's own script loads more.
    """

    url: str
    attributes: tuple[tuple[str, str], ...]
    sends_to: tuple[str, ...]
    scripts_from: str = ""


@view_model
class SiteFrame:
    """What is the same on every page. ``base_path`` begins and ends with ``/``.

    ``courses`` and ``skills`` are the URLs of the list of all courses and of the index of skills ("" if no course names a
    skill). ``calendar`` has the start dates of all courses, if there are any. ``shortlist`` and ``compare`` are the URLs of
    the visitor's own pages ("" if there are no courses).
    ``footer_links``, where there are any, stand in place of all other links of the footer. Groups among them are columns.
    ``added_facets`` are the fields of courses that are filters by their declaration. ``verification`` has the names and
    contents of meta tags of the home page.

    ``language`` and ``direction`` are those of the site's texts, ``words_language`` and ``words_direction`` those of the words
    of the theme: English where the theme has no translation.
    """

    title: str
    tagline: str
    language: str
    direction: str
    words_language: str
    words_direction: str
    base_path: str
    home: str
    menu: tuple[MenuItem, ...]
    industries: tuple[Link, ...]
    modes: tuple[Link, ...]
    guides: tuple[Link, ...]
    about: tuple[Link, ...]
    explore: tuple[Link, ...]
    courses: str
    skills: str
    feeds: tuple[Link, ...]
    calendar: Link | None
    shortlist: str
    compare: str
    added_facets: tuple[str, ...]
    contact: str
    footer_text: Html
    footer_links: tuple[MenuItem, ...]
    social: tuple[SocialLink, ...]
    notice: Html
    verification: tuple[tuple[str, str], ...]
    tracking: TrackingScript | None
    generator: str

    def titled(self, title: str) -> str:
        """The text of the ``<title>`` of a page with this title."""
        own = title if title != self.title else self.tagline
        return f"{own} · {self.title}" if own else self.title

    def menu_url(self, url: str) -> str:
        """``url``, if it is that of an item of the menu; else ``""``."""
        return url if any(item.leads_to(url) for item in self.menu) else ""


@view_model
class Head:
    """What a page tells browsers and search engines about itself. ``canonical`` and ``image.url`` are absolute.

    ``title`` does not contain the site's name. ``data`` is JSON-LD, safe for a script element.
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


@view_model
class BasePage:
    """The fields of every page model. ``section`` is that of the current menu item. ``crumbs`` end with this page."""

    template: ClassVar[str]

    head: Head
    section: str
    crumbs: tuple[Link, ...]
    heading: str
    summary: str


@view_model
class CalendarCourse:
    """A course in a calendar. ``changed`` (UTC) is when its entry last changed, if it says so. ``url`` is absolute."""

    title: str
    provider: str
    url: str
    changed: datetime


@view_model
class Repeat:
    """How an event repeats: every week on ``weekdays`` (0 is Monday), until the day ``until`` (None for ever), except on some days."""

    weekdays: tuple[int, ...]
    until: date | None
    cancelled: tuple[date, ...]


@view_model
class CalendarEvent:
    """An event of one or more whole days, or from a moment to another in the time zone of its calendar.

    Of whole days, ``ends`` is the last one, or None for a single day. ``repeat`` is for an event of some hours.

    ``kind``: ``session`` (a session from its first day to its last, or its meetings), ``start`` (its first day or meeting alone)
    or ``deadline`` (the last day to apply for the session of ``session_starts``). ``state`` is that of the session.
    ``position`` is the latitude and longitude, or "".
    """

    uid: str
    kind: str
    course: CalendarCourse
    starts: date
    ends: date | None
    session_starts: date
    apply_by: date | None
    location: str
    state: str
    position: str = ""
    repeat: Repeat | None = None


@view_model
class Calendar:
    """A calendar with its name, its events in order of their days. Its times are in the time zone ``zone``."""

    name: str
    events: tuple[CalendarEvent, ...]
    zone: str = ""
