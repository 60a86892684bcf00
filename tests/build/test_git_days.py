"""When files first came into Git, as far as its history is there."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from credsite.build.git_days import GitDays, git_days, git_head, path_key


def git(folder: Path, *arguments: str, day: str = "2026-01-01") -> None:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b.test", "GIT_COMMITTER_NAME": "A"}
    dates = {"GIT_AUTHOR_DATE": f"{day}T23:30:00-0400", "GIT_COMMITTER_DATE": "2026-12-01T00:00:00Z"}
    variables = {**os.environ, **who, "GIT_COMMITTER_EMAIL": "a@b.test", **dates}
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, env=variables)


def commit(folder: Path, path: str, text: str, day: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)
    git(folder, "add", path)
    git(folder, "commit", "-q", "-m", path, day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "site/content/courses/a.md", "one", "2026-01-05")
    commit(folder, "site/content/stories/café.md", "one", "2026-02-05")
    commit(folder, "site/content/courses/a.md", "two", "2026-03-05")
    return folder


DAYS = {
    path_key("content/courses/a.md"): date(2026, 1, 5),
    path_key("content/stories/café.md"): date(2026, 2, 5),
}


def test_the_first_commit_of_a_file_counts(repository: Path) -> None:
    site = repository / "site"
    (site / "content/courses/new.md").write_text("not yet")
    found = git_days(site, GitDays())
    assert found.days == DAYS
    assert found.head == git_head(site) != ""
    assert GitDays.from_bytes(found.to_bytes()) == found
    assert b"caf" not in found.to_bytes()  # which the cache holds


def test_git_is_asked_again_only_after_a_commit(repository: Path) -> None:
    site = repository / "site"
    known = GitDays(git_head(site), {"content/courses/b.md": date(2020, 1, 1)})
    assert git_days(site, known) is known
    commit(repository, "other.txt", "one", "2026-04-05")
    assert git_days(site, known).days == DAYS
    git(repository, "pack-refs", "--all")
    assert git_head(site) == git_days(site, known).head != ""


def test_a_worktree_has_the_whole_history(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", tmp_path / "tree")
    assert git_days(tmp_path / "tree/site", GitDays()).days == DAYS


def test_a_shallow_clone_says_nothing(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), "shallow")
    assert git_days(tmp_path / "shallow/site", GitDays()) == GitDays()
    git(tmp_path, "clone", "-q", repository.as_uri(), "whole")
    assert git_days(tmp_path / "whole/site", GitDays()).days == DAYS


def test_without_git_there_are_no_days(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert git_days(tmp_path, GitDays()) == GitDays()
    (tmp_path / ".git").write_text("gitdir: nowhere")
    assert git_days(tmp_path, GitDays()) == GitDays()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git_days(repository / "site", GitDays()) == GitDays(git_head(repository))


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b'{"head":1}'])
def test_damage_in_the_cache_is_no_history(data: bytes) -> None:
    assert GitDays.from_bytes(data) == GitDays()
