"""An entry in the folder of another kind is one problem, and a wrong key is not taken for that."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS
from credsite.schema.other_kind import with_other_kind
from credsite.schema.validation import partial_model


def messages(kind: Kind, values: dict[str, Any]) -> list[tuple[str, str]]:
    problems = partial_model(values, MODELS[kind], "a.md")[2]
    return [(one.code, one.message) for one in with_other_kind(problems, values, kind, MODELS)]


COURSE = {"title": "A", "summary": "B", "provider": "c", "industries": ["d"], "price": "20 CAD"}


def test_a_course_among_the_providers() -> None:
    ((code, message),) = messages(Kind.PROVIDER, COURSE)
    assert code == "unknown-key"
    assert "those of a course" in message
    assert message.endswith("Move it into `content/courses`.")


def test_a_story_among_the_courses() -> None:
    values = {"title": "A", "summary": "B", "learner": {"name": "Ada"}, "courses": ["a"], "quote": "C"}
    ((_, message),) = messages(Kind.COURSE, values)
    assert "those of a story" in message


@pytest.mark.parametrize(
    "values",
    [
        {**COURSE, "learner": {"name": "Ada"}},
        {**COURSE, "learner": {"name": "Ada"}, "quote": "x"},
        {**COURSE, "colour": "red", "shape": "round"},
    ],
)
def test_wrong_keys_stay_wrong_keys(values: dict[str, Any]) -> None:
    found = messages(Kind.COURSE, values)
    assert [message for code, message in found if code == "unknown-key" and "not a key" not in message] == []
    assert len(found) > 1
