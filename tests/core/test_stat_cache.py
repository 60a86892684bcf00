from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from credsite.core.stat_cache import StatCache

SECOND = 1_000_000_000


def later() -> int:
    return time.time_ns() + 60 * SECOND


def now() -> int:
    return time.time_ns()


@pytest.fixture
def status(tmp_path: Path) -> os.stat_result:
    (tmp_path / "file").write_bytes(b"a")
    return (tmp_path / "file").stat()


def other_status(tmp_path: Path) -> os.stat_result:
    (tmp_path / "other").write_bytes(b"a")
    return (tmp_path / "other").stat()


def test_a_digest_is_known_as_long_as_the_status_is_the_same(tmp_path: Path, status: os.stat_result) -> None:
    stats = StatCache()
    assert stats.get("a", status) is None
    stats.record("a", status, "1f")
    assert stats.get("a", status) == "1f"
    assert stats.get("b", status) is None
    assert stats.get("a", other_status(tmp_path)) is None
    assert stats.is_verified("a", status, "1f")
    assert not stats.is_verified("a", status, "2f")


def test_a_young_file_is_not_remembered(status: os.stat_result) -> None:
    stats = StatCache(now)
    stats.record("a", status, "1f")
    stats.record_if_settled("a", status, "2f")
    assert stats.get("a", status) is None
    stats = StatCache(later)
    stats.record_if_settled("a", status, "2f")
    assert stats.get("a", status) == "2f"


def test_what_is_saved_is_there_again(tmp_path: Path, status: os.stat_result) -> None:
    stats = StatCache(later)
    stats.record("a", status, "1f")
    stats.record("b", status, "2f")
    stats.retain({"a"})
    stats.save(tmp_path / "saved")
    again = StatCache.load(tmp_path / "saved")
    assert (again.get("a", status), again.get("b", status), again.newly_verified) == ("1f", None, {})


def test_a_young_file_is_not_saved(tmp_path: Path, status: os.stat_result) -> None:
    stats = StatCache(now)
    stats.record("a", status, "1f")
    stats.save(tmp_path / "saved")
    assert StatCache.load(tmp_path / "saved").get("a", status) is None
