"""A learner's success story."""

from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from credsite.schema.empty_values import is_empty
from credsite.schema.field_types import AskedFor, Date, Text
from credsite.schema.models.base import EntryFields, FieldFinding, Image, Model, Video
from credsite.schema.vocabularies import DeliveryMode, FromVocabulary


class Learner(Model):
    """Whose story it is."""

    name: Text = Field(description="The name that the learner agreed to be shown with.")
    location: str = Field(
        default="", description="Where the learner lives, as widely as the learner agreed to."
    )
    photo: Text | None = Field(
        default=None, description="A photograph's file, relative to this file's folder."
    )


def _none_if_empty(value: Any) -> Any:
    return None if is_empty(value) else value


class Consent(Model):
    """The learner's consent. Without it the story is not published."""

    # Whoever writes `withdrawn:` without a day has something to say: `findings` of the story tells them what is missing.
    KEEPS_EMPTY: ClassVar[Mapping[str, type | tuple[type, ...]]] = {"withdrawn": (str, NoneType)}

    given: Date | None = Field(
        default=None, description="When the learner agreed to be shown.", examples=["2026-05-12"]
    )
    expires: Date | None = Field(
        default=None, description="The last day of the consent.", examples=["2029-05-12"]
    )
    withdrawn: Annotated[Date | None, BeforeValidator(_none_if_empty)] = Field(
        default=None, description="When the learner withdrew the consent."
    )

    @property
    def is_withdrawal_undated(self) -> bool:
        return self.withdrawn is None and "withdrawn" in self.model_fields_set


class Story(EntryFields):
    """How courses, a pathway or a provider changed things for a learner."""

    summary: Text = Field(description="One or two sentences, best under 160 characters.")
    learner: Learner = Field(description="Whose story it is.")
    courses: Annotated[tuple[Text, ...], AskedFor()] = Field(
        default=(),
        description="The ids of the courses that the learner took. A story is about courses, pathways or a provider.",
    )
    pathways: tuple[Text, ...] = Field(default=(), description="The ids of the pathways that it is about.")
    provider: Text | None = Field(default=None, description="The provider that it is about: its id.")
    consent: Consent = Field(
        default=Consent(),
        description="When the learner agreed to be shown, and until when. Required to publish.",
    )
    background: tuple[Annotated[Text, FromVocabulary("background")], ...] = Field(
        default=(), description="Where the learner came from: ids such as `career-changer`, or your own."
    )
    before: str = Field(default="", description="The learner's work or situation before.")
    after: str = Field(default="", description="The learner's work or situation after.")
    quote: str = Field(default="", description="The sentence to highlight, in the learner's own words.")
    highs: tuple[Text, ...] = Field(default=(), description="What went well.")
    lows: tuple[Text, ...] = Field(default=(), description="What was hard.")
    industries: tuple[Text, ...] = Field(
        default=(),
        description="Industry ids; those of the courses if left out, or of the courses of the pathways.",
    )
    delivery_modes: tuple[DeliveryMode, ...] = Field(
        default=(),
        description="Delivery modes; those of the courses if left out, or of the courses of the pathways.",
    )
    told_at: Date | None = Field(default=None, description="When the learner told the story.")
    video: Video | None = Field(default=None, description="A film in which the learner tells it.")
    images: tuple[Image, ...] = Field(
        default=(), description="More pictures, shown together below the text, each with its description."
    )

    def findings(self) -> Iterator[FieldFinding]:
        yield from super().findings()
        if not (self.courses or self.pathways or self.provider):
            yield FieldFinding(
                "missing-key",
                "The story says nothing of what it is about. Write the ids of `courses`, of `pathways`, or of a `provider`.",
                ("courses",),
                (("pathways",), ("provider",)),
            )
        given, expires = self.consent.given, self.consent.expires
        if given is not None and expires is not None and expires < given:
            yield FieldFinding(
                "dates-reversed",
                "The consent expires before it was given.",
                ("consent", "expires"),
                (("consent", "given"),),
            )
        if self.consent.is_withdrawal_undated and not self.draft:
            yield FieldFinding(
                "withdrawal-undated",
                "`withdrawn` has no day, so it counts as left out and the story is published. If the learner has "
                "withdrawn the consent, write the day; if not, delete this line.",
                ("consent", "withdrawn"),
            )
