"""A micro-credential course."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Final

from pydantic import BeforeValidator, Field, WithJsonSchema

from credsite.problems.model import KeyPath
from credsite.schema import patterns
from credsite.schema.field_types import Date, DurationText, LanguageTag, Text, Url, value_error
from credsite.schema.models.base import Credential, EntryFields, FieldFinding, Model, TextOrBlock, Video
from credsite.schema.models.codes import Classification, Occupation, code_findings
from credsite.schema.models.credits import Credits, QualificationLevel
from credsite.schema.models.price import GroupPrice, Price, PriceFields
from credsite.schema.models.session import Session
from credsite.schema.models.session_findings import session_findings
from credsite.schema.one_or_many import ONE_OR_MANY
from credsite.schema.vocabularies import (
    ASSESSMENT_METHODS,
    ATTENDANCES,
    N_,
    SUPPORT,
    AssessmentMethod,
    Attendance,
    DeliveryMode,
    Display,
    FromVocabulary,
    LearningMethod,
    Level,
    Pace,
    Timing,
)

_SUPPORT_EXAMPLES: Final = ", ".join(f"`{term}`" for term in list(SUPPORT)[:4])


def _ctid(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(patterns.CTID, value.strip()):
        raise value_error(
            "bad-ctid",
            f"`{value}` is not a ctid: `ce-` and a UUID in small letters. Make it once and never change it.",
            value.strip().lower() if re.fullmatch(patterns.CTID, value.strip().lower()) else "",
        )
    return value


class Skill(TextOrBlock):
    """A skill that a course teaches: a name, or a name with its address in ESCO or O*NET."""

    ONE_LINE: ClassVar[dict[str, Any]] = {"type": ["string", "number", "boolean"], "minLength": 1}
    TEXT_KEY = "name"

    name: Text = Field(description="The skill in a few words.")
    uri: Url | None = Field(default=None, description="Its address in ESCO or O*NET.")


class QualityAssurance(Model):
    """Who assures the quality of a course."""

    name: Text = Field(description="The body's or scheme's name.")
    url: Url | None = Field(default=None, description="Where it is described.")


class Course(EntryFields):
    """A short course that ends in an assessed credential."""

    ADVISED: ClassVar[dict[str, str]] = {
        "duration": "missing-duration",
        "workload": "missing-workload",
        "price": "missing-price",
        "outcomes": "missing-outcomes",
        "assessment_methods": "missing-assessment",
    }

    summary: Text = Field(description="One or two sentences, best under 160 characters.")
    code: Annotated[
        Text | None, Display(N_("Course code"), icon="hash", in_comparison=False, is_searched=True)
    ] = Field(
        default=None,
        description="The code by which it is known, such as the one in the register.",
        examples=["NURS-1204"],
    )
    provider: Text = Field(description="Who offers it: the id of a provider (its file name).")
    industries: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="The ids of the industries that it serves, one or more."
    )
    delivery_modes: Annotated[tuple[DeliveryMode, ...], Field(min_length=1)] = Field(
        description="How it is delivered; `blended` is partly online and partly on site, with `hybrid` each learner chooses."
    )
    partners: tuple[Text, ...] = Field(
        default=(), description="Who developed it with the provider: provider ids."
    )
    places: tuple[Text, ...] = Field(
        default=(),
        description="Where it takes place, if that does not depend on dates: ids of places, or texts.",
    )
    pace: Pace | None = Field(
        default=None, description="Whether learners set their own pace or follow a schedule."
    )
    timing: tuple[Timing, ...] = Field(
        default=(), description="At what time of the day or week it takes place."
    )
    attendance: Annotated[
        tuple[Attendance, ...],
        Display(N_("Attendance"), vocabulary=ATTENDANCES, icon="clock", is_filter=True),
    ] = Field(
        default=(), description="Whether learners study full-time or part-time; both where they can choose."
    )
    duration: DurationText | None = Field(
        default=None, description="How long it runs by the calendar.", examples=["6 weeks"]
    )
    workload: DurationText | None = Field(
        default=None, description="How much study time it takes.", examples=["42 hours"]
    )
    price: Price | None = Field(
        default=None,
        description="What most learners pay: `495 CAD`, `495` in the site's currency, or `free`.",
        examples=["495 CAD"],
    )
    prices: tuple[GroupPrice, ...] = Field(
        default=(),
        description="What some people pay instead, such as members. Without a `price`, the first counts as what most pay.",
    )
    funding: tuple[Text, ...] = Field(
        default=(), description="Financial aid: ids from `funding` in credsite.yaml."
    )
    level: Annotated[tuple[Level, ...], ONE_OR_MANY] | None = Field(
        default=None, description="How much a learner should know beforehand; a list where it suits several."
    )
    qualification_level: QualificationLevel | None = Field(
        default=None, description="Its level in a qualifications framework."
    )
    credits: Annotated[tuple[Credits, ...], ONE_OR_MANY] | None = Field(
        default=None, description="The academic credit that it carries; a list for several kinds of credits."
    )
    languages: tuple[LanguageTag, ...] = Field(
        default=(), description="The languages of delivery; the site's language if left out."
    )
    outcomes: tuple[Text, ...] = Field(default=(), description="What a learner can do afterwards.")
    skills: tuple[Skill, ...] = Field(
        default=(), description="The skills that it teaches, each in a few words."
    )
    learning_methods: tuple[LearningMethod, ...] = Field(default=(), description="How learners study.")
    assessment_methods: Annotated[
        tuple[AssessmentMethod, ...],
        Display(N_("Assessed by"), id="assessment", icon="check", vocabulary=ASSESSMENT_METHODS),
    ] = Field(default=(), description="How learners show what they can do.")
    credential: Credential | None = Field(default=None, description="What learners receive at the end.")
    credentials: tuple[Credential, ...] = Field(
        default=(), description="What learners receive, where it is more than one; in place of `credential`."
    )
    prerequisites: tuple[Text, ...] = Field(
        default=(), description="What learners need beforehand: plain sentences, or ids of courses."
    )
    occupations: tuple[Occupation, ...] = Field(default=(), description="Occupations that it prepares for.")
    classifications: tuple[Classification, ...] = Field(
        default=(), description="Codes of its field of study."
    )
    sessions: tuple[Session, ...] = Field(default=(), description="Its coming runs, with dates.")
    enrol_url: Url | None = Field(
        default=None, description="Where to enrol.", examples=["https://college.example/enrol"]
    )
    contact: Url | None = Field(
        default=None, description="Whom to contact.", examples=["mailto:ask@college.example"]
    )
    video: Video | None = Field(default=None, description="A film about it.")
    support: tuple[Annotated[Text, FromVocabulary("support")], ...] = Field(
        default=(),
        description=f"Help for learners: {_SUPPORT_EXAMPLES} and others.",
    )
    quality_assurance: QualityAssurance | None = Field(default=None, description="Who assures its quality.")
    reviewed_at: Date | None = Field(default=None, description="When somebody last reviewed this entry.")
    review_by: Date | None = Field(default=None, description="When somebody should review it again.")
    ctid: (
        Annotated[str, BeforeValidator(_ctid), WithJsonSchema({"type": "string", "pattern": patterns.CTID})]
        | None
    ) = Field(
        default=None, description="Its Credential Engine id: `ce-` and a UUID, made once, never changed."
    )

    @property
    def main_price(self) -> PriceFields | None:
        """What most learners pay: what lists show, filter and sort by."""
        return self.price or (self.prices[0] if self.prices else None)

    @property
    def all_credentials(self) -> tuple[Credential, ...]:
        """What learners receive at the end, however it is written."""
        return self.credentials or ((self.credential,) if self.credential else ())

    def findings(self) -> Iterator[FieldFinding]:
        for finding in super().findings():
            if finding.code != "missing-price" or not self.prices:
                yield finding
        yield from self._price_findings()
        if self.credential and self.credentials:
            yield FieldFinding(
                "conflicting-keys",
                "There is a `credential` too. Write all of them as items of `credentials`, and delete `credential`.",
                ("credentials",),
                (("credential",),),
            )
        for number, session in enumerate(self.sessions):
            yield from session_findings(session, self.delivery_modes, ("sessions", number))
        yield from code_findings(self.occupations, "occupations")
        yield from code_findings(self.classifications, "classifications")

    def _price_findings(self) -> Iterator[FieldFinding]:
        prices: list[tuple[KeyPath, PriceFields | None]] = [(("price",), self.price)]
        prices += [(("prices", number), price) for number, price in enumerate(self.prices)]
        for key, price in prices:
            if price is not None and price.items and price.sum_of_items != price.amount:
                yield FieldFinding(
                    "price-sum",
                    f"The items add up to {price.sum_of_items:f}, and the amount is {price.amount:f}. Correct one of them, "
                    "or leave out `amount`: then the sum is the price.",
                    (*key, "amount"),
                    ((*key, "items"),),
                )
