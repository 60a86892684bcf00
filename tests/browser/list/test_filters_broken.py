"""Lists whose scripts or data are missing or broken: the page stays as it was built, and says so."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.axe import axe_violations
from tests.support.columns import Written
from tests.support.lists import address, box, chips, open_list, settled, titles
from tests.support.server import ServedSite

SORRY = (
    "The filters are not available at the moment, so this is the list without them. Please try again later."
)


def missing(route: Route) -> None:
    route.fulfill(status=404, content_type="text/html", body="<!DOCTYPE html><title>Not found</title>")


def cut_off(route: Route) -> None:
    route.abort("connectionreset")


def no_json(route: Route) -> None:
    route.fulfill(content_type="application/json", body='{"version": 1, "courses"')


def answering(value: Any) -> Callable[[Route], None]:
    return lambda route: route.fulfill(content_type="application/json", body=json.dumps(value))


def changed(**changes: Any) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        data = route.fetch().json()
        route.fulfill(content_type="application/json", body=json.dumps({**data, **changes}))

    return answer


BROKEN = {
    "no manifest": ("**/data/catalogue.json", missing),
    "no connection": ("**/data/catalogue.json", cut_off),
    "half a manifest": ("**/data/catalogue.json", no_json),
    "another version": ("**/data/catalogue.json", changed(version=99)),
    "a manifest that is none": ("**/data/catalogue.json", answering(None)),
    "no courses": ("**/data/courses.*", missing),
    "courses that are none": ("**/data/courses.*", answering([1, 2])),
    "a column too short": ("**/data/courses.*", changed(starts=[0])),
    "facets that are none": ("**/data/courses.*", changed(facets=[{"id": "mode", "values": 7, "codes": []}])),
    "no pages": ("**/data/courses.*", changed(pages=None)),
    "no cards": ("**/data/cards/*", missing),
    "cards that are none": ("**/data/cards/*", answering({"0": "<b>"})),
    "too few cards": ("**/data/cards/*", answering(["<article>one</article>"])),
}
each_fault = pytest.mark.parametrize(("where", "answer"), BROKEN.values(), ids=BROKEN.keys())


def stays_as_built(page: Page, built: list[str]) -> None:
    expect(page.locator("[data-part=problem]")).to_be_visible()
    settled(page)
    assert titles(page) == built
    assert page.locator("[data-part=results] .card").first.is_visible()
    assert page.locator("[data-part=status]").inner_text() == SORRY
    assert page.locator(".filters").is_visible()


@each_fault
def test_choosing_without_data_keeps_the_list_of_the_page(
    browser: Browser, served: ServedSite, written: Written, where: str, answer: Callable[[Route], None]
) -> None:
    with open_list(browser, served.address("industries/technology/"), broken=True) as page:
        page.route(where, answer)
        around = [
            page.title(),
            page.locator("h1").inner_text(),
            page.locator(".crumbs").inner_text(),
            chips(page),
        ]
        box(page, "mode", "online").click()
        stays_as_built(page, written.found({"industry": ["technology"]}))
        assert address(page) == "/industries/technology/"
        assert around == [
            page.title(),
            page.locator("h1").inner_text(),
            page.locator(".crumbs").inner_text(),
            chips(page),
        ]
        assert not box(page, "mode", "online").is_checked()
        assert page.locator("[data-list] [data-part=count]").inner_text().startswith(str(len(titles(page))))
        assert page.locator("[data-own]:visible").count() > 0


@pytest.mark.parametrize("answer", [missing, cut_off])
def test_a_later_page_without_the_filters_of_the_first_takes_them_from_the_data(
    browser: Browser, served: ServedSite, written: Written, answer: Callable[[Route], None]
) -> None:
    with open_list(browser, broken=True) as page:
        page.route(served.address("courses/"), answer)
        page.goto(served.address("courses/page/2/"))
        expect(page.locator("[data-part=facets] > details").first).to_be_visible()
        assert titles(page) == written.titles[24:]
        box(page, "mode", "online").click()
        settled(page)
        assert titles(page) == written.found({"mode": ["online"]})[:24]


def test_a_later_page_of_equal_courses_has_no_filters(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    with open_list(browser) as page:
        alike = "<!DOCTYPE html><title>All courses</title><main></main>"
        page.route(
            served.address("courses/"), lambda route: route.fulfill(content_type="text/html", body=alike)
        )
        page.goto(served.address("courses/page/2/"))
        expect(page.locator(".filters")).to_be_visible()
        assert page.locator(".filter-bar, .list-skips:visible").count() == 0
        assert titles(page) == written.titles[24:]


def test_a_later_page_that_cannot_load_filters_says_so(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    with open_list(browser, broken=True) as page:
        page.route(served.address("courses/"), missing)
        page.route("**/data/catalogue.json", missing)
        page.goto(served.address("courses/page/2/"))
        stays_as_built(page, written.titles[24:])


@pytest.mark.parametrize("fault", ["no manifest", "no connection", "courses that are none", "no cards"])
def test_a_shared_address_shows_the_list_of_its_page(
    browser: Browser, served: ServedSite, written: Written, fault: str
) -> None:
    where, answer = BROKEN[fault]
    with open_list(browser, broken=True) as page:
        page.route(where, answer)
        page.goto(served.address("courses/?mode=online&level=intermediate"))
        stays_as_built(page, written.titles[:24])
        assert page.locator("input:checked").count() == 0
        assert not axe_violations(page)


def test_the_next_choice_tries_again(browser: Browser, served: ServedSite, written: Written) -> None:
    with open_list(browser, served.address("courses/"), broken=True) as page:
        page.route("**/data/courses.*", missing)
        box(page, "mode", "online").click()
        stays_as_built(page, written.titles[:24])
        page.unroute("**/data/courses.*")
        box(page, "mode", "in-person").check()
        page.wait_for_url("**/delivery/in-person/")
        settled(page)
        assert titles(page) == written.found({"mode": ["in-person"]})
        assert page.locator("[data-part=problem]").is_hidden()
        assert page.locator(".filters").is_hidden()


def test_back_to_a_list_without_data_is_the_page_of_that_list(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    with open_list(browser, served.address("courses/"), broken=True) as page:
        box(page, "mode", "online").check()
        page.wait_for_url("**/delivery/online/")
        settled(page)
        page.reload()
        page.route("**/data/**", cut_off)
        page.go_back()
        expect(page.locator("h1")).to_have_text("All courses")
        settled(page)
        assert titles(page) == written.titles[:24]


def test_going_back_before_scripts_load_shows_the_right_page(
    browser: Browser, served: ServedSite, written: Written
) -> None:
    held: list[Route] = []
    late = False

    def hold(route: Route) -> None:
        if late:
            held.append(route)
        else:
            route.continue_()

    with open_list(browser, served.address("courses/")) as page:
        box(page, "mode", "online").check()
        page.wait_for_url("**/delivery/online/")
        settled(page)
        page.route(re.compile(r"/assets/js/(?!early\.)"), hold)
        late = True
        page.reload(wait_until="commit")
        page.locator("footer").wait_for()
        page.go_back(wait_until="commit")
        page.wait_for_url("**/courses/", wait_until="commit")
        assert held
        late = False
        while held:
            held.pop().continue_()
        expect(page.locator("h1")).to_have_text("All courses")
        settled(page)
        assert titles(page) == written.titles[:24]


@pytest.mark.parametrize("script", ["main", "list/list", "list/facet-index"])
def test_if_scripts_do_not_load_the_page_works_without_them(
    browser: Browser, served: ServedSite, script: str
) -> None:
    with open_list(browser, broken=True) as page:
        page.route(f"**/assets/js/{script}.*.js", missing)
        page.goto(served.address("courses/?mode=online"), wait_until="networkidle")
        expect(page.locator("html.filtered")).to_have_count(0)
        assert len(titles(page)) == 24
        assert page.locator("[data-part=results] .card").first.is_visible()
        assert page.locator(".filters").is_visible()
        assert page.locator("[data-part=panel]").is_hidden()
        assert page.locator("[data-part=sort]").is_hidden()


def test_if_a_script_has_a_syntax_error_the_page_works_without_scripts(
    browser: Browser, served: ServedSite
) -> None:
    def older(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body="let x = ;")

    with open_list(browser, broken=True) as page:
        page.route("**/assets/js/list/list.*.js", older)
        page.goto(served.address("courses/?mode=online"), wait_until="networkidle")
        assert page.locator("[data-part=results] .card").first.is_visible()
        assert page.locator(".filters").is_visible()
