"""Other words for keys lead to the key that is known where they stand."""

from __future__ import annotations

import pytest

from credsite.schema.config import Config
from credsite.schema.likely_keys import likely_key
from credsite.schema.models import Course, Place, Story
from credsite.schema.models.course import Session
from credsite.schema.navigation import NavigationItem
from credsite.schema.own_fields import FIELD_TYPES


@pytest.mark.parametrize(
    ("written", "model", "key"),
    [
        ("Name", Course, "title"),
        ("description", Course, "summary"),
        ("description", Session, ""),
        ("id", Course, "slug"),
        ("Fee", Course, "price"),
        ("mode", Course, "delivery_modes"),
        ("mode", Session, "delivery_mode"),
        ("start date", Session, "starts"),
        ("start_date", Course, ""),
        ("photo", Story, "image"),
        ("address", Session, "location"),
        ("address", Place, "street"),
        ("State", Place, "region"),
        ("zip code", Place, "postal_code"),
        ("lng", Place, "longitude"),
        ("baseURL", Config, "base_url"),
        ("links", NavigationItem, "items"),
        ("links", Course, ""),
        ("nonsense", Course, ""),
    ],
)
def test_likely_keys(written: str, model: type, key: str) -> None:
    fields = getattr(model, "model_fields")  # noqa: B009 - of a model of pydantic
    assert likely_key(written, fields) == key


@pytest.mark.parametrize(
    ("written", "name"),
    [("Boolean", "yes-no"), ("string", "text"), ("link", "url"), ("price", "money"), ("chair", "")],
)
def test_likely_types_of_fields(written: str, name: str) -> None:
    assert likely_key(written, FIELD_TYPES) == name
