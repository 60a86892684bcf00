"""What a browser does with the preview: reloads what changed and nothing else, keeps its place, lists problems.

One server is shared: each test changes pages of its own, and puts right what it broke.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.serve.conftest import PATIENCE, Served, start_server, until
from tests.support.axe import axe_violations
from tests.support.paths import STARTER

COURSE = "content/courses/spreadsheets-for-beginners.md"
COURSE_PAGE = "courses/spreadsheets-for-beginners/"
ABOUT = "content/pages/about.md"
LATE = """<!DOCTYPE html><html lang="en"><head><title>Late</title></head><body><h1>Version 0</h1>
<label>Name <input id="name"></label>
<details id="more"><summary>More</summary><p>Text</p></details>
<script src="/late.js"></script></body></html>"""
LATE_SCRIPT = """
setTimeout(() => document.body.insertAdjacentHTML("beforeend", '<p id="tall">Tall</p>'), 200);
setTimeout(() => { document.getElementById("tall").style.height = "6000px"; }, 300);
"""
HIDE = """(state) => {
  Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    site = Path(shutil.copytree(STARTER, tmp_path_factory.mktemp("served") / "site"))
    (site / "themes/own/assets/css").mkdir(parents=True)
    (site / "themes/own/theme.yaml").write_text("extends: default\nstylesheets: [css/own.css]\n")
    (site / "themes/own/assets/css/own.css").write_text("h1 { outline: 1px solid rgb(1, 2, 3); }\n")
    text = (site / "credsite.yaml").read_text()
    (site / "credsite.yaml").write_text(text.replace("\ntagline:", "\ntheme: own\ntagline:"))
    (site / "static").mkdir()
    (site / "static/late.html").write_text(LATE)
    (site / "static/late.js").write_text(LATE_SCRIPT)
    running = start_server(site)
    assert running.url, running.said
    yield running
    running.end()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1280, "height": 720}) as opened:
        opened.set_default_timeout(PATIENCE * 1000)
        yield opened


def opened(context: BrowserContext, served: Served, path: str) -> tuple[Page, list[str]]:
    """A page, and a list that grows with each time that it is loaded. Anything wrong in a script fails the test."""
    page = context.new_page()
    loads: list[str] = []
    # When it is asked for, because a text may be seen before all of the page has come.
    page.on("request", lambda request: loads.append(path) if request.is_navigation_request() else None)
    page.on("pageerror", lambda error: loads.append(f"error: {error}"))
    page.goto(served.url + path)
    assert loads == [path]
    return page, loads


def add(served: Served, path: str, text: str) -> None:
    """Add a paragraph to the end of a file."""
    file = served.site / path
    file.write_text(f"{file.read_text().rstrip()}\n\n{text}\n")


def test_only_pages_that_changed_are_reloaded(served: Served, context: BrowserContext) -> None:
    course, course_loads = opened(context, served, COURSE_PAGE)
    about, about_loads = opened(context, served, "about/")
    add(served, COURSE, "Words of the course.")
    expect(course.get_by_text("Words of the course.")).to_be_visible()
    add(served, ABOUT, "Words of the page.")
    expect(about.get_by_text("Words of the page.")).to_be_visible()
    add(served, COURSE, "More words of the course.")
    expect(course.get_by_text("More words of the course.")).to_be_visible()
    assert (len(course_loads), len(about_loads)) == (3, 2)


def test_a_page_is_reloaded_when_something_that_it_uses_has_changed(
    served: Served, context: BrowserContext
) -> None:
    page, loads = opened(context, served, "late.html")
    (served.site / "static/late.js").write_text(f"{LATE_SCRIPT}document.title = 'Later';\n")
    expect(page).to_have_title("Later")
    assert len(loads) == 2


def test_a_stylesheet_is_replaced_without_a_reload(served: Served, context: BrowserContext) -> None:
    page, loads = opened(context, served, "about/")
    before = page.locator('link[rel="stylesheet"]').get_attribute("href")
    style = "getComputedStyle(document.querySelector('h1')).outlineColor"
    for colour in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
        (served.site / "themes/own/assets/css/own.css").write_text(f"h1 {{ outline: 1px solid {colour}; }}\n")
        page.wait_for_function(f"{style} === '{colour}'")
        page.wait_for_function("document.querySelectorAll('link[rel=\"stylesheet\"]').length === 1")
    assert page.locator('link[rel="stylesheet"]').get_attribute("href") != before
    assert len(loads) == 1
    add(served, ABOUT, "After the stylesheet.")
    expect(page.get_by_text("After the stylesheet.")).to_be_visible()
    assert page.evaluate(style) == "rgb(7, 8, 9)"
    assert len(loads) == 2


def test_a_reload_keeps_the_scroll_position_open_parts_and_typed_text(
    served: Served, context: BrowserContext
) -> None:
    page, _ = opened(context, served, "late.html")
    page.wait_for_function("document.getElementById('tall')?.offsetHeight === 6000")
    page.locator("#more summary").click()
    page.locator("#name").fill("Rosa")
    page.evaluate("scrollTo(0, 3000)")
    text = (served.site / "static/late.html").read_text()
    (served.site / "static/late.html").write_text(text.replace("Version 0", "Version 1"))
    expect(page.get_by_role("heading", name="Version 1")).to_be_attached()
    page.wait_for_function("scrollY === 3000")  # which it can be only when the page has grown again
    assert page.locator("#more").evaluate("details => details.open")
    assert page.locator("#name").input_value() == "Rosa"
    assert page.evaluate("document.activeElement.id") == "name"


def test_a_page_in_the_background_catches_up(served: Served, context: BrowserContext) -> None:
    course, course_loads = opened(context, served, COURSE_PAGE)
    about, about_loads = opened(context, served, "about/")
    for page in (course, about):
        page.evaluate(HIDE, "hidden")
    add(served, COURSE, "Written while nobody looked.")
    until("a build", served.shows(COURSE_PAGE, "Written while nobody looked."))
    for page in (about, course):
        page.evaluate(HIDE, "visible")
    expect(course.get_by_text("Written while nobody looked.")).to_be_visible()
    add(served, ABOUT, "A sign that both have been told.")
    expect(about.get_by_text("A sign that both have been told.")).to_be_visible()
    assert (len(course_loads), len(about_loads)) == (2, 2)


def test_the_browser_follows_a_page_to_its_new_address(served: Served, context: BrowserContext) -> None:
    page, _ = opened(context, served, "about/")
    served.write(ABOUT, "---\ntitle:", "---\nslug: who-we-are\ntitle:")
    page.wait_for_url(served.url + "who-we-are/")
    served.write(ABOUT, "---\nslug: who-we-are\ntitle:", "---\ntitle:")
    page.wait_for_url(served.url + "about/")


def test_problems_are_listed_over_the_page_until_they_are_fixed(
    served: Served, context: BrowserContext
) -> None:
    page, loads = opened(context, served, "courses/")
    panel = page.locator("credsite-problems .panel")
    chip = page.locator("credsite-problems .chip")
    search = page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first
    search.focus()
    served.write(ABOUT, "\norder: 2", "\nordr: <b>2</b>")
    expect(panel).to_be_visible()
    expect(search).to_be_focused()  # it takes no focus away
    for said in ("1 error", f"{ABOUT}:4:1", "ordr: <b>2</b>", "Did you mean order?"):
        expect(panel).to_contain_text(said)
    expect(page.locator("credsite-problems [role=status]")).to_contain_text("1 error")
    assert axe_violations(page) == []
    page.keyboard.press("Escape")  # which is the field's
    expect(panel).to_be_visible()
    search.blur()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.goto(served.url + "nowhere/")
    expect(chip).to_have_text("1 error")  # also here, and as it was left
    expect(panel).to_be_hidden()
    chip.click()
    expect(page.locator("credsite-problems .close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(chip).to_be_focused()
    served.write(ABOUT, "\nordr: <b>2</b>", "\norderr: 2")
    expect(panel).to_be_visible()  # another problem
    assert axe_violations(page) == []
    served.write(ABOUT, "\norderr: 2", "\norder: 2")
    expect(page.locator("credsite-problems")).to_have_count(0)
    assert loads == ["courses/", "courses/"]


def test_a_banner_says_why_a_page_is_not_published(served: Served, context: BrowserContext) -> None:
    page, _ = opened(context, served, "stories/a-desk-of-her-own/")
    story = "content/stories/a-desk-of-her-own.md"
    served.write(story, "  given: 2026-05-12", "  given: 2026-05-12\n  withdrawn: 2026-11-01")
    banner = page.get_by_role("region", name="Preview")
    expect(banner).to_contain_text("The learner withdrew consent on 1 November 2026.")
    page.set_viewport_size({"width": 320, "height": 720})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert axe_violations(page) == []
    served.write(story, "\n  withdrawn: 2026-11-01", "")
    expect(banner).to_have_count(0)
    served.write(story, "---\ntitle:", "---\ndraft: true\ntitle:")
    expect(banner).to_contain_text("until draft: true is removed from")
    expect(page.locator("main .draft-ribbon")).to_be_hidden()  # the theme's own
    served.write(story, "---\ndraft: true\ntitle:", "---\ntitle:")
    expect(banner).to_have_count(0)
