from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from credsite.build.output import disk
from credsite.build.output.disk import BlockedError
from credsite.build.output.manifest import verified_manifest
from credsite.core.stat_cache import StatCache, signature
from tests.build.output.conftest import Build

SECOND = 1_000_000_000


def later() -> int:
    return time.time_ns() + 60 * SECOND


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the pages whose bytes are read."""
    found: list[str] = []
    read = disk.Disk.read

    def counted(self: disk.Disk, path: str, *limit: int) -> bytes | None:
        if path.endswith(".html"):
            found.append(path)
        return read(self, path, *limit)

    monkeypatch.setattr(disk.Disk, "read", counted)
    return found


def test_a_file_that_was_seen_is_not_read_again(build: Build, tmp_path: Path, reads: list[str]) -> None:
    seen = StatCache(later)
    build({"a.html": "a", "b.html": "b"}, seen=seen)
    seen.save(tmp_path / "seen")
    assert build({"a.html": "a", "b.html": "b"}, seen=StatCache.load(tmp_path / "seen")).skipped == 2
    assert reads == []
    assert build({"a.html": "a", "b.html": "b"}).skipped == 2
    assert reads == ["a.html", "b.html"]


def test_a_file_that_was_read_is_remembered(build: Build, tmp_path: Path, reads: list[str]) -> None:
    build({"a.html": "a"})
    seen = StatCache(later)
    build({"a.html": "a"}, seen=seen)
    build({"a.html": "a"}, seen=seen)
    assert reads == ["a.html"]


def test_a_change_of_the_same_size_with_the_old_time_is_seen(out: Path, build: Build, tmp_path: Path) -> None:
    seen = StatCache(later)
    build({"a.html": "a"}, seen=seen)
    status = (out / "a.html").stat()
    time.sleep(0.02)  # so that the change falls into another tick of the system's clock
    (out / "a.html").write_text("x")
    os.utime(out / "a.html", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert build({"a.html": "a"}, seen=seen).written == 1
    assert (out / "a.html").read_text() == "a"


def test_a_file_put_in_its_place_is_seen(out: Path, build: Build, tmp_path: Path) -> None:
    seen = StatCache(later)
    build({"a.html": "a"}, seen=seen)
    (tmp_path / "other").write_text("x")
    (tmp_path / "other").replace(out / "a.html")
    assert build({"a.html": "a"}, seen=seen).written == 1


def test_young_files_are_not_saved(tmp_path: Path) -> None:
    status = tmp_path.stat()
    latest = max(status.st_mtime_ns, status.st_ctime_ns)
    for age, kept in ((0, False), (SECOND // 20, False), (3 * SECOND, True)):
        seen = StatCache(lambda now=latest + age: now)
        seen.record("a", signature(status), "d")
        seen.save(tmp_path / "seen")
        assert (StatCache.load(tmp_path / "seen").get("a", signature(status)) == "d") is kept


def test_files_that_are_gone_are_forgotten(build: Build, out: Path) -> None:
    seen = StatCache(later)
    build({"a.html": "a", "b.html": "b"}, seen=seen)
    status = (out / "b.html").stat()
    build({"a.html": "a"}, seen=seen)
    assert seen.get("a.html", signature((out / "a.html").stat()))
    assert (seen._files | seen.newly_verified).keys() == {"a.html"}
    assert seen.get("b.html", signature(status)) is None


def test_a_damaged_memory_is_empty(tmp_path: Path) -> None:
    seen = StatCache(later)
    seen.record("a", signature(tmp_path.stat()), "d")
    seen.save(tmp_path / "seen")
    data = (tmp_path / "seen").read_bytes()
    assert StatCache.load(tmp_path / "seen")._files.keys() == {"a"}
    head, _, rest = data.partition(b"\n")
    for damaged in (
        b"", b"{", b"[]", b"[]\n", b"2\n", b'{"version":1,"files":{}}', data[:-1], data[1:], data + b"x",
        data.replace(b'"a"', b'"b"'), head, rest, head[::-1] + b"\n" + rest,
    ):  # fmt: skip
        (tmp_path / "seen").write_bytes(damaged)
        assert StatCache.load(tmp_path / "seen")._files == {}
    assert StatCache.load(tmp_path / "missing")._files == {}


def test_only_what_is_new_is_news(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    status = (tmp_path / "file").stat()
    seen = StatCache(later)
    seen.record("a", signature(status), "d")
    seen.record("strange\x1dname", signature(status), "d")
    seen.save(tmp_path / "seen")
    again = StatCache.load(tmp_path / "seen")
    assert again.newly_verified == {}
    assert again.get("a", signature(status)) == "d"
    assert again.get("strange\x1dname", signature(status)) == "d"
    again.record("a", signature(status), "other")
    assert again.get("a", signature(status)) == "other"


def test_a_file_older_than_1970_or_with_a_long_number_is_known_too(tmp_path: Path) -> None:
    old, long = tmp_path / "old", tmp_path / "long"
    for file in (old, long):
        file.write_text("")
    os.utime(old, ns=(-5 * SECOND, -5 * SECOND))
    assert old.stat().st_mtime_ns < 0
    found = long.stat()
    times = {"st_mtime_ns": found.st_mtime_ns, "st_ctime_ns": found.st_ctime_ns}
    long_status = os.stat_result((found[0], 2**64, *found[2:]), times)
    seen = StatCache(later)
    seen.record("old", signature(old.stat()), "d")
    seen.record("long", signature(long_status), "d")
    seen.save(tmp_path / "seen")
    again = StatCache.load(tmp_path / "seen")
    assert again.get("old", signature(old.stat())) == "d"
    assert again.get("long", signature(long_status)) == "d"


@pytest.mark.parametrize("folder", ["a", "a/b"])
def test_a_folder_that_was_replaced_by_a_link_is_not_looked_into(
    build: Build, out: Path, tmp_path: Path, folder: str
) -> None:
    """Although the files that the link leads to are those of the website."""
    files = {"index.html": "home", "a/b/c.html": "c"}
    seen = StatCache(later)
    manifest = build(files, seen=seen).manifest
    assert verified_manifest(out, manifest, seen) is not None
    (out / folder).rename(tmp_path / "moved")
    (out / folder).symlink_to(tmp_path / "moved")
    assert verified_manifest(out, manifest, seen) is None
    with pytest.raises(BlockedError, match=f"  {folder}$"):
        build(files, seen=seen)
    (out / folder).unlink()
    assert verified_manifest(out, manifest, seen) is None
    (tmp_path / "moved").rename(out / folder)
    assert verified_manifest(out, manifest, seen) is not None
