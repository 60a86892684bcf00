from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
import yaml

from credsite.authoring.spreadsheet.columns import columns_of, field_shapes
from credsite.authoring.spreadsheet.export import ExportedEntry, ExportFormat, export
from credsite.authoring.spreadsheet.xlsx_reader import read_xlsx
from credsite.schema.kinds import Kind
from credsite.schema.models import MODELS

NOTHING = ('""', "~", "[]", "{}", '[""]', "[[]]", "[{}]", "[[[]]]", '{a: ""}', '["", [], {}]')


def exported(kind: Kind, values: dict[str, Any], form: ExportFormat, body: str = "") -> dict[str, str]:
    """The filled cells of the one entry."""
    data = export(kind, [ExportedEntry("a", values, body)], form, text=bool(body))
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
    [written] = json.loads(export(kind, [ExportedEntry("a", values, "")], "json"))
    rest = {key: value for key, value in written.items() if key not in ("slug", "title")}
    assert not any(
        sign.isalnum() for value in rest.values() if value is not False for sign in json.dumps(value)
    )
