"""The comparison: its facts come from the course pages, and differences are marked."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.shortlist.test_shortlist import with_shortlist
from tests.support.server import ServedSite, serve
from tests.support.visiting import PHONE, assert_fine, open_page, visitor

ROWS = (
    "provider", "mode", "duration", "workload", "cost", "start", "place", "level", "assessment", "credential", "pathway",
    "support",
)  # fmt: skip
UNUSED = "attendance"
"""A row of which no course of the sample says anything."""


def cell(page: Page, row: str, column: int) -> Locator:
    return page.locator(f'tr[data-row="{row}"] td').nth(column)


def words(locator: Locator) -> str:
    return " ".join((locator.text_content() or "").split())


def expect_courses(page: Page, wanted: list[str]) -> None:
    links = page.locator('.compare th [data-part="title"]')
    expect(links).to_have_count(len(wanted))
    assert [link.get_attribute("href") for link in links.all()] == [f"/courses/{slug}/" for slug in wanted]


def answered(body: str, route: Route) -> None:
    route.fulfill(content_type="text/html", body=body)


def compared(slugs: list[str]) -> str:
    return f"compare/?c={','.join(slugs)}"


def test_the_facts_come_from_the_course_pages(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser) as context:
        page = open_page(context, site, compared(slugs[:4]))
        expect_courses(page, slugs[:4])
        course = context.new_page()
        for column, slug in enumerate(slugs[:4]):
            course.goto(site.address(f"courses/{slug}/"))
            for row in ROWS:
                fact = course.locator(f'[data-fact="{row}"]')
                assert fact.count() <= 1, (slug, row)
                expected = "".join(words(fact).split()) if fact.count() else "—notstated"
                assert "".join(words(cell(page, row, column)).split()) == expected, (slug, row)
        expect(page.locator("tr[data-row]:visible")).to_have_count(len(ROWS))
        expect(page.locator(f'tr[data-row="{UNUSED}"]')).to_be_hidden()
        assert_fine(page, thoroughly=True)


def test_the_table_has_roles_on_a_phone(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser, viewport=PHONE) as context:
        page = open_page(context, site, compared(slugs[:4]))
        expect_courses(page, slugs[:4])
        expect(page.get_by_role("table")).to_have_count(1)
        expect(page.get_by_role("columnheader")).to_have_count(4)
        expect(page.get_by_role("rowheader")).to_have_count(len(ROWS))
        region = page.get_by_role("region", name="Comparison")
        region.focus()
        expect(region).to_be_focused()
        assert region.evaluate("one => one.scrollWidth > one.clientWidth")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => document.querySelector('.compare-scroll').scrollLeft > 0")
        label = page.locator(".compare-label").first.bounding_box()
        assert label is not None
        assert label["x"] >= 0, "what a row is about stays in view"


def test_a_missing_fact_is_marked(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser) as context:
        body = f'<h1>Bare <i>one</i></h1><div data-course="{slugs[0]}" data-fact="level"></div>'
        context.route(f"**/courses/{slugs[0]}/", partial(answered, body))
        page = open_page(context, site, compared(slugs[:2]))
        expect(cell(page, "workload", 0)).to_have_text("—not stated")
        expect(cell(page, "level", 0)).to_have_text("—not stated")
        expect(page.get_by_role("link", name="Bare one")).to_be_visible()
        assert_fine(page)


def test_differences_are_easy_to_see(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser) as context:
        page = open_page(context, site, compared(slugs[:3]))
        expect_courses(page, slugs[:3])
        same, other = [], []
        for row in ROWS:
            texts = {words(cell(page, row, column)) for column in range(3)}
            (same if len(texts) == 1 else other).append(row)
        assert other
        for row in ROWS:
            mark = page.locator(f'tr[data-row="{row}"] [data-part="same"]')
            expect(mark).to_be_visible(visible=row in same)
        page.get_by_role("checkbox", name="Show only what differs").check()
        for row in ROWS:
            expect(page.locator(f'tr[data-row="{row}"]')).to_be_visible(visible=row in other)
        assert_fine(page)


def test_equal_courses_have_no_differences(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser) as context:
        for slug in slugs[:2]:
            body = f'<h1>{slug}</h1><p data-course="{slug}">At <b data-fact="level"> once </b></p>'
            context.route(f"**/courses/{slug}/", partial(answered, body))
        page = open_page(context, site, compared(slugs[:2]))
        expect_courses(page, slugs[:2])
        page.get_by_role("checkbox", name="Show only what differs").check()
        expect(page.get_by_text("these courses are the same")).to_be_visible()
        expect(page.locator("tr[data-row]:visible")).to_have_count(0)


def test_courses_are_removed_and_added_from_the_shortlist(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(browser, **with_shortlist(site, *slugs[:5], titles={slugs[4]: "The fifth"})) as context:
        page = open_page(context, site, "compare/")
        expect_courses(page, slugs[:4])  # the first four of the shortlist
        expect(page).to_have_url(site.address(compared(slugs[:4])))
        add = page.get_by_role("button", name="The fifth")
        add.click()
        expect(page.locator('[data-compare] [role="status"]')).to_contain_text("Four courses are the most")
        expect_courses(page, slugs[:4])
        assert_fine(page)
        remove = page.get_by_role("button", name=re.compile("^Remove"))
        remove.nth(1).focus()
        page.keyboard.press("Enter")
        expect_courses(page, [slugs[0], *slugs[2:4]])
        expect(remove.nth(1)).to_be_focused()
        expect(page).to_have_url(site.address(compared([slugs[0], *slugs[2:4]])))
        add.click()
        expect_courses(page, [slugs[0], *slugs[2:5]])
        expect(page.locator('.compare th [data-part="title"]').last).to_be_focused()
        for _ in range(4):
            remove.first.click()
        expect(page.get_by_role("heading", name="Nothing to compare yet")).to_be_visible()
        expect(page).to_have_url(site.address("compare/"))
        assert_fine(page)


def test_a_compared_course_can_be_saved(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser) as context:
        page = open_page(context, site, compared(slugs[:2]))
        expect_courses(page, slugs[:2])
        page.locator(".compare [data-save]").first.click()
        expect(page.locator(".compare [data-save]").first).to_have_text("Saved", use_inner_text=True)
        expect(page.locator("[data-shortlist]")).to_have_text("Shortlist (1)")


def test_more_than_four_courses_and_unknown_courses(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(browser) as context:
        page = open_page(context, site, compared([slugs[0], "no-such-course", *slugs[1:6]]))
        expect_courses(page, slugs[:3])
        expect(page.locator('[data-compare] [role="status"]')).to_contain_text("Four courses are the most")
        expect(page.get_by_text("was left out")).to_be_visible()
        expect(page).to_have_url(site.address(compared(slugs[:3])))


def test_a_redirect_is_not_a_course(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    """Some hosts deliver another page if there is none."""
    with visitor(browser) as context:
        context.route("**/courses/elsewhere/", lambda route: route.fulfill(path=site.root / "index.html"))
        page = open_page(context, site, compared([slugs[0], "elsewhere"]))
        expect_courses(page, slugs[:1])
        expect(page.get_by_text("was left out")).to_be_visible()
        expect(page.get_by_label("Show only what differs")).to_be_hidden()


def test_loading_can_be_tried_again(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser) as context:
        page = context.new_page()
        page.route(f"**/courses/{slugs[1]}/", lambda route: route.fulfill(status=503, body="busy"))
        page.goto(site.address(compared(slugs[:2])))
        expect(page.get_by_text("Not all of these courses can be loaded now.")).to_be_visible()
        expect_courses(page, slugs[:1])
        expect(page).to_have_url(site.address(compared(slugs[:2])))
        assert_fine(page)
        page.unroute_all()
        page.get_by_role("button", name="Try again").click()
        expect_courses(page, slugs[:2])
        expect(page.get_by_text("Not all of these courses")).to_be_hidden()


HOSTILE = ["x" * 10_000, "<script>alert(1)</script>", "../../etc,%2e%2e%2f", "\u2028,Ω,__proto__"]


def test_unusual_links_are_harmless(browser: Browser, site: ServedSite) -> None:
    with visitor(browser) as context:
        page = context.new_page()
        for asked in HOSTILE:
            page.goto(site.address(f"compare/?c={quote(asked)}"))
            expect(page.get_by_text("was left out")).to_be_visible()
            expect(page.get_by_role("heading", name="Nothing to compare yet")).to_be_visible()
            expect(page).to_have_url(site.address("compare/"))


def test_it_works_below_a_base_path(browser: Browser, sample_site_subpath: Path, slugs: list[str]) -> None:
    with serve(sample_site_subpath, "/a/b/") as site, visitor(browser) as context:
        page = open_page(context, site, compared(slugs[:2]))
        links = page.locator('.compare th [data-part="title"]')
        expect(links).to_have_count(2)
        links.first.click()
        page.wait_for_url(site.address(f"courses/{slugs[0]}/"))


def test_without_scripts_the_page_links_to_all_courses(browser: Browser, site: ServedSite) -> None:
    with visitor(browser, java_script_enabled=False) as context:
        page = open_page(context, site, "compare/")
        expect(page.locator("[data-compare]")).to_be_hidden()
        page.get_by_role("link", name="See all courses").click()
        page.wait_for_url(site.address("courses/"))
