"""The small parts of cards and pages: links, terms, prices, sessions, the text of an entry."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Final

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


_MEDIA_TYPES: Final = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


@view_model
class PictureSource:
    """Files of a picture in one format, the media ``type``. ``srcset`` has their URLs and widths, as browsers read it."""

    type: str
    srcset: str


@view_model
class Picture:
    """An image with its size in pixels (0 if unknown), so that nothing on the page moves while it loads.

    ``url`` is a file that every browser shows. Where there are others, ``srcset`` has those of its format, and ``sources`` those of
    better ones, the best first. ``tone`` are the classes that give the place of the picture its colour while it loads.
    """

    url: str
    alt: str
    width: int
    height: int
    srcset: str = ""
    sources: tuple[PictureSource, ...] = ()
    tone: str = ""

    @property
    def media_type(self) -> str:
        """Such as ``image/png``, or "" for a kind that is not known here."""
        return _MEDIA_TYPES.get(self.url.rpartition(".")[2].lower(), "")


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
    has no seats left), ``closed`` (its deadline has passed), ``running`` (a session has begun, and none is to come), ``ended``
    (all sessions are past), ``unannounced`` (scheduled, but without sessions).
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
class VideoPlayer:
    """What shows a video on a page, once a visitor plays it: the page in ``frame``, or the browser if it ``is_file``.

    ``server`` is asked for it, which the Content-Security-Policy names as ``origin``; both are "" for a file of the site.
    """

    frame: str = ""
    is_file: bool = False
    server: str = ""
    origin: str = ""


@view_model
class VideoView:
    """A film, with a picture of it if there is one. It is on ``host``, or in the site where that is "".

    Without a ``player``, there is only a link to it.
    """

    title: str
    url: str
    host: str
    picture: Picture | None
    player: VideoPlayer | None = None


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
    """A session of a course. ``id`` is that of its row on the page.

    ``starts``, ``ends``, ``apply_by`` and ``opens`` (the first day to apply) are dates or date-times.

    ``state``: ``open``, ``late``, ``early`` (it cannot be applied for yet), ``full``, ``closed`` (the deadline has passed),
    ``running`` or ``past``. ``location`` leads to the page of a place that has one.
    """

    id: str
    starts: date
    ends: date | None
    opens: date | None
    apply_by: date | None
    mode: Term | None
    location: Link | None
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
