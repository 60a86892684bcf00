"""Requests to the preview: names, paths, methods, ranges, half-sent and oversized requests, other websites, event streams.

Two previews run: one that others see, and one for this computer alone. In both, files hold secrets.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from itertools import product
from pathlib import Path
from typing import Final

import pytest

from credsite.serve.connections import MAX_CONNECTIONS, REQUEST_TIME
from credsite.serve.request_guard import SECURITY_HEADERS
from tests.serve.conftest import PATIENCE, Served, start_server
from tests.serve.test_responses import edit
from tests.support.paths import STARTER
from tests.torture.trials import Trials

PROMISE: Final = (
    "The preview answers only to known names and to its own pages, with files of the website alone; on a network it tells "
    "nothing that is not published. Every connection ends, and no request stops it."
)
STORY = "content/stories/a-desk-of-her-own.md"
SECRETS: Final = (
    "Rosa",
    "a-desk-of-her-own",
    "A Desk of Her Own",
    "Hidden",
    "hidden-draft",
    "inward",
    "root:",
)
"""In the story whose consent is withdrawn, in a draft, in the settings' comments, and outside of the site."""
LOCAL_SECRETS: Final = ("inward", "root:")
"""Those that the preview must not show even on the computer that it runs on."""
LARGE: Final = 6_000_000
Parts = tuple[str, ...]


def own_site(folder: Path) -> Path:
    site = Path(shutil.copytree(STARTER, folder / "site"))
    (folder / "beside.txt").write_text("inward")
    edit(site / "credsite.yaml", "\ntagline:", "\n# inward\ntagline:")
    edit(site / STORY, "  given: 2026-05-12", "  given: 2026-05-12\n  withdrawn: 2026-06-01")
    course = (site / "content/courses/first-aid-at-work.md").read_text()
    draft = course.replace("title: First Aid at Work", "title: Hidden Course\ndraft: true\nHidden: 1")
    (site / "content/courses/hidden-draft.md").write_text(draft)
    about = site / "content/pages/about.md"
    about.write_text(
        about.read_text() + "\nRead [this](story:a-desk-of-her-own) and [that](course:hidden-draft).\n"
    )
    (site / "static").mkdir()
    (site / "static/large.bin").write_bytes(b"x" * LARGE)
    return site


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from running(
        tmp_path_factory.mktemp("network"), "--host", "0.0.0.0", "--allow-host", "Preview.Example.org"
    )


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from running(tmp_path_factory.mktemp("local"))


def running(folder: Path, *options: str) -> Iterator[Served]:
    served = start_server(own_site(folder), "--port", "0", "--jobs", "1", *options)
    assert served.url, served.said
    yield served
    served.end()


def connected(served: Served) -> socket.socket:
    port = int(served.url.rstrip("/").rpartition(":")[2])
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def answer(served: Served, request: bytes, until: bytes = b"") -> bytes:
    """What the server sends, until it closes the connection or has sent ``until``."""
    received = b""
    with connected(served) as connection, suppress(ConnectionError):
        connection.sendall(request)
        while data := connection.recv(65536):
            received += data
            if until and until in received:
                break
    return received


def request(
    path: str = "/", *headers: str, host: str = "127.0.0.1", method: str = "GET", body: str = ""
) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers, "Connection: close", "", body]
    return "\r\n".join(lines).encode("utf-8")


def status_of(received: bytes) -> int:
    match = re.match(rb"HTTP/1\.1 ([0-9]{3}) ", received)
    return int(match[1]) if match else 0


def assert_harmless(received: bytes, secrets: Sequence[str] = SECRETS) -> None:
    """Either nothing, or an answer with all headers, no secret, and no permission for another website."""
    if not received:
        return
    head = received.partition(b"\r\n\r\n")[0].decode("latin-1").lower()
    assert status_of(received) in range(200, 504), head
    for name, value in SECURITY_HEADERS.items():
        assert f"\r\n{name.lower()}: {value.lower()}" in head, name
    assert "access-control-" not in head
    assert "server:" not in head
    text = received.decode("latin-1")
    assert not [secret for secret in secrets if secret in text], text[:2000]
    assert "Traceback" not in text


def assert_well(served: Served) -> None:
    """The server still answers, and has said nothing of a fault."""
    assert status_of(answer(served, request("/courses/"))) == 200
    assert "Traceback" not in served.said
    assert "Exception" not in served.said
    assert served.process.poll() is None


def sample(cases: Sequence[object], whole: bool, every: int = 8) -> Sequence[object]:
    return cases if whole else cases[::every]


BASES = ("localhost", "127.0.0.1", "[::1]", "preview.example.org")
AROUND = (
    "{}.evil.example", "evil.example.{}.evil", "evil-{}", "{}evil.example", "{}@evil.example", "evil.example@{}", "{}, evil.example",
    "{} evil.example", "{}/", "{}#", "{}?", "{}\\", "//{}", "http://{}", "{}:", "{}:0x50", "{}:99999", "{}:80:80", "{}..", "{}%00",
    "{}%2eevil.example", "%s{}", "*{}",
)  # fmt: skip
NUMBERS = ("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.1", "127.0.0.1.nip.example", "127-0-0-1.ip.example",
           "7f000001.rebind.example", "::1", "[::1]]", "[[::1]", "[127.0.0.1]a", "[::1%25lo]", "①②⑦.⓪.⓪.①", "localho\u017ft", "evil.example",
           "", "*", "null", "_", "-", ".", "a" * 4000)  # fmt: skip


def test_names(network: Served, local: Served, trials: Trials, whole: bool) -> None:
    bad = [*NUMBERS, *(form.format(base) for form, base in product(AROUND, BASES))]
    for host, path in product(sample(bad, whole), ("/", "/_credsite/problems")):
        for served in (network, local):
            with trials(f"{served.url} {host} {path}"):
                received = answer(served, request(path, host=str(host)))
                assert_harmless(received)
                assert status_of(received) in (0, 400, 403)
                assert b"First Aid" not in received
    for head in ("GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                 "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                 "GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                 "GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n",
                 "GET / HTTP/1.1\r\nHost: evil.example\r\nForwarded: host=localhost\r\nConnection: close\r\n\r\n"):  # fmt: skip
        with trials(head):
            assert status_of(answer(local, head.encode())) in (400, 403)
    good = (
        "127.0.0.1",
        "127.0.0.1:1",
        "LocalHost.:65535",
        "192.0.2.9:80",
        "[::1]:8000",
        "[fd00::2]",
        socket.gethostname(),
    )
    for served, host in product((network, local), good):
        with trials(f"{served.url} {host}"):
            assert status_of(answer(served, request(host=host))) == 200
    with trials("the name that is allowed"):
        assert status_of(answer(network, request(host="preview.example.ORG:8000"))) == 200
        assert b"--allow-host preview.example.org" in answer(local, request(host="preview.example.org"))
    assert_well(network)
    assert_well(local)


def paths() -> Iterator[str]:
    """Ways out of the folder of the preview, to what is beside and above it, and to what was never published."""
    ups = (
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..%5c",
        "..\\",
        "%252e%252e%252f",
        "..%c0%af",
        "..%ef%bc%8f",
        "....//",
        ".%00./",
        "..;/",
    )
    for up, depth in product(ups, (1, 2, 3)):
        for target in ("credsite.yaml", "beside.txt", "preview/.credsite-manifest.json"):
            yield f"/{up * depth}{target}"
            yield f"/courses/{up * (depth + 1)}{target}"
    for start in (
        "//",
        "///",
        "/%2f",
        "/file:///",
        "/%2fproc/self/",
        "/./",
        "/.//",
        "http://127.0.0.1/",
        "/\\",
    ):
        yield from (
            f"{start}{path}" for path in ("etc/passwd", "credsite.yaml", "stories/a-desk-of-her-own/")
        )
    for name in (".credsite-manifest.json", ".credsite-manifest.json/", "%2ecredsite-manifest.json", ".credsite.lock", ".credsite/",
                 "stories/a-desk-of-her-own", "stories/a-desk-of-her-own/", "stories/a-desk-of-her-own/index.html",
                 "stories/a-desk-of-her-own/index.html/", "Stories/A-Desk-Of-Her-Own/", "courses/hidden-draft/", "courses/hidden-draft.md",
                 "content/stories/a-desk-of-her-own.md", "_credsite/", "_credsite/..", "_credsite/../credsite.yaml",
                 "_credsite/%2e%2e%2fapp.py", "_credsite/app.py", "_credsite/reload.js/x", "_credsite/reload.js.map", "_credsite/CON",
                 "search-index.json", "con", "nul.txt", "a:b", "index.html::$DATA", "%00", "%0d%0aX-A:%20b", "%ff%fe", "%", "%zz",
                 "a" * 300, "a/" * 3000, "%F0%9F%92%A9" * 300, "?" * 3000, ";", "~root", "*", "index.html.gz", "404.html"):  # fmt: skip
        yield f"/{name}"


def test_paths(network: Served, local: Served, trials: Trials, whole: bool) -> None:
    for path in sample([*paths()], whole, every=16):
        with trials(f"network {path}"):
            received = answer(network, request(str(path)))
            assert_harmless(received.replace(str(path).encode(), b""))
            assert status_of(received) in (200, 307, 400, 404)
        with trials(f"local {path}"):
            assert_harmless(answer(local, request(str(path))), LOCAL_SECRETS)
    for served, name in ((network, "network"), (local, "local")):
        files = {"/", "/courses/", "/sitemap.xml", "/_credsite/problems", "/_credsite/reload.js", "/nowhere"}
        folder = served.site / ".credsite/preview"
        files |= {f"/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*.*") if path.is_file()}
        for path in sorted(files) if whole else sorted(files)[::10]:
            with trials(f"{name} {path}"):
                assert_harmless(
                    answer(served, request(path)), SECRETS if served is network else LOCAL_SECRETS
                )
    assert_well(network)


def test_the_problems_of_what_is_not_published(network: Served, local: Served, trials: Trials) -> None:
    for path in ("/_credsite/problems", "/about/", "/stories/", "/courses/", "/_credsite/overlay.js"):
        with trials(path):
            assert_harmless(answer(network, request(path)))
    with trials("the number is told"):
        problems = json.loads(answer(network, request("/_credsite/problems")).partition(b"\r\n\r\n")[2])
        assert "problems in files that are not on the website" in problems["html"]
        assert "content/pages/about.md" in problems["html"]
    with trials("the terminal and this computer have them all"):
        assert "hidden-draft.md" in network.said
        assert b"hidden-draft.md" in answer(local, request("/_credsite/problems"))


METHODS = (
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "MKCOL",
    "get",
    "G",
    "GET\t",
    "DEBUG",
    "X" * 900,
)


def test_methods(network: Served, trials: Trials) -> None:
    headers: tuple[Parts, ...] = ((), ("Content-Length: 3",), ("X-HTTP-Method-Override: GET",),
               ("Origin: https://evil.example", "Access-Control-Request-Method: GET", "Access-Control-Request-Private-Network: true"))  # fmt: skip
    for method, path, more in product(METHODS, ("/", "/_credsite/problems"), headers):
        with trials(f"{method} {path} {more}"):
            received = answer(network, request(path, *more, method=method, body="a=b" if more else ""))
            assert_harmless(received)
            assert status_of(received) in (0, 400, 403, 404, 405)
    for path in ("/", "/large.bin", "/_credsite/problems"):
        with trials(f"HEAD {path}"):
            received = answer(network, request(path, method="HEAD"))
            assert status_of(received) == 200
            assert received.endswith(b"\r\n\r\n")
    assert_well(network)


def test_other_websites(network: Served, local: Served, trials: Trials) -> None:
    paths = ("/", "/sitemap.xml", "/_credsite/problems", "/_credsite/events", "/_credsite/reload.js")
    others: tuple[Parts, ...] = (
        *(((f"Origin: {origin}",)) for origin in ("https://evil.example", "null", "http://127.0.0.1:1", "http://localhost", "x", "")),
        *((f"Sec-Fetch-Site: {site}", f"Sec-Fetch-Mode: {mode}", f"Sec-Fetch-Dest: {dest}")
          for site in ("cross-site", "same-site", "?")
          for mode, dest in (("no-cors", "script"), ("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe"), ("navigate", "embed"))),
        ("Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"),
    )  # fmt: skip
    for served, path, headers in product((network, local), paths, others):
        with trials(f"{path} {headers}"):
            received = answer(served, request(path, *headers))
            assert status_of(received) == 403
            assert_harmless(received)
    visit = ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
    with trials("a link from another website"):
        assert status_of(answer(local, request("/courses/", *visit))) == 200
        assert status_of(answer(local, request("/_credsite/problems", *visit))) == 403


RANGES = (
    "0-0", "0-", "-1", "-0", "1-0", "5999999-", "6000000-", "-99999999", "99999999999999999999-", "0-99999999999999999999", "a-b", "",
    "0--1", "--1", "0-1-2", "0-0,1-1", ",", ",".join(["0-"] * 1000), ",".join(f"{n}-{n}" for n in range(1500)),
    ",".join(["0-5999999"] * 500), ",".join(f"-{n}" for n in range(1, 1500)), "٣-٤", "0-0;", " 0 - 0 ", "1e3-", "0x1-0x2", "+1-+2",
)  # fmt: skip


def test_ranges(network: Served, trials: Trials, whole: bool) -> None:
    for value, unit in product(sample(RANGES, whole, every=4), ("bytes=", "BYTES=", "items=", "")):
        with trials(f"{unit}{str(value)[:40]}"):
            received = answer(network, request("/large.bin", f"Range: {unit}{value}"))
            assert status_of(received) in (200, 206, 400, 416)
            assert len(received) < 2 * LARGE
    for value in ('"x"', "W/", "Mon, 30 Nov 2026 99:99:99 GMT", "\x00", "é" * 100):
        with trials(value):
            received = answer(network, request("/large.bin", f"If-Range: {value}", "Range: bytes=0-9"))
            assert status_of(received) in (200, 206, 400)
    assert_well(network)


STRANGE = (
    b"\r\n" * 5000, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x00" * 20_000,
    b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n folded\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nA\x00: b\r\n\r\n", b"GET  / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nA: " + b"b" * 200_000, b"GET /" + b"a" * 200_000, b"A" * 200_000,
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"".join(b"H%d: x\r\n" % n for n in range(20_000)) + b"\r\n",
    *(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + rest for rest in (
        b"Content-Length: -1\r\n\r\n", b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"Content-Length: 99999999999999999999\r\n\r\n",
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /_credsite/problems HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", b"Transfer-Encoding: gzip\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n1;" + b"x" * 100_000, b"Expect: 100-continue\r\nContent-Length: 1\r\n\r\n", b"Expect: 1\r\n\r\n")),
    *(b"GET /_credsite/events HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n" + rest for rest in (b"zz\r\n", b"1\r\naXX")),
    *(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: %s\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n"
      % protocol for protocol in (b"websocket", b"h2c", b"TLS/1.3", b"x" * 5000)),
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 100,
)  # fmt: skip


def test_what_is_hardly_a_request(network: Served, trials: Trials, whole: bool) -> None:
    for data in sample(STRANGE, whole, every=3):
        assert isinstance(data, bytes)
        with trials(repr(data[:60])):
            started = time.monotonic()
            received = b""
            with connected(network) as connection, suppress(OSError):
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
                while more := connection.recv(65536):
                    received += more
            assert time.monotonic() - started < 3 * REQUEST_TIME
            assert_harmless(received)
    assert_well(network)


EVENT_IDS = (
    "",
    "-",
    "x-1",
    "-1",
    "0-0",
    "{id}-9" + "9" * 6000,
    "{id}--1",
    "{id}-1e9",
    "{id}-٣",
    "{id}-²",
    "{id}-999999999",
    "{id}-0",
    "{id}-0-0",
    "\t",
)
PAGES = ("", "/", "//", "/stories/a-desk-of-her-own/", "/courses/hidden-draft/", "/../../credsite.yaml", "%252e%252e", "%00", "%ff",
         "a" * 9000, "/%0a%0aevent:%20build", "/courses/&page=/", "&build=&build=")  # fmt: skip


def test_event_streams(network: Served, trials: Trials) -> None:
    session = re.search(rb'data-build="(\w+)-', answer(network, request()))
    assert session is not None
    ids = [text.replace("{id}", session[1].decode()) for text in EVENT_IDS]
    for value in ids:
        with trials(f"Last-Event-ID {value[:40]}"):
            received = answer(
                network, request("/_credsite/events?page=/", f"Last-Event-ID: {value}"), b"data: "
            )
            assert status_of(received) in (200, 400)
            assert status_of(received) == 400 or b"event: build" in received
            assert_harmless(received)
    for page in PAGES:
        with trials(f"page {page[:40]}"):
            received = answer(network, request(f"/_credsite/events?page={page}"), b"data: ")
            assert_harmless(received)
            assert received.count(b"event: build") <= 1
    with trials("a page that is not published is as one that is not there"):
        versions = {
            re.search(
                rb'"version": "([^"]*)"', answer(network, request(f"/_credsite/events?page=/{path}"), b"}")
            )[1]  # type: ignore[index]
            for path in ("stories/a-desk-of-her-own/", "stories/nobody/", "courses/hidden-draft/")
        }
        assert len(versions) == 1
    with trials("very many streams"), ExitStack() as stack:
        streams = [stack.enter_context(connected(network)) for _ in range(130)]
        refused = 0
        for stream in streams:
            stream.sendall(request("/_credsite/events?page=/"))
            refused += stream.recv(65536).startswith(b"HTTP/1.1 503 ")
        assert refused >= 20
        assert status_of(answer(network, request("/courses/"))) == 200
    with trials("streams that were closed make room"):
        end = time.monotonic() + PATIENCE
        while status_of(answer(network, request("/_credsite/events"), b"\r\n\r\n")) != 200:
            assert time.monotonic() < end
            time.sleep(0.1)
    assert_well(network)


HALVES = (b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET",
          b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999\r\n\r\na",
          b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
          b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")  # fmt: skip


def test_connections_that_are_held(network: Served, trials: Trials, whole: bool) -> None:
    with trials("more connections than there may be"), ExitStack() as stack:
        for number in range(MAX_CONNECTIONS + 100):
            stack.enter_context(connected(network)).sendall(HALVES[number % len(HALVES)])
            if number % 50 == 0:
                assert status_of(answer(network, request("/courses/"))) == 200
        assert_well(network)
    if not whole:  # the rest takes no work, but the time that connections are granted
        return
    with ExitStack() as stack:
        held = [(half, stack.enter_context(connected(network))) for half in HALVES * 4]
        started = time.monotonic()
        for half, connection in held:
            connection.sendall(half)
        time.sleep(REQUEST_TIME / 2)
        for half, connection in held:
            with suppress(ConnectionError):
                connection.sendall(half[-1:])  # a little more, so as not to be closed
        for half, connection in held:
            with trials(repr(half[-30:])):
                with suppress(ConnectionError):
                    while connection.recv(65536):
                        pass
                assert time.monotonic() - started < 2 * REQUEST_TIME
    assert_well(network)
