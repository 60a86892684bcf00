"""Pages on paper and in forced colours: all texts can be read, and buttons, icons and the current place show."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.support.media import forced_colour_problems, print_problems
from tests.support.report import listed
from tests.support.server import ServedSite
from tests.support.visiting import opened

TWO = "?c=starting-a-small-business&c=community-interpreting"
PAGES = (
    "",
    "courses/?mode=online",
    "courses/starting-a-small-business/",
    "places/saltmarsh-hall/",
    "providers/harbour-street-college/",
    "pathways/community-worker/",
    f"compare/{TWO}",
    f"shortlist/{TWO}",
    "for-employers/?skill=payroll&skill=spreadsheets",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_read_on_paper_and_in_forced_colours(
    browser: Browser, site: ServedSite, path: str
) -> None:
    with opened(browser) as page:
        page.goto(site.address(path), wait_until="networkidle" if "?" in path else "load")
        found = [f"printed, {problem}" for problem in print_problems(page)]
        found += [f"forced colours, {problem}" for problem in forced_colour_problems(page)]
    assert not found, listed(found)
