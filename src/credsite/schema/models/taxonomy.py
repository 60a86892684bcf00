"""Industries and delivery modes, by which courses are listed."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from credsite.schema.models.base import EntryFields, FieldFinding
from credsite.schema.models.codes import Classification, code_findings


class Industry(EntryFields):
    """An industry, with its introduction."""

    order: int = Field(default=1000, description="Its position in lists; lower comes first.", examples=["10"])
    classifications: tuple[Classification, ...] = Field(default=(), description="Codes of the industry.")

    def findings(self) -> Iterator[FieldFinding]:
        yield from super().findings()
        yield from code_findings(self.classifications, "classifications")


class DeliveryModeFields(EntryFields):
    """The introduction of a delivery mode. The file is named after the mode."""

    order: int = Field(default=1000, description="Its position in lists; lower comes first.", examples=["10"])
