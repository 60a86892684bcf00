"""Work on many items in several processes.

Forked processes inherit the work and the items, so that only numbers are sent to them. Spawned processes inherit nothing:
they are sent the work once, and the items.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from credsite.core.errors import CredsiteError
from credsite.core.processes import StartMethod, default_start_method
from credsite.core.workers import (
    NO_ITEM,
    Steps,
    Worker,
    WorkerEndedError,
    WorkFailedError,
    results_in_order,
    run_batch,
    start_workers,
    stop_workers,
)

MIN_ITEMS: Final[dict[StartMethod, int]] = {"fork": 100, "spawn": 400}
"""The number of items from which starting processes saves more time than it costs.

An item, a file to read or a page to render, takes 2 to 3 ms. Two forked processes take 0.1 to 0.2 s of processor time
more than one process; two spawned ones 1.1 s, for an interpreter and its imports each. So two of them take as long as
one at about 100 and at about 350 items.
"""

MAX_BATCH: Final = 24
"""The most items that a worker gets at once: enough that the messages cost next to nothing."""
_MAX_WORKERS: Final = 30
"""Windows can wait for 63 things at once, of which each worker is two, and the parent is busy with so many."""


def parallel_map(
    steps: Steps,
    items: Sequence[Any],
    jobs: int,
    *,
    name_of: Callable[[Any], str] = str,
    start_method: StartMethod | None = None,
    min_items: int | None = None,
    max_batch: int = MAX_BATCH,
) -> Iterator[Any]:
    """The result of the last step for each item, in order, worked out by up to ``jobs`` processes.

    Items go through the steps in batches (:func:`credsite.core.workers.run_batch`). ``name_of`` gives the file that an
    item stands for, for messages. ``start_method`` is for tests; the system's default if left out. For spawned processes,
    steps and items must be picklable; results must be in any case. ``min_items`` is how many items are worth starting processes
    for, where they take another time than usual, and ``max_batch`` the most that a worker gets at once.

    The process must have no other threads when ``jobs`` is more than one. Raises what a step raises, for the first item
    that fails and with a note that names its file, and CredsiteError where the memory runs out or a process is killed.
    """
    start_method = start_method or default_start_method()
    least = MIN_ITEMS[start_method] if min_items is None else min_items
    if jobs > 1 and len(items) >= least:
        yield from _in_workers(steps, items, jobs, name_of, start_method, max_batch)
    else:  # of a few items, the first result is wanted at once
        yield from _in_this_process(steps, items, name_of, max_batch if len(items) >= least else 1)


def _in_this_process(
    steps: Steps, items: Sequence[Any], name_of: Callable[[Any], str], batch_size: int
) -> Iterator[Any]:
    for first in range(0, len(items), batch_size):
        batch = items[first : first + batch_size]
        results, failure = run_batch(steps, batch)
        yield from results
        if failure is not None:
            raise _with_name(failure.error, name_of(batch[failure.position]))


def _in_workers(
    steps: Steps,
    items: Sequence[Any],
    jobs: int,
    name_of: Callable[[Any], str],
    start_method: StartMethod,
    max_batch: int,
) -> Iterator[Any]:
    size = max(1, min(max_batch, len(items) // (jobs * 4)))
    firsts = range(0, len(items), size)
    batches: Iterable[Sequence[Any]]
    if start_method == "fork":
        make_steps: Callable[[], Steps] = partial(tuple, (items.__getitem__, *steps))
        batches = (range(len(items))[first : first + size] for first in firsts)
        queued = 2
    else:
        make_steps = partial(pickle.loads, pickle.dumps(steps, pickle.HIGHEST_PROTOCOL))
        batches = (items[first : first + size] for first in firsts)
        queued = 1
    workers: list[Worker] = []
    try:
        start_workers(workers, min(jobs, len(firsts), _MAX_WORKERS), start_method, make_steps)
        numbered = iter(zip(firsts, batches, strict=True))
        yield from results_in_order(workers, numbered, len(items), queued)
    except WorkerEndedError as ended:
        name = "" if ended.position == NO_ITEM else name_of(items[ended.position])
        raise CredsiteError(ended.message(name)) from None
    except WorkFailedError as failed:
        if failed.position == NO_ITEM:
            raise failed.error from failed
        raise _with_name(failed.error, name_of(items[failed.position])) from failed
    finally:
        stop_workers(workers)


def _with_name(error: Exception, name: str) -> Exception:
    """``error`` with a note that names its file, or a sentence for the user where the memory ran out."""
    if isinstance(error, MemoryError):
        return CredsiteError(
            f"The memory ran out at {name}. Try again with `--jobs 1`, which takes less of it."
        )
    error.add_note(f"It happened at {name}.")
    return error
