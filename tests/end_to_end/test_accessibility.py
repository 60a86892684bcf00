"""One page of each kind in a real browser: with axe, on a small screen, by keyboard, without JavaScript, and with a strict policy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from tests.support.axe import COLOURS, OPTIONS, axe_violations
from tests.support.report import listed
from tests.support.sample import PAGE_KINDS, redirect
from tests.support.server import ServedSite
from tests.support.visiting import DESK, PHONE, SCHEMES, TOO_WIDE, opened

FOCUSED = """() => {
    const focused = document.activeElement, box = focused.getBoundingClientRect();
    return {
        tag: focused.localName,
        href: focused.getAttribute("href") ?? "",
        inMain: focused.closest("main") !== null,
        visible: box.width > 1 && box.height > 1 && box.top >= 0 && box.left >= 0
            && box.right <= innerWidth && box.bottom <= innerHeight,
    };
}"""

each_kind = pytest.mark.parametrize("pick", PAGE_KINDS.values(), ids=PAGE_KINDS.keys())

Pick = Callable[[Path], str]


@each_kind
def test_axe_finds_nothing_and_nothing_sticks_out(browser: Browser, served: ServedSite, pick: Pick) -> None:
    found = []
    with opened(browser) as page:
        page.goto(served.address(pick(served.root)))
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for size in (PHONE, DESK):
                page.set_viewport_size(size)
                rules = OPTIONS if scheme == "light" else COLOURS
                problems = axe_violations(page, rules)
                problems += page.evaluate(TOO_WIDE)
                found += [f"{scheme}, {size['width']} px: {problem}" for problem in problems]
    assert not found, listed(found)


def test_axe_finds_nothing_on_a_redirect_page(browser: Browser, served: ServedSite) -> None:
    address = served.address(redirect(served.root))

    def stay(route: Route) -> None:
        # After status 204 the browser stays on the page, so it can be checked.
        if route.request.is_navigation_request() and route.request.url != address:
            route.fulfill(status=204)
        else:
            route.continue_()

    with opened(browser) as page:
        page.route("**/*", stay)
        page.goto(address)
        found = axe_violations(page)
        assert page.url == address
    assert not found, listed(found)


def test_a_redirect_page_leads_to_the_entry_without_javascript(browser: Browser, served: ServedSite) -> None:
    old = served.address(redirect(served.root))
    with opened(browser, java_script_enabled=False) as page:
        page.goto(old)
        page.wait_for_url(lambda url: url != old)
        assert page.locator("h1").count() == 1


@each_kind
def test_a_strict_policy_blocks_nothing_and_the_skip_link_comes_first(
    browser: Browser, served: ServedSite, pick: Pick
) -> None:
    path = pick(served.root)
    faults: list[str] = []
    with opened(browser, viewport=DESK, reduced_motion="reduce") as page:
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("requestfailed", lambda request: faults.append(f"{request.url}: {request.failure}"))
        response = page.goto(served.address(path))
        assert response is not None
        page.wait_for_function("() => document.documentElement.classList.contains('started')")
        assert response.status == 200
        page.keyboard.press("Tab")
        skip = page.evaluate(FOCUSED)
        assert skip["tag"] == "a"
        assert skip["href"].startswith("#")
        assert skip["visible"], "The skip link has the focus but cannot be seen."
        page.keyboard.press("Enter")
        reaches = page.evaluate("() => document.querySelector(location.hash)?.closest('main') != null")
        assert reaches, f"The first link, {skip['href']}, leads to nothing in the content."
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["inMain"], "After the skip link, the next stop is not in the content."
        faults += page.evaluate("() => window.policyViolations")
    assert not faults, listed(faults)


def test_an_unknown_address_gets_the_not_found_page(browser: Browser, served: ServedSite) -> None:
    with opened(browser) as page:
        response = page.goto(served.address("no/such/page/"))
        assert response is not None
        assert response.status == 404
        assert page.locator("main a").count() > 0
        unstyled = page.evaluate(
            "() => [...document.styleSheets].every(sheet => sheet.cssRules.length === 0)"
        )
        assert not unstyled, "The page for unknown addresses loses its style below a folder."


@each_kind
def test_every_page_reads_without_javascript(browser: Browser, served: ServedSite, pick: Pick) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(served.address(pick(served.root)))
        heading = page.locator("h1")
        assert heading.count() == 1
        assert heading.is_visible()
        assert page.locator("main").inner_text().strip()


def test_a_visitor_without_javascript_finds_a_course(browser: Browser, served: ServedSite) -> None:
    steps = ("industries/", "industries/technology/", "industries/technology/online/")
    with opened(browser, java_script_enabled=False, viewport=DESK) as page:
        page.goto(served.url)
        for step in steps:
            page.locator(f'a[href="/{step}"]:visible').first.click()
            page.wait_for_url(served.address(step))
        page.locator('main a[href^="/courses/"]:not([href="/courses/"]):visible').first.click()
        page.wait_for_url("**/courses/*/")
        assert page.locator("h1").is_visible()
