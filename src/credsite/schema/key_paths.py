"""Key paths, such as ``("sessions", 1, "starts")``, through the models: which block they lead to, and what it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from credsite.problems.model import KeyPath


def key_name(key: KeyPath) -> str:
    """The path as an editor would say it: ``sessions 2: starts``."""
    words: list[str] = []
    for part in key:
        if isinstance(part, int):
            words[-1:] = [f"{words[-1]} {part + 1}"] if words else [str(part + 1)]
        else:
            words.append(part)
    return ": ".join(words)


def fields_by_key(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the keys that editors write."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


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
    if not key:
        return
    first, *rest = key
    field = fields_by_key(model).get(first) if isinstance(first, str) else None
    inner = _inner_model(field.annotation) if field is not None else None
    if inner is not None:
        while rest and isinstance(rest[0], int):
            rest = rest[1:]
        yield from _models_along(inner, tuple(rest))


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        inner = _inner_model(argument)
        if inner is not None:
            return inner
    return _inner_model(annotation.__origin__) if hasattr(annotation, "__metadata__") else None
