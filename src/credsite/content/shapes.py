"""What form a key's value has, as its annotation says: one value or many, of a plain type, some choices or a block."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Shape:
    """What a key takes: one value or ``many``, of a plain ``type``, some ``choices`` or a ``model``."""

    type: Any = None
    many: bool = False
    choices: tuple[str, ...] = ()
    model: type[BaseModel] | None = None


def shape_of(annotation: Any) -> Shape:
    """The shape of a field's annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of(arguments[0])
    if origin in (Union, UnionType):
        return shape_of(next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple:
        return replace(shape_of(arguments[0]), many=True)
    if origin is Literal:
        return Shape(str, choices=arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape(model=annotation)
    return Shape(annotation)
