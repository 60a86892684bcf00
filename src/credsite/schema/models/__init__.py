"""The models of front matter: one for each kind of entry, and the only source of truth on what editors may write."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from credsite.core.type_caches import cached_by_type
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.models.base import EntryFields, FieldFinding, Image
from credsite.schema.models.course import Course
from credsite.schema.models.page import Page
from credsite.schema.models.pathway import Pathway
from credsite.schema.models.place import Place
from credsite.schema.models.story import Story
from credsite.schema.models.taxonomy import DeliveryModeFields, Industry, Provider

__all__ = [
    "MODELS",
    "Course",
    "DeliveryModeFields",
    "EntryFields",
    "FieldFinding",
    "Image",
    "Industry",
    "Page",
    "Pathway",
    "Place",
    "Provider",
    "Story",
    "kind_of",
    "kind_of_model",
]  # fmt: skip


def _model(name: str) -> type[EntryFields]:
    module, _, model = name.partition(".")
    found: type[EntryFields] = getattr(import_module(f"{__name__}.{module}"), model)
    return found


MODELS: Final[Mapping[Kind, type[EntryFields]]] = {spec.id: _model(spec.model) for spec in KINDS.values()}
_KIND_OF_MODEL: Final[Mapping[type[EntryFields], Kind]] = {model: kind for kind, model in MODELS.items()}


def kind_of(fields: EntryFields) -> Kind:
    """The kind of the entry with these ``fields``."""
    return kind_of_model(type(fields))


@cached_by_type
def kind_of_model(model: type[EntryFields]) -> Kind:
    """The kind of a model of MODELS, or of one that is derived from it."""
    return next(_KIND_OF_MODEL[base] for base in model.__mro__ if base in _KIND_OF_MODEL)
