from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from credsite.content.images import ImageFile, Images
from credsite.schema.site_schema import BUILT_IN
from credsite.schema.vocabularies import COURSE_FACETS
from credsite.site.cards import course_card
from credsite.site.data.data_files import DataFileNames, data_files
from credsite.site.planner import Plan
from credsite.site.views import CourseCard, ListTemplates, StoryCard
from tests.support import catalogues
from tests.support.catalogues import (
    AnyEntry,
    course,
    images_of,
    industry,
    mode,
    page,
    pages_of,
    pathway,
    place,
    plan,
    planned,
    provider,
    story,
)


def data_of(site_plan: Plan) -> dict[str, Any]:
    """The values of all files of data, by their paths."""
    return {one.output: one.value(site_plan.data_context) for one in site_plan.data}


def manifest_of(site_plan: Plan) -> dict[str, Any]:
    value: dict[str, Any] = data_of(site_plan)["data/catalogue.json"]
    return value


def courses_of(site_plan: Plan) -> dict[str, Any]:
    value: dict[str, Any] = data_of(site_plan)["data/" + manifest_of(site_plan)["courses"]]
    return value


def facet_of(columns: Mapping[str, Any], facet: str) -> dict[str, Any]:
    result: dict[str, Any] = next(one for one in columns["facets"] if one["id"] == facet)
    return result


def values_of(columns: Mapping[str, Any], facet: str) -> list[list[str]]:
    """The ids that each entry has of a facet."""
    result = facet_of(columns, facet)
    ids = [value["id"] for value in result["values"]]
    return [
        [ids[code] for code in (codes if isinstance(codes, list) else [codes])] for codes in result["codes"]
    ]


# --- which files -------------------------------------------------------------------------------------------


def test_the_first_file_names_all_others() -> None:
    site_plan = plan(*(course(f"c-{number:03}") for number in range(300)), story("s", "c-000"))
    result = manifest_of(site_plan)
    assert result["timeZone"] == site_plan.view_builder.config.timezone
    assert (result["version"], result["built"], result["language"], result["currency"]) == (
        1,
        "2027-01-15",
        "en",
        "CAD",
    )
    assert result["cards"]["size"] == 48
    assert (len(result["cards"]["files"]), len(result["search"])) == (7, 2)
    named = [result["courses"], *result["cards"]["files"], *result["search"], result["stories"]]
    assert sorted(data_of(site_plan)) == sorted(["data/catalogue.json", *(f"data/{name}" for name in named)])
    assert result["words"]["showing"]["other"] == "Showing %(shown)s of %(total)s courses"


def test_an_empty_catalogue_has_data_too() -> None:
    site_plan = plan(config=catalogues.settings(currency=None))
    result = manifest_of(site_plan)
    assert (result["currency"], result["stories"], result["cards"]["files"]) == ("", None, ())
    columns = courses_of(site_plan)
    assert columns["ids"] == []
    facets = [facet["id"] for facet in columns["facets"]]
    assert facets == [facet for facet in COURSE_FACETS if facet != "place"]
    assert data_of(site_plan)["data/" + result["search"][0]] == {"first": 0, "courses": [], "others": []}


def test_data_is_no_page_and_not_in_the_sitemap() -> None:
    site_plan = plan(course("a"))
    assert not [path for path in pages_of(site_plan) if path.startswith("data/")]
    (sitemap,) = (file.data for file in site_plan.files if file.output == "sitemap.xml")
    assert b"data/" not in sitemap


def test_a_file_of_the_site_at_the_place_of_data_is_a_problem() -> None:
    static = catalogues.PlannedFile("data/catalogue.json", copy_of="static/data/catalogue.json", digest="d")
    _, problems = planned(course("a"), static=[static])
    assert [(p.code, p.location.path) for p in problems] == [("url-collision", "static/data/catalogue.json")]


def test_all_of_it_is_plain_json_but_for_the_cards_and_templates() -> None:
    site_plan = plan(course("a", price="9.99"), story("s", "a"), page("g", "Text.", template="guide"))

    def part(value: object) -> str:
        assert isinstance(value, CourseCard | StoryCard | ListTemplates)
        return value.id if not isinstance(value, ListTemplates) else ""

    for path, value in data_of(site_plan).items():
        again = json.loads(json.dumps(value, default=part))
        assert again.keys() == value.keys() if isinstance(value, dict) else again == ["a"], path


# --- courses -----------------------------------------------------------------------------------------------


def test_columns_of_courses() -> None:
    site_plan = plan(
        course("b", title="Zumba", price="free", duration="2 days", publish_at="2026-02-03", skills=["Care"]),
        course(
            "a",
            title="Algebra",
            price="9.50 EUR",
            duration="3-6 weeks",
            workload="30-40 hours",
            publish_at="2026-02-03T23:30",
            skills=["Care", "Sums", "care"],
        ),
        course("c", title="Mending", price="120", duration="3 hours", workload="90 minutes"),
    )
    result = courses_of(site_plan)
    assert result["ids"] == ["a", "c", "b"] == list(site_plan.catalogue.courses)
    assert result["cost"] == [9.5, 120, 0]
    assert result["currencies"] == ["EUR", "CAD"]
    assert result["currency"] == [0, 1, 1]
    assert result["days"] == [42, 0.12, 2]
    assert result["hours"] == [40, 1.5, None]
    assert result["added"] == [20487, 0, 20487]
    assert result["skills"] == {"names": ["Care", "Sums"], "codes": [[0, 1], [], [0]]}
    without = courses_of(plan(course("a")))
    assert (without["cost"], without["currencies"], without["currency"]) == ([None], [], [-1])


def test_facets_of_courses_have_codes_into_their_values() -> None:
    site_plan = plan(
        industry("z", order=1, title="Last"),
        course("a", industries=["health", "z"], level="advanced", price="120", funding=["g"]),
        course("b", delivery_modes=["hybrid", "online"], provider="uni"),
    )
    result = courses_of(site_plan)
    assert facet_of(result, "industry") == {
        "id": "industry",
        "title": "Industry",
        "values": [{"id": "z", "title": "Last"}, {"id": "health", "title": "Health"}],
        "codes": [[0, 1], 1],
    }
    assert facet_of(result, "level")["codes"] == [0, []]
    assert values_of(result, "mode") == [["online"], ["online", "hybrid"]]
    assert values_of(result, "cost") == [["funded", "100-250"], []]
    assert values_of(result, "provider") == [["college"], ["uni"]]
    for facet in COURSE_FACETS:
        if facet not in ("start", "place"):
            of_courses = [
                set(one[BUILT_IN.facets.index(facet)]) for one in site_plan.catalogue.facet_values.values()
            ]
            assert list(map(set, values_of(result, facet))) == of_courses


def test_courses_can_be_filtered_by_place_where_there_are_places() -> None:
    site_plan = plan(
        place("quay", title="The Quay"),
        place("mill", title="Mill", order=1),
        course("a", places=["quay", "Any pier"]),
        course("b", delivery_modes=["in-person"], sessions=[{"starts": "2027-02-01", "location": "mill"}]),
        course("c", delivery_modes=["in-person"], sessions=[{"starts": "2026-02-01", "location": "mill"}]),
    )
    result = courses_of(site_plan)
    assert facet_of(result, "place") == {
        "id": "place",
        "title": "Location",
        "values": [{"id": "mill", "title": "Mill"}, {"id": "quay", "title": "The Quay"}],
        "codes": [1, 0, []],
    }
    assert manifest_of(site_plan)["words"]["kind_place"] == "Location"
    assert "kind_place" not in manifest_of(plan(course("a")))["words"]


def test_only_the_facets_of_the_settings_are_there_in_their_order() -> None:
    config = catalogues.settings(filters=["cost", "industry"])
    result = courses_of(plan(course("a"), config=config))["facets"]
    offered = [facet["id"] for facet in result if facet.get("offered", True)]
    assert offered == ["cost", "industry"]
    # The pages of industries and modes are there all the same.
    assert [facet["id"] for facet in result] == ["cost", "industry", "mode"]


def test_starts_are_days_from_today_of_sessions_that_take_applications() -> None:
    sessions = [
        {"starts": "2027-02-15", "apply_by": "2027-01-20"},
        {"starts": "2027-01-15"},
        {"starts": "2027-03-01", "apply_by": "2027-01-14"},
        {"starts": "2027-03-01", "seats": 0},
        {"starts": "2027-01-01", "ends": "2027-01-31"},
    ]
    site_plan = plan(
        course("a", sessions=sessions),
        course("b", pace="self-paced", sessions=sessions),
        course("c"),
    )
    result = courses_of(site_plan)
    assert result["starts"] == [[0, 0, 31, 5], 0, []]
    start = facet_of(result, "start")
    assert start["codes"] is None
    assert [value["id"] for value in start["values"]] == ["30-days", "3-months", "any-time"]


def test_pages_are_all_lists_of_industries_and_modes_as_they_were_planned() -> None:
    site_plan = plan(
        course("a"), course("b", industries=["crafts"], delivery_modes=["hybrid"], skills=["Care"])
    )
    result = {one["path"]: one for one in courses_of(site_plan)["pages"]}
    lists = {
        path: one.view(site_plan.view_builder)
        for path, one in pages_of(site_plan).items()
        if one.keys[:1] != ("skill",)
    }
    lists = {path: view for path, view in lists.items() if view.template == "courses.html"}
    assert result.keys() == lists.keys()
    for path, view in lists.items():
        assert result[path] == {
            "path": path,
            "industry": view.industry,
            "mode": view.mode,
            "heading": view.heading,
            "title": f"{view.head.title} · Short courses",
            "lead": view.summary,
            "crumbs": result[path]["crumbs"],
        }
        crumbs = [(title, f"/{target}") for title, target in result[path]["crumbs"]]
        assert crumbs == [(link.title, link.url) for link in view.crumbs[1:]]


def test_cards_are_those_of_lists_in_blocks() -> None:
    site_plan = plan(*(course(f"c-{number:02}") for number in range(50)))
    data, files = data_of(site_plan), manifest_of(site_plan)["cards"]["files"]
    blocks = [data[f"data/{name}"] for name in files]
    assert [len(block) for block in blocks] == [48, 2]
    assert [card.id for block in blocks for card in block] == courses_of(site_plan)["ids"]
    assert blocks[1][0] is course_card(site_plan.view_builder, "c-48")


# --- search and stories ------------------------------------------------------------------------------------


def test_texts_for_the_search() -> None:
    site_plan = plan(
        course("a", title="First aid", skills=["Care", "Calm"], outcomes=["Dress a wound.", "Stay calm."]),
        course("b", industries=["health", "crafts"]),
        story("s", "a", learner={"name": "Ada", "location": "Halifax"}, before="Cook", quote="Yes."),
        page("g", "Some *words*, and [a link](course:a).\n\n## Why\n\nBecause &amp; so.", template="guide"),
        page("about", "Not searched."),
        pathway("p", ["a"], credential={"name": "Diploma"}),
        config=catalogues.settings(base_url="https://example.org/x/"),
    )
    (name,) = manifest_of(site_plan)["search"]
    result = data_of(site_plan)[f"data/{name}"]
    assert result["courses"] == [
        ["B", "A course.", "", "", "College", "Health, Crafts"],
        ["First aid", "A course.", "Care, Calm", "Dress a wound. Stay calm.", "College", "Health"],
    ]
    assert result["others"] == [
        ["story", "S", "A story.", "Ada Halifax Cook Yes.", "/x/stories/s/"],
        ["guide", "G", "A page.", "Some words, and a link. Why Because & so.", "/x/g/"],
        ["pathway", "P", "A pathway.", "Diploma Step 1", "/x/pathways/p/"],
    ]


def test_the_search_is_in_blocks_and_the_others_are_in_the_last() -> None:
    site_plan = plan(*(course(f"c-{number:03}") for number in range(257)), story("s", "c-000"))
    data, files = data_of(site_plan), manifest_of(site_plan)["search"]
    first, last = (data[f"data/{name}"] for name in files)
    assert (first["first"], last["first"]) == (0, 256)
    assert (len(first["courses"]), len(last["courses"])) == (256, 1)
    assert "others" not in first
    assert len(last["others"]) == 1


def test_columns_of_stories() -> None:
    site_plan = plan(
        course("a", industries=["health", "crafts"], delivery_modes=["hybrid"]),
        story("s", "a", background=["graduate", "newcomer"]),
        story("t", "a", industries=["crafts"], delivery_modes=["online"]),
    )
    result = data_of(site_plan)["data/" + manifest_of(site_plan)["stories"]]
    assert result["ids"] == ["s", "t"]
    assert [facet["id"] for facet in result["facets"]] == ["background", "industry", "mode"]
    assert values_of(result, "background") == [["newcomer", "graduate"], []]
    assert [set(one) for one in values_of(result, "industry")] == [{"crafts", "health"}, {"crafts"}]
    assert values_of(result, "mode") == [["hybrid"], ["online"]]
    assert [card.id for card in result["cards"]] == ["s", "t"]
    lists = {path: one.view(site_plan.view_builder) for path, one in pages_of(site_plan).items()}
    lists = {path: view for path, view in lists.items() if view.template == "stories.html"}
    assert {one["path"]: (one["heading"], one["title"]) for one in result["pages"]} == {
        path: (view.heading, f"{view.head.title} · Short courses") for path, view in lists.items()
    }
    for one in result["pages"]:
        view = lists[one["path"]]
        assert (one["background"], one["industry"], one["mode"]) == (
            view.background,
            view.industry,
            view.mode,
        )


# --- privacy -----------------------------------------------------------------------------------------------


def test_unpublished_entries_are_not_in_the_data() -> None:
    site_plan = plan(
        course("a", skills=["Care"]),
        course("hidden-draft", draft=True, skills=["hidden"]),
        course("hidden-early", publish_at="2027-01-16", outcomes=["Secret words"]),
        course("hidden-late", expires_at="2027-01-15", languages=["fr"]),
        provider("hidden-uni", draft=True),
        course("hidden-with", provider="hidden-uni"),
        story("story-taken-back", "a", learner={"name": "Zebedee"}, consent={"given": "2026-01-01", "withdrawn": "2026-02-01"}),
        story("story-run-out", "a", learner={"name": "Zebedee"}, consent={"given": "2026-01-01", "expires": "2026-02-01"}),
        page("hidden-guide", "Secret words", template="guide", draft=True),
        pathway("hidden-path", ["hidden-draft"]),
    )  # fmt: skip
    everything = repr(data_of(site_plan))
    for word in ("hidden", "Zebedee", "Secret words", "taken-back", "run-out"):
        assert word not in everything, word
    assert courses_of(site_plan)["ids"] == ["a"]
    assert manifest_of(site_plan)["stories"] is None


def test_a_preview_shows_drafts_marked_as_such() -> None:
    site_plan = plan(course("a", draft=True), drafts=True)
    assert courses_of(site_plan)["ids"] == ["a"]
    (name,) = manifest_of(site_plan)["cards"]["files"]
    (card,) = data_of(site_plan)[f"data/{name}"]
    assert card.draft


# --- names -------------------------------------------------------------------------------------------------


def crafts(body: str = "", **fields: Any) -> AnyEntry:
    """The second course, but for these fields."""
    usual = {"skills": ["Care"], "industries": ["crafts"], "delivery_modes": ["hybrid"], "price": "90"}
    return course("b", body, **(usual | fields))


def entries() -> dict[str, AnyEntry]:
    result = [
        course(
            "a",
            "Text.",
            skills=["Care"],
            image={"src": "a.jpg", "alt": ""},
            sessions=[{"starts": "2027-01-20", "apply_by": "2027-01-17"}, {"starts": "2027-02-20"}],
        ),
        crafts(),
        story("s", "a", background=["newcomer"], learner={"name": "Ada", "photo": "face.jpg"}),
        pathway("p", ["a"], ["b"]),
        provider("college", "About."),
        provider("uni"),
        industry("health"),
        industry("crafts"),
        mode("online"),
        page("about", "About it."),
        page("guide", "Words.", template="guide"),
    ]
    return {one.path: one for one in result}


IMAGES = images_of(("courses", "a.jpg"), ("stories", "face.jpg"))
NEW_IMAGES = {
    key: ImageFile(image.path, image.width + 1, image.height, "d2", f"{image.output}.new")
    for key, image in IMAGES.items()
}


def made_of(*changed: AnyEntry, images: Images = IMAGES, now: str = "2027-01-15T12:00", **more: Any) -> Plan:
    config = catalogues.settings(page_size=2, timezone="America/Halifax")
    result = {**entries(), **{one.path: one for one in changed}}
    return plan(*result.values(), images=images, config=config, now=now, **more)


def shown(value: Any) -> Any:
    """A value in which models are what they hold, so that equal ones can be told."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: shown(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: shown(one) for key, one in value.items()}
    return [shown(one) for one in value] if isinstance(value, list | tuple) else value


NOTHING: set[str] = set()
ALL_KINDS = {"courses", "cards", "search", "stories"}


@pytest.mark.parametrize(
    ("changed", "more", "renewed"),
    [
        ([], {}, NOTHING),
        ([crafts("Another text.")], {}, NOTHING),
        ([page("about", "Other words.")], {}, NOTHING),
        ([provider("college", "Other words.")], {}, NOTHING),
        ([page("guide", "Other words.", template="guide")], {}, {"search"}),
        ([page("guide", "Words.", template="guide", title="Other")], {}, {"search"}),
        ([page("about", "About it.", template="guide")], {}, {"search"}),
        ([crafts(title="Other")], {}, {"cards", "search"}),
        ([crafts(summary="Other.")], {}, {"cards", "search"}),
        ([crafts(outcomes=["Calm"])], {}, {"cards", "search"}),
        ([crafts(price="91")], {}, {"courses", "cards", "search"}),
        ([course("a", skills=["Care"], industries=["crafts"], image={"src": "a.jpg", "alt": ""})], {}, ALL_KINDS),
        ([crafts(title="A"), course("a", title="Z", skills=["Care"])], {}, {"courses", "cards", "search"}),
        ([course("c", outcomes=["Stay calm"])], {}, {"courses", "cards", "search"}),
        ([provider("college", title="University")], {}, {"courses", "cards", "search"}),
        ([industry("health", title="Care")], {}, ALL_KINDS),
        ([industry("crafts", order=1)], {}, ALL_KINDS),
        ([mode("online", title="On line")], {}, ALL_KINDS),
        ([story("s", "a", background=["newcomer"], quote="Yes.")], {}, {"stories", "search"}),
        ([story("s", "a", "b")], {}, {"stories", "search"}),
        ([story("t", "b")], {}, {"stories", "search"}),
        ([pathway("p", ["b"])], {}, {"search"}),
        ([], {"images": NEW_IMAGES}, {"cards", "stories", "search"}),
        ([], {"now": "2027-01-16T12:00"}, {"courses"}),
        ([], {"now": "2027-01-18T12:00"}, {"courses", "cards"}),
        ([], {"now": "2028-01-16T12:00"}, {"courses", "cards"}),
    ],
)  # fmt: skip
def test_equal_names_mean_equal_content(
    changed: list[AnyEntry], more: dict[str, Any], renewed: set[str]
) -> None:
    before, after = made_of(), made_of(*changed, **more)
    old, new = (
        {path: shown(value) for path, value in data_of(site_plan).items() if path != "data/catalogue.json"}
        for site_plan in (before, after)
    )
    for path in old.keys() & new.keys():
        assert old[path] == new[path], path
    assert {path.split("/")[1].split(".")[0] for path in new.keys() - old.keys()} == renewed
    manifests = [
        next(one for one in site_plan.data if one.output == "data/catalogue.json")
        for site_plan in (before, after)
    ]
    same = manifests[0].input_digest == manifests[1].input_digest
    assert same == (
        shown(manifests[0].value(before.data_context)) == shown(manifests[1].value(after.data_context))
    )
    assert same == (not renewed)


def test_another_state_of_code_theme_or_settings_gives_other_names() -> None:
    site_plan = made_of()
    names = [
        [one.output for one in data_files(site_plan.catalogue, IMAGES, DataFileNames(state))][1:]
        for state in ("one", "other")
    ]
    assert not set(names[0]) & set(names[1])
    assert len(names[0]) == len(names[1]) == 4


def test_names_are_the_same_for_the_same_catalogue() -> None:
    assert [one.output for one in made_of().data] == [one.output for one in made_of().data]
