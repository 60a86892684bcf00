"""Videos: no other server is asked before a visitor plays one, and then a player with a title has the focus."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from credsite.schema.config import Config
from credsite.site.security_policy import content_security_policy
from tests.support.media import print_problems
from tests.support.paths import SITES
from tests.support.report import listed
from tests.support.server import ServedSite, serve
from tests.support.visiting import DESK, PHONE, POLICY, assert_fine, open_page, visitor

TITLE = "A day on the ward"
YOUTUBE = "https://www.youtube.com/watch?v=0123456789a"
FRAME = "https://www.youtube-nocookie.com/embed/0123456789a?autoplay=1"
COURSE, STORY, OTHER = "courses/first-aid/", "stories/amina/", "about/"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a video of YouTube and a picture, a story with a file of the site, and pages without."""
    from credsite.build.options import Options
    from credsite.build.pipeline import build

    root = tmp_path_factory.mktemp("video") / "site"
    shutil.copytree(SITES / "good-minimal", root)
    shutil.copy(SITES / "good-whole/content/images/team.png", root / "content/courses/film.png")
    add(root / "content/courses/first-aid.md", f"{{url: '{YOUTUBE}', title: {TITLE}, image: film.png}}")
    add(root / "content/stories/amina.md", f"{{url: /films/day.webm, title: {TITLE}}}")
    film = root / "static/films/day.webm"
    film.parent.mkdir(parents=True)
    film.write_bytes(b"\x1a\x45\xdf\xa3")
    assert build(Options(root, no_cache=True)).report
    return root / "public"


def add(file: Path, video: str) -> None:
    head, _, rest = file.read_text().partition("\n---\n")
    file.write_text(f"{head}\nvideo: {video}\n---\n{rest}")


@pytest.fixture(scope="module")
def films(root: Path) -> Iterator[ServedSite]:
    config = Config(title="A", base_url="https://courses.test/")
    policy = content_security_policy(config, [YOUTUBE, "/films/day.webm"])
    with serve(root, headers={"Content-Security-Policy": policy}) as served:
        yield served


@contextmanager
def watched(context: BrowserContext, films: ServedSite) -> Iterator[list[str]]:
    """The requests to other servers, which are answered here, and for films."""
    asked: list[str] = []
    context.on("request", lambda request: note(request.url))

    def note(url: str) -> None:
        if not url.startswith(films.url) or "/films/" in url or url.endswith("/video.js"):
            asked.append(url)

    context.route(
        lambda url: not url.startswith(films.url),
        lambda route: route.fulfill(
            content_type="text/html",
            body="<!DOCTYPE html><html lang=en><title>A</title><button>Play</button>",
        ),
    )
    yield asked


def by_click(page: Page) -> None:
    page.locator(".video img").click()


def by_enter(page: Page) -> None:
    page.get_by_role("button", name=TITLE).press("Enter")


def by_space(page: Page) -> None:
    page.get_by_role("button", name=TITLE).press(" ")


def test_a_printed_page_has_the_address_of_its_video(browser: Browser, films: ServedSite) -> None:
    with visitor(browser) as context:
        page = open_page(context, films, COURSE)
        found = print_problems(page)
        assert not found, listed(found)
        page.emulate_media(media="print")
        address = page.locator(".video a").evaluate("link => getComputedStyle(link, '::after').content")
        assert address == f'" ({YOUTUBE})"'
        page.emulate_media(media="screen")


@pytest.mark.parametrize("play", [by_click, by_enter, by_space])
def test_a_frame_takes_the_place_of_the_picture(
    browser: Browser, films: ServedSite, play: Callable[[Page], None]
) -> None:
    with visitor(browser) as context, watched(context, films) as asked:
        page = open_page(context, films, COURSE)
        button = page.get_by_role("button", name=TITLE)
        expect(button).to_have_accessible_description(
            "It plays on this page. Only when you start it is it loaded from www.youtube-nocookie.com."
        )
        button.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        assert asked == []
        play(page)
        frame = page.locator(".video iframe")
        expect(frame).to_be_focused()
        expect(frame).to_have_attribute("title", TITLE)
        expect(page.locator(".video img, .video-note")).to_have_count(0)
        expect(page.get_by_role("link", name=TITLE)).to_have_attribute("href", YOUTUBE)
        expect(page.frame_locator(".video iframe").get_by_role("button")).to_be_visible()
        assert asked == [FRAME]
        page.get_by_role("link", name=TITLE).focus()
        with page.expect_navigation(url=YOUTUBE):
            page.keyboard.press("Enter")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_is_fine_before_and_after(browser: Browser, films: ServedSite, viewport) -> None:  # type: ignore[no-untyped-def]
    with visitor(browser, viewport=viewport) as context, watched(context, films):
        page = open_page(context, films, COURSE)
        expect(page.locator(".video-note")).to_be_visible()
        assert_fine(page)
        by_enter(page)
        expect(page.locator(".video iframe")).to_be_visible()
        assert_fine(page)


def test_the_browser_plays_a_file_of_the_site(browser: Browser, films: ServedSite) -> None:
    with visitor(browser) as context, watched(context, films) as asked:
        page = open_page(context, films, STORY)
        button = page.get_by_role("button", name=TITLE)
        button.scroll_into_view_if_needed()
        expect(page.locator(".video-note")).to_have_count(0)
        assert asked == []
        button.press("Enter")
        player = page.locator("video")
        expect(player).to_be_focused()
        expect(player).to_have_attribute("aria-label", TITLE)
        assert player.evaluate("video => video.controls")
        assert player.evaluate("video => video.src") == films.address("films/day.webm")
        assert_fine(page)


def test_only_pages_with_a_video_load_its_script(browser: Browser, films: ServedSite) -> None:
    for path, count in ((COURSE, 1), (OTHER, 0), ("", 0)):
        scripts: list[str] = []
        with visitor(browser) as context:
            context.on("request", lambda request, scripts=scripts: scripts.append(request.url))
            open_page(context, films, path).wait_for_load_state("networkidle")
        assert len([url for url in scripts if "/video." in url]) == count


def test_without_scripts_it_is_a_link(browser: Browser, films: ServedSite) -> None:
    with visitor(browser, java_script_enabled=False) as context, watched(context, films) as asked:
        page = open_page(context, films, COURSE)
        expect(page.locator(".video-note")).to_be_hidden()
        expect(page.get_by_role("link", name=TITLE)).to_have_attribute("href", YOUTUBE)
        assert asked == []


def test_with_a_key_held_down_it_is_a_link(browser: Browser, films: ServedSite) -> None:
    with visitor(browser) as context, watched(context, films):
        page = open_page(context, films, COURSE)
        expect(page.get_by_role("button", name=TITLE)).to_be_visible()
        prevented = page.evaluate("""() => new Promise(resolve => {
            document.addEventListener("click", event => { resolve(event.defaultPrevented); event.preventDefault(); });
            const options = { ctrlKey: true, bubbles: true, cancelable: true };
            document.querySelector(".video a").dispatchEvent(new MouseEvent("click", options));
        })""")
        assert prevented is False
        expect(page.locator(".video iframe")).to_have_count(0)


def test_where_the_policy_forbids_the_player_the_link_is_followed(browser: Browser, root: Path) -> None:
    with (
        serve(root, headers={"Content-Security-Policy": POLICY}) as served,
        visitor(browser) as context,
        watched(context, served) as asked,
    ):
        page = open_page(context, served, COURSE)
        with page.expect_navigation(url=YOUTUBE):
            by_enter(page)
        assert FRAME not in asked
