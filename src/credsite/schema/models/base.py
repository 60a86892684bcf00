"""What kinds of entries share: the base model, the fields of every entry, and blocks that several kinds have."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from credsite.problems.codes import CODES
from credsite.problems.model import KeyPath, keys_overlap
from credsite.schema.empty_values import is_blank, is_empty, is_left_out
from credsite.schema.field_types import AliasPath, DurationText, Moment, Slug, Text, VideoAddress
from credsite.schema.vocabularies import VOCABULARIES, CredentialType, Vocabulary

NOTHING_EMPTY: Final = "nothing_empty"
"""The key of a validation's context that is true where no value in the data is empty, so that none is looked for."""
SUMMARY_LENGTH = 160
"""Characters that lists and search engines show of a summary; longer is advice, not an error."""


@dataclass(frozen=True, slots=True)
class FieldFinding:
    """Something wrong in one entry that types cannot express: a problem's code, a sentence, and the key that is wrong.

    ``depends_on`` are other keys without whose values it could not be said.
    """

    code: str
    message: str
    key: KeyPath = ()
    depends_on: tuple[KeyPath, ...] = ()

    def is_affected(self, wrong_keys: Iterable[KeyPath]) -> bool:
        """Whether it may only be there because of values that are wrong already."""
        keys = [key for key in (self.key, *self.depends_on) if key]
        return any(keys_overlap(key, wrong_keys) for key in keys)


class Model(BaseModel):
    """Frozen, and without keys that it does not know. A key without a value, or with an empty one, counts as left out."""

    # Pydantic's validator is made when it is first needed: a build in which nothing changed validates no entry.
    # Modules of models do without `from __future__ import annotations`: it makes each annotation a text, which pydantic compiles
    # again whenever credsite starts. That took 9 ms for all models.
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)

    KEEPS_EMPTY: ClassVar[Mapping[str, type | tuple[type, ...]]] = {}
    """The fields for which an empty text, an empty list or a block of empty values says something, with its type or types."""

    TERMS: ClassVar[Mapping[str, Vocabulary]] = VOCABULARIES
    """The vocabularies from which values are, by name."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty_values(cls, data: Any, info: ValidationInfo) -> Any:
        # Looking takes a third of the time that the validation of a course takes.
        if info.context and info.context.get(NOTHING_EMPTY):
            return data
        if not isinstance(data, dict) or not any(map(_is_any_empty, data.values())):
            return data
        fields = cls.model_fields
        return {
            key: [item for item in value if not is_left_out(item)] if isinstance(value, list) else value
            for key, value in data.items()
            if key not in fields or not cls._counts_as_left_out(key, value)
        }

    @classmethod
    def _counts_as_left_out(cls, key: str, value: Any) -> bool:
        kept = cls.KEEPS_EMPTY.get(key)
        if kept is not None and isinstance(value, kept) and not (kept is list and value):
            return False
        if not is_empty(value):
            return False
        # A required block has keys that are missing, which is a better thing to say.
        field = cls.model_fields[key]
        is_block = isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        return not (isinstance(value, dict) and field.is_required() and is_block)


def _is_any_empty(value: Any) -> bool:
    """A quick test whether a value of a key, or an item of it, is empty."""
    if isinstance(value, str):
        return is_blank(value)
    if isinstance(value, list):
        return not value or any(map(is_left_out, value))
    return value is None or is_empty(value)


class TextOrBlock(Model):
    """A block that may also be written in one line, as its JSON Schema says."""

    ONE_LINE: ClassVar[dict[str, Any]] = {"type": "string"}
    """The JSON Schema of that line."""

    TEXT_KEY: ClassVar[str] = ""
    """The key whose value the line is; "" where the line says more than that."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {cls.TEXT_KEY: data} if cls.TEXT_KEY and isinstance(data, str) else data

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [cls.ONE_LINE, handler.resolve_ref_schema(handler(core_schema))]}


Order = Annotated[int, Field(description="Its position in lists; lower comes first.", examples=["10"])]


class Image(Model):
    """A picture with its description for people who cannot see it."""

    KEEPS_EMPTY: ClassVar[Mapping[str, type | tuple[type, ...]]] = {"alt": str}

    src: Text = Field(description="The image file, relative to this file's folder.", examples=["team.jpg"])
    alt: Annotated[str, StringConstraints(strip_whitespace=True)] = Field(
        description='What the picture shows, for people who cannot see it; "" where it is decoration.',
        examples=["Two learners at a workbench"],
    )


class Video(Model):
    """A film. No other server is asked for anything before a visitor plays it."""

    url: VideoAddress = Field(
        description="Where it can be watched: a web address, or that of a file in `static/`, such as `/films/day.mp4`.",
        examples=["https://www.youtube.com/watch?v=0123456789a"],
    )
    title: Text = Field(description="What it shows.", examples=["A day at the college"])
    image: Text | None = Field(
        default=None, description="A picture of it: an image file, relative to this file's folder."
    )


class Credential(Model):
    """The credential that ends a course or a pathway."""

    type: CredentialType = Field(default="micro-credential", description="What kind of credential it is.")
    name: str = Field(default="", description="The credential's name, where it differs from the title.")
    image: Text | None = Field(
        default=None, description="The badge's image file, relative to this file's folder."
    )
    recognised_by: tuple[Text, ...] = Field(
        default=(), description="Who recognises it: provider ids, or names in plain text."
    )
    valid_for: DurationText | None = Field(
        default=None, description="How long it is valid, if not for ever.", examples=["2 years"]
    )


class EntryFields(Model):
    """The fields of every entry."""

    ADVISED: ClassVar[dict[str, str]] = {}
    """Fields that an entry had better have, each with the code of the advice that is given where it lacks them."""
    title: Text = Field(description="The name that visitors see.")
    summary: str = Field(default="", description="One or two sentences, best under 160 characters.")
    slug: Slug | None = Field(
        default=None,
        description="The last part of the page's address, and the entry's id. The file name if left out.",
    )
    aliases: tuple[AliasPath, ...] = Field(
        default=(), description="Old addresses of this page; each leads here.", examples=[["/old/first-aid/"]]
    )
    image: Image | None = Field(default=None, description="A picture, with its description in `alt`.")
    draft: bool = Field(
        default=False, description="`true` while the entry is not ready: `build` leaves it out."
    )
    publish_at: Moment | None = Field(
        default=None,
        description="The date, or date and time, from which the entry is shown.",
        examples=["2027-01-31"],
    )
    expires_at: Moment | None = Field(
        default=None,
        description="The date, or date and time, from which the entry is no longer shown.",
        examples=["2027-06-30"],
    )
    featured: bool = Field(default=False, description="`true` to show the entry on the home page.")

    def findings(self) -> Iterator[FieldFinding]:
        """What is wrong in this entry although each of its fields is right."""
        if len(self.summary) > SUMMARY_LENGTH:
            yield FieldFinding(
                "summary-long",
                f"The summary has {len(self.summary)} characters; lists and search engines cut it after {SUMMARY_LENGTH}. "
                "Shorten it.",
                ("summary",),
            )
        for field, code in self.ADVISED.items():
            if not getattr(self, field):
                yield FieldFinding(code, CODES[code].meaning, depends_on=((field,),))
