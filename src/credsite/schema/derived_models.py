"""Models with other vocabularies in the place of the built-in ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from credsite.schema.introspection import full_annotation, mark_in
from credsite.schema.models.base import Model
from credsite.schema.vocabularies import VOCABULARIES, Display, FromVocabulary, Vocabulary

_Model = TypeVar("_Model", bound=Model)


class ModelDeriver:
    """Derives models that accept the ids of ``vocabularies``, by name. ``replacements`` are the ids that these hide, as the marks
    of their fields have them. Each block of several models is derived once."""

    def __init__(
        self, vocabularies: Mapping[str, Vocabulary], replacements: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._vocabularies = vocabularies
        self._replacements = replacements
        self._derived: dict[type[Model], type[Model]] = {}

    def derive(self, model: type[_Model]) -> type[_Model]:
        """``model`` itself where nothing in it chooses from one of the vocabularies."""
        if model not in self._derived:
            self._derived[model] = self._derive(model)
        return self._derived[model]  # type: ignore[return-value]

    def _derive(self, model: type[_Model]) -> type[_Model]:
        definitions: dict[str, Any] = {}
        for name, field in model.model_fields.items():
            written = full_annotation(field)
            derived = self._annotation(written)
            if derived is not written:
                definitions[name] = (derived, self._field(field, derived))
        if not definitions:
            return model
        derived = create_model(
            model.__name__, __base__=model, __module__=model.__module__, __doc__=model.__doc__, **definitions
        )
        derived.TERMS = {**VOCABULARIES, **self._vocabularies}
        return derived

    def _annotation(self, annotation: Any) -> Any:
        """``annotation`` with the ids of the vocabularies; the same object where it has none of them."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            metadata = tuple(map(self._mark, arguments[1:]))
            marks = [one for one in metadata if isinstance(one, FromVocabulary)]
            inner = self._annotation(arguments[0])
            if marks and marks[0].name in self._vocabularies and get_origin(inner) is Literal:
                inner = Literal[tuple(self._vocabularies[marks[0].name])]
            if inner is arguments[0] and all(map(_is, metadata, arguments[1:])):
                return annotation
            return Annotated[inner, *metadata]
        if origin in (Union, UnionType, tuple):
            derived = tuple(map(self._annotation, arguments))
            if all(map(_is, derived, arguments)):
                return annotation
            outer: Any = tuple if origin is tuple else Union
            return outer[derived]
        if isinstance(annotation, type) and issubclass(annotation, Model):
            return self.derive(annotation)
        return annotation

    def _mark(self, mark: Any) -> Any:
        """What is said of a field, with what the vocabulary of its values is now."""
        if isinstance(mark, FromVocabulary) and mark.name in self._vocabularies:
            terms = self._vocabularies[mark.name].values()
            own = {term.id: term.label for term in terms if term.is_own_label}
            return FromVocabulary(mark.name, own, self._replacements[mark.name])
        if isinstance(mark, Display) and mark.vocabulary is not None:
            names = (name for name in self._vocabularies if mark.vocabulary is VOCABULARIES[name])
            return replace(mark, vocabulary=self._vocabularies[found]) if (found := next(names, "")) else mark
        return mark

    def _field(self, field: FieldInfo, annotation: Any) -> Any:
        """A field like ``field``, for ``annotation``, which has its constraints. It is required if its usual value is hidden."""
        mark = mark_in(annotation)
        hidden = mark.replacements if mark is not None else {}
        description = _without_examples(field.description or "", hidden)
        options: dict[str, Any] = {"description": description, "examples": field.examples}
        if not field.is_required():
            usual = field.get_default()
            usual = hidden.get(usual, usual) if isinstance(usual, str) and usual else usual
            if usual or not field.get_default():
                options["default"] = usual
        return Field(**options)


def _without_examples(description: str, hidden: Collection[str]) -> str:
    """``description`` without what it says of values, where it names one that is ``hidden``."""
    if not any(f"`{id_}`" in description for id_ in hidden):
        return description
    return re.split(r"[;:] ", description, maxsplit=1)[0].rstrip(".") + "."


def _is(one: Any, other: Any) -> bool:
    return one is other
