from __future__ import annotations

import time
from pathlib import Path

import pytest

from credsite.content import file_digests
from credsite.content.file_digests import FileDigests
from credsite.core.hashing import digest
from credsite.core.stat_cache import StatCache


def later() -> int:
    return time.time_ns() + 60_000_000_000


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").write_bytes(b"a")
    digests = FileDigests(tmp_path, StatCache(later))
    assert digests.of("a.jpg") == digest(b"a")
    monkeypatch.setattr(file_digests, "file_digest", None)
    assert digests.of("a.jpg") == digest(b"a")


def test_a_young_file_is_read_each_time(tmp_path: Path) -> None:
    digests = FileDigests(tmp_path)
    for data in (b"a", b"b", b"a"):
        (tmp_path / "a.jpg").write_bytes(data)
        assert digests.of("a.jpg") == digest(data)


def test_digests_are_there_again_after_saving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").write_bytes(b"a")
    digests = FileDigests(tmp_path, StatCache(later))
    digests.of("a.jpg")
    digests.stats.save(tmp_path / "saved")
    monkeypatch.setattr(file_digests, "file_digest", None)
    assert FileDigests(tmp_path, StatCache.load(tmp_path / "saved")).of("a.jpg") == digest(b"a")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileDigests(tmp_path).of("a.jpg")
