from __future__ import annotations

from typing import Any

import pytest

from credsite.problems.model import Location, Problem
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.schema.validation import partial_model
from credsite.schema.vocabularies import FromVocabulary
from credsite.schema.vocabulary_advice import hidden_value_problem, with_advice

MARK = FromVocabulary("mode", replacements={"online": "asynchronous", "hybrid": ""})
UNKNOWN = Problem("unknown-value", "No.", Location("a.md"))


def test_a_hidden_value_suggests_what_means_the_same() -> None:
    found = hidden_value_problem("unknown-value", MARK, "online", Location("a.md"))
    assert found.suggestion == "asynchronous"
    assert not hidden_value_problem("unknown-value", MARK, "hybrid", Location("a.md")).suggestion


@pytest.mark.parametrize(
    ("written", "declaration"),
    [
        ("drone", 'vocabularies: {delivery_modes: {drone: "Drone"}}'),
        ("at sea", 'vocabularies: {delivery_modes: {at-sea: "At sea"}}'),
        ("field-trip", 'vocabularies: {delivery_modes: {field-trip: "Field trip"}}'),
        ('a "quoted" {word}', 'vocabularies: {delivery_modes: {a-quoted-word: "A quoted {word}"}}'),
    ],
)
def test_an_unknown_value_says_how_to_declare_it(written: str, declaration: str) -> None:
    assert f"`{declaration}`" in with_advice(UNKNOWN, MARK, written).message


def test_another_word_for_a_hidden_value_suggests_what_means_the_same() -> None:
    assert with_advice(UNKNOWN, MARK, "remote").suggestion == "asynchronous"


@pytest.mark.parametrize("written", ["…", "x" * 41])
def test_what_can_be_no_value_is_not_declared(written: str) -> None:
    assert with_advice(UNKNOWN, MARK, written) == UNKNOWN


@pytest.mark.parametrize(
    ("key", "written", "suggestion"),
    [("pace", "On a schedule", "scheduled"), ("level", ["Starters"], "introductory")],
)
def test_a_label_in_place_of_an_id_suggests_the_id(key: str, written: Any, suggestion: str) -> None:
    own = {"levels": {"introductory": "Starters"}}
    schema = Config.model_validate(
        {"title": "A", "base_url": "https://a.test/", "vocabularies": own}
    ).site_schema
    values = {
        "title": "A",
        "summary": "B",
        "provider": "c",
        "industries": ["d"],
        "delivery_modes": ["online"],
    }
    (found,) = partial_model({**values, key: written}, schema.models[Kind.COURSE], "a.md")[2]
    assert found.suggestion == suggestion
