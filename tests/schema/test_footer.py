"""Links to social networks."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from credsite.schema.footer import NETWORKS, Footer, SocialProfile, footer_findings
from tests.support.paths import REPOSITORY


@pytest.mark.parametrize(
    ("written", "network", "title"),
    [
        ("https://www.linkedin.com/school/harbour", "linkedin", "LinkedIn"),
        ("https://ca.linkedin.com/school/harbour", "linkedin", "LinkedIn"),
        ("https://twitter.com/harbour", "x", "X"),
        ("https://youtu.be/abc", "youtube", "YouTube"),
        ("https://notx.com/harbour", "", ""),
        ({"url": "https://social.test/@a", "network": "mastodon"}, "mastodon", "Mastodon"),
        ({"url": "https://x.com/a", "label": "News"}, "x", "News"),
        ({"url": "https://a.test/", "label": "Our podcast"}, "", "Our podcast"),
    ],
)
def test_a_network_is_known_by_its_address(written: Any, network: str, title: str) -> None:
    link = SocialProfile.model_validate(written)
    assert (link.known_network, link.title) == (network, title)
    findings = footer_findings(Footer(social=(link,)), ("footer",))
    assert [one.key for one in findings] == ([] if title else [("footer", "social", 0)])


@pytest.mark.parametrize("url", ["mailto:ask@college.test", "bsky.app/a", "javascript:alert(1)"])
def test_a_profile_is_a_web_page(url: str) -> None:
    with pytest.raises(ValidationError):
        SocialProfile.model_validate(url)


def test_every_network_has_a_drawing() -> None:
    drawings = (REPOSITORY / "themes/default/assets/social-icons.svg").read_text(encoding="utf-8")
    assert [one for one in NETWORKS if f'<symbol id="{one}"' not in drawings] == []
