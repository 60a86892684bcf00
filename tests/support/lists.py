"""Helpers for tests of lists: opening them in a browser, reading them, and noticing errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.support.report import listed
from tests.support.sample import NOW
from tests.support.visiting import DESK, opened

_RECORD_SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@contextmanager
def open_list(
    browser: Browser, address: str = "", *, size: ViewportSize = DESK, broken: bool = False, **options: Any
) -> Iterator[Page]:
    """A page with the clock at the date of the sample's build. Errors in it, or in its console, fail the test.

    If data is ``broken`` on purpose, the browser reports that in the console, and this does not count as an error.
    """
    options = {"viewport": size, "locale": "en-CA", "timezone_id": "America/Halifax", **options}
    faults: list[str] = []
    with opened(browser, broken=broken, **options) as page:
        page.add_init_script(_RECORD_SHIFTS)
        page.clock.set_fixed_time(f"{NOW}-04:00")
        if not broken:
            page.on("console", lambda line: faults.append(line.text) if line.type != "info" else None)
        if address:
            page.goto(address)
        yield page
    assert not faults, listed(faults)


def settled(page: Page) -> None:
    """Wait until the list shows what its address says."""
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
    """The counts that the filter panel shows for the values of a facet."""
    rows = page.locator(f'[data-facet="{facet}"] [data-part=values] > li')
    return dict(
        rows.evaluate_all(
            "rows => rows.map((row) => [row.querySelector('input').value,"
            " Number(row.querySelector('label > :last-child').textContent)])"
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
