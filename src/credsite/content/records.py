"""Records: of each entry what the rest of the site needs to know, without the text of its page.

A build keeps the records of all entries in memory. The whole entry is read only where its own page is rendered. So
everything that stands on the pages of other entries, or decides where an entry is listed, must be in its record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, make_dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Annotated, ClassVar, Final, NamedTuple

from credsite.content.keyed_parts import credentials_of
from credsite.content.markdown.sanitizer import InternalLink
from credsite.content.record_getters import Source
from credsite.content.session_times import SessionTimes, deadline_day, end_day, session_times, start_day
from credsite.core.quantities import Duration
from credsite.problems.model import KeyPath, Location
from credsite.schema.kinds import Kind
from credsite.schema.models import Course, Pathway
from credsite.schema.models.session import session_timing


class ImageRecord(NamedTuple):
    """The picture of an entry, as its front matter names it."""

    src: str
    alt: str


class ImageUse(NamedTuple):
    """One use of an image by an entry, as written there: a key of the front matter, or a snippet of the body."""

    src: str
    key: KeyPath
    snippet: str

    def location(self, path: str) -> Location:
        return Location(path, key=self.key, snippet=self.snippet)


class PriceRecord(NamedTuple):
    """``currency`` is "" where the price names none."""

    amount: Decimal
    currency: str
    note: str


class RecognitionRecord(NamedTuple):
    """Who recognises a credential, and the key that says it."""

    key: KeyPath
    name: str


class SkillRecord(NamedTuple):
    """``uri`` is "" where the skill has no address in a list of skills."""

    name: str
    uri: str


class SessionRecord(NamedTuple):
    """A session by its days, which most work is done with. ``times`` is None for a session that gives nothing but days.

    ``location`` is the id of a place, or a text. ``timing`` is the session's own, or what follows from its meetings.
    """

    starts: Annotated[date, Source(start_day)]
    ends: Annotated[date | None, Source(end_day)]
    apply_by: Annotated[date | None, Source(deadline_day)]
    delivery_mode: str | None
    location: str
    seats: int | None
    timing: Annotated[tuple[str, ...], Source(session_timing)] = ()
    times: Annotated[SessionTimes | None, Source(session_times)] = None


class DetailRecord(NamedTuple):
    """The values of a displayed field, by the field's id. Of a text in Markdown, its words."""

    id: str
    values: tuple[str, ...]


class StepRecord(NamedTuple):
    title: str
    courses: tuple[str, ...]
    choose: int | None

    @property
    def options(self) -> tuple[str, ...]:
        """The courses to choose from, each once."""
        return tuple(dict.fromkeys(self.courses))

    @property
    def needed(self) -> int:
        """How many of the options a learner takes."""
        return self.choose or len(self.options)


class MenuRecord(NamedTuple):
    label: str
    order: int


@dataclass(frozen=True, slots=True)
class Record:
    """The record of an entry of any kind. ``path``, ``language`` and ``digest`` are those of its file.

    ``record_digest`` stands for all other fields but ``digest``: it stays the same when only the text of the entry
    changes. ``images``, ``references`` and ``heading_ids`` are all of the front matter and the body.
    ``wrong_keys`` are those of the entry: where there are any, the record is only there to be checked. ``details`` are the
    displayed fields that other pages, lists or checks need, without those of which the entry says nothing.
    """

    KIND: ClassVar[Kind]

    slug: str
    path: str
    language: str
    digest: str
    wrong_keys: tuple[KeyPath, ...]
    record_digest: str
    title: str
    summary: str
    has_own_slug: Annotated[bool, Source(lambda entry: entry.slug is not None)]
    aliases: tuple[str, ...]
    image: ImageRecord | None
    draft: bool
    publish_at: date | datetime | None
    expires_at: date | datetime | None
    featured: bool
    images: tuple[ImageUse, ...]
    references: tuple[InternalLink, ...]
    heading_ids: tuple[str, ...]
    details: tuple[DetailRecord, ...]

    @property
    def kind(self) -> Kind:
        return self.KIND

    @property
    def folder(self) -> str:
        """The folder of the file, relative to the site: relative links and images start from it."""
        return self.path.rpartition("/")[0]

    @property
    def updated(self) -> date | datetime | None:
        """When the entry last changed for visitors, as far as it says; never the time of the build or of the file."""
        return self.publish_at


@dataclass(frozen=True, slots=True)
class CourseRecord(Record):
    """``languages`` are those that the course names; where it names none, it is delivered in the site's language.

    ``price`` is what most learners pay, ``prices`` are those of some. ``outcomes`` are one text, for the search.
    ``credential`` are the types of the credentials. ``filter_digest`` stands for all that courses are filtered and
    sorted by: it stays the same when only words change. ``unanswered`` are the keys of own fields of which the course says nothing.
    """

    KIND: ClassVar[Kind] = Kind.COURSE

    provider: str
    industries: tuple[str, ...]
    delivery_modes: tuple[str, ...]
    partners: tuple[str, ...]
    pace: str | None
    timing: tuple[str, ...]
    duration: Duration | None
    workload: Duration | None
    price: Annotated[PriceRecord | None, Source(attrgetter("main_price"))]
    prices: tuple[PriceRecord, ...]
    funding: tuple[str, ...]
    level: Annotated[tuple[str, ...], Source(lambda course: course.level or ())]
    languages: tuple[str, ...]
    outcomes: Annotated[str, Source(lambda course: " ".join(course.outcomes), is_text=True)]
    skills: tuple[SkillRecord, ...]
    credential: Annotated[
        tuple[str, ...], Source(lambda course: tuple(one.type for one in course.all_credentials))
    ]
    recognised_by: Annotated[tuple[RecognitionRecord, ...], Source(_recognised_by)]
    prerequisites: tuple[str, ...]
    places: tuple[str, ...]
    sessions: tuple[SessionRecord, ...]
    support: tuple[str, ...]
    reviewed_at: date | None
    review_by: date | None
    ctid: str | None
    unanswered: tuple[str, ...]
    filter_digest: str

    @property
    def updated(self) -> date | datetime | None:
        return _latest(self.reviewed_at, self.publish_at)


@dataclass(frozen=True, slots=True)
class StoryRecord(Record):
    KIND: ClassVar[Kind] = Kind.STORY

    learner: Annotated[str, Source(attrgetter("learner.name"))]
    location: Annotated[str, Source(attrgetter("learner.location"))]
    photo: Annotated[str | None, Source(attrgetter("learner.photo"))]
    quote: str
    before: str
    after: str
    courses: tuple[str, ...]
    pathways: tuple[str, ...]
    provider: str | None
    consent_given: Annotated[date | None, Source(attrgetter("consent.given"))]
    consent_expires: Annotated[date | None, Source(attrgetter("consent.expires"))]
    consent_withdrawn: Annotated[date | None, Source(attrgetter("consent.withdrawn"))]
    background: tuple[str, ...]
    industries: tuple[str, ...]
    delivery_modes: tuple[str, ...]
    told_at: date | None

    @property
    def updated(self) -> date | datetime | None:
        return _latest(self.told_at, self.publish_at)


@dataclass(frozen=True, slots=True)
class PathwayRecord(Record):
    """``credential`` is the name of the credential that a pathway ends in, "" where there is none."""

    KIND: ClassVar[Kind] = Kind.PATHWAY

    provider: str | None
    industries: tuple[str, ...]
    steps: tuple[StepRecord, ...]
    credential: Annotated[str, Source(_credential_name)]
    recognised_by: Annotated[tuple[RecognitionRecord, ...], Source(_recognised_by)]


@dataclass(frozen=True, slots=True)
class ProviderRecord(Record):
    """``type`` is what kind of organisation it is."""

    KIND: ClassVar[Kind] = Kind.PROVIDER

    type: Annotated[str | None, Source(attrgetter("kind"))]
    region: str
    url: str | None
    logo: str | None
    place: str
    accredited_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceRecord(Record):
    """The parts of the address are "" where they are not given. ``latitude`` and ``longitude`` are both given, or neither."""

    KIND: ClassVar[Kind] = Kind.PLACE

    street: str
    locality: str
    region: str
    postal_code: str
    country: str
    latitude: Decimal | None
    longitude: Decimal | None
    order: int


@dataclass(frozen=True, slots=True)
class IndustryRecord(Record):
    KIND: ClassVar[Kind] = Kind.INDUSTRY

    order: int


@dataclass(frozen=True, slots=True)
class DeliveryModeRecord(Record):
    KIND: ClassVar[Kind] = Kind.DELIVERY_MODE

    order: int


@dataclass(frozen=True, slots=True)
class PageRecord(Record):
    KIND: ClassVar[Kind] = Kind.PAGE

    order: int
    menu: MenuRecord | None
    template: str


_OWN_RECORDS: Final = (
    CourseRecord,
    StoryRecord,
    PathwayRecord,
    ProviderRecord,
    PlaceRecord,
    IndustryRecord,
    DeliveryModeRecord,
    PageRecord,
)


def _record_type(kind: Kind) -> type[Record]:
    """The class of the records of a kind: one of its own here, or one with nothing but what all kinds have."""
    own = next((record for record in _OWN_RECORDS if kind is record.KIND), None)
    return own or make_dataclass(
        f"{kind.capitalize()}Record", (), bases=(Record,), namespace={"KIND": kind}, frozen=True, slots=True
    )


RECORDS: Final[Mapping[Kind, type[Record]]] = {kind: _record_type(kind) for kind in Kind}


def _latest(*dates: date | datetime | None) -> date | datetime | None:
    given = [day for day in dates if day is not None]
    if len(given) < 2:
        return given[0] if given else None
    return max(given, key=lambda day: day.isoformat()[:10])


def _recognised_by(entry_fields: Course | Pathway) -> tuple[RecognitionRecord, ...]:
    return tuple(
        RecognitionRecord((*key, "recognised_by", number), name)
        for key, credential in credentials_of(entry_fields)
        for number, name in enumerate(credential.recognised_by)
    )


def _credential_name(pathway: Pathway) -> str:
    return (pathway.credential.name or pathway.title) if pathway.credential else ""
