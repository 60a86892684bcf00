"""Filters of lists in a real browser: results, counts, address, history, keyboard, small screens."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.support.axe import axe_violations
from tests.support.columns import Written, matching
from tests.support.lists import address, box, chips, counts, focused, open_list, settled, titles
from tests.support.report import listed
from tests.support.server import ServedSite, serve
from tests.support.visiting import DESK, PHONE, POLICY

SIZE = 24


def status(page: Page) -> str:
    return page.locator("[data-part=status]").inner_text()


def data_requests(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/data/" in request.url else None)
    return found


# --- before anything is chosen ---


def test_a_list_loads_no_data_before_a_visitor_uses_the_filters(browser: Browser, served: ServedSite) -> None:
    with open_list(browser) as page:
        asked = data_requests(page)
        page.goto(served.address("courses/"), wait_until="networkidle")
        assert not asked
        with page.expect_response("**/data/courses.*"):
            page.locator(".facet-values label").first.hover()
            page.mouse.down()
        assert [url for url in asked if "/cards/" in url] == []


def test_the_counts_of_the_build_are_those_of_the_data(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    pages: dict[str, dict[str, list[str]]] = {
        "courses/": {},
        "industries/technology/": {"industry": ["technology"]},
        "delivery/online/": {"mode": ["online"]},
        "industries/technology/online/": {"industry": ["technology"], "mode": ["online"]},
    }
    with open_list(browser) as page:
        for path, chosen in pages.items():
            page.goto(served.address(path))
            for facet in ("industry", "mode", "level", "cost", "start"):
                expected = {value: written.count(chosen, facet, value) for value in written.values(facet)}
                assert counts(page, facet) == {value: n for value, n in expected.items() if n}, (path, facet)
            assert chips(page) == [
                page.locator(f'input[name="{facet}"]:checked + span').inner_text() for facet in chosen
            ]


def test_without_scripts_links_are_the_filters(browser: Browser, served: ServedSite) -> None:
    with open_list(browser, served.address("courses/"), java_script_enabled=False) as page:
        assert page.locator(".needs-js:visible").count() == 0
        assert page.locator("main input:visible, main select:visible, main button:visible").count() == 0
        page.locator(".filters").get_by_role("link", name="Technology").click()
        page.wait_for_url("**/industries/technology/")
        page.locator(".filters").get_by_role("link", name="Online").click()
        page.wait_for_url("**/industries/technology/online/")
        page.goto(served.address("courses/?mode=online"))
        assert len(titles(page)) == SIZE
        assert page.locator("[data-part=results] .card").first.is_visible()


def test_with_scripts_checkboxes_replace_the_links_without_layout_shift(
    browser: Browser, served: ServedSite
) -> None:
    with open_list(browser) as page:
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.goto(served.address("industries/technology/"), wait_until="networkidle")
            assert page.locator(".filters").is_hidden()
            assert page.evaluate("window.shift") < 0.02


# --- choosing ---


def test_choosing_changes_results_counts_and_address(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    chosen: dict[str, list[str]] = {}
    steps = [
        ("mode", "online", "/delivery/online/"),
        ("industry", "technology", "/industries/technology/online/"),
        ("industry", "design", "/courses/?industry=technology&industry=design&mode=online"),
        ("cost", "free", "/courses/?industry=technology&industry=design&mode=online&cost=free"),
    ]
    with open_list(browser, served.address("courses/")) as page:
        for facet, value, path in steps:
            box(page, facet, value).check()
            settled(page)
            chosen.setdefault(facet, []).append(value)
            found = written.found(chosen)
            assert address(page) == path
            assert titles(page) == found[:SIZE]
            assert page.locator("[data-list] [data-part=count]").inner_text().startswith(str(len(found)))
            assert status(page).startswith(f"Showing {len(found)} of {len(written.titles)} courses: ")
            for group in ("industry", "mode", "level", "cost", "start", "provider"):
                shown = counts(page, group)
                expected = {one: written.count(chosen, group, one) for one in written.values(group)}
                assert shown == expected, (path, group)
            none = page.locator(".facet-none input")
            assert none.count() == sum(
                n == 0 for g in written.courses["facets"] for n in counts(page, g["id"]).values()
            )
            assert none.first.is_enabled()
        assert chips(page) == ["Technology", "Design", "Online", "Free"]
        assert focused(page) == "cost=free"


def test_title_heading_and_breadcrumbs_are_those_of_the_page_of_the_list(
    browser: Browser, served: ServedSite
) -> None:
    around = """() => [document.title, document.querySelector("h1").textContent,
        document.querySelector(".lead")?.checkVisibility() ? document.querySelector(".lead").textContent : "",
        [...document.querySelectorAll(".crumbs li")].map((item) => item.innerHTML.trim()),
        [...document.querySelectorAll(".site-nav a")].map((link) => link.ariaCurrent ?? link.getAttribute("aria-current"))]"""
    with open_list(browser) as page, open_list(browser) as other:
        page.goto(served.address("industries/technology/"))
        own = page.locator("[data-own]")
        assert own.count() > 1
        for step, path in (
            (("mode", "online"), "industries/technology/online/"),
            (("industry", "technology"), "delivery/online/"),
            (("level", "advanced"), "courses/?mode=online&level=advanced"),
            (("mode", "online"), "courses/?level=advanced"),
            (("level", "advanced"), "courses/"),
        ):
            box(page, *step).click()
            settled(page)
            assert address(page) == f"/{path}"
            assert own.locator("visible=true").count() == 0
            other.goto(served.address(path))
            settled(other)
            assert page.evaluate(around) == other.evaluate(around), path
            assert titles(page) == titles(other)
            assert status(page).removeprefix("Showing ") in (
                status(other),
                status(page).removeprefix("Showing "),
            )
        box(page, "industry", "technology").check()
        settled(page)
        assert own.locator("visible=true").count() == own.count()
        assert address(page) == "/industries/technology/"


def test_the_element_under_the_pointer_does_not_move(browser: Browser, served: ServedSite) -> None:
    with open_list(browser, served.address("courses/")) as page:
        page.mouse.wheel(0, 150)
        page.wait_for_function("() => scrollY >= 150")
        for facet, value in (
            ("mode", "online"),
            ("industry", "technology"),
            ("mode", "online"),
            ("industry", "technology"),
        ):
            before = box(page, facet, value).bounding_box()
            box(page, facet, value).click()
            settled(page)
            after = box(page, facet, value).bounding_box()
            assert before is not None
            assert after is not None
            assert before["y"] == pytest.approx(after["y"], abs=1), (facet, value)


def test_orders(browser: Browser, served: ServedSite, written: Written) -> None:
    cost = written.courses["cost"]
    with open_list(browser, served.address("courses/?mode=online")) as page:
        settled(page)
        assert "relevance" not in page.locator("[data-part=sort] option").evaluate_all(
            "all => all.map((one) => one.value)"
        )
        page.locator("[data-part=sort]").select_option("cost")
        settled(page)
        numbers = [written.titles.index(title) for title in written.found({"mode": ["online"]})]
        numbers.sort(key=lambda number: (cost[number] is None, cost[number]))
        assert titles(page) == [written.titles[number] for number in numbers][:SIZE]
        assert address(page) == "/courses/?mode=online&sort=cost"
        assert status(page).endswith("Sorted by: Cost.")
        page.locator("[data-part=sort]").select_option("title")
        settled(page)
        assert address(page) == "/delivery/online/"


def test_pages_of_results_are_links_that_open_anywhere(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    with open_list(browser, served.address("courses/?sort=duration")) as page, open_list(browser) as other:
        settled(page)
        first = titles(page)
        second = page.get_by_role("navigation", name="Pages of this list").get_by_role("link", name="Page 2")
        href = second.get_attribute("href")
        assert href == "/courses/?sort=duration&page=2"
        second.click()
        settled(page)
        assert address(page) == href
        assert sorted(first + titles(page)) == sorted(written.titles)
        assert (
            page.locator("[data-list] [data-part=count]").inner_text()
            == f"Courses {SIZE + 1}–{len(written.titles)} of {len(written.titles)}"
        )
        assert "Page 2 of 2." in status(page)
        assert focused(page) == "count"
        expect(page.locator("[data-list] [data-part=count]")).to_be_in_viewport()
        other.goto(served.url.rstrip("/") + href)
        settled(other)
        assert titles(other) == titles(page)
        assert page.locator(".pagination").inner_html() == other.locator(".pagination").inner_html()


def test_scripts_and_build_write_the_same_pagination(browser: Browser, served: ServedSite) -> None:
    with open_list(browser, served.address("courses/")) as page:
        built = page.locator(".pagination").evaluate(
            "nav => nav.outerHTML.replace(/\\s+/g, ' ').replace(/> </g, '><')"
        )
        box(page, "mode", "online").check()
        settled(page)
        box(page, "mode", "online").uncheck()
        settled(page)
        made = page.locator(".pagination").evaluate(
            "nav => nav.outerHTML.replace(/ data-(part|page|label)=\"[^\"]*\"/g, '').replace(/\\s+/g, ' ').replace(/> </g, '><')"
        )
        assert made == built


# --- chips ---


def test_chips_remove_filters_and_the_focus_moves_to_the_next(browser: Browser, served: ServedSite) -> None:
    start = "courses/?industry=technology&industry=design&mode=online"
    with open_list(browser, served.address(start)) as page:
        settled(page)
        assert chips(page) == ["Technology", "Design", "Online"]
        page.get_by_role("button", name="Remove Design").press("Enter")
        settled(page)
        assert chips(page) == ["Technology", "Online"]
        assert focused(page) == "online"
        page.keyboard.press("Enter")
        settled(page)
        assert focused(page) == "technology"
        assert address(page) == "/industries/technology/"
        page.keyboard.press("Enter")
        settled(page)
        assert address(page) == "/courses/"
        assert focused(page) == "count"
        assert page.get_by_role("button", name="Clear all").count() == 0


def test_all_filters_can_be_cleared(browser: Browser, served: ServedSite) -> None:
    with open_list(browser, served.address("industries/technology/online/")) as page:
        page.get_by_role("button", name="Clear all").click()
        settled(page)
        assert address(page) == "/courses/"
        assert page.locator("input:checked").count() == 0
        assert focused(page) == "count"


def test_an_empty_list_offers_to_remove_a_filter(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    chosen = {"industry": ["design"], "level": ["advanced"], "pace": ["self-paced"]}
    assert not written.found(chosen)
    with open_list(
        browser, served.address("courses/?industry=design&level=advanced&pace=self-paced")
    ) as page:
        settled(page)
        assert page.locator("[data-list] [data-part=count]").inner_text() == "No courses found"
        assert status(page).startswith(f"Showing 0 of {len(written.titles)} courses: ")
        ways = page.locator("[data-part=ways] button")
        assert not axe_violations(page)
        ways.first.click()
        settled(page)
        assert len(titles(page)) >= 1
        assert focused(page) == "count"


# --- history and shared addresses ---


def test_back_and_forward_restore_list_scroll_and_focus(browser: Browser, served: ServedSite) -> None:
    with open_list(browser, served.address("courses/")) as page:
        plain = titles(page)
        box(page, "mode", "online").check()
        settled(page)
        online = titles(page)
        page.mouse.move(900, 400)
        page.mouse.wheel(0, 500)
        page.wait_for_function("() => scrollY >= 500")
        box(page, "level", "advanced").scroll_into_view_if_needed()
        y = page.evaluate("scrollY")
        box(page, "level", "advanced").check()
        settled(page)
        page.go_back()
        settled(page)
        assert (address(page), titles(page)) == ("/delivery/online/", online)
        assert page.evaluate("scrollY") == pytest.approx(y, abs=2)
        assert focused(page) == "level=advanced"
        assert not box(page, "level", "advanced").is_checked()
        page.go_back()
        settled(page)
        assert (address(page), titles(page)) == ("/courses/", plain)
        assert not box(page, "mode", "online").is_checked()
        assert chips(page) == []
        page.go_forward()
        settled(page)
        assert (address(page), titles(page)) == ("/delivery/online/", online)
        assert chips(page) == ["Online"]


def test_coming_back_from_a_course_restores_the_list(browser: Browser, served: ServedSite) -> None:
    with open_list(browser, served.address("courses/")) as page:
        box(page, "mode", "online").check()
        settled(page)
        box(page, "level", "introductory").check()
        settled(page)
        before = titles(page)
        card = page.locator("[data-part=results] .card-title a").nth(8)
        card.scroll_into_view_if_needed()
        y, href = page.evaluate("scrollY"), card.get_attribute("href")
        card.click()
        page.wait_for_url("**/courses/*/")
        page.go_back()
        settled(page)
        assert titles(page) == before
        assert page.evaluate("scrollY") == pytest.approx(y, abs=2)
        assert focused(page) == href
        page.go_back()
        settled(page)
        assert address(page) == "/delivery/online/"
        assert chips(page) == ["Online"]


def test_a_shared_address_never_shows_another_list_first(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    sampler = """
    window.seen = new Set();
    (function look() {
        for (const card of document.querySelectorAll("[data-part=results] .card-title")) {
            // Nothing is drawn before the style is there.
            const drawn = document.styleSheets.length && card.checkVisibility({ visibilityProperty: true });
            if (drawn) seen.add(card.textContent);
        }
        requestAnimationFrame(look);
    })();
    """

    def slow(route: Route) -> None:
        held.append(route)

    for size in (DESK, PHONE):
        held: list[Route] = []
        with open_list(browser, size=size) as page:
            page.add_init_script(sampler)
            page.route("**/data/courses.*", slow)
            with page.expect_request("**/data/courses.*"):
                page.goto(served.address("courses/?level=advanced&mode=online"))
            page.evaluate(
                "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            assert page.evaluate("() => [...seen]") == []
            held[0].continue_()
            settled(page)
            expected = written.found({"level": ["advanced"], "mode": ["online"]})
            assert titles(page) == expected
            page.evaluate(
                "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            assert set(page.evaluate("() => [...seen]")) == set(expected)
            assert page.evaluate("window.shift") < 0.02


def test_choices_before_the_data_has_loaded_all_count(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    held: list[Route] = []
    with open_list(browser) as page:
        page.route("**/data/courses.*", lambda route: held.append(route))
        page.goto(served.address("courses/"))
        with page.expect_request("**/data/courses.*"):
            box(page, "mode", "online").check()
        box(page, "level", "introductory").check()
        expect(page.locator("[data-part=results]")).to_have_attribute("aria-busy", "true")
        held[0].continue_()
        expect(page.locator("html")).not_to_have_class("filtered")
        page.wait_for_url("**/courses/?mode=online&level=introductory")
        settled(page)
        assert titles(page) == written.found({"mode": ["online"], "level": ["introductory"]})[:SIZE]


def test_choices_before_the_scripts_have_loaded_count(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    held: list[Route] = []
    with open_list(browser) as page:
        page.route("**/js/list/list.*.js", lambda route: held.append(route))
        page.goto(served.address("courses/"), wait_until="commit")
        box(page, "mode", "online").check()
        held[0].continue_()
        page.wait_for_url("**/delivery/online/")
        settled(page)
        assert titles(page) == written.found({"mode": ["online"]})[:SIZE]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("courses/?utm_source=x&page=abc", "/courses/"),
        ("courses/?mode=none&mode=online&foo=bar", "/delivery/online/"),
        ("courses/?page=99", "/courses/page/2/"),
        ("courses/?sort=%3Cscript%3Ealert(1)%3C/script%3E&level=advanced", "/courses/?level=advanced"),
        ("courses/?industry=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E", "/courses/"),
        ("courses/?level=" + "a" * 10_000, "/courses/"),
        ("courses/?" + "mode=online&" * 800, "/delivery/online/"),
        ("industries/technology/?industry=design", "/courses/?industry=technology&industry=design"),
        ("courses/?__proto__=1&constructor=x&skill=__proto__", "/courses/"),
    ],
)
def test_unusual_addresses_are_corrected(
    browser: Browser, served: ServedSite, asked: str, shown: str
) -> None:
    with open_list(browser, served.address(asked)) as page:
        settled(page)
        assert address(page) == shown
        assert len(titles(page)) > 0


# --- other lists ---


def test_the_list_of_a_provider_keeps_its_provider(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    fixed = {"provider": ["harbour-street-college"]}
    with open_list(browser, served.address("providers/harbour-street-college/")) as page:
        assert page.locator('[data-facet="provider"]').count() == 0
        box(page, "mode", "online").check()
        settled(page)
        assert address(page) == "/providers/harbour-street-college/?mode=online"
        assert titles(page) == written.found({**fixed, "mode": ["online"]})
        assert page.locator("h1").inner_text() == "Harbour Street College"
        total = len(written.found(fixed))
        assert status(page) == f"Showing {len(titles(page))} of {total} courses: Online."
        assert page.locator('[data-facet="provider"]').count() == 0
        assert all(written.count(fixed, "industry", value) for value in counts(page, "industry"))
        page.reload()
        settled(page)
        assert titles(page) == written.found({**fixed, "mode": ["online"]})
        page.get_by_role("button", name="Clear all").click()
        settled(page)
        assert titles(page) == written.found(fixed)
        assert address(page) == "/providers/harbour-street-college/"


def test_the_list_of_a_skill_keeps_its_skill(browser: Browser, served: ServedSite, written: Written) -> None:
    with open_list(browser) as page:
        page.goto(served.address("skills/"))
        page.locator(".skill-group a").first.click()
        page.wait_for_url("**/skills/*/")
        skill = page.locator("[data-list]").get_attribute("data-fixed")
        assert skill is not None
        fixed = {"skill": [skill.removeprefix("skill:")]}
        assert titles(page) == written.found(fixed)[:SIZE]
        choice = page.locator("[data-part=values] input").first
        facet, value = choice.get_attribute("name") or "", choice.get_attribute("value") or ""
        choice.check()
        settled(page)
        assert titles(page) == written.found({**fixed, facet: [value]})
        assert address(page).endswith(f"/?{facet}={value}")


def test_stories_are_filtered_by_background_industry_and_delivery(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    stories = written.stories
    own = {facet["id"]: facet for facet in stories["facets"]}
    background = own["background"]["values"][1]

    def with_value(facet: str, value: str) -> set[int]:
        code = [one["id"] for one in own[facet]["values"]].index(value)
        codes = [found if isinstance(found, list) else [found] for found in own[facet]["codes"]]
        return {number for number, found in enumerate(codes) if code in found}

    with open_list(browser, served.address("stories/")) as page:
        asked = data_requests(page)
        box(page, "background", background["id"]).check()
        settled(page)
        numbers = with_value("background", background["id"])
        assert address(page) == f"/stories/background/{background['id']}/"
        assert titles(page) == [written.story_titles[number] for number in sorted(numbers)]
        assert page.locator("h1").inner_text() == f"Stories: {background['title']}"
        mode = next(v["id"] for v in own["mode"]["values"] if numbers & with_value("mode", v["id"]))
        assert counts(page, "mode")[mode] == len(numbers & with_value("mode", mode))
        box(page, "mode", mode).check()
        settled(page)
        assert address(page) == f"/stories/?background={background['id']}&mode={mode}"
        assert titles(page) == [
            written.story_titles[number] for number in sorted(numbers & with_value("mode", mode))
        ]
        assert status(page).startswith(
            f"Showing {len(titles(page))} of {len(written.story_titles)} stories: "
        )
        assert not [url for url in asked if "/courses." in url]
        page.go_back()
        page.go_back()
        settled(page)
        assert address(page) == "/stories/"
        assert titles(page) == written.story_titles[:SIZE]


def test_filters_work_below_a_base_path(browser: Browser, sample_site_subpath: Path) -> None:
    with (
        serve(sample_site_subpath, "/a/b/", headers={"Content-Security-Policy": POLICY}) as site,
        open_list(browser) as page,
    ):
        page.goto(site.address("courses/"))
        box(page, "mode", "online").check()
        settled(page)
        assert address(page) == "/a/b/delivery/online/"
        box(page, "level", "advanced").check()
        settled(page)
        assert address(page) == "/a/b/courses/?mode=online&level=advanced"
        found = titles(page)
        page.reload()
        settled(page)
        assert titles(page) == found


@pytest.mark.parametrize("zone", ["America/Halifax", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_start_dates_are_filtered_by_the_day_of_the_site_wherever_the_visitor_is(
    browser: Browser, served: ServedSite, written: Written, zone: str
) -> None:
    with open_list(browser, timezone_id=zone) as page:
        page.clock.set_fixed_time("2027-06-01T23:30:00-03:00")
        page.goto(served.address("courses/?start=3-months&start=any-time"))
        settled(page)
        day = (date(2027, 6, 1) - date.fromisoformat(written.manifest["built"])).days
        numbers = matching(written.courses, {"start": ["3-months", "any-time"]}, day)
        assert titles(page) == [written.titles[number] for number in numbers]
        for value in written.values("start"):
            assert counts(page, "start")[value] == len(matching(written.courses, {"start": [value]}, day))


# --- later pages ---


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_later_page_has_the_filters_of_the_first(
    browser: Browser, served: ServedSite, written: Written, size: ViewportSize
) -> None:
    with open_list(browser, served.address("courses/"), size=size) as page:
        facets = "els => els.map((one) => [one.dataset.facet, one.open, one.innerText])"
        first = page.locator("[data-part=facets] > details").evaluate_all(facets)
    with open_list(browser, served.address("courses/page/2/"), size=size) as page:
        expect(page.locator("[data-part=facets] > details")).to_have_count(len(first))
        assert page.locator("[data-part=facets] > details").evaluate_all(facets) == first
        assert page.evaluate("window.shift") < 0.02
        assert titles(page) == written.titles[SIZE:]
        assert not axe_violations(page)
        if size == PHONE:
            page.locator("[data-part=toggle]").click()
        box(page, "mode", "online").click()
        settled(page)
        assert titles(page) == written.found({"mode": ["online"]})[:SIZE]
        assert address(page) == "/delivery/online/"


# --- keyboard and small screens ---


def test_the_keyboard_alone_is_enough(browser: Browser, served: ServedSite, written: Written) -> None:
    with open_list(browser, served.address("courses/#main_content")) as page:
        page.locator(".crumbs a").last.focus()
        page.keyboard.press("Tab")
        assert focused(page) == "#list_filters"
        assert page.locator(".list-skips").bounding_box()["height"] >= 24  # type: ignore[index]
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert focused(page) == "summary"
        page.keyboard.press("Tab")
        assert focused(page) == f"industry={written.values('industry')[0]}"
        page.keyboard.press("Space")
        settled(page)
        assert titles(page) == written.found({"industry": [written.values("industry")[0]]})[:SIZE]
        assert focused(page) == f"industry={written.values('industry')[0]}"
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        settled(page)
        assert titles(page) == written.found({"industry": written.values("industry")[:2]})[:SIZE]
        page.get_by_role("link", name="Skip to results").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert focused(page) == "sort"


def test_on_a_small_screen_a_button_opens_the_filters(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    with open_list(browser, served.address("courses/"), size=PHONE) as page:
        toggle, panel = page.locator("[data-part=toggle]"), page.locator("[data-part=panel]")
        assert panel.is_hidden()
        assert toggle.inner_text() == "Show filters"
        page.mouse.wheel(0, 2000)
        page.wait_for_function("() => scrollY >= 2000")
        expect(toggle).to_be_in_viewport()
        toggle.click()
        assert panel.is_visible()
        assert toggle.get_attribute("aria-expanded") == "true"
        box(page, "mode", "online").check()
        settled(page)
        count = len(written.found({"mode": ["online"]}))
        assert toggle.inner_text().split() == ["Hide", "filters", "(1)"]
        done = page.get_by_role("button", name=f"Show {count} courses")
        expect(done).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        done.click()
        assert panel.is_hidden()
        assert focused(page) == "count"
        expect(page.locator("[data-list] [data-part=count]")).to_be_in_viewport(ratio=1)
        top = page.locator("[data-list] [data-part=count]").bounding_box()
        bar = page.locator(".filter-bar").bounding_box()
        assert top is not None
        assert bar is not None
        assert top["y"] >= bar["y"] + bar["height"], "the heading lies behind the button"


def test_the_open_panel_closes_when_it_would_cover_the_focus(browser: Browser, served: ServedSite) -> None:
    with open_list(browser, served.address("courses/"), size=PHONE) as page:
        toggle, panel = page.locator("[data-part=toggle]"), page.locator("[data-part=panel]")
        toggle.press("Enter")
        assert panel.is_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert panel.is_hidden()
        assert focused(page) == "toggle"
        page.keyboard.press("Enter")
        page.locator("[data-part=done]").focus()
        page.keyboard.press("Tab")
        assert panel.is_hidden(), "what has the focus lies behind the panel"
        assert focused(page) == "sort"


def test_axe_finds_nothing_in_any_state(browser: Browser, served: ServedSite) -> None:
    found: list[str] = []
    with open_list(browser) as page:

        def look(state: str, *schemes: Literal["light", "dark"]) -> None:
            settled(page)
            for scheme in schemes:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                found.extend(f"{state}, {scheme}: {problem}" for problem in axe_violations(page))

        page.goto(served.address("industries/technology/"))
        box(page, "level", "intermediate").check()
        look("chosen", "light", "dark")
        page.set_viewport_size(PHONE)
        page.goto(served.address("industries/technology/?level=intermediate"))
        look("small", "dark")
        page.locator("[data-part=toggle]").click()
        look("open", "dark", "light")
        assert page.locator("details[data-facet=level]").get_attribute("open") is not None
        box(page, "level", "advanced").check()
        page.locator("[data-part=done]").click()
        look("done", "light")
    assert not found, listed(found)


def test_cards_added_by_scripts_show_which_courses_are_saved(browser: Browser, served: ServedSite) -> None:
    with open_list(browser, served.address("courses/")) as page:
        box(page, "mode", "online").check()
        settled(page)
        page.locator("[data-part=results] [data-save]").first.click()
        expect(page.locator("[data-part=results] [data-save]").first).to_have_attribute(
            "aria-pressed", "true"
        )
        first = titles(page)[0]
        box(page, "mode", "online").uncheck()
        settled(page)
        saved = page.locator("[data-part=results] article").filter(has=page.locator('[aria-pressed="true"]'))
        assert saved.locator(".card-title").all_inner_texts() == [first]
