"""`credsite init`: a whole small site, and nothing overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from tests.support.cli import Run
from tests.support.paths import STARTER

EXAMPLE_ADDRESSES = [("base-url-example", "warning", 13), ("base-url-example", "warning", 25)]


def problems(run: Run, folder: Path, *options: str) -> list[tuple[str, str, int]]:
    found = json.loads(run("check", folder, "--format", "json", *options).stdout)["problems"]
    return [(one["code"], one["severity"], one["line"]) for one in found]


def test_a_new_site_builds_but_is_asked_for_addresses_of_its_own(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "deep" / "my catalogue"
    result = run("init", folder)
    assert result.exit_code == 0
    assert "credsite serve" in result.stdout
    assert '"' in next(line for line in result.stdout.splitlines() if " cd " in line)
    assert problems(run, folder) == EXAMPLE_ADDRESSES
    assert run("build", folder, "--strict").exit_code == 1
    assert not (folder / "public").exists()
    assert run("build", folder).exit_code == 0
    assert (folder / "public/courses/first-aid-at-work/index.html").is_file()


def test_a_new_site_with_addresses_of_its_own_has_no_problems(tmp_path: Path, run: Run) -> None:
    run("init", tmp_path)
    settings = tmp_path / "credsite.yaml"
    settings.write_text(settings.read_text().replace("courses.example", "courses.test"))
    assert run("check", tmp_path, "--strict").stdout == "No problems.\n"


def test_the_next_steps_call_a_program_that_the_shell_does_not_find_by_its_path(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", [str(tmp_path / "env/bin/credsite")])
    monkeypatch.setenv("PATH", "")
    said = run("init", tmp_path / "site").stdout
    assert f"{Path('../env/bin/credsite')} check" in said
    assert "  credsite check" not in said


@pytest.mark.parametrize("now", ["2026-11-23", "2029-01-01", "2040-01-01"])
def test_a_new_site_does_not_age(tmp_path: Path, run: Run, now: str) -> None:
    run("init", tmp_path / "site")
    assert problems(run, tmp_path / "site", "--now", now) == EXAMPLE_ADDRESSES


def test_a_new_site_has_an_example_of_everything(tmp_path: Path, run: Run) -> None:
    run("init", tmp_path)
    catalogue = analyse(Options(tmp_path)).catalogue
    assert catalogue is not None
    kinds = ("providers", "industries", "courses", "stories", "pathways", "pages")
    assert [len(getattr(catalogue, kind)) for kind in kinds] == [1, 2, 3, 1, 1, 2]
    assert catalogue.unpublished == ()
    ignored = (tmp_path / ".gitignore").read_text().split()
    assert {"/public/", "/.credsite/"} <= set(ignored)
    assert not (tmp_path / "gitignore").exists()


def test_other_files_may_be_there_already(tmp_path: Path, run: Run) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "notes.txt").write_text("mine")
    assert run("init", tmp_path).exit_code == 0
    assert (tmp_path / "content" / "notes.txt").read_text() == "mine"
    assert (tmp_path / "content" / "courses").is_dir()


@pytest.mark.parametrize("name", [".gitignore", "credsite.yaml", "content/pages/about.md"])
def test_nothing_is_overwritten(tmp_path: Path, run: Run, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    result = run("init", tmp_path)
    assert result.exit_code == 2
    assert name in result.stderr
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / name).read_text() == "mine"


def test_a_broken_link_counts_as_a_file(tmp_path: Path, run: Run) -> None:
    (tmp_path / "credsite.yaml").symlink_to(tmp_path / "nowhere")
    assert run("init", tmp_path).exit_code == 2
    assert not (tmp_path / "nowhere").exists()


def test_a_file_or_a_link_where_a_folder_is_needed(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    assert run("init", file).exit_code == 2
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    (tmp_path / "one/content").write_text("mine")
    assert run("init", tmp_path / "one").exit_code == 2
    assert not (tmp_path / "one/credsite.yaml").exists()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "two/content").symlink_to(tmp_path / "elsewhere")
    assert run("init", tmp_path / "two").exit_code == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_editor_finds_what_it_needs(tmp_path: Path, run: Run) -> None:
    run("init", tmp_path)
    provider = json.loads((tmp_path / ".vscode/schemas/course.json").read_text())["properties"]["provider"]
    assert {"enum": ["example-college"]} in provider["anyOf"]
    assert "up to date" in run("schema", "--write", "--site", tmp_path).stdout


def test_settings_of_an_editor_are_left_alone(tmp_path: Path, run: Run) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode/settings.json").write_text("{}")
    result = run("init", tmp_path)
    assert result.exit_code == 0
    assert ".vscode/settings.json already existed" in result.stdout
    assert (tmp_path / ".vscode/settings.json").read_text() == "{}"
    assert (tmp_path / ".vscode/tasks.json").is_file()


def test_it_needs_a_folder(run: Run) -> None:
    result = run("init")
    assert result.exit_code == 2
    assert "DIR" in result.stderr


def test_no_file_of_the_starter_is_hidden_from_a_repository() -> None:
    assert all(
        not part.startswith(".") for path in STARTER.rglob("*") for part in path.relative_to(STARTER).parts
    )
