"""`credsite build`: exit codes, options, and what is written where."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from credsite.cli import main
from credsite.content.discovery import SourceFile
from credsite.content.parser import ParsedFile, parse
from credsite.core import parallel
from tests.support.cli import Run
from tests.support.paths import REPOSITORY


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".credsite.lock"
    }


def test_a_good_site_is_built(run: Run, site: Path) -> None:
    result = run("build", site)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "(3 courses, 1 story, 1 pathway, 1 provider)" in result.stdout
    assert "<h1" in (site / "public/index.html").read_text()
    assert not (site / ".credsite/preview").exists()


def test_a_second_build_writes_nothing(run: Run, site: Path) -> None:
    run("build", site)
    before = files(site / "public")
    assert ": 0 files written, " in run("build", site).stdout
    assert files(site / "public") == before


def test_this_folder_is_built_if_none_is_given(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    result = run("build")
    assert result.exit_code == 0
    assert result.stdout.endswith("The website is in public. To look at it: credsite serve\n")
    assert (site / "public/index.html").is_file()


def test_an_error_stops_the_build_before_anything_is_written(run: Run, broken_site: Path) -> None:
    result = run("build", broken_site)
    assert result.exit_code == 1
    assert result.stderr.startswith("content/pages/about.md\n\n  error    4:1  unknown-key\n")
    assert "Nothing was written: 1 error." in result.stderr
    assert result.stdout == ""
    assert not (broken_site / "public").exists()


def test_an_error_leaves_an_older_website_as_it_is(run: Run, site: Path) -> None:
    run("build", site)
    before = files(site / "public")
    (site / "content/courses/new.md").write_text("nonsense")
    assert run("build", site).exit_code == 1
    assert files(site / "public") == before


def test_keep_going_leaves_broken_entries_out_and_says_so(run: Run, broken_site: Path) -> None:
    result = run("build", broken_site, "--keep-going")
    assert result.exit_code == 1
    assert "Left out because of errors: 1 entry\n  content/pages/about.md\n" in result.stdout
    assert not (broken_site / "public/about").exists()
    assert (broken_site / "public/courses/spreadsheets-for-beginners/index.html").is_file()


def test_keep_going_cannot_do_without_settings(run: Run, site: Path) -> None:
    (site / "credsite.yaml").write_text("title: Example\n")
    result = run("build", site, "--keep-going")
    assert result.exit_code == 1
    assert "`base_url` is missing" in result.stderr
    assert not (site / "public").exists()


def test_drafts_are_published_on_demand(run: Run, site: Path) -> None:
    course = site / "content/courses/reception-in-a-clinic.md"
    course.write_text(course.read_text().replace("\npace:", "\ndraft: true\npace:", 1))
    result = run("build", site)
    assert "content/courses/reception-in-a-clinic.md is a draft" in result.stdout
    assert not (site / "public/courses/reception-in-a-clinic").exists()
    result = run("build", site, "--drafts")
    assert result.exit_code == 0
    assert "Held back" not in result.stdout
    assert (site / "public/courses/reception-in-a-clinic/index.html").is_file()
    run("build", site)
    assert not (site / "public/courses/reception-in-a-clinic").exists()


def test_another_output_folder(run: Run, site: Path, tmp_path: Path) -> None:
    output = tmp_path / "deep" / "website"
    assert run("build", site, "--output", output).exit_code == 0
    assert (output / "index.html").is_file()
    assert not (site / "public").exists()


def test_a_folder_with_files_of_others_is_refused(run: Run, site: Path, tmp_path: Path) -> None:
    output = tmp_path / "documents"
    output.mkdir()
    (output / "thesis.txt").write_text("mine")
    result = run("build", site, "--output", output)
    assert result.exit_code == 2
    assert "thesis.txt" in result.stderr
    assert files(output) == {"thesis.txt": b"mine"}


def test_another_address(run: Run, site: Path) -> None:
    assert run("build", site, "--base-url", "https://elsewhere.example/below").exit_code == 0
    page = (site / "public/index.html").read_text()
    assert "https://elsewhere.example/below/" in page
    assert "courses.test/" not in page.replace("mailto:hello@courses.test", "")
    assert 'href="/below/courses/"' in page


@pytest.mark.parametrize("url", ["elsewhere", "ftp://elsewhere.example/", "https://elsewhere.example/?a=b"])
def test_an_invalid_address(run: Run, site: Path, url: str) -> None:
    result = run("build", site, "--base-url", url)
    assert result.exit_code == 2
    assert "is not the address of a site" in result.stderr
    assert not (site / "public").exists()


def test_quiet_is_silent_when_all_is_well(run: Run, site: Path) -> None:
    result = run("build", site, "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_quiet_still_prints_errors(run: Run, broken_site: Path) -> None:
    result = run("build", broken_site, "--quiet", "--keep-going")
    assert result.exit_code == 1
    assert "unknown-key" in result.stderr
    assert result.stdout == ""


def test_the_date_decides_what_is_shown(run: Run, site: Path) -> None:
    page = site / "content/pages/about.md"
    page.write_text(page.read_text().replace("\norder:", "\npublish_at: 2027-03-01\norder:", 1))
    result = run("build", site, "--now", "2027-02-28T23:59")
    assert "content/pages/about.md is published from 1 March 2027" in result.stdout
    assert "Next change: 1 March 2027, when content/pages/about.md appears." in result.stdout
    assert not (site / "public/about").exists()
    run("build", site, "--now", "2027-03-01")
    assert (site / "public/about/index.html").is_file()


def test_the_number_of_processes_makes_no_difference(run: Run, site: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        assert run("build", site, "-j", jobs, "-o", tmp_path / jobs, "--now", "2026-11-23").exit_code == 0
    assert files(tmp_path / "1") == files(tmp_path / "2")


def test_a_theme_that_is_missing_is_a_problem(run: Run, site: Path) -> None:
    settings = site / "credsite.yaml"
    settings.write_text(settings.read_text() + "theme: defualt\n")
    result = run("build", site)
    assert result.exit_code == 1
    assert "Did you mean `default`?" in result.stderr
    assert not (site / "public").exists()


@pytest.mark.parametrize("arguments", [("nowhere",), ("--jobs", "0"), ("--colour",)])
def test_wrong_use(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    monkeypatch.chdir(site)
    assert run("build", *arguments).exit_code == 2


def test_an_unexpected_error_is_a_sentence_and_its_traceback_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("credsite.cli.check.analyse", lambda *_arguments, **_options: 1 / 0)
    result = CliRunner().invoke(main, ["check", str(REPOSITORY)])
    assert result.exit_code == 3
    assert "Traceback" not in result.output
    assert "a fault of credsite itself" in result.output
    (kept,) = tmp_path.glob("credsite-*.txt")
    assert str(kept) in result.output
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_unexpected_error_at_a_file_is_a_problem_of_it(
    site: Path, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    def fail(data: bytes, source: SourceFile, *limits: Any) -> ParsedFile:
        return parse(data, source, *limits) if "clinic-office" not in source.path else 1 // 0  # type: ignore[return-value]

    monkeypatch.setattr("credsite.content.parser.parse", fail)
    monkeypatch.setitem(parallel.MIN_ITEMS, "fork", 1)
    result = CliRunner().invoke(main, ["build", str(site), "--jobs", jobs])
    assert result.exit_code == 1
    assert "2:1  internal-fault" in result.output
    assert "content/pathways/clinic-office.md" in result.output
    assert "ZeroDivisionError" in result.output


def test_a_process_that_dies_names_the_file(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(data: bytes, source: SourceFile, *limits: Any) -> ParsedFile:
        if "clinic-office" in source.path:
            os._exit(1)
        return parse(data, source, *limits)

    monkeypatch.setattr("credsite.content.parser.parse", die)
    monkeypatch.setitem(parallel.MIN_ITEMS, "fork", 1)
    result = CliRunner().invoke(main, ["build", str(site), "--jobs", "2"])
    assert result.exit_code == 2
    assert result.output.startswith(
        "credsite: A worker process was stopped while it worked on content/pathways/clinic-office.md. Try again"
    )
