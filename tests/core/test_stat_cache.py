from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from credsite.core import stat_cache
from credsite.core.hashing import digest
from credsite.core.regular_files import RefusedFileError
from credsite.core.stat_cache import Signature, StatCache, signature

SECOND = 1_000_000_000


def later() -> int:
    return time.time_ns() + 60 * SECOND


def now() -> int:
    return time.time_ns()


@pytest.fixture
def status(tmp_path: Path) -> Signature:
    (tmp_path / "file").write_bytes(b"a")
    return signature((tmp_path / "file").stat())


def other_status(tmp_path: Path) -> Signature:
    (tmp_path / "other").write_bytes(b"a")
    return signature((tmp_path / "other").stat())


def test_a_digest_is_known_as_long_as_the_status_is_the_same(tmp_path: Path, status: Signature) -> None:
    stats = StatCache()
    assert stats.get("a", status) is None
    stats.record("a", status, "1f")
    assert stats.get("a", status) == "1f"
    assert stats.get("b", status) is None
    assert stats.get("a", other_status(tmp_path)) is None


def test_a_young_file_is_not_remembered(status: Signature) -> None:
    stats = StatCache(now)
    stats.record("a", status, "1f")
    stats.record_if_settled("a", status, "2f")
    assert stats.get("a", status) is None
    stats = StatCache(later)
    stats.record_if_settled("a", status, "2f")
    assert stats.get("a", status) == "2f"


def test_what_is_saved_is_there_again(tmp_path: Path, status: Signature) -> None:
    stats = StatCache(later)
    stats.record("a", status, "1f")
    stats.record("b", status, "2f")
    stats.retain({"a"})
    stats.save(tmp_path / "saved")
    again = StatCache.load(tmp_path / "saved")
    assert (again.get("a", status), again.get("b", status), again.newly_verified) == ("1f", None, {})


def test_a_young_file_is_not_saved(tmp_path: Path, status: Signature) -> None:
    stats = StatCache(now)
    stats.record("a", status, "1f")
    stats.save(tmp_path / "saved")
    assert StatCache.load(tmp_path / "saved").get("a", status) is None


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").write_bytes(b"a")
    digests = StatCache(later)
    assert digests.file_digest(tmp_path, "a.jpg", 10) == digest(b"a")
    monkeypatch.setattr(stat_cache, "open_regular", None)
    assert digests.file_digest(tmp_path, "a.jpg", 10) == digest(b"a")


def test_a_young_file_is_read_each_time(tmp_path: Path) -> None:
    digests = StatCache()
    for data in (b"a", b"b", b"a"):
        (tmp_path / "a.jpg").write_bytes(data)
        assert digests.file_digest(tmp_path, "a.jpg", 10) == digest(data)


def test_digests_are_there_again_after_saving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").write_bytes(b"a")
    digests = StatCache(later)
    digests.file_digest(tmp_path, "a.jpg", 10)
    digests.save(tmp_path / "saved")
    monkeypatch.setattr(stat_cache, "open_regular", None)
    assert StatCache.load(tmp_path / "saved").file_digest(tmp_path, "a.jpg", 10) == digest(b"a")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        StatCache().file_digest(tmp_path, "a.jpg", 10)


def test_what_is_no_file_or_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "file").write_bytes(b"a" * 11)
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "file"):
        with pytest.raises(RefusedFileError):
            StatCache().file_digest(tmp_path, name, 10)
    assert StatCache().file_digest(tmp_path, "file", 11) == digest(b"a" * 11)


def test_a_file_that_is_exchanged_while_it_is_read_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"old")
    open_regular = stat_cache.open_regular

    def exchange_and_open(path: str) -> tuple[int, os.stat_result]:
        (tmp_path / "other").write_bytes(b"new")
        (tmp_path / "other").rename(path)
        return open_regular(path)

    monkeypatch.setattr(stat_cache, "open_regular", exchange_and_open)
    digests = StatCache(later)
    assert digests.file_digest(tmp_path, "file", 10) == digest(b"new")
    assert not digests.newly_verified
