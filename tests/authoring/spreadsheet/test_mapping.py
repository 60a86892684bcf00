"""Mapping files, and sheets in our columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from credsite.authoring.spreadsheet.columns import columns_of
from credsite.authoring.spreadsheet.mapping import EMPTY_MAPPING, SheetMapping, bundled_mappings, load_mapping
from credsite.authoring.spreadsheet.sheet_entries import EntryTable
from credsite.authoring.spreadsheet.sheet_reader import read_csv
from credsite.authoring.spreadsheet.sheets import NumberText, Sheet, SheetError, SheetRow
from credsite.authoring.spreadsheet.table import build_table
from credsite.schema.kinds import Kind
from tests.support.paths import REPOSITORY

COLUMNS = columns_of(Kind.COURSE)


def table(text: str, rules: SheetMapping = EMPTY_MAPPING, **fixed: str) -> EntryTable:
    return build_table(read_csv(text.encode(), "a.csv", lambda _: True), COLUMNS, rules, fixed)


def cells(found: EntryTable) -> list[dict[str, str]]:
    return [
        {column.heading: cell for column, cell in record.cells.items() if cell} for record in found.entries
    ]


def rules(folder: Path, text: str) -> SheetMapping:
    path = folder / "mapping.yaml"
    path.write_text(text)
    return load_mapping(str(path))


@pytest.mark.parametrize("name", bundled_mappings())
def test_shipped_mappings_name_columns_that_there_are(name: str) -> None:
    found = load_mapping(name)
    for heading in (*found.columns, *found.fixed):
        assert COLUMNS.find(heading) is not None, heading


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_columns_for_all_its_keys(kind: Kind) -> None:
    columns = columns_of(kind)
    names = {field.alias or name for name, field in columns.model.model_fields.items()}
    assert set(columns.keys) == names
    assert all(columns.find(column.heading) == column for column in columns.all)


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Delivery modes *", "delivery_modes"),
        ("SESSION 2 Apply-by", "sessions 2 apply_by"),
        ("sessions 0 starts", None),
        ("sessions 201 starts", None),
        ("outcomes 1", None),
        ("Credential: name", "credential name"),
    ],
)
def test_headings_are_known_whatever_their_case_and_signs(heading: str, found: str | None) -> None:
    column = COLUMNS.find(heading)
    assert (column and column.heading) == found


def test_unknown_headings_are_all_named_with_what_is_meant() -> None:
    with pytest.raises(SheetError) as caught:
        table("title,provder,delivery mode,colour\n")
    message = str(caught.value)
    assert "`provder` is not a known column. Did you mean `provider`?" in message
    assert "`delivery mode` is not a known column. Did you mean `delivery_modes`?" in message
    assert "`colour` is not a known column.\n" in message


def test_a_heading_with_a_unit_is_a_column_and_the_unit_belongs_into_the_cells() -> None:
    with pytest.raises(SheetError) as caught:
        table("title,Price (CAD)\n")
    assert "`Price (CAD)` is not a known column. Did you mean `price`?" in str(caught.value)
    assert 'such as `12 CAD`, or say it in a mapping file: `price: "{Price (CAD)} CAD"`' in str(caught.value)


@pytest.mark.parametrize(
    ("headings", "offered"),
    [
        ("title,summary,courses,learner name", "`--kind story`"),
        ("title,url,email", "`--kind provider`"),
        ("title,price,colour", ""),
    ],
)
def test_columns_of_another_kind_offer_that_kind(headings: str, offered: str) -> None:
    with pytest.raises(SheetError) as caught:
        table(f"{headings}\n")
    message = str(caught.value)
    assert ("--kind" in message) is bool(offered)
    assert offered in message


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Start date", "session starts"),
        ("Tuition fee", "price"),
        ("Entry Requirements", "prerequisites"),
        ("seats", "sessions seats"),
        ("Link", "enrol_url"),
    ],
)
def test_headings_that_other_sheets_have_suggest_a_column(heading: str, meant: str) -> None:
    with pytest.raises(SheetError, match=f"`{heading}` is not a known column. Did you mean `{meant}`"):
        table(f"title,{heading}\n")


def test_a_sheet_without_headings_is_told_so() -> None:
    with pytest.raises(
        SheetError, match=r"none of the headings in its first row is a known column: `Bread`, `tern`\."
    ):
        table("Bread,tern\nCakes,tern\n")


def test_two_headings_of_one_column_are_refused() -> None:
    with pytest.raises(SheetError, match="`delivery_modes` and `Delivery modes` mean the same"):
        table("delivery_modes,Delivery modes\nonline,online\n")


def test_a_mapping_puts_columns_together_and_translates(tmp_path: Path) -> None:
    found = rules(
        tmp_path,
        """\
columns:
  title: Course
  duration: "{Length} {Unit}"
  level: {from: Stage, values: {Beginner: introductory}}
  text: {from: ["{About}", "## How\\n\\n{How}"]}
fixed: {provider: tern}
ignore: [Colour]
currency: gbp
""",
    )
    assert found.currency == "GBP"
    text = "Course,Length,Unit,Stage,About,How,Colour\nFirst aid,6,weeks,BEGINNER,It helps.,By doing.,red\nSQL,,,,,,\n"
    assert cells(table(text, found)) == [
        {
            "title": "First aid",
            "duration": "6 weeks",
            "level": "introductory",
            "text": "It helps.\n\n## How\n\nBy doing.",
            "provider": "tern",
        },
        {"title": "SQL", "provider": "tern"},
    ]


def test_a_mapping_may_extend_another(tmp_path: Path) -> None:
    found = rules(tmp_path, "extends: uk-course-directory\nfixed: {provider: tern}\ncolumns: {title: NAME}\n")
    assert found.dates == "day/month/year"
    assert found.columns["title"].headings() == ["NAME"]
    assert found.columns["price"].headings() == ["COST"]
    with pytest.raises(SheetError, match="extends itself"):
        rules(tmp_path, f"extends: {tmp_path / 'mapping.yaml'}\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colums: {}", "Did you mean `columns`"),
        ("dates: sometimes", "sometimes"),
        ("a: [", "mapping.yaml:1"),
        ("- a", "mapping.yaml is not a mapping file: it needs keys such as `columns:`"),
        ("just words", "mapping.yaml is not a mapping file"),
        ("flexible_strat: a", "Did you mean `flexible_start`"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        rules(tmp_path, text)


def test_the_mapping_in_the_documentation_is_one(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "spreadsheets.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    text = (
        "Course name,Length,Unit,Stage,About,Next steps,Internal number\nKnots,6,weeks,expert,,A licence.,7\n"
    )
    assert cells(table(text, rules(tmp_path, example))) == [
        {
            "title": "Knots",
            "duration": "6 weeks",
            "level": "advanced",
            "text": "## Where it leads\n\nA licence.",
            "provider": "harbour-college",
        }
    ]
    for name in bundled_mappings():
        assert f"`{name}`" in page


def test_a_mapping_that_there_is_not() -> None:
    with pytest.raises(SheetError, match="Did you mean `uk-course-directory`"):
        load_mapping("uk-course-dirctory")


def test_columns_of_a_mapping_must_exist(tmp_path: Path) -> None:
    with pytest.raises(
        SheetError, match=r"names the column `titel`, which does not exist\. Did you mean `title`"
    ):
        table("Name\nA\n", rules(tmp_path, "columns: {titel: Name}"))


def linked(words: str, address: str, heading: str = "enrol_url") -> EntryTable:
    sheet = Sheet("a.xlsx", ("title", heading), (SheetRow(2, ("First aid", words), {1: address}),))
    return build_table(sheet, COLUMNS, EMPTY_MAPPING, {})


@pytest.mark.parametrize(
    ("words", "address", "heading"),
    [
        ("Enrol here", "https://college.example/enrol", "enrol_url"),
        ("college.example/enrol", "https://college.example/enrol/", "Enrol URL"),
        ("https://college.example/a", "https://college.example/a", "session 1 enrol_url"),
        ("ask@college.example", "mailto:ask@college.example", "contact"),
    ],
)
def test_an_address_behind_a_cell_is_the_value_of_a_field_for_addresses(
    words: str, address: str, heading: str
) -> None:
    found = linked(words, address, heading)
    assert list(cells(found)[0].values()) == ["First aid", address]
    assert (found.entries[0].refused, found.notes) == ((), ())


def test_an_e_mail_address_behind_a_cell_is_that_of_a_provider() -> None:
    row = SheetRow(2, ("Tern", "Write to us"), {1: "mailto:ask@college.example?subject=Courses"})
    sheet = Sheet("a.xlsx", ("title", "email"), (row,))
    found = build_table(sheet, columns_of(Kind.PROVIDER), EMPTY_MAPPING, {})
    assert cells(found) == [{"title": "Tern", "email": "ask@college.example"}]


def test_an_address_that_is_not_the_one_that_a_cell_shows_is_refused() -> None:
    found = linked("https://college.example/new", "https://college.example/old")
    assert [(one.rows, one.heading) for one in found.entries[0].refused] == [((2,), "enrol_url")]
    assert "leads to `https://college.example/old`" in found.entries[0].refused[0].message


def test_an_address_behind_a_cell_of_words_is_told_of() -> None:
    found = linked("Sarah", "https://college.example/sarah", "summary")
    assert cells(found)[0]["summary"] == "Sarah"
    assert len(found.notes) == 1
    assert "Column `summary`: 1 cell with an address behind the words" in found.notes[0]


def test_commas_in_a_list_of_free_words_are_told_of() -> None:
    found = table(
        'title,skills,outcomes\nKnots,"reef knot, bowline","Tie knots, bends and hitches"\nSails,"sewing; cutting, too",\n'
    )
    (note,) = found.notes
    assert "Column `skills`: 1 cell with commas, such as `reef knot, bowline` in row 2" in note
    assert "`reef knot; bowline`" in note


def test_a_formula_in_a_csv_file_leads_to_an_address() -> None:
    formula = '"=HYPERLINK(""https://college.example/a"",""Enrol"")"'
    found = table(f"title,enrol_url,summary\nFirst aid,{formula},{formula}\n")
    assert cells(found)[0] == {
        "title": "First aid",
        "enrol_url": "https://college.example/a",
        "summary": "Enrol",
    }


def test_a_number_of_a_workbook_has_decimals_and_no_thousands() -> None:
    cell = NumberText("25.125 KWD")
    sheet = Sheet("a.xlsx", ("price", "summary", "title"), (SheetRow(2, (cell, cell, "1.250")),))
    found = build_table(sheet, COLUMNS, EMPTY_MAPPING, {})
    assert cells(found) == [{"price": "25.1250 KWD", "summary": "25.125 KWD", "title": "1.250"}]


@pytest.mark.parametrize(
    ("heading", "shown", "read"),
    [
        ("credits value", "3 ECTS", "3"),
        ("session 1 seats", "20 places", "20"),
        ("session 1 seats", "2 thousand", "2 thousand"),
        ("session 1 seats", "15%", "15%"),
        ("price amount", "$495", "$495"),
        ("duration", "6 weeks", "6 weeks"),
    ],
)
def test_a_number_field_takes_the_number_without_the_words_of_its_format(
    heading: str, shown: str, read: str
) -> None:
    sheet = Sheet("a.xlsx", (heading,), (SheetRow(2, (NumberText(shown),)),))
    assert list(cells(build_table(sheet, COLUMNS, EMPTY_MAPPING, {}))[0].values()) == [read]


def test_rows_of_one_course_become_its_sessions() -> None:
    found = table(
        "title,provider,delivery_modes,price,session starts,session location\n"
        "First aid,tern,online,120,2027-02-06,\n"
        "SQL,tern,online,,,\n"
        "first  Aid,tern,in-person,120,2027-03-06,Room 2\n"
    )
    assert found.refused == ()
    assert [record.rows for record in found.entries] == [(2, 4), (3,)]
    assert cells(found)[0] == {
        "title": "First aid",
        "provider": "tern",
        "delivery_modes": "online; in-person",
        "price": "120",
        "sessions 1 starts": "2027-02-06",
        "sessions 2 starts": "2027-03-06",
        "sessions 2 location": "Room 2",
    }
    assert found.heading(("sessions", 1, "starts")) == "session starts"


def test_rows_of_one_course_must_agree() -> None:
    found = table("slug,price,session starts\na,120,2027-02-06\na,130,2027-03-06\n")
    assert [(one.rows, one.heading) for one in found.refused] == [((3,), "price")]
    assert found.entries == ()


def test_sessions_have_numbers_or_rows_and_not_both() -> None:
    with pytest.raises(SheetError, match="Use one way"):
        table("title,session starts,session 1 ends\n")


def test_the_course_directory_of_england() -> None:
    text = (
        "COURSE_NAME,LARS_QAN,WHO_THIS_COURSE_IS_FOR,WHERE_NEXT,DELIVERY_MODE,START_DATE,FLEXIBLE_START_DATE,VENUE_NAME,"
        "COURSE_WEBPAGE,COST,COST_DESCRIPTION,DURATION,DURATION_UNIT,STUDY_MODE,ATTENDANCE_PATTERN\n"
        "Barista basics,60312345,New baristas.,,Classroom based,05/02/2027,no,Harbour Hall,https://tern.example/b,95.00,"
        "Cups included.,3,Weeks,Part time,Evening\n"
        "Barista basics,60312345,New baristas.,,Classroom,05/03/2027,no,Harbour Hall,https://tern.example/b,95.00,"
        "Cups included.,3,Weeks,Part time,Day/Block Release\n"
    )
    found = table(text, load_mapping("uk-course-directory"), provider="tern", industries="hospitality")
    assert found.refused == ()
    assert cells(found) == [
        {
            "title": "Barista basics",
            "summary": "New baristas.",
            "delivery_modes": "in-person",
            "duration": "3 Weeks",
            "price": "95.00",
            "enrol_url": "https://tern.example/b",
            "text": "New baristas.\n\n## What it costs\n\nCups included.",
            "provider": "tern",
            "industries": "hospitality",
            "sessions 1 starts": "05/02/2027",
            "sessions 1 delivery_mode": "in-person",
            "sessions 1 location": "Harbour Hall",
            "sessions 1 timing": "evening",
            "sessions 2 starts": "05/03/2027",
            "sessions 2 delivery_mode": "in-person",
            "sessions 2 location": "Harbour Hall",
            "sessions 2 timing": "daytime",
        }
    ]
