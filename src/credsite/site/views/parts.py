"""The small parts that cards and pages are made of: texts that lead somewhere, terms, pictures, prices, facts."""

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
class DetailView:
    """A displayed field of a course with at least one value. ``icon`` is the name of a drawing."""

    id: str
    title: str
    values: tuple[Term, ...]
    icon: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its pixel size (0 where unknown), so that nothing moves while it loads."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PriceView:
    """What a course or pathway costs: ``minimum == maximum`` for one price, both 0 for free."""

    minimum: Decimal
    maximum: Decimal
    currency: str
    note: str = ""

    @property
    def free(self) -> bool:
        return not self.maximum


@dataclass(frozen=True, slots=True)
class EnrolmentView:
    """Whether and until when one can enrol, on the build's date.

    ``state``: ``any-time`` (self-paced), ``open`` (the session of ``starts`` takes applications, until
    ``apply_by`` where that is set), ``full`` (next session has no seats left), ``closed`` (its deadline has
    passed), ``running`` (began, nothing later is planned), ``ended`` (only past sessions), ``unannounced``
    (scheduled, but no session is known). ``missed``: why one cannot have a sooner session that is still to come
    (``full``, ``closed``), or "".
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
    """The Markdown body of an entry. ``contents`` is its table of contents, empty where it has few headings."""

    html: Html
    contents: tuple[TocItem, ...]


@dataclass(frozen=True, slots=True)
class CredentialView:
    """What a learner receives."""

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
