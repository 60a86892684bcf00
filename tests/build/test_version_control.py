"""The warning that the folder for the cache is in Git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from credsite.build.version_control import state_folder_problems


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)


def is_told(site: Path) -> bool:
    return [problem.code for problem in state_folder_problems(site)] == ["cache-in-git"]


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("where", ["", "sub/site"])
def test_only_the_folder_of_this_site_is_meant(tmp_path: Path, where: str, version: str) -> None:
    git(tmp_path, "init", "-q")
    site = tmp_path / where
    for name in (
        ".credsite/cache.sqlite",
        "a/.credsite/x",
        ".circleci/config",
        ".credsite.txt",
        ".credsites/y",
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    assert not is_told(site)
    git(tmp_path, "add", f"{where or '.'}/a", f"{where or '.'}/.circleci", f"{where or '.'}/.credsites")
    git(tmp_path, "add", f"{where or '.'}/.credsite.txt")
    git(tmp_path, "update-index", "--index-version", "4" if version == "4" else "2")
    assert not is_told(site)
    git(tmp_path, "add", *(["-N"] if version == "3" else []), f"{where or '.'}/.credsite")
    assert (tmp_path / ".git/index").read_bytes()[7] == int(version)
    assert is_told(site)


def test_a_worktree(tmp_path: Path) -> None:
    main = tmp_path / "main"
    (main / ".credsite").mkdir(parents=True)
    (main / ".credsite/x").touch()
    git(main, "init", "-q")
    git(main, "add", ".credsite")
    git(main, "-c", "user.name=a", "-c", "user.email=a@b.test", "commit", "-qm", "all")
    git(main, "worktree", "add", "-q", str(tmp_path / "tree"))
    assert is_told(tmp_path / "tree")
    git(main, "rm", "-rq", "--cached", ".credsite")
    assert not is_told(main)


@pytest.mark.parametrize(
    "index", [b"", b"DIRC", b"DIRC\0\0\0\4\0\0\0\x09", b"DIRC\0\0\0\4\0\0\0\1" + b"\xff" * 90]
)
def test_a_damaged_index_says_nothing(tmp_path: Path, index: bytes) -> None:
    (tmp_path / ".credsite").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/index").write_bytes(index)
    assert not is_told(tmp_path)
