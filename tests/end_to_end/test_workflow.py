"""What a workflow keeps from run to run is enough for the next one: to be quick, and to take off what must not be published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from credsite.authoring.hosting.workflows import GITHUB_WORKFLOW, Workflow, workflow_files
from tests.support.cli import Run
from tests.support.edits import set_key
from tests.support.paths import SITES


def kept_paths(site: Path, home: Path) -> list[Path]:
    """The files and folders that the workflow for GitHub keeps."""
    files = workflow_files(Workflow("netlify", "/", "UTC"))
    steps = yaml.safe_load(files[GITHUB_WORKFLOW])["jobs"]["publish"]["steps"]
    (paths,) = (step["with"]["path"] for step in steps if "actions/cache@" in step.get("uses", ""))
    return [
        home / path.removeprefix("~/.cache/") if path.startswith("~") else site / path
        for path in paths.split()
    ]


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def test_a_story_is_taken_off_in_a_new_checkout_although_something_else_has_errors(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, home, kept = tmp_path / "site", tmp_path / "home", tmp_path / "kept"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    shutil.copytree(SITES / "good-minimal", site)
    assert run("build", site).exit_code == 0
    paths = kept_paths(site, home)
    kept.mkdir()
    for number, path in enumerate(paths):
        copy(path, kept / str(number))
    shutil.rmtree(site)
    shutil.rmtree(home)
    shutil.copytree(SITES / "good-minimal", site)
    (site / ".credsite").mkdir()
    for number, path in enumerate(paths):
        copy(kept / str(number), path)
    second = run("build", site)
    assert " 0 files written" in second.stdout
    set_key(site / "content/stories/amina.md", "consent", "{given: 2026-01-01, withdrawn: 2026-02-01}")
    set_key(site / "content/courses/first-aid.md", "levle", "advanced")
    third = run("build", site)
    assert third.exit_code == 1
    assert not (site / "public/stories/amina").exists()
    assert (site / "public/courses/first-aid/index.html").is_file()
