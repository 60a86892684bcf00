"""What is said of keys and values that a declaration would allow."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.schema.kinds import Kind
from credsite.schema.own_field_advice import how_to_allow_several, how_to_declare
from credsite.schema.validation import partial_model
from tests.support.catalogues import settings

FIELDS: dict[str, Any] = {
    "care": "yes-no",
    "days": {"type": "date", "list": True},
    "room": "text",
    "rate": "number",
    "series": {"type": "choice", "values": {"summer": "Summer"}},
}
COURSE = settings(fields={"course": FIELDS}).site_schema.models[Kind.COURSE]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (("what-to-bring",), "{what_to_bring: text}"),
        (("title",), ""),
        (("北",), ""),
        (("price", "vat"), ""),
    ],
)
def test_an_unknown_key_can_be_declared(key: tuple[str, ...], words: str) -> None:
    assert words in how_to_declare(COURSE, key)
    assert bool(words) == bool(how_to_declare(COURSE, key))


@pytest.mark.parametrize("key", ["room", "rate", "series"])
def test_several_values_where_a_field_has_one(key: str) -> None:
    (found,) = (
        one for one in partial_model({key: ["a", "b"]}, COURSE, "a.md")[2] if one.location.key == (key,)
    )
    assert f"write `list: true` at `{key}` in `fields`" in found.message


@pytest.mark.parametrize("key", [("title",), ("care",), ("days",), ("nothing",), ("days", 0)])
def test_other_fields_cannot_have_several(key: tuple[str | int, ...]) -> None:
    assert how_to_allow_several(COURSE, key) == ""
