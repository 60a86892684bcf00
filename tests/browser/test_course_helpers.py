"""The buttons of a course page: save, compare, add to calendar, share, print."""

from __future__ import annotations

import re

import icalendar
import pytest
from playwright.sync_api import Browser, Route, ViewportSize, expect

from tests.browser.shortlist.test_shortlist import with_shortlist
from tests.support import lists
from tests.support.server import ServedSite
from tests.support.visiting import DESK, PHONE, assert_fine, open_page, visitor

SHARES = """navigator.share = async (what) => { window.shared = what; };"""
CHANGES_MIND = """navigator.share = async () => { throw new DOMException("", "AbortError"); };"""
CANNOT_SHARE = """navigator.share = async () => { throw new DOMException("", "NotAllowedError"); };"""
NO_SHARING = """delete Navigator.prototype.share;"""
NO_CLIPBOARD = """Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });"""


@pytest.mark.parametrize("scripts", [True, False])
def test_a_course_has_a_calendar_of_its_dates(
    browser: Browser, site: ServedSite, slugs: list[str], scripts: bool
) -> None:
    with visitor(browser, java_script_enabled=scripts) as context:
        page = open_page(context, site, f"courses/{slugs[0]}/")
        link = page.get_by_role("link", name="Add to calendar")
        address = link.evaluate("one => one.href") if scripts else link.get_attribute("href")
        answer = context.request.get(site.url.rstrip("/") + address if address.startswith("/") else address)
        assert answer.headers["content-type"].startswith("text/calendar")
        assert icalendar.Calendar.from_ical(answer.body()).walk("VEVENT")
        if not scripts:
            expect(page.locator(".helper:visible")).to_have_count(1)


def test_every_page_links_to_the_calendar_of_all_start_dates(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(browser, java_script_enabled=False) as context:
        page = open_page(context, site, "")
        expect(page.locator("main").get_by_role("link", name="Calendar of start dates")).to_be_visible()
        page.goto(site.address(f"courses/{slugs[0]}/"))
        address = page.locator('link[type="text/calendar"]').get_attribute("href")
        assert address == "/calendar.ics"
        answer = context.request.get(site.address("calendar.ics"))
        events = icalendar.Calendar.from_ical(answer.body()).walk("VEVENT")
        days = [str(event.decoded("DTSTART"))[:10] for event in events]
        assert len(days) > 10
        assert days == sorted(days)


def test_a_course_is_saved_and_compared_with_the_last_ones(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(browser, **with_shortlist(site, *slugs[1:6])) as context:
        page = open_page(context, site, f"courses/{slugs[0]}/")
        compare = page.get_by_role("link", name="Compare")
        expect(compare).to_have_attribute("href", f"/compare/?c={','.join([slugs[0], *slugs[3:6]])}")
        save = page.locator(".helpers [data-save]")
        expect(save).to_have_text("Save", use_inner_text=True)
        save.focus()
        page.keyboard.press("Enter")
        expect(save).to_have_text("Saved", use_inner_text=True)
        expect(save).to_have_attribute("aria-pressed", "true")
        expect(page.locator("[data-shortlist]")).to_have_text("Shortlist (6)")
        assert_fine(page, thoroughly=True)


def test_a_course_is_shared_through_the_system(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser) as context:
        context.add_init_script(SHARES)
        page = open_page(context, site, f"courses/{slugs[0]}/?from=mail#course_before")
        page.get_by_role("button", name="Share").click()
        page.wait_for_function("() => window.shared")
        assert page.evaluate("() => window.shared") == {
            "title": page.locator("h1").inner_text(),
            "url": site.address(f"courses/{slugs[0]}/"),
        }
        expect(page.locator("#site_notice")).to_be_empty()


@pytest.mark.parametrize("sharing", [NO_SHARING, CANNOT_SHARE], ids=["none", "refused"])
def test_without_a_share_menu_the_link_is_copied(
    browser: Browser, site: ServedSite, slugs: list[str], sharing: str
) -> None:
    with visitor(browser) as context:
        context.add_init_script(sharing)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = open_page(context, site, f"courses/{slugs[0]}/")
        page.locator("[data-share]").click()
        expect(page.locator("#site_notice")).to_have_text("The link is copied.")
        assert page.evaluate("() => navigator.clipboard.readText()") == site.address(f"courses/{slugs[0]}/")
        assert_fine(page)


def test_without_a_clipboard_the_address_is_shown(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(browser) as context:
        context.add_init_script(NO_SHARING + NO_CLIPBOARD)
        page = open_page(context, site, f"courses/{slugs[0]}/")
        page.get_by_role("button", name="Copy the link").click()
        expect(page.locator("#site_notice")).to_have_text(
            f"Copy this address: {site.address(f'courses/{slugs[0]}/')}"
        )
        assert_fine(page)


def test_closing_the_share_menu_is_not_an_error(browser: Browser, site: ServedSite, slugs: list[str]) -> None:
    with visitor(browser) as context:
        context.add_init_script(CHANGES_MIND)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = open_page(context, site, f"courses/{slugs[0]}/")
        page.evaluate("() => navigator.clipboard.writeText('mine')")
        page.get_by_role("button", name="Share").click()
        assert page.evaluate("() => navigator.clipboard.readText()") == "mine"
        expect(page.locator("#site_notice")).to_be_empty()


def test_a_page_is_printed_without_what_only_works_on_a_screen(
    browser: Browser, site: ServedSite, slugs: list[str]
) -> None:
    with visitor(browser) as context:
        context.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; };")
        page = open_page(context, site, f"courses/{slugs[0]}/")
        page.get_by_role("button", name="Print").click()
        page.wait_for_function("() => window.printed === 1")
        page.emulate_media(media="print")
        for gone in (".helpers", ".save", "[data-shortlist]", ".site-nav", "#course_related"):
            expect(page.locator(gone).first).to_be_hidden()
        for there in ("h1", ".facts", "#course_sessions", "#course_outcomes", ".footer-name"):
            expect(page.locator(there)).to_be_visible()
        address = page.locator(".facts-act a").first
        assert address.get_attribute("href") in address.evaluate(
            "one => getComputedStyle(one, '::after').content"
        )


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_when_scripts_load_late(
    browser: Browser, site: ServedSite, slugs: list[str], size: ViewportSize
) -> None:
    held: list[Route] = []
    drawn = False

    def hold(route: Route) -> None:
        if drawn:
            route.continue_()
        else:
            held.append(route)

    for path in (
        f"courses/{slugs[0]}/",
        "courses/page/2/",
        f"shortlist/?c={slugs[0]}",
        f"compare/?c={slugs[0]}",
    ):
        with lists.open_list(browser, size=size) as page:
            drawn = False
            # But for the one that runs before anything is drawn.
            page.route(re.compile(r"/assets/js/(?!early\.)"), hold)
            page.goto(site.address(path), wait_until="commit")
            page.locator("footer").wait_for()
            page.wait_for_timeout(300)  # all is drawn as it is without scripts
            assert held
            drawn = True
            while held:
                held.pop().continue_()
            page.wait_for_function("() => document.documentElement.classList.contains('started')")
            page.wait_for_load_state("networkidle")
            assert page.evaluate("() => window.shift") < 0.02, path
