from __future__ import annotations

import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from credsite.core.serialization import deserialize, serialize
from credsite.schema.introspection import vocabulary_keys, vocabulary_mark
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS, Course, kind_of_model
from credsite.schema.models.base import Credential
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.vocabularies import SETTING_NAMES, VOCABULARIES
from tests.support.catalogues import settings

COURSE: dict[str, Any] = {
    "title": "A",
    "summary": "B",
    "provider": "c",
    "industries": ["d"],
    "delivery_modes": ["own"],
    "sessions": [{"starts": "2027-01-01", "delivery_mode": "own"}],
    "credential": {"type": "own-credential"},
    "assessment_methods": ["own-assessment"],
}


def schema(**vocabularies: Any) -> SiteSchema:
    return settings(vocabularies=vocabularies).site_schema


def with_own_values() -> SiteSchema:
    return schema(
        **{
            setting: {"own" if name == "mode" else f"own-{name}": f"Own {name}"}
            for name, setting in SETTING_NAMES.items()
        }
    )


def test_every_field_with_a_vocabulary_takes_its_own_values_in_blocks_too() -> None:
    course = with_own_values().models[Kind.COURSE].model_validate(COURSE)
    assert isinstance(course, Course)
    assert (course.sessions[0].delivery_mode, course.delivery_modes) == ("own", ("own",))
    assert isinstance(course.credential, Credential)
    assert course.credential.type == "own-credential"
    with pytest.raises(ValidationError):
        BUILT_IN.models[Kind.COURSE].model_validate(COURSE)


def test_every_vocabulary_that_a_site_can_change_is_that_of_a_field() -> None:
    assert {name for model in MODELS.values() for name, _ in vocabulary_keys(model)} == set(SETTING_NAMES)


def test_derived_models_have_the_same_fields_in_the_same_order_with_the_same_rules() -> None:
    for kind, model in with_own_values().models.items():
        assert kind_of_model(model) is kind
        assert list(model.model_fields) == list(MODELS[kind].model_fields)
        for name, field in model.model_fields.items():
            usual = MODELS[kind].model_fields[name]
            assert (field.description, field.examples, field.is_required()) == (
                usual.description, usual.examples, usual.is_required(),
            )  # fmt: skip
            assert len(field.metadata) == len(usual.metadata)
    with pytest.raises(ValidationError):
        with_own_values().models[Kind.COURSE].model_validate({**COURSE, "delivery_modes": []})


def test_models_that_choose_from_no_changed_vocabulary_are_the_built_in_ones() -> None:
    models = schema(levels={"beginner": "Beginner"}).models
    assert [kind for kind, model in models.items() if model is not MODELS[kind]] == [Kind.COURSE]


def test_entries_are_stored_and_sent_with_their_own_values() -> None:
    site_schema = with_own_values()
    model = site_schema.models[Kind.COURSE]
    course = model.model_validate(COURSE)
    assert deserialize(model, serialize(course)) == course
    assert pickle.loads(pickle.dumps(site_schema)) is site_schema


def test_a_usual_value_that_is_hidden_gives_way_to_one_that_means_the_same_or_must_be_chosen() -> None:
    hidden = {"micro-credential": {"hidden": True}}
    blocks = [
        schema(credential_types=terms).models[Kind.COURSE].model_fields["credential"].annotation
        for terms in (hidden, {**hidden, "short": {"label": "Short course", "same_as": "micro-credential"}})
    ]
    required, replaced = (next(one for one in block.__args__ if one is not type(None)) for block in blocks)
    assert required.model_fields["type"].is_required()
    assert replaced().type == "short"


def test_marks_know_what_is_hidden() -> None:
    course = schema(delivery_modes={"hybrid": {"hidden": True}}).models[Kind.COURSE]
    mark = vocabulary_mark(course.model_fields["delivery_modes"])
    assert mark is not None
    assert (mark.name, mark.replacements) == ("mode", {"hybrid": ""})


def test_rules_go_by_what_a_value_means() -> None:
    site_schema = schema(
        delivery_modes={"own": {"label": "Own", "same_as": "online"}},
        paces={"free": {"label": "Free", "same_as": "self-paced"}},
    )
    fields = {
        **COURSE,
        "credential": None,
        "assessment_methods": None,
        "sessions": [{"starts": "2027-01-01", "location": "Hall"}],
    }
    course = site_schema.models[Kind.COURSE].model_validate(fields)
    assert "session-location" in [finding.code for finding in course.findings()]
    assert site_schema.meaning("mode", "own") == "online"
    assert site_schema.with_meaning("pace", "self-paced") == ("self-paced", "free")


def test_displayed_fields_have_the_words() -> None:
    vocabulary = with_own_values().course_fields["assessment"].display.vocabulary
    assert vocabulary is not None
    assert list(vocabulary) == [*VOCABULARIES["assessment"], "own-assessment"]


@pytest.mark.parametrize(
    ("hidden", "description"),
    [
        ("in-person", "How it is delivered; `blended` is partly online and partly on site, with `hybrid` each learner chooses."),
        ("hybrid", "How it is delivered."),
    ],
)  # fmt: skip
def test_a_description_names_no_hidden_value(hidden: str, description: str) -> None:
    course = schema(delivery_modes={hidden: {"hidden": True}}).models[Kind.COURSE]
    assert course.model_fields["delivery_modes"].description == description
