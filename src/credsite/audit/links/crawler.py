"""Checks many URLs politely: few servers at once, and each server one URL at a time with a pause in between."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from credsite.audit.links.request import Answer

_MAX_SILENT: Final = 2
"""If a server does not respond to this many requests in a row, the rest of its URLs are not tried."""


@dataclass(frozen=True, slots=True)
class CrawlPolicy:
    """Limits for one run. ``parallel_servers`` are asked at the same time, each with ``delay`` seconds between requests.

    ``max_per_server`` and ``max_total`` limit the number of URLs. If a server says that it is busy, it gets another
    request once, after the time that it names, which may be up to ``max_retry_wait`` seconds. If the first
    ``offline_after`` URLs reach no server at all, the run ends: this computer is offline.
    """

    parallel_servers: int = 8
    delay: float = 1.0
    max_per_server: int = 100
    max_total: int = 2_000
    max_retry_wait: float = 30.0
    offline_after: int = 20


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """The answers by URL. ``not_asked`` is the number of other URLs. ``is_offline`` says that no server could be reached."""

    answers: Mapping[str, Answer]
    not_asked: int
    is_offline: bool


@dataclass
class _Run:
    """The state of a run, which its threads share."""

    ask: Callable[[str], Answer]
    policy: CrawlPolicy
    on_progress: Callable[[int], None]
    answers: dict[str, Answer] = field(default_factory=dict)
    is_reached: bool = False
    failure: Exception | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, queue: deque[Sequence[str]]) -> None:
        """Take one server after the other from the queue and ask it. Runs on each thread."""
        while not self.stop.is_set():
            try:
                urls = queue.popleft()
            except IndexError:
                return
            try:
                self._ask_server(urls)
            except Exception as error:  # noqa: BLE001 - raised again by ask_all
                self.failure = error
                self.stop.set()

    def _ask_server(self, urls: Sequence[str]) -> None:
        """Ask all URLs of one server, one after the other."""
        has_waited = False
        silent = 0
        for number, url in enumerate(urls):
            if self.stop.is_set() or (number and self.stop.wait(self.policy.delay)):
                return
            answer = self.ask(url)
            if answer.state == "busy":
                self.is_reached = True
                if has_waited or not 0 < answer.wait <= self.policy.max_retry_wait:
                    return  # it does not want any more requests
                has_waited = True
                if self.stop.wait(answer.wait):
                    return
                answer = self.ask(url)
                if answer.state == "busy":
                    return
            self._note(url, answer)
            silent = silent + 1 if answer.is_silent else 0
            if silent == _MAX_SILENT:
                for rest in urls[number + 1 :]:
                    self._note(rest, answer)
                return

    def _note(self, url: str, answer: Answer) -> None:
        with self.lock:
            self.answers[url] = answer
            self.is_reached = self.is_reached or answer.state in ("good", "dead")
            if not self.is_reached and len(self.unreached()) >= self.policy.offline_after:
                self.stop.set()
            self.on_progress(len(self.answers))

    def unreached(self) -> list[str]:
        return [url for url, answer in self.answers.items() if answer.state == "unreached"]


def ask_all(
    urls: Iterable[str],
    ask: Callable[[str], Answer],
    policy: CrawlPolicy = CrawlPolicy(),
    progress: Callable[[int, int], None] | None = None,
) -> CrawlResult:
    """Ask every URL once. ``progress`` is called on other threads, with the number of answers and that of all URLs."""
    all_urls = list(dict.fromkeys(urls))
    servers: dict[str, list[str]] = {}
    for url in all_urls[: policy.max_total]:
        servers.setdefault(_server(url), []).append(url)
    server_urls = [urls[: policy.max_per_server] for urls in servers.values()]
    total = sum(map(len, server_urls))
    run = _Run(ask, policy, lambda done: progress(done, total) if progress else None)
    queue = deque(server_urls)
    # Daemon threads, so that Ctrl-C does not wait for servers that do not respond.
    threads = [
        threading.Thread(target=run.work, args=[queue], daemon=True)
        for _ in range(min(policy.parallel_servers, len(server_urls)))
    ]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    finally:
        run.stop.set()
    if run.failure is not None:
        raise run.failure
    unreached = {_server(url) for url in run.unreached()}
    # One unknown name is a typing error. If none of several can be found, there is no network.
    is_offline = not run.is_reached and len(unreached) > 1
    return CrawlResult(run.answers, len(all_urls) - len(run.answers), is_offline)


def _server(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
