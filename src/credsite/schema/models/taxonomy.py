"""Industries and delivery modes: what courses are sorted by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from credsite.schema.kinds import Kind
from credsite.schema.models.base import EntryFields, Finding
from credsite.schema.models.codes import Classification, code_findings


class Industry(EntryFields):
    """An industry, with its introduction."""

    FOLDER: ClassVar[str] = "industries"
    KIND: ClassVar[Kind] = Kind.INDUSTRY

    order: int = Field(default=1000, description="Its position in lists; lower comes first.", examples=["10"])
    classifications: tuple[Classification, ...] = Field(default=(), description="Codes of the industry.")

    def findings(self) -> Iterator[Finding]:
        yield from super().findings()
        yield from code_findings(self.classifications, "classifications")


class DeliveryModeFields(EntryFields):
    """The introduction of a delivery mode. The file is named after the mode."""

    FOLDER: ClassVar[str] = "delivery-modes"
    KIND: ClassVar[Kind] = Kind.DELIVERY_MODE

    order: int = Field(default=1000, description="Its position in lists; lower comes first.", examples=["10"])
