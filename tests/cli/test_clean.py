"""`credsite clean`: what credsite made goes, and nothing else does."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.support.cli import Run


def test_the_website_and_the_state_folder_are_removed(site: Path, run: Run) -> None:
    sources = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    run("build", site)
    (site / "public/courses/mine.txt").write_text("mine")
    (site / ".credsite/preview").mkdir(parents=True)
    (site / ".credsite/preview/index.html").write_text("a page")
    result = run("clean", site)
    assert result.exit_code == 0
    website, own = result.stdout.splitlines()
    assert website.endswith(f" files from {os.path.relpath(site / 'public')}.")
    assert own == f"Removed {os.path.relpath(site / '.credsite')}."
    assert (site / "public/courses/mine.txt").read_text() == "mine"
    assert not (site / ".credsite").exists()
    (site / "public/courses/mine.txt").unlink()
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == sources


def test_nothing_to_remove(site: Path, run: Run) -> None:
    result = run("clean", site)
    assert (result.exit_code, result.stdout) == (0, "There was nothing to remove.\n")
    assert not (site / "public").exists()


def test_a_folder_that_credsite_did_not_fill_is_left_alone(site: Path, run: Run) -> None:
    (site / "public").mkdir()
    (site / "public/index.html").write_text("mine")
    assert run("clean", site).stdout == "There was nothing to remove.\n"
    assert [path.name for path in (site / "public").iterdir()] == ["index.html"]


def test_another_output_folder(site: Path, run: Run, tmp_path: Path) -> None:
    output = tmp_path / "elsewhere"
    run("build", site, "--output", output)
    run("build", site)
    assert run("clean", site, "--output", output).exit_code == 0
    assert list(output.iterdir()) == []
    assert (site / "public/index.html").is_file()


def test_a_broken_site_can_be_cleaned(site: Path, run: Run) -> None:
    run("build", site)
    (site / "credsite.yaml").write_text("nonsense: [")
    assert run("clean", site).exit_code == 0
    assert not (site / "public/index.html").exists()


def test_a_folder_that_is_no_site(tmp_path: Path, run: Run) -> None:
    (tmp_path / ".credsite").mkdir()
    assert run("clean", tmp_path).exit_code == 2
    assert (tmp_path / ".credsite").is_dir()
    assert run("clean", tmp_path / "nowhere").exit_code == 2


def test_a_symbolic_link_in_place_of_the_state_folder_is_not_followed(
    site: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/mine.txt").write_text("mine")
    (site / ".credsite").symlink_to(tmp_path / "elsewhere")
    result = run("clean", site)
    assert result.exit_code == 2
    assert "left alone" in result.stderr
    assert (tmp_path / "elsewhere/mine.txt").is_file()


def test_what_was_changed_by_hand_is_left_and_told_of(site: Path, run: Run) -> None:
    (site / "static").mkdir(exist_ok=True)
    (site / "static/CNAME").write_text("old.example")
    run("build", site)
    (site / "public/CNAME").write_text("new.example")
    result = run("build", site)
    assert result.exit_code == 0
    assert "`CNAME` was changed" in result.stderr
    assert (site / "public/CNAME").read_text() == "old.example"
    (site / "public/CNAME").write_text("new.example")
    result = run("clean", site)
    assert result.exit_code == 0
    assert "`CNAME`" in result.stdout
    assert (site / "public/CNAME").read_text() == "new.example"
    (site / "static/CNAME").unlink()
    for _ in range(2):
        assert run("build", site).exit_code == 0
        assert (site / "public/CNAME").read_text() == "new.example"
    for _ in range(2):
        result = run("clean", site)
        assert result.exit_code == 0
        assert "`CNAME`" in result.stdout
    (site / "public/CNAME").unlink()
    assert run("clean", site).exit_code == 0
    assert run("clean", site).stdout == "There was nothing to remove.\n"


def test_after_clean_a_changed_page_is_built_again(site: Path, run: Run) -> None:
    run("build", site)
    page = site / "public/index.html"
    built = page.read_bytes()
    page.write_text("changed")
    run("clean", site)
    result = run("build", site)
    assert result.exit_code == 0
    assert "`index.html` was changed" in result.stderr
    assert page.read_bytes() == built


def test_a_file_that_a_build_does_not_need_any_more_is_left_if_it_was_changed(site: Path, run: Run) -> None:
    (site / "static").mkdir(exist_ok=True)
    for name in ("CNAME", "gone.txt"):
        (site / "static" / name).write_text("old.example")
    run("build", site)
    (site / "public/CNAME").write_text("new.example")
    for name in ("CNAME", "gone.txt"):
        (site / "static" / name).unlink()
    result = run("build", site)
    assert result.exit_code == 0
    assert "`CNAME`" in result.stderr
    assert "gone.txt" not in result.stderr
    assert (site / "public/CNAME").read_text() == "new.example"
    assert not (site / "public/gone.txt").exists()


def test_a_website_that_cannot_be_looked_at_is_not_passed_over(
    site: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", site)
    lstat = os.lstat

    def refuse(path: str | Path, **options: int) -> os.stat_result:
        if "/public/" in str(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return lstat(path, **options)

    monkeypatch.setattr(os, "lstat", refuse)
    result = run("clean", site)
    assert result.exit_code == 2
    assert "cannot be read: Permission denied" in result.stderr
    assert (site / ".credsite").exists()
