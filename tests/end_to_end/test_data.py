"""The data files of the built sample: scripts read the same as the pages show, and no more."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.test_counts import COURSE_LISTS, COURSES, STORIES, STORY_LISTS, TODAY

_CARD = re.compile(r'<article class="card (?:course|story)-card">.*?</article>', re.DOTALL)
_LINK = re.compile(r'(?:href|src)="([^"#]*)')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def load(site: Path, name: str) -> Any:
    return json.loads((site / "data" / name).read_text(encoding="utf-8"))


def manifest(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = load(site, "catalogue.json")
    return found


def cards(site: Path) -> list[str]:
    """The cards of all courses, in order."""
    return [card for name in manifest(site)["cards"]["files"] for card in load(site, name)]


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def test_the_manifest_names_every_file_of_data(sample_site: Path) -> None:
    found = manifest(sample_site)
    named = {"catalogue.json", found["courses"], *found["cards"]["files"], *found["search"], found["stories"]}
    folder = sample_site / "data"
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.json")} == named
    assert found["built"] == TODAY.isoformat()


def test_json_is_compact(sample_site: Path) -> None:
    for path in (sample_site / "data").rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def test_cards_are_those_of_the_lists(sample_site: Path) -> None:
    lists = [sample_site / "courses", *(sample_site / "courses" / "page").iterdir()]
    on_pages = {card for folder in lists for card in _CARD.findall(page(sample_site, folder.as_posix()))}
    assert len(on_pages) == len(COURSES)
    assert set(cards(sample_site)) == on_pages
    stories = load(sample_site, manifest(sample_site)["stories"])
    assert set(stories["cards"]) == set(_CARD.findall(page(sample_site, "stories")))
    for ids, html in (
        (load(sample_site, manifest(sample_site)["courses"])["ids"], cards(sample_site)),
        (stories["ids"], stories["cards"]),
    ):
        assert len(ids) == len(html)
        for slug, card in zip(ids, html, strict=True):
            assert f'/{slug}/">' in card


@pytest.mark.parametrize(("fixture", "base"), [("sample_site", "/"), ("sample_site_subpath", "/a/b/")])
def test_every_address_in_the_data_leads_somewhere(
    request: pytest.FixtureRequest, fixture: str, base: str
) -> None:
    site: Path = request.getfixturevalue(fixture)
    found = manifest(site)
    stories = load(site, found["stories"])
    links = {link for card in [*cards(site), *stories["cards"]] for link in _LINK.findall(card)}
    links |= {other[4] for name in found["search"] for other in load(site, name).get("others", ())}
    assert len(links) > len(COURSES) + len(STORIES)
    for link in links:
        assert link.startswith(base)
        target = site / link.removeprefix(base)
        assert (target / "index.html" if link.endswith("/") else target).is_file(), link


@pytest.mark.parametrize("name", ["courses", "stories"])
def test_pages_have_the_headings_and_titles_that_the_data_says(sample_site: Path, name: str) -> None:
    found = load(sample_site, manifest(sample_site)[name])["pages"]
    lists = {path for path in COURSE_LISTS if not path.startswith(("skills/", "providers/"))}
    assert {one["path"] for one in found} == (lists if name == "courses" else set(STORY_LISTS))
    for one in found:
        html = page(sample_site, one["path"])
        title, heading = _TITLE.search(html), _HEADING.search(html)
        assert title is not None
        assert heading is not None
        assert (unescape(title[1]), unescape(heading[1])) == (one["title"], one["heading"])


# --- expected values, worked out from the Markdown files ----------------------------------------------------

Entry = dict[str, Any]


def _costs(course: Entry) -> Iterator[str]:
    price = course.get("price")
    amount = price["amount"] if isinstance(price, dict) else price
    if amount is not None:
        number = 0.0 if amount == "free" else float(str(amount).split()[0].replace(",", ""))
        if number == 0:
            yield "free"
        elif number < 100:
            yield "under-100"
        elif number < 250:
            yield "100-250"
        elif number < 500:
            yield "250-500"
        else:
            yield "from-500"
    if course.get("funding"):
        yield "funded"


def _timings(course: Entry) -> set[str]:
    coming = (one for one in course.get("sessions", ()) if one.get("ends", one["starts"]) >= TODAY)
    return {*course.get("timing", ()), *(timing for one in coming for timing in one.get("timing", ()))}


TRUE: dict[str, Callable[[Entry], Any]] = {
    "industry": lambda course: course["industries"],
    "mode": lambda course: course["delivery_modes"],
    "level": lambda course: [course["level"]] if "level" in course else [],
    "cost": _costs,
    "pace": lambda course: [course["pace"]] if "pace" in course else [],
    "timing": _timings,
    "language": lambda course: course.get("languages", ["en-CA"]),
    "provider": lambda course: [course["provider"]],
    "credential": lambda course: [course["credential"]["type"]] if "credential" in course else [],
}


@pytest.mark.parametrize("facet", TRUE)
def test_every_course_has_its_true_values(sample_site: Path, facet: str) -> None:
    columns = load(sample_site, manifest(sample_site)["courses"])
    found = next(one for one in columns["facets"] if one["id"] == facet)
    ids = [value["id"] for value in found["values"]]
    counts: Counter[str] = Counter()
    assert set(columns["ids"]) == set(COURSES)
    for slug, codes in zip(columns["ids"], found["codes"], strict=True):
        values = [ids[code] for code in (codes if isinstance(codes, list) else [codes])]
        assert sorted(values) == sorted(TRUE[facet](COURSES[slug])), slug
        counts.update(values)
    assert set(counts) == set(ids)


def test_starts_are_the_sessions_that_one_can_apply_for(sample_site: Path) -> None:
    columns = load(sample_site, manifest(sample_site)["courses"])
    open_ones = 0
    for slug, starts in zip(columns["ids"], columns["starts"], strict=True):
        course = COURSES[slug]
        if course.get("pace") == "self-paced":
            assert starts == 0
            continue
        expected = sorted(
            ((one["starts"] - TODAY).days, (one.get("apply_by", one["starts"]) - TODAY).days)
            for one in course.get("sessions", ())
            if one["starts"] >= TODAY <= one.get("apply_by", TODAY) and one.get("seats") != 0
        )
        assert sorted(zip(starts[::2], starts[1::2], strict=True)) == expected, slug
        open_ones += len(expected)
    assert open_ones > 10


def test_the_search_has_the_words_of_every_entry_that_is_shown(sample_site: Path) -> None:
    texts = [load(sample_site, name) for name in manifest(sample_site)["search"]]
    titles = [course[0] for one in texts for course in one["courses"]]
    columns = load(sample_site, manifest(sample_site)["courses"])
    assert titles == [COURSES[slug]["title"] for slug in columns["ids"]]
    others = texts[-1]["others"]
    assert {one[1] for one in others if one[0] == "story"} == {story["title"] for story in STORIES.values()}
    assert {one[0] for one in others} == {"story", "guide", "pathway"}
    assert not re.search(r"<[a-z/]|&[a-z]+;", json.dumps(texts))
