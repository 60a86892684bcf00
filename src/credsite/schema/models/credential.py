"""What a learner receives, and other parts that courses and pathways share."""

from __future__ import annotations

from pydantic import Field

from credsite.schema.field_types import DurationText, Text, Url
from credsite.schema.models.base import Model
from credsite.schema.vocabularies import CredentialType


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


class QualityAssurance(Model):
    """Who assures the quality of a course."""

    name: Text = Field(description="The body's or scheme's name.")
    url: Url | None = Field(default=None, description="Where it is described.")
