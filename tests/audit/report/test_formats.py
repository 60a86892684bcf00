"""The report as a page: valid, accessible, whole in itself, and known again; and as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from credsite.audit.report.builder import build_report
from credsite.audit.report.formats import is_unedited_report, report_to_html, report_to_json
from credsite.audit.report.model import CatalogueReport
from credsite.theme.document import backticks_to_code
from tests.support.axe import axe_violations
from tests.support.catalogues import AnyEntry, catalogue, course, industry, story
from tests.support.html import check_html
from tests.support.report import listed

HOSTILE = "</title></svg><script>alert('1')</script> `x` & \u202e\"<!-- -->' {{ 7 * 7 }}"


def report(*entries: AnyEntry, title: str = "Short courses", **options: Any) -> CatalogueReport:
    return build_report(catalogue(*entries, **options), title=title, currency="CAD")


def many(number: int) -> list[AnyEntry]:
    """Courses of all sorts, and stories of some of them, each of which is urgent in some way."""
    sessions = [
        {"starts": "2027-02-01", "apply_by": "2027-01-10"},
        {"starts": "2027-03-01"},
        {"starts": "2027-03-02", "seats": 0},
    ]
    made = [
        course(
            f"course-{one}",
            title=f"A course with a name that is not quite short, number {one}",
            industries=["health", "design"][: 1 + one % 2],
            delivery_modes=[["online", "in-person", "blended"][one % 3]],
            timing=["evening"] if one % 4 else None,
            price=[f"{one * 10 + 5} CAD", f"{one + 90} EUR", "free", None][one % 4],
            duration=["3-7 days", "6 weeks", None][one % 3],
            workload=f"{one + 9} hours",
            skills=["listening", "Listening well", f"skill of {'abcdefghij'[one % 10]} only"],
            review_by="2026-12-31",
            sessions=sessions if one % 3 else [{"starts": "2026-12-01"}],
        )
        for one in range(number)
    ]
    told = [
        story(
            f"story-{one}",
            f"course-{one}",
            consent={"given": "2026-01-01", "expires": f"2027-0{one % 9 + 1}-20"},
        )
        for one in range(0, number, 2)
    ]
    return [*made, *told]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    hostile = course(
        "hostile",
        title=HOSTILE,
        skills=[HOSTILE, "x"],
        price="5 CAD",
        review_by="2026-01-01",
        industries=["odd"],
    )
    told = story("told", "hostile", title=HOSTILE, consent={"given": "2026-01-01", "expires": "2027-01-20"})
    found = {
        "empty": report(),
        "one": report(course("one")),
        "many": report(*many(24), industry("empty")),
        "hostile": report(hostile, told, industry("odd", title=HOSTILE), title=HOSTILE),
    }
    for name, made in found.items():
        (folder / f"{name}.html").write_text(report_to_html(made), encoding="utf-8")
    return folder


def test_pages_are_valid(pages: Path) -> None:
    found = check_html(pages)
    assert not found, listed(found)


@pytest.mark.parametrize("name", ["many", "hostile"])
def test_pages_are_accessible_and_load_nothing(browser: Browser, pages: Path, name: str) -> None:
    address = (pages / f"{name}.html").as_uri()
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    try:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(address)
        found = [
            f"{scheme}: {problem}"
            for scheme in ("light", "dark")
            for _ in [page.emulate_media(color_scheme=scheme)]  # type: ignore[arg-type]
            for problem in axe_violations(page)
        ]
        assert not found, listed(found)
        assert page.evaluate("() => document.scrollingElement.scrollWidth") == 320
        assert asked == [address]
        assert said == []
        assert page.locator("script").count() == 0
    finally:
        context.close()


def test_charts_have_a_title_a_description_and_a_table(pages: Path) -> None:
    text = (pages / "many.html").read_text(encoding="utf-8")
    charts = re.findall(r'<svg role="img" aria-labelledby="([\w-]+)" aria-describedby="([\w-]+)"', text)
    assert len(charts) == 6  # starts, prices in two currencies, durations, workloads, consents
    for title, description in charts:
        assert f'<title id="{title}">' in text
        assert f'<desc id="{description}">' in text
    assert text.count(": as a table</summary>") == len(charts)


def test_equal_catalogues_give_equal_pages() -> None:
    assert report_to_html(report(*many(7))) == report_to_html(report(*many(7)))


def test_long_lists_are_cut_on_the_page_and_complete_in_json() -> None:
    found = report(*(course(f"course-{number}", review_by="2026-01-01") for number in range(250)))
    page = report_to_html(found)
    assert page.count("content/courses/") == 200
    assert "And 50 more: " in page
    assert len(json.loads(report_to_json(found))["reviews"]) == 250


def test_json_contains_everything() -> None:
    found = json.loads(report_to_json(report(*many(8))))
    assert found["form"] == 1
    assert found.keys() == {"form", *(field.name for field in fields(CatalogueReport))}
    assert found["now"] == "2027-01-15T12:00:00-04:00"
    assert found["costs"]["prices"][0]["least"] == "5"
    assert found["consents"][0]["ends"] == "2027-01-20"


def test_a_report_is_recognised_unless_it_was_edited() -> None:
    page = report_to_html(report(course("one")))
    assert is_unedited_report(page)
    assert not is_unedited_report(page.replace("Catalogue health", "My notes", 1))
    assert not is_unedited_report(page + "more")
    assert not is_unedited_report("<!doctype html>\n<title>Report</title>\n")
    assert not is_unedited_report("")


@pytest.mark.parametrize(
    ("sentence", "html"),
    [
        ("Set `a` and `<b>`.", "Set <code>a</code> and <code>&lt;b&gt;</code>."),
        ("One ` alone & so on", "One ` alone &amp; so on"),
    ],
)
def test_keys_in_sentences_are_code(sentence: str, html: str) -> None:
    assert backticks_to_code(sentence) == html
