"""What all commands share: help, versions, and words instead of tracebacks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from credsite import __version__
from tests.support.cli import Run

COMMANDS = ("build", "check", "serve", "new", "import", "export", "init", "clean")


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_the_commands_are_listed(run: Run, flag: str) -> None:
    result = run(flag)
    assert result.exit_code == 0
    for command in COMMANDS:
        assert f"\n  {command} " in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: main {command} ")
    assert "--help" in result.stdout


def test_the_version(run: Run) -> None:
    assert run("--version").stdout == f"credsite, version {__version__}\n"


def test_a_misspelt_command_gets_a_suggestion(run: Run) -> None:
    result = run("buidl")
    assert result.exit_code == 2
    assert "Did you mean `build`?" in result.stderr


@pytest.mark.parametrize("command", ["build", "check", "serve", "clean"])
def test_a_folder_that_is_no_site_is_wrong_use(run: Run, tmp_path: Path, command: str) -> None:
    result = run(command, tmp_path)
    assert result.exit_code == 2
    assert "There is no credsite.yaml" in result.stderr
    assert "credsite init" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["build", "check", "serve"])
def test_a_date_must_be_valid(run: Run, site: Path, command: str) -> None:
    result = run(command, site, "--now", "tomorrow")
    assert result.exit_code == 2
    assert "2027-01-31" in result.stderr


def test_no_command_but_serve_imports_a_web_server_and_none_loads_hooks_that_are_not_there(
    site: Path,
) -> None:
    script = (
        "import sys; from credsite.cli import main; main(['check', sys.argv[1]], standalone_mode=False)\n"
    )
    watch = "import atexit, sys; atexit.register(lambda: print(*sorted(sys.modules)))\n"
    done = subprocess.run(
        [sys.executable, "-c", watch + script, str(site)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    modules = set(done.stdout.split())
    assert "credsite.build.analysis" in modules
    assert modules.isdisjoint(
        {
            "starlette",
            "uvicorn",
            "watchdog",
            "credsite.serve.app",
            "credsite.serve.server",
            "pluggy",
            "credsite.hooks",
        }
    )


def test_explain_is_an_option_of_check(run: Run) -> None:
    result = run("explain", "bad-slug")
    assert result.exit_code == 2
    assert "Did you mean `credsite check --explain bad-slug`?" in result.output
