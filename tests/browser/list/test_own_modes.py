"""A built-in delivery mode that takes in one of the site's own: the filter finds what the page of the mode has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support import edits
from tests.support.cli import run_credsite
from tests.support.lists import address, box, counts, open_list, settled, titles
from tests.support.sample import NOW
from tests.support.server import ServedSite, serve
from tests.support.small_site import small_site
from tests.support.visiting import POLICY

OWN = "vocabularies: {delivery_modes: {own-time: {label: In your own time, same_as: online}}}\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """The small site, with a course in a mode of its own and one that says both."""
    site = small_site(tmp_path_factory.mktemp("modes"))
    settings = (site / "credsite.yaml").read_text(encoding="utf-8").replace("page_size: 3", "page_size: 24")
    (site / "credsite.yaml").write_text(settings + OWN, encoding="utf-8")
    edits.set_key(site / "content/courses/sql.md", "delivery_modes", "[own-time]")
    edits.set_key(site / "content/courses/layout.md", "delivery_modes", "[hybrid, own-time, online]")
    built = run_credsite("build", site, "--quiet", "--now", NOW)
    assert built.exit_code == 0, built.output
    with serve(site / "public", headers={"Content-Security-Policy": POLICY}) as served:
        yield served


@pytest.mark.parametrize("mode", ["online", "own-time"])
def test_the_filter_finds_what_the_page_has(browser: Browser, served: ServedSite, mode: str) -> None:
    path = f"/delivery/{mode}/"
    with open_list(browser, served.address(path), java_script_enabled=False) as page:
        listed = titles(page)
    assert "A course in sql" in listed
    with open_list(browser, served.address("courses/")) as page:
        built = counts(page, "mode")
        box(page, "mode", mode).check()
        settled(page)
        assert (address(page), titles(page)) == (path, listed)
        assert counts(page, "mode") == built
        assert built[mode] == len(listed)
        card = page.locator(".course-card", has_text="A course in sql")
        assert card.get_by_text("In your own time").count() == 1
        assert card.get_by_text("Courses online").count() == 0
