"""What else `credsite check` can be asked for: forms, strictness, tables, explanations."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from pathlib import Path

import pytest

from credsite.problems.codes import CODES
from tests.support.cli import Run
from tests.support.paths import SITES

NOW = ("--now", "2026-11-23T09:00")
FORMS = ("lines", "json", "github", "gitlab", "csv", "sarif")


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    monkeypatch.chdir(tmp_path)


def copied(name: str, folder: Path) -> Path:
    return Path(shutil.copytree(SITES / name, folder / name))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "code"), [("broken-link", 0), ("yaml-syntax.settings", 1), ("good-minimal", 0)]
)
def test_formats_for_programs_have_standard_output_to_themselves(
    run: Run, form: str, name: str, code: int
) -> None:
    result = run("check", SITES / name, "--format", form, *NOW)
    assert (result.exit_code, result.stderr) == (code, "")
    if form in ("json", "gitlab", "sarif"):
        assert isinstance(json.loads(result.stdout), list if form == "gitlab" else dict)
    if name != "good-minimal":
        assert name.partition(".")[0] in result.stdout


def test_where_there_is_no_site_nothing_is_written_for_programs(run: Run, tmp_path: Path) -> None:
    result = run("check", tmp_path, "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")


def test_paths_are_those_of_the_repository_for_github(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = copied("broken-link", tmp_path / "repository")
    assert run("check", site, "-f", "github", *NOW).stdout.startswith(
        "::warning file=repository/broken-link/content/pages/about.md,line=8,col=14,title=broken-link::There is no"
    )
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "repository"))
    assert "file=broken-link/content/" in run("check", site, "-f", "github", *NOW).stdout
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "another"))
    assert "file=content/" in run("check", site, "-f", "github", *NOW).stdout
    assert (
        json.loads(run("check", site, "-f", "json", *NOW).stdout)["problems"][0]["path"]
        == "content/pages/about.md"
    )


def test_strict_turns_warnings_into_errors(run: Run) -> None:
    assert run("check", SITES / "broken-link", *NOW).exit_code == 0
    result = run("check", SITES / "broken-link", "--strict", *NOW)
    assert result.exit_code == 1
    assert "8 errors in 1 file." in result.stdout
    assert run("check", SITES / "summary-long", "--strict", *NOW).exit_code == 0


def test_a_strict_build_stops_for_warnings_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    site = copied("broken-link", tmp_path)
    result = run("build", site, "--strict", *NOW)
    assert result.exit_code == 1
    assert "Nothing was written: 8 errors." in result.stderr
    assert not (site / "public").exists()
    assert run("build", site, *NOW).exit_code == 0
    assert run("build", site, "--strict", *NOW).exit_code == 1, "although nothing has changed"
    fine = copied("good-minimal", tmp_path)
    assert [run("build", fine, "--strict", *NOW).exit_code for _ in range(2)] == [0, 0]


def test_a_standard_lists_courses_and_what_they_lack(run: Run) -> None:
    result = run("check", SITES / "standard-eu", "--standard", "eu", *NOW)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout
        == """\
meets  course                        missing
yes    content/courses/all-there.md
no     content/courses/first-aid.md  country or region of the issuer, level

1 course lacks country or region of the issuer. Write `country` or `region` in the provider's file.
1 course lacks level. Write `qualification_level`.
2 courses could have, if possible: workload in ECTS credits. Write `credits` with the unit ECTS.

1 of 2 courses meets the European description of micro-credentials.
"""
    )
    assert run("check", SITES / "standard-eu", "--standard", "eu", "--strict").exit_code == 1
    assert run("check", SITES / "good-whole", "--standard", "eu", "--strict").exit_code == 0


def test_a_standard_as_a_table(run: Run) -> None:
    arguments = ("check", SITES / "standard-osap", "--standard", "osap")
    found = json.loads(run(*arguments, "-f", "json").stdout)
    assert {key: found[key] for key in ("version", "standard", "meet", "courses")} == {
        "version": 1,
        "standard": "osap",
        "meet": 1,
        "courses": 3,
    }
    assert found["rows"][2] == {
        "path": "content/courses/many-jobs.md",
        "title": "Many jobs",
        "meets": False,
        "missing": [
            "less than 12 weeks (`duration`)",
            "one to three NOC 2021 codes (occupations of the scheme `noc-2021`)",
        ],
        "where_possible": [],
    }
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "-f", "csv").stdout.removeprefix("\ufeff"))))
    assert [row["meets"] for row in rows] == ["yes", "no", "no"]


def test_broken_entries_are_left_out_of_a_table_and_named(run: Run) -> None:
    result = run("check", SITES / "unknown-value", "--standard", "eu")
    assert result.exit_code == 0
    assert "errors and could not be checked: see `credsite check`." in result.stderr
    result = run("check", SITES / "yaml-syntax.settings", "--standard", "eu", "-f", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["rows"] == []


def test_standards_in_the_settings_are_advice_of_the_check_and_can_be_errors(
    run: Run, tmp_path: Path
) -> None:
    site = copied("standard-eu", tmp_path)
    assert "advice" not in run("build", site, *NOW).output
    with (site / "credsite.yaml").open("a") as settings:
        settings.write("problems: {standard-eu: error}\n")
    assert run("check", site, *NOW).exit_code == 1
    assert run("build", site, *NOW).exit_code == 0


def test_stale_entries_are_listed(run: Run) -> None:
    arguments = ("check", SITES / "review-overdue", "--stale", *NOW)
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "entry                         reasons\n"
        "content/courses/first-aid.md  was to be reviewed by 2026-11-22\n\n1 entry to look at.\n"
    )
    assert run(*arguments, "--strict").exit_code == 1
    assert json.loads(run(*arguments, "-f", "json").stdout)["rows"] == [
        {
            "path": "content/courses/first-aid.md",
            "title": "First aid",
            "since": "2026-11-22",
            "reasons": ["was to be reviewed by 2026-11-22"],
        }
    ]
    assert "first-aid.md,First aid,2026-11-22," in run(*arguments, "-f", "csv").stdout
    later = run("check", SITES / "review-overdue", "--stale", "--now", "2027-01-01")
    assert later.stdout.endswith("\n2 entries to look at.\n")
    assert run("check", SITES / "good-minimal", "--stale", "--strict", *NOW).stdout == "Nothing is stale.\n"


def test_a_code_is_explained_anywhere(run: Run) -> None:
    result = run("check", "--explain", "unknown-value")
    assert result.exit_code == 0
    assert (
        result.stdout
        == """\
unknown-value (an error)

The value is not one of the allowed values.
Visitors filter by this value, so everybody has to use the same words.

Wrong, in content/courses/first-aid.md:

    level: beginner

Right:

    level: introductory
"""
    )


def test_all_codes_are_listed(run: Run) -> None:
    said = run("check", "--explain", "all").stdout
    for code, found in CODES.items():
        assert f"  {code} " in said
        assert found.meaning in said


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("--explain", "unknown-valu"), "Did you mean `unknown-value`?"),
        (("--explain", "zzz"), "`--explain all` lists them."),
        (("--standard", "us"), "is not one of"),
        (("--standard", "eu", "--stale"), "not both"),
        (("--stale", "--format", "sarif"), "A table can be text, json, csv, but not sarif."),
        (("--format", "xml"), "is not one of"),
    ],
)
def test_wrong_use_is_explained(run: Run, arguments: tuple[str, ...], advice: str) -> None:
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert advice in result.stderr


def test_a_file_name_that_is_not_text_can_be_printed(run: Run, tmp_path: Path) -> None:
    site = copied("good-minimal", tmp_path)
    name = os.fsdecode(b"content/courses/caf\xe9.md")
    (site / name).write_text("nothing")
    for form in ("text", *FORMS):
        result = run("check", site, "-f", form, *NOW)
        assert result.exit_code == 1
        result.stdout_bytes.decode()


def test_only_problems_of_a_severity_or_a_code_are_shown_but_the_exit_status_counts_all(run: Run) -> None:
    site = SITES / "missing-key"
    everything = run("check", site, *NOW)
    errors = run("check", site, *NOW, "--severity", "error")
    assert (errors.stdout, errors.exit_code) == (everything.stdout, 1)
    others = run("check", site, *NOW, "--code", "broken-link")
    assert others.exit_code == 1
    assert others.stdout == (
        "There are no such problems.\n\nNot shown, because `--severity` or `--code` asks for others: 27 errors. "
        "The exit status\ncounts them nevertheless.\n"
    )
    one = run("check", SITES / "unknown-id", *NOW, "--code", "`unknown-id`", "--code", "bad-date")
    assert "unknown-id" in one.stdout


@pytest.mark.parametrize("form", FORMS)
def test_formats_for_programs_say_what_was_left_out(run: Run, form: str) -> None:
    site = SITES / "broken-link"
    result = run("check", site, *NOW, "--format", form, "--severity", "error")
    assert (result.exit_code, "broken-link" in result.stdout) == (0, form == "sarif")
    assert "8 warnings" in result.stderr
    filtered = {"severity": "error", "codes": [], "left_out": {"error": 0, "warning": 8, "advice": 0}}
    if form == "json":
        assert json.loads(result.stdout)["filtered"] == filtered
        whole = run("check", site, *NOW, "--format", form, "--severity", "advice")
        assert json.loads(whole.stdout)["filtered"]["left_out"]["warning"] == 0
        assert json.loads(run("check", site, *NOW, "--format", form).stdout)["filtered"] is None
    if form == "sarif":
        (sarif_run,) = json.loads(result.stdout)["runs"]
        assert sarif_run["results"] == []
        assert sarif_run["properties"] == {"filtered": filtered}


def test_filters_that_make_no_sense_are_refused(run: Run) -> None:
    unknown = run("check", SITES / "unknown-id", "--code", "unknown-idd")
    assert unknown.exit_code == 2
    assert "Did you mean `unknown-id`?" in unknown.stderr
    assert run("check", SITES / "unknown-id", "--stale", "--full").exit_code == 2
