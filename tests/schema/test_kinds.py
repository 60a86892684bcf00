from __future__ import annotations

import pytest

from credsite.schema.kinds import CREATABLE, FOLDERS, KINDS, Kind, KindSpec
from credsite.schema.models import MODELS, Page, Provider, kind_of


def test_each_kind_has_one_row() -> None:
    assert list(KINDS) == list(MODELS) == list(FOLDERS.values()) == list(Kind)
    assert all(key is spec.id for key, spec in KINDS.items())


@pytest.mark.parametrize("name", ["model", "folder", "url_prefix", "label", "plural"])
def test_no_two_kinds_share_a_model_an_address_or_a_name(name: str) -> None:
    assert len({getattr(spec, name) for spec in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("spec", KINDS.values(), ids=lambda spec: spec.id)
def test_addresses_are_below_a_prefix_that_ends_in_a_slash(spec: KindSpec) -> None:
    assert spec.url_prefix == "" or (spec.url_prefix.endswith("/") and not spec.url_prefix.startswith("/"))


def test_the_kind_of_an_entry_is_that_of_its_model() -> None:
    assert kind_of(Provider(title="A")) is Kind.PROVIDER
    assert kind_of(Page(title="A", summary="B")) is Kind.PAGE


def test_nobody_makes_up_delivery_modes() -> None:
    assert set(Kind) - set(CREATABLE) == {Kind.DELIVERY_MODE}


def test_labels_have_their_article() -> None:
    assert KINDS[Kind.INDUSTRY].label_with_article == "an industry"
    assert KINDS[Kind.DELIVERY_MODE].label_with_article == "a delivery mode"
