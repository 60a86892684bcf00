"""What has changed since a build that a browser names."""

from __future__ import annotations

import pytest

from credsite.serve import preview
from credsite.serve.preview import BuildHistory


def test_changes_of_several_builds_are_added_up() -> None:
    history = BuildHistory()
    first = history.build_id
    history.add({"a.json"})
    second = history.build_id
    history.add({"b.json"})
    assert history.changed_since(first) == {"a.json", "b.json"}
    assert history.changed_since(second) == {"b.json"}
    assert history.changed_since(history.build_id) == frozenset()


def test_builds_too_long_ago_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_MAX_BUILDS", 2)
    history = BuildHistory()
    first = history.build_id
    for _ in range(2):
        history.add({"a.json"})
    assert history.changed_since(first) == {"a.json"}
    history.add({"a.json"})
    assert history.changed_since(first) is None


def test_builds_of_another_process_are_unknown() -> None:
    assert BuildHistory().changed_since(BuildHistory().build_id) is None


@pytest.mark.parametrize("number", ["", "-1", "1e3", "²", "٣", "9" * 5000, "0-0"])
def test_what_is_no_number_of_a_build_is_unknown(number: str) -> None:
    history = BuildHistory()
    session = history.build_id.partition("-")[0]
    assert history.changed_since(f"{session}-{number}") is None
