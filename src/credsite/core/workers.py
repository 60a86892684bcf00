"""Worker processes, each with a pipe of its own.

Neither a process pool of the standard library nor its threads are used: when a worker dies, a pool cannot say which item
it was working on, and its workers stay behind, waiting, when the parent is killed. Here a worker ends when its pipe is
closed, and the parent notices at once when a worker has ended.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import connection as connections
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final, NamedTuple

from credsite.core import profiling
from credsite.core.processes import StartMethod, interrupts_blocked

Steps = Sequence[Callable[[Any], Any]]
"""What is done with each item: the first function gets the item, each of the others what the one before it returned."""
NO_ITEM: Final = -1
"""The position of a worker that has not begun with any item."""
_EXIT_TIMEOUT: Final = 5.0
"""Seconds to wait for the end of a process whose pipe is closed."""


class WorkerEndedError(Exception):
    """A worker process ended while it worked on the item at ``position``. ``exit_code`` is that of the process."""

    def __init__(self, position: int, exit_code: int | None) -> None:
        super().__init__(position, exit_code)
        self.position = position
        self.exit_code = exit_code

    def message(self, name: str) -> str:
        """What to tell the user; ``name`` is that of the item, or ``""``."""
        killed = self.exit_code is not None and -self.exit_code == getattr(signal, "SIGKILL", None)
        why = " Most often that is because the memory ran out." if killed else ""
        when = f"while it worked on {name}" if name else "before it could begin its work"
        return (
            f"A worker process was stopped {when}.{why} Try again with `--jobs 1`, which takes less memory and works "
            "without such processes."
        )


class WorkFailedError(Exception):
    """A step raised ``error`` for the item at ``position``. ``trace`` is the traceback in the worker, as text."""

    def __init__(self, position: int, error: Exception, trace: str) -> None:
        super().__init__(position, error, trace)
        self.position = position
        self.error = error
        self.trace = trace

    def __str__(self) -> str:
        return f"in a worker process:\n{self.trace}"


class _Answer(NamedTuple):
    """The results of the batch whose first item is at position ``first``, up to the failure that stopped it, if any.

    ``seconds`` is the time by stage, where that is measured.
    """

    first: int
    results: list[Any]
    failure: Exception | None = None
    seconds: Mapping[str, float] | None = None


# --- steps of work ---


class Failure(NamedTuple):
    """A step raised ``error`` for the item at ``position`` in its batch."""

    position: int
    error: Exception


def run_batch(
    steps: Steps, batch: Sequence[Any], note_position: Callable[[int], object] = lambda _position: None
) -> tuple[list[Any], Failure | None]:
    """The results of the items before the first that fails, in the order of the items, and that failure.

    All items go through the first step, then all through the second. A processor runs the same code again and again
    faster than different code in turns, because the code then stays in its cache: two dozen pages that are looked up,
    then rendered, then written take about a tenth less time than one page after another.

    ``note_position`` is called with the position, from 0, of each item before each step.
    """
    values = list(batch)
    failure: Failure | None = None
    for step in steps:
        for position, value in enumerate(values):
            note_position(position)
            try:
                values[position] = step(value)
            except Exception as error:  # noqa: BLE001 - the caller raises it, when the items before it are done
                failure = Failure(position, error)
                del values[position:]
                break
    return values, failure


# --- in the parent ---


@dataclass(eq=False)
class Worker:
    """A process, the parent's end of its pipe, and its number. ``positions`` holds each worker's current item."""

    process: BaseProcess
    pipe: Connection
    number: int
    positions: Sequence[int]

    @property
    def has_news(self) -> tuple[Connection, int]:
        """What becomes ready when the worker has answered or ended."""
        return self.pipe, self.process.sentinel

    def answer(self) -> _Answer:
        """What the worker has sent. Raises WorkerEndedError where it ended before it could."""
        with suppress(EOFError, OSError):
            if self.pipe.poll():
                answer: _Answer = self.pipe.recv()
                return answer
        self.process.join(_EXIT_TIMEOUT)
        raise WorkerEndedError(self.positions[self.number], self.process.exitcode)


def start_workers(
    workers: list[Worker], count: int, start_method: StartMethod, make_steps: Callable[[], Steps]
) -> None:
    """Start ``count`` processes, which call ``make_steps`` first, and add each to ``workers`` as soon as it runs."""
    context = multiprocessing.get_context(start_method)
    positions = context.RawArray("q", [NO_ITEM] * count)
    if start_method == "spawn" and sys.platform != "win32":
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()  # started below, it would let interrupts through
    with interrupts_blocked():
        for number in range(count):
            parent_end, child_end = context.Pipe()
            inherited = [parent_end, *(worker.pipe for worker in workers)] if start_method == "fork" else []
            process = context.Process(  # type: ignore[attr-defined]
                target=_serve, args=(child_end, positions, number, make_steps, inherited), daemon=True
            )
            process.start()
            workers.append(Worker(process, parent_end, number, positions))
            if stopwatch := profiling.current_stopwatch():
                stopwatch.worker_count = max(stopwatch.worker_count, number + 1)
            child_end.close()  # so that the pipe is closed when the worker ends


def stop_workers(workers: list[Worker]) -> None:
    """Stop the workers at once. They have nothing to tidy up, and to free all their memory would take a while.

    Takes them out of the list, so that they are freed here: Python ignores a Ctrl-C that comes while it frees such an object.
    """
    with interrupts_blocked():
        for worker in workers:
            worker.process.kill()
        while workers:
            _close(workers.pop())


def _close(worker: Worker) -> None:
    worker.process.join()
    worker.process.close()
    worker.pipe.close()


def results_in_order(
    workers: list[Worker], batches: Iterator[tuple[int, Sequence[Any]]], count: int, queued: int
) -> Iterator[Any]:
    """The results of all ``batches``, each given with the position of its first item, with ``count`` items in all.

    A worker gets its next batch before anybody looks at the results of its last. ``queued`` is how many it has at once.
    With two, it need not wait for this process between them, which saves 3 % of the time. More than one must be so small
    that a pipe holds them all, or two processes could wait for each other. Raises WorkerEndedError and WorkFailedError.
    """
    busy: list[Worker] = []

    def give_batch(worker: Worker) -> None:
        batch = next(batches, None)
        if batch is not None:
            busy.append(worker)
            with suppress(OSError):  # the worker has ended, which its next answer shows
                worker.pipe.send(batch)

    for worker in workers * queued:
        give_batch(worker)
    answers: dict[int, _Answer] = {}
    done = 0
    while done < count:
        while done not in answers:
            for worker in _workers_with_news(set(busy)):
                answer = worker.answer()
                answers[answer.first] = answer
                if answer.seconds and (stopwatch := profiling.current_stopwatch()):
                    stopwatch.add_worker_times(answer.seconds)
                busy.remove(worker)
                if answer.failure is None:
                    give_batch(worker)
        answer = answers.pop(done)
        done += len(answer.results)
        yield from answer.results
        # Not earlier, so that the same error is raised whatever the number of processes.
        if answer.failure is not None:
            raise answer.failure


def _workers_with_news(workers: set[Worker]) -> list[Worker]:
    with profiling.stage("wait"):
        ready = connections.wait(each for worker in workers for each in worker.has_news)
    return [worker for worker in workers if any(each in ready for each in worker.has_news)]


# --- in the workers ---


def _serve(
    pipe: Connection,
    positions: Any,
    number: int,
    make_steps: Callable[[], Steps],
    inherited: Sequence[Connection],
) -> None:
    """Work on the batches that come through the pipe, until it is closed. ``inherited`` are the parent's ends of pipes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if profiling.current_stopwatch():
        profiling.start_measuring()  # without what was measured before the fork
    for end in inherited:
        end.close()  # otherwise no pipe would be closed when the parent ends
    steps: Steps | None = None
    with suppress(EOFError, OSError):  # the parent has ended
        while True:
            first, batch = pipe.recv()
            results: list[Any] = []
            failure: Exception | None = None
            try:
                steps = steps or make_steps()
                results, stopped = run_batch(steps, batch, partial(_note_position, positions, number, first))
                failure = stopped and _work_failed(first + stopped.position, stopped.error)
            except BaseException as error:  # noqa: BLE001 - the parent raises it
                failure = _work_failed(positions[number], error)
            pipe.send_bytes(_pickled(_Answer(first, results, failure), positions[number]))


def _note_position(positions: Any, number: int, first: int, position: int) -> None:
    positions[number] = first + position


def _pickled(answer: _Answer, position: int) -> bytes:
    """``answer`` with the times since the last one. Where it cannot be pickled, an answer that says so."""
    try:
        stopwatch = profiling.current_stopwatch()
        seconds = stopwatch.take() if stopwatch else None
        return pickle.dumps(answer._replace(seconds=seconds), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return pickle.dumps(_Answer(answer.first, [], _work_failed(position, error)))


def _work_failed(position: int, error: BaseException) -> WorkFailedError:
    return WorkFailedError(position, _picklable(error), "".join(traceback.format_exception(error)))


def _picklable(error: BaseException) -> Exception:
    """The error, or one with the same message where it would not come through the pipe as it is."""
    try:
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - what was pickled in this line
    except Exception as cause:  # noqa: BLE001 - any class may fail in its own way
        copy = cause
    if type(copy) is type(error) and isinstance(error, Exception):
        return error
    return RuntimeError("".join(traceback.format_exception_only(error)).strip())
