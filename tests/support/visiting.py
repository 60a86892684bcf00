"""Opens pages as a new visitor. Errors in scripts and violations of the strict policy fail the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from credsite.schema.config import Config
from credsite.site.security_policy import content_security_policy
from tests.support.axe import axe_violations
from tests.support.report import listed
from tests.support.server import ServedSite

POLICY = content_security_policy(Config(title="Any site", base_url="https://courses.test/"))
"""The strict Content-Security-Policy that the documentation recommends."""
PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

RECORD_VIOLATIONS = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", event => window.policyViolations.push(
    `${event.violatedDirective} blocked ${event.blockedURI || "inline code"} ${event.sample}`));
"""

# The elements that are wider than the window.
TOO_WIDE = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
    [`the page is ${document.scrollingElement.scrollWidth} px wide`,
     ...[...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5
            || (element.scrollWidth > innerWidth && getComputedStyle(element).overflowX === "visible"))
        .slice(0, 5).map(element => element.outerHTML.slice(0, 120))]"""
_NOT_STARTED = "part of this page could not be started"


@contextmanager
def visitor(browser: Browser, *, broken: bool = False, **options: Any) -> Iterator[BrowserContext]:
    """A new browser context. An error in a script on any of its pages fails the test.

    If files are ``broken`` on purpose, a feature may say that it could not be started.
    """
    faults: list[str] = []
    context = browser.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **options})
    context.add_init_script(RECORD_VIOLATIONS)
    context.on("weberror", lambda found: faults.append(str(found.error)))
    if not broken:
        context.on("console", lambda line: faults.append(line.text) if _NOT_STARTED in line.text else None)
    try:
        yield context
        for page in context.pages if options.get("java_script_enabled", True) else ():
            faults += page.evaluate("() => window.policyViolations ?? []")
        assert not faults, listed(faults)
    finally:
        context.close()


@contextmanager
def opened(browser: Browser, address: str = "", **options: Any) -> Iterator[Page]:
    """A page of a new visitor, opened at an address if there is one. The options are those of ``visitor``."""
    with visitor(browser, **options) as context:
        page = context.new_page()
        if address:
            page.goto(address)
        yield page


def open_page(context: BrowserContext, site: ServedSite, path: str) -> Page:
    """Open a path of a site in a new page of a visitor."""
    page = context.new_page()
    page.goto(site.address(path))
    return page


def assert_fine(page: Page, *, thoroughly: bool = False) -> None:
    """Assert that the page fits on a phone and that axe finds nothing, at the current size or ``thoroughly`` at two sizes."""
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    found = list(page.evaluate(TOO_WIDE))
    for size in (PHONE, DESK) if thoroughly else (before or DESK,):
        page.set_viewport_size(size)
        found += [f"{size['width']} px: {problem}" for problem in axe_violations(page)]
    if before is not None:
        page.set_viewport_size(before)
    assert not found, listed(found)
