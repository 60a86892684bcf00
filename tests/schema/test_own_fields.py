"""Fields of a site's own: their keys, and the models and schemas that come of their declarations."""

from __future__ import annotations

import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from credsite.schema.config import Config
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.models import MODELS, Course, kind_of
from credsite.schema.own_field_checks import own_field_findings
from credsite.schema.own_fields import FIELD_TYPES, MAX_FIELDS, MAX_VALUES, likely_field_key
from credsite.schema.site_schema import BUILT_IN
from credsite.schema.validation import partial_model
from tests.support.catalogues import settings
from tests.support.settings import valid_settings

COURSE = {"title": "A", "summary": "B", "provider": "c", "industries": ["d"], "delivery_modes": ["online"]}


def course_with(declared: dict[str, Any], **values: Any) -> Any:
    model = settings(fields={"course": declared}).site_schema.models[Kind.COURSE]
    return model.model_validate(COURSE | values)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Campus days", "campus_days"),
        ("coût", "co_t"),
        ("_x", "x"),
        ("9 lives", ""),
        ("ok_2", "ok_2"),
        ("北", ""),
    ],
)
def test_the_key_that_is_most_like_a_text(written: str, key: str) -> None:
    assert likely_field_key(written) == key


def test_a_type_alone_is_a_declaration() -> None:
    (declared,) = settings(fields={"course": {"room": "text"}}).fields[Kind.COURSE].values()
    assert (declared.type, declared.title("room_in_use"), declared.show) == (
        "text",
        "Room in use",
        ("facts",),
    )


@pytest.mark.parametrize(
    ("declared", "written", "value"),
    [
        ("text", " Hall ", "Hall"),
        ("number", "1 250.50", Decimal("1250.50")),
        ("number", "-3", Decimal(-3)),
        ("yes-no", "no", False),
        ({"type": "choice", "values": {"a": "A"}}, "a", "a"),
        ({"type": "choice", "values": {"a": "A"}, "list": True}, ["a"], ("a",)),
        ({"type": "text", "list": True}, None, ()),
        ("date", None, None),
    ],
)
def test_values(declared: Any, written: Any, value: Any) -> None:
    given = {} if written is None else {"own": written}
    assert course_with({"own": declared}, **given).own == value


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("number", "twelve weeks"),
        ("number", "1000000000"),
        ("email", "nobody"),
        ({"type": "choice", "values": {"a": "A"}}, "b"),
        ({"type": "text", "required": True}, None),
        ({"type": "text", "required": True, "list": True}, []),
    ],
)
def test_what_is_refused(declared: Any, written: Any) -> None:
    with pytest.raises(ValidationError):
        course_with({"own": declared}, **({} if written is None else {"own": written}))


def test_models_with_own_fields_are_models_of_their_kind() -> None:
    fields = course_with({"room": "text"}, room="R1")
    assert isinstance(fields, Course)
    assert kind_of(fields) is Kind.COURSE
    schema = settings(fields={"course": {"room": "text"}}).site_schema
    assert list(schema.models) == list(MODELS)
    assert schema.models[Kind.STORY] is MODELS[Kind.STORY]


def test_equal_declarations_have_one_schema_and_none_the_built_in_one() -> None:
    one, other = (settings(fields={"course": {"room": "text"}}) for _ in range(2))
    assert one.site_schema is other.site_schema
    assert pickle.loads(pickle.dumps(one)).site_schema is one.site_schema
    assert settings().site_schema is settings(fields={"course": {}}).site_schema is BUILT_IN
    another = settings(fields={"course": {"room": {"type": "text", "label": "Hall"}}})
    assert another.site_schema.declarations != one.site_schema.declarations != ""


def test_another_address_keeps_the_declarations(tmp_path: Path) -> None:
    config = valid_settings(tmp_path, "fields:\n  course:\n    care: {type: yes-no, filter: true}\n")
    moved = config.with_base_url("https://other.test/")
    assert moved.site_schema is config.site_schema
    assert moved.offered_filters == (*BUILT_IN.usual_filters, "care")
    assert valid_settings(tmp_path, "filters: [mode]\n").offered_filters == ("mode",)


def findings(fields: dict[str, Any]) -> list[tuple[str, ...]]:
    config: Config = settings(fields=fields)
    return [finding.key for finding in own_field_findings(config.fields)]  # type: ignore[misc]


@pytest.mark.parametrize("kind", Kind)
def test_no_key_that_entries_have_can_be_declared(kind: Kind) -> None:
    keys = [*MODELS[kind].model_fields, "copy", "model_fields", "text", "provider", "country"]
    keys = [key for key in keys if not key.startswith("_")]
    assert {key[2] for key in findings({kind.value: dict.fromkeys(keys, "text")})} == set(keys)


@pytest.mark.parametrize("key", ["body", "what_is_wrong"])
def test_forms_and_sheets_need_words_of_their_own(key: str) -> None:
    assert findings({"page": {key: "text"}}) == [("fields", "page", key)]


@pytest.mark.parametrize("key", ["cost", "relevance", "skill", "q", "sort", "page", "constructor"])
def test_filters_and_addresses_of_lists_need_words_of_their_own(key: str) -> None:
    assert findings({"course": {key: "text"}}) == [("fields", "course", key)]
    assert findings({"page": {key: "text"}}) == []


@pytest.mark.parametrize("name", FIELD_TYPES)
@pytest.mark.parametrize("use", ["list", "filter", "sort", "search", "pages", "card", "compare"])
def test_each_type_has_only_what_makes_sense_for_it(name: str, use: str) -> None:
    more: dict[str, Any] = {"choice": {"values": {"a": "A"}}, "reference": {"kind": "provider"}}.get(name, {})
    switch: dict[str, Any] = {"show": ["facts", use]} if use in ("card", "compare") else {use: True}
    found = findings({"course": {"own": {"type": name, **more, **switch}}})
    assert bool(found) == (use not in FIELD_TYPES[name].uses)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.COURSE])
def test_only_courses_have_lists(kind: Kind) -> None:
    declared = {
        "type": "choice",
        "values": {"a": "A"},
        "filter": True,
        "pages": True,
        "show": ["card", "facts"],
    }
    assert len(findings({kind.value: {"own": declared}})) == 3, KINDS[kind]


def test_limits() -> None:
    many = {f"f{number}": "text" for number in range(MAX_FIELDS + 1)}
    assert findings({"course": many}) == [("fields", "course")]
    values = {f"v{number}": f"V {number}" for number in range(MAX_VALUES + 1)}
    assert findings({"course": {"own": {"type": "choice", "values": values}}}) == [
        ("fields", "course", "own", "values")
    ]


def test_values_of_a_choice_have_different_names() -> None:
    values = {"north": "North", "quay": "Quay", "pier": {"label": "NORTH"}}
    assert findings({"course": {"own": {"type": "choice", "values": values}}}) == [
        ("fields", "course", "own", "values", "pier")
    ]


CAMPUS = {"type": "choice", "values": {"north": "North campus", "quay": "Quayside"}, "list": True}


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("North campus", "north"),
        ("quayside", "quay"),
        ("Quay-side", "quay"),
        ("NORTH", "north"),
        ("Moon", ""),
    ],
)
def test_a_label_in_place_of_an_id_suggests_the_id(written: str, suggestion: str) -> None:
    fields = {"course": {"campus": CAMPUS}}
    model = settings(fields=fields).site_schema.models[Kind.COURSE]
    (found,) = partial_model({**COURSE, "campus": [written]}, model, "a.md")[2]
    assert (found.code, found.suggestion) == ("unknown-value", suggestion)


@pytest.mark.parametrize(
    ("settings", "suggestion"),
    [
        ({"fields": {"course": {"hall": CAMPUS | {"values": ["East hall", "Quay"]}}}}, "{east-hall: East hall, quay: Quay}"),
        ({"vocabularies": {"levels": ["For beginners"]}}, "{for-beginners: For beginners}"),
    ],
)  # fmt: skip
def test_a_list_of_names_is_rewritten_with_ids(settings: dict[str, Any], suggestion: str) -> None:
    values = {"title": "A", "base_url": "https://a.test/", **settings}
    found = partial_model(values, Config, "credsite.yaml")[2]
    assert (found[0].code, found[0].suggestion) == ("wrong-type", suggestion)
    example = suggestion.strip("{}").split(", ")[0]
    assert f"such as `{example}`" in found[0].message


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ({"amount": "5", "currency": "EUR"}, "5 EUR"),
        ({"amount": "1,200", "note": "A year"}, "1,200"),
        ({"amount": "lots"}, ""),
        ({"items": [{"Kit": "5"}]}, ""),
    ],
)
def test_an_amount_of_money_in_lines_of_its_own(written: dict[str, Any], suggestion: str) -> None:
    model = settings(fields={"course": {"fee": "money"}}).site_schema.models[Kind.COURSE]
    (found,) = partial_model({**COURSE, "fee": written}, model, "a.md")[2]
    assert (found.code, found.suggestion) == ("wrong-type", suggestion)


def test_a_list_in_place_of_one_value_is_no_list_of_names() -> None:
    fields = {"course": {"hall": {"type": "choice", "values": {"east": ["East hall"]}}}}
    (found,) = partial_model(
        {"title": "A", "base_url": "https://a.test/", "fields": fields}, Config, "a.yaml"
    )[2]
    assert (found.code, found.suggestion) == ("wrong-type", "")
    assert found.message.endswith("such as `label: …`.")


@pytest.mark.parametrize(
    ("written", "currency", "value"),
    [("1,250.50", "CAD", "1250.50"), ("395 eur", "CAD", "395 EUR"), ("Free", "", "0"), ("$80", "CAD", "80 CAD"), ("0", "", "0")],
)  # fmt: skip
def test_an_amount_of_money_is_kept_in_one_spelling(written: str, currency: str, value: str) -> None:
    model = settings(fields={"course": {"fee": "money"}}).site_schema.models[Kind.COURSE]
    found, _, problems = partial_model({**COURSE, "fee": written}, model, "a.md", {"currency": currency})
    assert [one for one in problems if one.location.key == ("fee",)] == []
    assert getattr(found, "fee") == value  # noqa: B009 - the model has no such field by itself


@pytest.mark.parametrize(
    ("written", "currency", "code"),
    [("lots", "CAD", "bad-price"), ("80 XXQ", "CAD", "bad-currency"),
     ("-5", "CAD", "negative-amount"), ("$80", "", "bad-price"), ("80", "", "bad-price"), (["80"], "CAD", "wrong-type")],
)  # fmt: skip
def test_what_is_no_amount_of_money_is_refused(written: Any, currency: str, code: str) -> None:
    model = settings(fields={"course": {"fee": "money"}}).site_schema.models[Kind.COURSE]
    problems = partial_model({**COURSE, "fee": written}, model, "a.md", {"currency": currency})[2]
    assert [one.code for one in problems if one.location.key == ("fee",)] == [code]
