"""The brand: what is wrong with it although each of its parts is right."""

from __future__ import annotations

import pytest

from credsite.schema.brand import Brand, brand_findings


@pytest.mark.parametrize(
    ("brand", "wrong"),
    [
        ({"logo": "brand/a.svg", "logo_dark": "brand/b.svg", "logo_has_name": True}, []),
        ({"icon": "brand/a.svg", "logo_has_name": False}, []),
        ({"logo_dark": "brand/b.svg", "logo_has_name": True}, ["logo_dark", "logo_has_name"]),
    ],
)
def test_what_says_something_of_the_logo_needs_one(brand: dict[str, object], wrong: list[str]) -> None:
    findings = brand_findings(Brand.model_validate(brand), ("brand",))
    assert [(one.code, one.key) for one in findings] == [("missing-key", ("brand", name)) for name in wrong]
