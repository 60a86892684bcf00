"""`credsite cms`: the form in the site, and made anew when it is credsite's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from credsite.authoring.editors.sveltia import SCRIPT, Package, extract_files
from credsite.cli import cms
from tests.support.cli import Run
from tests.support.tools import form_packages

unpacked = cache(extract_files)  # which takes a while


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is downloaded: the packages that the test tools have."""
    found: list[str] = []
    packages = dict(zip((package.name for package in cms.PACKAGES), form_packages(), strict=True))

    def download(package: Package) -> bytes:
        found.append(package.name)
        return packages[package.name]

    monkeypatch.setattr(cms, "download", download)
    monkeypatch.setattr(cms, "extract_files", lambda packages: unpacked(tuple(packages)))
    return found


def test_a_form_is_made(site: Path, run: Run, downloads: list[str]) -> None:
    result = run("cms", site, "--repo", "our-college/courses", "--branch", "main")
    assert result.exit_code == 0
    assert "Wrote 6 files" in result.stdout
    assert len(downloads) == 2
    config = yaml.safe_load((site / "static/admin/config.yml").read_text())
    assert config["backend"] == {"name": "github", "repo": "our-college/courses", "branch": "main"}


def test_it_is_renewed_without_another_download(site: Path, run: Run, downloads: list[str]) -> None:
    run("cms", site)
    before = (site / "static/admin/config.yml").read_bytes()
    path = site / "content/courses/first-aid-at-work.md"
    path.write_text(path.read_text().replace("\nprice: ", "\nprice: {amount: 5}\n# "))
    result = run("cms", site)
    assert "Wrote 1 file" in result.stdout
    assert "The form does not show `price` of courses" in result.stdout
    assert (site / "static/admin/config.yml").read_bytes() != before
    assert len(downloads) == 2
    (site / "static/admin/config.yml").write_text("mine: true\n")
    result = run("cms", site)
    assert "static/admin/config.yml has been changed since credsite wrote it" in result.stdout
    assert (site / "static/admin/config.yml").read_text() == "mine: true\n"


def test_a_script_of_somebody_else_is_left(site: Path, run: Run, downloads: list[str]) -> None:
    (site / "static/admin").mkdir(parents=True)
    (site / "static/admin" / SCRIPT).write_text("mine")
    assert "The form may not work with that script." in run("cms", site).stdout
    assert (site / "static/admin" / SCRIPT).read_text() == "mine"


def test_packages_may_come_from_files(site: Path, run: Run, downloads: list[str], tmp_path: Path) -> None:
    names = []
    for number, data in enumerate(form_packages()):
        (tmp_path / f"{number}.tgz").write_bytes(data)
        names += ["--package", str(tmp_path / f"{number}.tgz")]
    assert run("cms", site, *names[:2]).exit_code == 2
    assert not (site / "static").exists()
    assert run("cms", site, *names).exit_code == 0
    assert downloads == []


@pytest.mark.parametrize(
    "arguments", [("--repo", "courses"), ("--host", "git.example"), ("--backend", "svn")]
)
def test_wrong_use_makes_nothing(
    site: Path, run: Run, downloads: list[str], arguments: tuple[str, str]
) -> None:
    assert run("cms", site, *arguments).exit_code == 2
    assert not (site / "static").exists()
    assert downloads == []
