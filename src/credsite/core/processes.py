"""How processes are started on this system and kept from hearing Ctrl-C, and work in a forked process beside this one."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, Literal, TypeVar

Result = TypeVar("Result")
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


class BackgroundTask(Generic[Result]):
    """Calls ``work`` in a forked process. Where there can be none, ``work`` is called when its result is asked for.

    The process must have no other threads when ``jobs`` is more than one. The result must be picklable.
    """

    def __init__(self, work: Callable[[], Result], jobs: int) -> None:
        self._work = work
        self._process: BaseProcess | None = None
        if jobs > 1 and default_start_method() == "fork":
            context = multiprocessing.get_context("fork")
            self._pipe, child_end = context.Pipe(duplex=False)
            with interrupts_blocked():
                self._process = context.Process(
                    target=_send_result, args=(work, child_end, self._pipe), daemon=True
                )
                self._process.start()
            child_end.close()

    @property
    def runs_elsewhere(self) -> bool:
        """Whether there is a process for the work."""
        return self._process is not None

    def is_done(self) -> bool:
        """Whether :meth:`result` would return at once. True too where there is no process."""
        return self._process is None or self._pipe.poll()

    def result(self) -> Result:
        """What ``work`` returns; raises what it raises. To be called once."""
        if self._process is None:
            return self._work()
        try:
            result: Result = self._pipe.recv()
        except (EOFError, OSError):
            return self._work()  # the process was stopped, or the work failed, which this call shows again
        finally:
            self._pipe.close()
            self._process.join()
            with interrupts_blocked():  # Python ignores a Ctrl-C that comes while it frees a process
                self._process.close()
        return result


def _send_result(work: Callable[[], object], pipe: Connection, parent_end: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent_end.close()
    with suppress(Exception):  # the parent calls the work itself then, which raises the same
        pipe.send_bytes(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
