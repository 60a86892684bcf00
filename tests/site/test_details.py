"""Displayed fields in words: on pages, cards and in lists, and in the order in which filters list their values."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from credsite.schema.config import Config
from credsite.schema.displayed_fields import DisplayedField
from credsite.schema.kinds import Kind
from credsite.schema.models import EntryFields
from credsite.schema.vocabularies import LEVELS, Display
from credsite.site import views
from credsite.site.cards import course_card
from credsite.site.data.columns import course_columns
from credsite.site.data.search import search_texts
from credsite.site.details import detail_text, page_details, sorted_detail_values
from credsite.site.facet_labels import facet_title
from credsite.site.pages.courses import course_page
from credsite.site.pages.visitor import compare_page
from credsite.site.planner import Plan
from credsite.site.view_builder import ViewBuilder
from tests.support.catalogues import AnyEntry, course, page, pathway, planned, provider, settings, story

CHOICE = DisplayedField("level", Display("Level", vocabulary=LEVELS), str)
NUMBER = DisplayedField("size", Display("Size"), int)
YES_OR_NO = DisplayedField("care", Display("Care"), bool)
TEXT = DisplayedField("room", Display("Room"), str)
FRACTION = DisplayedField("rate", Display("Rate"), Decimal)
DAY = DisplayedField("opens", Display("Opens"), date)
FEE = DisplayedField("fee", Display("Fee", type="money", is_own=True), str)
LINK = DisplayedField("link", Display("Link", type="url", is_own=True), str)


@pytest.fixture
def builder() -> ViewBuilder:
    plan, _ = planned(course("a", assessment_methods=["project", "portfolio"]), course("b"))
    return plan.view_builder


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (CHOICE, "advanced", "Advanced"),
        (NUMBER, "1200", "1,200"),
        (YES_OR_NO, "yes", "Yes"),
        (YES_OR_NO, "no", "No"),
        (TEXT, "The hall", "The hall"),
        (FRACTION, "12000.5", "12,000.5"),
        (FRACTION, "2024", "2024"),
        (FRACTION, "-3", "-3"),
        (FEE, "1250", "CA$1,250"),
        (FEE, "395.50 EUR", "€395.50"),
        (FEE, "0", "Free"),
        (DAY, "2027-02-01", "February 1, 2027"),
        (LINK, "https://college.example/a/", "college.example/a"),
    ],
)
def test_values_are_worded_by_their_type(
    builder: ViewBuilder, field: DisplayedField, value: str, text: str
) -> None:
    assert detail_text(builder, field, value) == text


@pytest.mark.parametrize(
    ("field", "values"),
    [
        (CHOICE, ("introductory", "advanced")),
        (NUMBER, ("9", "12", "100")),
        (YES_OR_NO, ("yes", "no")),
        (TEXT, ("attic", "Éclair room", "Hall")),
        (FRACTION, ("-1", "0.5", "9", "10")),
        (FEE, ("0", "9.50", "20 EUR", "100")),
        (DAY, ("2026-12-01", "2027-01-01")),
    ],
)
def test_values_are_in_the_order_that_readers_expect(
    builder: ViewBuilder, field: DisplayedField, values: tuple[str, ...]
) -> None:
    assert sorted_detail_values(builder, field, frozenset(values)) == values


def test_a_page_shows_the_fields_that_a_course_has(builder: ViewBuilder) -> None:
    (detail,) = course_page(builder, "a").details
    assert (detail.id, detail.title, detail.icon) == ("assessment", "Assessed by", "check")
    assert [value.title for value in detail.values] == ["Project", "Portfolio"]
    assert course_page(builder, "b").details == ()
    assert compare_page(builder).details == (("attendance", "Attendance"), ("assessment", "Assessed by"))
    assert facet_title(builder, "level") == "Level"


OWN: dict[str, dict[str, Any]] = {
    "course": {
        "campus": {
            "type": "choice",
            "values": {"quay": {"label": "Quayside", "summary": "By the water."}, "north": "North campus"},
            "list": True,
            "show": ["facts", "card", "compare"],
            "filter": True,
            "pages": True,
        },
        "rate": {"type": "number", "label": "Rate for members", "filter": True, "sort": True},
        "care": {"type": "yes-no", "show": ["card"]},
        "opens": {"type": "date", "sort": True, "show": []},
        "room": {"type": "text", "search": True},
        "office": "email",
        "host": {"type": "reference", "kind": "provider", "filter": True, "search": True},
        "notes": "markdown",
        "tier": {"type": "text", "label": "Level"},
    },
    "pathway": {"leader": {"type": "text", "search": True}},
    "story": {"essay": {"type": "markdown", "search": True}, "year": "number"},
}
CONFIG = settings(fields=OWN)
SCHEMA = CONFIG.site_schema


def own_site(*more: AnyEntry, config: Config = CONFIG) -> Plan:
    one = course(
        "a",
        schema=SCHEMA,
        campus=["quay", "north"],
        rate="12.50",
        care=False,
        opens="2027-02-01",
        room="The attic",
        office="ask@college.example",
        host="tern",
        notes="## Fees\n\nAs [said](provider:tern).",
        tier="A1",
    )
    two = course("b", schema=SCHEMA, campus=["north"], rate="9")
    plan, problems = planned(one, two, provider("tern", title="Tern College"), *more, config=config)
    assert problems == []
    return plan


def shown(details: tuple[views.DetailView, ...]) -> dict[str, list[tuple[str, str]]]:
    return {one.title: [(value.title, value.url) for value in one.values] for one in details}


def test_the_page_of_a_course_shows_its_own_fields() -> None:
    builder = own_site().view_builder
    page = course_page(builder, "a")
    assert shown(page.details) == {
        "Campus": [("Quayside", "/campus/quay/"), ("North campus", "/campus/north/")],
        "Rate for members": [("12.5", "")],
        "Room": [("The attic", "")],
        "Office": [("ask@college.example", "mailto:ask@college.example")],
        "Host": [("Tern College", "/providers/tern/")],
        "Level": [("A1", "")],
    }
    (notes,) = page.body.texts
    assert (notes.id, notes.title) == ("notes", "Notes")
    assert notes.html == ('<h3 id="notes-fees">Fees</h3>\n<p>As <a href="/providers/tern/">said</a>.</p>')
    assert page.body.details == ()
    assert shown(course_page(builder, "b").details).keys() == {"Campus", "Rate for members"}


def test_cards_and_the_comparison_show_the_fields_that_say_so() -> None:
    builder = own_site().view_builder
    assert shown(course_card(builder, "a").details) == {
        "Campus": [("Quayside", ""), ("North campus", "")],
        "Care": [("No", "")],
    }
    assert [id_ for id_, _title in compare_page(builder).details] == ["attendance", "assessment", "campus"]


def test_labels_of_own_fields_are_not_translated() -> None:
    """Although the theme has a word that is spelt in the same way."""
    builder = own_site().view_builder

    class Shouting:
        def gettext(self, message: str) -> str:
            return message.upper()

    words = replace(builder, translations=Shouting())
    titles = {one.id: one.title for one in page_details(words, Kind.COURSE, course_fields(words, "a"))}
    assert titles["tier"] == "Level"
    assert detail_text(words, SCHEMA.course_fields["campus"], "quay") == "Quayside"
    assert facet_title(words, "rate") == "Rate for members"


def course_fields(builder: ViewBuilder, slug: str) -> EntryFields:
    return builder.entry(builder.catalogue.courses[slug]).fields


def test_pages_of_other_kinds_show_their_own_fields() -> None:
    plan = own_site(
        story("s", "a", schema=SCHEMA, essay="It *was* good.", year="2024"),
        pathway("p", ["a"], schema=SCHEMA, leader="Ann"),
    )
    story_body, pathway_body = (
        next(page for page in plan.pages if page.path == path).view(plan.view_builder).body  # type: ignore[union-attr]
        for path in ("stories/s/", "pathways/p/")
    )
    assert shown(story_body.details) == {"Year": [("2024", "")]}
    assert [(text.title, text.html) for text in story_body.texts] == [
        ("Essay", "<p>It <em>was</em> good.</p>")
    ]
    assert shown(pathway_body.details) == {"Leader": [("Ann", "")]}


def test_kinds_can_have_different_fields_with_the_same_key() -> None:
    declared = {"campus": {"type": "choice", "values": {"quay": "On the quay"}}}
    config = settings(fields={**OWN, "provider": declared})
    schema = config.site_schema
    plan, _ = planned(
        course("a", schema=schema, campus=["quay"]),
        provider("tern", schema=schema, campus="quay"),
        config=config,
    )
    builder = plan.view_builder
    quay = provider("tern", schema=schema, campus="quay").fields
    assert [one.text for one in course_page(builder, "a").details] == ["Quayside"]
    assert [one.text for one in page_details(builder, Kind.PROVIDER, quay)] == ["On the quay"]
    assert [one.text for one in course_page(builder, "a").details] == ["Quayside"]


def test_structured_data_has_own_fields() -> None:
    plan = own_site(pathway("p", ["a"], schema=SCHEMA, leader="Ann"))

    def properties(path: str) -> dict[str, Any]:
        page = next(page for page in plan.pages if page.path == path).view(plan.view_builder)
        (entity, _) = json.loads(page.head.data)["@graph"]  # type: ignore[union-attr]
        found = entity["offers"]["additionalProperty"]
        assert {one["@type"] for one in found} == {"PropertyValue"}
        return {one["propertyID"]: (one["name"], one["value"]) for one in found}

    assert properties("courses/a/") == {
        "campus": ("Campus", ["Quayside", "North campus"]),
        "rate": ("Rate for members", 12.5),
        "room": ("Room", "The attic"),
        "office": ("Office", "ask@college.example"),
        "host": ("Host", "Tern College"),
        "tier": ("Level", "A1"),
    }
    assert properties("pathways/p/") == {"leader": ("Leader", "Ann")}


def test_the_search_looks_in_own_fields() -> None:
    plan = own_site(
        pathway("p", ["a"], schema=SCHEMA, leader="Ann"), story("s", "a", schema=SCHEMA, essay="It *was*.")
    )
    texts = search_texts(plan.data_context, 0, 10, True)
    assert texts["courses"][0][3] == "The attic Tern College"
    assert texts["courses"][1][3] == ""
    assert [one[3] for one in texts["others"]] == ["Ada Byron It was.", "Step 1 Ann"]


def test_courses_can_be_filtered_and_sorted_by_own_fields() -> None:
    columns = course_columns(own_site().data_context)
    facets = {one["id"]: one for one in columns["facets"]}
    assert [value["title"] for value in facets["campus"]["values"]] == ["Quayside", "North campus"]
    assert facets["campus"]["codes"] == [[0, 1], 1]
    assert [value["title"] for value in facets["rate"]["values"]] == ["9", "12.5"]
    assert facets["rate"]["named"]
    assert [value["title"] for value in facets["host"]["values"]] == ["Tern College"]
    assert columns["orders"] == {"rate": [1, 0], "opens": [0, None]}


def test_an_entry_that_nobody_may_see_is_not_named() -> None:
    plan = own_site(config=CONFIG)
    hidden, problems = planned(
        course("a", schema=SCHEMA, host="tern"), provider("tern", draft=True), config=CONFIG
    )
    assert problems == []
    assert shown(course_page(hidden.view_builder, "a").details) == {}
    assert hidden.catalogue.facet_values["a"][SCHEMA.facets.index("host")] == ()
    assert plan.catalogue.facet_values["a"][SCHEMA.facets.index("host")] == ("tern",)


def test_each_value_of_a_field_with_pages_has_a_list_of_courses() -> None:
    plan = own_site(config=settings(fields=OWN, page_size=1, filters=["industry"]))
    paths = [page.path for page in plan.pages if page.path.startswith("campus/")]
    assert paths == ["campus/", "campus/quay/", "campus/north/", "campus/north/page/2/"]
    index, quay, north, _ = (
        next(page for page in plan.pages if page.path == path).view(plan.view_builder) for path in paths
    )
    assert isinstance(index, views.TopicIndexPage)
    assert [(one.title, one.url, one.summary, one.count) for one in index.topics] == [
        ("Quayside", "/campus/quay/", "By the water.", 1),
        ("North campus", "/campus/north/", "", 2),
    ]
    assert isinstance(quay, views.CourseListPage)
    assert isinstance(north, views.CourseListPage)
    assert (quay.heading, quay.summary) == ("Campus: Quayside", "By the water.")
    assert [one.title for one in quay.crumbs] == ["Home", "Campus", "Quayside"]
    assert (quay.fixed, [one.id for one in quay.cards], north.pagination.pages) == ("campus:quay", ["a"], 2)
    assert views.MenuItem("campus", "Campus", "/campus/", own=True) in plan.layout.explore
    # Scripts find the courses of the list in the data, although the site offers no such filter.
    facets = {one["id"]: one for one in course_columns(plan.data_context)["facets"]}
    assert (facets["campus"]["offered"], "rate" in facets) == (False, False)


def test_an_address_that_a_page_has_already_is_a_problem_of_that_page() -> None:
    _, problems = planned(course("a", schema=SCHEMA), page("campus"), config=CONFIG)
    (problem,) = problems
    assert (problem.code, problem.location.path) == ("url-collision", "content/pages/campus.md")
    assert problem.message == (
        "The address /campus/ is already that of the field `campus` in credsite.yaml. Give the field another key, or this "
        "another name or `slug`."
    )
    assert problem.related is not None
    assert problem.related.key == ("fields", "course", "campus")


@pytest.mark.parametrize(
    ("key", "code", "advice"),
    [
        ("delivery", "url-collision", "Give the field another key."),
        ("con", "bad-slug", "Choose another word for it in `fields`."),
    ],
)
def test_a_field_whose_pages_cannot_have_their_address_is_a_problem_of_the_settings(
    key: str, code: str, advice: str
) -> None:
    declared = {"type": "choice", "values": {"north": "North"}, "pages": True}
    config = settings(fields={"course": {key: declared}})
    _, problems = planned(course("a", schema=config.site_schema), config=config)
    assert {(one.code, one.location.path, one.location.key) for one in problems} == {
        (code, "credsite.yaml", ("fields", "course", key))
    }
    assert all(one.message.endswith(advice) for one in problems)


def test_a_value_that_no_course_has_is_no_page_for_search_engines() -> None:
    plan, _ = planned(course("a", schema=SCHEMA, campus=["north"]), config=CONFIG)
    found = {page.path: page.in_sitemap for page in plan.pages if page.path.startswith("campus/")}
    assert found == {"campus/": True, "campus/quay/": False, "campus/north/": True}


def test_an_amount_of_money_is_shown_sorted_and_told_like_a_price() -> None:
    fields = {"course": {"fee": {"type": "money", "show": ["facts", "card", "compare"], "sort": True}}}
    config = settings(fields=fields)
    schema = config.site_schema
    amounts = {"a": "1250 cad", "b": "free", "c": "395.5 EUR", "d": "$80", "e": None}
    plan, problems = planned(
        *(course(slug, schema=schema, fee=amount) for slug, amount in amounts.items()), config=config
    )
    assert problems == []
    builder = plan.view_builder
    found = {slug: course_page(builder, slug).details for slug in amounts}
    assert [one[0].text for one in found.values() if one] == ["CA$1,250", "Free", "€395.50", "CA$80"]
    assert course_card(builder, "a").details[0].text == "CA$1,250"
    assert "fee" in [id_ for id_, _title in compare_page(builder).details]
    assert course_columns(plan.data_context)["orders"] == {"fee": [3, 0, 2, 1, None]}
    told = [
        json.loads(course_page(builder, slug).head.data)["@graph"][0]["offers"]["additionalProperty"][0][
            "value"
        ]
        for slug in ("b", "c")
    ]
    assert told == [
        {"@type": "MonetaryAmount", "value": 0, "currency": "CAD"},
        {"@type": "MonetaryAmount", "value": 395.5, "currency": "EUR"},
    ]


def test_an_amount_of_money_without_any_currency_is_a_number(builder: ViewBuilder) -> None:
    nowhere = replace(builder, config=builder.config.model_copy(update={"currency": None}))
    assert detail_text(nowhere, FEE, "1250.50") == "1250.5"
