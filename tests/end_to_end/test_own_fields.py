"""Whatever fields a site declares: what an editor writes in them is the same in files, sheets, the form, pages and data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator

from credsite.authoring.editors.choices import Choice
from credsite.authoring.editors.cms import Backend, cms_config
from credsite.authoring.editors.json_schema import json_schema
from credsite.authoring.scaffold import entry_text
from credsite.authoring.spreadsheet.cells import SheetConventions
from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.document_writer import new_document
from credsite.authoring.spreadsheet.export import ExportedEntry, export
from credsite.authoring.spreadsheet.mapping import EMPTY_MAPPING
from credsite.authoring.spreadsheet.row_merge import RowMerger
from credsite.authoring.spreadsheet.sheet_reader import read_csv
from credsite.authoring.spreadsheet.table import build_table
from credsite.authoring.spreadsheet.xlsx_reader import read_xlsx
from credsite.build.options import Options
from credsite.content.parser import parse
from credsite.content.storage import entry_from_text, entry_to_text
from credsite.schema.config_file import load_config
from credsite.schema.front_matter import RawFrontMatter
from credsite.schema.kinds import Kind
from credsite.schema.models import EntryFields
from credsite.schema.site_schema import SiteSchema
from credsite.site.data.columns import course_columns
from credsite.site.pages.courses import course_page
from tests.support import edits, sequences
from tests.support.catalogues import AnyEntry, course, planned, provider, source
from tests.support.catalogues import settings as site_settings
from tests.support.own_fields import declared_and_given
from tests.support.small_site import small_site

Declared = dict[str, dict[str, Any]]
LEAST = {
    "title": "A course",
    "summary": "What it is about.",
    "provider": "college",
    "industries": ["health"],
    "delivery_modes": ["online"],
}
LARGEST = 100_000
EXAMPLES = settings(
    max_examples=8,
    phases=[Phase.generate],  # to find a smaller example would take minutes: each makes models of its own
    suppress_health_check=list(HealthCheck),
    deadline=None,
)


def read(values: RawFrontMatter, schema: SiteSchema) -> EntryFields:
    """The fields of a file with these values, which has no problems."""
    return read_entry(values, schema).fields


def read_entry(values: RawFrontMatter, schema: SiteSchema) -> AnyEntry:
    data = new_document(values, columns_of(Kind.COURSE, schema), "").encode()
    parsed = parse(data, source(Kind.COURSE, "a"), LARGEST, schema=schema)
    assert parsed.entry is not None, parsed.problems
    return parsed.entry


def own(fields: EntryFields, declared: Declared) -> dict[str, Any]:
    return {key: getattr(fields, key) for key in declared}


@EXAMPLES
@given(declared_and_given())
def test_values_are_the_same_in_files_and_sheets(drawn: tuple[Declared, RawFrontMatter]) -> None:
    declared, values = drawn
    schema = site_settings(fields={"course": declared}).site_schema
    columns = columns_of(Kind.COURSE, schema)
    written = LEAST | values
    entry = read_entry(written, schema)
    assert entry_from_text(entry_to_text(entry), schema.models) == entry
    for form in ("csv", "xlsx"):
        data = export(columns, [ExportedEntry("a", written, "")], form)  # type: ignore[arg-type]
        sheet = (
            read_csv(data, "a.csv", lambda heading: columns.find(heading) is not None)
            if form == "csv"
            else read_xlsx(data, "a.xlsx")
        )
        (row,) = build_table(sheet, columns, EMPTY_MAPPING, {}).entries
        merged, wrong = RowMerger(row.cells, SheetConventions(), lambda _, text: text).merge_into({}, columns)
        assert wrong == {}
        merged.pop("slug", None)
        assert own(read(merged, schema), declared) == own(entry.fields, declared)


@settings(EXAMPLES, max_examples=4)
@given(declared_and_given())
def test_forms_and_schemas_know_every_field(drawn: tuple[Declared, RawFrontMatter]) -> None:
    declared, values = drawn
    config = site_settings(fields={"course": declared})
    schema = json_schema("course", schema=config.site_schema)
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(LEAST | values)) == []
    choices = {key: (Choice("college", "College"),) for key in ("provider", *declared)}
    form = cms_config(config, choices, Backend("github", "a/b"), {})
    fields = {one["name"]: one for one in form["collections"][0]["fields"]}
    for key, one in declared.items():
        assert fields[key]["label"] == config.fields[Kind.COURSE][key].title(key)
        if one["type"] == "choice":
            assert [option["value"] for option in fields[key]["options"]] == list(one["values"])
    new = entry_text(Kind.COURSE, "New", {}, date(2027, 1, 1), schema=config.site_schema)
    assert all(f"\n#{key}:" in new for key in declared)


@EXAMPLES
@given(declared_and_given())
def test_pages_and_data_say_what_the_file_says(drawn: tuple[Declared, RawFrontMatter]) -> None:
    declared, values = drawn
    config = site_settings(fields={"course": declared})
    schema = config.site_schema
    plan, problems = planned(
        course("a", schema=schema, **values), course("b", schema=schema), provider("college"), config=config
    )
    assert problems == []
    page = course_page(plan.view_builder, "a")
    fields = {one.key: one for one in schema.course_fields.values()}
    shown = {one.id for one in (*page.details, *page.body.texts)}
    assert shown == {fields[key].id for key in values}
    data = course_columns(plan.data_context)
    facets = {one["id"]: one for one in data["facets"]}
    for key, one in declared.items():
        field = fields[key]
        given = field.values(read(LEAST | values, schema))
        if (one.get("filter") or one.get("pages")) and (field.id in facets or given):
            facet = facets[field.id]
            codes = facet["codes"][0]
            numbers = codes if isinstance(codes, list) else [codes]
            assert {facet["values"][number]["id"] for number in numbers} == set(given)
        if one.get("sort"):
            assert (data["orders"][field.id][0] is None) == (not given)
        if one.get("pages"):
            assert all(
                f"{field.id}/{value}/" in {page.path for page in plan.pages} for value in one["values"]
            )


DECLARATIONS: list[dict[str, Any]] = [
    {
        "course": {
            "campus": {
                "type": "choice",
                "label": "<i>Campus</i>",
                "values": {
                    "north": "North",
                    "quay": {"label": "<i>Quay</i>", "summary": "<i>By the water</i>"},
                },
                "show": ["facts", "card", "compare"],
                "filter": True,
                "pages": True,
            }
        },
        "place": {"notes": "markdown"},
    },
    {
        "course": {
            "campus": {
                "type": "choice",
                "values": {"quay": "The quay", "north": "North"},
                "show": ["card", "facts"],
            },
            "host": {"type": "reference", "kind": "provider", "show": ["card"], "search": True},
        },
        "story": {"year": "number"},
    },
    {},
]


def test_builds_after_edits_of_declarations_equal_clean_ones(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    for name in ("sql", "layout"):
        edits.set_key(site / f"content/courses/{name}.md", "campus", "quay")
    edits.set_key(site / "content/courses/sql.md", "host", "northmarsh")
    place = site / "content/places/hall.md"
    place.parent.mkdir(exist_ok=True)
    place.write_text("---\ntitle: The hall\nnotes: Nothing *but* notes.\n---\n", encoding="utf-8")
    for declared in DECLARATIONS:
        change_settings(site, declared)
        edited = sequences.build(Options(site, tmp_path / "edited", now=sequences.NOW, keep_going=True))
        assert edited.failure == ""
        pages = b"".join(data for path, data in edited.files.items() if path.endswith(".html"))
        assert (b"&lt;i&gt;Quay" in pages) == (declared is DECLARATIONS[0])
        assert (b"Nothing <em>but</em> notes." in pages) == (declared is DECLARATIONS[0])
        assert b"<i>" not in pages  # no text of the settings is taken for HTML
        if declared is not DECLARATIONS[0]:
            options = Options(site, tmp_path / "clean", now=sequences.NOW, keep_going=True, no_cache=True)
            assert edited.files == sequences.build(options).files
        assert ("campus/quay/index.html" in edited.files) == bool("pages" in str(declared))


def change_settings(site: Path, declared: dict[str, Any]) -> None:
    file = site / "credsite.yaml"
    text = edits.with_key(file.read_text(encoding="utf-8"), "fields", None)
    file.write_text(f"{text}{yaml.safe_dump({'fields': declared}, sort_keys=False)}", encoding="utf-8")


@pytest.mark.parametrize("key", ["campus", "colour"])
def test_mistakes_in_content_are_told_beside_wrong_declarations(tmp_path: Path, key: str) -> None:
    """A key whose declaration is wrong is not unknown as well, but all others are."""
    site = small_site(tmp_path)
    change_settings(site, {"course": {"campus": {"type": "choice"}}})
    edits.set_key(site / "content/courses/sql.md", key, "quay")
    config, problems = load_config(site)
    assert config is None
    assert [one.code for one in problems] == ["bad-declaration"]
    report = sequences.build(Options(site, tmp_path / "out", now=sequences.NOW))
    found = {one.code for one in report.problems if one.location.path.endswith("sql.md")}
    assert found == (set() if key == "campus" else {"unknown-key"})
