"""What can be used of values of which some are wrong."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from credsite.schema.config import Config
from credsite.schema.kinds import KINDS
from credsite.schema.models import MODELS, Course
from credsite.schema.partial_validation import validate_partially
from tests.support.extremes import keys_of, whole_files, with_value

WRONG: list[Any] = [
    "",
    "no such \u0000 value",
    "-1",
    [],
    ["no such \u0000 value", {"a": "b"}],
    {"a": "b"},
    [[["a"]]],
    None,
]


@pytest.mark.parametrize("model", [*MODELS.values(), Config], ids=lambda model: model.__name__)
def test_a_wrong_value_of_any_field_leaves_the_others(model: type[BaseModel]) -> None:
    for name in model.model_fields:
        for value in WRONG:
            found = validate_partially(model, {name: value, "no_such_key": "x"})
            assert found is not None, (name, value)
            fields, wrong = found
            assert isinstance(fields, model)
            assert ("no_such_key",) in wrong


COURSE = {
    "title": "First aid",
    "summary": "A day.",
    "provider": "tern",
    "industries": ["health", "care"],
    "delivery_modes": ["online"],
}


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, set()),
        ({"price": "lots"}, {("price",)}),
        ({"provider": ["a"]}, {("provider",)}),
        ({"industries": [{"a": "b"}, "care"]}, {("industries", 0)}),
        ({"sessions": [{"starts": "x"}, {"starts": "2027-01-01", "seats": "y"}]}, {("sessions", 0, "starts"), ("sessions", 1, "seats")}),
        ({"credential": {"type": "paper", "recognised_by": ["tern"]}}, {("credential", "type")}),
        ({"sessions": [{"meets": {"days": "monday", "from": "9:00", "to": "12:00", "except": "x"}}, {"starts": "2027-01-01"}]},
         {("sessions", 0, "starts"), ("sessions", 0, "meets", 0, "except")}),
    ],
)  # fmt: skip
def test_only_what_is_wrong_is_left_out_and_lists_keep_their_positions(
    values: dict[str, Any], wrong: set[tuple[str | int, ...]]
) -> None:
    before = repr(values)
    found = validate_partially(Course, COURSE | values)
    assert found is not None
    fields, keys = found
    assert keys == wrong
    assert repr(values) == before
    assert fields.industries[1] == "care"
    if "sessions" in values:
        assert str(fields.sessions[1].starts) == "2027-01-01"
    if "credential" in values and fields.credential:
        assert fields.credential.recognised_by == ("tern",)


def test_a_wrong_value_of_any_key_inside_a_field_leaves_the_others() -> None:
    for path, values, _ in whole_files():
        model = next(MODELS[spec.id] for spec in KINDS.values() if path.split("/")[1] == spec.folder)
        for key in keys_of(values):
            for value in ("no such \u0000 value", [[["a"]]]):
                assert validate_partially(model, with_value(values, key, value)) is not None, (
                    path,
                    key,
                    value,
                )


def test_stand_ins_are_needed_only_where_something_is_wrong() -> None:
    with pytest.raises(ValidationError):
        Course.model_validate(COURSE | {"price": "lots"})
    found = validate_partially(Course, COURSE)
    assert found == (Course.model_validate(COURSE), frozenset())
