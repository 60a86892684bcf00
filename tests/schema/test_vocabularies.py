"""Each fixed list is written once, and all that choose from it take their values from there."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from credsite.schema import vocabularies
from credsite.schema.models import Course, Provider, Story
from credsite.schema.models.codes import CLASSIFICATION_SCHEMES, OCCUPATION_SCHEMES, SCHEMES
from credsite.schema.vocabularies import DURATION_BANDS, START_BANDS, VOCABULARIES, DeliveryMode, icons
from tests.support.paths import REPOSITORY


def literals(annotation: Any) -> list[str]:
    """The texts that an annotation allows, however deep, in their order."""
    arguments = get_args(annotation)
    inner = [text for one in arguments if get_args(one) for text in literals(one)]
    return [one for one in arguments if isinstance(one, str)] + inner


def block(field: str) -> Any:
    """The model of a course's field that is a list of blocks, or a block."""
    return next(
        one for one in get_args(Course.model_fields[field].annotation) if hasattr(one, "model_fields")
    )


@pytest.mark.parametrize(
    ("name", "model", "field"),
    [
        ("DELIVERY_MODES", Course, "delivery_modes"),
        ("DELIVERY_MODES", Story, "delivery_modes"),
        ("DELIVERY_MODES", block("sessions"), "delivery_mode"),
        ("TIMINGS", Course, "timing"),
        ("TIMINGS", block("sessions"), "timing"),
        ("PACES", Course, "pace"),
        ("LEVELS", Course, "level"),
        ("LEARNING_METHODS", Course, "learning_methods"),
        ("ASSESSMENT_METHODS", Course, "assessment_methods"),
        ("CREDENTIAL_TYPES", block("credential"), "type"),
        ("PROVIDER_TYPES", Provider, "kind"),
    ],
)
def test_a_field_takes_the_values_of_its_vocabulary(name: str, model: Any, field: str) -> None:
    assert literals(model.model_fields[field].annotation) == list(getattr(vocabularies, name))


def test_a_code_names_one_of_the_schemes() -> None:
    for field, schemes in (("occupations", OCCUPATION_SCHEMES), ("classifications", CLASSIFICATION_SCHEMES)):
        assert literals(block(field).model_fields["scheme"].annotation) == list(schemes)
    assert all(scheme.pattern.fullmatch(scheme.example) for scheme in SCHEMES.values())


def test_a_value_of_no_row_is_refused() -> None:
    adapter = TypeAdapter(DeliveryMode)
    assert adapter.validate_python("in-person") == "in-person"
    with pytest.raises(ValidationError, match="literal_error"):
        adapter.validate_python("onlin")


def test_every_term_has_a_label() -> None:
    for vocabulary in VOCABULARIES.values():
        assert all(key == term.id and term.label for key, term in vocabulary.items())


def test_every_icon_is_drawn_in_the_default_theme() -> None:
    drawn = re.findall(r'id="([^"]+)"', (REPOSITORY / "themes/default/assets/icons.svg").read_text())
    used = [icon for vocabulary in VOCABULARIES.values() for icon in icons(vocabulary).values()]
    assert len(used) >= 6
    assert set(used) <= set(drawn)


@pytest.mark.parametrize("bands", [DURATION_BANDS, START_BANDS])
def test_bands_of_time_rise_to_one_without_a_limit(bands: vocabularies.Vocabulary) -> None:
    *limited, last = [band.days for band in bands.values()]
    assert all(low < high for low, high in pairwise([0, *limited]))
    assert last == 0
