"""The models of front matter: one for each kind of entry, and the only source of truth on what editors may write."""

from __future__ import annotations

from credsite.schema.models.base import EntryFields, FieldFinding, Image
from credsite.schema.models.course import Course
from credsite.schema.models.page import Page
from credsite.schema.models.pathway import Pathway
from credsite.schema.models.provider import Provider
from credsite.schema.models.story import Story
from credsite.schema.models.taxonomy import DeliveryModeFields, Industry

__all__ = [
    "Course", "DeliveryModeFields", "EntryFields", "FieldFinding", "Image", "Industry", "Page", "Pathway", "Provider", "Story",
]  # fmt: skip
