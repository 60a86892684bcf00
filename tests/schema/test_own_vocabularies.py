from __future__ import annotations

from typing import Any

import pytest

from credsite.schema.own_vocabularies import TermDeclaration, own_vocabulary, replacements
from credsite.schema.vocabularies import SETTING_NAMES, VOCABULARIES
from tests.support.catalogues import settings


def declared(**terms: Any) -> dict[str, TermDeclaration]:
    return {id_.replace("_", "-"): TermDeclaration.model_validate(one) for id_, one in terms.items()}


@pytest.mark.parametrize(
    ("terms", "ids"),
    [
        ({}, ["online", "in-person", "blended", "hybrid"]),
        ({"hybrid": {"order": 1}}, ["hybrid", "online", "in-person", "blended"]),
        ({"online": {"order": 2000}}, ["in-person", "blended", "hybrid", "online"]),
        ({"field": "Field trip"}, ["online", "in-person", "blended", "hybrid", "field"]),
        ({"own": {"label": "Own", "same_as": "online"}}, ["online", "own", "in-person", "blended", "hybrid"]),
        ({"hybrid": {"hidden": True}, "blended": {"hidden": True}}, ["online", "in-person"]),
        ({"own": {"label": "Own", "same_as": "no-such-mode"}}, ["online", "in-person", "blended", "hybrid", "own"]),
        ({key: {"hidden": True} for key in ["online", "in_person", "blended", "hybrid"]}, ["online", "in-person", "blended", "hybrid"]),
    ],
)  # fmt: skip
def test_order_and_hidden_values(terms: dict[str, Any], ids: list[str]) -> None:
    assert list(own_vocabulary("mode", declared(**terms))) == ids


def test_what_means_the_same_has_the_same_drawing_summary_and_word_for_search_engines() -> None:
    terms = own_vocabulary("mode", declared(own={"label": "Own", "same_as": "online"}, field="Field trip"))
    own, online, field = terms["own"], terms["online"], terms["field"]
    assert (own.meaning, own.icon, own.schema_org, own.summary) == (
        "online",
        online.icon,
        "Online",
        online.summary,
    )
    assert (own.label, own.is_own_label, own.is_own_summary) == ("Own", True, False)
    assert (field.meaning, field.icon, field.schema_org, field.summary) == ("field", "", "", "")


def test_a_new_name_leaves_everything_else() -> None:
    terms = own_vocabulary("mode", declared(online="Remote"))
    assert terms["online"].meaning == "online"
    assert terms["online"].summary == VOCABULARIES["mode"]["online"].summary
    assert terms["hybrid"] == VOCABULARIES["mode"]["hybrid"]


def test_in_the_place_of_a_hidden_value_comes_what_means_the_same() -> None:
    terms = declared(
        online={"hidden": True}, own={"label": "Own", "same_as": "online"}, hybrid={"hidden": True}
    )
    assert replacements("mode", terms) == {"online": "own", "hybrid": ""}


def test_every_name_is_that_of_a_vocabulary() -> None:
    assert set(SETTING_NAMES) <= set(VOCABULARIES)


@pytest.mark.parametrize("setting", ["backgrounds", "support"])
def test_older_settings_say_the_same(setting: str) -> None:
    old = settings(**{setting: {"sailor": "Sailors", "fisher": "Fishers"}}).site_schema
    terms: dict[str, Any] = {"sailor": {"label": "Sailors"}, "fisher": "Fishers"}
    if setting == "backgrounds":
        hidden = {key: {"hidden": True} for key in VOCABULARIES["background"]}
        terms = {
            "sailor": {"label": "Sailors", "order": 0},
            "fisher": {"label": "Fishers", "order": 1},
            **hidden,
        }
    new = settings(vocabularies={setting: terms}).site_schema
    assert new is old
    name = {"backgrounds": "background"}.get(setting, setting)
    assert list(new.vocabularies[name])[-2:] == ["sailor", "fisher"]
