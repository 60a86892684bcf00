from __future__ import annotations

import csv
import gc
import io
import json
import sys
from typing import Any

import pytest
import yaml

from credsite.authoring.spreadsheet.columns import columns_of, field_shapes
from credsite.authoring.spreadsheet.export import ExportedEntry, ExportFormat, export, exportable
from credsite.authoring.spreadsheet.sheets import SheetError
from credsite.authoring.spreadsheet.xlsx_reader import read_xlsx
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS

NOTHING = ('""', "~", "[]", "{}", '[""]', "[[]]", "[{}]", "[[[]]]", '{a: ""}', '["", [], {}]')


def exported(kind: Kind, values: dict[str, Any], form: ExportFormat, body: str = "") -> dict[str, str]:
    """The filled cells of the one entry."""
    data = export(columns_of(kind), [ExportedEntry("a", values, body)], form, text=bool(body))
    if form == "xlsx":
        sheet = read_xlsx(data, "a.xlsx", is_known=lambda heading: columns_of(kind).find(heading) is not None)
        row = dict(zip(sheet.headings, sheet.rows[0].cells, strict=True))
    else:
        [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return {heading: cell for heading, cell in row.items() if cell}


@pytest.mark.parametrize("kind", [Kind.COURSE, Kind.STORY, Kind.PATHWAY, Kind.PROVIDER, Kind.PAGE])
@pytest.mark.parametrize("nothing", NOTHING)
def test_what_counts_as_left_out_is_exported_as_nothing(kind: Kind, nothing: str) -> None:
    keys = [key for key in field_shapes(MODELS[kind]) if key != "title"]
    values = yaml.load("\n".join(f"{key}: {nothing}" for key in keys), yaml.BaseLoader)
    values = {"title": "A", **{key: None if nothing == "~" else value for key, value in values.items()}}
    assert exported(kind, values, "csv") == {"slug": "a", "title": "A"}
    assert exported(kind, values, "xlsx") == {"slug": "a", "title": "A"}
    [written] = json.loads(export(columns_of(kind), [ExportedEntry("a", values, "")], "json"))
    rest = {key: value for key, value in written.items() if key not in ("slug", "title")}
    assert not any(
        sign.isalnum() for value in rest.values() if value is not False for sign in json.dumps(value)
    )


CONTROLS = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127, 0x85, 0x9B, 0xFFFE, 0xFFFF)))


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_characters_that_no_workbook_can_hold_come_back(form: ExportFormat) -> None:
    body = f"a{CONTROLS.replace(chr(0), '') if form == 'csv' else CONTROLS}b _x000C_ \u2028 end"
    values = {"title": body}
    if form == "json":
        [written] = json.loads(
            export(columns_of(Kind.COURSE), [ExportedEntry("a", values, body)], "json", text=True)
        )
        assert (written["title"], written["text"]) == (body, body)
    else:
        cells = exported(Kind.COURSE, values, form, body)
        assert (cells["title"], cells["text"]) == (body, body)


def test_entries_that_a_format_cannot_hold_are_left_out_with_their_problem(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = ExportedEntry("long", {"title": "x" * 40_000}, "", "content/courses/long.md")
    many = ExportedEntry(
        "many", {"title": "A", "sessions": [{"starts": "2027-01-01"}] * 2_000}, "", "content/courses/many.md"
    )
    good = ExportedEntry("good", {"title": "A"}, "", "content/courses/good.md")
    for form, left_out in (("xlsx", ["long", "many"]), ("csv", ["many"]), ("json", [])):
        entries, problems = exportable(columns_of(Kind.COURSE), [long, good, many], form)  # type: ignore[arg-type]
        assert [problem.location.path for problem in problems] == [
            f"content/courses/{slug}.md" for slug in left_out
        ]
        assert {entry.slug for entry in entries} == {"long", "many", "good"} - set(left_out)
        assert export(columns_of(Kind.COURSE), entries, form)  # type: ignore[arg-type]

    def fail(values: Any, _: Any) -> dict[str, str]:
        if values is many.values:
            raise KeyError("x")
        return {}

    monkeypatch.setattr("credsite.authoring.spreadsheet.export.cells_of", fail)
    monkeypatch.setattr("credsite.authoring.spreadsheet.export.MAX_BLOCKS", 5_000)
    entries, [problem] = exportable(columns_of(Kind.COURSE), [good, many], "csv")
    assert entries == [good]
    assert (problem.code, problem.location.path) == ("internal-fault", "content/courses/many.md")


def test_a_sheet_that_is_refused_leaves_nothing_half_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """openpyxl complains of such a sheet when its memory is freed, in the middle of something else."""
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda complaint: complaints.append(complaint.exc_type))
    entries = [ExportedEntry("long", {"title": "x" * 40_000}, "")]
    with pytest.raises(SheetError, match="A cell of Excel holds 32,767 characters"):
        export(columns_of("page"), entries, "xlsx")
    gc.collect()
    assert complaints == []
