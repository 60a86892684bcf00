"""Entries beside the folder of content are told of, and what belongs there is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.content.misplaced import misplaced_problems


def found(root: Path) -> list[tuple[str, str]]:
    return [(problem.code, problem.location.path) for problem in misplaced_problems(root)]


def test_a_site_without_content(tmp_path: Path) -> None:
    (tmp_path / "Contents").mkdir()
    assert found(tmp_path) == [("no-content", "credsite.yaml")]


@pytest.mark.parametrize("data", [b"---\ntitle: A\n---\n", b"\xef\xbb\xbf---\r\ntitle: A\r\n"])
def test_an_entry_beside_the_content(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "baking bread.MD").write_bytes(data)
    assert found(tmp_path) == [("file-not-read", "baking bread.MD")]


def test_a_folder_of_entries_beside_the_content(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "courses").mkdir()
    assert found(tmp_path) == []
    (tmp_path / "courses/a.md").write_text("---\n")
    assert found(tmp_path) == [("file-not-read", "courses")]


def test_other_files_belong_there(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "README.md").write_text("# Our courses\n")
    (tmp_path / ".notes.md").write_text("---\ntitle: A\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("---\n")
    assert found(tmp_path) == []
