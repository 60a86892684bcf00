"""nginx and Apache serve a website as it should be served, with the configuration that the build has written."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

import brotli
import httpx
import pytest
from playwright.sync_api import Browser

from credsite.build.options import Options
from credsite.build.pipeline import build
from credsite.schema.config_file import load_config
from credsite.site.security_policy import content_security_policy
from tests.support.links import check_links
from tests.support.paths import SITES
from tests.support.server import CONTENT_TYPES
from tests.support.visiting import visitor
from tests.support.web_servers import apache, nginx

YOUTUBE = "https://www.youtube.com/watch?v=0123456789a"
SESSION = "sessions: [{starts: 2099-01-11, ends: 2099-01-25}]"
ALIASES = "aliases: [/old/list.php, '/alt/Kurs%20ü(neu)/', /old/page.html, /old/plain]"
OLD = ("old/list.php", "alt/Kurs%20%C3%BC(neu)/", "old/page.html", "old/plain")
OLD_FILES = {unquote(path).rstrip("/") for path in OLD}
UNLINKED = ("404.html", "admin/index.html", "small.avif")


@dataclass
class Served:
    """A website on a server, its files, and the policy that it should be served with."""

    url: str
    output: Path
    policy: str
    base_path: str

    def get(self, path: str = "", **headers: str) -> httpx.Response:
        return httpx.get(self.url + path, headers=headers)

    def one(self, pattern: str) -> str:
        """The path of a file of the website."""
        return next(self.output.glob(pattern)).relative_to(self.output).as_posix()


def written(root: Path, host: str, base_path: str, output: Path) -> str:
    """Write and build a site with a bit of everything that headers are about. The policy of its pages."""
    shutil.copytree(SITES / "good-minimal", root)
    settings = root / "credsite.yaml"
    settings.write_text(
        f"title: Courses\nbase_url: https://courses.test{base_path}\nhost: {host}\n"
        "compress: [gzip, brotli]\ntimezone: America/Halifax\nbrand: {colours: {accent: '#7a1f3d'}}\n"
    )
    course = root / "content/courses/first-aid.md"
    head, _, rest = course.read_text().partition("\n---\n")
    video = f"video: {{url: '{YOUTUBE}', title: A day here}}"
    course.write_text(f"{head}\n{SESSION}\n{video}\n{ALIASES}\n---\n{rest}")
    for name in ("admin/index.html", "small.avif"):
        (root / "static" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "static" / name).write_bytes(b"<!DOCTYPE html><title>The form</title>")
    assert build(Options(root, output)).report
    config, problems = load_config(root)
    assert config is not None
    assert not problems
    return content_security_policy(config, [YOUTUBE])


@pytest.fixture(
    scope="module",
    params=[("nginx", "/"), ("nginx", "/a/b/"), ("apache", "/"), ("apache", "/a/b/")],
    ids=lambda param: " ".join(param),
)
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    host, base_path = request.param
    folder = tmp_path_factory.mktemp("server")
    output = folder / "www" / base_path.strip("/")
    output.parent.mkdir(parents=True, exist_ok=True)
    policy = written(folder / "site", host, base_path, output)
    if host == "nginx":
        # As docs/hosts/nginx.md says: what is included is a copy that no upload changes.
        shutil.copy(output / "nginx.conf", folder / "courses.conf")
        running = nginx(folder, folder / "www", folder / "courses.conf")
    else:
        for shared in (folder, *folder.parents[:3]):  # Apache looks at them as another user
            shared.chmod(0o755)
        running = apache(folder, folder / "www")
    with running as address:
        yield Served(address + base_path, output, policy, base_path)


def test_pages_are_kept_for_a_short_time_and_have_the_strict_policy(served: Served) -> None:
    page = served.get("courses/first-aid/")
    assert page.status_code == 200
    assert page.headers["Content-Security-Policy"] == served.policy
    assert "frame-src https://www.youtube-nocookie.com" in served.policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert page.headers["Cache-Control"] == "public, max-age=300"
    assert page.headers["Content-Type"].lower() == "text/html; charset=utf-8"


def test_an_address_without_its_last_slash_leads_to_the_page(served: Served) -> None:
    answer = served.get("courses/first-aid")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/courses/first-aid/")


def test_an_address_that_does_not_exist_shows_the_page_of_the_site(served: Served) -> None:
    for path in ("nowhere/", "nowhere/at/all.html", "assets/gone.0123456789.css"):
        answer = served.get(path)
        assert answer.status_code == 404
        assert answer.content == (served.output / "404.html").read_bytes()
        assert answer.headers["Content-Security-Policy"] == served.policy
        assert "Cache-Control" not in answer.headers


def test_files_with_a_digest_in_their_names_are_kept_for_ever(served: Served) -> None:
    for pattern in ("assets/*.css", "assets/js/main.*.js", "data/courses.*.json", "data/cards/*.json"):
        answer = served.get(served.one(pattern))
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Security-Policy"] == served.policy
    assert served.get("data/catalogue.json").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("pattern", "media_type"),
    [
        ("courses/*/sessions.ics", "text/calendar; charset=utf-8"),
        ("assets/*.webmanifest", "application/manifest+json"),
        ("small.avif", "image/avif"),
        ("sitemap.xml", "application/xml"),
        ("assets/*.css", "text/css"),
        ("assets/favicon.*.svg", "image/svg+xml"),
    ],
)
def test_files_have_their_types(served: Served, pattern: str, media_type: str) -> None:
    found = served.get(served.one(pattern)).headers["Content-Type"].lower()
    assert found.removesuffix("; charset=utf-8") == media_type.removesuffix("; charset=utf-8")
    assert "calendar" not in found or found == media_type


@pytest.mark.parametrize("old", OLD)
def test_an_old_address_is_redirected_by_the_server(served: Served, old: str) -> None:
    answer = served.get(old)
    assert answer.status_code == 301
    target = httpx.URL(served.url + "courses/first-aid/")
    assert httpx.URL(served.url).join(answer.headers["Location"]) == target


@pytest.mark.parametrize(
    "path", ["", "courses/first-aid/", "404.html", "data/catalogue.json", "assets/site.*.css", "sitemap.xml"]
)
def test_texts_have_been_compressed_by_the_build(served: Served, path: str) -> None:
    file = path and served.one(path if path[-1] != "/" else f"{path}index.html")
    address = file.removesuffix("index.html")
    is_apache = "Apache" in served.get().headers["Server"]  # nginx needs a module more for Brotli
    copy = (served.output / f"{file or 'index.html'}.{'br' if is_apache else 'gz'}").read_bytes()
    with httpx.stream("GET", served.url + address, headers={"Accept-Encoding": "br, gzip;q=0.9"}) as answer:
        assert b"".join(answer.iter_raw()) == copy
    plain = served.get(address, **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert plain.content == (brotli if is_apache else gzip).decompress(copy)
    different = {
        name
        for name in answer.headers.keys() | plain.headers.keys()
        if answer.headers.get(name) != plain.headers.get(name)
    }
    assert different <= {"content-encoding", "content-length", "etag", "accept-ranges", "date"}
    assert answer.headers["Content-Encoding"] == ("br" if is_apache else "gzip")
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_texts_without_a_copy_are_compressed_by_the_server(served: Served) -> None:
    path = served.one("assets/*.webmanifest")
    assert not (served.output / f"{path}.gz").exists()
    assert served.get(path, **{"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_the_form_has_the_policy_that_is_in_its_page(served: Served) -> None:
    answer = served.get("admin/")
    assert answer.status_code == 200
    assert "Content-Security-Policy" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_the_server_reads_is_shown_to_nobody(served: Served) -> None:
    for name in ("nginx.conf", ".htaccess", ".credsite-manifest.json"):
        assert served.get(name).status_code == 404


def test_everything_is_there_and_has_its_type(served: Served) -> None:
    """Each page and file of the website, and what each page links to."""
    assert (
        check_links(served.output, served.base_path, origin="https://courses.test", unlinked=UNLINKED) == []
    )
    left = {"nginx.conf", ".htaccess", ".credsite-manifest.json", ".credsite.lock"}
    with httpx.Client() as client:
        for file in served.output.rglob("*"):
            path = file.relative_to(served.output).as_posix()
            if (
                file.is_dir()
                or path in left
                or file.suffix in (".gz", ".br")
                or path.removesuffix("index.html").rstrip("/") in OLD_FILES
            ):
                continue
            answer = client.get(served.url + quote(path.removesuffix("index.html")))
            expected = CONTENT_TYPES[file.suffix].partition(";")[0]
            assert (path, answer.status_code) == (path, 200)
            found = answer.headers["Content-Type"].partition(";")[0]
            assert found.replace("application/javascript", "text/javascript") == expected, path


def test_a_browser_finds_nothing_that_the_policy_forbids(served: Served, browser: Browser) -> None:
    with visitor(browser) as context:  # which fails for each violation
        page = context.new_page()
        failed: list[str] = []
        page.on("response", lambda one: failed.append(one.url) if one.status >= 400 else None)
        page.goto(served.url + "courses/", wait_until="networkidle")
        assert page.locator("h1").count() == 1
        assert not failed
