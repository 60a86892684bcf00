"""The small parts of cards and pages: links, terms, pictures, prices, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from credsite.core.quantities import Duration


class Html(str):
    """Sanitised HTML. Templates print it unescaped because it has ``__html__``."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


NO_HTML = Html("")


@dataclass(frozen=True, slots=True)
class Link:
    """A link. ``url`` is "" if there is only the text."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a vocabulary: ``id`` as editors write it (``in-person``), ``title`` as visitors read it."""

    id: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class DetailView:
    """A displayed field of a course with at least one value. ``icon`` is the name of a drawing."""

    id: str
    title: str
    values: tuple[Term, ...]
    icon: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its size in pixels (0 if unknown), so that nothing on the page moves while it loads."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PriceView:
    """The price of a course or pathway: ``minimum == maximum`` for one price, both 0 if it is free."""

    minimum: Decimal
    maximum: Decimal
    currency: str
    note: str = ""

    @property
    def free(self) -> bool:
        return not self.maximum


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    """Whether and until when visitors can enrol, on the date of the build.

    ``state``: ``any-time`` (self-paced), ``open`` (the session that ``starts`` then takes applications, until ``apply_by`` if
    that is set), ``full`` (the next session has no seats left), ``closed`` (its deadline has passed), ``running`` (a session
    has begun, and none is to come), ``ended`` (all sessions are past), ``unannounced`` (scheduled, but without sessions).
    ``missed``: why an earlier session that is still to come cannot be chosen (``full`` or ``closed``), or "".
    """

    state: str
    starts: date | None = None
    apply_by: date | None = None
    missed: str = ""


@dataclass(frozen=True, slots=True)
class TocItem:
    """A heading of the body: ``level`` 2 to 6."""

    id: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown body of an entry as HTML. ``contents`` is its table of contents, empty if there are few headings."""

    html: Html
    contents: tuple[TocItem, ...]


@dataclass(frozen=True, slots=True)
class CredentialView:
    """The credential that a learner receives."""

    type: Term
    name: str
    picture: Picture | None
    recognised_by: tuple[Link, ...]
    valid_for: Duration | None


@dataclass(frozen=True, slots=True)
class FundingView:
    title: str
    summary: str
    url: str


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session of a course. ``state``: ``open``, ``full``, ``closed`` (the deadline has passed), ``running`` or ``past``."""

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
    """An occupation or a classification. ``scheme`` is the name of the code's scheme, ``url`` a public page about it or ""."""

    scheme: str
    code: str
    name: str
    url: str
