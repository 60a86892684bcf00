"""What kinds of entries share: the base model, the fields of every entry, and blocks that several kinds have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from credsite.problems.codes import CODES
from credsite.problems.model import KeyPath, keys_overlap
from credsite.schema.field_types import AliasPath, DurationText, Moment, Slug, Text
from credsite.schema.vocabularies import CredentialType

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
    """Frozen, and without keys that it does not know. A key without a value counts as left out."""

    # Pydantic's validator is made when it is first needed: a build in which nothing changed validates no entry.
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            fields = cls.model_fields
            return {key: value for key, value in data.items() if value is not None or key not in fields}
        return data


class Image(Model):
    """A picture with its description for people who cannot see it."""

    src: Text = Field(description="The image file, relative to this file's folder.", examples=["team.jpg"])
    alt: Annotated[str, StringConstraints(strip_whitespace=True)] = Field(
        description='What the picture shows, for people who cannot see it; "" where it is decoration.',
        examples=["Two learners at a workbench"],
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
