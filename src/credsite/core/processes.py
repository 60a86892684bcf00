"""How processes are started on this system, and kept from hearing Ctrl-C."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

StartMethod = Literal["fork", "spawn"]
"""A forked process is a copy of its parent. A spawned one is a new interpreter, which inherits nothing."""


def default_start_method() -> StartMethod:
    """The start method for this system. macOS can fork, but its own libraries may crash in the copy."""
    can_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return "fork" if can_fork else "spawn"


@contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Ctrl-C waits until afterwards. Processes that are started here never receive it: their parent stops them."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
