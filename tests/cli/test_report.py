"""`credsite report`: printed, written, and nothing overwritten that credsite did not write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from credsite.cli import main, report
from tests.support.cli import Run

NOW = ("--now", "2027-01-15")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")


def test_the_report_is_printed_and_written(run: Run, site: Path) -> None:
    before = sorted(site.rglob("*"))
    result = run("report", site, *NOW)
    assert result.exit_code == 0
    assert "Example Short Courses shows 3 courses" in result.stdout
    assert result.stdout.endswith("The report is in report.html. Open it in a browser.\n")
    assert "<title>Catalogue health: Example Short Courses</title>" in Path("report.html").read_text()
    assert sorted(Path().iterdir()) == [Path("report.html")]
    assert sorted(site.rglob("*")) == before


def test_a_second_report_replaces_the_first(run: Run, site: Path) -> None:
    run("report", site, *NOW)
    first = Path("report.html").read_text()
    assert run("report", site, "--now", "2027-02-15").exit_code == 0
    assert Path("report.html").read_text() != first


def test_another_file_is_not_overwritten_without_force(run: Run, site: Path) -> None:
    Path("report.html").write_text("my own report")
    result = run("report", site, *NOW)
    assert result.exit_code == 2
    assert "not a report as credsite wrote it" in result.stderr
    assert "--force" in result.stderr
    assert result.stdout == ""
    assert Path("report.html").read_text() == "my own report"
    assert run("report", site, *NOW, "--force").exit_code == 0
    assert "Catalogue health" in Path("report.html").read_text()


def test_an_edited_report_is_not_overwritten(run: Run, site: Path) -> None:
    run("report", site, *NOW)
    noted = Path("report.html").read_text().replace("<h1>", "<h1>With my notes: ")
    Path("report.html").write_text(noted)
    assert run("report", site, *NOW).exit_code == 2
    assert Path("report.html").read_text() == noted


def test_no_link_is_followed(run: Run, site: Path) -> None:
    target = Path("target.html")
    target.write_text("kept")
    Path("report.html").symlink_to(target)
    assert run("report", site, *NOW).exit_code == 2
    assert run("report", site, *NOW, "--force").exit_code == 0
    assert target.read_text() == "kept"


@pytest.mark.parametrize("place", ["static", "public"])
def test_a_report_is_not_written_to_where_it_would_be_published(run: Run, site: Path, place: str) -> None:
    if place == "public":
        assert run("build", site, *NOW).exit_code == 0
    (site / place / "inner").mkdir(parents=True)
    for file in (site / place / "report.html", site / place / "inner" / "report.html"):
        result = run("report", site, *NOW, "--output", file)
        assert result.exit_code == 2
        assert "would be published" in result.stderr
        assert not file.exists()


def test_a_missing_folder(run: Run, site: Path) -> None:
    result = run("report", site, "--output", "nowhere/report.html")
    assert result.exit_code == 2
    assert (
        result.stderr
        == "credsite: There is no folder nowhere. Create it first, or choose another with --output.\n"
    )


def test_json_is_alone_on_standard_output(run: Run, site: Path) -> None:
    result = run("report", site, *NOW, "--format", "json")
    assert json.loads(result.stdout)["counts"]["courses"] == 3
    assert "The report is in report.html" in result.stderr


def test_nothing_is_written_without_a_file(run: Run, site: Path) -> None:
    Path("report.html").write_text("my own report")
    result = run("report", site, *NOW, "--no-file")
    assert result.exit_code == 0
    assert "At a glance" in result.stdout
    assert list(Path().iterdir()) == [Path("report.html")]


def test_errors_in_the_content_are_counted_and_the_rest_is_reported(run: Run, broken_site: Path) -> None:
    result = run("report", broken_site, *NOW)
    assert result.exit_code == 1
    assert "1 file has errors and is not in these numbers." in result.stdout
    assert Path("report.html").exists()


def test_there_is_no_report_on_settings_that_cannot_be_read(run: Run, site: Path) -> None:
    (site / "credsite.yaml").write_text("title: Example\nbase_url: nowhere\n")
    result = run("report", site)
    assert result.exit_code == 1
    assert "credsite.yaml\n\n  error    2:11  bad-url\n" in result.stderr
    assert "There is no report: fix these errors first." in result.stderr
    assert not Path("report.html").exists()


def test_control_characters_are_left_out(run: Run, site: Path) -> None:
    course = site / "content/courses/first-aid-at-work.md"
    title = '"Turned \\u202e round, [bold]not bold[/bold]"'
    course.write_text(course.read_text().replace("title: First Aid at Work", f"title: {title}"))
    result = run("report", site, "--now", "2028-03-01")
    assert "\u202e" not in result.stdout
    assert "[bold]not bold[/bold]" in result.stdout


def test_tables_are_drawn_on_a_terminal(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "_is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    drawn = run("report", site, "--now", "2028-03-01", "--no-file").stdout
    assert "─" in drawn
    assert "█" in drawn
    assert "First Aid at Work" in drawn


def test_a_fault_at_one_entry_leaves_it_out_of_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from credsite.audit.report import builder
    from tests.support.small_site import small_site

    real = builder.cost_distribution

    def fail(courses: Any, currency: str) -> Any:
        if any(course.slug == "sql" for course in courses):
            raise ArithmeticError("nobody knows")
        return real(courses, currency)

    monkeypatch.setattr(builder, "cost_distribution", fail)
    output = tmp_path / "report.html"
    site = small_site(tmp_path)
    result = CliRunner().invoke(main, ["report", str(site), "--output", str(output), "--now", "2027-01-15"])
    assert result.exit_code == 1
    assert "11 courses" in result.output
    assert "1 file has errors" in result.output
    assert "A course in sql" not in output.read_text(encoding="utf-8")
