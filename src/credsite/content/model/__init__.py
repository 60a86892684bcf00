"""The models: one for each kind of entry, and the only source of truth on what editors may write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from credsite.content.kinds import Kind
from credsite.content.model.base import Entry, EntryFields, Finding, Image
from credsite.content.model.course import Course
from credsite.content.model.page import Page
from credsite.content.model.pathway import Pathway
from credsite.content.model.provider import Provider
from credsite.content.model.story import Story
from credsite.content.model.taxonomy import DeliveryModeFields, Industry

MODELS: Final[Mapping[Kind, type[EntryFields]]] = {
    model.KIND: model for model in (Course, Story, Pathway, Provider, Industry, DeliveryModeFields, Page)
}
FOLDERS: Final[Mapping[str, Kind]] = {model.FOLDER: kind for kind, model in MODELS.items()}

__all__ = [
    "FOLDERS", "MODELS", "Course", "DeliveryModeFields", "Entry", "EntryFields", "Finding", "Image", "Industry",
    "Kind", "Page", "Pathway", "Provider", "Story",
]  # fmt: skip
