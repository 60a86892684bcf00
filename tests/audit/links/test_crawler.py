"""Asking many: politely, not for ever, and knowing when there is no network."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from credsite.audit.links.crawler import CrawlPolicy, ask_all
from credsite.audit.links.request import Answer

QUICK = CrawlPolicy(delay=0.0, max_retry_wait=1.0)
GOOD = Answer("good")


def test_every_address_is_asked_once() -> None:
    asked: list[str] = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return GOOD

    urls = [f"https://{host}.example/{page}" for page in range(3) for host in "abc"]
    found = ask_all([*urls, *urls], ask, QUICK)
    assert sorted(asked) == sorted(urls)
    assert (found.answers, found.not_asked, found.is_offline) == (dict.fromkeys(urls, GOOD), 0, False)


def test_a_server_gets_one_request_after_the_other() -> None:
    now: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = threading.Lock()
    meeting = threading.Barrier(2, timeout=10)

    def ask(url: str) -> Answer:
        host = url.split("/")[2].lower()
        with lock:
            now[host] += 1
            most[host] = max(most[host], now[host])
        meeting.wait()  # passed only while both servers are being asked
        with lock:
            now[host] -= 1
        return GOOD

    ask_all(
        [f"https://{host}.example/{page}" for host in ("a", "A", "b", "B") for page in range(3)], ask, QUICK
    )
    assert most == {"a.example": 1, "b.example": 1}


def test_there_is_a_limit_for_one_server_and_for_all() -> None:
    urls = [f"https://{host}.example/{page}" for host in "ab" for page in range(10)]
    found = ask_all(urls, lambda _: GOOD, CrawlPolicy(delay=0.0, max_per_server=4, max_total=12))
    assert (len(found.answers), found.not_asked) == (6, 14)


def test_without_a_network_it_gives_up() -> None:
    asked: list[str] = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return Answer("unreached")

    found = ask_all([f"https://{number}.example/" for number in range(500)], ask, QUICK)
    assert found.is_offline
    assert len(asked) <= QUICK.offline_after + QUICK.parallel_servers


def test_one_unknown_name_does_not_mean_that_there_is_no_network() -> None:
    urls = [f"https://gone.example/{page}" for page in range(3)]
    assert not ask_all(urls, lambda _: Answer("unreached"), QUICK).is_offline
    mixed = ["https://gone.example/", "https://lost.example/", "https://there.example/"]
    found = ask_all(mixed, lambda url: Answer("dead" if "there" in url else "unreached"), QUICK)
    assert not found.is_offline
    assert not ask_all([], lambda _: GOOD, QUICK).is_offline


def test_a_busy_server_is_waited_for_once_and_then_left_alone() -> None:
    replies = iter([Answer("busy", wait=0.001), GOOD, Answer("busy", wait=0.001)])
    urls = [f"https://a.example/{page}" for page in range(4)]
    found = ask_all(urls, lambda _: next(replies), QUICK)
    assert (found.answers, found.not_asked) == ({urls[0]: GOOD}, 3)


def test_a_server_that_is_busy_for_long_is_left_alone_at_once() -> None:
    replies = iter([Answer("busy", wait=3600.0)])
    found = ask_all(["https://a.example/1", "https://a.example/2"], lambda _: next(replies), QUICK)
    assert (found.answers, found.not_asked, found.is_offline) == ({}, 2, False)


def test_a_server_that_twice_does_not_respond_is_not_asked_again() -> None:
    asked: list[str] = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return Answer("dead", "no answer", is_silent=url[-1] not in "13")

    urls = [f"https://a.example/{page}" for page in range(9)]
    found = ask_all(urls, ask, QUICK)
    assert asked == urls[:6]  # only 4 and 5 are silent in a row
    assert (set(found.answers), found.not_asked) == (set(urls), 0)


def test_progress_is_reported() -> None:
    told: list[tuple[int, int]] = []
    ask_all(
        ["https://a.example/", "https://b.example/"],
        lambda _: GOOD,
        QUICK,
        lambda done, all_: told.append((done, all_)),
    )
    assert sorted(told) == [(1, 2), (2, 2)]


def test_an_unexpected_error_is_raised() -> None:
    def ask(_: str) -> Answer:
        raise KeyError("fault")

    with pytest.raises(KeyError, match="fault"):
        ask_all(["https://a.example/", "https://b.example/"], ask, QUICK)
