"""Facets with many values: ten at first, the others on demand, with a field to find one."""

from __future__ import annotations

import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.axe import axe_violations
from tests.support.columns import Written
from tests.support.lists import address, box, chips, focused, open_list, settled, titles
from tests.support.sample import NOW
from tests.support.server import ServedSite, serve
from tests.support.small_site import small_site
from tests.support.visiting import POLICY

SCHOOLS = ("Ångström School", *(f"School {number:02}" for number in range(1, 18)), "The Écluse School")
FIRST = 10


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """The small site, with one more provider and a course of it for each of the schools."""
    site = small_site(tmp_path_factory.mktemp("long"))
    for number, title in enumerate(SCHOOLS):
        school = f"school-{number:02}"
        (site / f"content/providers/{school}.md").write_text(
            f"---\ntitle: {title}\nsummary: A school.\n---\n", encoding="utf-8"
        )
        course = (site / "content/courses/sql.md").read_text(encoding="utf-8")
        course = course.replace("title: A course in sql", f"title: Course {number:02}")
        course = course.replace("provider: northmarsh", f"provider: {school}")
        (site / f"content/courses/course-{number:02}.md").write_text(course, encoding="utf-8")
    output = site / "public"
    command = [str(Path(sysconfig.get_path("scripts"), "credsite")), "build", str(site), "--quiet"]
    subprocess.run([*command, "--output", str(output), "--now", NOW], check=True, timeout=300)
    with serve(output, headers={"Content-Security-Policy": POLICY}) as served:
        yield served


def test_a_long_facet_shows_more_values_on_demand_and_can_be_searched(
    browser: Browser, served: ServedSite
) -> None:
    written = Written(served.root)
    everybody = written.values("provider")
    with open_list(browser, served.address("courses/")) as page:
        group = page.locator("details[data-facet=provider]")
        rows = group.locator("[data-part=values] > li")
        assert rows.count() == FIRST
        more = group.get_by_role("button", name=f"Show {len(everybody) - FIRST} more")
        built = titles(page)
        more.press("Enter")
        expect(more).to_be_hidden()
        assert rows.locator("input").evaluate_all("all => all.map((one) => one.value)") == everybody
        shown = rows.locator("label > :last-child").all_inner_texts()
        assert shown == [str(written.count({}, "provider", value)) for value in everybody]
        assert (address(page), titles(page)) == ("/courses/", built)
        find = group.get_by_role("searchbox", name="Find in this list")
        expect(find).to_be_focused()
        page.keyboard.type("ecl")
        assert [text.split("\n")[0] for text in rows.locator("visible=true").all_inner_texts()] == [
            "The Écluse School"
        ]
        page.keyboard.press("Enter")
        assert address(page) == "/courses/"
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        settled(page)
        assert chips(page) == ["The Écluse School"]
        assert titles(page) == written.found({"provider": [everybody[-1]]}) or len(titles(page)) == 1
        find.fill("nobody")
        expect(group.locator("[data-part=find-none]")).to_be_visible()
        assert not axe_violations(page)
        find.fill("ÅNG")
        assert rows.locator("visible=true").count() == 1


def test_a_chosen_value_is_shown_in_a_long_facet(browser: Browser, served: ServedSite) -> None:
    written = Written(served.root)
    with open_list(browser, served.address("courses/")) as page:
        few = page.locator("details[data-facet=provider] input[type=checkbox]").evaluate_all(
            "all => all.map((one) => one.value)"
        )
        other = next(value for value in written.values("provider") if value not in few)
        page.goto(served.address(f"courses/?provider={other}&provider={few[0]}"))
        settled(page)
        assert box(page, "provider", other).is_checked()
        assert box(page, "provider", few[0]).is_checked()
        assert page.locator("details[data-facet=provider] [data-part=more]").inner_text() == (
            f"Show {len(written.values('provider')) - FIRST - 1} more"
        )
        box(page, "provider", other).uncheck()
        settled(page)
        assert box(page, "provider", other).is_visible()
        assert focused(page) == f"provider={other}"


def test_facets_are_added_when_the_list_becomes_wider(browser: Browser, served: ServedSite) -> None:
    """A facet in which the page's own list has only one value is offered as soon as the list is wider."""
    with open_list(browser, served.address("industries/design/")) as page:
        before = page.locator("[data-part=panel] details").count()
        values = page.locator("details[data-facet=mode] [data-part=values] > li").count()
        page.get_by_role("button", name="Remove Design").click()
        settled(page)
        assert address(page) == "/courses/"
        assert page.locator("[data-part=panel] details").count() >= before
        assert page.locator("details[data-facet=mode] [data-part=values] > li").count() >= values
        order = page.locator("[data-part=panel] details").evaluate_all(
            "all => all.map((one) => one.dataset.facet)"
        )
        ids = [facet["id"] for facet in Written(served.root).courses["facets"]]
        assert order == [facet for facet in ids if facet in order]
