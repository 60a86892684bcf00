"""`credsite host`: what publishes a site is written, again when it is out of date, and never over anything of somebody else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from credsite.authoring.hosting import requirements
from credsite.cli import main, new_values
from credsite.schema.config_file import load_config
from tests.support.cli import Run

RELEASE = ("--install-from", "credsite==1.2.0")
WORKFLOW = ".github/workflows/website.yaml"


@pytest.fixture(autouse=True)
def of_unknown_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    """credsite may be installed from a commit of a repository where the tests run."""
    monkeypatch.setattr(requirements, "installed_from", lambda: "")


def host_of(site: Path) -> str | None:
    config, _ = load_config(site)
    assert config is not None
    return config.host


def test_a_site_is_prepared_for_a_host(site: Path, run: Run) -> None:
    before = (site / "credsite.yaml").read_text()
    result = run("host", "netlify", "--site", site, *RELEASE)
    assert result.exit_code == 0
    assert host_of(site) == "netlify"
    changed = (site / "credsite.yaml").read_text()
    assert changed.replace("host: netlify\n", "", 1) == before
    assert "deploy --prod" in (site / WORKFLOW).read_text()
    assert (site / "requirements.txt").read_text().endswith("\ncredsite==1.2.0\n")
    assert "NETLIFY_AUTH_TOKEN" in result.stdout
    assert "base_url" in result.stdout  # which is an example's
    assert run("build", site).exit_code == 0
    assert (site / "public/_headers").is_file()


def test_a_second_time_nothing_is_asked_and_nothing_written(site: Path, run: Run) -> None:
    run("host", "nginx", "--site", site, *RELEASE)
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    result = run("host", "--site", site)
    assert result.exit_code == 0
    assert "Wrote" not in result.stdout
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before
    assert run("host", "--check", "--site", site).exit_code == 0


def test_its_own_files_follow_the_settings_and_the_host(site: Path, run: Run) -> None:
    run("host", "nginx", "--site", site, *RELEASE)
    settings = site / "credsite.yaml"
    settings.write_text(settings.read_text().replace("timezone: UTC", "timezone: Europe/Paris"))
    check = run("host", "--check", "--site", site)
    assert check.exit_code == 1
    assert f"{WORKFLOW} does not fit the settings any more" in check.stdout
    assert run("host", "--site", site).stdout.startswith("Wrote ")
    assert "Europe/Paris" in (site / WORKFLOW).read_text()
    run("host", "vercel", "--site", site, "--install-from", "credsite==1.3.0")
    assert host_of(site) == "vercel"
    assert "vercel@" in (site / WORKFLOW).read_text()
    assert "credsite==1.3.0" in (site / "requirements.txt").read_text()
    moved = run("host", "gitlab-pages", "--site", site)
    assert f"Delete {WORKFLOW}" in moved.stdout
    assert (site / ".gitlab-ci.yml").is_file()


def test_files_of_somebody_else_are_left_alone(site: Path, run: Run) -> None:
    (site / ".github/workflows").mkdir(parents=True)
    (site / WORKFLOW).write_text("name: Ours\n")
    (site / "requirements.txt").write_text("black==1.0\n")
    result = run("host", "s3", "--site", site, *RELEASE)
    assert result.exit_code == 0
    assert (site / WORKFLOW).read_text() == "name: Ours\n"
    assert (site / "requirements.txt").read_text() == "black==1.0\n"
    assert f"{WORKFLOW} is a file of your own" in result.stdout
    assert "Write this line into it: credsite==1.2.0" in result.stdout


def test_a_file_that_somebody_has_changed_is_not_out_of_date(site: Path, run: Run) -> None:
    run("host", "s3", "--site", site, *RELEASE)
    (site / WORKFLOW).write_text((site / WORKFLOW).read_text().replace("60", "90"))
    assert run("host", "--check", "--site", site).exit_code == 0
    assert "90" in (site / WORKFLOW).read_text()


def test_a_workflow_stands_at_the_top_of_the_repository(site: Path, run: Run) -> None:
    top = site.parent
    subprocess.run(["git", "init", "-q", top], check=True)
    run("host", "apache", "--site", site, *RELEASE)
    assert not (site / WORKFLOW).exists()
    assert f"working-directory: {site.name}\n" in (top / WORKFLOW).read_text()
    assert (site / "requirements.txt").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["netlify"], "Say it with --install-from"),
        (["netlify", "--install-from", "credsite"], "names no release"),
        (["netlify", "--install-from", "credsite-1.0-py3-none-any.whl"], "There is no file"),
        (["netlfy", *RELEASE], "is not one of"),
        ([*RELEASE], "Name the host"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(
    site: Path, run: Run, arguments: list[str], said: str
) -> None:
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    result = run("host", *arguments, "--site", site)
    assert result.exit_code == 2
    assert said in result.stderr
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


def test_settings_in_another_form_are_left_to_the_editor(tmp_path: Path, run: Run) -> None:
    settings = tmp_path / "credsite.yaml"
    settings.write_text("title: A\nbase_url: >-\n  https://a.test/\n")
    result = run("host", "nginx", "--site", tmp_path, *RELEASE)
    assert result.exit_code == 2
    assert "Write `host: nginx` into credsite.yaml yourself" in result.stderr
    assert settings.read_text() == "title: A\nbase_url: >-\n  https://a.test/\n"


def test_a_new_site_can_have_a_host(tmp_path: Path, run: Run) -> None:
    result = run("init", tmp_path / "new", "--host", "github-pages", *RELEASE)
    assert result.exit_code == 0
    assert host_of(tmp_path / "new") == "github-pages"
    assert (tmp_path / "new" / WORKFLOW).is_file()
    for wrong in (["--host", "github-pages"], ["--host", "s3", "--install-from", "x"], [*RELEASE]):
        assert run("init", tmp_path / "other", *wrong).exit_code == 2
        assert not (tmp_path / "other").exists()


def test_on_a_terminal_it_asks_from_where_to_install(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_values, "can_ask", lambda: True)
    arguments = ["host", "nginx", "--site", str(site)]
    result = CliRunner().invoke(main, arguments, input="credsite==1.4.0\n", catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "credsite==1.4.0" in (site / "requirements.txt").read_text()


def test_the_workflow_installs_what_runs_here_where_that_is_known(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = f"git+https://git.test/credsite@{'0' * 40}"
    monkeypatch.setattr(requirements, "installed_from", lambda: commit)
    assert run("host", "nginx", "--site", site).exit_code == 0
    assert (site / "requirements.txt").read_text().endswith(f"\ncredsite @ {commit}\n")
