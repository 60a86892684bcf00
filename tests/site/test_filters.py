from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credsite.content.records import CourseRecord
from credsite.schema.vocabularies import DELIVERY_MODES
from credsite.site import views
from credsite.site.dependencies.recorder import Lookup
from credsite.site.planner import Plan
from credsite.site.views import FilterPanel
from tests.support import catalogues
from tests.support.catalogues import course, industry, mode, pages_of, plan, provider, story, view_of
from tests.support.catalogues import settings as config

LISTS = ("courses/", "industries/one/", "delivery/online/", "industries/one/online/")


def panel_of(site_plan: Plan, path: str) -> FilterPanel:
    panel = view_of(site_plan, path).panel
    assert isinstance(panel, FilterPanel)
    return panel


def counts(panel: FilterPanel) -> dict[str, dict[str, int]]:
    return {facet.id: {value.id: value.count for value in facet.values} for facet in panel.facets}


def selected(panel: FilterPanel) -> dict[str, str]:
    return {facet.id: value.id for facet in panel.facets for value in facet.values if value.selected}


@pytest.fixture(scope="module")
def site_plan() -> Plan:
    """Four courses in two industries and two modes."""
    return plan(
        course("a", industries=["one"], delivery_modes=["online"], price="free", level="advanced"),
        course("b", industries=["one", "two"], delivery_modes=["online", "hybrid"], price="120"),
        course("c", industries=["two"], delivery_modes=["online"], price="free", provider="uni"),
        course("d", industries=["one"], delivery_modes=["hybrid"], level="introductory", skills=["Care"]),
        course("e", industries=["three"], delivery_modes=["blended"], skills=["Care"]),
    )


def test_counts_are_those_of_the_list_with_the_selection_of_the_facet_itself_left_aside(
    site_plan: Plan,
) -> None:
    everything = counts(panel_of(site_plan, "courses/"))
    assert everything["industry"] == {"one": 3, "two": 2, "three": 1}
    assert everything["mode"] == {"online": 3, "hybrid": 2, "blended": 1}
    assert everything["cost"] == {"free": 2, "100-250": 1}
    of_industry = counts(panel_of(site_plan, "industries/one/"))
    assert of_industry["industry"] == everything["industry"]
    assert of_industry["mode"] == {"online": 2, "hybrid": 2}
    assert of_industry["cost"] == {"free": 1, "100-250": 1}
    of_mode = counts(panel_of(site_plan, "delivery/online/"))
    assert of_mode["mode"] == everything["mode"]
    assert of_mode["industry"] == {"one": 2, "two": 2}
    of_pair = counts(panel_of(site_plan, "industries/one/online/"))
    assert of_pair["industry"] == of_mode["industry"]
    assert of_pair["mode"] == of_industry["mode"]
    assert of_pair["cost"] == {"free": 1, "100-250": 1}


def test_what_the_page_is_of_is_selected(site_plan: Plan) -> None:
    assert [selected(panel_of(site_plan, path)) for path in LISTS] == [
        {},
        {"industry": "one"},
        {"mode": "online"},
        {"industry": "one", "mode": "online"},
    ]
    pages = [view_of(site_plan, path) for path in LISTS]
    assert [(view.industry, view.mode, view.fixed) for view in pages] == [
        ("", "", ""),
        ("one", "", ""),
        ("", "online", ""),
        ("one", "online", ""),
    ]


def test_later_pages_of_a_list_name_the_first_one_which_has_the_facets() -> None:
    site_plan = plan(
        course("a", industries=["one"], level="advanced"),
        course("b", industries=["one"]),
        course("c", industries=["one", "two"]),
        config=config(page_size=1, base_url="https://example.org/at/"),
    )
    first, second = panel_of(site_plan, "industries/one/"), panel_of(site_plan, "industries/one/page/2/")
    assert counts(first)["industry"] == {"one": 3, "two": 1}
    assert (first.source, second.source) == ("", "/at/industries/one/")
    assert second.facets == ()
    assert (second.sorts, second.chosen) == (first.sorts, first.chosen)
    assert [(value.facet, value.id, value.title) for value in second.chosen] == [("industry", "one", "One")]


def test_on_the_page_of_a_provider_or_a_skill_that_is_no_choice(site_plan: Plan) -> None:
    of_provider, of_skill = view_of(site_plan, "providers/college/"), view_of(site_plan, "skills/care/")
    assert isinstance(of_provider, views.ProviderPage)
    assert isinstance(of_skill, views.CourseListPage)
    assert (of_provider.fixed, of_skill.fixed) == ("provider:college", "skill:Care")
    assert selected(panel_of(site_plan, "providers/college/")) == {}
    assert counts(panel_of(site_plan, "providers/college/"))["industry"] == {"one": 3, "two": 1, "three": 1}
    assert "provider" not in counts(panel_of(site_plan, "providers/college/"))
    assert counts(panel_of(site_plan, "skills/care/")) == {
        "industry": {"one": 1, "three": 1},
        "mode": {"hybrid": 1, "blended": 1},
    }


def test_a_facet_of_which_there_is_one_value_is_left_out(site_plan: Plan) -> None:
    assert {facet.id for facet in panel_of(site_plan, "courses/").facets} == {
        "industry",
        "mode",
        "level",
        "cost",
        "provider",
    }


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [course("a")],
        [course("a"), course("b")],
        [course("a", industries=["one"]), course("b", industries=["two"], delivery_modes=["hybrid"])],
    ],
)
def test_where_there_is_nothing_to_choose_there_is_no_panel(entries: list[Any]) -> None:
    site_plan = plan(*entries)
    wanted = len(entries) > 1 and view_of(site_plan, "delivery/hybrid/").pagination.total
    assert (view_of(site_plan, "courses/").panel is not None) == bool(wanted)
    assert view_of(site_plan, "delivery/online/").panel is None
    assert view_of(site_plan, "delivery/blended/").panel is None


def test_facets_are_in_the_order_of_the_settings() -> None:
    entries = [course("a", level="advanced", price="free"), course("b", level="introductory", price="5")]
    config = catalogues.settings(filters=["cost", "mode", "level"])
    assert [facet.id for facet in panel_of(plan(*entries, config=config), "courses/").facets] == [
        "cost",
        "level",
    ]
    nothing = plan(*entries, config=catalogues.settings(filters=[]))
    assert view_of(nothing, "courses/").panel is None


def test_values_are_in_their_own_order_and_not_in_that_of_their_counts() -> None:
    site_plan = plan(
        industry("z", order=1, title="Last letter"),
        industry("a", order=2),
        mode("hybrid", order=1),
        provider("p1", title="Zebra College"),
        provider("p2", title="Élan"),
        *(course(f"a-{n}", level="advanced", price="900", provider="p1", industries=["a"]) for n in range(2)),
        course("b", level="introductory", price="free", funding=["g"], provider="p2", industries=["z"]),
        course("c", delivery_modes=["hybrid"], price="20", languages=["fr"], duration="2 years"),
        course("d", duration="1 day", pace="self-paced", sessions=[]),
        course("e", sessions=[{"starts": "2027-02-01"}], duration="6 weeks", pace="scheduled"),
    )
    result = counts(panel_of(site_plan, "courses/"))
    assert list(result["industry"])[:2] == ["z", "a"]
    assert list(result["mode"]) == ["hybrid", "online"]
    assert list(result["level"]) == ["introductory", "advanced"]
    assert list(result["cost"]) == ["free", "funded", "under-100", "from-500"]
    assert list(result["duration"]) == ["1-week", "1-month", "3-months", "longer"]
    assert list(result["start"]) == ["30-days", "3-months", "any-time"]
    assert list(result["pace"]) == ["self-paced", "scheduled"]
    assert list(result["language"]) == ["en", "fr"]
    assert list(result["provider"]) == ["college", "p2", "p1"]


def test_values_have_the_words_of_the_language() -> None:
    site_plan = plan(
        course("a", price="99", funding=["g"], languages=["fr-CA"], duration="1 day", pace="self-paced"),
        course("b", price="1200", duration="1 year", sessions=[{"starts": "2027-02-01"}]),
        course("c", price="free", timing=["evening", "weekend"], credential={"type": "licence"}),
        course("d", price="150", credential={"type": "certificate"}),
        config=catalogues.settings(cost_bands=[100, 1000]),
    )
    titles = {
        facet.title: [value.title for value in facet.values]
        for facet in panel_of(site_plan, "courses/").facets
    }
    assert titles == {
        "Cost": ["Free", "Help with the cost", "Under CA$100", "CA$100 to CA$1,000", "CA$1,000 or more"],
        "Length": ["Up to 1 week", "Up to 1 month", "Up to 3 months", "More than 3 months"],
        "Pace": ["At your own pace", "On a schedule"],
        "Timing": ["Evening", "Weekend"],
        "Start": ["In the next 30 days", "In the next 3 months", "At any time"],
        "Language": ["English", "Canadian French"],
        "Credential": ["Certificate", "Licence"],
    }


def test_of_many_values_the_panel_shows_the_most_frequent_and_the_selected_one() -> None:
    industries = [f"i-{number:02}" for number in range(14)]
    entries = [
        course(f"c-{number}", industries=industries[: number + 1], provider=f"p-{number:02}")
        for number in range(14)
    ]
    site_plan = plan(*entries)
    facets = {facet.id: facet for facet in panel_of(site_plan, "courses/").facets}
    assert [value.id for value in facets["industry"].values] == industries[:10]
    assert facets["industry"].total == 14
    assert [value.id for value in facets["provider"].values] == [f"p-{number:02}" for number in range(10)]
    of_rare = {facet.id: facet for facet in panel_of(site_plan, "industries/i-12/").facets}["industry"]
    assert [value.id for value in of_rare.values] == [*industries[:9], "i-12"]
    assert [value.id for value in of_rare.values if value.selected] == ["i-12"]
    assert of_rare.total == 14


def test_every_page_of_a_list_has_the_same_orders() -> None:
    site_plan = plan(
        *(course(f"c-{n}", level=("advanced", "introductory")[n % 2]) for n in range(5)),
        config=catalogues.settings(page_size=2),
    )
    for path in ("courses/", "courses/page/2/", "courses/page/3/"):
        assert [sort.id for sort in panel_of(site_plan, path).sorts] == [
            "relevance", "title", "start", "apply-by", "cost", "duration", "added"
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "facets"), [("courses/", {("facets", ("courses", ""))}), ("courses/page/2/", set())]
)
def test_a_panel_does_not_make_its_page_depend_on_every_course(path: str, facets: set[Lookup]) -> None:
    levels = ("advanced", "introductory")
    entries = [course(f"c-{number}", level=levels[number % 2]) for number in range(30)]
    site_plan = plan(*entries, config=catalogues.settings(page_size=2))
    page = pages_of(site_plan)[path]
    _, lookups = site_plan.view_builder.recorder.record(lambda: page.view(site_plan.view_builder))
    assert {lookup for lookup in lookups if lookup[0] == "facets"} == facets
    assert "facet_values" not in str(lookups)


# --- what holds for every catalogue -------------------------------------------------------------------------

A_COURSE = st.fixed_dictionaries(
    {
        "industries": st.lists(st.sampled_from(["one", "two", "three"]), min_size=1, max_size=3),
        "delivery_modes": st.lists(st.sampled_from(tuple(DELIVERY_MODES)), min_size=1, max_size=2),
        "provider": st.sampled_from(["college", "uni"]),
        "level": st.sampled_from([None, "advanced", "introductory"]),
        "languages": st.lists(st.sampled_from(["en", "fr"]), max_size=2),
        "draft": st.booleans(),
    }
)
PLAIN: dict[str, Any] = {
    "industry": lambda one: one.industries,
    "mode": lambda one: one.delivery_modes,
    "level": lambda one: one.level,
    "language": lambda one: one.languages or ("en",),
    "provider": lambda one: (one.provider,),
}


@given(st.lists(A_COURSE, max_size=7))
@settings(deadline=None)
def test_every_count_is_that_of_the_courses_that_would_be_listed(result: list[dict[str, Any]]) -> None:
    site_plan = plan(*(course(f"c-{number}", **fields) for number, fields in enumerate(result)))
    shown: list[CourseRecord] = list(site_plan.catalogue.courses.values())
    for path, page in pages_of(site_plan).items():
        view = page.view(site_plan.view_builder)
        if not isinstance(view, views.CourseListPage) or view.panel is None or view.kind == "skill":
            continue
        chosen = {
            facet: value for facet, value in (("industry", view.industry), ("mode", view.mode)) if value
        }
        for facet in view.panel.facets:
            for value in facet.values:
                wanted = {**chosen, facet.id: value.id}
                listed = [one for one in shown if all(v in PLAIN[f](one) for f, v in wanted.items())]
                assert value.count == len(listed) > 0, (path, wanted)


# --- stories ---


def test_a_list_of_stories_has_its_backgrounds_industries_and_modes() -> None:
    own = catalogues.settings(backgrounds={"sailor": "Sailors", "newcomer": "New here"})
    site_plan = plan(
        industry("health"),
        industry("crafts"),
        course("a", industries=["health"], delivery_modes=["online"]),
        course("b", industries=["crafts"], delivery_modes=["online", "hybrid"]),
        story("r", "a", background=["newcomer"]),
        story("s", "b", background=["newcomer", "sailor"]),
        story("t", "a", "b", background=["sailor"]),
        config=own,
    )
    panel = panel_of(site_plan, "stories/")
    assert [(facet.id, facet.title) for facet in panel.facets] == [
        ("background", "Someone like me"),
        ("industry", "Industry"),
        ("mode", "Delivery"),
    ]
    assert [value.title for value in panel.facets[0].values] == ["Sailors", "New here"]
    assert counts(panel)["background"] == {"sailor": 2, "newcomer": 2}
    assert panel.sorts == ()
    here = panel_of(site_plan, "stories/background/newcomer/")
    assert counts(here) == {
        "background": {"sailor": 2, "newcomer": 2},
        "industry": {"health": 1, "crafts": 1},
        "mode": {"online": 2, "hybrid": 1},
    }
    assert selected(here) == {"background": "newcomer"}


def test_few_stories_have_nothing_to_choose() -> None:
    site_plan = plan(course("a"), story("s", "a"))
    view = view_of(site_plan, "stories/")
    assert isinstance(view, views.StoryListPage)
    assert view.panel is None
