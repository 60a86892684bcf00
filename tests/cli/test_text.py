from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from credsite.catalogue.unpublished import Change, What
from credsite.cli.text import next_change_text

SENTENCES: dict[What, str] = {
    "appears": "content/a.md appears",
    "expires": "content/a.md expires",
    "loses consent": "the consent for content/a.md has ended",
    "opens applications": "applications for content/a.md have opened",
    "closes applications": "applications for content/a.md have closed",
    "starts a session": "a session of content/a.md has begun",
    "ends a session": "a session of content/a.md is over",
}


@pytest.mark.parametrize("what", get_args(What))
def test_the_next_change_says_what_is_true_from_then_on(what: What) -> None:
    change = Change(datetime(2027, 2, 2, tzinfo=UTC), "content/a.md", "A", what)
    expected = f"Next change: 2 February 2027, when {SENTENCES[what]}. Build again then."
    assert next_change_text(change) == expected
