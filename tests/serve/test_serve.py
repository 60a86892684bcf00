"""`credsite serve` as a person uses it: a process of its own, a browser's requests, and files that change."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import time
import webbrowser
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from credsite.cli import main
from credsite.cli.serve import _open_browser
from tests.serve.conftest import CREDSITE, PATIENCE, Served, Start, until
from tests.support.cli import Run

COURSE = "content/courses/first-aid-at-work.md"
PAGE = "courses/first-aid-at-work/"
TITLE = "title: First Aid at Work\n"
SECRETS = (
    "/../../credsite.yaml",
    "/..%2f..%2fcredsite.yaml",
    "/%2e%2e/%2e%2e/credsite.yaml",
    "/courses/../../../credsite.yaml",
    "//etc/passwd",
    "/%2fetc/passwd",
    "/out.txt",
    "/out/credsite.yaml",
    "/.credsite-manifest.json",
    "/courses/../.credsite-manifest.json",
    "/.credsite.lock",
)


@contextmanager
def listening(served: Served) -> Iterator[Iterator[str]]:
    """The builds that the event stream tells of: the current one at once, then each new one."""
    with httpx.stream("GET", served.url + "_credsite/events", timeout=PATIENCE) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        yield (line.removeprefix("id: ") for line in response.iter_lines() if line.startswith("id: "))


def test_pages_are_served_with_the_script_that_reloads_them(served: Served) -> None:
    response = served.get()
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.text.count('<script src="/_credsite/reload.js?') == 1
    assert response.text.index("/_credsite/reload.js") < response.text.index("</body>")
    assert served.url in response.text
    script = served.get("_credsite/reload.js")
    assert script.status_code == 200
    assert script.headers["content-type"].startswith("text/javascript")
    assert "EventSource" in script.text
    built = list((served.site / ".credsite/preview").rglob("*.html"))
    assert len(built) > 20
    assert not any("_credsite" in page.read_text() for page in built)
    assert not (served.site / "public").exists()


def test_other_files_are_served_as_they_are(served: Served) -> None:
    preview = served.site / ".credsite/preview"
    for path in ("sitemap.xml", *(found.relative_to(preview).as_posix() for found in preview.rglob("*.css"))):
        assert served.get(path).content == (preview / path).read_bytes()


def test_browsers_cache_only_fingerprinted_files(served: Served) -> None:
    preview = served.site / ".credsite/preview"
    kept = {
        path
        for file in preview.rglob("*")
        if file.is_file() and (path := file.relative_to(preview).as_posix())[0] != "."
        if "immutable" in served.get(path).headers["cache-control"]
    }
    assert kept == {file.relative_to(preview).as_posix() for file in (preview / "assets").rglob("*.*")}
    assert served.get("courses/").headers["cache-control"] == "no-store"


def test_a_change_is_built_and_announced(served: Served) -> None:
    with listening(served) as builds:
        first = next(builds)
        assert f'data-build="{first}"' in served.get(PAGE).text
        served.write(COURSE, TITLE, "title: First Aid for All\n")
        second = next(build for build in builds if build != first)
    assert "First Aid for All" in served.get(PAGE).text
    assert "First Aid for All" in served.get("courses/").text
    until("it says where", lambda: served.lines[-1].endswith(f" changed: {served.url}{PAGE}"))
    assert f'data-build="{second}"' in served.get(PAGE).text


def test_files_that_are_created_and_removed(served: Served) -> None:
    copy = served.site / "content/courses/another.md"
    shutil.copyfile(served.site / COURSE, copy)
    until("the new page", lambda: served.get("courses/another/").status_code == 200)
    copy.rename(copy.with_name("renamed.md"))
    until("the renamed page", lambda: served.get("courses/renamed/").status_code == 200)
    assert served.get("courses/another/").status_code == 404
    (served.site / "static").mkdir()
    (served.site / "static/hello.txt").write_text("hello")
    until("the file in a new folder", lambda: served.get("hello.txt").text == "hello")
    (served.site / "static/hello.txt").write_text("hello again")
    until("the file's change", lambda: served.get("hello.txt").text == "hello again")
    shutil.rmtree(served.site / "static")
    until("the folder's end", lambda: served.get("hello.txt").status_code == 404)


def test_the_settings_and_the_theme_are_watched_too(served: Served) -> None:
    served.write("credsite.yaml", "title: Example Short Courses", "title: Courses of Exampleton")
    until("the new title", served.shows("", "Courses of Exampleton"))
    theme = served.site / "themes/own"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.yaml").write_text("extends: default\n")
    (theme / "templates/404.html").write_text("<!doctype html><title>Lost</title>")
    served.write("credsite.yaml", "\ntagline:", "\ntheme: own\ntagline:")
    until("the own template", served.shows("nowhere", "<title>Lost</title>"))
    (theme / "templates/404.html").write_text("<!doctype html><title>Found</title>")
    until("the template's change", served.shows("nowhere", "<title>Found</title>"))


def test_a_broken_file_keeps_its_last_good_page(served: Served) -> None:
    served.write(COURSE, TITLE, "title: [First Aid\n")
    until("the problem is said", lambda: f"{COURSE}\n" in served.said)
    assert "First Aid at Work" in served.get(PAGE).text
    until("what became of it is said", lambda: "Not built" in served.said)
    served.write(COURSE, "title: [First Aid\n", "title: First Aid, mended\n")
    until("the mended page", served.shows(PAGE, "First Aid, mended"))


def test_a_new_file_with_errors_does_not_affect_the_others(served: Served) -> None:
    (served.site / "content/courses/new.md").write_text("nothing yet")
    until("the problem is said", lambda: "content/courses/new.md\n\n  error    1:1" in served.said)
    served.write(COURSE, TITLE, "title: First Aid for All\n")
    until("the other page's change", served.shows(PAGE, "First Aid for All"))


def test_drafts_are_shown(served: Served) -> None:
    served.write(COURSE, TITLE, f"{TITLE}draft: true\n")
    until("a rebuild", lambda: served.said.count("Built in") > 1)
    assert served.get(PAGE).status_code == 200


def test_a_site_that_cannot_be_built_at_all(site: Path, start: Start, browser: Browser) -> None:
    settings = (site / "credsite.yaml").read_text()
    (site / "credsite.yaml").write_text("title: <b>Example\nbase_url: no<where\n")
    served = start()
    response = served.get(PAGE)
    assert response.status_code == 500
    assert "The website cannot be built yet" in response.text
    assert "credsite.yaml:2:11" in response.text
    assert "/_credsite/reload.js" in response.text
    with browser.new_context() as context, listening(served) as builds:
        page = context.new_page()
        page.goto(served.url + PAGE)
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("The website cannot be built yet")
        first = next(builds)
        (site / "credsite.yaml").write_text(settings.replace("\ntagline:", "\ntagine: x\ntagline:"))
        expect(page.get_by_text("Did you mean tagline?")).to_be_visible()
        assert page.locator("credsite-problems").count() == 0  # the page lists them itself
        (site / "credsite.yaml").write_text(settings)
        assert next(build for build in builds if build != first)
        expect(heading).to_have_text("First Aid at Work")
    assert served.get(PAGE).status_code == 200


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, asyncio.CancelledError])
def test_an_interrupt_is_the_usual_end_however_it_arrives(
    site: Path, monkeypatch: pytest.MonkeyPatch, interrupt: type[BaseException]
) -> None:
    def interrupted(server: Coroutine[object, object, None]) -> None:
        server.close()
        raise interrupt

    monkeypatch.setattr(asyncio, "run", interrupted)
    result = CliRunner().invoke(main, ["serve", str(site), "--port", "0", "--jobs", "1"])
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "Stopped.")


def test_pages_of_an_earlier_session_do_not_hide_that_nothing_can_be_built(site: Path, start: Start) -> None:
    assert start().stop() == 0
    (site / "credsite.yaml").write_text("title: Example\n")
    assert start().get().status_code == 500


def test_an_unknown_path(served: Served) -> None:
    for path in (
        "nowhere",
        "nowhere/",
        "courses/nowhere/",
        "index.html/",
        "x" * 3000,
        "a%00b",
        "a%5Cb",
        "%ff",
    ):
        response = served.get(path)
        assert response.status_code == 404, path
        assert "<h1" in response.text
        assert "/_credsite/reload.js" in response.text
    assert httpx.post(served.url).status_code == 405


def test_a_folder_without_its_slash_is_redirected(served: Served) -> None:
    response = served.get("courses?page=2")
    assert response.status_code == 307
    assert response.headers["location"] == f"{served.url}courses/?page=2"


def test_nothing_but_the_website_can_be_read(served: Served) -> None:
    preview = served.site / ".credsite/preview"
    (preview / "out.txt").symlink_to(served.site / "credsite.yaml")
    (preview / "out").symlink_to(served.site)
    host, port = served.url.removeprefix("http://").rstrip("/").split(":")
    for path in SECRETS:
        # No client library: each of them would tidy the path up.
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            answer = b""
            while data := connection.recv(65536):
                answer += data
        assert answer.startswith(b"HTTP/1.1 404 "), path
        assert b"<h1" in answer, path


def test_other_websites_cannot_read_drafts_by_another_name(served: Served) -> None:
    assert httpx.get(served.url, headers={"Host": "evil.example"}).status_code == 403
    port = served.url.rsplit(":", 1)[1].rstrip("/")
    assert httpx.get(served.url, headers={"Host": f"localhost:{port}"}).status_code == 200


def test_others_see_what_is_published_and_a_name_can_be_allowed(site: Path, start: Start) -> None:
    (site / COURSE).write_text((site / COURSE).read_text().replace(TITLE, f"{TITLE}draft: true\n"))
    served = start("--port", "0", "--host", "0.0.0.0", "--allow-host", "Preview.Example.org.")
    assert "Others on your network can see it" in served.said
    assert "0.0.0.0" not in served.said
    assert served.url.startswith("http://127.0.0.1:")
    port = served.url.rsplit(":", 1)[1].rstrip("/")
    refusal = httpx.get(served.url, headers={"Host": "intranet"}).text
    assert (
        f" --host 0.0.0.0 --port {port} --allow-host preview.example.org --allow-host intranet\n" in refusal
    )
    assert served.get(PAGE).status_code == 404
    assert "First Aid at Work" not in served.get("courses/").text
    for host, status in (("preview.example.org", 200), ("www.preview.example.org", 403)):
        assert httpx.get(served.url, headers={"Host": host}).status_code == status
    assert served.get("courses/").headers["x-frame-options"] == "DENY"


def test_a_name_is_for_others_who_see_only_what_is_published(site: Path, start: Start) -> None:
    (site / COURSE).write_text((site / COURSE).read_text().replace(TITLE, f"{TITLE}draft: true\n"))
    served = start("--port", "0", "--allow-host", "tunnel.example.org")
    assert "Others who ask by that name can see it." in served.said
    assert served.get(PAGE).status_code == 404
    for host in ("tunnel.example.org", "127.0.0.1"):
        assert httpx.get(f"{served.url}{PAGE}", headers={"Host": host}).status_code == 404


@pytest.mark.parametrize("options", [(), ("--host", "0.0.0.0")])
def test_a_wrong_setting_is_said_with_its_line(site: Path, start: Start, options: tuple[str, ...]) -> None:
    with (site / "credsite.yaml").open("a") as file:
        file.write("\ncurrency: dollars\n")
    served = start("--port", "0", *options)
    until("the problem", lambda: "currency: dollars" in served.said)
    assert "is not an address" not in served.said


def test_a_wrong_name_to_allow_is_refused_before_anything_is_built(site: Path, run: Run) -> None:
    result = run("serve", site, "--allow-host", "https://a.example/")
    assert result.exit_code == 2
    assert "Write only the name" in result.output
    assert not (site / ".credsite").exists()


def test_it_ends_at_once_while_browsers_are_connected(served: Served) -> None:
    with listening(served) as one, listening(served) as two:
        assert next(one) == next(two)
        started = time.monotonic()
        assert served.stop() == 0
        assert time.monotonic() - started < 5
        assert list(one) == list(two) == []
    assert served.lines[-1] == "Stopped."
    assert "Traceback" not in served.said
    assert "Warning" not in served.said


def test_another_port_is_used_if_the_wanted_one_is_taken_and_the_browser_opens_it(
    start: Start, tmp_path: Path
) -> None:
    browser, asked = tmp_path / "browser", tmp_path / "asked"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{asked}.new" && mv "{asked}.new" "{asked}"\n')
    browser.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        served = start("--port", str(port), "--open", BROWSER=str(browser))
        used = served.url.rsplit(":", 1)[1].rstrip("/")
        assert f"Port {port} is taken, so the site is served at port {used}." in served.said
        until("the browser is asked", asked.exists)
        assert asked.read_text() == served.url
        assert served.url != f"http://127.0.0.1:{port}/"
        assert served.get().status_code == 200
        assert served.url in served.get("sitemap.xml").text


def test_a_site_is_served_once_only(served: Served) -> None:
    done = subprocess.run(
        [CREDSITE, "serve", served.site, "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 2
    assert "Another `credsite serve` shows this site already." in done.stderr


def test_an_address_that_this_computer_does_not_have(site: Path) -> None:
    done = subprocess.run(
        [CREDSITE, "serve", site, "--host", "192.0.2.1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 2
    assert "192.0.2.1:8000 cannot be used" in done.stderr


def test_temporary_files_of_editors_build_nothing(served: Served) -> None:
    for name in (".first.md.swp", "first.md~", "#first.md#", "4913"):
        (served.site / "content/courses" / name).write_text("x")
    (served.site / "public").mkdir()
    (served.site / "public/index.html").write_text("x")
    time.sleep(0.8)
    assert served.said.count("Built in") == 1
    served.write(COURSE, TITLE, "title: First Aid for All\n")
    until("the change is built", lambda: served.said.count("Built in") == 2)
    time.sleep(0.5)
    assert served.said.count("Built in") == 2


@pytest.mark.parametrize("error", [None, webbrowser.Error("none"), OSError("none")])
def test_a_message_says_that_no_browser_could_be_opened(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception | None
) -> None:
    def fail(url: str) -> bool:
        if error:
            raise error
        return False

    monkeypatch.setattr(webbrowser, "open", fail)
    _open_browser("http://127.0.0.1:8000/").join(PATIENCE)
    assert capsys.readouterr().err == "No browser could be opened. Open http://127.0.0.1:8000/ yourself.\n"


def test_the_date_can_be_chosen(site: Path, start: Start) -> None:
    page = site / "content/pages/about.md"
    page.write_text(page.read_text().replace("\norder:", "\npublish_at: 2027-03-01\norder:", 1))
    served = start("--port", "0", "--now", "2027-02-28")
    assert "until 1 March 2027" in served.get("about/").text
    assert served.stop() == 0
    assert "until 1 March 2027" not in start("--port", "0", "--now", "2027-03-01").get("about/").text


def test_a_browser_shows_what_was_saved(browser: Browser, served: Served) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(served.url + PAGE)
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_text("First Aid at Work")
        for title in ("First Aid for All", "First Aid for All of Us"):
            served.write(COURSE, (served.site / COURSE).read_text().splitlines()[1], f"title: {title}")
            expect(heading).to_have_text(title, timeout=PATIENCE * 1000)
        assert errors == []
