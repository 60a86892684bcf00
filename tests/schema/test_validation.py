from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from credsite.problems.codes import CODES
from credsite.problems.model import Problem
from credsite.schema.config import Config
from credsite.schema.field_types import Date, Slug, Text
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS
from credsite.schema.validation import partial_model, validation_problems
from credsite.schema.vocabularies import DeliveryMode


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    starts: Date = Field(description="The first day.")
    seats: Annotated[int, Field(ge=0)] | None = None


class Thing(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    title: Text = Field(description="The name that visitors see.")
    pace: Literal["self-paced", "scheduled"] | None = None
    modes: tuple[DeliveryMode, ...] = ()
    few: Annotated[tuple[Text, ...], Field(min_length=1, max_length=2)] = ("x",)
    amount: Annotated[Decimal, Field(gt=0, max_digits=9)] = Decimal(1)
    size: Annotated[int, Field(ge=1, le=500)] = 1
    draft: bool = False
    slug: Slug | None = None
    parts: tuple[Part, ...] = ()
    part: Part | None = None
    named: Mapping[Slug, Text] = {}


def problems(values: dict[Any, Any]) -> list[Problem]:
    data = {"title": "x"} | values
    try:
        Thing.model_validate({key: value for key, value in data.items() if value != "(left out)"})
    except ValidationError as error:
        return validation_problems(error, Thing, "a.md")
    return []


def problem(values: dict[Any, Any]) -> Problem:
    (only,) = problems(values)
    return only


@pytest.mark.parametrize(
    ("values", "code", "key", "at", "suggestion"),
    [
        ({"title": "(left out)"}, "missing-key", ("title",), "key", ""),
        ({"title": "  "}, "missing-key", ("title",), "key", ""),
        ({"title": None}, "missing-key", ("title",), "key", ""),
        ({"few": []}, "missing-key", ("few",), "value", ""),
        ({"few": ["a", None]}, "missing-key", ("few", 1), "key", ""),
        ({"few": [None]}, "missing-key", ("few", 0), "key", ""),
        ({"few": [["a"]]}, "wrong-type", ("few", 0), "value", ""),
        ({"parts": [{}]}, "missing-key", ("parts", 0, "starts"), "key", ""),
        ({"sise": "3"}, "unknown-key", ("sise",), "key", "size"),
        ({"sise": None}, "unknown-key", ("sise",), "key", "size"),
        ({"Title": "x"}, "unknown-key", ("Title",), "key", "title"),
        ({None: "x"}, "unknown-key", ("None",), "key", ""),
        ({"zzzzz": "x"}, "unknown-key", ("zzzzz",), "key", ""),
        ({"part": {"starts": "2027-01-01", "seat": "3"}}, "unknown-key", ("part", "seat"), "key", "seats"),
        ({"pace": "self paced"}, "unknown-value", ("pace",), "value", "self-paced"),
        ({"modes": ["online", "inperson"]}, "unknown-value", ("modes", 1), "value", "in-person"),
        ({"modes": "online"}, "wrong-type", ("modes",), "value", "[online]"),
        ({"modes": "online, blended"}, "wrong-type", ("modes",), "value", "[online, blended]"),
        ({"modes": {"a": "b"}}, "wrong-type", ("modes",), "value", ""),
        ({"pace": ["scheduled"]}, "wrong-type", ("pace",), "value", ""),
        ({"title": ["x"]}, "wrong-type", ("title",), "value", ""),
        ({"title": {"x": "y"}}, "wrong-type", ("title",), "value", ""),
        ({"part": "soon"}, "wrong-type", ("part",), "value", ""),
        ({"part": ["soon"]}, "wrong-type", ("part",), "value", ""),
        ({"parts": ["soon"]}, "wrong-type", ("parts", 0), "value", ""),
        ({"named": ["x"]}, "wrong-type", ("named",), "value", ""),
        ({"few": ["a", "b", "c"]}, "wrong-type", ("few",), "value", ""),
        ({"draft": "perhaps"}, "wrong-type", ("draft",), "value", ""),
        ({"size": "many"}, "bad-number", ("size",), "value", ""),
        ({"size": "0"}, "bad-number", ("size",), "value", ""),
        ({"size": "501"}, "bad-number", ("size",), "value", ""),
        ({"size": "1.5"}, "bad-number", ("size",), "value", ""),
        ({"size": "9" * 5000}, "bad-number", ("size",), "value", ""),
        ({"amount": "0"}, "bad-number", ("amount",), "value", ""),
        ({"amount": "NaN"}, "bad-number", ("amount",), "value", ""),
        ({"amount": "1e999999999"}, "bad-number", ("amount",), "value", ""),
        ({"parts": [{"starts": "x"}]}, "bad-date", ("parts", 0, "starts"), "value", ""),
        ({"slug": "First Aid"}, "bad-slug", ("slug",), "value", "first-aid"),
        ({"slug": "介護"}, "bad-slug", ("slug",), "value", "jie-hu"),
        ({"slug": "?!"}, "bad-slug", ("slug",), "value", ""),
        ({"slug": "word-" * 60 + "x"}, "bad-slug", ("slug",), "value", "word-" * 39 + "word"),
        ({"named": {"First Aid": "x"}}, "bad-slug", ("named", "First Aid"), "key", "first-aid"),
        ({"named": {"x": None}}, "missing-key", ("named", "x"), "key", ""),
    ],
)
def test_what_pydantic_finds_becomes_a_problem(
    values: dict[str, Any], code: str, key: tuple[str | int, ...], at: str, suggestion: str
) -> None:
    reported = problem(values)
    assert (reported.code, reported.location.key, reported.location.target, reported.suggestion) == (
        code,
        key,
        at,
        suggestion,
    )
    assert reported.location.path == "a.md"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": None}, "`title` is missing or empty. The name that visitors see."),
        (
            {"parts": [{"starts": "2027-01-01"}, {}]},
            "`starts` in the 2nd of its `parts` is missing or empty. The first day.",
        ),
        ({"named": {"a": ""}}, "`a` in `named` is missing or empty."),
        ({"named": {"": "x"}}, "A key in `named` is missing or empty."),
        ({"size": "0"}, "1 or more"),
        ({"size": "501"}, "at most 500"),
        ({"amount": "0"}, "more than 0"),
        ({"part": {"starts": "2027-01-01", "seats": "-1"}}, "0 or more"),
        ({"modes": ["{name}"]}, "`{name}`"),
        ({"parts": [{"starts": "{name}"}]}, "`{name}`"),
    ],
)
def test_messages_say_what_to_do(values: dict[str, Any], words: str) -> None:
    assert words in problem(values).message


def test_the_values_that_may_stand_there_are_listed() -> None:
    assert problem({"modes": ["x"]}).allowed == ("online", "in-person", "blended", "hybrid")


def test_all_problems_come_at_once() -> None:
    reported = problems({"title": None, "modes": ["x", "y"], "size": "many", "sise": "3"})
    assert [one.code for one in reported] == [
        "missing-key",
        "unknown-value",
        "unknown-value",
        "bad-number",
        "unknown-key",
    ]


def test_a_misspelt_key_is_not_missing_as_well() -> None:
    reported = problems({"title": "(left out)", "titel": "x"})
    assert [(one.code, one.suggestion) for one in reported] == [("unknown-key", "title")]


VALUES = st.recursive(
    st.none()
    | st.text(max_size=6)
    | st.sampled_from(["2027-01-01", "online", "true", "5", "free", "6 weeks"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.none(), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(list(MODELS.values())), st.data())
def test_whatever_stands_in_front_matter_becomes_problems_with_codes(model: Any, data: st.DataObject) -> None:
    keys = st.sampled_from([*model.model_fields, "nonsense"]) | st.none() | st.text(max_size=5)
    values = data.draw(st.dictionaries(keys, VALUES, max_size=5))
    try:
        model.model_validate(values)
    except ValidationError as error:
        reported = validation_problems(error, model, "a.md")
        assert reported
        for one in reported:
            assert one.code in CODES
            assert one.message.endswith((".", "!", "`"))


def course_problem(**values: Any) -> Problem:
    good = {
        "title": "A", "summary": "B", "provider": "c", "industries": ["d"], "delivery_modes": ["online"],
        "sessions": [{"starts": "2027-01-01"}],
    }  # fmt: skip
    (found,) = partial_model({**good, **values}, MODELS[Kind.COURSE], "a.md")[2]
    return found


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"location": "Room 2"}, "an item of `sessions`"),
        ({"alt": "A loaf"}, "a part of `image`"),
        ({"sessions": [{"starts": "2027-01-01", "level": "advanced"}]}, "It is no part of `sessions`"),
    ],
)
def test_a_key_at_the_wrong_depth_is_said_to_belong_elsewhere(values: dict[str, Any], words: str) -> None:
    found = course_problem(**values)
    assert words in found.message
    assert (found.code, found.suggestion) == ("unknown-key", "")


@pytest.mark.parametrize(
    ("values", "suggestion"),
    [
        ({"delivery_modes": "online and in-person"}, "[online, in-person]"),
        ({"delivery_modes": {"online": None}}, "[online]"),
        ({"languages": "English and French"}, "[en, fr]"),
        ({"languages": "en"}, "[en]"),
        ({"skills": "baking, mixing"}, "[baking, mixing]"),
        ({"outcomes": "Bake a loaf without help"}, ""),
        ({"provider": ["college"]}, ""),
        ({"provider": ["college", "guild"]}, ""),
        ({"delivery_modes": ["Online; In-Person"]}, "online, in-person"),
        ({"delivery_modes": ["online; by-post"]}, ""),
        ({"fee": "20 CAD"}, "price"),
    ],
)
def test_lists_in_another_form(values: dict[str, Any], suggestion: str) -> None:
    assert course_problem(**values).suggestion == suggestion


def test_several_values_of_a_choice() -> None:
    assert course_problem(pace=["self-paced", "scheduled"]).message == "`pace` needs one value, not a list."


def test_an_empty_name() -> None:
    values = {"title": "A", "base_url": "https://a.test/", "support": {None: "Help"}}
    (found,) = partial_model(values, Config, "credsite.yaml")[2]
    assert (found.code, found.location.key[:1]) == ("bad-slug", ("support",))
    assert "`null`" in found.message


def test_one_value_in_a_list() -> None:
    found = course_problem(provider=["college"])
    assert (
        found.message == "`provider` needs one text, not a list: write `college` without brackets or hyphen."
    )
