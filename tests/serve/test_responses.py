"""What is shown at an address, and what browsers are told of it."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from credsite.build.options import Options
from credsite.serve.live_reload import EventStreams
from credsite.serve.preview import Preview
from credsite.serve.responses import PageResponse, find_page
from tests.serve.test_watcher import run
from tests.support.growth import MOST, growth
from tests.support.paths import STARTER

STORY = "content/stories/a-desk-of-her-own.md"
STORY_PAGE = "stories/a-desk-of-her-own/"
PAGE = b'<html><head><link href="/assets/site.0123456789.css"></head><body class="a>b">Text</body></html>'


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Preview:
    site = Path(shutil.copytree(STARTER, tmp_path_factory.mktemp("shown") / "site"))
    edit(site / STORY, "  given: 2026-05-12", "  given: 2026-05-12\n  withdrawn: 2026-06-01")
    built = Preview(Options(site, base_url="http://127.0.0.1:8000/", include_unpublished=True))
    built.rebuild()
    return built


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def parts(page: bytes) -> tuple[str, str]:
    text, _, styles = PageResponse(page).version.partition(".")
    return text, styles


def test_a_version_distinguishes_stylesheets_from_the_rest_of_a_page() -> None:
    text, styles = parts(PAGE)
    restyled = parts(PAGE.replace(b"0123456789", b"9876543210"))
    assert (restyled[0], restyled[1] != styles) == (text, True)
    reworded = parts(PAGE.replace(b"Text", b"Words"))
    assert (reworded[0] != text, reworded[1]) == (True, styles)
    rescripted = parts(PAGE.replace(b".css", b".js"))
    assert rescripted[0] != text


def test_a_version_takes_time_by_the_size_of_the_page() -> None:
    assert growth(lambda number: PageResponse(b"assets/" * number).version, 10_000) <= MOST


def test_a_banner_is_added_to_the_served_page_and_not_to_its_file(preview: Preview) -> None:
    page = find_page(preview, STORY_PAGE)
    assert isinstance(page, PageResponse)
    assert re.search(rb"<body[^>]*><link [^>]*><credsite-banner>.*The learner withdrew consent", page.html)
    assert b"credsite-banner" not in (preview.folder / STORY_PAGE / "index.html").read_bytes()
    other = find_page(preview, "about/")
    assert isinstance(other, PageResponse)
    assert b"credsite-banner" not in other.html


def test_other_files_and_missing_pages(preview: Preview) -> None:
    assert find_page(preview, "sitemap.xml") == preview.folder / "sitemap.xml"
    assert find_page(preview, "about") == preview.folder / "about"
    missing = find_page(preview, "nowhere/")
    assert isinstance(missing, PageResponse)
    assert missing.status == 404


def test_unpublished_entries_are_shown_only_if_that_is_allowed(preview: Preview, tmp_path: Path) -> None:
    site = Path(shutil.copytree(preview.folder.parents[1] / "content", tmp_path / "site" / "content")).parent
    shutil.copy(STARTER / "credsite.yaml", site)
    edit(site / "content/pages/about.md", "---\ntitle:", "---\ndraft: true\ntitle:")
    shared = Preview(Options(site, base_url="http://192.0.2.1:8000/"))
    shared.rebuild()
    found = find_page(shared, STORY_PAGE)
    assert isinstance(found, PageResponse)
    assert found.status == 404
    assert not [file for file in shared.folder.rglob("*.*") if b"Rosa Exempla" in file.read_bytes()]
    draft = find_page(shared, "about/")
    assert isinstance(draft, PageResponse)
    assert b"until <code>draft: true</code> is removed" in draft.html


async def told(events: AsyncIterator[str]) -> tuple[str, dict[str, Any]]:
    """The id and the data of the next event."""
    while True:
        found = re.fullmatch(
            r"event: build\nid: (.*)\ndata: (.*)\n\n", await asyncio.wait_for(anext(events), 10)
        )
        if found:
            return found[1], json.loads(found[2])


def test_a_browser_hears_of_its_page_and_of_other_files(preview: Preview) -> None:
    content = preview.folder.parents[1] / "content"
    about, course = content / "pages/about.md", content / "courses/first-aid-at-work.md"

    async def scenario() -> None:
        streams = EventStreams(preview)
        first = preview.history.build_id
        async with (
            aclosing(streams.events("about/", first)) as events,
            aclosing(streams.events("courses/", first)) as others,
        ):
            page = find_page(preview, "about/")
            assert isinstance(page, PageResponse)
            assert await told(events) == (
                first,
                {"version": page.version, "changed": [], "problems": preview.problems.id},
            )
            before = (await told(others))[1]["version"]
            assert streams.paths == {"about/", "courses/"}
            edit(about, "\n---\n", "\n---\nNew words.\n")
            preview.rebuild(["content/pages/about.md"])
            streams.notify()
            build, said = await told(events)
            assert build == preview.history.build_id != first
            assert said["version"] != page.version
            assert (await told(others))[1]["version"] == before
            edit(course, "title: First Aid at Work", "title: First Aid")
            preview.rebuild()
            streams.notify()
            assert "/data/search/0.json" in (await told(events))[1]["changed"]
        # Whoever was away is told at once of all that happened meanwhile, as far as that is known.
        async with aclosing(streams.events("about/", first)) as events:
            assert "/data/search/0.json" in (await told(events))[1]["changed"]
        for unknown in ("", "another-1", first.partition("-")[0] + "-999", f"{first}x"):
            async with aclosing(streams.events("about/", unknown)) as events:
                assert (await told(events))[1]["changed"] is None
        assert streams.paths == frozenset()

    run(scenario)


def test_streams_end_when_the_server_does(preview: Preview) -> None:
    async def scenario() -> int:
        streams = EventStreams(preview)
        seen = 0
        async for _ in streams.events("about/", preview.history.build_id):
            seen += 1
            streams.close()
        return seen

    assert run(scenario) < 5
