"""The shapes of the files for other programs. Their JSON Schemas follow from these declarations.

A key is always there; where an entry says nothing, its value is null, or an empty list or text. Keys may be added, and none may be
renamed, removed or given another meaning: that would be version 2.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field
from typing_extensions import TypedDict

API_VERSION: Final = 1

Day = Annotated[str, Field(description="A day (`2027-02-01`), or a moment on it (ISO 8601).")]
CompleteUrl = Annotated[str, Field(description="A web address, complete.")]
JsonNumber = int | float


class TermDocument(TypedDict):
    """A value of a vocabulary: its id, and what visitors read."""

    id: str
    title: str


class LinkDocument(TypedDict):
    """Something with a name. `url` is null where it has no page."""

    title: str
    url: CompleteUrl | None


class ImageDocument(TypedDict):
    """A picture of up to 1200 pixels in width that other websites may show. `alt` says what it shows."""

    url: str
    width: int
    height: int
    alt: str


class DurationDocument(TypedDict):
    """A length of time, from `minimum` to `maximum`. `maximum` is null where it is open."""

    minimum: JsonNumber
    maximum: JsonNumber | None
    unit: Annotated[str, Field(description="`minute`, `hour`, `day`, `week`, `month` or `year`.")]


class PriceDocument(TypedDict):
    """What a course costs; 0 if it is free."""

    amount: JsonNumber
    currency: Annotated[str, Field(description='An ISO 4217 code, or "" where none is given.')]
    note: str


class AudiencePriceDocument(PriceDocument):
    """What some learners pay."""

    audience: str


class EnrolmentDocument(TypedDict):
    """Whether people can enrol on the day of the build, and the session that decides it."""

    state: Annotated[
        str,
        Field(
            description="`any-time`, `open`, `late`, `early`, `full`, `closed`, `running`, `ended` or `unannounced`."
        ),
    ]
    starts: Day | None
    apply_by: Day | None


class SessionDocument(TypedDict):
    """A session that is not over."""

    starts: Day
    ends: Day | None
    apply_by: Day | None
    delivery_mode: TermDocument | None
    location: LinkDocument | None
    seats: Annotated[int | None, Field(description="How many places are left; null where that is not said.")]
    state: Annotated[str, Field(description="`open`, `late`, `early`, `full`, `closed` or `running`.")]


class SkillDocument(TypedDict):
    """A skill, with its address in a list of skills where it has one."""

    name: str
    uri: str | None


class CourseSummary(TypedDict):
    """A course in the list of all courses."""

    id: str
    title: str
    summary: str
    url: Annotated[str, Field(description="The page of the course.")]
    data: Annotated[str, Field(description="The file with everything about the course.")]
    provider: TermDocument
    industries: list[TermDocument]
    delivery_modes: list[TermDocument]
    pace: TermDocument | None
    level: list[TermDocument]
    languages: Annotated[list[str], Field(description="Language tags (BCP 47).")]
    duration: DurationDocument | None
    workload: DurationDocument | None
    price: PriceDocument | None
    credential: list[TermDocument]
    skills: list[SkillDocument]
    places: list[LinkDocument]
    enrolment: EnrolmentDocument
    sessions: list[SessionDocument]
    updated: Annotated[Day | None, Field(description="When it was last reviewed or published.")]
    fields: Annotated[
        dict[str, Any],
        Field(description="Fields of the site's own that lists show or filter by, by their keys."),
    ]


class CredentialDocument(TypedDict):
    """What a learner receives."""

    type: TermDocument
    name: str
    recognised_by: list[LinkDocument]


class CodeDocument(TypedDict):
    """An occupation or a classification, in a scheme such as NOC or ISCED-F."""

    scheme: str
    code: str
    name: str
    url: CompleteUrl | None


class CourseDocument(CourseSummary):
    """Everything about a course that its page says. `fields` has all own fields that the page shows."""

    image: ImageDocument | None
    outcomes: list[str]
    timing: list[TermDocument]
    partners: list[LinkDocument]
    prices: list[AudiencePriceDocument]
    funding: list[LinkDocument]
    qualification_level: str
    credits: list[str]
    learning_methods: list[TermDocument]
    assessment_methods: list[TermDocument]
    credentials: list[CredentialDocument]
    prerequisites: list[LinkDocument]
    occupations: list[CodeDocument]
    classifications: list[CodeDocument]
    support: list[TermDocument]
    quality_assurance: LinkDocument | None
    pathways: list[LinkDocument]
    enrol_url: str | None
    contact: str | None
    ctid: str | None
    licence: Annotated[str | None, Field(description="The address of the licence of these data.")]


class StoryDocument(TypedDict):
    """A learner's story that is published now. Once it is withdrawn, it must not be shown any more."""

    id: str
    title: str
    summary: str
    url: Annotated[str, Field(description="The page of the story.")]
    learner: str
    quote: str
    before: str
    after: str
    backgrounds: list[TermDocument]
    industries: list[TermDocument]
    courses: list[TermDocument]
    told_at: Day | None
    updated: Day | None


class ProviderDocument(TypedDict):
    """Who offers courses."""

    id: str
    title: str
    summary: str
    url: Annotated[str, Field(description="The page of the provider.")]
    website: str | None
    type: TermDocument | None
    region: str
    courses: Annotated[int, Field(description="How many courses it offers.")]


class ListDocument(TypedDict):
    """What every list says of itself."""

    version: Annotated[int, Field(description="The version of the format.")]
    title: Annotated[str, Field(description="The name of the site.")]
    language: Annotated[str, Field(description="The language of the texts.")]
    licence: Annotated[str | None, Field(description="The address of the licence of these data.")]
    updated: Annotated[Day | None, Field(description="When an entry was last reviewed or published.")]
    total: Annotated[int, Field(description="How many entries all pages of the list have.")]


class CourseList(ListDocument):
    """A page of the list of all courses."""

    page: int
    pages: int
    next: Annotated[str | None, Field(description="The next page; null on the last one.")]
    courses: list[CourseSummary]


class StoryList(ListDocument):
    """The stories that are published now."""

    stories: list[StoryDocument]


class ProviderList(ListDocument):
    """The providers of the courses."""

    providers: list[ProviderDocument]
