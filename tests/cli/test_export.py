"""`credsite export`: all entries in a sheet that colleagues can open."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from credsite.authoring.spreadsheet.xlsx_reader import read_xlsx
from credsite.cli import main
from credsite.schema.kinds import CREATABLE
from tests.support.cli import Run


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_csv_opens_in_excel_as_it_should(site: Path, run: Run) -> None:
    result = run("export", site)
    assert result.exit_code == 0
    assert result.stdout.startswith("\ufeff")
    found = {row["slug"]: row for row in rows(result.stdout)}
    assert list(found) == sorted(path.stem for path in (site / "content/courses").glob("*.md"))
    course = found["first-aid-at-work"]
    assert course["price"] == "120 CAD"
    assert course["industries"] == "healthcare; business"
    assert course["sessions 1 starts"] == "2028-03-04"
    assert "text" not in course


def test_a_cell_is_never_a_formula(site: Path, run: Run, tmp_path: Path) -> None:
    path = site / "content/courses/first-aid-at-work.md"
    path.write_text(path.read_text().replace("title: First Aid at Work", "title: =HYPERLINK(1)"))
    course = next(row for row in rows(run("export", site).stdout) if row["slug"] == "first-aid-at-work")
    assert course["title"] == "'=HYPERLINK(1)"
    run("export", site, "--output", tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "d", "n"}
    before = path.read_bytes()
    for name in ("a.xlsx", "a.csv"):
        run("export", site, "--output", tmp_path / name, "--force")
        assert run("import", tmp_path / name, "--site", site).exit_code == 0
    assert path.read_bytes() == before


def test_a_workbook_does_not_say_when_it_was_made(
    site: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("export", site, "--output", tmp_path / "a.xlsx")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    run("export", site, "--output", tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        assert packed.read("docProps/core.xml").count(b">2000-01-01T00:00:00Z<") == 2


def test_a_workbook_is_ready_to_work_with(site: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "courses.xlsx"
    assert "Wrote 3 entries" in run("export", site, "--output", path).stdout
    sheet: Any = load_workbook(path).active
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    headings = [cell.value for cell in sheet[1]]
    starts = sheet.cell(row=2, column=headings.index("sessions 1 starts") + 1)
    assert (starts.is_date, starts.number_format) == (True, "yyyy-mm-dd")
    title = sheet.cell(row=2, column=headings.index("title") + 1)
    assert (title.value, title.number_format) == ("First Aid at Work", "@")


def test_json_has_the_entries_as_front_matter_has_them(site: Path, run: Run) -> None:
    found = json.loads(run("export", site, "--format", "json", "--text").stdout)
    course = next(one for one in found if one["slug"] == "first-aid-at-work")
    assert course["featured"] is True
    assert course["industries"] == ["healthcare", "business"]
    assert course["sessions"][0]["starts"] == "2028-03-04"
    assert course["credential"]["type"] == "certificate"
    assert course["text"].startswith("Two days of practice")


@pytest.mark.parametrize("kind", CREATABLE)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_kind_comes_back_unchanged(site: Path, run: Run, tmp_path: Path, kind: str, form: str) -> None:
    path = tmp_path / f"a.{form}"
    place = "---\ntitle: Main Campus\nstreet: 1 Quay Street\nlocality: Harbour\n---\n"
    (site / "content/places").mkdir()
    (site / "content/places/campus.md").write_text(place)
    run("export", site, "--kind", kind, "--output", path)
    result = run("import", path, "--site", site, "--kind", kind)
    assert result.exit_code == 0
    assert result.stdout.startswith("0 files created, 0 changed, ")
    assert not result.stdout.startswith("0 files created, 0 changed, 0 ")


def test_drafts_are_in_it_unless_they_are_not_wanted(site: Path, run: Run) -> None:
    path = site / "content/courses/first-aid-at-work.md"
    path.write_text(path.read_text().replace("---\ntitle", "---\ndraft: true\ntitle", 1))
    assert "first-aid-at-work" in run("export", site).stdout
    assert "first-aid-at-work," not in run("export", site, "--no-drafts").stdout


def test_entries_with_mistakes_are_said_and_not_lost_silently(site: Path, run: Run, tmp_path: Path) -> None:
    path = site / "content/courses/first-aid-at-work.md"
    path.write_text(path.read_text().replace("title:", "titel:"))
    output = tmp_path / "a.csv"
    result = run("export", site, "--output", output)
    assert result.exit_code == 1
    assert "content/courses/first-aid-at-work.md: `titel` is not a key" in result.stderr
    assert not output.exists()
    assert run("export", site, "--output", output, "--keep-going").exit_code == 0
    assert [row["slug"] for row in rows(output.read_text())] == [
        "reception-in-a-clinic",
        "spreadsheets-for-beginners",
    ]


def test_files_are_overwritten_only_on_request(site: Path, run: Run, tmp_path: Path) -> None:
    output = tmp_path / "a.csv"
    output.write_text("mine")
    result = run("export", site, "--output", output)
    assert (result.exit_code, output.read_text()) == (2, "mine")
    assert run("export", site, "--output", output, "--force").exit_code == 0
    assert output.read_text() != "mine"


def test_more_sessions_than_a_sheet_has_columns_for_are_said_so(site: Path, run: Run) -> None:
    path = site / "content/courses/first-aid-at-work.md"
    runs = "  - starts: 2028-03-04\n" * 201
    path.write_text(path.read_text().replace("sessions:\n", f"sessions:\n{runs}", 1))
    result = run("export", site)
    assert result.exit_code == 2
    assert "`first-aid-at-work` has 202 sessions, and a sheet can have 200." in result.stderr
    assert run("export", site, "--format", "json").exit_code == 0


def test_a_text_that_excel_cannot_hold_is_said_so(site: Path, run: Run, tmp_path: Path) -> None:
    path = site / "content/courses/first-aid-at-work.md"
    path.write_text(path.read_text() + "word " * 7000)
    result = run("export", site, "--text", "--output", tmp_path / "a.xlsx")
    assert result.exit_code == 2
    assert "A cell of Excel holds 32,767 characters" in result.stderr
    assert run("export", site, "--text", "--output", tmp_path / "a.csv").exit_code == 0


def test_what_a_format_cannot_hold_is_left_out_with_keep_going(site: Path) -> None:
    page = site / "content/pages/long.md"
    page.write_text(f"---\ntitle: Long\nsummary: Long.\n---\n{'word ' * 10_000}\n", encoding="utf-8")
    feed = site / "content/pages/feed.md"
    feed.write_text("---\ntitle: Feed\nsummary: Feed.\n---\nA form\x0cfeed.\n", encoding="utf-8")
    arguments = ["export", str(site), "--kind", "page", "--text", "--format", "xlsx"]
    assert CliRunner().invoke(main, arguments).exit_code == 2
    result = CliRunner().invoke(main, [*arguments, "--keep-going"])
    assert result.exit_code == 0
    assert "content/pages/long.md: A cell of Excel holds 32,767 characters" in result.stderr
    sheet = read_xlsx(result.stdout_bytes, "pages.xlsx")
    titles = [row.cells[sheet.headings.index("title")] for row in sheet.rows]
    assert "Feed" in titles
    assert "Long" not in titles
