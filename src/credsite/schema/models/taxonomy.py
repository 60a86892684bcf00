"""Providers, industries and delivery modes: what courses are listed by."""

from collections.abc import Iterator

from pydantic import Field

from credsite.schema.field_types import Country, Email, Text, Url
from credsite.schema.models.base import EntryFields, FieldFinding, Order
from credsite.schema.models.codes import Classification, code_findings
from credsite.schema.vocabularies import USUAL_ORDER, ProviderType


class Industry(EntryFields):
    """An industry, with its introduction."""

    order: Order = USUAL_ORDER
    classifications: tuple[Classification, ...] = Field(default=(), description="Codes of the industry.")

    def findings(self) -> Iterator[FieldFinding]:
        yield from super().findings()
        yield from code_findings(self.classifications, "classifications")


class DeliveryModeFields(EntryFields):
    """The introduction of a delivery mode. The file is named after the mode."""

    order: Order = USUAL_ORDER


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
    place: Text | None = Field(default=None, description="Where it is: the id of a place (its file name).")
    accredited_by: tuple[Text, ...] = Field(
        default=(), description="Who accredits it: provider ids, or names in plain text."
    )
