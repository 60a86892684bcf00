"""`credsite schema`: a schema for whoever asks, and the files of an editor kept up to date."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from credsite.schema.models import MODELS
from tests.authoring.editors.test_vscode import data
from tests.support.cli import Run


@pytest.mark.parametrize("kind", [*map(str, MODELS), "settings"])
def test_every_kind_has_a_schema(tmp_path: Path, run: Run, kind: str) -> None:
    result = run("schema", kind, "--site", tmp_path)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["type"] == "object"


def test_the_ids_of_a_site_are_offered(site: Path, run: Run) -> None:
    found = json.loads(run("schema", "story", "--site", site).stdout)["properties"]["courses"]
    assert "first-aid-at-work" in found["anyOf"][0]["items"]["anyOf"][0]["enum"]


def test_files_are_renewed_with_the_ids_of_today(site: Path, run: Run) -> None:
    assert "Wrote 13 files" in run("schema", "--write", "--site", site).stdout
    assert "up to date" in run("schema", "--write", "--site", site).stdout
    run("new", "provider", "Another college", "--site", site)
    (site / ".vscode/tasks.json").write_text("{}")
    result = run("schema", "--write", "--site", site)
    assert ".vscode/tasks.json has been changed since credsite wrote it" in result.stdout
    assert (site / ".vscode/tasks.json").read_text() == "{}"
    for name in ("schemas/course.json", "credsite.code-snippets"):
        assert "another-college" in (site / ".vscode" / name).read_text()


@pytest.mark.parametrize("arguments", [(), ("course", "--write"), ("cours",)])
def test_wrong_use_is_said(site: Path, run: Run, arguments: tuple[str, ...]) -> None:
    assert run("schema", *arguments, "--site", site).exit_code == 2


def test_only_a_site_gets_files(tmp_path: Path, run: Run) -> None:
    result = run("schema", "--write", "--site", tmp_path)
    assert result.exit_code == 2
    assert "There is no credsite.yaml" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_task_finds_the_places_of_problems(
    broken_site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = data("tasks.json")["tasks"][0]
    pattern = task["problemMatcher"]["pattern"]
    program, *words = task["command"].split()
    assert program == "credsite"
    monkeypatch.chdir(broken_site)
    (line,) = run(*words).stdout.splitlines()
    found = re.search(pattern["regexp"], line)
    assert found is not None
    told = {name: found[at] for name, at in pattern.items() if name != "regexp"}
    assert told.pop("message").startswith("`ordr` is not a key")
    assert told == {
        "severity": "error",
        "file": "content/pages/about.md",
        "line": "4",
        "column": "1",
        "code": "unknown-key",
    }
