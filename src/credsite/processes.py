"""Work spread over processes.

The processes are forked when the work and all its items exist, so that nothing goes to them but numbers, and only
results come back. Where the system cannot fork, the work is done here.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, TypeVar

from credsite.errors import CredsiteError

PARALLEL_FROM: Final = 100
"""Items below which starting processes costs about as much as they save."""
_CHUNK: Final = 24

Item = TypeVar("Item")
Result = TypeVar("Result")

_inherited: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""What forked processes work on. Set only while a pool is made."""


def spread(work: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """``work`` of each item, in order, by up to ``jobs`` processes.

    The process must have no other threads when ``jobs`` is more than one. Raises what ``work`` raises, and
    CredsiteError where a process ends before its work.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if jobs < 2 or len(items) < PARALLEL_FROM or not can_fork:
        yield from map(work, items)
        return
    global _inherited
    _inherited = (work, items)
    starts = range(0, len(items), _CHUNK)
    try:
        with ProcessPoolExecutor(min(jobs, len(starts)), multiprocessing.get_context("fork")) as pool:
            results = pool.map(_chunk, starts)
            _inherited = None
            try:
                for chunk in results:
                    yield from chunk
            except BrokenProcessPool as error:
                raise CredsiteError(
                    "A worker process was stopped before its work was done. Try again with `--jobs 1`."
                ) from error
            finally:
                pool.shutdown(cancel_futures=True)
    finally:
        _inherited = None


def _chunk(start: int) -> list[Any]:
    if _inherited is None:
        raise RuntimeError("this process has inherited no work")
    work, items = _inherited
    return [work(item) for item in items[start : start + _CHUNK]]
