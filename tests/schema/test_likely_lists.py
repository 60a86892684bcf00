"""Lists that people write in another way, and lists in place of one value."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.schema.likely_lists import bullet_advice, one_value, separate_values


@pytest.mark.parametrize(
    ("value", "values"),
    [
        ("online", ["online"]),
        ("online, in-person", ["online", "in-person"]),
        ("online and in-person", ["online", "in-person"]),
        ("online / hybrid; blended", ["online", "hybrid", "blended"]),
        ("(online)", ["online"]),
        ("online/hybrid", ["online", "hybrid"]),
        ("/old/at-work/", []),
        ({"online": None, "hybrid": None}, ["online", "hybrid"]),
        ("Mix and fold a dough by hand, and bake it", []),
        ({"starts": "2027-01-01"}, []),
        ("", []),
        (["online"], []),
    ],
)
def test_separate_values(value: Any, values: list[str]) -> None:
    assert separate_values(value) == values


@pytest.mark.parametrize(
    ("value", "item"),
    [
        ("• Mix a dough • Bake", "`•` begins no item here: write `- Mix a dough`."),
        ("-Mix a dough -Bake", "A space is missing after the hyphen: write `- Mix a dough`."),
        ("– Mix a dough", "`–` begins no item here: write `- Mix a dough`."),
        ("Mix a dough", ""),
        (None, ""),
    ],
)
def test_bullets(value: Any, item: str) -> None:
    assert bullet_advice(value) == item


def test_one_value() -> None:
    assert [one_value(value) for value in (["a"], ["a", "b"], [], [None], "a")] == ["a", "", "", "", ""]
