from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from credsite.build.output.disk import MANIFEST, TEMPORARY, Disk, OutputError
from credsite.build.output.journal import JOURNAL
from credsite.build.output.manifest import (
    ManifestEntry,
    manifest_bytes,
    read_manifest,
    save_manifest,
)
from credsite.build.output.notices import MANIFEST_DAMAGED
from tests.build.output.conftest import Build, content

GOOD = {"fingerprint": "f", "digest": "d", "size": 1}


def test_it_is_written_and_read(tmp_path: Path) -> None:
    files = {"b/ü.html": ManifestEntry("f", "d", 3), "a.html": ManifestEntry("", "", 0)}
    save_manifest(Disk(tmp_path), files)
    read = read_manifest(Disk(tmp_path))
    assert read.files == files
    assert not read.damaged


def test_it_is_sorted_and_holds_nothing_else(tmp_path: Path) -> None:
    one, two = ManifestEntry("f", "d", 3), ManifestEntry("g", "e", 4)
    assert manifest_bytes({"b": two, "a": one}, {}, ()) == manifest_bytes({"a": one, "b": two}, {}, ())
    assert json.loads(manifest_bytes({"a": one}, {}, ())) == {
        "version": 1,
        "files": {"a": {"fingerprint": "f", "digest": "d", "size": 3}},
    }


def test_where_there_is_none_nothing_is_damaged(tmp_path: Path) -> None:
    read = read_manifest(Disk(tmp_path))
    assert (read.files, read.damaged) == ({}, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"version":1,"files":{"a":{"finger',
        "\x00\xff",
        "[]",
        '{"version":2,"files":{}}',
        '{"version":1}',
        '{"version":1,"files":[]}',
        "[" * 100_000,
        *(
            json.dumps({"version": 1, "files": files})
            for files in (
                {"a": {**GOOD, "size": "1"}},
                {"a": {"fingerprint": "f"}},
                {"a": ["f", "d", 1]},
                {"../a": GOOD},
                {"/etc/passwd": GOOD},
                {"a/../../b": GOOD},
                {"": GOOD},
                {"a//b": GOOD},
                {"a\\b": GOOD},
                {"a\0b": GOOD},
                {".credsite.lock": GOOD},
            )
        ),
    ],
)
def test_a_damaged_one_lists_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="latin-1")
    read = read_manifest(Disk(tmp_path))
    assert (read.files, read.damaged) == ({}, True)


@pytest.mark.parametrize(
    "lists",
    [
        {"left": []},
        {"left": {"a": {}}},
        {"left": {"../a": GOOD}},
        {"left": {"a": GOOD}, "withdrawn": [["a"]]},
        {"left": {"a": GOOD}, "withdrawn": 1},
    ],
)
def test_damaged_lists_of_what_was_left(tmp_path: Path, lists: dict[str, object]) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps({"version": 1, "files": {}, **lists}))
    read = read_manifest(Disk(tmp_path))
    assert (read.files, read.left, read.withdrawn, read.damaged) == ({}, {}, frozenset(), True)


def test_what_was_left_is_read_as_it_was_saved(tmp_path: Path) -> None:
    one, two = ManifestEntry("p", "d", 1), ManifestEntry("q", "e", 2)
    digest = save_manifest(Disk(tmp_path), {"a": one}, {"b": two, "c": two}, {"c"})
    for trusted in ("", digest):
        read = read_manifest(Disk(tmp_path), trusted=trusted)
        assert (read.files, read.left, read.withdrawn) == ({"a": one}, {"b": two, "c": two}, {"c"})
        assert read.listed == {"a": one, "b": two, "c": two}


def test_after_damage_equal_files_are_own_again_and_nothing_is_pruned(out: Path, build: Build) -> None:
    build({"a.html": "a", "b.html": "b", "old.html": "old"})
    (out / MANIFEST).write_text('{"version": 1, "fil')
    rendered: list[str] = []
    summary = build({"a.html": "a", "b.html": "b", "c.html": "c"}, rendered)
    assert summary.notice == MANIFEST_DAMAGED
    assert (summary.written, summary.unchanged, summary.skipped, summary.pruned) == (1, 2, 0, 0)
    assert sorted(rendered) == ["a.html", "b.html", "c.html"]
    assert (out / "old.html").read_text() == "old"
    assert build({"a.html": "a"}).notice == ""
    assert set(content(out)) == {"a.html", "old.html", MANIFEST}


def test_after_damage_no_file_that_differs_is_overwritten(out: Path, build: Build) -> None:
    build({"a.html": "a", "b.html": "b", "c.html": "c"})
    (out / MANIFEST).write_text("")
    before = content(out)
    with pytest.raises(OutputError, match=r"a\.html\n  c\.html$"):
        build({"a.html": "new", "b.html": "b", "c.html": "new"})
    assert content(out) == before


def test_a_manifest_that_lists_foreign_paths_deletes_nothing(out: Path, site: Path, build: Build) -> None:
    build({"a.html": "a"})
    (site / "precious").write_text("x")
    data = json.loads((out / MANIFEST).read_text())
    data["files"]["../precious"] = data["files"]["a.html"]
    (out / MANIFEST).write_text(json.dumps(data))
    build({})
    assert (site / "precious").exists()


@pytest.mark.parametrize("name", [MANIFEST, JOURNAL])
def test_a_list_that_is_larger_than_any_is_not_read(out: Path, build: Build, name: str) -> None:
    build({"a.html": "a"})
    (out / TEMPORARY).mkdir()
    (out / name).touch()
    os.truncate(out / name, 10**13)  # which takes no room on the disk
    assert build({"a.html": "a"}).notice == (MANIFEST_DAMAGED if name == MANIFEST else "")
    assert content(out).keys() == {MANIFEST, "a.html"}


def test_a_page_that_is_larger_than_any_is_not_read(out: Path, build: Build) -> None:
    build({"a.html": "a"})
    os.truncate(out / "a.html", 10**13)
    listed = json.loads((out / MANIFEST).read_text())
    listed["files"]["a.html"]["size"] = 10**13
    (out / MANIFEST).write_text(json.dumps(listed))
    assert build({"a.html": "a"}).rewritten == ("a.html",)
    assert (out / "a.html").read_text() == "a"
