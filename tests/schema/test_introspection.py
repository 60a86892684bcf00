from __future__ import annotations

import pytest
from pydantic import BaseModel

from credsite.problems.model import KeyPath
from credsite.schema.config import Config, Funding
from credsite.schema.introspection import block_model, description, key_name
from credsite.schema.models import Course
from credsite.schema.models.base import Credential
from credsite.schema.models.course import Session, Skill
from credsite.schema.own_fields import ChoiceValue, FieldDeclaration


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ((), ""),
        (("title",), "`title`"),
        (("industries", 0), "the 1st of its `industries`"),
        (("sessions", 1, "starts"), "`starts` in the 2nd of its `sessions`"),
        (("steps", 2, "courses", 10), "the 11th of the `courses` in the 3rd of its `steps`"),
        (("credential", "name"), "`name` in `credential`"),
    ],
)
def test_a_path_as_editors_say_it(key: KeyPath, name: str) -> None:
    assert key_name(key) == name


@pytest.mark.parametrize(
    ("key", "model"),
    [
        ((), Course),
        (("title",), Course),
        (("nonsense", "more"), Course),
        (("credential",), Credential),
        (("credential", "name"), Credential),
        (("sessions", 3, "starts"), Session),
        (("skills", 0), Skill),
    ],
)
def test_the_block_that_a_path_leads_to(key: KeyPath, model: type[BaseModel]) -> None:
    assert block_model(Course, key) is model


@pytest.mark.parametrize(
    ("key", "model"),
    [
        (("funding", "grant", "title"), Funding),
        (("fields", "course", "series", "help"), FieldDeclaration),
        (("fields", "course", "series", "values", "summer", "label"), ChoiceValue),
    ],
)
def test_a_path_may_have_keys_of_the_editors_own(key: KeyPath, model: type[BaseModel]) -> None:
    assert block_model(Config, key) is model


def test_the_description_is_that_of_the_innermost_field() -> None:
    assert description(Course, ("credential", "valid_for")) == "How long it is valid, if not for ever."
    assert description(Course, ("sessions", 0)) == "Its coming runs, with dates."
    assert description(Course, ("nonsense",)) == description(Course, ()) == ""
