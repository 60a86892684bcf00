"""What time has passed by."""

from __future__ import annotations

from typing import Any

import pytest

from credsite.audit.stale import stale_entries
from credsite.content.record_builder import record_of
from tests.support.catalogues import clock, course, page

PAST = {"starts": "2026-05-01", "ends": "2026-05-20"}
TO_COME = {"starts": "2027-05-01"}


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({}, ()),
        ({"review_by": "2026-11-22"}, ("was to be reviewed by 2026-11-22",)),
        ({"review_by": "2026-11-23"}, ()),
        ({"reviewed_at": "2024-11-23"}, ("last reviewed on 2024-11-23",)),
        ({"reviewed_at": "2024-11-24"}, ()),
        ({"reviewed_at": "2020-01-01", "review_by": "2027-01-01"}, ()),
        ({"sessions": [PAST]}, ("last session ended on 2026-05-20",)),
        ({"sessions": [PAST, {"starts": "2026-06-01"}]}, ("last session ended on 2026-06-01",)),
        ({"sessions": [PAST, TO_COME]}, ()),
        ({"sessions": [PAST], "pace": "self-paced"}, ()),
        ({"sessions": [PAST], "pace": "scheduled"}, ("last session ended on 2026-05-20",)),
        ({"expires_at": "2026-11-23"}, ("no longer shown since 2026-11-23",)),
        ({"expires_at": "2026-11-24"}, ()),
        (
            {"review_by": "2026-07-01", "sessions": [PAST]},
            ("last session ended on 2026-05-20", "was to be reviewed by 2026-07-01"),
        ),
    ],
)
def test_reasons(fields: dict[str, Any], reasons: tuple[str, ...]) -> None:
    found = stale_entries([record_of(course("a", **fields))], clock("2026-11-23T09:00"))
    assert [one.reasons for one in found] == ([reasons] if reasons else [])


def test_the_longest_stale_entry_comes_first() -> None:
    entries = [
        course("a", review_by="2026-10-01"),
        course("b", sessions=[PAST], review_by="2026-11-01"),
        page("c", expires_at="2025-01-01"),
        page("d"),
    ]
    found = stale_entries(map(record_of, entries), clock("2026-11-23T09:00"))
    assert [one.path.rpartition("/")[2] for one in found] == ["c.md", "b.md", "a.md"]
