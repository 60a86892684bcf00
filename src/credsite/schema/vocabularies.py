"""The lists that entries choose from, each in one table.

Everything else about an id comes from its row: what the models accept, what the JSON Schemas and the form in the
browser offer, the words that visitors read and their order, the icon, and the structured data for search engines. A site can
change most of these lists in credsite.yaml (:mod:`credsite.schema.own_vocabularies`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final, Literal

from credsite.schema.kinds import Kind

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this, but not here"
    """``message`` itself, which is thereby in the list for translators."""
    return message


USUAL_ORDER: Final = 1000
"""The position in lists of what has no other: that in which it stands, among all that have none."""


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """One row of a table. ``id`` is what editors write, ``label`` what visitors read, in English.

    What does not apply is empty. ``summary`` is a sentence for visitors. ``icon`` is the name of a drawing in the
    theme's ``icons.svg``; without one, the general drawing is used. ``schema_org`` is the value in schema.org's words.
    ``days`` is the longest time that a term covers, 0 for no limit. Where terms have an ``order``, lower ones come first.

    The rest is for terms of a site's own: ``same_as`` is the id of the built-in term that means the same, and words that
    credsite.yaml gives are in the site's language and not translated.
    """

    id: str
    label: str
    summary: str = ""
    icon: str = ""
    schema_org: str = ""
    days: int = 0
    order: int = USUAL_ORDER
    same_as: str = ""
    is_own_label: bool = False
    is_own_summary: bool = False

    @property
    def meaning(self) -> str:
        """The id of the built-in term that means the same: by it, credsite's rules know the term."""
        return self.same_as or self.id


Vocabulary = Mapping[str, VocabularyTerm]
"""The terms by their ids, in the order in which visitors see them."""


@dataclass(frozen=True)
class Display:
    """Marks a field that is shown: ``Annotated[GroupSize | None, Display(N_("Group size"), vocabulary=GROUP_SIZES)]``.

    ``label`` is its name for visitors, in English. ``vocabulary`` has the words for values that editors choose from; text,
    whole numbers and true or false need none. ``icon`` is the name of a drawing in the theme's ``icons.svg``. ``id`` names
    the field in addresses and in the HTML; without one, the field's key does.

    The rest is for fields of a site's own (``is_own``), whose words are in the site's language: the name of their ``type``, the
    kind of entry that they refer to, and what more is done with them.
    """

    label: str
    vocabulary: Vocabulary | None = None
    icon: str = "info"
    on_card: bool = False
    is_filter: bool = False
    id: str = ""
    on_page: bool = True
    in_comparison: bool = True
    is_sort: bool = False
    is_searched: bool = False
    has_pages: bool = False
    is_exported: bool = True
    is_own: bool = False
    type: str = ""
    reference: Kind | None = None

    @property
    def is_money(self) -> bool:
        """Whether its values are amounts of money as texts, such as `395 EUR`."""
        return self.type == "money"


def _vocabulary(*terms: VocabularyTerm) -> Vocabulary:
    return {term.id: term for term in terms}


ONLINE: Final = "online"
"""The delivery mode that has no place."""
DELIVERY_MODES: Final = _vocabulary(
    VocabularyTerm(
        ONLINE,
        N_("Online"),
        summary=N_("Taught entirely online, wherever you are."),
        icon="monitor",
        schema_org="Online",
    ),
    VocabularyTerm(
        "in-person",
        N_("In-person"),
        summary=N_("Taught face to face, at a place and a time."),
        icon="building",
        schema_org="Onsite",
    ),
    VocabularyTerm(
        "blended",
        N_("Blended"),
        summary=N_("Partly online and partly on site."),
        icon="blend",
        schema_org="Blended",
    ),
    VocabularyTerm(
        "hybrid",
        N_("Hybrid"),
        summary=N_("At each session you choose: in the room, or online."),
        icon="split",
        schema_org="Blended",
    ),
)
SELF_PACED: Final = "self-paced"
SCHEDULED: Final = "scheduled"
"""The pace of courses that can begin at any time."""
PACES: Final = _vocabulary(
    VocabularyTerm(SELF_PACED, N_("At your own pace")),
    VocabularyTerm(SCHEDULED, N_("On a schedule")),
)
TIMINGS: Final = _vocabulary(
    VocabularyTerm("daytime", N_("Daytime")),
    VocabularyTerm("evening", N_("Evening")),
    VocabularyTerm("weekend", N_("Weekend")),
)
ATTENDANCES: Final = _vocabulary(
    VocabularyTerm("full-time", N_("Full-time")),
    VocabularyTerm("part-time", N_("Part-time")),
)
WEEKDAYS: Final = _vocabulary(
    VocabularyTerm("monday", N_("Mondays"), schema_org="Monday"),
    VocabularyTerm("tuesday", N_("Tuesdays"), schema_org="Tuesday"),
    VocabularyTerm("wednesday", N_("Wednesdays"), schema_org="Wednesday"),
    VocabularyTerm("thursday", N_("Thursdays"), schema_org="Thursday"),
    VocabularyTerm("friday", N_("Fridays"), schema_org="Friday"),
    VocabularyTerm("saturday", N_("Saturdays"), schema_org="Saturday"),
    VocabularyTerm("sunday", N_("Sundays"), schema_org="Sunday"),
)
"""The days on which a session can meet, Monday first as Python and iCalendar count them."""
LEVELS: Final = _vocabulary(
    VocabularyTerm("introductory", N_("Introductory")),
    VocabularyTerm("intermediate", N_("Intermediate")),
    VocabularyTerm("advanced", N_("Advanced")),
)
LEARNING_METHODS: Final = _vocabulary(
    VocabularyTerm("lectures", N_("Lectures")),
    VocabularyTerm("seminars", N_("Seminars")),
    VocabularyTerm("projects", N_("Projects")),
    VocabularyTerm("conferences", N_("Conferences")),
    VocabularyTerm("workplace", N_("In a workplace")),
    VocabularyTerm("labs", N_("Labs")),
    VocabularyTerm("mentoring", N_("Mentoring")),
)
ASSESSMENT_METHODS: Final = _vocabulary(
    VocabularyTerm("assignments", N_("Assignments")),
    VocabularyTerm("portfolio", N_("Portfolio")),
    VocabularyTerm("written-exam", N_("Written examination")),
    VocabularyTerm("oral-exam", N_("Oral examination")),
    VocabularyTerm("practical", N_("Practical test")),
    VocabularyTerm("project", N_("Project")),
    VocabularyTerm("peer-review", N_("Review by peers")),
    VocabularyTerm("workplace-demonstration", N_("Demonstration in a workplace")),
)
CREDENTIAL_TYPES: Final = _vocabulary(
    VocabularyTerm("micro-credential", N_("Micro-credential")),
    VocabularyTerm("digital-badge", N_("Digital badge"), icon="badge"),
    VocabularyTerm("certificate", N_("Certificate")),
    VocabularyTerm("licence", N_("Licence"), icon="licence"),
    VocabularyTerm("industry-certification", N_("Industry certification"), icon="badge"),
    VocabularyTerm("diploma", N_("Diploma")),
    VocabularyTerm("degree", N_("Degree")),
)
PROVIDER_TYPES: Final = _vocabulary(
    VocabularyTerm("university", N_("University"), schema_org="CollegeOrUniversity"),
    VocabularyTerm("college", N_("College"), schema_org="CollegeOrUniversity"),
    VocabularyTerm("institute", N_("Institute"), schema_org="EducationalOrganization"),
    VocabularyTerm("professional-body", N_("Professional body")),
    VocabularyTerm("company", N_("Company")),
    VocabularyTerm("licensing-body", N_("Licensing body")),
    VocabularyTerm("community", N_("Community organisation")),
)
BACKGROUNDS: Final = _vocabulary(
    VocabularyTerm("career-changer", N_("Changing career")),
    VocabularyTerm("returning-parent", N_("Parents going back to work")),
    VocabularyTerm("armed-forces", N_("Leaving the armed forces")),
    VocabularyTerm("newcomer", N_("New to the country")),
    VocabularyTerm("jobseeker", N_("Looking for work")),
    VocabularyTerm("upskilling", N_("Growing in a job")),
    VocabularyTerm("graduate", N_("Starting out after studies")),
)
"""Where learners come from, unless credsite.yaml has `backgrounds` of its own."""
SUPPORT: Final = _vocabulary(
    VocabularyTerm("wheelchair-accessible", N_("Wheelchair accessible")),
    VocabularyTerm("childcare", N_("Childcare")),
    VocabularyTerm("job-placement", N_("Help with finding a job")),
    VocabularyTerm("equipment-provided", N_("Equipment provided")),
    VocabularyTerm("captioned-video", N_("Captioned video")),
    VocabularyTerm("quiet-space", N_("Quiet space")),
    VocabularyTerm("sign-language", N_("Sign language")),
    VocabularyTerm("transport", N_("Help with transport")),
)
"""Help for learners, beside what `support` in credsite.yaml adds."""
DURATION_BANDS: Final = _vocabulary(
    VocabularyTerm("1-week", N_("Up to 1 week"), days=7),
    VocabularyTerm("1-month", N_("Up to 1 month"), days=31),
    VocabularyTerm("3-months", N_("Up to 3 months"), days=92),
    VocabularyTerm("longer", N_("More than 3 months")),
)
"""How long courses run, as visitors filter by it."""
START_BANDS: Final = _vocabulary(
    VocabularyTerm("30-days", N_("In the next 30 days"), days=30),
    VocabularyTerm("3-months", N_("In the next 3 months"), days=92),
    VocabularyTerm("any-time", N_("At any time")),
)
"""When courses begin, as visitors filter by it."""
COURSE_FACETS: Final = _vocabulary(
    VocabularyTerm("industry", N_("Industry")),
    VocabularyTerm("mode", N_("Delivery")),
    VocabularyTerm("level", N_("Level")),
    VocabularyTerm("cost", N_("Cost")),
    VocabularyTerm("duration", N_("Length")),
    VocabularyTerm("pace", N_("Pace")),
    VocabularyTerm("timing", N_("Timing")),
    VocabularyTerm("start", N_("Start")),
    VocabularyTerm("language", N_("Language")),
    VocabularyTerm("provider", N_("Provider")),
    VocabularyTerm("credential", N_("Credential")),
    VocabularyTerm("place", N_("Location")),
)
"""What visitors can filter courses by, beside fields that are declared as filters, in the order that credsite.yaml may change."""
STORY_FACETS: Final = _vocabulary(
    VocabularyTerm("background", N_("Someone like me")),
    COURSE_FACETS["industry"],
    COURSE_FACETS["mode"],
)
"""What visitors can filter stories by."""
SORT_ORDERS: Final = _vocabulary(
    VocabularyTerm("relevance", N_("Best match")),
    VocabularyTerm("title", N_("Title")),
    VocabularyTerm("start", N_("Start date")),
    VocabularyTerm("apply-by", N_("Application deadline")),
    VocabularyTerm("cost", N_("Cost")),
    VocabularyTerm("duration", N_("Length")),
    VocabularyTerm("added", N_("Newest first")),
)
"""The orders that a visitor can choose for a list of courses; by relevance only for the results of a search."""

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "mode": DELIVERY_MODES,
    "pace": PACES,
    "timing": TIMINGS,
    "attendance": ATTENDANCES,
    "level": LEVELS,
    "learning": LEARNING_METHODS,
    "assessment": ASSESSMENT_METHODS,
    "credential": CREDENTIAL_TYPES,
    "provider": PROVIDER_TYPES,
    "background": BACKGROUNDS,
    "support": SUPPORT,
    "duration": DURATION_BANDS,
    "start": START_BANDS,
}
"""The tables by name: that of the facet, where visitors can filter by it. A table that a field's ``Display`` names need not
be here."""

SETTING_NAMES: Final[Mapping[str, str]] = {
    "mode": "delivery_modes",
    "pace": "paces",
    "timing": "timings",
    "attendance": "attendances",
    "level": "levels",
    "learning": "learning_methods",
    "assessment": "assessment_methods",
    "credential": "credential_types",
    "provider": "provider_types",
    "background": "backgrounds",
    "support": "support",
}
"""The tables that a site can change, with their names in credsite.yaml."""


@dataclass(frozen=True, slots=True)
class FromVocabulary:
    """Marks a type of field whose values are the ids of a vocabulary, by the vocabulary's ``name``.

    ``labels`` are the site's own words for ids, and ``replacements`` the ids that it hides, each with the id to use in its place, or "".
    """

    name: str
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    replacements: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The ids with the site's own words for them, which code editors show."""
        schema = handler(core_schema)
        if self.labels and "enum" in schema:
            schema["enumDescriptions"] = [self.labels.get(id_, "") for id_ in schema["enum"]]
        return schema


if TYPE_CHECKING:  # Type checkers cannot read the tables, so that to them an id is any text.
    DeliveryMode = str
    Pace = str
    Timing = str
    Attendance = str
    Weekday = str
    Level = str
    LearningMethod = str
    AssessmentMethod = str
    CredentialType = str
    ProviderType = str
else:
    DeliveryMode = Annotated[Literal[tuple(DELIVERY_MODES)], FromVocabulary("mode")]
    Pace = Annotated[Literal[tuple(PACES)], FromVocabulary("pace")]
    Timing = Annotated[Literal[tuple(TIMINGS)], FromVocabulary("timing")]
    Attendance = Annotated[Literal[tuple(ATTENDANCES)], FromVocabulary("attendance")]
    Weekday = Literal[tuple(WEEKDAYS)]
    Level = Annotated[Literal[tuple(LEVELS)], FromVocabulary("level")]
    LearningMethod = Annotated[Literal[tuple(LEARNING_METHODS)], FromVocabulary("learning")]
    AssessmentMethod = Annotated[Literal[tuple(ASSESSMENT_METHODS)], FromVocabulary("assessment")]
    CredentialType = Annotated[Literal[tuple(CREDENTIAL_TYPES)], FromVocabulary("credential")]
    ProviderType = Annotated[Literal[tuple(PROVIDER_TYPES)], FromVocabulary("provider")]


def labels(vocabulary: Vocabulary) -> dict[str, str]:
    """The English labels of a vocabulary by their ids."""
    return {term.id: term.label for term in vocabulary.values()}


def icons(vocabulary: Vocabulary) -> dict[str, str]:
    """The icons of the terms that have one, by their ids."""
    return {term.id: term.icon for term in vocabulary.values() if term.icon}
