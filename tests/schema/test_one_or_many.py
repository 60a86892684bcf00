from __future__ import annotations

from typing import Any

import pytest

from credsite.schema.introspection import field_shape
from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from tests.support.catalogues import course, parsed


def written(**values: Any) -> list[tuple[str, str]]:
    """Code and key of what is wrong in a course."""
    return [
        (problem.code, ".".join(map(str, problem.location.key)))
        for problem in parsed(Kind.COURSE, "a", **values).problems
        if not problem.code.startswith("missing-") or problem.code == "missing-key"
    ]


def test_one_value_and_a_list_of_one_are_the_same() -> None:
    one, several = (course("a", level=level).fields for level in ("advanced", ["advanced"]))
    assert isinstance(one, Course)
    assert isinstance(several, Course)
    assert one.level == several.level == ("advanced",)
    credit = {"value": "3", "unit": "ECTS"}
    assert course("a", credits=credit).fields == course("a", credits=[credit]).fields


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"level": ["introductory", "advanced"]}, []),
        ({"level": ""}, []),
        ({"level": []}, []),
        ({"level": "advancd"}, [("unknown-value", "level")]),
        ({"level": ["introductory", "advancd"]}, [("unknown-value", "level.1")]),
        ({"credits": "3"}, [("wrong-type", "credits")]),
        ({"credits": {"value": "3"}}, [("missing-key", "credits.unit")]),
        ({"credits": {"value": "three", "unit": "ECTS"}}, [("bad-number", "credits.value")]),
        ({"credits": [{"value": "0", "unit": "ECTS"}, {"value": "x", "unit": "CEU"}]}, [("bad-number", "credits.1.value")]),
    ],
)  # fmt: skip
def test_a_wrong_value_is_where_it_is_written(
    values: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    assert written(**values) == problems


def test_a_message_of_our_own_types_stays() -> None:
    (problem,) = [
        one
        for one in parsed(Kind.COURSE, "a", credits={"value": "two", "unit": "{x}"}).problems
        if one.code == "bad-number"
    ]
    assert problem.suggestion == "2"
    assert problem.message.startswith("`two` is not a number of credits.")


def test_forms_and_snippets_show_it_as_one_value() -> None:
    shape = field_shape(Course.model_fields["level"].annotation)
    assert (shape.is_list, shape.may_be_list) == (False, True)
    options = Course.model_json_schema()["properties"]["level"]["anyOf"]
    one, several = options[0]["anyOf"] if "anyOf" in options[0] else options[:2]
    assert several["items"] == one
