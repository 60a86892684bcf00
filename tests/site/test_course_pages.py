"""What real catalogues say of a course beside the usual: on its page, in lists, in the search and for search engines."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from credsite.schema.kinds import Kind
from credsite.schema.yaml.loader import load_yaml
from credsite.site import views
from credsite.site.data.columns import course_columns
from credsite.site.data.search import search_texts
from tests.support.catalogues import AnyEntry, course, parsed, planned, settings, view_of
from tests.support.paths import REPOSITORY


def page_of(*entries: AnyEntry, at: str = "courses/a/") -> views.CoursePage:
    page = view_of(planned(*entries)[0], at)
    assert isinstance(page, views.CoursePage)
    return page


def data_of(**fields: Any) -> dict[str, Any]:
    """The structured data of a course."""
    graphs = json.loads(page_of(course("a", **fields)).head.data)["@graph"]
    return next(graph for graph in graphs if graph["@type"] == "Course")


def test_a_course_code_is_shown_searched_and_told_to_search_engines() -> None:
    entry = course("a", code="NURS-1204")
    details = {detail.id: detail for detail in page_of(entry).details}
    assert [term.title for term in details["code"].values] == ["NURS-1204"]
    assert data_of(code="NURS-1204")["courseCode"] == "NURS-1204"
    assert "courseCode" not in data_of()
    texts = search_texts(planned(entry)[0].data_context, 0, 1, with_others=False)
    assert any("NURS-1204" in text for text in texts["courses"][0])


def test_courses_are_filtered_by_attendance_where_a_course_says_it() -> None:
    plan, _ = planned(
        course("a", attendance=["full-time", "part-time"]), course("b", attendance=["part-time"])
    )
    facet = next(one for one in course_columns(plan.data_context)["facets"] if one["id"] == "attendance")
    assert [value["title"] for value in facet["values"]] == ["Full-time", "Part-time"]
    assert facet["codes"] == [[0, 1], 1]
    assert plan.layout.added_facets == ("attendance",)


def test_a_site_that_says_nothing_of_attendance_has_no_trace_of_the_filter() -> None:
    plan, _ = planned(course("a"), course("b"))
    assert plan.layout.added_facets == ()
    assert "attendance" not in [one["id"] for one in course_columns(plan.data_context)["facets"]]


def test_several_levels_are_shown_filtered_and_told() -> None:
    entry = course("a", level=["introductory", "advanced"])
    page = page_of(entry)
    assert [term.title for term in page.levels] == ["Introductory", "Advanced"]
    assert data_of(level=["introductory", "advanced"])["educationalLevel"] == ["Introductory", "Advanced"]
    assert data_of(level="advanced")["educationalLevel"] == "Advanced"
    plan, _ = planned(entry, course("b", level="advanced"))
    facet = next(one for one in course_columns(plan.data_context)["facets"] if one["id"] == "level")
    assert facet["codes"] == [[0, 1], 1]


def test_several_credits_are_shown_and_told() -> None:
    credits_ = [
        {"value": "3", "unit": "ECTS"},
        {"value": "0", "unit": "CEU"},
        {"value": "1.50", "unit": "US"},
    ]
    assert page_of(course("a", credits=credits_)).credits == ("3 ECTS", "0 CEU", "1.5 US")
    told = data_of(credits=credits_)["numberOfCredits"]
    assert [(one["value"], one["unitText"]) for one in told] == [(3, "ECTS"), (0, "CEU"), (1.5, "US")]
    assert data_of(credits=credits_[0])["numberOfCredits"]["value"] == 3


def test_several_credentials_are_shown_filtered_and_told() -> None:
    values = [
        {"type": "diploma", "name": "Diploma of Care"},
        {"type": "industry-certification", "recognised_by": ["The Guild"]},
    ]
    page = page_of(course("a", credentials=values))
    assert [(one.name, one.type.title) for one in page.credentials] == [
        ("Diploma of Care", "Diploma"),
        ("A", "Industry certification"),
    ]
    assert data_of(credentials=values)["educationalCredentialAwarded"] == ["Diploma of Care", "A"]
    assert data_of(credential=values[0])["educationalCredentialAwarded"] == "Diploma of Care"
    plan, _ = planned(course("a", credentials=values))
    facet = next(one for one in course_columns(plan.data_context)["facets"] if one["id"] == "credential")
    assert [value["id"] for value in facet["values"]] == ["industry-certification", "diploma"]


ITEMS = [{"label": "Tuition", "amount": "400"}, {"label": "Materials", "amount": "95.50"}]
PRICES = [
    {"for": "Members", "amount": "395", "note": "With a card."},
    {"for": "Visitors", "items": ITEMS, "currency": "EUR"},
]


def test_a_price_shows_what_it_is_made_of() -> None:
    page = page_of(course("a", price={"items": ITEMS}))
    assert page.price is not None
    assert page.price.minimum == Decimal("495.50")
    assert [(item.label, item.price.minimum) for item in page.price.items] == [
        ("Tuition", 400),
        ("Materials", Decimal("95.50")),
    ]
    offer = data_of(price={"items": ITEMS})["offers"]
    assert (offer["price"], offer["priceSpecification"]["price"]) == ("495.50", "495.50")
    assert [
        (part["name"], part["price"], part["priceCurrency"])
        for part in offer["priceSpecification"]["priceComponent"]
    ] == [
        ("Tuition", "400", "CAD"),
        ("Materials", "95.50", "CAD"),
    ]


def test_lists_go_by_the_price_that_most_pay() -> None:
    entry = course("a", price="120", prices=PRICES)
    page = page_of(entry)
    assert page.price is not None
    assert (page.price.minimum, page.price.audience) == (120, "")
    assert [(one.audience, one.minimum, one.currency, one.note) for one in page.prices] == [
        ("Members", 395, "CAD", "With a card."),
        ("Visitors", Decimal("495.50"), "EUR", ""),
    ]
    plan, _ = planned(entry)
    assert course_columns(plan.data_context)["cost"] == [120]
    assert [offer.get("name") for offer in data_of(price="120", prices=PRICES)["offers"]] == [
        None,
        "Members",
        "Visitors",
    ]


def test_without_a_price_the_first_for_some_people_counts() -> None:
    page = page_of(course("a", prices=PRICES))
    assert page.price is not None
    assert (page.price.minimum, page.price.audience) == (395, "Members")
    assert [one.audience for one in page.prices] == ["Visitors"]


def test_a_video_is_a_link_that_search_engines_know() -> None:
    video = {"url": "https://www.video.example/1", "title": "A day here", "image": "film.png"}
    page = page_of(course("a", video=video))
    assert page.video is not None
    assert (page.video.title, page.video.host) == ("A day here", "video.example")
    assert page.video.player is None
    assert data_of(video=video)["video"]["url"] == "https://www.video.example/1"
    assert "contentUrl" not in data_of(video=video)["video"]
    assert "video" not in data_of()


def test_a_video_of_the_site_has_its_address_there() -> None:
    config = settings(base_url="https://courses.test/a/")
    video = {"url": "/films/a day.mp4", "title": "A day here"}
    page = view_of(planned(course("a", video=video), config=config)[0], "courses/a/")
    assert (page.video.url, page.video.host, page.video.player.is_file) == ("/a/films/a%20day.mp4", "", True)
    assert '"contentUrl":"https://courses.test/a/films/a%20day.mp4"' in page.head.data


def test_the_example_in_the_documentation_is_right() -> None:
    page = (REPOSITORY / "docs/writing.md").read_text(encoding="utf-8")
    example = page.partition("## Codes, several prices")[2].partition("```yaml\n")[2].partition("```")[0]
    values, problems = load_yaml(example, "")
    assert problems == []
    assert values["code"] == "NURS-1204"
    found = parsed(Kind.COURSE, "a", **values).problems
    assert [one for one in found if not one.code.startswith("missing-")] == []
