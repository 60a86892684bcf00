"""An export that comes back says what it said: as a sheet, as the front matter of a new file, and beside an old one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credsite.authoring.spreadsheet.cells import SheetConventions, normalize_cell
from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.document_writer import new_document
from credsite.authoring.spreadsheet.export import ExportedEntry, export
from credsite.authoring.spreadsheet.front_matter_update import RewriteError, update_front_matter
from credsite.authoring.spreadsheet.mapping import EMPTY_MAPPING
from credsite.authoring.spreadsheet.row_merge import RowMerger
from credsite.authoring.spreadsheet.sheet_entries import EntryTable
from credsite.authoring.spreadsheet.sheet_reader import read_csv
from credsite.authoring.spreadsheet.sheets import Sheet
from credsite.authoring.spreadsheet.table import build_table
from credsite.authoring.spreadsheet.xlsx_reader import read_xlsx
from credsite.content.discovery import SourceFile
from credsite.content.parser import parse
from credsite.schema.front_matter import RawFrontMatter
from credsite.schema.kinds import Kind
from credsite.schema.models import Course
from tests.support.catalogues import settings as site_settings
from tests.support.entries import courses

COLUMNS = columns_of(Kind.COURSE)
_SLOW = settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
_QUICK = settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)


def exported(values: RawFrontMatter, form: Any) -> bytes:
    return export(columns_of(Kind.COURSE), [ExportedEntry("a-course", values, "")], form)


def row_of(sheet: Sheet) -> RowMerger:
    table: EntryTable = build_table(sheet, COLUMNS, EMPTY_MAPPING, {})
    assert table.refused == ()
    (record,) = table.entries
    assert record.cell("slug") == "a-course"
    return RowMerger(record.cells, SheetConventions(), lambda _, text: text)


def is_known(heading: str) -> bool:
    return COLUMNS.find(heading) is not None


def fields_of(values: RawFrontMatter) -> Course:
    """What the model makes of front matter, line ends and its own slug apart."""
    return Course.model_validate(_with_lines({**values, "slug": None}))


def _with_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_lines(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_lines(one) for one in value]
    return normalize_cell(value) if isinstance(value, str) else value


@_QUICK
@given(courses())
def test_nothing_is_lost_in_csv(values: RawFrontMatter) -> None:
    row = row_of(read_csv(exported(values, "csv"), "a.csv", is_known))
    made, wrong = row.merge_into({}, COLUMNS)
    assert wrong == {}
    assert fields_of(made) == fields_of(values)
    assert row.merge_into(values, COLUMNS) == (values, {})


@_SLOW
@given(courses())
def test_nothing_is_lost_in_a_workbook(values: RawFrontMatter) -> None:
    row = row_of(read_xlsx(exported(values, "xlsx"), "a.xlsx"))
    made, wrong = row.merge_into({}, COLUMNS)
    assert wrong == {}
    assert fields_of(made) == fields_of(values)
    assert row.merge_into(values, COLUMNS) == (values, {})


@_QUICK
@given(courses())
def test_a_new_file_says_what_its_row_says(values: RawFrontMatter) -> None:
    data = new_document(values, COLUMNS, "A text.").encode()
    parsed = parse(data, SourceFile("content/courses/a.md", Kind.COURSE, "a", "en"), 10**6)
    assert parsed.entry is not None, (parsed.problems, data)
    assert parsed.entry.fields == Course.model_validate({**values})


@_QUICK
@given(courses(), courses(), st.data())
def test_only_what_changes_is_touched(
    old: RawFrontMatter, other: RawFrontMatter, data: st.DataObject
) -> None:
    """A file with comments gets some keys of another: all lines of the other keys are there, in order."""
    old.pop("slug", None)
    changed = data.draw(st.lists(st.sampled_from(sorted({*old, *other} - {"slug"})), max_size=4, unique=True))
    new = {key: value for key, value in old.items() if key not in changed or key in other}
    new |= {key: other[key] for key in changed if key in other}
    written = _commented(old)
    try:
        result = update_front_matter(written.encode(), old, new, COLUMNS).decode()
    except RewriteError:
        return
    kept = [
        line for key in old if key not in changed for line in _commented({key: old[key]}).split("\r\n")[1:-4]
    ]
    lines = iter(result.split("\r\n"))
    assert all(line in lines for line in kept)
    assert result.endswith("\r\n---\r\n\r\nThe text,\r\nas it was.\n")


def _commented(values: RawFrontMatter) -> str:
    """A file with a remark above each key, and the line ends of Windows."""
    columns = COLUMNS
    parts = []
    for key, value in values.items():
        front = new_document({key: value}, columns).split("---\n")[1] if "---" not in str(value) else ""
        front = front or new_document({key: value}, columns).removeprefix("---\n").removesuffix("---\n")
        parts.append(f"# On {key}.\n{front}")
    text = f"---\n{''.join(parts)}---\n\nThe text,\nas it was."
    return text.replace("\n", "\r\n") + "\n"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_workbook_and_a_csv_file_say_the_same(form: Any) -> None:
    values: RawFrontMatter = {
        "title": "First aid",
        "price": {"amount": "12.345", "currency": "KWD", "note": "a note"},
        "sessions": [{"starts": "2027-02-06"}, {"starts": "0999-01-01", "timing": ["evening"]}],
    }
    data = exported(values, form)
    sheet = read_csv(data, "a", is_known) if form == "csv" else read_xlsx(data, "a")
    cells = dict(zip(sheet.headings, sheet.rows[0].cells, strict=True))
    assert {name: cell for name, cell in cells.items() if cell} == {
        "slug": "a-course",
        "title": "First aid",
        "price": "12.345 KWD",
        "price note": "a note",
        "sessions 1 starts": "2027-02-06",
        "sessions 2 starts": "0999-01-01",
        "sessions 2 timing": "evening",
    }


def test_an_amount_of_money_is_written_without_quotation_marks() -> None:
    schema = site_settings(fields={"course": {"fee": "money", "room": "text"}}).site_schema
    text = new_document({"fee": "395", "room": "395"}, columns_of(Kind.COURSE, schema))
    assert {"fee: 395", 'room: "395"'} <= set(text.splitlines())
