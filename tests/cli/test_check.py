"""`credsite check`: everything that is wrong, on standard output, and nothing written."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.support.cli import Run

CREDSITE = Path(sysconfig.get_path("scripts"), "credsite")


def test_a_good_site(run: Run, site: Path) -> None:
    before = sorted(site.rglob("*"))
    result = run("check", site)
    assert (result.exit_code, result.stdout) == (0, "No problems.\n")
    assert sorted(site.rglob("*")) == before


def test_this_folder_is_checked_if_none_is_given(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    assert run("check").stdout == "No problems.\n"


def test_an_error_is_shown_with_its_location_and_a_suggestion(run: Run, broken_site: Path) -> None:
    result = run("check", broken_site)
    assert result.exit_code == 1
    assert (
        result.stdout
        == """\
content/pages/about.md

  error    4:1  unknown-key
    `ordr` is not a key that is known here. If it is a field of your own, declare it in
    credsite.yaml: `fields: {page: {ordr: text}}`. Did you mean `order`?
    It can be: title, summary, slug, aliases, image, draft, publish_at, expires_at,
    featured, order, menu, template.
     4 | ordr: 2
       | ^^^^

1 error in 1 file.
`credsite check --explain unknown-key` says more about a problem, with an example.
"""
    )


def test_all_problems_come_out_of_one_run(run: Run, broken_site: Path) -> None:
    (broken_site / "content/courses/one.md").write_text("no front matter")
    (broken_site / "content/courses/two.md").write_text("---\ntitle: Two\ncolour: red\n---\n")
    said = run("check", broken_site).stdout
    for code in ("unknown-key", "front-matter-missing", "missing-key"):
        assert f"  {code}\n" in said
    assert re.search(r"\n\d+ errors.* in 3 files\.\n", said)


def test_warnings_and_advice_are_no_failure(run: Run, site: Path) -> None:
    story = site / "content/stories/a-desk-of-her-own.md"
    story.write_text(story.read_text().replace("  given: 2026-05-12", "  given:"))
    course = site / "content/courses/first-aid-at-work.md"
    course.write_text(course.read_text().replace("duration: 2 days\n", ""))
    result = run("check", site)
    assert result.exit_code == 0
    assert "  story-held-back\n" in result.stdout
    assert "  missing-duration\n" in result.stdout
    assert re.search(r"\n\d+ warnings? and 1 piece of advice in \d files\.\n", result.stdout)


def test_the_date_can_be_chosen(run: Run, site: Path) -> None:
    story = site / "content/stories/a-desk-of-her-own.md"
    story.write_text(
        story.read_text().replace("  given: 2026-05-12", "  given: 2026-05-12\n  expires: 2027-05-12")
    )
    assert run("check", site, "--now", "2027-05-12T23:59").stdout == "No problems.\n"
    assert "story-held-back" in run("check", site, "--now", "2027-05-13").stdout


def test_broken_settings_are_problems_too(run: Run, site: Path) -> None:
    (site / "credsite.yaml").write_text("title: Example\nbase_url: nowhere\n")
    result = run("check", site)
    assert result.exit_code == 1
    assert "credsite.yaml\n\n  error    2:11  bad-url\n" in result.stdout
    assert "content/courses/first-aid-at-work.md\n\n  error    13:11  unknown-id\n" in result.stdout


@pytest.mark.parametrize("arguments", [("nowhere",), ("--jobs", "0"), ("--quiet",)])
def test_wrong_use(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    monkeypatch.chdir(site)
    assert run("check", *arguments).exit_code == 2


@pytest.mark.parametrize("command", ["check", "build"])
def test_there_are_no_control_codes_where_there_is_no_terminal(broken_site: Path, command: str) -> None:
    plain = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "NO_COLOR")}
    done = subprocess.run(
        [CREDSITE, command, broken_site],
        capture_output=True,
        check=False,
        timeout=60,
        env={**plain, "TERM": "xterm"},
    )
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert b"error" in said
    assert b"\x1b" not in said
    assert b"\r" not in said


@pytest.mark.parametrize("now", ["0001-01-01", "9999-12-31", "9999-12-31T23:59-12:00", "10000-01-01"])
def test_a_date_beyond_the_range_is_an_option_that_is_not_understood(run: Run, site: Path, now: str) -> None:
    for command in ("check", "build", "report"):
        result = run(command, site, "--now", now)
        assert result.exit_code == 2
        assert now in result.output
