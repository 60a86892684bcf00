from __future__ import annotations

from typing import Any

import pytest

from credsite.problems.model import KeyPath
from credsite.schema.empty_values import is_empty, is_left_out, without_empty_items
from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from tests.support.catalogues import parsed

EMPTY_TEXTS = ["", "   ", "\u00a0", "\u202f\u2009", "\u200b", "\ufeff \u2060", "\t\n"]
OPTIONAL = sorted(name for name, field in Course.model_fields.items() if not field.is_required())


def problems(kind: Kind, /, **fields: Any) -> list[tuple[str, KeyPath]]:
    found = parsed(kind, "a", **fields).problems
    return [
        (problem.code, problem.location.key)
        for problem in found
        if not (problem.code.startswith("missing-") and problem.code != "missing-key")
    ]


@pytest.mark.parametrize(
    "empty", [*EMPTY_TEXTS, [], {}, [""], ["", "\u00a0"], {"x": ""}, [{"x": [], "y": ""}]]
)
def test_what_is_empty(empty: Any) -> None:
    assert is_empty(empty)
    assert is_left_out(empty)


@pytest.mark.parametrize(
    "value",
    [
        "0",
        "no",
        "-",
        [None],
        ["", None],
        [["x"]],
        {"x": ["", "y"]},
        {"x": None},
        {"x": "", "y": None},
        {"x": []},
    ],
)
def test_what_is_not_empty(value: Any) -> None:
    assert not is_empty(value)


def test_empty_items_of_lists_are_left_out_at_any_depth() -> None:
    assert without_empty_items({"a": ["", "x", {}], "b": [{"c": ["", "y"]}, None]}) == {
        "a": ["x"],
        "b": [{"c": ["y"]}, None],
    }


@pytest.mark.parametrize("empty", [*EMPTY_TEXTS, [], {}, [""]], ids=repr)
def test_every_key_of_a_course_may_be_empty(empty: Any) -> None:
    assert problems(Kind.COURSE, **dict.fromkeys(OPTIONAL, empty)) == []
    entry = parsed(Kind.COURSE, "a", **dict.fromkeys(OPTIONAL, empty)).entry
    assert entry is not None
    assert entry.fields == parsed(Kind.COURSE, "a").entry.fields  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Kind.COURSE, {"credential": {"type": "", "valid_for": ""}, "price": {"amount": "", "currency": ""}}),
        (Kind.COURSE, {"credential": {"type": "certificate", "valid_for": " ", "recognised_by": [""]}}),
        (Kind.COURSE, {"image": {"src": "", "alt": ""}, "credits": {"value": "", "unit": ""}}),
        (Kind.COURSE, {"sessions": [{"starts": "", "ends": ""}], "occupations": [{"scheme": ""}]}),
        (Kind.COURSE, {"sessions": [{"starts": "2027-02-06", "ends": "", "seats": "", "timing": [""]}]}),
        (Kind.COURSE, {"skills": ["", {"name": "Baking", "uri": ""}, {"name": ""}]}),
        (
            Kind.STORY,
            {"courses": ["a", ""], "consent": {"given": "", "expires": ""}, "told_at": "", "highs": [""]},
        ),
        (Kind.PATHWAY, {"steps": [{"title": "One", "courses": ["a", ""], "choose": ""}, {}], "provider": ""}),
        (
            Kind.PROVIDER,
            {"kind": "", "country": "", "url": "", "email": "", "logo": "", "accredited_by": [""]},
        ),
        (Kind.INDUSTRY, {"order": "", "classifications": [{"scheme": "", "code": ""}]}),
        (Kind.PAGE, {"order": " ", "menu": {"label": "", "order": ""}, "template": ""}),
    ],
)
def test_empty_values_inside_blocks_and_lists_count_as_left_out(kind: Kind, values: dict[str, Any]) -> None:
    assert problems(kind, **values) == []


@pytest.mark.parametrize("empty", [*EMPTY_TEXTS, [], {}, [""]], ids=repr)
@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (Kind.COURSE, "title"),
        (Kind.COURSE, "summary"),
        (Kind.COURSE, "provider"),
        (Kind.COURSE, "industries"),
        (Kind.COURSE, "delivery_modes"),
        (Kind.STORY, "learner"),
        (Kind.PATHWAY, "steps"),
    ],
)
def test_a_required_key_that_is_empty_is_missing(kind: Kind, key: str, empty: Any) -> None:
    usual: dict[str, Any] = {"courses": ["a"]} if kind is Kind.STORY else {}
    found = parsed(kind, "a", **usual | {key: empty}).problems
    [problem] = [problem for problem in found if problem.code == "missing-key"]
    is_block = (key, empty) == ("learner", {})  # what it needs is a better thing to say
    assert problem.location.key == (("learner", "name") if is_block else (key,))
    assert problem.message.startswith("`name` in `learner`" if is_block else f"`{key}` is missing or empty.")


@pytest.mark.parametrize(
    ("kind", "values", "key"),
    [
        (Kind.STORY, {"courses": ["a"], "learner": {"name": ""}}, ("learner", "name")),
        (Kind.COURSE, {"price": {"amount": "", "currency": "CAD"}}, ("price", "amount")),
        (Kind.COURSE, {"sessions": ["", {"starts": "", "ends": "2027-02-06"}]}, ("sessions", 0, "starts")),
        (Kind.COURSE, {"image": {"src": " ", "alt": "A dog"}}, ("image", "src")),
        (Kind.COURSE, {"outcomes": [None, "x"]}, ("outcomes", 0)),
        (Kind.COURSE, {"sessions": [{"starts": None}]}, ("sessions", 0, "starts")),
    ],
)
def test_what_a_block_needs_is_missing_where_it_is_empty(
    kind: Kind, values: dict[str, Any], key: KeyPath
) -> None:
    assert problems(kind, **values) == [("missing-key", key)]


def test_a_decorative_picture_has_an_empty_description() -> None:
    entry = parsed(Kind.COURSE, "a", image={"src": "a.jpg", "alt": ""}).entry
    assert entry is not None
    assert entry.fields.image is not None
    assert entry.fields.image.alt == ""
