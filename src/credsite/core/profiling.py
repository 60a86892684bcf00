"""Measures how long each stage of a build takes. Measuring is off by default, and then costs next to nothing.

Stages can be nested; the time of an inner stage does not count for the outer one. The times of worker processes are kept
apart from those of the process that waits for them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final

STAGES: Final = (
    "start",
    "read",
    "parse",
    "Markdown",
    "catalogue",
    "plan",
    "pictures",
    "render",
    "write",
    "wait",
)
"""In the order of a build. ``start`` is the time to load the program, ``wait`` that of waiting for workers."""

_NOT_MEASURED: Final = nullcontext()


class Stopwatch:
    """Seconds by stage: ``own`` are those of this process, ``workers`` those of its workers together."""

    def __init__(self) -> None:
        self.own: dict[str, float] = {}
        self.workers: dict[str, float] = {}
        self.worker_count = 0
        self._open: list[str] = []
        self._since = time.perf_counter()

    @contextmanager
    def measured(self, stage: str) -> Iterator[None]:
        self._split()
        self._open.append(stage)
        try:
            yield
        finally:
            self._split()
            self._open.pop()

    def take(self) -> dict[str, float]:
        """The times of this process since the last call, which a worker sends to its parent."""
        self._split()
        taken, self.own = self.own, {}
        return taken

    def add_worker_times(self, seconds: Mapping[str, float]) -> None:
        for stage, value in seconds.items():
            self.workers[stage] = self.workers.get(stage, 0.0) + value

    def add_startup(self, seconds: float) -> None:
        """Count the seconds before measuring began."""
        self.own["start"] = self.own.get("start", 0.0) + seconds

    def _split(self) -> None:
        now = time.perf_counter()
        if self._open:
            stage = self._open[-1]
            self.own[stage] = self.own.get(stage, 0.0) + now - self._since
        self._since = now


_stopwatch: Stopwatch | None = None


def start_measuring() -> Stopwatch:
    """Start measuring in this process, and in those that are forked from it."""
    global _stopwatch
    _stopwatch = Stopwatch()
    return _stopwatch


def current_stopwatch() -> Stopwatch | None:
    """The stopwatch, or None where nothing is measured."""
    return _stopwatch


def stage(name: str) -> AbstractContextManager[None]:
    """Measures the time in a ``with`` statement as the stage ``name``, one of :data:`STAGES`."""
    return _NOT_MEASURED if _stopwatch is None else _stopwatch.measured(name)
