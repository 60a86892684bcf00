"""Helpers for tests of lists: opening them in a browser, reading them, and noticing errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.support.report import listed
from tests.support.sample import NOW

POLICY = {"Content-Security-Policy": "default-src 'self'; base-uri 'none'"}
PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}

_RECORD = """
window.faults = [];
document.addEventListener("securitypolicyviolation", (event) => faults.push(`the policy blocked ${event.blockedURI}`));
window.shift = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@contextmanager
def opened(
    browser: Browser, address: str = "", *, size: ViewportSize = DESK, broken: bool = False, **options: Any
) -> Iterator[Page]:
    """A page on the day on which the sample was built. Errors in the page fail the test at the end.

    Where data is ``broken`` on purpose, the browser says so itself, which is no fault then.
    """
    options = {"viewport": size, "locale": "en-CA", "timezone_id": "America/Halifax", **options}
    context = browser.new_context(reduced_motion="reduce", **options)
    faults: list[str] = []
    try:
        page = context.new_page()
        page.add_init_script(_RECORD)
        page.clock.set_fixed_time(f"{NOW}-04:00")
        page.on("pageerror", lambda error: faults.append(str(error)))
        if not broken:
            page.on("console", lambda line: faults.append(line.text) if line.type != "info" else None)
        if address:
            page.goto(address)
        yield page
        if options.get("java_script_enabled", True):
            faults += page.evaluate("() => window.faults")
    finally:
        context.close()
    assert not faults, listed(faults)


def settled(page: Page) -> None:
    """Waits until the list shows what its address asks for."""
    expect(page.locator("[data-part=results][aria-busy=true], html.filtered")).to_have_count(0)


def titles(page: Page) -> list[str]:
    """The titles of the cards that the list shows."""
    return page.locator("[data-part=results] .card-title").all_inner_texts()


def address(page: Page) -> str:
    """The path and the query of the page."""
    return re.sub(r"^https?://[^/]+", "", page.url)


def chips(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("[data-part=chips] [data-part=title]").all_text_contents()]


def counts(page: Page, facet: str) -> dict[str, int]:
    """The counts of a facet's values that the panel shows."""
    rows = page.locator(f'[data-facet="{facet}"] [data-part=values] > li')
    return dict(
        rows.evaluate_all(
            "rows => rows.map((row) => [row.querySelector('input').value,"
            " Number(row.querySelector('[data-part=value-count]').textContent)])"
        )
    )


def box(page: Page, facet: str, value: str) -> Any:
    """The checkbox of a value."""
    return page.locator(f'input[name="{facet}"][value="{value}"]')


def focused(page: Page) -> str:
    """A short description of the element that has the focus."""
    found: str = page.evaluate(
        """() => {
            const found = document.activeElement;
            const name = found.name ? `${found.name}=${found.value}` : found.dataset.part ?? "";
            return name || found.dataset.value || found.id || found.getAttribute("href") || found.localName;
        }"""
    )
    return found
