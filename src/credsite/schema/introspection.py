"""What the fields of the models accept, for messages and for what is generated: new files, forms and spreadsheets.

A key path, such as ``("sessions", 1, "starts")``, leads through the models to a block or to one of its fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from credsite.problems.model import KeyPath
from credsite.schema.kinds import Kind

REFERENCE_KEYS: Final[Mapping[str, Kind]] = {
    "provider": Kind.PROVIDER,
    "partners": Kind.PROVIDER,
    "industries": Kind.INDUSTRY,
    "courses": Kind.COURSE,
}
"""The keys whose values are ids of other entries, with the kind of those."""
REFERENCE_OR_TEXT_KEYS: Final[Mapping[str, Kind]] = {
    "prerequisites": Kind.COURSE,
    "recognised_by": Kind.PROVIDER,
    "accredited_by": Kind.PROVIDER,
}
"""The keys whose values are ids of other entries or free text, with the kind of those entries."""
SETTING_KEYS: Final = ("funding", "background", "support", "languages", "template")
"""The keys whose values are defined in credsite.yaml or by the theme."""


@dataclass(frozen=True, slots=True)
class FieldShape:
    """What a field accepts: one value or a list, of a plain ``type``, of some ``choices``, or blocks with a ``model``."""

    type: Any = None
    is_list: bool = False
    choices: tuple[str, ...] = ()
    model: type[BaseModel] | None = None
    format: str = ""
    """The ``format`` in the JSON Schema of a text: ``uri`` for a web address, ``email`` for an e-mail address."""


def field_shape(annotation: Any) -> FieldShape:
    """The shape of a field from its annotation, without the None of fields that may be left out."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        schemas = (one.json_schema for one in arguments if isinstance(one, WithJsonSchema))
        text_format = next((str(schema["format"]) for schema in schemas if schema and "format" in schema), "")
        return replace(field_shape(arguments[0]), format=text_format)
    if origin in (Union, UnionType):
        return field_shape(next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple:
        return replace(field_shape(arguments[0]), is_list=True)
    if origin is Literal:
        return FieldShape(str, choices=arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return FieldShape(model=annotation)
    return FieldShape(annotation)


@dataclass(frozen=True, slots=True)
class ValueField:
    """A field that holds a value and not a block, with the keys that lead to it: ``("learner", "name")``."""

    path: tuple[str, ...]
    field: FieldInfo

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def shape(self) -> FieldShape:
        return field_shape(self.field.annotation)


def required_fields(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[ValueField]:
    """The fields that an entry needs, with those of the blocks that it needs; of a list of blocks, those of its first."""
    for name, field in ordered_fields(model):
        if field.is_required():
            inner = field_shape(field.annotation).model
            if inner is None:
                yield ValueField((*path, name), field)
            else:
                yield from required_fields(inner, (*path, name))


def ordered_fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """A model's fields by the keys that editors write, with the required ones first."""
    return sorted(model.model_fields.items(), key=lambda pair: not pair[1].is_required())


def key_name(key: KeyPath) -> str:
    """The path as an editor would say it: ``sessions 2: starts``."""
    words: list[str] = []
    for part in key:
        if isinstance(part, int):
            words[-1:] = [f"{words[-1]} {part + 1}"] if words else [str(part + 1)]
        else:
            words.append(part)
    return ": ".join(words)


def block_model(model: type[BaseModel], key: KeyPath) -> type[BaseModel]:
    """The model of the innermost block on the path ``key``, which begins in ``model``."""
    *_, innermost = _models_along(model, key)
    return innermost


def description(model: type[BaseModel], key: KeyPath) -> str:
    """The description of the field at ``key``, as in the documentation; "" where there is none."""
    names = [part for part in key if isinstance(part, str)]
    for block in reversed(list(_models_along(model, key))):
        if names and names[-1] in block.model_fields:
            return block.model_fields[names[-1]].description or ""
    return ""


def _models_along(model: type[BaseModel], key: KeyPath) -> Iterator[type[BaseModel]]:
    """The models of the blocks on the path ``key``, outermost first."""
    yield model
    for part in key:
        if isinstance(part, str):
            field = model.model_fields.get(part)
            inner = next(inner_models(field.annotation), None) if field is not None else None
            if inner is None:
                return
            model = inner
            yield model


def inner_models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models of the blocks that a field with this annotation accepts."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from inner_models(argument)
