"""The models: one for each kind of entry, and the only source of truth on what editors may write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from credsite.schema.kinds import Kind
from credsite.schema.models.base import EntryFields, Finding, Image
from credsite.schema.models.course import Course
from credsite.schema.models.page import Page
from credsite.schema.models.pathway import Pathway
from credsite.schema.models.provider import Provider
from credsite.schema.models.story import Story
from credsite.schema.models.taxonomy import DeliveryModeFields, Industry

MODELS: Final[Mapping[Kind, type[EntryFields]]] = {
    model.KIND: model for model in (Course, Story, Pathway, Provider, Industry, DeliveryModeFields, Page)
}
FOLDERS: Final[Mapping[str, Kind]] = {model.FOLDER: kind for kind, model in MODELS.items()}

__all__ = [
    "FOLDERS", "MODELS", "Course", "DeliveryModeFields", "EntryFields", "Finding", "Image", "Industry",
    "Kind", "Page", "Pathway", "Provider", "Story",
]  # fmt: skip
