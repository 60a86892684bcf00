"""Organisations that offer, develop or recognise courses."""

from __future__ import annotations

from pydantic import Field

from credsite.schema.field_types import Country, Email, Text, Url
from credsite.schema.models.base import EntryFields
from credsite.schema.vocabularies import ProviderType


class Provider(EntryFields):
    """A university, college, professional body, company or licensing body."""

    kind: ProviderType | None = Field(default=None, description="What kind of organisation it is.")
    country: Country | None = Field(
        default=None, description="Its country's code (ISO 3166-1).", examples=["CA"]
    )
    region: str = Field(default="", description="Its province, state or region.")
    url: Url | None = Field(default=None, description="Its website.", examples=["https://college.example/"])
    email: Email | None = Field(
        default=None, description="Its e-mail address.", examples=["ask@college.example"]
    )
    logo: Text | None = Field(
        default=None, description="Its logo's image file, relative to this file's folder."
    )
    accredited_by: tuple[Text, ...] = Field(
        default=(), description="Who accredits it: provider ids, or names in plain text."
    )
