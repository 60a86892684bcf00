"""Spreadsheets as people have them: CSV of many kinds, and workbooks of Excel."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.hyperlink import Hyperlink

from credsite.authoring.spreadsheet.sheet_reader import read_csv, read_sheet
from credsite.authoring.spreadsheet.sheets import Sheet, SheetError, column_letters
from credsite.authoring.spreadsheet.xlsx_reader import read_xlsx

KNOWN = {"title", "price", "note"}


def csv(data: bytes | str, encoding: str | None = None) -> Sheet:
    return read_csv(data.encode() if isinstance(data, str) else data, "a.csv", KNOWN.__contains__, encoding)


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx(*rows: list[Any]) -> Sheet:
    def fill(book: Any) -> None:
        for row in rows:
            book.active.append(row)

    return read_xlsx(workbook(fill), "a.xlsx")


@pytest.mark.parametrize(
    "data",
    [
        "title,price\nFirst aid,120\n",
        "title;price\r\nFirst aid;120\r\n",
        "title\tprice\nFirst aid\t120\n",
        "sep=;\r\ntitle;price\r\nFirst aid;120\r\n",
        b"\xef\xbb\xbftitle,price\nFirst aid,120",
        "title\tprice\nFirst aid\t120\n".encode("utf-16"),
        "title\tprice\nFirst aid\t120\n".encode("utf-16-le"),
        ' title ,price,,\n"First aid",120,,\n,,,\n\n',
        '"title","price"\n"First aid","120"\n',
    ],
)
def test_csv_of_every_kind(data: bytes | str) -> None:
    sheet = csv(data)
    assert sheet.headings == ("title", "price")
    assert [row.cells for row in sheet.rows] == [("First aid", "120")]


def test_the_heading_line_decides_on_the_separator() -> None:
    assert csv('title;"price, all in"\n"a, b, c";1\n').headings == ("title", "price, all in")


def test_rows_have_the_numbers_that_a_spreadsheet_program_shows() -> None:
    sheet = csv('title\n"two\nlines"\n\nFirst aid\n')
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("two\nlines",)), (4, ("First aid",))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Courses 2027,\n,\ntitle,price\nFirst aid,120\n",
            "headings are in row 3.*Delete rows 1 to 2, such as `Courses 2027`",
        ),
        (
            "Courses of Harbour College,,\ntitle,price,note\na,1,\n",
            "headings are in row 2.*Delete row 1, such as",
        ),
        ("Our courses\nName,Cost,Length\na,1,2\n", "If `Our courses` is a title, delete its row"),
    ],
)
def test_a_title_above_the_headings_is_to_be_deleted(text: str, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        csv(text)


def test_a_title_in_merged_cells_is_to_be_deleted() -> None:
    def fill(book: Any) -> None:
        book.active.append(["Courses 2027", None, None])
        book.active.append(["title", "price", "note"])
        book.active.merge_cells("A1:C1")

    data = workbook(fill)
    with pytest.raises(SheetError, match=r"headings are in row 2.*Delete row 1, such as `Courses 2027`"):
        read_xlsx(data, "a.xlsx", is_known=KNOWN.__contains__)
    with pytest.raises(SheetError, match=r"row 1 is a title in merged cells \(A1:C1\)\. Delete it"):
        read_xlsx(data, "a.xlsx")


@pytest.mark.parametrize(
    ("heading", "numbers"), [("", "0 1 2"), ("Unnamed: 0", "0 1 2"), ("", "1 2 3"), ("", "0 4 17")]
)
def test_a_column_that_only_numbers_the_rows_is_left_out_with_a_note(heading: str, numbers: str) -> None:
    rows = "".join(f"{number},Course,1\n" for number in numbers.split())
    sheet = csv(f"{heading},title,price\n{rows}")
    assert sheet.headings == ("title", "price")
    assert [row.cells for row in sheet.rows] == [("Course", "1")] * 3
    assert sheet.notes == ("Column A has no heading and only numbers the rows. It was left out.",)


@pytest.mark.parametrize("values", ["a b c", "3 2 1", "1  3", "1 1 2", f"1 {'9' * 5000}"])
def test_another_column_without_a_heading_is_not_left_out(values: str) -> None:
    rows = "".join(f"{value},Course\n" for value in values.split(" "))
    with pytest.raises(SheetError, match="column A, which has no heading"):
        csv(f",title\n{rows}")


def test_hidden_rows_and_columns_are_read_and_told_of() -> None:
    def fill(book: Any) -> None:
        for row in (["title", "price", "note"], ["a", 1, "x"], ["b", 2, "y"], ["c", 3, "z"]):
            book.active.append(row)
        book.active.row_dimensions[3].hidden = True
        book.active.column_dimensions["B"].hidden = True

    sheet = read_xlsx(workbook(fill), "a.xlsx")
    assert len(sheet.rows) == 3
    assert [note.split(",")[0] for note in sheet.notes] == ["1 row of the sheet", "Hidden in the sheet"]
    assert "such as row 3," in sheet.notes[0]
    assert sheet.notes[1].endswith("column B.")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "is a PDF document"),
        (b"\r\n<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", "is a web page"),
        (b"<?xml version='1.0'?><Workbook>", "is in XML"),
        (b'{"url": "https://docs.google.com/spreadsheets/d/1"}', "only a link to Google Sheets"),
        (b'[{"title": "First aid"}]', "is in JSON"),
        (b"PK\x05\x06" + b"\0" * 18, "is an empty ZIP file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"\xd0\xcf\x11\xe0Workbook", r"old format \(.xls\)"),
    ],
)
def test_other_files_are_named_for_what_they_are(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "courses.xlsx"
    file.write_bytes(data)
    with pytest.raises(SheetError, match=words):
        read_sheet(file, KNOWN.__contains__)


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("title\nFirst aid\n")
    (tmp_path / "a.csv").write_bytes(workbook(lambda book: book.active.append(["title"])))
    assert read_sheet(tmp_path / "a.xlsx", KNOWN.__contains__).rows[0].cells == ("First aid",)
    assert read_sheet(tmp_path / "a.csv", KNOWN.__contains__).headings == ("title",)


def test_other_encodings_are_refused_until_they_are_named() -> None:
    data = "title\nCafé\n".encode("cp1252")
    with pytest.raises(SheetError, match=r"not in UTF-8 \(see line 2\).*--encoding cp1252"):
        csv(data)
    assert csv(data, "cp1252").rows[0].cells == ("Café",)
    with pytest.raises(SheetError, match="no encoding `cp12`"):
        csv(data, "cp12")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("title,Title\na,b\n", "two columns are headed `Title`, A and B"),
        ("title,price\na,b,c\n", "row 2: there is something in column C, which has no heading"),
        ('title\n"a\n', "row 2: a quotation mark"),
        ('title\n"a"b\n', "row 2: there is text after a closing"),
        ("title\n" + "x" * 2_000_001, "more than 2,000,000 characters"),
        ("title" + "," * 2000 + "x\n", "more than 2,000 columns"),
        ("title\0\n", "is not a text file"),
    ],
)
def test_what_is_wrong_with_a_csv_file_is_said(data: str, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        csv(data)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("credsite.authoring.spreadsheet.sheets.MAX_ROWS", 2)
    assert len(csv("title\n1\n2\n").rows) == 2
    with pytest.raises(SheetError, match="more than 2 rows"):
        csv("title\n1\n2\n3\n")
    assert len(xlsx(["title"], [1], [2]).rows) == 2
    with pytest.raises(SheetError, match="more than 2 rows"):
        xlsx(["title"], [1], [2], [3])


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (495.0, "General", "495"),
        (7.25, "0.00", "7.25"),
        (0.1 + 0.2, "General", "0.3"),
        (495, '"£"#,##0.00', "£495"),
        (495, "[$CAD] #,##0.00", "495 CAD"),
        (495, "[$€-407] #,##0.00", "€495"),
        (0.15, "0%", "15%"),
        (7, "000", "007"),
        (True, "General", "true"),
        (date(2027, 1, 31), "yyyy-mm-dd", "2027-01-31"),
        (datetime(2027, 1, 31), "dd/mm/yyyy", "2027-01-31"),
        (datetime(2027, 1, 31, 9, 30), "dd/mm/yyyy hh:mm", "2027-01-31 09:30"),
        ("007", "@", "007"),
        (" a\nb ", "@", " a\nb "),
        ("a_x000D_b", "@", "a\rb"),
    ],
)
def test_cells_of_a_workbook(value: Any, form: str, text: str) -> None:
    def fill(book: Any) -> None:
        book.active.append(["title", "note"])
        book.active.append([value, "x"])
        book.active["A2"].number_format = form

    assert read_xlsx(workbook(fill), "a.xlsx").rows[0].cells == (text, "x")


def test_empty_rows_and_columns_of_a_workbook_do_not_count() -> None:
    sheet = xlsx(["title", None, "price"], [None, None], ["First aid", None, 120], ["  "])
    assert sheet.headings == ("title", "price")
    assert [(row.number, row.cells) for row in sheet.rows] == [(3, ("First aid", "120"))]


def test_which_sheet_is_read_is_never_guessed() -> None:
    def fill(book: Any) -> None:
        book.active.append(["title"])
        book.active.append(["one"])
        for name, state in (("Next year", "visible"), ("Old", "hidden"), ("Empty", "visible")):
            sheet = book.create_sheet(name)
            sheet.sheet_state = state
            if name != "Empty":
                sheet.append(["title", "year"])
                sheet.append([name, 2027])

    data = workbook(fill)
    with pytest.raises(SheetError, match=r"several sheets: Sheet, Next year\."):
        read_xlsx(data, "a.xlsx")
    with pytest.raises(SheetError, match='such as `--sheet "Next year"`'):
        read_xlsx(data, "a.xlsx", is_known={"year"}.__contains__)
    assert read_xlsx(data, "a.xlsx", "next year").rows[0].cells == ("Next year", "2027")
    assert read_xlsx(data, "a.xlsx", "Old").rows[0].cells == ("Old", "2027")
    with pytest.raises(SheetError, match="Did you mean `Next year`"):
        read_xlsx(data, "a.xlsx", "Next yaer")


def test_hidden_sheets_are_passed_over() -> None:
    def fill(book: Any) -> None:
        book.active.append(["title"])
        book.active.append(["one"])
        hidden = book.create_sheet("Lists")
        hidden.append(["x"])
        hidden.sheet_state = "hidden"

    assert read_xlsx(workbook(fill), "a.xlsx").rows[0].cells == ("one",)


def test_merged_cells_are_refused() -> None:
    def fill(book: Any) -> None:
        book.active.append(["title", "price"])
        book.active.append(["one", 1])
        book.active.append(["two", None])
        book.active.merge_cells("B2:B3")

    with pytest.raises(SheetError, match="B2:B3 are merged"):
        read_xlsx(workbook(fill), "a.xlsx")


def test_a_formula_without_its_value_is_refused() -> None:
    with pytest.raises(SheetError, match="cell B2: the value of this formula is not in the file"):
        xlsx(["title", "price"], ["one", "=1+1"])


def test_a_formula_counts_with_its_value() -> None:
    data = workbook(
        lambda book: [book.active.append(row) for row in (["title", "price"], ["one", "=1+1"])] and None
    )
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    sheet = files["xl/worksheets/sheet1.xml"]
    assert b"<f>1+1</f><v></v>" in sheet or b"<f>1+1</f><v />" in sheet or b"<f>1+1</f><v/>" in sheet
    files["xl/worksheets/sheet1.xml"] = (
        sheet.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    assert read_xlsx(stream.getvalue(), "a.xlsx").rows[0].cells == ("one", "2")


def test_numbers_that_excel_has_cut_are_refused() -> None:
    with pytest.raises(SheetError, match="cell A2 holds a number of more than 15 digits"):
        xlsx(["title"], [1234567890123456])


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"PK\x03\x04 no more", "is damaged"), (b"", "is damaged")],
)
def test_a_damaged_workbook_is_said_so(data: bytes, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        read_xlsx(data, "a.xlsx")


@pytest.mark.parametrize("name", ["xl/workbook.xml", "mimetype"])
def test_a_workbook_with_wrong_bytes_is_damaged(name: str) -> None:
    """Wherever bytes are wrong: no error of the libraries gets out."""
    data = packed({name: b"application/vnd.oasis.opendocument.spreadsheet"})
    for position in range(len(data)):
        wrong = bytearray(data)
        wrong[position] ^= 0xFF
        with pytest.raises(SheetError):
            read_xlsx(bytes(wrong), "a.xlsx")


def test_dates_of_the_calendar_from_1904_and_formatted_texts() -> None:
    def fill(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904
        words = CellRichText("Mix ", TextBlock(InlineFont(b=True), "bread"), "\nBake it")
        book.active.append(["title", "note"])
        book.active.append([words, date(2027, 1, 31)])

    assert read_xlsx(workbook(fill), "a.xlsx").rows[0].cells == ("Mix bread\nBake it", "2027-01-31")


def test_a_workbook_with_a_part_cut_short_is_damaged() -> None:
    data = workbook(lambda book: book.active.append(["title"]))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    for part in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as packed:
            for name, content in files.items():
                packed.writestr(name, content[:-40] if name == part else content)
        with pytest.raises(SheetError, match="is damaged"):
            read_xlsx(stream.getvalue(), "a.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("credsite.authoring.spreadsheet.workbook_archive._MAX_UNPACKED", 1000)
    with pytest.raises(SheetError, match="unpacks to more than"):
        xlsx(["title"], ["one"])


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
            "OpenDocument spreadsheet.*LibreOffice",
        ),
        ({"xl/workbook.bin": b""}, r"binary Excel workbook \(.xlsb\)"),
        ({"Index/Document.iwa": b""}, "Numbers document"),
        ({"word/document.xml": b""}, "Word or PowerPoint document"),
        ({"list/courses.csv": b""}, "ZIP file. Unpack it first, and import `list/courses.csv`"),
        ({"a": b""}, "not an Excel workbook"),
    ],
)
def test_a_zip_that_is_no_workbook_is_said_so(files: dict[str, bytes], words: str) -> None:
    with pytest.raises(SheetError, match=words):
        read_xlsx(packed(files), "a.xlsx")


def test_a_workbook_in_the_strict_form_is_read() -> None:
    def fill(book: Any) -> None:
        book.active.append(["title", "price", "note"])
        book.active.append(["one", 495, date(2027, 1, 31)])
        book.active["B2"].number_format = '#,##0 "NOK"'
        book.active["C2"].number_format = "dd/mm/yyyy"

    files = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
            b"http://purl.oclc.org/ooxml/spreadsheetml/",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/",
            b"http://purl.oclc.org/ooxml/officeDocument/",
        )
        for name, content in unpacked(workbook(fill)).items()
    }
    assert b"purl.oclc.org" in files["xl/workbook.xml"]
    assert read_xlsx(packed(files), "a.xlsx").rows[0].cells == ("one", "495 NOK", "2027-01-31")


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (timedelta(hours=42), "[h]:mm", "42:00"),
        (time(3, 30), "h:mm", "03:30"),
        (datetime(2027, 9, 1), "mmm yyyy", "2027-09"),
        (datetime(2027, 1, 31, 9, 30), "dd/mm/yyyy", "2027-01-31"),
        (6, r"0\ \d\a\y\s", "6 days"),
        ("6", '@" weeks"', "6 weeks"),
    ],
)
def test_only_what_a_cell_shows_is_read(value: Any, form: str, text: str) -> None:
    test_cells_of_a_workbook(value, form, text)


def linked(book: Any) -> None:
    book.active.append(["title", "link"])
    for row in range(2, 6):
        book.active.append([f"Course {row}", "Enrol here"])
    book.active["B2"].hyperlink = "https://college.example/enrol?a=1&b=2"
    book.active["B3"].hyperlink = Hyperlink(ref="B3", target="https://college.example/enrol", location="fees")
    book.active["B4"].hyperlink = "mailto:ask@college.example"
    book.active["B5"].hyperlink = Hyperlink(ref="B5", location="Sheet!A1")


def test_addresses_behind_cells_are_read() -> None:
    sheet = read_xlsx(workbook(linked), "a.xlsx")
    assert [row.links for row in sheet.rows] == [
        {1: "https://college.example/enrol?a=1&b=2"},
        {1: "https://college.example/enrol#fees"},
        {1: "mailto:ask@college.example"},
        {},
    ]
    assert {row.cells[1] for row in sheet.rows} == {"Enrol here"}


def with_results(data: bytes, results: dict[bytes, bytes]) -> bytes:
    """A workbook of openpyxl with the results of formulas, as Excel writes them."""
    files = unpacked(data)
    sheet = files["xl/worksheets/sheet1.xml"]
    for cell, result in results.items():
        sheet = re.sub(
            rb'<c r="' + cell + rb'"([^>]*)>(<f>[^<]*</f>)<v\s*(?:/>|></v>)',
            rb'<c r="' + cell + rb'" t="str"\1>\2<v>' + result + b"</v>",
            sheet,
        )
    return packed({**files, "xl/worksheets/sheet1.xml": sheet})


def test_formulas_that_lead_to_addresses_are_read() -> None:
    def fill(book: Any) -> None:
        book.active.append(["title", "link", "note"])
        book.active.append(
            ["a", '=HYPERLINK("https://college.example/""a""", "Enrol")', "https://college.example/c"]
        )
        book.active.append(["b", '=HYPERLINK(C3,"Enrol")', "https://college.example/d"])

    data = with_results(workbook(fill), {b"B2": b"Enrol", b"B3": b"Enrol"})
    rows = read_xlsx(data, "a.xlsx").rows
    assert [row.links for row in rows] == [
        {1: 'https://college.example/"a"'},
        {1: "https://college.example/d"},
    ]
    assert [row.cells[1] for row in rows] == ["Enrol", "Enrol"]


def test_one_formula_without_its_value_among_others_is_refused() -> None:
    def fill(book: Any) -> None:
        book.active.append(["title", "price", "note"])
        book.active.append(["a", "=1+1", '=""'])
        book.active.append(["b", "=2+2", "x"])

    data = workbook(fill)
    assert read_xlsx(with_results(data, {b"B2": b"2", b"B3": b"4", b"C2": b""}), "a.xlsx").rows[0].cells == (
        "a",
        "2",
        "",
    )
    with pytest.raises(SheetError, match="cell B3: the value of this formula is not in the file"):
        read_xlsx(with_results(data, {b"B2": b"2", b"C2": b""}), "a.xlsx")


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_by_letters(column: int, name: str) -> None:
    assert column_letters(column) == name
