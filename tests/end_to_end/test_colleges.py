"""Three colleges, each with a brand, fields, words and a menu of its own and without one template: nothing is wrong with them.

One page of each kind that they make their own is looked at: by the HTML checker, with axe, and on a screen of 320 px.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.axe import COLOURS, axe_violations
from tests.support.cli import run_credsite
from tests.support.colleges import COLLEGES, NOW, write_college
from tests.support.html import check_html
from tests.support.links import check_links
from tests.support.media import forced_colour_problems, print_problems
from tests.support.report import listed
from tests.support.schema_org import site_faults
from tests.support.search_results import result_problems
from tests.support.server import ServedSite, serve
from tests.support.visiting import DESK, PHONE, POLICY, TOO_WIDE, opened

PAGES = {
    "skerry-point": (
        "",
        "series/",
        "series/summer/",
        "courses/handling-a-small-boat/",
        "delivery/asynchronous/",
        "places/harbour-campus/",
    ),
    "heronsbrook": ("", "courses/", "courses/clean-hands/"),
    "maplecross": ("", "courses/cuisine-de-saison/", "stories/the-quiet-one/"),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The colleges as folders by their names, each with a website in ``public``. Not to be written to."""
    folder = tmp_path_factory.mktemp("colleges")
    for name in COLLEGES:
        built = run_credsite("build", write_college(name, folder / name), "--quiet", "--now", NOW)
        assert built.exit_code == 0, built.output
    return folder


@pytest.fixture(scope="module", params=COLLEGES)
def college(request: pytest.FixtureRequest, sites: Path) -> Iterator[ServedSite]:
    with serve(sites / request.param / "public", headers={"Content-Security-Policy": POLICY}) as served:
        yield served


@pytest.mark.parametrize("name", COLLEGES)
def test_check_finds_nothing_and_every_link_leads_somewhere(name: str, sites: Path) -> None:
    checked = run_credsite("check", sites / name, "--strict", "--now", NOW)
    assert (checked.exit_code, checked.output) == (0, "No problems.\n")
    settings = (sites / name / "credsite.yaml").read_text(encoding="utf-8")
    origin = settings.partition("base_url: ")[2].partition("/\n")[0]
    problems = check_links(sites / name / "public", origin=origin)
    assert not problems, listed(problems)


@pytest.mark.parametrize("name", COLLEGES)
def test_structured_data_is_as_schema_org_defines_it(name: str, sites: Path) -> None:
    problems = site_faults(sites / name / "public")
    assert not problems, listed(problems)


@pytest.mark.parametrize("name", COLLEGES)
def test_every_page_has_a_title_and_a_description_of_its_own(name: str, sites: Path) -> None:
    problems = result_problems(sites / name / "public")
    assert not problems, listed(problems)


def test_pages_are_valid_html(sites: Path, tmp_path: Path) -> None:
    for name, pages in PAGES.items():
        for page in pages:
            copy = tmp_path / name / page / "index.html"
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(sites / name / "public" / page / "index.html", copy)
    problems = check_html(tmp_path)
    assert not problems, listed(problems)


def test_a_table_of_dates_without_deadlines_has_no_column_for_them(sites: Path) -> None:
    columns = {
        name: re.findall(
            r'<th scope="col"[^>]*>(.*?)(?=<t[hb])', (sites / name / "public/index.html").read_text("utf-8")
        )
        for name in COLLEGES
    }
    assert columns == {
        "skerry-point": ["Starts", "Course", "Taught", "Apply by", "Price"],
        "heronsbrook": ["Starts", "Course", "Taught", "Price"],
        "maplecross": ["Starts", "Course", "Taught", "Price"],
    }


def test_axe_finds_nothing_and_nothing_sticks_out(browser: Browser, college: ServedSite) -> None:
    found = []
    with opened(browser, viewport=PHONE) as page:
        for path in PAGES[college.root.parent.name]:
            page.goto(college.address(path))
            problems = axe_violations(page) + page.evaluate(TOO_WIDE)
            found += [f"/{path}: {problem}" for problem in problems]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += [f"/{path} in the dark: {problem}" for problem in axe_violations(page, COLOURS)]
    assert not found, listed(found)


def test_pages_are_read_on_paper_and_in_forced_colours(browser: Browser, college: ServedSite) -> None:
    found = []
    with opened(browser) as page:
        for path in PAGES[college.root.parent.name]:
            page.goto(college.address(path))
            found += [f"/{path} printed, {problem}" for problem in print_problems(page)]
            found += [f"/{path} in forced colours, {problem}" for problem in forced_colour_problems(page)]
            assert page.locator(".brand img").evaluate("logo => logo.checkVisibility()"), path
    assert not found, listed(found)


def test_the_page_ends_with_its_footer(browser: Browser, sites: Path) -> None:
    """Long filters scroll in their own panel, and nothing that is hidden in it makes the page longer."""
    with serve(sites / "maplecross/public") as served, opened(browser, viewport=DESK) as page:
        page.goto(served.address("courses/"))
        page.locator(".panel .facet").first.wait_for()
        below = page.evaluate(
            """() => document.scrollingElement.scrollHeight
                - document.querySelector(".site-footer").getBoundingClientRect().bottom - scrollY"""
        )
    assert below < 1
