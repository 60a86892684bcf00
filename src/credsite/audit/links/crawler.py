"""Asks many addresses politely: few at once, each server one at a time with a pause, and none for too long."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from credsite.audit.links.request import Answer

_SILENT: Final = 2
"""So many questions in a row that a server does not answer are its answer to all others."""


@dataclass(frozen=True, slots=True)
class CrawlPolicy:
    """``at_once`` servers are asked side by side, each with ``pause`` seconds between two questions.

    ``of_one`` server, and ``in_all``, so many addresses are asked in a run. A server that is busy is waited for up to
    ``patience`` seconds, once. After ``give_up`` addresses without any server at all, there is no network.
    """

    parallel_servers: int = 8
    delay: float = 1.0
    max_per_server: int = 100
    max_total: int = 2_000
    max_retry_wait: float = 30.0
    offline_after: int = 20


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """The answers by address. Those ``left`` were not asked this time; ``is_offline`` says that no server was reached."""

    answers: Mapping[str, Answer]
    not_asked: int
    is_offline: bool


@dataclass
class _Run:
    """What the threads of a run share."""

    ask: Callable[[str], Answer]
    manners: CrawlPolicy
    told: Callable[[int], None]
    answers: dict[str, Answer] = field(default_factory=dict)
    is_reached: bool = False
    failure: Exception | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, waiting: deque[Sequence[str]]) -> None:
        """Ask one server after the other of those that nobody has asked yet."""
        while not self.stop.is_set():
            try:
                urls = waiting.popleft()
            except IndexError:
                return
            try:
                self.server(urls)
            except Exception as error:  # noqa: BLE001 - raised again where somebody waits for it
                self.failure = error
                self.stop.set()

    def server(self, urls: Sequence[str]) -> None:
        """Ask all addresses of one server, one after the other."""
        has_waited = False
        silent = 0
        for number, url in enumerate(urls):
            if self.stop.is_set() or (number and self.stop.wait(self.manners.delay)):
                return
            answer = self.ask(url)
            if answer.state == "busy":
                self.is_reached = True
                if has_waited or not 0 < answer.wait <= self.manners.max_retry_wait:
                    return  # it wants to be left alone
                has_waited = True
                if self.stop.wait(answer.wait):
                    return
                answer = self.ask(url)
                if answer.state == "busy":
                    return
            self._note(url, answer)
            silent = silent + 1 if answer.is_silent else 0
            if silent == _SILENT:
                for rest in urls[number + 1 :]:
                    self._note(rest, answer)
                return

    def _note(self, url: str, answer: Answer) -> None:
        with self.lock:
            self.answers[url] = answer
            self.is_reached = self.is_reached or answer.state in ("good", "dead")
            if not self.is_reached and len(self.unreached()) >= self.manners.offline_after:
                self.stop.set()
            self.told(len(self.answers))

    def unreached(self) -> list[str]:
        return [url for url, answer in self.answers.items() if answer.state == "unreached"]


def ask_all(
    urls: Iterable[str],
    ask: Callable[[str], Answer],
    manners: CrawlPolicy = CrawlPolicy(),
    progress: Callable[[int, int], None] | None = None,
) -> CrawlResult:
    """Ask every address once. ``progress`` is told, from other threads, how many have answered and how many there are."""
    all_urls = list(dict.fromkeys(urls))
    servers: dict[str, list[str]] = {}
    for url in all_urls[: manners.max_total]:
        servers.setdefault(_server(url), []).append(url)
    queues = [queue[: manners.max_per_server] for queue in servers.values()]
    total = sum(map(len, queues))
    run = _Run(ask, manners, lambda done: progress(done, total) if progress else None)
    waiting = deque(queues)
    # As daemons, so that Ctrl-C does not wait for servers that do not answer.
    threads = [
        threading.Thread(target=run.work, args=[waiting], daemon=True)
        for _ in range(min(manners.parallel_servers, len(queues)))
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
    # A single name that does not exist is a slip; when none of several does, it is the network.
    is_offline = not run.is_reached and len(unreached) > 1
    return CrawlResult(run.answers, len(all_urls) - len(run.answers), is_offline)


def _server(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
