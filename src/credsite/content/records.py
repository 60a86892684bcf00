"""What the rest of the site can see of an entry: enough for lists, look-ups and checks, without its text.

A catalogue is made of facts, so that a build can know ten thousand entries and read the whole of only those whose own
pages it makes. Whatever stands on the page of another entry, or decides where one stands, must be a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final, NamedTuple

from credsite.content.entry import Entry
from credsite.content.markdown.sanitizer import Reference
from credsite.core.hashing import digest
from credsite.core.quantities import Duration
from credsite.core.serialization import json_bytes
from credsite.problems.model import KeyPath, Location
from credsite.schema.kinds import Kind
from credsite.schema.models import (
    Course,
    DeliveryModeFields,
    EntryFields,
    Industry,
    Page,
    Pathway,
    Provider,
    Story,
)
from credsite.schema.models.course import Session
from credsite.schema.models.credential import Credential

_TRAITS: Final = 20
"""Digits of a digest that stands for itself within one course only."""
IMAGE_SUFFIXES: Final = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")


class ImageRecord(NamedTuple):
    """The picture of an entry, as its front matter names it."""

    src: str
    alt: str


class ImageUse(NamedTuple):
    """A place where an entry uses an image, as written there: a key of the front matter, or a piece of the body."""

    src: str
    key: KeyPath
    snippet: str

    def location(self, path: str) -> Location:
        return Location(path, key=self.key, snippet=self.snippet)


class PriceRecord(NamedTuple):
    amount: Decimal
    currency: str
    note: str


class SkillRecord(NamedTuple):
    name: str
    uri: str


class SessionRecord(NamedTuple):
    starts: date
    ends: date | None
    apply_by: date | None
    delivery_mode: str | None
    location: str
    seats: int | None
    timing: tuple[str, ...] = ()


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
    """Of an entry of any kind. ``path``, ``language`` and ``digest`` are those of its file.

    ``mark`` is a digest of the facts themselves: it stays when only the text of the entry changes. ``named`` says
    whether the front matter gives the slug. ``images`` and ``references`` are all that front matter and body hold,
    ``fragments`` the ids of the headings in the body.
    """

    KIND: ClassVar[Kind]

    slug: str
    path: str
    language: str
    digest: str
    record_digest: str
    title: str
    summary: str
    has_own_slug: bool
    aliases: tuple[str, ...]
    image: ImageRecord | None
    draft: bool
    publish_at: date | datetime | None
    expires_at: date | datetime | None
    featured: bool
    images: tuple[ImageUse, ...]
    references: tuple[Reference, ...]
    heading_ids: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        return self.KIND

    @property
    def folder(self) -> str:
        """The folder of the file, from the site's root: what relative links and images start from."""
        return self.path.rpartition("/")[0]

    @property
    def updated(self) -> date | datetime | None:
        """When the entry last changed for visitors, as far as it says; never the time of the build or of the file."""
        return self.publish_at


@dataclass(frozen=True, slots=True)
class CourseRecord(Record):
    """``languages`` are those that it names; where it names none, it is taught in the site's own.

    ``outcomes`` are what learners can do afterwards, as one text for the search. ``traits`` is a digest of all that courses
    can be filtered and sorted by: it stays when only words change.
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
    price: PriceRecord | None
    funding: tuple[str, ...]
    level: str | None
    languages: tuple[str, ...]
    outcomes: str
    skills: tuple[SkillRecord, ...]
    credential: str | None
    recognised_by: tuple[str, ...]
    prerequisites: tuple[str, ...]
    sessions: tuple[SessionRecord, ...]
    support: tuple[str, ...]
    reviewed_at: date | None
    review_by: date | None
    ctid: str | None
    filter_digest: str

    @property
    def updated(self) -> date | datetime | None:
        return _latest(self.reviewed_at, self.publish_at)


@dataclass(frozen=True, slots=True)
class StoryRecord(Record):
    KIND: ClassVar[Kind] = Kind.STORY

    learner: str
    location: str
    photo: str | None
    quote: str
    before: str
    after: str
    courses: tuple[str, ...]
    consent_given: date | None
    consent_expires: date | None
    consent_withdrawn: date | None
    background: tuple[str, ...]
    industries: tuple[str, ...]
    delivery_modes: tuple[str, ...]
    told_at: date | None

    @property
    def updated(self) -> date | datetime | None:
        return _latest(self.told_at, self.publish_at)


@dataclass(frozen=True, slots=True)
class PathwayRecord(Record):
    """``credential`` is the name of the credential at its end, "" where there is none."""

    KIND: ClassVar[Kind] = Kind.PATHWAY

    provider: str | None
    industries: tuple[str, ...]
    steps: tuple[StepRecord, ...]
    credential: str
    recognised_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProviderRecord(Record):
    """``type`` is what kind of organisation it is."""

    KIND: ClassVar[Kind] = Kind.PROVIDER

    type: str | None
    region: str
    url: str | None
    logo: str | None
    accredited_by: tuple[str, ...]


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


RECORDS: Final[Mapping[Kind, type[Record]]] = {
    model.KIND: model
    for model in (
        CourseRecord,
        StoryRecord,
        PathwayRecord,
        ProviderRecord,
        IndustryRecord,
        DeliveryModeRecord,
        PageRecord,
    )
}


def record_of(entry: Entry[EntryFields]) -> Record:
    """The facts of ``entry``."""
    fields, body = entry.fields, entry.body
    values: tuple[Any, ...] = (
        fields.title,
        fields.summary,
        fields.slug is not None,
        fields.aliases,
        ImageRecord(fields.image.src, fields.image.alt) if fields.image else None,
        fields.draft,
        fields.publish_at,
        fields.expires_at,
        fields.featured,
        tuple(_image_uses(entry)),
        body.references,
        tuple(heading.id for heading in body.headings),
        *_OWN[fields.KIND](fields),
    )
    mark = _mark((entry.slug, entry.path, entry.language, values))
    return RECORDS[fields.KIND](entry.slug, entry.path, entry.language, entry.digest, mark, *values)


def _mark(values: object) -> str:
    """A digest of values of fields, in their order: equal where all of them would be written alike."""
    return digest(json_bytes(values, _plain))


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, tuple) else str(value)


def _image_uses(entry: Entry[EntryFields]) -> Iterator[ImageUse]:
    """Every image that ``entry`` uses, in its front matter and its body."""
    for key, src in _front_matter_images(entry.fields):
        if src:
            yield ImageUse(src, key, "")
    for reference in entry.body.references:
        if reference.kind == "image" or (
            reference.kind == "file" and reference.target.lower().endswith(IMAGE_SUFFIXES)
        ):
            yield ImageUse(reference.target, (), reference.written)


def _front_matter_images(fields: EntryFields) -> Iterator[tuple[KeyPath, str | None]]:
    if fields.image is not None:
        yield ("image", "src"), fields.image.src
    match fields:
        case Course(credential=credential) | Pathway(credential=credential) if credential is not None:
            yield ("credential", "image"), credential.image
        case Story(learner=learner):
            yield ("learner", "photo"), learner.photo
        case Provider(logo=logo):
            yield ("logo",), logo
        case _:
            pass


def _latest(*dates: date | datetime | None) -> date | datetime | None:
    known = [found for found in dates if found is not None]
    return max(known, key=lambda found: found.isoformat()[:10]) if known else None


def _course(course: Course) -> tuple[object, ...]:
    price = course.price
    before: tuple[object, ...] = (
        course.provider,
        course.industries,
        course.delivery_modes,
        course.partners,
        course.pace,
        course.timing,
        course.duration,
        course.workload,
        PriceRecord(price.amount, price.currency or "", price.note) if price else None,
        course.funding,
        course.level,
        course.languages,
    )
    behind: tuple[object, ...] = (
        tuple(SkillRecord(skill.name, skill.uri or "") for skill in course.skills),
        course.credential.type if course.credential else None,
        _recognised_by(course.credential),
        course.prerequisites,
        tuple(map(_session, course.sessions)),
        course.support,
        course.reviewed_at,
        course.review_by,
        course.ctid,
    )
    traits = _mark((before, behind, course.publish_at))
    return (*before, " ".join(course.outcomes), *behind, traits[:_TRAITS])


def _session(session: Session) -> SessionRecord:
    return SessionRecord(
        session.starts,
        session.ends,
        session.apply_by,
        session.delivery_mode,
        session.location,
        session.seats,
        session.timing,
    )


def _recognised_by(credential: Credential | None) -> tuple[str, ...]:
    return credential.recognised_by if credential else ()


def _story(story: Story) -> tuple[object, ...]:
    return (
        story.learner.name,
        story.learner.location,
        story.learner.photo,
        story.quote,
        story.before,
        story.after,
        story.courses,
        story.consent.given,
        story.consent.expires,
        story.consent.withdrawn,
        story.background,
        story.industries,
        story.delivery_modes,
        story.told_at,
    )


def _pathway(pathway: Pathway) -> tuple[object, ...]:
    return (
        pathway.provider,
        pathway.industries,
        tuple(StepRecord(step.title, step.courses, step.choose) for step in pathway.steps),
        (pathway.credential.name or pathway.title) if pathway.credential else "",
        _recognised_by(pathway.credential),
    )


def _provider(provider: Provider) -> tuple[object, ...]:
    return (
        provider.kind,
        provider.region,
        provider.url,
        provider.logo,
        provider.accredited_by,
    )


def _industry(industry: Industry) -> tuple[object, ...]:
    return (industry.order,)


def _mode(mode: DeliveryModeFields) -> tuple[object, ...]:
    return (mode.order,)


def _page(page: Page) -> tuple[object, ...]:
    menu = MenuRecord(page.menu.label, page.menu.order) if page.menu else None
    return page.order, menu, page.template


_OWN: Final[Mapping[Kind, Callable[..., tuple[object, ...]]]] = {
    Kind.COURSE: _course,
    Kind.STORY: _story,
    Kind.PATHWAY: _pathway,
    Kind.PROVIDER: _provider,
    Kind.INDUSTRY: _industry,
    Kind.DELIVERY_MODE: _mode,
    Kind.PAGE: _page,
}
