"""Fields whose declaration says how they are shown, so that a new field needs no code of its own.

A field of the course model that is marked with :class:`Display` stands among the key facts of the course's page and in the comparison of
courses. The mark also puts it on cards and makes it a filter. Whatever shows courses loops over these fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from pydantic import BaseModel

from credsite.schema.introspection import field_shape
from credsite.schema.vocabularies import Display

BOOLEAN_IDS: Final = {True: "yes", False: "no"}


@dataclass(frozen=True)
class DisplayedField:
    """A field of a model with its mark. ``value_type`` is ``str``, ``int``, ``bool``, ``Decimal`` or ``date``."""

    key: str
    display: Display
    value_type: type
    is_list: bool = False

    @property
    def is_recorded(self) -> bool:
        """Whether pages of other entries, lists or checks need its values."""
        display = self.display
        return bool(
            display.on_card
            or display.is_filter
            or display.is_sort
            or display.is_searched
            or display.has_pages
            or display.reference
        )

    @cached_property
    def id(self) -> str:
        return self.display.id or self.key.replace("_", "-")

    def values(self, model: BaseModel) -> tuple[str, ...]:
        """The values that ``model`` gives, each once, as the ids that filters use; none where it says nothing."""
        value = getattr(model, self.key)
        if isinstance(value, tuple):
            return tuple(dict.fromkeys([_value_id(one) for one in value]))
        return (_value_id(value),) if value is not None and value != "" else ()


def displayed_fields(model: type[BaseModel]) -> Iterator[DisplayedField]:
    """The marked fields of ``model``, in the order of their declaration."""
    for key, field in model.model_fields.items():
        for mark in field.metadata:
            if isinstance(mark, Display):
                shape = field_shape(field.annotation)
                yield DisplayedField(key, mark, shape.type, shape.is_list)


def _value_id(value: Any) -> str:
    if type(value) is str:
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return BOOLEAN_IDS[value] if isinstance(value, bool) else str(value)
