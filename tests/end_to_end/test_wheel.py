"""The wheel works without the repository: it contains the theme, the starter site, workflows and the page of the report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import REPOSITORY


def run(*arguments: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=180,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which only the wheel is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = ("pip", "--disable-pip-version-check", "--quiet")
    run(
        *pip,
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(REPOSITORY),
        cwd=folder,
    )
    (wheel,) = folder.glob("credsite-*.whl")
    run(*pip, "install", "--no-deps", "--target", str(folder / "installed"), str(wheel), cwd=folder)
    return folder / "installed"


def test_installed_credsite_makes_and_builds_a_site(installed: Path, tmp_path: Path) -> None:
    def credsite(*arguments: str) -> str:
        return run("credsite", *arguments, cwd=tmp_path, PYTHONPATH=str(installed))

    where = subprocess.run(
        [sys.executable, "-c", "import credsite; print(credsite.__file__)"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
    ).stdout
    assert Path(where.strip()).is_relative_to(installed)
    credsite("init", "site", "--host", "netlify", "--install-from", "credsite==1.0")
    assert (tmp_path / "site/.github/workflows/website.yaml").is_file()
    assert "2 warnings in 1 file" in credsite("check", "site")
    assert "Built" in credsite("build", "site")
    home = (tmp_path / "site" / "public" / "index.html").read_text(encoding="utf-8")
    (stylesheet,) = (tmp_path / "site" / "public" / "assets").glob("site.*.css")
    assert stylesheet.name in home
    assert "The report is in report.html" in credsite("report", "site")


def test_wheel_brings_no_tests_and_no_sample(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if path.is_dir()} - {"bin", "__pycache__"} == {
        "credsite",
        next(path.name for path in installed.glob("*.dist-info")),
    }
