"""The journal: which files a stopped build may have written, and that nobody else can claim files by it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from credsite.build.output.disk import LOCK, MANIFEST, Disk
from credsite.build.output.journal import JOURNAL, MARK, add_to_journal, read_journal
from credsite.build.output.manifest import PENDING, read_manifest


def test_it_is_written_and_grows(tmp_path: Path) -> None:
    assert read_journal(Disk(tmp_path)) == frozenset()
    add_to_journal(Disk(tmp_path), ["b", "a"], ())
    assert read_journal(Disk(tmp_path)) == {"a", "b"}
    add_to_journal(Disk(tmp_path), ["c"], {"a", "b"})
    assert read_journal(Disk(tmp_path)) == {"a", "b", "c"}
    before = (tmp_path / JOURNAL).stat().st_ino
    add_to_journal(Disk(tmp_path), ["c", "a"], {"a", "b", "c"})
    assert (tmp_path / JOURNAL).stat().st_ino == before


def test_nothing_to_note_leaves_nothing(tmp_path: Path) -> None:
    add_to_journal(Disk(tmp_path), [], ())
    assert list(tmp_path.iterdir()) == []


def test_what_it_names_is_listed_but_matches_nothing(tmp_path: Path) -> None:
    add_to_journal(Disk(tmp_path), ["a"], ())
    found = read_manifest(Disk(tmp_path))
    assert (found.files, found.unfinished, found.missing) == ({"a": PENDING}, {"a"}, True)


def test_a_copy_of_it_is_worth_nothing(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    add_to_journal(Disk(tmp_path / "one"), ["mine.txt"], ())
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    assert read_journal(Disk(tmp_path / "one")) == {"mine.txt"}
    assert read_journal(Disk(tmp_path / "other")) == frozenset()


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda _: b"{",
        lambda _: b"[]",
        lambda _: b"[" * 100_000,
        lambda data: data[:-3],
        lambda data: json.dumps({**json.loads(data), "mark": [1, 2]}).encode(),
        lambda data: json.dumps({**json.loads(data), "mark": []}).encode(),
        lambda data: json.dumps({**json.loads(data), "paths": [1]}).encode(),
        lambda data: json.dumps({**json.loads(data), "paths": {"a": 1}, "mark": None}).encode(),
    ],
)
def test_a_damaged_one_names_nothing(tmp_path: Path, change: object) -> None:
    add_to_journal(Disk(tmp_path), ["a"], ())
    data = (tmp_path / JOURNAL).read_bytes()
    assert callable(change)
    (tmp_path / JOURNAL).write_bytes(change(data))
    assert read_journal(Disk(tmp_path)) == frozenset()


def test_without_its_mark_it_names_nothing(tmp_path: Path) -> None:
    add_to_journal(Disk(tmp_path), ["a"], ())
    (tmp_path / MARK).unlink()
    assert read_journal(Disk(tmp_path)) == frozenset()
    (tmp_path / MARK).touch()
    assert read_journal(Disk(tmp_path)) == frozenset()


def test_paths_that_nothing_is_written_to_are_left_out(tmp_path: Path) -> None:
    add_to_journal(
        Disk(tmp_path), ["../a", "/b", ".git/config", "x/.git/y", MANIFEST, LOCK, "\ud800", "good"], ()
    )
    assert read_journal(Disk(tmp_path)) == {"good"}
