"""The changelog of a release is made of its fragments, and a release waits for all that belongs to it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import REPOSITORY
from tests.tools.release import unready, write_changelog


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What a release reads and writes, in a repository of its own."""
    root = tmp_path / "project"
    root.mkdir()
    for name in ("pyproject.toml", "CHANGELOG.md"):
        shutil.copyfile(REPOSITORY / name, root / name)
    shutil.copytree(REPOSITORY / "changelog.d", root / "changelog.d", ignore=shutil.ignore_patterns("*.*.md"))
    shutil.copyfile(REPOSITORY / "changelog.d/template.md.jinja", root / "changelog.d/template.md.jinja")
    (root / "docs").mkdir()
    (root / "docs/upgrading.md").write_text("# Upgrading\n\n## To 7.0.0\n\nNothing.\n")
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=root, check=True)
    commit(root)
    return root


def commit(root: Path) -> None:
    identity = ["-c", "user.name=Ann", "-c", "user.email=ann@college.test"]
    subprocess.run(["git", "add", "."], cwd=root, check=True)
    subprocess.run(["git", *identity, "commit", "--quiet", "--message=All"], cwd=root, check=True)


def test_fragments_become_the_section_of_the_version(project: Path) -> None:
    (project / "changelog.d/other.added.md").write_text("Something else\nin two lines.\n")
    (project / "changelog.d/fault.fixed.md").write_text("A fault.\n")
    (project / "changelog.d/a-thing.added.md").write_text("A thing.\n")
    commit(project)
    before = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    write_changelog(project, "7.0.0")
    text = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    section = text.partition("\n## 7.0.0 (")[2].partition(")\n")[2]
    assert section.startswith(
        "\n### Added\n\n- A thing.\n- Something else\n  in two lines.\n\n### Fixed\n\n- A fault.\n\n"
    )
    assert "Unreleased" not in text
    assert "\n\n\n" not in text
    assert set(before.splitlines()) - set(text.splitlines()) <= {"## Unreleased"}
    assert not list((project / "changelog.d").glob("*.*.md"))


def test_a_release_waits_for_what_belongs_to_it(project: Path) -> None:
    (project / "changelog.d/thing.added.md").write_text("A thing.\n")
    assert [fault.partition(":")[0].partition(" ")[0] for fault in unready(project, "7.0.0")] == [
        "CHANGELOG.md",
        "There",
    ]
    write_changelog(project, "7.0.0")
    commit(project)
    assert list(unready(project, "7.0.0")) == []
    assert [fault.partition(" ")[0] for fault in unready(project, "7.1.0")] == [
        "CHANGELOG.md",
        "docs/upgrading.md",
    ]
