"""What credsite keeps in a site: for this computer alone, and of no effect where somebody else has written it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credsite.build.cache_file import CACHE_REBUILT
from credsite.build.options import Options
from credsite.build.pipeline import build, differences
from credsite.build.state_dir import state_folder
from credsite.core import user_cache
from credsite.core.hashing import digest
from credsite.core.serialization import json_bytes
from tests.support.small_site import small_site

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path)


@pytest.fixture
def as_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Another user, or another computer."""

    def change() -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other-caches"))
        monkeypatch.setattr(user_cache, "_key", user_cache._key.__wrapped__)

    return change


def test_the_folder_is_kept_out_of_version_control(site: Path) -> None:
    build(Options(site, now=NOW))
    lines = (site / ".credsite/.gitignore").read_text().splitlines()
    assert lines[-1] == "*"
    (site / ".credsite/.gitignore").write_text("mine")
    assert state_folder(site) == site / ".credsite"
    assert (site / ".credsite/.gitignore").read_text() == "mine"


def test_compiled_templates_are_not_in_the_site(site: Path) -> None:
    (site / ".credsite/templates").mkdir(parents=True)
    (site / ".credsite/templates/complete").write_text("of an earlier version")
    build(Options(site, now=NOW))
    assert not (site / ".credsite/templates").exists()


def test_old_templates_that_are_a_link_are_unlinked(site: Path, tmp_path: Path) -> None:
    (site / ".credsite").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").touch()
    (site / ".credsite/templates").symlink_to(tmp_path / "mine")
    build(Options(site, now=NOW))
    assert not (site / ".credsite/templates").is_symlink()
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["file"]


def test_a_cache_of_somebody_else_is_not_believed(
    site: Path, as_somebody_else: Callable[[], None], parsed: list[str]
) -> None:
    build(Options(site, now=NOW))
    parsed.clear()
    build(Options(site, output=site / "other", now=NOW))
    assert parsed == []
    as_somebody_else()
    result = build(Options(site, now=NOW))
    assert result.notice == CACHE_REBUILT
    assert len(parsed) == len([*(site / "content").rglob("*.md")])
    assert differences(NOW, Options(site, now=NOW)) == []
    parsed.clear()
    assert build(Options(site, now=NOW)).notice == ""
    assert parsed == []


PLANTED: dict[str, Callable[[Path, Path], object]] = {
    "a link": lambda path, other: (path.rename(other), path.symlink_to(other)),
    "a pipe": lambda path, _: (path.unlink(), os.mkfifo(path)),
    "an endless view": lambda path, _: endless_view(path),
    "a trigger": lambda path, _: execute(
        path, "CREATE TRIGGER t AFTER INSERT ON builds BEGIN DELETE FROM builds; END"
    ),
    "a link as journal": lambda path, other: (
        other.write_text("mine"),
        Path(f"{path}-journal").symlink_to(other),
    ),
    "a pipe as journal": lambda path, _: os.mkfifo(f"{path}-journal"),
    "a journal that names a file to delete": lambda path, other: journal_naming(path, other),
}


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def endless_view(path: Path) -> None:
    query = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x, x, x, x, x FROM c"
    execute(
        path, "DROP TABLE builds", f"CREATE VIEW builds(output, inputs, manifest, report, digest) AS {query}"
    )


def journal_naming(path: Path, other: Path) -> None:
    """A journal as SQLite writes it for several databases at once: it deletes the file that is named, when it is done."""
    other.write_text("mine")
    name = str(other).encode()
    size = path.stat().st_size // 4096
    header = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"".join(
        number.to_bytes(4, "big") for number in (0, 0, size, 512, 4096)
    )
    end = b"".join(number.to_bytes(4, "big") for number in (2**30 // 4096 + 1,)) + name
    end += len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    Path(f"{path}-journal").write_bytes(header.ljust(512, b"\0") + end)


@pytest.mark.parametrize("what", PLANTED)
def test_what_lies_in_the_place_of_the_cache_does_no_harm(site: Path, tmp_path: Path, what: str) -> None:
    build(Options(site, now=NOW))
    other = tmp_path / "other"
    PLANTED[what](site / ".credsite/cache.sqlite", other)
    before = other.read_bytes() if other.exists() else None
    result = build(Options(site, now=NOW))
    assert result.notice == CACHE_REBUILT
    assert (other.read_bytes() if other.exists() else None) == before
    assert build(Options(site, now=NOW)).notice == ""
    assert differences(NOW, Options(site, now=NOW)) == []


def test_without_a_folder_of_the_user_nothing_is_kept_and_the_website_is_the_same(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(user_cache, "_key", user_cache._key.__wrapped__)
    for _ in range(2):
        assert "could not be written" in build(Options(site, now=NOW)).notice
    assert differences(NOW, Options(site, now=NOW)) == []


@pytest.mark.parametrize("no_cache", [False, True])
def test_a_file_that_came_with_a_manifest_is_not_believed(site: Path, no_cache: bool) -> None:
    """Somebody else has changed files of the website, of one kind after the other, and has listed their digests in the manifest."""
    build(Options(site, now=NOW))
    manifest = site / "public/.credsite-manifest.json"
    for end in (".html", ".json", ".js", ".css", ".svg"):
        listed = json.loads(manifest.read_text())
        planted = [path for path in listed["files"] if path.endswith(end)]
        assert planted
        right = {path: (site / "public" / path).read_bytes() for path in planted}
        for path in planted:
            data = right[path][::-1]
            (site / "public" / path).write_bytes(data)
            listed["files"][path] |= {"digest": digest(data), "size": len(data)}
        manifest.write_bytes(json_bytes(listed) + b"\n")
        build(Options(site, now=NOW, no_cache=no_cache))
        assert {path: (site / "public" / path).read_bytes() for path in planted} == right
    assert differences(NOW, Options(site, now=NOW)) == []
