"""Records: of each entry what the rest of the site needs to know, without the text of its page.

A build keeps the records of all entries in memory. The whole entry is read only where its own page is rendered. So
everything that stands on the pages of other entries, or decides where an entry is listed, must be in its record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, make_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Final, NamedTuple

from credsite.content.entry import Entry
from credsite.content.keyed_parts import credentials_of, image_uses
from credsite.content.markdown.body import address_links, plain_text
from credsite.content.markdown.sanitizer import InternalLink
from credsite.content.record_getters import Source, getters, sources
from credsite.content.session_times import SessionTimes, deadline_day, end_day, session_times, start_day
from credsite.core.hashing import digest
from credsite.core.quantities import Duration
from credsite.core.serialization import json_bytes
from credsite.problems.model import KeyPath, Location
from credsite.schema.displayed_fields import DisplayedField
from credsite.schema.kinds import Kind
from credsite.schema.models import Course, EntryFields, Pathway
from credsite.schema.models.session import session_timing
from credsite.schema.site_schema import BUILT_IN, SiteSchema

_FILTER_DIGEST_SIZE: Final = 20
"""Hexadecimal digits of a filter digest. It is only ever compared with earlier ones of the same course."""
_FROM_BODY: Final = ("images", "references", "heading_ids")
_FROM_SCHEMA: Final = ("details", "unanswered")
_FROM_FILE: Final = ("slug", "path", "language", "digest", "wrong_keys")
_DIGESTS: Final = ("record_digest", "filter_digest")


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


def record_of(entry: Entry[EntryFields], schema: SiteSchema = BUILT_IN) -> Record:
    """The record of ``entry``, which was read with the ``schema`` of its site."""
    record_type = RECORDS[entry.kind]
    values = {name: get(entry.fields) for name, get in _getters(entry.kind).items()}
    values |= {
        "images": tuple(ImageUse(*use) for use in image_uses(entry)),
        "references": tuple(
            reference for one in entry.bodies for reference in (*one.links, *address_links(one))
        ),
        "heading_ids": tuple(heading.id for one in entry.bodies for heading in one.headings),
        "details": _details(entry, schema.recorded_fields[entry.kind]),
    }
    if record_type is CourseRecord:
        values["unanswered"] = _unanswered(entry.fields, schema)
        filtered = {name: values[name] for name in _filtered_fields()}
        values["filter_digest"] = _values_digest(filtered)[:_FILTER_DIGEST_SIZE]
    of_file = {name: getattr(entry, name) for name in _FROM_FILE}
    all_but_digest = {**of_file, **values, "digest": ""}
    return record_type(record_digest=_values_digest(all_but_digest), **of_file, **values)


@cache
def _getters(kind: Kind) -> dict[str, Callable[[Any], Any]]:
    return getters(RECORDS[kind], (*_FROM_FILE, *_FROM_BODY, *_FROM_SCHEMA, *_DIGESTS))


@cache
def _filtered_fields() -> tuple[str, ...]:
    """The fields of a course's record that courses are filtered and sorted by."""
    own = {one.name for one in fields(CourseRecord)} - {one.name for one in fields(Record)}
    texts = {name for name, source in sources(CourseRecord).items() if source.is_text}
    return tuple(sorted((own | {"publish_at", "details"}) - texts - {"filter_digest", "unanswered"}))


def _values_digest(values: object) -> str:
    """A digest that is the same for values that would be written alike."""
    return digest(json_bytes(values, _json_value))


def _json_value(value: object) -> object:
    return tuple(value) if isinstance(value, tuple) else str(value)


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


def _details(entry: Entry[EntryFields], recorded: tuple[DisplayedField, ...]) -> tuple[DetailRecord, ...]:
    if not recorded:
        return ()
    texts = {key: (plain_text(body),) for key, body in entry.texts}
    found = ((field.id, texts.get(field.key) or field.values(entry.fields)) for field in recorded)
    return tuple(DetailRecord(id_, values) for id_, values in found if values)


def _unanswered(course: EntryFields, schema: SiteSchema) -> tuple[str, ...]:
    return tuple(key for key in schema.own_course_keys if getattr(course, key) in (None, ()))


def _credential_name(pathway: Pathway) -> str:
    return (pathway.credential.name or pathway.title) if pathway.credential else ""
