"""The lists of the sample have exactly the right entries, and every number that visitors see is right.

The expected entries and numbers are worked out here from the Markdown files, without credsite.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.paths import REPOSITORY

TODAY = date(2026, 11, 23)
PAGE_SIZE = 24

_CARD = re.compile(r'<article class="card (course|story|pathway)-card">.*?</article>', re.DOTALL)
_TITLE_LINK = re.compile(r'class="card-title"><a href="([^"]+)"')
_PILL = re.compile(r'<li><a href="([^"]+)"[^>]*>[^<]*<span>([\d,]+)</span></a>')
_COUNTED = re.compile(
    r'<h\d class="card-title"><a href="([^"]+)">[^<]*</a>(?:\s*<span class="card-count">|.*?<p class="card-count">)'
    r"\s*([\d,]+) courses?",
    re.DOTALL,
)
_HEADING = re.compile(r'<h2 class="list-count"[^>]*>(.*?)</h2>', re.DOTALL)

Entry = dict[str, Any]


def read_entries(folder: str) -> dict[str, Entry]:
    """The front matter of the entries of a folder that are published on TODAY, by slug."""
    found = {}
    for path in sorted((REPOSITORY / "content" / folder).glob("*.md")):
        fields = yaml.safe_load(path.read_text(encoding="utf-8").split("\n---", 1)[0].removeprefix("---"))
        if is_published(fields):
            found[fields.get("slug", path.stem)] = fields
    return found


def is_published(fields: Entry) -> bool:
    if (
        fields.get("draft")
        or fields.get("publish_at", TODAY) > TODAY
        or fields.get("expires_at", date.max) <= TODAY
    ):
        return False
    consent = fields.get("consent", {"given": TODAY})
    return "withdrawn" not in consent and consent["given"] <= TODAY <= consent.get("expires", date.max)


COURSES = read_entries("courses")
STORIES = read_entries("stories")


def expected_course_lists() -> Iterator[tuple[str, set[str]]]:
    """Every list of courses: its path, and the slugs of the courses that belong on it."""
    yield "courses/", set(COURSES)
    for industry in read_entries("industries"):
        yield (
            f"industries/{industry}/",
            {slug for slug, course in COURSES.items() if industry in course["industries"]},
        )
    for mode in ("online", "in-person", "blended", "hybrid"):
        yield (
            f"delivery/{mode}/",
            {slug for slug, course in COURSES.items() if mode in course["delivery_modes"]},
        )
    pairs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for slug, course in COURSES.items():
        for industry in course["industries"]:
            for mode in course["delivery_modes"]:
                pairs[industry, mode].add(slug)
    for (industry, mode), slugs in pairs.items():
        yield f"industries/{industry}/{mode}/", slugs
    skills: defaultdict[str, set[str]] = defaultdict(set)
    for slug, course in COURSES.items():
        for skill in course.get("skills", ()):
            skills[(skill if isinstance(skill, str) else skill["name"]).casefold()].add(slug)
    for skill, slugs in skills.items():
        if len(slugs) > 1:
            yield f"skills/{re.sub('[^a-z0-9]+', '-', skill).strip('-')}/", slugs
    for provider in read_entries("providers"):
        yield (
            f"providers/{provider}/",
            {slug for slug, course in COURSES.items() if course["provider"] == provider},
        )


def expected_story_lists() -> Iterator[tuple[str, set[str]]]:
    yield "stories/", set(STORIES)
    by_industry: defaultdict[str, set[str]] = defaultdict(set)
    by_background: defaultdict[str, set[str]] = defaultdict(set)
    by_mode: defaultdict[str, set[str]] = defaultdict(set)
    for slug, story in STORIES.items():
        of_courses = {
            industry
            for course in story["courses"]
            if course in COURSES
            for industry in COURSES[course]["industries"]
        }
        for industry in story.get("industries") or of_courses:
            by_industry[industry].add(slug)
        for background in story.get("background", ()):
            by_background[background].add(slug)
        modes = {
            m for course in story["courses"] if course in COURSES for m in COURSES[course]["delivery_modes"]
        }
        for mode in story.get("delivery_modes") or modes:
            by_mode[mode].add(slug)
    for industry, slugs in by_industry.items():
        yield f"stories/industry/{industry}/", slugs
    for background, slugs in by_background.items():
        yield f"stories/background/{background}/", slugs
    for mode, slugs in by_mode.items():
        yield f"stories/delivery/{mode}/", slugs


COURSE_LISTS = dict(expected_course_lists())
STORY_LISTS = dict(expected_story_lists())


def pages_of(site: Path, path: str) -> list[str]:
    """The HTML of all pages of the list at ``path``."""
    numbered = sorted((site / path / "page").glob("*/index.html"), key=lambda page: int(page.parent.name))
    return [page.read_text(encoding="utf-8") for page in (site / path / "index.html", *numbered)]


def cards(html: str, kind: str) -> list[str]:
    """The slugs on the cards of a list, in order: from the count of the list to the next section of the page."""
    main = html.partition('class="list-count"')[2].partition("<section")[0]
    found = []
    for card in _CARD.finditer(main):
        if card[1] == kind:
            link = _TITLE_LINK.search(card[0])
            assert link is not None
            found.append(link[1].rstrip("/").rpartition("/")[2])
    return found


def displayed_total(html: str) -> int:
    heading = _HEADING.search(html)
    assert heading is not None
    return int(re.findall(r"\d[\d,]*", unescape(heading[1]))[-1].replace(",", ""))


@pytest.mark.parametrize("path", sorted(COURSE_LISTS))
def test_list_holds_exactly_its_courses(sample_site: Path, path: str) -> None:
    check_list(sample_site, path, COURSE_LISTS[path], "course")


@pytest.mark.parametrize("path", sorted(STORY_LISTS))
def test_list_holds_exactly_its_stories(sample_site: Path, path: str) -> None:
    check_list(sample_site, path, STORY_LISTS[path], "story")


def check_list(site: Path, path: str, expected: set[str], kind: str) -> None:
    pages = pages_of(site, path)
    listed = [slug for html in pages for slug in cards(html, kind)]
    assert sorted(listed) == sorted(expected)
    assert len(pages) == max(1, -(-len(expected) // PAGE_SIZE))
    for html in pages:
        assert displayed_total(html) == len(expected)


def test_no_list_of_courses_or_stories_is_there_that_should_not_be(sample_site: Path) -> None:
    for pattern, expected in (
        ("industries/*/", COURSE_LISTS),
        ("industries/*/*/", COURSE_LISTS),
        ("skills/*/", COURSE_LISTS),
        ("delivery/*/", COURSE_LISTS),
        ("stories/industry/*/", STORY_LISTS),
        ("stories/background/*/", STORY_LISTS),
        ("stories/delivery/*/", STORY_LISTS),
    ):
        found = {
            f"{folder.relative_to(sample_site).as_posix()}/"
            for folder in sample_site.glob(pattern)
            if (folder / "index.html").is_file() and folder.name != "page" and folder.parent.name != "page"
        }
        wanted = {
            path for path in expected if path.count("/") == pattern.count("/") and Path(path).match(pattern)
        }
        assert found == wanted, pattern


@pytest.mark.parametrize(
    "pick", [lambda path: path in COURSE_LISTS, lambda path: path in STORY_LISTS], ids=["courses", "stories"]
)
def test_number_on_every_filter_is_that_of_the_list_it_leads_to(
    sample_site: Path, pick: Callable[[str], bool]
) -> None:
    lists = {**COURSE_LISTS, **STORY_LISTS}
    seen = 0
    for path in filter(pick, lists):
        for html in pages_of(sample_site, path):
            for url, count in _PILL.findall(html):
                assert int(count) == len(lists[url.lstrip("/")]), f"{path} says {count} for {url}"
                seen += 1
    assert seen > 50


@pytest.mark.parametrize("path", ["", "industries/", "delivery/"])
def test_number_on_every_topic_is_that_of_its_list(sample_site: Path, path: str) -> None:
    html = (sample_site / path / "index.html").read_text(encoding="utf-8")
    found = [
        (url.lstrip("/"), int(count))
        for url, count in _COUNTED.findall(html)
        if url.lstrip("/") in COURSE_LISTS
    ]
    assert len(found) >= 4
    for url, count in found:
        assert count == len(COURSE_LISTS[url]), url


def test_every_published_entry_has_its_page_and_no_other_has_one(sample_site: Path) -> None:
    for folder, entries, lists in (
        ("courses", COURSES, {"page"}),
        ("stories", STORIES, {"page", "industry", "background", "delivery"}),
    ):
        found = {page.parent.name for page in (sample_site / folder).glob("*/index.html")} - lists
        assert found == set(entries)


def test_nothing_of_a_held_back_entry_is_published(sample_site: Path) -> None:
    published = "\n".join(
        page.read_text(encoding="utf-8")
        for page in sample_site.rglob("*")
        if page.suffix in (".html", ".xml", ".json")
    )
    held_back = [
        path
        for folder in ("courses", "stories")
        for path in (REPOSITORY / "content" / folder).glob("*.md")
        if not is_published(
            yaml.safe_load(path.read_text(encoding="utf-8").split("\n---", 1)[0].removeprefix("---"))
        )
    ]
    assert len(held_back) >= 4
    for path in held_back:
        assert f"/{path.stem}/" not in published, path.name
