"""The sections of the home page: which, in which order, and what they show."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from credsite.schema.home import SECTIONS, SectionChoice, home_findings
from credsite.site import views
from credsite.site.planner import Plan
from credsite.theme.loader import load_theme
from credsite.theme.renderer import Renderer
from credsite.theme.translations import load_translations
from tests.support.catalogues import course, page, pathway, place, plan, planned, settings, story, view_of

SESSIONS = [{"starts": f"2028-0{month}-01"} for month in range(1, 10)]
ENTRIES = [
    course("bread", sessions=SESSIONS),
    course("cakes", featured=True),
    *(course(f"course-{number}", featured=True) for number in range(8)),
    story("ada", "bread", background=["newcomer"], quote="I did it."),
    story("bo", "cakes", background=["jobseeker"]),
    pathway("baker", ["bread", "cakes"]),
    page("what", template="guide"),
    page("about"),
]


def site(*home: Any) -> Plan:
    return plan(*ENTRIES, config=settings(home=list(home)))


def home_of(site_plan: Plan) -> views.HomePage:
    view = view_of(site_plan, "")
    assert isinstance(view, views.HomePage)
    return view


def html_of(site_plan: Plan, tmp_path: Path) -> str:
    theme = load_theme("default", tmp_path)
    return Renderer(theme, site_plan.layout, load_translations(theme, "en")).render(home_of(site_plan))


def names(site_plan: Plan) -> list[str]:
    return [section.name for section in home_of(site_plan).sections]


def headings(html: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", found) for found in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", html, re.S)]


def test_the_usual_sections_are_those_that_have_something() -> None:
    others = ("hero", "providers", "places", "text")
    assert names(site()) == [name for name in SECTIONS if name not in others]
    assert home_of(site()).has_hero
    assert names(plan(course("bread"))) == ["industries", "delivery", "featured"]


def test_sections_have_the_order_the_words_and_the_number_of_the_settings() -> None:
    site_plan = site(
        "hero",
        {"section": "starts", "heading": "Soon", "count": 9},
        "guides",
        {"section": "featured", "count": 8},
        {"section": "stories", "count": 1},
    )
    home = home_of(site_plan)
    assert names(site_plan) == ["starts", "guides", "featured", "stories"]
    assert [section.heading for section in home.sections] == ["Soon", "", "", ""]
    assert (len(home.starts), len(home.featured), len(home.stories)) == (9, 8, 1)
    assert (home.industries, home.modes, home.backgrounds, home.pathways) == ((), (), (), ())
    assert len(home_of(site()).starts) == 8


def test_entries_are_those_of_the_settings_in_their_order() -> None:
    home = home_of(
        site(
            {"section": "featured", "entries": ["course-3", "bread", "course-3"]},
            {"section": "guides", "entries": ["about", "what"]},
            {"section": "delivery", "entries": ["in-person", "online"]},
        )
    )
    assert [card.id for card in home.featured] == ["course-3", "bread"]
    assert [card.id for card in home.guides] == ["about", "what"]
    assert [card.id for card in home.modes] == ["in-person", "online"]


def test_providers_and_places_can_be_sections(tmp_path: Path) -> None:
    home = [{"section": "places", "heading": "Where"}, {"section": "providers", "entries": ["college"]}]
    quay = place("quay", title="The quay")
    html = html_of(plan(*ENTRIES, quay, config=settings(home=home)), tmp_path).partition("</main>")[0]
    assert headings(html)[1:] == ["Where", "Who teaches here"]
    assert re.findall(r'<h3 class="card-title"><a href="([^"]*)"', html) == [
        "/places/quay/",
        "/providers/college/",
    ]
    assert 'href="/places/">' in html
    assert 'href="/providers/">' in html


def test_entries_that_are_not_published_are_told_of_and_left_out() -> None:
    home = [
        {"section": "featured", "entries": ["draft", "gone", "bread"]},
        {"section": "pathways", "entries": ["no"]},
    ]
    site_plan, problems = planned(*ENTRIES, course("draft", draft=True), config=settings(home=home))
    assert [card.id for card in home_of(site_plan).featured] == ["bread"]
    assert names(site_plan) == ["featured"]
    assert [(one.code, one.location.key) for one in problems] == [
        ("held-back-link", ("home", 0, "entries", 0)),
        ("broken-link", ("home", 0, "entries", 1)),
        ("broken-link", ("home", 1, "entries", 0)),
    ]


def test_a_withdrawn_story_leaves_no_trace_in_menu_footer_and_home(tmp_path: Path) -> None:
    gone = story(
        "gone",
        "bread",
        learner={"name": "Zebedee"},
        quote="Secret words",
        consent={"given": "2026-01-01", "withdrawn": "2026-02-01"},
    )
    config = settings(
        menu=["story:gone", {"label": "More", "items": ["story:gone"]}],
        footer={"links": ["story:gone"], "text": "[one](story:gone)"},
        home=["hero", {"section": "stories", "entries": ["gone"]}],
    )
    site_plan, problems = planned(*ENTRIES, gone, config=config)
    assert [one.code for one in problems if one.location.path == "credsite.yaml"] == ["held-back-link"] * 5
    html = html_of(site_plan, tmp_path)
    assert [word for word in ("Zebedee", "Secret", "Gone", "stories/gone") if word in html] == []


def test_the_page_shows_the_sections_in_their_order(tmp_path: Path) -> None:
    site_plan = site(
        "hero",
        "stories",
        {"section": "text", "heading": "A & B", "text": "By the *harbour*.\n\n## Where"},
        "backgrounds",
        "delivery",
        {"section": "industries", "heading": "Fields"},
    )
    html = html_of(site_plan, tmp_path)
    assert headings(html.partition("</main>")[0])[2:] == [
        "A &amp; B",
        "Someone like me",
        "How can you learn?",
        "Fields",
    ]
    assert '<p>By the <em>harbour</em>.</p>\n<h3 id="home-2-text-where">Where</h3>' in html
    assert html.count("two-ways") == 1
    assert html.count('href="#home_modes"') == 1


def test_without_a_hero_the_page_still_has_its_heading(tmp_path: Path) -> None:
    html = html_of(site("industries", "starts"), tmp_path)
    assert html.count("<h1") == 1
    assert 'class="hero' not in html
    assert "<h1>Short courses</h1>" in html


def test_the_kind_before_an_id_is_one_word_too_many() -> None:
    with pytest.raises(ValidationError) as error:
        SectionChoice.model_validate({"section": "featured", "entries": ["course:bread"]})
    (detail,) = error.value.errors()
    assert (detail["type"], detail["ctx"]["suggestion"]) == ("bad-slug", "bread")


@pytest.mark.parametrize(
    ("home", "found"),
    [
        (["starts", "hero"], [("unknown-value", (1, "section"))]),
        (["hero", "starts", "starts"], [("unknown-value", (2, "section"))]),
        ([{"section": "text", "text": "A"}, {"section": "text", "text": "B"}], []),
        ([{"section": "stories", "heading": "A"}], [("unknown-key", (0, "heading"))]),
        ([{"section": "starts", "count": 3, "text": "A"}], [("unknown-key", (0, "text"))]),
        (["text"], [("missing-key", (0,))]),
    ],
)
def test_sections_that_do_not_make_sense_are_found(home: list[Any], found: list[Any]) -> None:
    choices = tuple(map(SectionChoice.model_validate, home))
    assert [(one.code, one.key[1:]) for one in home_findings(choices, ("home",))] == found


def test_the_page_of_an_organisation_and_its_site_have_different_titles() -> None:
    for tagline, home, other in (
        ("Learn it here", "Learn it here · College", "College"),
        ("", "College", "College · College"),
    ):
        layout = planned(config=settings(title="College", tagline=tagline))[0].layout
        assert (layout.titled("College", is_home=True), layout.titled("College")) == (home, other)
        assert layout.titled("Courses") == "Courses · College"
