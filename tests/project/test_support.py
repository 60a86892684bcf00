"""The test tools: each finds the faults that are put into a page, and nothing on a good page."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from credsite.authoring.editors import sveltia
from tests.support import browser as browser_module
from tests.support import tools
from tests.support.axe import axe_violations
from tests.support.browser import chromium_path
from tests.support.html import check_html
from tests.support.planted import PICTURE, page_of, write
from tests.support.report import listed
from tests.support.sample import entry, redirect
from tests.support.server import serve
from tests.support.tools import ToolMissingError
from tests.tools import fetch

# --- HTML -------------------------------------------------------------------------------------------------


def test_html_checker_names_file_line_and_fault(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "index.html": page_of("<p>Good.</p>"),
            "a folder/index.html": page_of("<p>Two</p>\n<p><div>blocks</div></p>"),
            ".well-known/deep/index.html": page_of('<img src="x.png">'),
            "notes.txt": "<p>no page",
        },
    )
    problems = check_html(tmp_path)
    assert any(
        problem.startswith("a folder/index.html:7: No “p” element in scope") for problem in problems
    ), problems
    assert any(problem.startswith(".well-known/deep/index.html:6: ") for problem in problems), problems
    assert len(problems) == 2


def test_html_checker_accepts_good_pages(tmp_path: Path) -> None:
    assert check_html(write(tmp_path, {"index.html": page_of("<p>Good.</p>")})) == []


def test_html_checker_refuses_to_pass_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no page"):
        check_html(tmp_path)


def test_html_checker_says_when_java_itself_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.html.JAVA_OPTIONS", ("-Xnonsense",))
    with pytest.raises(RuntimeError, match="HTML checker failed"):
        check_html(write(tmp_path, {"index.html": page_of("")}))


# --- server -----------------------------------------------------------------------------------------------


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def ask(address: str, method: str = "GET") -> tuple[int, str, bytes]:
    """The status, the content type (or the target of a redirect) and the body of a response."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)
    answer: HTTPResponse | urllib.error.HTTPError
    try:
        answer = opener.open(urllib.request.Request(address, method=method), timeout=10)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        kind = answer.headers["Location"] or answer.headers["Content-Type"] or ""
        return answer.status or 0, kind, answer.read()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a/b/", (200, "text/html; charset=utf-8", b"first")),
        ("/a/b/?x=1", (200, "text/html; charset=utf-8", b"first")),
        ("/a/b/x/", (200, "text/html; charset=utf-8", b"second")),
        ("/a/b/x", (301, "/a/b/x/", b"")),
        ("/a/b/caf%C3%A9.css", (200, "text/css; charset=utf-8", b"a{}")),
        ("/a/b/feed.atom", (200, "application/atom+xml", b"<feed/>")),
        ("/a/b/nope/", (404, "text/html; charset=utf-8", b"lost")),
        ("/a/b/empty/", (404, "text/html; charset=utf-8", b"lost")),
        ("/a/b/%2e%2e/secret.txt", (404, "text/html; charset=utf-8", b"lost")),
        ("/", (404, "text/plain; charset=utf-8", b"Outside the site")),
    ],
)
def test_server_answers_like_a_static_host(
    tmp_path: Path, path: str, expected: tuple[int, str, bytes]
) -> None:
    write(tmp_path, {"secret.txt": "secret"})
    files = {"index.html": "first", "x/index.html": "second", "café.css": "a{}", "feed.atom": "<feed/>"}
    site = write(tmp_path / "site", files | {"404.html": "lost", "empty/x.txt": ""})
    with serve(site, "/a/b/") as served:
        assert ask(served.url.removesuffix("/a/b/") + path) == expected


def test_server_adds_headers_and_answers_head(tmp_path: Path) -> None:
    site = write(tmp_path, {"index.html": "first"})
    with serve(site, headers={"X-Test": "yes"}) as served:
        assert ask(served.address("index.html"), "HEAD") == (200, "text/html; charset=utf-8", b"")
        with urllib.request.urlopen(served.url, timeout=10) as answer:
            assert answer.headers["X-Test"] == "yes"


def test_server_does_not_hide_its_own_faults(tmp_path: Path) -> None:
    site = write(tmp_path, {"index.html": "first"})
    with (
        pytest.raises(ExceptionGroup, match="test server failed") as caught,
        serve(site, headers={"X-Test": "no Latin letter: →"}) as served,
        pytest.raises(OSError, match="closed connection"),
    ):
        ask(served.url)
    assert caught.group_contains(UnicodeEncodeError)


# --- browser and axe --------------------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_axe_finds_planted_faults_under_a_strict_policy(tmp_path: Path, page: Page) -> None:
    bad = (
        '<img src="/x.svg"><p class="pale">Too pale to read</p><h4>Skipped levels</h4>'
        '<p class="tight"><a href="#a">1</a><a href="#b">2</a></p>'
    )
    css = ".pale{color:#ccc;background:#fff}.tight a{display:inline-block;width:12px;height:12px}"
    styled = page_of(bad).replace("</head>", '<link rel="stylesheet" href="/s.css"></head>')
    site = write(tmp_path, {"index.html": styled, "s.css": css, "x.svg": PICTURE})
    with serve(site, headers={"Content-Security-Policy": "default-src 'self'"}) as served:
        page.goto(served.url)
        problems = axe_violations(page)
    rules = {problem.partition(" ")[0] for problem in problems}
    assert rules == {"image-alt", "color-contrast", "heading-order", "target-size"}
    assert any("at img:" in problem and '[<img src="/x.svg">]' in problem for problem in problems)


def test_axe_accepts_a_good_page(tmp_path: Path, page: Page) -> None:
    site = write(tmp_path, {"index.html": page_of("<p>Good.</p>")})
    with serve(site) as served:
        page.goto(served.url)
        assert axe_violations(page) == []
        assert axe_violations(page) == []


@pytest.fixture
def fresh_search(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In these tests, the browser is searched for again; otherwise that is done once in a test run."""
    chromium_path.cache_clear()
    yield
    monkeypatch.undo()
    chromium_path.cache_clear()


def program(path: Path, code: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return path


@pytest.mark.usefixtures("fresh_search")
def test_a_chromium_that_does_not_start_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = program(tmp_path / "playwright" / "chrome", 1)
    good = program(tmp_path / "bin" / "google-chrome", 0)
    monkeypatch.setattr(browser_module, "playwright_chromium", lambda: broken)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert chromium_path() == good


@pytest.mark.usefixtures("fresh_search")
def test_a_missing_chromium_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_module, "playwright_chromium", lambda: tmp_path / "none")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissingError, match="run `make tools`, or install"):
        chromium_path()


def test_a_missing_checker_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "TOOLS", tmp_path)
    with pytest.raises(ToolMissingError, match="run `make tools`, which fetches the HTML checker"):
        tools.vnu_jar()


def test_a_long_report_is_cut_and_says_so() -> None:
    assert listed(["a", "b"], limit=2) == "2 problems:\na\nb"
    assert listed(["a", "b", "c"], limit=1) == "3 problems:\na\n... and 2 more"


# --- fetching ---------------------------------------------------------------------------------------------


def test_checksums_are_read_as_they_are_written() -> None:
    sums = {Path("node_modules/a/b.js"): "0" * 64, Path("c"): "f" * 64}
    assert fetch.read_checksums(fetch.write_checksums(sums)) == sums


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    write(tmp_path, {"right": "right", "wrong": "wrong"})
    sums = {Path(name): hashlib.sha256(b"right").hexdigest() for name in ("right", "wrong", "gone")}
    assert fetch.wrong_files(tmp_path, sums) == ["wrong", "gone"]


def test_fetching_says_what_npm_said(tmp_path: Path) -> None:
    package = write(tmp_path, {"package.json": "{ no json"}) / "package.json"
    with pytest.raises(fetch.FetchError, match=r"npm could not fetch the test tools; it said: .*JSON"):
        fetch.install_packages(tmp_path / "tools", package)


def test_a_file_that_is_not_the_one_expected_is_refused(tmp_path: Path) -> None:
    package = write(tmp_path, {"package.json": "{}"}) / "package.json"
    with pytest.raises(fetch.FetchError, match=r"node_modules/x\.js below .* is not the file"):
        fetch.fetch_npm_tools(tmp_path / "tools", package, {Path("node_modules/x.js"): "0" * 64})


def test_the_fetched_tools_are_those_of_the_committed_checksums() -> None:
    sums = fetch.read_checksums(fetch.CHECKSUMS.read_text(encoding="utf-8"))
    sums |= {tools.package_file(package): package.sha256 for package in fetch.PACKAGES}
    assert fetch.wrong_files(tools.TOOLS, sums) == []


def test_a_package_is_fetched_once_and_proven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    package = sveltia.Package("@a/b", "1", hashlib.sha256(b"right").hexdigest())
    monkeypatch.setattr(fetch, "PACKAGES", (package,))
    for data in (b"wrong", b"right", b"never"):

        def npm(arguments: list[str], folder: Path, data: bytes = data) -> None:
            asked.append(arguments[1])
            (folder / "a-b-1.tgz").write_bytes(data)

        monkeypatch.setattr(fetch, "run_npm", npm)
        if data == b"wrong":
            with pytest.raises(fetch.FetchError, match=r"a-b-1\.tgz below .* is not the package"):
                fetch.fetch_packages(tmp_path)
        else:
            fetch.fetch_packages(tmp_path)
    assert asked == ["@a/b@1", "@a/b@1"]


def test_fetching_chromium_says_what_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "_chromium", lambda: None)
    monkeypatch.setattr(fetch, "_attempt", lambda command, _seconds: f"`{command[0]}` failed.")
    with pytest.raises(fetch.FetchError, match=r"install the system's package `chromium`.*failed\."):
        fetch.fetch_chromium()


# --- the sample's pages -----------------------------------------------------------------------------------


def test_one_entry_of_a_list_is_picked(tmp_path: Path) -> None:
    moved = '<meta http-equiv="refresh" content="0; url=/stories/mia/">'
    names = ("page/2", "industry", "background", "delivery", "mia", "zoe")
    pages = {f"stories/{name}/index.html": page_of("") for name in names}
    site = write(tmp_path, pages | {"stories/adam/index.html": moved, "index.html": page_of("")})
    assert entry("stories")(site) == "stories/mia/"
    assert redirect(site) == "stories/adam/"
