"""One question to another server: what it gives, and whom it never reaches."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.audit.links import request as asking
from credsite.audit.links.request import Answer, ask
from tests.support.other_server import Reply, Server, answer


def here(address: str) -> bool:
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "good"),
        (204, "good"),
        (401, "good"),
        (403, "good"),
        (404, "dead"),
        (410, "dead"),
        (500, "dead"),
        (999, "good"),
    ],
)
def test_what_a_server_answers(server: Server, status: int, state: str) -> None:
    found = ask(server.on("/x", status), here)
    assert found.state == state
    assert (str(status) in found.reason) is (state == "dead")


def test_only_the_head_is_requested_if_the_server_supports_it(server: Server) -> None:
    ask(server.on("/x"), here)
    ask(server.on("/gone", 410), here)
    assert server.asked == ["HEAD /x", "HEAD /gone"]
    [agent] = server.agents
    assert agent.startswith("credsite/")


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_server_without_support_for_head_gets_a_get_request(server: Server, status: int) -> None:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status if handler.command == "HEAD" else 200)
        handler.end_headers()
        if handler.command == "GET":
            handler.wfile.write(b"x")  # and never the rest of it

    server.replies["/x"] = reply
    assert ask(f"{server.url}/x", here) == Answer("good")
    assert server.asked == ["HEAD /x", "GET /x"]


def test_a_permanent_redirect_gives_the_new_address(server: Server) -> None:
    new = server.on("/new")
    server.on("/newer", 301, Location="/new#part")
    assert ask(server.on("/old", 308, Location="/newer"), here) == Answer("good", moved=new)
    assert ask(server.on("/for-now", 302, Location="/new"), here) == Answer("good")
    assert ask(server.on("/both", 302, Location="/newer"), here) == Answer("good")
    half = server.on("/half", 301, Location="/for-now")
    assert ask(half, here).moved == f"{server.url}/for-now"


def test_a_redirect_to_nothing_is_dead(server: Server) -> None:
    assert ask(server.on("/old", 301, Location="/nothing"), here).state == "dead"


def test_a_circle_ends(server: Server) -> None:
    assert ask(server.on("/x", 302, Location="/x"), here).state == "dead"
    assert len(server.asked) < 12


def sends_back_until(cookie: str, status: int, location: str) -> Reply:
    """A reply that redirects with ``Set-Cookie`` until the visitor sends the cookie, which is named ``visit``."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        if "visit=1" in handler.headers.get("Cookie", ""):
            handler.send_response(200)
        else:
            handler.send_response(status)
            handler.send_header("Set-Cookie", cookie)
            handler.send_header("Location", location)
        handler.end_headers()

    return reply


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "cookie", ["visit=1", "visit=1; Path=/; HttpOnly; SameSite=Lax", "visit=1; Max-Age=60; Path=/enrol"]
)
def test_a_website_that_wants_its_cookie_back_gets_it(server: Server, status: int, cookie: str) -> None:
    server.replies["/enrol"] = sends_back_until(cookie, status, "/enrol")
    assert ask(f"{server.url}/enrol", here) == Answer("good")
    assert server.asked == ["HEAD /enrol"] * 2


def test_a_cookie_may_be_set_by_another_page_on_the_way(server: Server) -> None:
    server.replies["/course"] = sends_back_until("unused=0", 302, "/welcome")
    server.on("/welcome", 303, **{"Set-Cookie": "visit=1; Path=/", "Location": "/course"})
    assert ask(f"{server.url}/course", here) == Answer("good")


def test_cookies_are_sent_with_the_second_kind_of_request_too(server: Server) -> None:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        is_known = "visit=1" in handler.headers.get("Cookie", "")
        handler.send_response(200 if handler.command == "GET" and is_known else 405)
        handler.send_header("Set-Cookie", "visit=1")
        handler.end_headers()

    server.replies["/x"] = reply
    assert ask(f"{server.url}/x", here) == Answer("good")


@pytest.mark.parametrize("cookie", ["visit=1; Path=/other", "visit=1; Max-Age=0", "visit=1; Secure"])
def test_a_cookie_that_belongs_elsewhere_is_not_sent(server: Server, cookie: str) -> None:
    server.replies["/enrol"] = sends_back_until(cookie, 302, "/enrol")
    assert ask(f"{server.url}/enrol", here).state == "dead"


def test_the_next_question_begins_without_cookies(server: Server) -> None:
    server.replies["/enrol"] = sends_back_until("visit=1", 302, "/enrol")
    for _ in range(2):
        assert ask(f"{server.url}/enrol", here) == Answer("good")
    assert server.asked == ["HEAD /enrol"] * 4


@pytest.mark.parametrize(
    ("cookie", "other", "is_sent"),
    [
        ("visit=1", "www.college.example", False),
        ("visit=1; Domain=college.example", "www.college.example", True),
        ("visit=1; Domain=college.example", "www.school.example", False),
        ("visit=1; Domain=school.example", "www.school.example", False),
        ("visit=1; Domain=example", "www.school.example", False),
    ],
)
def test_cookies_go_only_to_websites_that_they_belong_to(
    server: Server, monkeypatch: pytest.MonkeyPatch, cookie: str, other: str, is_sent: bool
) -> None:
    port = server.url.rpartition(":")[2]
    address = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(port)))
    monkeypatch.setattr(asking.socket, "getaddrinfo", lambda *_, **__: [address])
    seen: list[str] = []

    def reply(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers.get("Cookie", ""))
        handler.send_response(200)
        handler.end_headers()

    server.on("/start", 302, **{"Set-Cookie": cookie, "Location": f"http://{other}:{port}/end"})
    server.replies["/end"] = reply
    assert ask(f"http://enrol.college.example:{port}/start", here) == Answer("good")
    assert seen == ["visit=1" if is_sent else ""]


@pytest.mark.parametrize("path", ["/été?q=ü&r=%20", "/a b", '/"<>'])
def test_characters_that_urls_cannot_have_are_quoted_as_in_browsers(server: Server, path: str) -> None:
    ask(server.url + path, here)
    assert all(request.isascii() and request.count(" ") == 1 for request in server.asked)
    assert server.asked


def test_a_private_address_is_never_asked(server: Server) -> None:
    name = server.on("/x").replace("127.0.0.1", "localhost")
    for url in (f"{server.url}/x", name, name.replace("http:", "https:")):
        assert ask(url).state == "private"
    assert server.asked == []


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "//169.254.169.254/latest/", "http://[::1]/"])
def test_a_redirect_leads_to_no_private_address(server: Server, target: str) -> None:
    assert ask(server.on("/x", 302, Location=target), here) == Answer("private")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://", "http://a b/"]
)
def test_a_redirect_leads_only_to_websites(server: Server, target: str) -> None:
    assert ask(server.on("/x", 302, Location=target), here).state == "dead"


def test_ports_of_other_services_are_not_asked() -> None:
    assert ask("http://127.0.0.1:25/", here) == Answer("private")


def test_a_name_is_resolved_once_and_only_that_address_is_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a name could lead to a public address when it is judged, and to a private one when it is asked."""
    port = int(server.url.rpartition(":")[2])
    looked_up = []

    def look_up(host: str, *_: Any, **__: Any) -> list[Any]:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    real = socket.create_connection
    asked = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        asked.append(address)
        return real(address, timeout)

    monkeypatch.setattr(asking.socket, "create_connection", connect)
    monkeypatch.setattr(asking.socket, "getaddrinfo", look_up)
    server.on("/x")
    monkeypatch.setattr(
        asking.socket, "create_connection", lambda address, timeout: connect(address, timeout)
    )
    ask(f"http://college.example:{port}/x", here)
    assert looked_up[0] == "college.example"
    assert looked_up.count("college.example") == 1
    assert asked == [("127.0.0.1", port)]


def test_one_private_address_among_others_is_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(asking.socket, "getaddrinfo", lambda *_, **__: found)
    assert ask("http://college.example/").state == "private"


@pytest.mark.parametrize(
    "url", ["http://[::/", "http://x:99999/", "http://ex..ample/", f"http://a.example/{'x' * 3000}"]
)
def test_an_invalid_url_is_dead(url: str) -> None:
    assert ask(url, here).state == "dead"


@given(st.text())
def test_no_url_and_no_redirect_raises(text: str) -> None:
    def look_up(*_: Any, **__: Any) -> list[Any]:
        raise OSError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking.socket, "getaddrinfo", look_up)
        for url in (f"http://{text}", f"https://a.example/{text}"):
            assert ask(url, here).state in ("dead", "unreached", "private")


def test_no_server_is_not_the_same_as_no_page() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/", here).state == "unreached"


def test_a_server_that_sends_too_slowly_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "TOTAL_TIMEOUT", 0.1)
    done = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 2")
        while not done.wait(0.02):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return

    server.replies["/x"] = drip
    try:
        assert ask(f"{server.url}/x", here).state == "dead"
    finally:
        done.set()


def test_redirects_do_not_extend_the_time(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "TOTAL_TIMEOUT", 0.2)
    done = threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        done.wait(0.15)
        answer(handler, 302, {"Location": "/x"})

    server.replies["/x"] = slow
    found = ask(f"{server.url}/x", here)
    done.set()
    assert (found.state, found.is_silent) == ("dead", True)
    assert len(server.asked) < 5


def test_a_server_that_is_busy_says_for_how_long(server: Server) -> None:
    assert ask(server.on("/x", 429, Retry_After="7"), here) == Answer(
        "busy", "the other website answers 429", wait=7.0
    )
    for wait in ("\u00b2", "-7", "9" * 400, "soon"):
        answer = ask(server.on(f"/{len(wait)}{ord(wait[0])}", 429, Retry_After=wait), here)
        assert (answer.state, answer.wait) == ("busy", float("inf") if len(wait) > 9 else 0.0)
    assert ask(server.on("/y", 503), here).state == "dead"
