"""Which requests are answered, and what each answer says to browsers."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from credsite.serve.hosts import AllowedHosts
from credsite.serve.request_guard import refusal_of

HOSTS = AllowedHosts(["preview.example.org"])
OWN = {"host": "127.0.0.1:8000"}
VISIT = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def refused(path: str = "/", headers: dict[str, str] = OWN) -> str:
    return refusal_of(Headers(headers), path, HOSTS, "credsite serve")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:8000"},
        {"origin": "HTTP://127.0.0.1:8000"},
        {"origin": "https://127.0.0.1:8000"},
        {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
    ],
)
def test_own_requests_are_answered(headers: dict[str, str]) -> None:
    assert refused("/_credsite/problems", OWN | headers) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://127.0.0.1:3000"},
        {"origin": "http://127.0.0.1:8000.evil.example"},
        {"origin": "file://"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "object"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "something new"},
    ],
)
def test_requests_that_another_website_sent_are_not(headers: dict[str, str]) -> None:
    assert "Another website asked for this" in refused("/courses/", OWN | headers)
    assert "Another website asked for this" in refused("/_credsite/events", OWN | headers)


def test_another_website_may_link_to_a_page_and_to_nothing_else() -> None:
    assert refused("/courses/", OWN | VISIT) == ""
    assert refused("/_credsite/problems", OWN | VISIT)


def test_one_allowed_name_is_needed() -> None:
    assert refused(headers={"host": "preview.example.org"}) == ""
    assert "--allow-host evil.example" in refused(headers={"host": "evil.example"})
    assert refused(headers={})
    twice = Headers(raw=[(b"host", b"localhost"), (b"host", b"evil.example")])
    assert refusal_of(twice, "/", HOSTS, "credsite serve")
