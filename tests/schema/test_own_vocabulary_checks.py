from __future__ import annotations

from typing import Any

import pytest

from credsite.schema.own_vocabulary_checks import own_vocabulary_findings
from tests.support.catalogues import settings

Key = tuple[str | int, ...]


@pytest.mark.parametrize(
    ("vocabularies", "key"),
    [
        ({"levels": {"beginner": {"same_as": "introductory"}}}, ("beginner",)),
        ({"levels": {"advanced": {}}}, ("advanced",)),
        ({"levels": {"advanced": {"label": "Hard", "same_as": "introductory"}}}, ("advanced", "same_as")),
        ({"levels": {"hard": {"label": "Hard", "same_as": "advancd"}}}, ("hard", "same_as")),
        ({"levels": {"hard": {"label": "Hard", "summary": "No"}}}, ("hard", "summary")),
        ({"paces": {"slow": {"label": "Slow", "icon": "clock"}}}, ("slow", "icon")),
        ({"paces": {"self-paced": {"hidden": True}, "scheduled": {"hidden": True}}}, ()),
        ({"levels": {"hard": "advanced"}}, ("hard",)),
        ({"levels": {f"level-{n}": f"Level {n}" for n in range(101)}}, ()),
        ({"support": {"parking": "Parking"}}, ()),
    ],
)  # fmt: skip
def test_each_mistake_is_found_at_its_key(vocabularies: dict[str, Any], key: Key) -> None:
    found = list(
        own_vocabulary_findings(settings(vocabularies=vocabularies).vocabularies, {"support": {"a": "A"}})
    )
    assert [finding.key for finding in found] == [("vocabularies", next(iter(vocabularies)), *key)]
    assert all(finding.code == "bad-declaration" for finding in found)


@pytest.mark.parametrize(
    "vocabularies",
    [
        {"levels": {"beginner": {"label": "Beginner", "same_as": "introductory"}, "introductory": {"hidden": True}}},
        {"delivery_modes": {"own": {"label": "Own", "summary": "Ours.", "icon": "clock"}, "online": {"order": 3}}},
        {"credential_types": {"badge": {"label": "Badge", "icon": "badge"}, "digital-badge": {"hidden": True}}},
        {"levels": {"advanced": {"hidden": True}, "top": "Advanced"}},
        {"levels": {"old": {"hidden": True}}},
    ],
)  # fmt: skip
def test_nothing_is_wrong(vocabularies: dict[str, Any]) -> None:
    assert not list(own_vocabulary_findings(settings(vocabularies=vocabularies).vocabularies, {}))
