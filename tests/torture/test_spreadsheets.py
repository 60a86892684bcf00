"""Spreadsheets that are small and unpack to much, or hold more than any table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from click.testing import Result

from tests.support.cli import Run
from tests.support.growth import MOST, growth
from tests.torture.trials import Trials

PROMISE = "A spreadsheet of any size and shape is read in time that grows with its size, or refused with an explanation."

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEADINGS = "title,summary,provider,industries,delivery_modes"

SIZE = 100_000
"""Characters of the smaller of two inputs that are compared."""


def workbook(sheet: str, shared: str = "", styles: str = "", links: str = "", more: str = "") -> bytes:
    """A workbook with the XML of one sheet, and of other parts."""
    parts = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "sharedStrings": "sharedStrings", "styles": "styles"}  # fmt: skip
    types = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": relationships({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="worksheet"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relationships(
            {
                "worksheet": "worksheets/sheet1.xml",
                "sharedStrings": "sharedStrings.xml",
                "styles": "styles.xml",
            }
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": shared or f'<sst xmlns="{MAIN}"/>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": links or relationships({}),
        "xl/more.xml": more,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def relationships(targets: dict[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def cell(name: str, text: str = "x") -> str:
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows(*rows: str) -> str:
    headings = "".join(cell(f"{'ABCDE'[at]}1", name) for at, name in enumerate(HEADINGS.split(",")))
    return f'<sheetData><row r="1">{headings}</row>{"".join(rows)}</sheetData>'


def doubled(times: int) -> str:
    """Entities of which each is ten times the one before it."""
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, times))
    return f'<!DOCTYPE sst [<!ENTITY e0 "x">{inner}]><sst xmlns="{MAIN}"><si><t>&e{times - 1};</t></si></sst>'


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a far row": (lambda: workbook(rows(f'<row r="1000000000">{cell("A1000000000")}</row>')), "1000000000"),
    "a row past the last": (lambda: workbook(rows('<row r="1048577"/>')), "1048577"),
    "a row with a huge number": (lambda: workbook(rows(f'<row r="{"9" * 5000}"/>')), "999"),
    "a row with a sign": (lambda: workbook(rows('<row r="-5"/>')), "-5"),
    "rows to and fro": (
        lambda: workbook(rows(*('<row r="1000000"/><row r="3"/>' for _ in range(500)))),
        "row 3 comes after row 1000000",
    ),
    "the same row": (lambda: workbook(rows('<row r="2"/><row r="2"/>')), "row 2 comes after row 2"),
    "far columns in many rows": (
        lambda: workbook(rows(*(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(2, 20_000)))),
        "XFD",
    ),
    "far columns without numbers": (
        lambda: workbook(rows(*("<row><c r='XFD'/></row>" for _ in range(20_000)))),
        "XFD",
    ),
    "a column past the last": (lambda: workbook(rows(f'<row r="2">{cell("XFE2")}</row>')), "XFE2"),
    "a column with many letters": (
        lambda: workbook(rows(f'<row r="2">{cell("Z" * 5000 + "2")}</row>')),
        "ZZZ",
    ),
    "a column in other letters": (lambda: workbook(rows(f'<row r="2">{cell("ÄÖ2")}</row>')), "ÄÖ2"),
    "all cells merged": (
        lambda: workbook(rows() + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "merged",
    ),
    "entities": (lambda: workbook(rows(), shared=doubled(9)), "DOCTYPE"),
    "entities in the sheet": (lambda: workbook(rows(), more=doubled(3)), "DOCTYPE"),
    "spaces": (lambda: workbook(rows() + " " * 210_000_000), "unpacks to more than"),
    "millions of texts": (
        lambda: workbook(rows(), shared=f'<sst xmlns="{MAIN}">{"<si/>" * 3_100_000}</sst>'),
        "more than a million cells",
    ),
    "millions of styles": (
        lambda: workbook(rows(), styles="<cellXfs>" + "<xf/>" * 3_100_000 + "</cellXfs>"),
        "more than a million",
    ),
    "long formulas for many cells": (
        lambda: workbook(
            rows(
                f'<row r="2"><c r="A2"><f t="shared" ref="A2:A9000" si="0">{"A1+" * 2_000}A1</f><v>1</v></c></row>',
                *(
                    f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/><v>1</v></c></row>'
                    for n in range(3, 9_000)
                ),
            )
        ),
        "formulas",
    ),
}
SLOW = ("spaces", "millions of texts", "millions of styles")
"""Making these takes a second."""

BOOKS: dict[str, Callable[[int], bytes]] = {
    "rows": lambda size: workbook(rows(*(f'<row r="{n + 2}">{cell(f"A{n + 2}")}</row>' for n in range(size // 60)))),
    "empty rows": lambda size: workbook(rows(*(f'<row r="{n + 2}"/>' for n in range(size // 15)))),
    "empty cells": lambda size: workbook(rows(f"<row>{'<c/>' * (size // 100)}</row>")),
    "texts": lambda size: workbook(rows(), shared=f'<sst xmlns="{MAIN}">{"<si><t>a</t></si>" * (size // 17)}</sst>'),
    "texts in texts": lambda size: workbook(rows(), shared=f'<sst xmlns="{MAIN}">{"<si>" * (size // 9)}{"</si>" * (size // 9)}</sst>'),
    "styles": lambda size: workbook(rows(), styles="<cellXfs>" + '<xf numFmtId="0"/>' * (size // 18) + "</cellXfs>"),
    "columns": lambda size: workbook('<cols>' + '<col min="1" max="16384" hidden="1"/>' * (size // 40) + "</cols>" + rows()),
    "links": lambda size: workbook(
        rows() + "<hyperlinks>" + '<hyperlink ref="A1:J10000" r:id="hyperlink"/>' * (size // 42) + "</hyperlinks>",
        links=relationships({"hyperlink": "https://college.test/"}),
    ),
    "merged cells": lambda size: workbook(rows() + "<mergeCells>" + "<mergeCell ref='A1:B2'/>" * (size // 24) + "</mergeCells>"),
    "characters": lambda size: workbook(rows(f'<row r="2">{cell("A2", "&#120;" * (size // 6))}</row>')),
    "a formula": lambda size: workbook(
        rows(f'<row r="2"><c r="A2" t="str"><f>HYPERLINK("a",{" " * size}</f><v>x</v></c></row>')
    ),
}  # fmt: skip
TABLES: dict[str, str] = {
    "a line": "\n<x",
    "columns": "<,",
    "cells": "\n<a,",
    "headings": "<h{n},",
    "headings that are almost right": "<titel{n},",
    "a quotation mark": '\n"<x\n',
    "quotation marks": '\n<"',
    "empty lines": "\n<\n",
    "empty lines above": "<\n",
    "empty cells": "\n<,,,,\n",
    "wrong rows": "\n<T {n},s,colege{n},helth,onlin\n",
    "the same row": "\n<T,s,college,health,online\n",
    "sessions": ",session starts\n<T,s,college,health,online,2027-01-31\n",
    "sessions that differ": ",session starts\n<T,s{n},college,health,online,2027-01-31\n",
    "lists that are merged": ",session starts,skills\n<T,s,college,health,online,2027-01-31,skill {n}\n",
    "a list": "\nT,s,college,<health;",
    "separators": "\n<;|\t,",
    "a formula": '\n"=HYPERLINK(""a"",< ',
    "a formula with quotation marks": '\n=HYPERLINK("<""',
    "a price": ",price\nT,s,college,health,online,<1 ",
    "a date": ",reviewed_at\nT,s,college,health,online,<1/",
}


def table(pattern: str, size: int) -> bytes:
    """A CSV file: what stands before the first ``<`` of ``pattern``, and then its piece until there are ``size`` characters."""
    before, _, piece = pattern.partition("<")
    head = HEADINGS if before else ""
    return (head + before + "".join(piece.format(n=n) for n in range(size // len(piece)))).encode()


@pytest.fixture
def imported(site: Path, tmp_path: Path, run: Run) -> Callable[[bytes], Result]:
    """Imports a file, without writing anything."""

    def import_file(data: bytes) -> Result:
        file = tmp_path / "table.sheet"
        file.write_bytes(data)
        return run("import", file, "--site", site, "--kind", "course", "--dry-run")

    return import_file


def test_what_is_larger_than_it_looks_is_refused(
    trials: Trials, whole: bool, imported: Callable[[bytes], Result]
) -> None:
    for name, (make, words) in REFUSED.items():
        if whole or name not in SLOW:
            with trials(name):
                result = imported(make())
                assert result.exit_code == 2
                assert words in result.output
                assert len(result.output) < 1_000


def test_far_cells_in_few_rows_are_read(trials: Trials, imported: Callable[[bytes], Result]) -> None:
    with trials("XFD in ten rows"):
        result = imported(
            workbook(rows(*(f'<row r="{n}"><c r="XFD{n}" s="0"/></row>' for n in range(2, 12))))
        )
        assert result.exit_code == 0
    with trials("the last row"):
        result = imported(workbook(rows('<row r="1048576"><c r="A1048576"/></row>')))
        assert result.exit_code == 0


def test_twice_as_large_takes_twice_as_long(
    trials: Trials, whole: bool, imported: Callable[[bytes], Result]
) -> None:
    size = SIZE if whole else SIZE // 5

    def try_growth(make: Callable[[int], bytes]) -> None:
        files = {one: make(one) for one in (size, 2 * size)}
        assert growth(lambda one: imported(files[one]), size) <= MOST

    for name, make in list(BOOKS.items())[:: 1 if whole else 3]:
        with trials(f"workbook: {name}"):
            try_growth(make)
    for name, pattern in list(TABLES.items())[:: 1 if whole else 3]:
        with trials(f"CSV: {name}"):
            try_growth(lambda one, pattern=pattern: table(pattern, one))  # type: ignore[misc]


def test_the_largest_tables_are_answered(
    trials: Trials, whole: bool, imported: Callable[[bytes], Result]
) -> None:
    for name in TABLES if whole else ("columns", "a quotation mark"):
        with trials(name):
            assert imported(table(TABLES[name], 10_000_000 if whole else 1_000_000)).exit_code in (0, 1, 2)
