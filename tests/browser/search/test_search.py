"""Search as visitors use it: the field on every page, its suggestions, and what happens if it cannot work."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.axe import axe_violations
from tests.support.report import listed
from tests.support.server import ServedSite, serve
from tests.support.visiting import DESK, PHONE, SCHEMES, TOO_WIDE, opened

COURSE = "courses/bookkeeping-essentials/"
STATUS = "form [role=status]"


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name=re.compile("Search courses|What would you like"))


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def type_query(page: Page, text: str) -> Locator:
    """Types into the field, key by key, and waits for suggestions."""
    field(page).press_sequentially(text)
    expect(options(page).first).to_be_visible()
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    return options(page)


def active_title(page: Page) -> str | None:
    """The active suggestion, as assistive technology is told."""
    return page.evaluate(
        """() => {
            const active = document.activeElement.getAttribute("aria-activedescendant");
            const chosen = [...document.querySelectorAll('[aria-selected="true"]')].map(one => one.id);
            if (String(chosen) !== (active ?? "")) throw new Error(`${chosen} is not ${active}`);
            return active && document.getElementById(active).firstElementChild.textContent;
        }"""
    )


def titles(page: Page) -> list[str]:
    return page.locator(".combobox-label").all_inner_texts()


def problems_of(page: Page, place: str) -> list[str]:
    """What is wrong with the page in its current state."""
    return [f"{place}: {problem}" for problem in (*axe_violations(page), *page.evaluate(TOO_WIDE))]


def listed_courses(page: Page) -> list[str]:
    """Titles in the list, once it shows what the address asks for."""
    expect(page.locator("html.filtered")).to_have_count(0)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    return page.locator("[data-part=results] .card-title").all_inner_texts()


# --- suggestions ---


def test_suggestions_name_their_kind_and_are_announced(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("stories/")) as page:
        found = type_query(page, "data")
        texts = found.all_inner_texts()
        kinds = {text.split("\n")[-1].split(" · ")[0] for text in texts}
        assert {"Skill", "Course", "Pathway"} <= kinds
        assert len(texts) <= 8
        expect(page.locator(STATUS)).to_have_text(f"{len(texts)} suggestions")
        expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()


def test_arrow_keys_move_through_suggestions_and_enter_opens_one(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.url) as page:
        type_query(page, "bookk")
        all_titles = titles(page)
        assert len(all_titles) > 1
        assert active_title(page) is None
        steps = {"ArrowDown": all_titles[0], "ArrowUp": None}
        for key, expected in steps.items():
            page.keyboard.press(key)
            assert active_title(page) == expected
        page.keyboard.press("ArrowUp")
        assert active_title(page) == all_titles[-1]
        page.keyboard.press("ArrowDown")
        assert active_title(page) is None
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Home")
        assert active_title(page) is None
        assert page.evaluate("document.activeElement.selectionStart") == 0
        page.keyboard.press("ArrowDown")
        page.keyboard.press("End")
        assert active_title(page) is None
        assert page.evaluate("document.activeElement.selectionStart") == 5
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_have_count(0)
        expect(field(page)).to_have_value("bookk")
        expect(field(page)).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("ArrowDown")
        expect(options(page).first).to_be_visible()
        while active_title(page) != "Bookkeeping Essentials":
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address(COURSE))


def test_enter_opens_the_list_of_results(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address(COURSE)) as page:
        type_query(page, "first aid")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address("courses/?q=first+aid"))


def test_the_button_opens_the_list_of_results(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.url, viewport=PHONE, has_touch=True) as page:
        field(page).fill("payroll")
        page.get_by_role("button", name="Search", exact=True).tap()
        page.wait_for_url(site.address("courses/?q=payroll"))


def test_an_empty_query_opens_all_courses(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.url) as page:
        field(page).fill("   ")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address("courses/"))


def test_a_click_opens_a_suggestion(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("courses/"), viewport=PHONE) as page:
        type_query(page, "bookkeeping ess")
        page.get_by_text("Bookkeeping Essentials").locator("visible=true").first.click()
        page.wait_for_url(site.address(COURSE))


def test_each_kind_of_suggestion_opens_its_page(browser: Browser, site: ServedSite) -> None:
    asked = {
        "data clean": ("Skill", "courses/?skill=data+cleaning"),
        "technol": ("Industry", "industries/technology/"),
        "twenty-two": ("Story", "stories/cables-at-first-light/"),
        "what is a micro": ("Guide", "what-is-a-micro-credential/"),
        "care team": ("Pathway", "pathways/care-team-member/"),
    }
    with opened(browser, site.url) as page:
        for text, (kind, path) in asked.items():
            field(page).fill("")
            type_query(page, text).filter(has_text=kind).first.click()
            page.wait_for_url(lambda url, path=path: url.replace("%20", "+") == site.address(path))


def test_leaving_the_field_closes_the_list(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("courses/")) as page:
        type_query(page, "data")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Search", exact=True)).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("listbox")).to_have_count(0)
        field(page).fill("data clean")
        expect(options(page).first).to_be_visible()
        page.mouse.click(10, 600)
        expect(page.get_by_role("listbox")).to_have_count(0)


def test_there_are_no_suggestions_without_a_match_or_a_query(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("courses/")) as page:
        type_query(page, "data")
        field(page).fill("xyzzyxyzzy")
        expect(page.locator(STATUS)).to_have_text("0 suggestions")
        expect(page.get_by_role("listbox")).to_have_count(0)
        field(page).fill("data")
        expect(options(page).first).to_be_visible()
        field(page).fill("")
        expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize("path", ["", "courses/"], ids=["home", "list"])
def test_the_open_list_is_accessible(browser: Browser, site: ServedSite, path: str) -> None:
    found = []
    with opened(browser, site.address(path)) as page:
        for scheme, size in zip(SCHEMES, (PHONE, DESK), strict=True):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            field(page).fill("")
            type_query(page, "data")
            page.keyboard.press("ArrowDown")
            found += problems_of(page, f"{scheme}, {size['width']} px")
        found += page.evaluate("window.policyViolations")
    assert not found, listed(found)


def test_suggestions_lead_to_pages_below_the_base_path(browser: Browser, sample_site_subpath: Path) -> None:
    with serve(sample_site_subpath, "/a/b/") as site, opened(browser, site.url) as page:
        type_query(page, "bookkeeping ess").first.click()
        page.wait_for_url(site.address(COURSE))
        type_query(page, "technolog")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address("industries/technology/"))


# --- the list ---


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("bookkeeping essentials", "Bookkeeping Essentials"),  # title
        ("balances small", "Bookkeeping Essentials"),  # summary
        ("invoicing", "Bookkeeping Essentials"),  # skill
        ("northmarsh cyber", "Cyber Safety for Small Teams"),  # provider
        ("health care dementia", "Dementia Care: Conversation and Comfort"),  # industry
        ("pyhton", "First Programs in Python"),  # a slip
        ("spreadsh", "Spreadsheets for Everyday Work"),  # a beginning
        ("INTERPRÉTING", "Community Interpreting: First Steps"),
        ("python online", "First Programs in Python"),  # a filter's value
    ],
)
def test_the_list_shows_search_results(browser: Browser, site: ServedSite, query: str, first: str) -> None:
    with opened(browser, site.address(f"courses/?{urlencode({'q': query})}")) as page:
        assert listed_courses(page)[0] == first
        expect(field(page)).to_have_value(query)
        expect(page.get_by_role("button", name=f"Remove “{query}”")).to_be_visible()


def test_search_and_filters_are_combined(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("delivery/online/")) as page:
        page.evaluate("window.stays = true")
        online = listed_courses(page)
        field(page).fill("data")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address("courses/?q=data&mode=online"))
        both = listed_courses(page)
        assert both
        assert len(both) < len(online)
        expect(page.locator("[data-list] [data-part=count]")).to_be_focused()
        page.get_by_role("button", name="Remove Online").click()
        page.wait_for_url(site.address("courses/?q=data"))
        assert set(both) < set(listed_courses(page))
        page.get_by_role("button", name="Remove “data”").click()
        page.wait_for_url(site.address("courses/"))
        expect(field(page)).to_have_value("")
        page.go_back()
        page.wait_for_url(site.address("courses/?q=data"))
        expect(field(page)).to_have_value("data")
        assert page.evaluate("window.stays"), "The page was loaded anew."


def test_an_empty_query_shows_the_whole_list(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("courses/?q=data&level=introductory")) as page:
        some = listed_courses(page)
        field(page).fill("")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address("courses/?level=introductory"))
        assert len(listed_courses(page)) > len(some)


def test_a_search_on_a_providers_page_opens_all_courses(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("providers/northmarsh-college/")) as page:
        field(page).fill("bookkeeping")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address("courses/?q=bookkeeping"))
        assert "Bookkeeping Essentials" in listed_courses(page)


def test_stories_guides_and_pathways_are_shown_below_courses(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("courses/?q=interpreting")) as page:
        section = page.get_by_role("region", name="Stories, guides and pathways that match")
        expect(section).to_be_visible()
        kinds = section.locator(".match-kind").all_inner_texts()
        assert set(kinds) <= {"Story", "Guide", "Pathway"}
        line = page.get_by_role("link", name=re.compile("There (is|are) also"))
        assert str(len(kinds)) in line.inner_text()
        line.click()
        expect(section.get_by_role("heading")).to_be_focused()
        section.get_by_role("link").first.click()
        page.wait_for_url(re.compile("/(stories|pathways)/[^/]+/$"))
        page.go_back()
        page.get_by_role("button", name="Remove “interpreting”").click()
        expect(section).to_be_hidden()
        expect(line).to_be_hidden()


def test_further_matches_are_shown_on_demand(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("courses/?q=work")) as page:
        listed_courses(page)
        links = page.locator(".matches li:visible a")
        assert links.count() == 6
        page.get_by_role("button", name="Show all of them").click()
        assert links.count() > 6
        expect(links.nth(6)).to_be_focused()
        expect(page.get_by_role("button", name="Show all of them")).to_be_hidden()


def test_search_results_are_accessible(browser: Browser, site: ServedSite) -> None:
    found = []
    with opened(browser, site.address("courses/?q=interpreting")) as page:
        listed_courses(page)
        for scheme, size in zip(SCHEMES, (DESK, PHONE), strict=True):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            found += problems_of(page, f"{scheme}, {size['width']} px")
    assert not found, listed(found)


def test_a_list_that_cannot_be_searched_says_so(browser: Browser, site: ServedSite) -> None:
    with opened(browser, "about:blank") as page:
        page.route("**/search/worker.*.js", lambda route: route.abort())
        page.goto(site.address("courses/?q=data"))
        expect(page.locator("[data-part=problem]")).to_be_visible()
        assert len(listed_courses(page)) == 24


@pytest.mark.parametrize("query", ["?!*+()[]{}\\^$.|", "a" * 10_000, "<b>&amp;\"'", "%E0%A4%A"])
def test_hostile_addresses_are_harmless(browser: Browser, site: ServedSite, query: str) -> None:
    with opened(browser, site.address(f"courses/?{urlencode({'q': query})}")) as page:
        listed_courses(page)
        expect(page.locator("[data-part=problem]")).to_be_hidden()
        expect(page.locator("[data-part=results]")).to_contain_text("No course fits all of this.")


# --- what is loaded, and what happens if it cannot be ---


def test_nothing_is_loaded_before_somebody_types(browser: Browser, site: ServedSite) -> None:
    with opened(browser, "about:blank") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(site.url)))
        page.goto(site.address("stories/"), wait_until="networkidle")
        field(page).focus()
        page.wait_for_load_state("networkidle")
        heavy = re.compile(r"^data/|^assets/js/(search/(?!search-field)|vendor/)")
        assert not [url for url in asked if heavy.search(url)]
        type_query(page, "data")
        for part in ("data/catalogue.json", "data/search/", "data/courses.", "minisearch"):
            assert len([url for url in asked if part in url]) == 1, part


def test_every_page_has_one_search_field(browser: Browser, site: ServedSite) -> None:
    for path in ("", COURSE, "404.html"):
        with opened(browser, site.address(path)) as page:
            expect(page.locator("input[name=q]")).to_have_count(1)
            expect(field(page)).to_be_visible()


def test_without_scripts_there_is_no_search_field(browser: Browser, site: ServedSite) -> None:
    for path in ("", "courses/"):
        with opened(browser, site.address(path), java_script_enabled=False) as page:
            expect(page.get_by_role("search")).to_have_count(0)
            expect(page.locator("input:visible")).to_have_count(0)


@pytest.mark.parametrize(
    ("pattern", "how"),
    [
        ("**/search/worker.*.js", "missing"),
        ("**/minisearch.*.js", "missing"),
        ("**/data/catalogue.json", "missing"),
        ("**/data/catalogue.json", "no JSON"),
        ("**/data/courses.*.json", "missing"),
        ("**/data/search/*.json", "missing"),
        ("**/data/search/*.json", "no JSON"),
        ("**/data/search/*.json", "no answer"),
    ],
)
def test_if_the_search_fails_the_field_is_a_plain_form(
    browser: Browser, site: ServedSite, pattern: str, how: str
) -> None:
    with opened(browser, site.address("stories/")) as page:
        warned: list[str] = []
        page.on("console", lambda message: warned.append(message.text) if message.type == "warning" else None)
        if how == "missing":
            page.route(pattern, lambda route: route.fulfill(status=404, body="Not found"))
        elif how == "no JSON":
            page.route(pattern, lambda route: route.fulfill(body="<!DOCTYPE html>"))
        else:
            page.route(pattern, lambda route: route.abort())
        with page.expect_console_message(lambda message: "no suggestions now" in message.text):
            field(page).press_sequentially("data")
        expect(page.get_by_role("listbox")).to_have_count(0)
        field(page).press_sequentially(" c")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address("courses/?q=data+c"))


def test_the_search_is_tried_again_when_the_field_gets_the_focus(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("stories/")) as page:
        page.route("**/data/search/*.json", lambda route: route.abort())
        with page.expect_console_message(lambda message: "no suggestions now" in message.text):
            field(page).press_sequentially("dat")
        page.unroute("**/data/search/*.json")
        page.locator("h1").click()
        field(page).fill("data")
        expect(options(page).first).to_be_visible()


def test_the_newest_query_wins(browser: Browser, site: ServedSite) -> None:
    (script,) = site.root.glob("assets/js/search/client.*.js")
    with opened(browser, site.address("stories/")) as page:
        said = page.evaluate(
            """async url => {
                const {search, suggest} = await import(url);
                const said = await Promise.allSettled(["data", "payroll", "bookkeeping"].map(one => search(one)));
                said.push(...await Promise.allSettled([suggest("data"), search("data"), suggest("book")]));
                return said.map(one => one.reason?.name ?? (one.value.courses ?? one.value).length);
            }""",
            f"/{script.relative_to(site.root).as_posix()}",
        )
    assert said[:2] == ["AbortError", "AbortError"]
    assert said[2] > 0
    assert said[3] == "AbortError"
    assert said[4] > 0  # suggestions and answers do not overtake each other
    assert said[5] > 0


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "?!*+()[]{}\\^$.|", "<img src=x onerror=alert(1)>", "%00 \ud83d"]
)
def test_hostile_queries_are_harmless(browser: Browser, site: ServedSite, text: str) -> None:
    with opened(browser, site.address("stories/")) as page:
        page.on("dialog", lambda _dialog: pytest.fail("A script ran that the visitor typed."))
        field(page).focus()
        page.keyboard.insert_text(text)
        expect(page.locator(STATUS)).to_have_text(re.compile(r"\d+ suggestions?"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/courses/?q=*")
        assert len(page.url) < 1000
