from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from credsite.schema.kinds import Kind
from credsite.schema.models import Place
from tests.support.catalogues import parsed


def found(**values: Any) -> list[tuple[str, str, str]]:
    """Code, key and suggestion of what is wrong with a place."""
    return [
        (one.code, str(one.location.key[0]), one.suggestion)
        for one in parsed(Kind.PLACE, "quay", title="The Quay", **values).problems
    ]


def test_a_place_needs_no_more_than_a_title() -> None:
    entry = parsed(Kind.PLACE, "quay", title="The Quay").entry
    assert entry is not None
    assert isinstance(entry.fields, Place)
    assert entry.fields.latitude is None


def test_coordinates() -> None:
    place = Place.model_validate({"title": "The Quay", "latitude": "44.6690", "longitude": "\u221263.5"})
    assert (place.latitude, place.longitude) == (Decimal("44.6690"), Decimal("-63.5"))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"latitude": "44.6"}, ("bad-coordinates", "latitude", "")),
        ({"longitude": "-63.5"}, ("bad-coordinates", "longitude", "")),
        ({"latitude": "91", "longitude": "0"}, ("bad-coordinates", "latitude", "")),
        ({"latitude": "0", "longitude": "-180.1"}, ("bad-coordinates", "longitude", "")),
        ({"latitude": "nan", "longitude": "0"}, ("bad-coordinates", "latitude", "")),
        ({"latitude": "0", "longitude": "1e-999999999"}, ("bad-coordinates", "longitude", "")),
        ({"latitude": "44,6488", "longitude": "0"}, ("bad-coordinates", "latitude", "44.6488")),
        ({"latitude": "33.9° S", "longitude": "0"}, ("bad-coordinates", "latitude", "-33.9")),
        ({"latitude": "0", "longitude": "63.5752 W"}, ("bad-coordinates", "longitude", "-63.5752")),
        ({"latitude": "44.6488, -63.5752", "longitude": "0"}, ("bad-coordinates", "latitude", "44.6488")),
        ({"latitude": "0", "longitude": "44.6488, -63.5752"}, ("bad-coordinates", "longitude", "-63.5752")),
        ({"latitude": "by the sea", "longitude": "0"}, ("bad-coordinates", "latitude", "")),
        ({"country": "Canada"}, ("bad-country", "country", "CA")),
    ],
)
def test_what_is_wrong_with_a_place(values: dict[str, str], expected: tuple[str, str, str]) -> None:
    assert found(**values) == [expected]
