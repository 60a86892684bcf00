"""The declaration of a course field says how it is shown."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field

from credsite.schema.displayed_fields import DisplayedField, displayed_fields
from credsite.schema.models.base import Model
from credsite.schema.vocabularies import Display


class Example(Model):
    plain: str = ""
    group_size: Annotated[int | None, Display("Group size", is_filter=True)] = Field(default=None)
    childcare: Annotated[bool | None, Display("Childcare", id="care")] = None
    methods: Annotated[tuple[str, ...], Display("Methods")] = ()


SIZE, CARE, METHODS = displayed_fields(Example)


def test_marked_fields_are_displayed() -> None:
    assert [(field.key, field.id, field.value_type) for field in (SIZE, CARE, METHODS)] == [
        ("group_size", "group-size", int),
        ("childcare", "care", bool),
        ("methods", "methods", str),
    ]


@pytest.mark.parametrize(
    ("field", "model", "values"),
    [
        (SIZE, Example(), ()),
        (SIZE, Example(group_size=0), ("0",)),
        (SIZE, Example(group_size=12), ("12",)),
        (CARE, Example(), ()),
        (CARE, Example(childcare=True), ("yes",)),
        (CARE, Example(childcare=False), ("no",)),
        (METHODS, Example(methods=()), ()),
        (METHODS, Example(methods=("b", "a", "b")), ("b", "a")),
    ],
)
def test_values_are_ids_each_once(field: DisplayedField, model: Example, values: tuple[str, ...]) -> None:
    assert field.values(model) == values
