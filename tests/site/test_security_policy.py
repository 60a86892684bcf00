"""The policy allows what the brand of a site uses, and nothing else."""

from __future__ import annotations

import pytest

from credsite.schema.config import Config
from credsite.site.security_policy import content_security_policy


@pytest.mark.parametrize(
    ("brand", "allowed"),
    [
        ({}, set()),
        ({"corners": "soft", "fonts": {"text": "humanist"}}, set()),
        ({"colours": {"accent": "#7a1f3d"}}, {"manifest-src 'self'"}),
        ({"logo": "brand/logo.svg", "fonts": {"text": "brand/text.woff2"}}, {"font-src 'self'", "manifest-src 'self'"}),
    ],
)  # fmt: skip
def test_fonts_and_the_manifest_are_allowed_where_there_are_any(
    brand: dict[str, object], allowed: set[str]
) -> None:
    config = Config.model_validate({"title": "A", "base_url": "https://courses.test/", "brand": brand})
    without = Config(title="A", base_url="https://courses.test/")
    policies = (set(content_security_policy(one).split("; ")) for one in (config, without))
    assert next(policies) - next(policies) == allowed
