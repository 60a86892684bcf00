"""A menu with groups: with scripts and without, with the keyboard, on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.paths import SITES
from tests.support.server import ServedSite, serve
from tests.support.visiting import DESK, PHONE, SCHEMES, assert_fine, open_page, visitor

SETTINGS = """\
menu:
  - label: Find a course
    items: [courses, industries, {label: At home, url: /delivery/online/}]
  - stories
  - label: About Harbour College
    items: [about, {label: Apply, url: "https://apply.test/"}]
footer:
  text: Part of *Harbour College*. [About us](page:about)
  links: [about, {label: Learn, items: [courses, stories]}]
  social: ["https://bsky.app/profile/harbour.test", {url: "https://a.test/", label: Our podcast}]
home:
  - industries
  - {section: text, heading: Welcome, text: "## Who we are\\n\\n[People](page:about)"}
  - {section: text, text: "## Where we are"}
  - {section: stories, count: 1}
notice: We are [closed](/about/) in July.
"""


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    root = tmp_path_factory.mktemp("menu") / "site"
    shutil.copytree(SITES / "good-minimal", root)
    settings = root / "credsite.yaml"
    settings.write_text(f"{settings.read_text()}{SETTINGS}")
    build(root)
    with serve(root / "public") as served:
        yield served


def build(root: Path) -> None:
    from credsite.build.options import Options
    from credsite.build.pipeline import build as build_site

    assert build_site(Options(root, no_cache=True)).report


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_groups_open_with_the_keyboard(
    browser: Browser, grouped: ServedSite, scripts: bool, viewport
) -> None:  # type: ignore[no-untyped-def]
    with visitor(browser, viewport=viewport, java_script_enabled=scripts) as context:
        page = open_page(context, grouped, "industries/")
        if viewport is PHONE:
            page.get_by_role("button", name="Menu").press("Enter")
        menu = page.get_by_role("navigation", name="Main menu")
        link = menu.get_by_role("link", name="Industries")
        expect(link).to_be_hidden()
        first, second = menu.locator("summary").all()
        assert first.get_attribute("aria-current") == "true"
        assert second.get_attribute("aria-current") is None
        first.press("Enter")
        expect(link).to_be_visible()
        assert link.get_attribute("aria-current") == "page"
        second.press("Enter")
        expect(menu.get_by_role("link", name="Apply")).to_be_visible()
        expect(link).to_be_hidden()


def test_with_scripts_a_group_closes_where_the_visitor_goes_on(browser: Browser, grouped: ServedSite) -> None:
    with visitor(browser) as context:
        page = open_page(context, grouped, "about/")
        menu = page.get_by_role("navigation", name="Main menu")
        link, summary = menu.get_by_role("link", name="Industries"), menu.locator("summary").first
        page.wait_for_load_state("networkidle")
        summary.click()
        link.press("Escape")
        expect(link).to_be_hidden()
        expect(summary).to_be_focused()
        summary.click()
        page.locator("h1").click()
        expect(link).to_be_hidden()
        summary.click()
        menu.get_by_role("link", name="Stories").focus()
        expect(link).to_be_hidden()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_open_group_is_fine(browser: Browser, grouped: ServedSite, scheme: str) -> None:
    with visitor(browser, color_scheme=scheme) as context:
        page = open_page(context, grouped, "about/")
        page.locator(".site-nav summary").last.click()
        assert_fine(page)
        footer = page.locator(".site-footer")
        assert footer.get_by_role("link").all_text_contents() == [
            "Courses", "Stories", "About us", "About us", "Bluesky", "Our podcast", "closed"
        ]  # fmt: skip
        page.goto(grouped.address(""))
        assert page.locator("main :is(h1, h2, h3)").first.text_content() == "Little Catalogue"
        assert page.locator("main section").count() == 4
        assert_fine(page)
