"""Search together with filters: one list, one address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.columns import Written
from tests.support.lists import address, box, chips, counts, focused, open_list, settled, titles
from tests.support.server import ServedSite

# The same search as the list's, asked by itself.
RANKED = "async ([url, query]) => (await (await import(url)).search(query)).courses.map(([number]) => number)"
TYPED = """async ([url, queries]) => {
    const { setQuery } = await import(url);
    for (const q of queries) setQuery(q, { typing: true });
}"""


def script(site: ServedSite, name: str) -> str:
    """The address of a module of the theme."""
    (file,) = site.root.glob(f"assets/js/{name}.*.js")
    return site.address(file.relative_to(site.root).as_posix())


def search_for(page: Page, query: str) -> None:
    page.locator("#site_search").fill(query)
    page.locator("#site_search").press("Enter")


def test_results_are_ranked_and_can_be_filtered(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    with open_list(browser, served.address("courses/?q=care")) as page:
        settled(page)
        ranked = page.evaluate(RANKED, [script(served, "search/client"), "care"])
        assert len(ranked) > 3
        assert titles(page) == [written.titles[number] for number in ranked][:24]
        assert chips(page) == ["“care”"]
        assert page.locator("#site_search").input_value() == "care"
        assert page.locator("[data-part=sort]").input_value() == "relevance"
        online = [n for n in ranked if written.titles[n] in written.found({"mode": ["online"]})]
        assert counts(page, "mode")["online"] == len(online)
        box(page, "mode", "online").check()
        settled(page)
        assert address(page) == "/courses/?q=care&mode=online"
        assert titles(page) == [written.titles[number] for number in online]
        page.locator("[data-part=sort]").select_option("title")
        settled(page)
        assert titles(page) == [written.titles[number] for number in sorted(online)]
        assert address(page) == "/courses/?q=care&mode=online&sort=title"
        page.get_by_role("button", name="Remove “care”").click()
        settled(page)
        assert address(page) == "/delivery/online/"
        assert page.locator("#site_search").input_value() == ""
        assert page.locator("[data-part=sort]").input_value() == "title"
        page.go_back()
        settled(page)
        assert titles(page) == [written.titles[number] for number in sorted(online)]
        assert page.locator("#site_search").input_value() == "care"


def test_searching_a_list_keeps_its_filters(browser: Browser, served: ServedSite, written: Written) -> None:
    with open_list(browser, served.address("delivery/online/")) as page:
        search_for(page, "spreadsheets")
        page.wait_for_url("**/courses/?q=spreadsheets&mode=online")
        settled(page)
        assert chips(page) == ["“spreadsheets”", "Online"]
        assert set(titles(page)) <= set(written.found({"mode": ["online"]}))
        expect(page.locator("[data-list] [data-part=count]")).to_be_focused()
        assert page.locator("h1").inner_text() == "All courses"


def test_typing_adds_one_step_to_the_history(browser: Browser, served: ServedSite) -> None:
    with open_list(
        browser,
        served.address("courses/"),
    ) as page:
        before = page.evaluate("history.length")
        page.evaluate(TYPED, [script(served, "list/list"), ["c", "ca", "care"]])
        page.wait_for_url("**/courses/?q=care")
        settled(page)
        assert page.evaluate("history.length") == before
        assert chips(page) == ["“care”"]


def test_an_empty_result_says_so(browser: Browser, served: ServedSite, written: Written) -> None:
    with open_list(browser, served.address("courses/?q=xyzzyqq")) as page:
        settled(page)
        assert page.locator("[data-list] [data-part=count]").inner_text() == "No courses found"
        assert page.locator("[data-part=status]").inner_text() == (
            f"Showing 0 of {len(written.titles)} courses: “xyzzyqq”."
        )
        page.get_by_role("button", name=f"Without “xyzzyqq”: {len(written.titles)} courses").click()
        settled(page)
        assert address(page) == "/courses/"
        assert focused(page) == "count"


def test_a_failing_search_leaves_the_list_as_it_was(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    def missing(route: Route) -> None:
        route.fulfill(status=404, body="")

    with open_list(browser, broken=True) as page:
        page.route("**/data/search/**", missing)
        page.goto(served.address("courses/?q=care"))
        expect(page.locator("[data-part=problem]")).to_be_visible()
        settled(page)
        assert titles(page) == written.titles[:24]
        box(page, "mode", "online").check()
        page.wait_for_url("**/delivery/online/")
        settled(page)
        assert titles(page) == written.found({"mode": ["online"]})


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", "a" * 10_000, "%00%E0%A4%A", "' OR 1=1 --", "\\\\ * ( ["]
)
def test_a_query_is_never_markup(browser: Browser, served: ServedSite, query: str) -> None:
    with open_list(browser) as page:
        page.goto(served.address(f"courses/?q={query}"))
        settled(page)
        assert len(chips(page)) == 1
        assert len(address(page)) < 800
        assert page.locator("main script, main img[src=x]").count() == 0
