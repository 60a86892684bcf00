"""Search as a visitor has it: the field on every page, its suggestions, and what happens where it cannot work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.axe import axe_violations
from tests.support.report import listed
from tests.support.server import ServedSite, serve
from tests.test_accessibility import DESK, PHONE, POLICY, RECORD_VIOLATIONS, SCHEMES, TOO_WIDE

COURSE = "courses/bookkeeping-essentials/"
STATUS = "form [role=status]"


@pytest.fixture(scope="module")
def site(sample_site: Path) -> Iterator[ServedSite]:
    with serve(sample_site, headers={"Content-Security-Policy": POLICY}) as served:
        yield served


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page at an address, in a context of its own. What a script fails with fails the test."""
    faults: list[str] = []
    context = browser.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **options})
    try:
        page = context.new_page()
        page.add_init_script(RECORD_VIOLATIONS)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        yield page
        assert not faults, listed(faults)
    finally:
        context.close()


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name=re.compile("Search courses|What would you like"))


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def typed(page: Page, text: str) -> Locator:
    """Types into the field, key by key, and waits for suggestions."""
    field(page).press_sequentially(text)
    expect(options(page).first).to_be_visible()
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    return options(page)


def reached(page: Page) -> str | None:
    """The suggestion that the keys have reached, as assistive technology is told."""
    return page.evaluate(
        """() => {
            const active = document.activeElement.getAttribute("aria-activedescendant");
            const chosen = [...document.querySelectorAll('[aria-selected="true"]')].map(one => one.id);
            if (String(chosen) !== (active ?? "")) throw new Error(`${chosen} is not ${active}`);
            return active && document.getElementById(active).firstElementChild.textContent;
        }"""
    )


def titles(page: Page) -> list[str]:
    return page.locator(".suggestion-title").all_inner_texts()


# --- suggestions ---


def test_suggestions_name_their_kind_and_are_announced(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("stories/")) as page:
        found = typed(page, "data")
        texts = found.all_inner_texts()
        kinds = {text.split("\n")[-1].split(" · ")[0] for text in texts}
        assert {"Skill", "Course", "Pathway"} <= kinds
        assert len(texts) <= 8
        expect(page.locator(STATUS)).to_have_text(f"{len(texts)} suggestions")
        expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()


def test_the_keys_go_through_the_suggestions_and_to_a_course(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.url) as page:
        typed(page, "bookk")
        all_titles = titles(page)
        assert len(all_titles) > 1
        assert reached(page) is None
        steps = {"ArrowDown": all_titles[0], "ArrowUp": None}
        for key, expected in steps.items():
            page.keyboard.press(key)
            assert reached(page) == expected
        page.keyboard.press("ArrowUp")
        assert reached(page) == all_titles[-1]
        page.keyboard.press("ArrowDown")
        assert reached(page) is None
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Home")
        assert reached(page) is None
        assert page.evaluate("document.activeElement.selectionStart") == 0
        page.keyboard.press("ArrowDown")
        page.keyboard.press("End")
        assert reached(page) is None
        assert page.evaluate("document.activeElement.selectionStart") == 5
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_have_count(0)
        expect(field(page)).to_have_value("bookk")
        expect(field(page)).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("ArrowDown")
        expect(options(page).first).to_be_visible()
        while reached(page) != "Bookkeeping Essentials":
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address(COURSE))


def test_enter_asks_the_list(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address(COURSE)) as page:
        typed(page, "first aid")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address("courses/?q=first+aid"))


def test_the_button_asks_the_list(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.url, viewport=PHONE, has_touch=True) as page:
        field(page).fill("payroll")
        page.get_by_role("button", name="Search", exact=True).tap()
        page.wait_for_url(site.address("courses/?q=payroll"))


def test_an_empty_question_leads_to_all_courses(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.url) as page:
        field(page).fill("   ")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address("courses/"))


def test_the_pointer_chooses(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("courses/"), viewport=PHONE) as page:
        typed(page, "bookkeeping ess")
        page.get_by_text("Bookkeeping Essentials").locator("visible=true").first.click()
        page.wait_for_url(site.address(COURSE))


def test_other_kinds_lead_to_their_pages(browser: Browser, site: ServedSite) -> None:
    asked = {
        "data clean": ("Skill", "courses/?skill=data+cleaning"),
        "technol": ("Industry", "industries/technology/"),
        "twenty-two": ("Story", "stories/cables-at-first-light/"),
        "what is a micro": ("Guide", "what-is-a-micro-credential/"),
        "care team": ("Pathway", "pathways/care-team-member/"),
    }
    for text, (kind, path) in asked.items():
        with opened(browser, site.url) as page:
            typed(page, text).filter(has_text=kind).first.click()
            page.wait_for_url(lambda url, path=path: url.replace("%20", "+") == site.address(path))


def test_leaving_the_field_closes_the_list(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("courses/")) as page:
        typed(page, "data")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Search", exact=True)).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("listbox")).to_have_count(0)
        field(page).fill("data clean")
        expect(options(page).first).to_be_visible()
        page.mouse.click(10, 600)
        expect(page.get_by_role("listbox")).to_have_count(0)


def test_nothing_is_suggested_for_nothing(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("courses/")) as page:
        typed(page, "data")
        field(page).fill("xyzzyxyzzy")
        expect(page.locator(STATUS)).to_have_text("0 suggestions")
        expect(page.get_by_role("listbox")).to_have_count(0)
        field(page).fill("data")
        expect(options(page).first).to_be_visible()
        field(page).fill("")
        expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize("path", ["", "courses/"], ids=["home", "list"])
def test_axe_finds_nothing_in_the_open_list(browser: Browser, site: ServedSite, path: str) -> None:
    found = []
    with opened(browser, site.address(path)) as page:
        for scheme in SCHEMES:
            for size in (PHONE, DESK):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size(size)
                field(page).fill("")
                typed(page, "data")
                page.keyboard.press("ArrowDown")
                place = f"{scheme}, {size['width']} px"
                found += [f"{place}: {problem}" for problem in axe_violations(page)]
                found += [f"{place}: {problem}" for problem in page.evaluate(TOO_WIDE)]
        found += page.evaluate("window.policyViolations")
    assert not found, listed(found)


def test_suggestions_lead_to_pages_below_the_base_path(browser: Browser, sample_site_subpath: Path) -> None:
    with serve(sample_site_subpath, "/a/b/") as site, opened(browser, site.url) as page:
        typed(page, "bookkeeping ess").first.click()
        page.wait_for_url(site.address(COURSE))
        typed(page, "technolog")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(site.address("industries/technology/"))


# --- what is loaded, and what happens where it cannot be ---


def test_nothing_is_loaded_before_somebody_types(browser: Browser, site: ServedSite) -> None:
    with opened(browser, "about:blank") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(site.url)))
        page.goto(site.address("stories/"), wait_until="networkidle")
        field(page).focus()
        page.wait_for_load_state("networkidle")
        heavy = re.compile(r"^data/|search|minisearch|index")
        assert not [url for url in asked if heavy.search(url) and not url.startswith("assets/js/suggest")]
        typed(page, "data")
        for part in ("data/catalogue.json", "data/search/", "data/courses.", "minisearch"):
            assert len([url for url in asked if part in url]) == 1, part


def test_one_field_on_every_page(browser: Browser, site: ServedSite) -> None:
    for path in ("", "courses/", COURSE, "stories/", "404.html"):
        with opened(browser, site.address(path)) as page:
            expect(page.locator("input[name=q]")).to_have_count(1)
            expect(field(page)).to_be_visible()


def test_no_dead_field_without_scripts(browser: Browser, site: ServedSite) -> None:
    for path in ("", "courses/"):
        with opened(browser, site.address(path), java_script_enabled=False) as page:
            expect(page.get_by_role("search")).to_have_count(0)
            expect(page.locator("input:visible")).to_have_count(0)


@pytest.mark.parametrize(
    ("pattern", "how"),
    [
        ("**/search-worker.*.js", "missing"),
        ("**/minisearch.*.js", "missing"),
        ("**/data/catalogue.json", "missing"),
        ("**/data/catalogue.json", "no JSON"),
        ("**/data/courses.*.json", "missing"),
        ("**/data/search/*.json", "missing"),
        ("**/data/search/*.json", "no JSON"),
        ("**/data/search/*.json", "no answer"),
    ],
)
def test_where_search_fails_the_field_is_a_plain_form(
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


def test_a_failure_is_forgotten_when_the_field_is_entered_again(browser: Browser, site: ServedSite) -> None:
    with opened(browser, site.address("stories/")) as page:
        page.route("**/data/search/*.json", lambda route: route.abort())
        with page.expect_console_message(lambda message: "no suggestions now" in message.text):
            field(page).press_sequentially("dat")
        page.unroute("**/data/search/*.json")
        page.locator("h1").click()
        field(page).fill("data")
        expect(options(page).first).to_be_visible()


def test_the_newest_question_wins(browser: Browser, site: ServedSite) -> None:
    (script,) = site.root.glob("assets/js/search.*.js")
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
def test_hostile_questions_are_harmless(browser: Browser, site: ServedSite, text: str) -> None:
    with opened(browser, site.address("stories/")) as page:
        page.on("dialog", lambda _dialog: pytest.fail("A script ran that the visitor typed."))
        field(page).focus()
        page.keyboard.insert_text(text)
        expect(page.locator(STATUS)).to_have_text(re.compile(r"\d+ suggestions?"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/courses/?q=*")
        assert len(page.url) < 1000
