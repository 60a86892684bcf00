"""`credsite import`: rows become files, files change where rows say so, and nothing is written that is not right."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS

from credsite.authoring.spreadsheet import planning
from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.export import ExportedEntry, export
from credsite.authoring.spreadsheet.planning import CellChange, EntryChange, ImportPlan
from credsite.authoring.spreadsheet.sheet_entries import RefusedRows
from credsite.cli.import_ import print_plan
from credsite.schema.kinds import Kind
from tests.support.cli import Run
from tests.support.entries import courses
from tests.support.paths import REPOSITORY

NEW = "title,summary,provider,industries,delivery_modes,price,session 1 starts,text\n"
ROW = "Knots,Tie ten knots.,example-college,business; healthcare,In person,95 CAD,2028-05-06,Bring a rope.\n"


def state(site: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "courses.csv"


@pytest.fixture
def course(site: Path) -> Path:
    return site / "content/courses/first-aid-at-work.md"


def test_a_row_becomes_a_file_once(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text(NEW + ROW)
    result = run("import", sheet, "--site", site)
    created, summary, next_build = result.stdout.splitlines()
    assert (result.exit_code, created) == (0, "create    2        content/courses/knots.md")
    assert summary == "1 file created, 0 changed, 0 unchanged."
    assert next_build.startswith("The next build publishes the new entry.")
    assert "--draft" in next_build
    path = site / "content/courses/knots.md"
    assert path.read_text() == (
        "---\ntitle: Knots\nsummary: Tie ten knots.\nprovider: example-college\nindustries: [business, healthcare]\n"
        "delivery_modes: [in-person]\nprice: 95 CAD\nsessions:\n  - starts: 2028-05-06\n---\n\nBring a rope.\n"
    )
    before = state(site)
    assert run("import", sheet, "--site", site).stdout == "0 files created, 0 changed, 1 unchanged.\n"
    assert state(site) == before
    assert run("check", site).exit_code == 0


@pytest.mark.parametrize("title", ["Sailor\u2019s knots", "SAILOR\u02bcS  knots", "Sai\u00adlor's knots"])
def test_a_title_is_the_same_whichever_apostrophe_it_has(
    site: Path, run: Run, sheet: Path, title: str
) -> None:
    sheet.write_text(NEW + ROW.replace("Knots", "Sailor's knots"))
    run("import", sheet, "--site", site)
    sheet.write_text(NEW + ROW.replace("Knots", title))
    assert run("import", sheet, "--site", site).stdout.endswith("0 files created, 1 changed, 0 unchanged.\n")
    assert (site / "content/courses/sailors-knots.md").is_file()


def test_a_title_in_another_script_gets_an_address(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text(NEW + ROW.replace("Knots", "Морські вузли"), encoding="utf-8")
    assert run("import", sheet, "--site", site).exit_code == 0
    assert (site / "content/courses/morski-vuzli.md").is_file()


def test_a_dry_run_says_everything_and_writes_nothing(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text(
        "slug,title,price,funding,level,skills\n"
        "first-aid-at-work,First Aid at Work,130 CAD,,introductory,first aid; clear speaking; knots\n"
        "spreadsheets-for-beginners,Spreadsheets for Beginners,90 CAD,,,spreadsheets\n"
    )
    before = state(site)
    result = run("import", sheet, "--site", site, "--dry-run")
    assert state(site) == before
    assert result.exit_code == 0
    assert "change    2        content/courses/first-aid-at-work.md\n" in result.stdout
    assert (
        "          price: 120 CAD → 130 CAD\n          funding: example-bursary → nothing\n" in result.stdout
    )
    assert "skills: no longer staying calm\n          skills: also knots\n" in result.stdout
    assert "Nothing was written. An import would give: 0 files created, 2 changed" in result.stdout


def test_on_a_terminal_a_dry_run_is_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = (
        EntryChange((2,), "content/courses/knots.md", None, b"new"),
        EntryChange((3,), "content/courses/sails.md", b"old", b"new", (CellChange("price", "1", ""),)),
        EntryChange((4,), "content/courses/oars.md", b"old", b"old"),
    )
    refused = (RefusedRows((5, 6), "level", "[bold]\x1b[1mhigh` is no level.", "advanced"),)
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    print_plan(ImportPlan(changes, refused), "a.csv", is_done=False, with_changes=True)
    plain = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out)
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in plain.split("\n")]
    assert [line for line in lines if line] == [
        ["create", "2", "content/courses/knots.md", ""],
        ["change", "3", "content/courses/sails.md", "price: 1 → nothing"],
        ["refuse", "5-6", "", "level: [bold]\ufffd[1mhigh` is no level. Did you mean `advanced`?"],
    ]


def test_an_entry_changes_and_its_text_and_comments_stay(
    site: Path, run: Run, sheet: Path, course: Path
) -> None:
    before = course.read_text()
    sheet.write_text("slug,price,pace,text\nfirst-aid-at-work,130 CAD,,Another text.\n")
    result = run("import", sheet, "--site", site)
    assert result.exit_code == 0
    assert "The text of the sheet differs from that of the file" in result.stdout
    assert course.read_text() == before.replace("price: 120 CAD", "price: 130 CAD").replace(
        "pace: scheduled\n", ""
    )


@pytest.mark.parametrize("value", ["120.00 CAD", "120 cad", "CA$120"])
def test_the_same_in_other_words_changes_nothing(
    site: Path, run: Run, sheet: Path, course: Path, value: str
) -> None:
    before = course.read_bytes()
    sheet.write_text(f"slug,price\nfirst-aid-at-work,{value}\n")
    assert run("import", sheet, "--site", site).stdout == "0 files created, 0 changed, 1 unchanged.\n"
    assert course.read_bytes() == before


def test_sessions_that_the_sheet_has_keep_what_it_has_no_column_for(
    site: Path, run: Run, sheet: Path, course: Path
) -> None:
    sheet.write_text("slug,session starts\nfirst-aid-at-work,2028-06-03\nfirst-aid-at-work,2028-03-04\n")
    assert run("import", sheet, "--site", site).exit_code == 0
    assert (
        "sessions:\n  - starts: 2028-06-03\n  - starts: 2028-03-04\n    ends: 2028-03-05\n"
        "    location: Example College, Room 12\nenrol_url"
    ) in course.read_text()


def test_everything_wrong_is_told_by_row_and_column_and_nothing_is_written(
    site: Path, run: Run, sheet: Path
) -> None:
    sheet.write_text(
        NEW + ROW
        + "Sails,Set a sail.,exampel-college,busines,onlin,cheap,03/05/2028,\n"
        + "Oars,,example-college,business,online,#N/A,2028-05-06,\n"
        + "Knots,Again.,example-college,business,online,,,\n"
        + ",No title.,example-college,business,online,,,\n"
        + "Boats,A boat.,nobody-at-all,business,online,,,\n"
        + "Ships,A ship.,Nobody at All,business,online,,,\n"
    )  # fmt: skip
    before = state(site)
    result = run("import", sheet, "--site", site)
    assert result.exit_code == 1
    assert state(site) == before
    told = " ".join(result.stdout.split())
    for words in (
        "row 3, column `session 1 starts` `03/05/2028` can be read in more than one way: as 2028-03-05 or as 2028-05-03.",
        "row 3, column `delivery_modes` `onlin` cannot be one of its `delivery_modes`.",
        "row 3, column `price` `cheap` is not a price.",
        "row 3, column `provider` There is no provider `exampel-college`.",
        "row 3, column `industries` There is no industry `busines`.",
        "row 4, column `price` The cell shows the error `#N/A`.",
        "row 4, column `summary` `summary` is missing or empty.",
        "row 5 Row 2 is about the same entry",
        "row 6, column `title` `title` is missing or empty.",
        "row 7, column `provider` There is no provider `nobody-at-all`.",
        'To add it: `credsite new provider "Nobody at all"`.',
        'To add it: `credsite new provider "Nobody at All"`.',
        "6 rows refused, so nothing was written.",
    ):
        assert words in told
    assert told.count("`credsite new provider ") == 3, "once for each provider that is not there"
    sheet.write_text(NEW + "Sails,Set a sail.,exampel-college,busines,onlin,cheap,,\n")
    told = " ".join(run("import", sheet, "--site", site).stdout.split())
    assert "column `delivery_modes` `onlin` cannot be one of its `delivery_modes`" in told
    assert "Did you mean `online`? It can be: online, in-person, blended, hybrid." in told
    assert "column `price` `cheap` is not a price." in told
    sheet.write_text(NEW + "Sails,Set a sail.,exampel-college,busines,online,,,\n")
    told = " ".join(run("import", sheet, "--site", site).stdout.split())
    assert "Did you mean `example-college`?" in told
    assert "column `industries` There is no industry `busines`." in told


@pytest.mark.parametrize(
    "pair",
    [("knots,Knots", ",Knots"), (",Knots", "knots,Other"), (",Knots", ",knots"), ("knots,A", "knots,B")],
)
def test_two_rows_of_one_entry_are_refused(site: Path, run: Run, sheet: Path, pair: tuple[str, str]) -> None:
    rows = "".join(f"{names},Tie it.,example-college,business,online\n" for names in pair)
    sheet.write_text("slug,title,summary,code,provider,industries,delivery_modes\n" + rows)
    result = run("import", sheet, "--site", site)
    assert result.exit_code == 1
    assert "row 3\n          Row 2 is about the same entry." in result.stdout


def test_one_mistake_of_many_rows_is_told_once(site: Path, run: Run, sheet: Path) -> None:
    rows = "".join(f"Knot {number},Tie it.,,business,online,,,\n" for number in range(9))
    sheet.write_text(NEW + rows)
    told = " ".join(run("import", sheet, "--site", site).stdout.split())
    assert told.count("`provider` is missing or empty") == 1
    assert "rows 2-10, column `provider`" in told


def test_columns_can_be_left_out(site: Path, run: Run, sheet: Path) -> None:
    head, row = "title,summary,provider,industries,delivery_modes", "Knots,K.,example-college,business,online"
    sheet.write_text(f",{head},Our number\nx,{row},7\n")
    assert "`--ignore A`" in run("import", sheet, "--site", site).stderr
    assert "leave them out with `--ignore`" in run("import", sheet, "--site", site, "--ignore", "A").stderr
    result = run("import", sheet, "--site", site, "--ignore", "a", "--ignore", "our number")
    assert result.exit_code == 0
    assert "\n1 file created, 0 changed, 0 unchanged.\n" in result.stdout
    sheet.write_text(f"{head}\n{row}\n")
    assert run("import", sheet, "--site", site, "--ignore", "title").exit_code == 1


def test_a_sheet_that_is_complete_for_another_kind_offers_that_kind(
    site: Path, run: Run, sheet: Path
) -> None:
    sheet.write_text("title,summary\nLaw,About law.\n")
    told = " ".join(run("import", sheet, "--site", site).stdout.split())
    assert "has no columns `delivery_modes`, `industries`, `provider`." in told
    assert "`--kind industry`" in told
    sheet.write_text("title,summary,delivery_modes\nLaw,About law.,online\n")
    assert "--kind" not in run("import", sheet, "--site", site).stdout


@pytest.mark.parametrize(
    ("column", "cell", "suggestion"),
    [
        ("industries", "business, healthcare", "business; healthcare"),
        ("delivery_modes", "Online, in person", "online; in-person"),
        ("delivery_modes", "online/in-person", "online; in-person"),
        ("languages", "en, fr", "en; fr"),
        ("funding", "example-bursary, other", "example-bursary; other"),
        ("session 1 timing", "evening, weekend", "evening; weekend"),
    ],
)
def test_a_list_with_commas_is_told_to_have_semicolons(
    site: Path, run: Run, sheet: Path, column: str, cell: str, suggestion: str
) -> None:
    values = {"title": "Knots", "summary": "K.", "provider": "example-college", "industries": "business"}
    values |= {"delivery_modes": "online", "session 1 starts": "2028-05-06", column: cell}
    sheet.write_text(",".join(values) + "\n" + ",".join(f'"{value}"' for value in values.values()) + "\n")
    result = run("import", sheet, "--site", site)
    told = " ".join(result.stdout.split())
    assert result.exit_code == 1
    assert f"Separate the values of a list with semicolons. Did you mean `{suggestion}`?" in told
    assert "comma" not in told
    assert f"column `{column}`" in told
    assert "credsite new" not in told


def test_a_workbook_is_imported_as_a_person_sees_it(site: Path, run: Run, tmp_path: Path) -> None:
    settings = site / "credsite.yaml"
    settings.write_text(settings.read_text().replace("currency: CAD", "currency: EUR"))
    prices = {
        "[$kr-414] #,##0.00": "price: 1250.50 NOK",
        '#,##0.000 "KWD"': "price: 1250.50 KWD",
        '#,##0 "kr"': "",
    }
    for number_format, line in {**prices, '"$"#,##0.00': "", BUILTIN_FORMATS[44]: ""}.items():
        book = Workbook()
        book.active.append(
            ["title", "summary", "provider", "industries", "delivery_modes", "price", "enrol_url"]
        )
        book.active.append(["Knots", "K.", "example-college", "business", "online", 1250.5, "Enrol here"])
        book.active["F2"].number_format = number_format
        book.active["G2"].hyperlink = "https://college.example/enrol#knots"
        book.save(tmp_path / "a.xlsx")
        result = run("import", tmp_path / "a.xlsx", "--site", site)
        knots = site / "content/courses/knots.md"
        assert (result.exit_code, knots.exists()) == ((0, True) if line else (1, False))
        if line:
            assert f"{line}\n" in knots.read_text()
            assert "enrol_url: https://college.example/enrol#knots\n" in knots.read_text()
            knots.unlink()
        else:
            assert "does not say which currency" in result.stdout


def dated(*starts: str) -> str:
    rows = (
        f"Course {number},C.,example-college,business,online,{start}\n"
        for number, start in enumerate(starts, start=2)
    )
    return "title,summary,provider,industries,delivery_modes,session 1 starts\n" + "".join(rows)


def test_dates_that_are_not_clear_are_told_of_once_with_the_option(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text(dated(*(f"{day}/{month}/2028" for month in range(1, 9) for day in range(9, 13))))
    told = " ".join(run("import", sheet, "--site", site).stdout.split())
    assert told.count("can be read in more than one way") == 1
    assert "rows 2-33, column `session 1 starts` 32 dates of this column" in told
    assert "such as `9/1/2028` in row 2 (2028-01-09 or 2028-09-01)" in told
    assert "`--dates day/month/year`" in told
    assert run("import", sheet, "--site", site, "--dates", "month/day/year").exit_code == 0


def test_a_wrong_order_of_dates_is_told_of_once_with_the_right_one(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text(dated(*(f"{day}/1/2028" for day in range(10, 30))))
    result = run("import", sheet, "--site", site, "--dates", "month/day/year")
    told = " ".join(result.stdout.split())
    assert told.count("are not dates if dates are written month/day/year") == 1
    assert "17 dates of this column" in told
    assert "add `--dates day/month/year`" in told
    assert run("import", sheet, "--site", site).exit_code == 0
    assert "starts: 2028-01-10" in (site / "content/courses/course-2.md").read_text()


def test_many_mistakes_of_one_kind_are_told_with_their_number(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text(dated(*(f"{month} 2028" for month in ("March", "April", "May", "June", "July"))))
    told = " ".join(run("import", sheet, "--site", site).stdout.split())
    assert told.count("does not say which day") == 3
    assert "2 more rows: rows 5-6 have a mistake of the same kind. Add --full to see each." in told
    told = " ".join(run("import", sheet, "--site", site, "--full").stdout.split())
    assert told.count("does not say which day") == 5


def test_a_name_in_place_of_an_id_is_understood(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text(NEW + ROW.replace("example-college", "Example  college"))
    assert run("import", sheet, "--site", site).exit_code == 0
    assert "provider: example-college\n" in (site / "content/courses/knots.md").read_text()


def test_bad_rows_are_written_back_with_what_is_wrong(
    site: Path, run: Run, sheet: Path, tmp_path: Path
) -> None:
    sheet.write_text(NEW + ROW + "=Sails,Set a sail.,example-college,business,online,cheap,,\n")
    errors = tmp_path / "errors.csv"
    result = run("import", sheet, "--site", site, "--errors", errors)
    assert result.exit_code == 1
    rows = list(csv.reader(io.StringIO(errors.read_text("utf-8-sig"))))
    assert rows[0] == ["what is wrong", *NEW.strip().split(",")]
    assert len(rows) == 2
    assert "price: `cheap` is not a price." in rows[1][0]
    assert rows[1][1] == "'=Sails"
    assert run("import", sheet, "--site", site, "--errors", errors).exit_code == 2
    errors.write_text(errors.read_text().replace("cheap", "10 CAD"))
    assert "\n1 file created, 0 changed, 0 unchanged.\n" in run("import", errors, "--site", site).stdout
    assert "title: =Sails\n" in (site / "content/courses/sails.md").read_text()


def test_without_bad_rows_no_file_of_errors_is_written(
    site: Path, run: Run, sheet: Path, tmp_path: Path
) -> None:
    sheet.write_text(NEW + ROW)
    assert run("import", sheet, "--site", site, "--errors", tmp_path / "errors.csv").exit_code == 0
    assert not (tmp_path / "errors.csv").exists()


def test_a_file_with_mistakes_is_not_changed(site: Path, run: Run, sheet: Path, course: Path) -> None:
    course.write_text(course.read_text().replace("title:", "titel:"))
    before = state(site)
    for text in ("slug,price\nfirst-aid-at-work,1 CAD\n", NEW + ROW.replace("Knots", "First aid at work")):
        sheet.write_text(text)
        result = run("import", sheet, "--site", site)
        assert result.exit_code == 1
        assert "first-aid-at-work.md" in result.stdout
        assert state(site) == before


def test_a_circle_of_prerequisites_is_refused(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text(
        "slug,prerequisites\nfirst-aid-at-work,reception-in-a-clinic\nreception-in-a-clinic,first-aid-at-work\n"
    )
    result = run("import", sheet, "--site", site)
    assert result.exit_code == 1
    assert "require each other in a circle" in result.stdout


def test_mistakes_that_are_there_already_elsewhere_stop_nothing(site: Path, run: Run, sheet: Path) -> None:
    path = site / "content/pathways/clinic-office.md"
    path.write_text(path.read_text().replace("reception-in-a-clinic", "knots-and-ropes"))
    assert run("check", site).exit_code == 1
    sheet.write_text(NEW + ROW.replace("Knots,", "Knots and Rope,"))
    assert run("import", sheet, "--site", site).exit_code == 0


def test_titles_that_two_entries_have_are_not_guessed_at(
    site: Path, run: Run, sheet: Path, course: Path
) -> None:
    shutil.copyfile(course, course.with_name("another.md"))
    sheet.write_text("title,price\nFirst aid at work,1 CAD\n")
    result = run("import", sheet, "--site", site)
    assert result.exit_code == 1
    assert "Say which one in a column `slug`" in " ".join(result.stdout.split())


def test_new_entries_may_be_drafts_and_have_fixed_values(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text("title,summary\nKnots,Tie ten knots.\n")
    fixed = [
        f"--set={pair}"
        for pair in ("provider=example-college", "industries=business", "delivery modes=online")
    ]
    assert run("import", sheet, "--site", site, "--draft", *fixed).exit_code == 0
    text = (site / "content/courses/knots.md").read_text()
    assert "delivery_modes: [online]\ndraft: true\n---\n" in text
    result = run("import", sheet, "--site", site, "--set", "provder=x")
    assert (result.exit_code, "Did you mean `provider`" in result.stderr) == (2, True)
    assert run("import", sheet, "--site", site, "--set", "provider").exit_code == 2


def test_a_sheet_of_others_is_taken_over_with_its_mapping(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text(
        "COURSE_NAME,WHO_THIS_COURSE_IS_FOR,DELIVERY_MODE,START_DATE,COST,DURATION,DURATION_UNIT,ATTENDANCE_PATTERN\n"
        "Knots,For sailors.,Classroom based,06/05/2028,95.00,3,Weeks,Evening\n"
        "Knots,For sailors.,Online,06/06/2028,95.00,3,Weeks,\n"
    )
    given = ["--mapping=uk-course-directory", "--set=provider=example-college", "--set=industries=business"]
    assert (
        "\n1 file created, 0 changed, 0 unchanged.\n" in run("import", sheet, "--site", site, *given).stdout
    )
    assert (site / "content/courses/knots.md").read_text() == (
        "---\ntitle: Knots\nsummary: For sailors.\nprovider: example-college\nindustries: [business]\n"
        "delivery_modes: [in-person, online]\nduration: 3 Weeks\nprice: 95 GBP\nsessions:\n"
        "  - starts: 2028-05-06\n    delivery_mode: in-person\n    timing: [evening]\n"
        "  - starts: 2028-06-06\n    delivery_mode: online\n---\n\nFor sailors.\n"
    )
    assert run("import", sheet, "--site", site, *given).stdout == "0 files created, 0 changed, 1 unchanged.\n"


def test_a_workbook_with_dates(site: Path, run: Run, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(NEW.strip().split(","))
    book.active.append(
        ["Knots", "Tie them.", "example-college", "business", "online", 95.0, date(2028, 5, 6), "Text"]
    )
    book.save(tmp_path / "a.xlsx")
    assert run("import", tmp_path / "a.xlsx", "--site", site).exit_code == 0
    text = (site / "content/courses/knots.md").read_text()
    assert "price: 95\nsessions:\n  - starts: 2028-05-06\n" in text


def test_other_kinds(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text("title,kind,country,url\nTern Institute,Professional body,CA,https://tern.example/\n")
    assert run("import", sheet, "--site", site, "--kind", "provider").exit_code == 0
    text = (site / "content/providers/tern-institute.md").read_text()
    assert (
        text
        == "---\ntitle: Tern Institute\nkind: professional-body\ncountry: CA\nurl: https://tern.example/\n---\n"
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel's old format"),
        ("a.csv", b"titel,price\n", "Did you mean `title`?"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"colour\nred\n", "`colour` is not a known column"),
    ],
)
def test_a_sheet_that_cannot_be_read_at_all(
    site: Path, run: Run, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    result = run("import", tmp_path / name, "--site", site)
    assert result.exit_code == 2
    assert words in result.stderr


def test_the_template_is_a_sheet_with_all_columns(site: Path, run: Run, sheet: Path) -> None:
    result = run("import", "--template")
    assert result.stdout.startswith("\ufeffslug,title,summary,code,provider,")
    sheet.write_bytes(result.stdout_bytes)
    assert run("import", sheet, "--site", site).stdout == "0 files created, 0 changed, 0 unchanged.\n"
    assert run("import").exit_code == 2


def test_the_sample_catalogue_is_made_again_from_its_export(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for site in (old, new):
        shutil.copytree(REPOSITORY / "content", site / "content")
        shutil.copyfile(REPOSITORY / "credsite.yaml", site / "credsite.yaml")
    shutil.rmtree(new / "content/courses")
    for form in ("csv", "xlsx"):
        made = tmp_path / f"courses.{form}"
        assert run("export", old, "--text", "--output", made).exit_code == 0
        before = state(old)
        count = len(list((old / "content/courses").rglob("*.md")))
        assert (
            run("import", made, "--site", old).stdout == f"0 files created, 0 changed, {count} unchanged.\n"
        )
        assert state(old) == before
    assert run("import", tmp_path / "courses.csv", "--site", new).exit_code == 0
    assert run("export", new, "--text", "--output", tmp_path / "again.csv").exit_code == 0
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "courses.csv").read_bytes()


_LEFT_OUT = (
    "slug",
    "ctid",
    "partners",
    "places",
    "funding",
    "support",
    "prerequisites",
    "occupations",
    "classifications",
    "expires_at",
)


def _sound(values: dict[str, Any], number: int) -> dict[str, Any]:
    """A course without what is wrong between its values, or between it and others."""
    kept = {key: value for key, value in values.items() if key not in _LEFT_OUT}
    kept |= {"provider": "example-college", "industries": ["business"]}
    if "places" in kept:
        kept["places"] = [
            f"At {place}" for place in kept["places"]
        ]  # no id, for which there would have to be a file
    if "sessions" in kept:
        kept["sessions"] = [
            {
                key: value
                for key, value in session.items()
                if key in ("starts", "timing", "seats", "enrol_url")
            }
            for session in kept["sessions"]
        ]
    if "credential" in kept:
        kept["credential"] = {
            key: value for key, value in kept["credential"].items() if key != "recognised_by"
        }
    if "credentials" in kept:
        kept["credentials"] = [
            {key: value for key, value in one.items() if key != "recognised_by"}
            for one in kept["credentials"]
        ]
    return kept


@settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(courses(), min_size=1, max_size=3), st.sampled_from(["csv", "xlsx"]))
def test_import_and_export_are_a_fixed_point(
    site: Path, run: Run, found: list[dict[str, Any]], form: Any
) -> None:
    """Import, export, import: the second import changes nothing, and all exports are the same."""
    folder, sheet = site / "content/courses", site / f"sheet.{form}"
    shutil.rmtree(folder, ignore_errors=True)
    entries = [
        ExportedEntry(f"c-{number}", _sound(values, number), "") for number, values in enumerate(found)
    ]
    sheet.write_bytes(export(columns_of(Kind.COURSE), entries, form))
    result = run("import", sheet, "--site", site, "--now", "2026-11-26")
    assert re.search(rf"^{len(found)} files? created", result.stdout, re.MULTILINE), result.stdout
    before = state(folder)
    assert run("export", site, "--output", sheet, "--force").exit_code == 0
    result = run("import", sheet, "--site", site)
    # It may also say that a cell with commas is read as one item.
    assert result.stdout.endswith(f"0 files created, 0 changed, {len(found)} unchanged.\n"), result.stdout
    assert state(folder) == before


@pytest.mark.parametrize(
    ("owner", "name"),
    [(planning.RowMerger, "merge_into"), (planning, "parse")],
    ids=["while a row is read", "while its file is checked"],
)
def test_a_fault_at_one_row_refuses_that_row(
    site: Path, run: Run, sheet: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
) -> None:
    real = getattr(owner, name)

    def fail(*arguments: Any, **options: Any) -> Any:
        if "Faulty" in str(getattr(arguments[0], "cells", arguments[0])):
            raise ArithmeticError("nobody knows")
        return real(*arguments, **options)

    monkeypatch.setattr(owner, name, fail)
    sheet.write_text("title,summary\nGood,A page.\nFaulty,A page.\n", encoding="utf-8")
    result = run("import", sheet, "--site", site, "--kind", "page")
    assert result.exit_code == 1
    assert "row 3" in result.output
    assert "credsite itself fails here" in " ".join(result.output.split())
    assert "1 row refused, so nothing was written. Without it: 1 file created" in result.output


@pytest.mark.parametrize("name", ["courses.ods", "courses.NUMBERS"])
def test_other_spreadsheets_are_to_be_saved_again(site: Path, run: Run, name: str) -> None:
    (site / name).write_bytes(b"Title\nKnots\n")
    result = run("import", site / name, "--site", site)
    assert result.exit_code == 2
    assert "save it as .xlsx or .csv" in result.stderr


def test_a_location_is_that_of_a_session(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text("Title,Location\nKnots,Hall\n")
    assert "Did you mean `session location`?" in run("import", sheet, "--site", site).stderr


def test_drafts_and_refused_rows_are_not_said_to_be_published(site: Path, run: Run, sheet: Path) -> None:
    sheet.write_text(NEW + ROW)
    assert "next build" not in run("import", sheet, "--site", site, "--draft").stdout
    sheet.write_text("title,summary\nKnots,\nSails,\n")
    result = run("import", sheet, "--site", site)
    assert "2 rows refused, so nothing was written.\n" in result.stdout
