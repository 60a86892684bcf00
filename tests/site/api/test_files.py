"""The files for other programs: what is in them, that nothing is in them which is not published, and that keys are only added."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from credsite.site.api import documents, files
from credsite.site.api.schemas import document_schema
from credsite.site.planner import Plan
from credsite.site.views import CoursePage
from tests.support.catalogues import (
    AnyEntry,
    course,
    images_of,
    pages_of,
    place,
    planned,
    provider,
    settings,
    story,
    view_of,
)

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FIELDS = {
    "course": {
        "campus": {"type": "choice", "values": {"north": "North campus"}, "filter": True},
        "union_rate": {"type": "money", "show": ["facts", "card"]},
        "rooms": {"type": "number", "list": True},
        "syllabus": "url",
    }
}
SESSION = {"starts": "2027-02-20", "ends": "2027-02-25", "apply_by": "2027-02-10", "location": "hall"}
KEYS = Path(__file__).with_name("keys.json")


def config(**values: Any) -> Any:
    return settings(api=True, data_licence=LICENCE, **values)


def site_plan(*entries: AnyEntry, **options: Any) -> Plan:
    return planned(*entries, **{"config": config()} | options)[0]


def made(plan: Plan) -> dict[str, Any]:
    """The values of all files below ``api/`` by their paths."""
    found: dict[str, Any] = {
        one.output: one.value(plan.data_context) for one in plan.data if one.output.startswith("api/")
    }
    for page in plan.pages:
        view = page.view(plan.view_builder)
        if isinstance(view, CoursePage):
            documents_of_page = [path for path in page.companion_outputs if path.startswith("api/")]
            assert bool(documents_of_page) == (view.document is not None)
            found.update(dict.fromkeys(documents_of_page, view.document))
    return found


def rich() -> list[AnyEntry]:
    schema = config(fields=FIELDS).site_schema
    return [
        course(
            "first-aid",
            schema=schema,
            price="495.50 CAD",
            duration="3-7 days",
            workload="from 20 hours",
            level="introductory",
            skills=["bandaging"],
            outcomes=["Stop a bleeding"],
            prerequisites=["basics", "hidden", "A first course"],
            sessions=[SESSION, {"starts": "2026-12-01"}],
            reviewed_at="2026-11-02",
            campus="north",
            union_rate="400",
            rooms=[1, 2],
            syllabus="https://college.test/syllabus",
        ),
        course("basics", schema=schema, publish_at="2026-06-01 09:30"),
        course("hidden", schema=schema, publish_at="2027-06-01"),
        course("draft", schema=schema, draft=True),
        place("hall", street="1 Quay"),
        provider("college", url="https://college.test/", kind="college"),
        story("ada", "first-aid", "hidden", quote="It works.", told_at="2026-05-01"),
        story("no", "first-aid", consent=None),
    ]


def rich_plan(**options: Any) -> Plan:
    return site_plan(*rich(), config=config(fields=FIELDS), **options)


def test_a_site_without_the_setting_has_none_of_the_files() -> None:
    plan = planned(course("a"), config=settings())[0]
    assert not [path for path in plan.outputs if path.startswith("api/")]
    assert view_of(plan, "courses/a/").document is None
    assert view_of(plan, "courses/a/").head.document == ""


def test_the_picture_of_a_course_is_one_that_other_websites_can_show() -> None:
    entries = [
        course(slug, image={"src": src, "alt": "It"}) for slug, src in (("a", "a.jpg"), ("b", "b.svg"))
    ]
    found = made(site_plan(*entries, images=images_of(("courses", "a.jpg"), ("courses", "b.svg"))))
    url = "https://courses.test/images/courses/a.jpg"
    assert found["api/v1/courses/a.json"]["image"] == {"url": url, "width": 640, "height": 480, "alt": "It"}
    assert found["api/v1/courses/b.json"]["image"] is None


def test_every_file_of_a_site() -> None:
    found = made(rich_plan())
    assert set(found) == {
        "api/v1/courses.json",
        "api/v1/courses.csv",
        "api/v1/stories.json",
        "api/v1/providers.json",
        "api/v1/dataset.json",
        "api/v1/courses/first-aid.json",
        "api/v1/courses/basics.json",
        *(f"api/v1/schemas/{name}.json" for name in ("course", "courses", "stories", "providers")),
    }
    one = found["api/v1/courses/first-aid.json"]
    assert one["url"] == "https://courses.test/courses/first-aid/"
    assert one["price"] == {"amount": 495.5, "currency": "CAD", "note": ""}
    assert one["duration"] == {"minimum": 3, "maximum": 7, "unit": "day"}
    assert one["workload"] == {"minimum": 20, "maximum": None, "unit": "hour"}
    assert [session["starts"] for session in one["sessions"]] == ["2027-02-20"]
    assert one["sessions"][0]["location"] == {"title": "Hall", "url": "https://courses.test/places/hall/"}
    assert one["prerequisites"] == [
        {"title": "Basics", "url": "https://courses.test/courses/basics/"},
        {"title": "A first course", "url": None},
    ]
    assert one["licence"] == LICENCE
    assert (one["updated"], found["api/v1/courses.json"]["updated"]) == ("2026-11-02", "2026-11-02")
    assert found["api/v1/providers.json"]["providers"][0]["website"] == "https://college.test/"


def test_own_fields_are_in_the_file_of_a_course_and_those_of_lists_in_the_list() -> None:
    found = made(rich_plan())
    campus, rate = {"id": "north", "title": "North campus"}, {"amount": 400, "currency": "CAD"}
    assert found["api/v1/courses/first-aid.json"]["fields"] == {
        "campus": campus,
        "union_rate": rate,
        "rooms": [1, 2],
        "syllabus": "https://college.test/syllabus",
    }
    listed = {one["id"]: one["fields"] for one in found["api/v1/courses.json"]["courses"]}
    assert listed == {"first-aid": {"campus": campus, "union_rate": rate}, "basics": {}}


def test_what_is_not_published_is_in_no_file_also_where_a_preview_shows_it() -> None:
    for options in ({}, {"drafts": True}):
        found = made(rich_plan(**options))
        assert [one["id"] for one in found["api/v1/courses.json"]["courses"]] == ["basics", "first-aid"]
        assert found["api/v1/courses.json"]["total"] == 2
        (ada,) = found["api/v1/stories.json"]["stories"]
        assert (ada["id"], ada["courses"]) == ("ada", [{"id": "first-aid", "title": "First aid"}])
        texts = json.dumps({path: str(value) for path, value in found.items()})
        assert not [
            word for word in ("hidden", "Hidden", "draft.json", "'Draft'", "stories/no/") if word in texts
        ]


@pytest.mark.parametrize("name", ["course", "courses", "stories", "providers"])
def test_the_files_are_as_their_schemas_say(name: str) -> None:
    plan = rich_plan()
    schema = document_schema(plan.view_builder, name)
    jsonschema.Draft202012Validator.check_schema(schema)
    path = "courses/first-aid" if name == "course" else name
    value = json.loads(json.dumps(made(plan)[f"api/v1/{path}.json"]))
    jsonschema.validate(value, schema)
    assert set(value) == set(schema["properties"])
    if name == "course":
        assert set(schema["properties"]["fields"]["properties"]) == set(FIELDS["course"])


def test_keys_are_only_added() -> None:
    """docs/api.md promises that. A new key is written into keys.json; none may be taken out of it."""
    shapes = {
        name: sorted(shape.__annotations__)
        for name, shape in vars(documents).items()
        if hasattr(shape, "__required_keys__") and name != "TypedDict"
    }
    assert shapes == json.loads(KEYS.read_text())


def test_a_long_list_has_pages_and_an_edit_changes_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "COURSES_PER_PAGE", 2)
    slugs = ("a", "b", "c", "d", "e")
    before = site_plan(*map(course, slugs))
    found = made(before)
    pages = [found[f"api/v1/courses{ending}.json"] for ending in ("", "-2", "-3")]
    assert [[one["id"] for one in page["courses"]] for page in pages] == [["a", "b"], ["c", "d"], ["e"]]
    assert [page["next"] for page in pages] == [
        "https://courses.test/api/v1/courses-2.json",
        "https://courses.test/api/v1/courses-3.json",
        None,
    ]
    assert {(page["total"], page["pages"]) for page in pages} == {(5, 3)}
    after = site_plan(*(course(slug, summary="New." if slug == "c" else "A course.") for slug in slugs))
    changed = {new.output for old, new in zip(before.data, after.data, strict=True) if old != new}
    assert {path for path in changed if path.startswith("api/")} == {
        "api/v1/courses-2.json",
        "api/v1/courses.csv",
    }


def test_the_titles_that_a_list_shows_are_among_its_inputs() -> None:
    def digests(title: str, *others: AnyEntry) -> dict[str, str]:
        plan = site_plan(course("a", title=title), story("s", "a"), *others)
        return {one.output.removeprefix("api/v1/"): one.input_digest for one in plan.data}

    before = digests("A")
    renamed = digests("Another")
    assert before["stories.json"] != renamed["stories.json"]
    assert before["providers.json"] == renamed["providers.json"]
    named = digests("A", provider("college", title="Harbour College"))
    assert all(before[name] != named[name] for name in ("courses.json", "courses.csv", "providers.json"))


def test_the_table_has_own_fields_and_no_formulas() -> None:
    schema = config(fields=FIELDS).site_schema
    entries = [
        course("a", title="=1+1", summary="+49 30", schema=schema, campus="north"),
        course(
            "b",
            title='Said "so", twice',
            price="free",
            duration="6 weeks",
            pace="self-paced",
            schema=schema,
        ),
    ]
    plan = site_plan(*entries, config=config(fields=FIELDS))
    data = made(plan)["api/v1/courses.csv"]
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["title"] for row in rows] == ["'=1+1", 'Said "so", twice']
    assert rows[0]["summary"] == "'+49 30"
    assert [row["campus"] for row in rows] == ["North campus", ""]
    assert (rows[1]["price"], rows[1]["currency"], rows[1]["duration"]) == ("0", "CAD", "6 week")
    assert rows[1]["enrolment"] == "any-time"


def test_the_dataset_names_every_list_with_its_schema_and_licence() -> None:
    found = made(rich_plan())["api/v1/dataset.json"]
    assert found["dct:license"] == {"@id": LICENCE}
    assert found["dct:modified"]["@value"] == "2026-11-02"
    paths = set(rich_plan().outputs)
    for one in found["dcat:distribution"]:
        addresses = [
            one["dcat:downloadURL"]["@id"],
            *(one[key]["@id"] for key in one if key == "dct:conformsTo"),
        ]
        assert {address.removeprefix("https://courses.test/") for address in addresses} <= paths
    assert len(found["dcat:distribution"]) == 4


def test_pages_name_the_files_that_say_the_same() -> None:
    plan = rich_plan()
    wanted = {
        "": "dataset",
        "courses/": "courses",
        "stories/": "stories",
        "providers/": "providers",
        "courses/first-aid/": "courses/first-aid",
    }
    assert {path: view_of(plan, path).head.document for path in wanted} == {
        path: f"/api/v1/{name}.json" for path, name in wanted.items()
    }
    assert view_of(plan, "industries/health/").head.document == ""
    assert "courses/draft/" not in pages_of(plan)


def test_hosts_are_not_told_to_keep_the_files_for_ever() -> None:
    plan = site_plan(course("a"), config=config(host="netlify"))
    text = {file.output: file.data.decode() for file in plan.files}["_headers"]
    assert "/api/*\n  Access-Control-Allow-Origin: *" in text
    assert "/data/courses." in text
    assert "courses.json" not in text
