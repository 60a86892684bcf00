"""Work spread over processes.

Where the system can fork safely, the processes are forked when the work and all its items exist, so that nothing goes
to them but numbers. Elsewhere a process is started anew and inherits nothing: it is sent the work and the items, or,
where the work rests on too much to be sent, what it takes to make it once more.

Neither a pool of the standard library nor its threads are used: of a worker that dies they cannot say what it was
working on, and their workers stay behind, waiting, when the parent is killed. Here each worker has a pipe of its own.
It ends when the pipe does, and the parent sees at once when a worker has ended.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import connection as connections
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from credsite.core import profiling
from credsite.core.errors import CredsiteError

StartMethod = Literal["fork", "spawn"]
"""How a process begins: as a copy of its parent, or anew."""

MIN_ITEMS: Final[dict[StartMethod, int]] = {"fork": 100, "spawn": 400}
"""Items below which starting processes costs about as much as they save.

An item, a file to read or a page to render, takes 2 to 3 ms. Two forked processes take 0.1 to 0.2 s of processor time
more than one process; two that begin anew 1.1 s, for an interpreter and its imports each. So two of them need as long
as one at about 100 and at about 350 items.
"""

_MAX_BATCH: Final = 24
"""Items that a worker gets at once, at most: enough that the messages cost next to nothing."""
_MAX_WORKERS: Final = 30
"""Windows waits for 63 things at once, of which each worker is two; and its hands are full with so many."""
_NOWHERE: Final = -1
_PATIENCE: Final = 5.0
"""Seconds to wait for the end of a process whose pipe has ended."""

Result = TypeVar("Result")
Steps = Sequence[Callable[[Any], Any]]
"""What is done with each item: the first function gets the item, each of the others what the one before it gave."""


def default_start_method() -> StartMethod:
    """How processes begin on this system. macOS can fork, but its own libraries may crash in the copy."""
    can_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return "fork" if can_fork else "spawn"


def parallel_map(
    steps: Steps,
    items: Sequence[Any],
    jobs: int,
    *,
    name_of: Callable[[Any], str] = str,
    start_method: StartMethod | None = None,
    setup: Callable[[], Steps | None] | None = None,
    startup_cost: int = 0,
) -> Iterator[Any]:
    """The result of the last step for each item, in order, worked out by up to ``jobs`` processes.

    Items go through the steps in batches: all items of a batch through the first step, then all through the second. A
    processor runs the same code again and again faster than different code in turns, because the code then stays in its
    cache: two dozen pages that are looked up, then rendered, then written take about a tenth less time than one page
    after another.

    ``name_of`` gives the file that an item stands for, for messages. ``start_method`` is for tests; the system's default
    if left out. Processes that are spawned do not inherit the steps: ``setup`` makes them there, or returns None where
    that is impossible, and then all is done in this process. It must be picklable, and its cost is that of
    ``startup_cost`` items. Without ``setup``, the steps themselves are sent. Items and results must be picklable.

    The process must have no other threads when ``jobs`` is more than one. Raises what a step raises, for the first item
    that fails and with a note that names its file, and CredsiteError where the memory runs out or a process is killed.
    """
    start_method = start_method or default_start_method()
    least = MIN_ITEMS[start_method] + (startup_cost if start_method == "spawn" and setup else 0)
    done = 0
    if jobs > 1 and len(items) >= least:
        for result in _elsewhere(steps, items, jobs, name_of, start_method, setup):
            yield result
            done += 1
    # Of a few items, the first is wanted at once.
    yield from _here(steps, items[done:], name_of, _MAX_BATCH if len(items) >= least else 1)


class _Failure(NamedTuple):
    """A step raised ``error`` for the item at ``position`` in its batch."""

    position: int
    error: Exception


def _run_batch(
    steps: Steps, batch: Sequence[Any], note_position: Callable[[int], object] = lambda _position: None
) -> tuple[list[Any], _Failure | None]:
    """The results of the items before the first that fails, in the order of the items, and that failure.

    ``note_position`` is called with the position, from 0, of each item before each step.
    """
    values = list(batch)
    failure: _Failure | None = None
    for step in steps:
        for position, value in enumerate(values):
            note_position(position)
            try:
                values[position] = step(value)
            except Exception as error:  # noqa: BLE001 - the caller raises it, when the items before it are done
                failure = _Failure(position, error)
                del values[position:]
                break
    return values, failure


class BackgroundTask(Generic[Result]):
    """Work that is done meanwhile by a forked process, or else, where there is none, when its result is asked for.

    The process must have no other threads when ``jobs`` is more than one. The result must be fit for pickling.
    """

    def __init__(self, work: Callable[[], Result], jobs: int) -> None:
        self._work = work
        self._process: BaseProcess | None = None
        if jobs > 1 and default_start_method() == "fork":
            context = multiprocessing.get_context("fork")
            self._pipe, theirs = context.Pipe(duplex=False)
            with _without_interrupts():
                self._process = context.Process(target=_tell, args=(work, theirs, self._pipe), daemon=True)
                self._process.start()
            theirs.close()

    @property
    def runs_elsewhere(self) -> bool:
        return self._process is not None

    def is_done(self) -> bool:
        """Whether the result is there, so that nobody has to wait for it."""
        return self._process is None or self._pipe.poll()

    def result(self) -> Result:
        """What the work gave, or what it raises. To be called once."""
        if self._process is None:
            return self._work()
        try:
            found: Result = self._pipe.recv()
        except (EOFError, OSError):
            return self._work()  # the process was stopped or the work failed, which is seen here once more
        finally:
            self._pipe.close()
            self._process.join()
        return found


def _tell(work: Callable[[], object], pipe: Connection, inherited: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inherited.close()
    with suppress(Exception):  # the parent does the work itself, and raises what it raises
        pipe.send_bytes(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))


def _here(steps: Steps, items: Sequence[Any], name_of: Callable[[Any], str], size: int) -> Iterator[Any]:
    for first in range(0, len(items), size):
        batch = items[first : first + size]
        results, failure = _run_batch(steps, batch)
        yield from results
        if failure is not None:
            name = name_of(batch[failure.position])
            if isinstance(failure.error, MemoryError):
                raise _out_of_memory(name) from None
            failure.error.add_note(_at(name))
            raise failure.error


def _elsewhere(
    steps: Steps,
    items: Sequence[Any],
    jobs: int,
    name: Callable[[Any], str],
    start: StartMethod,
    setup: Callable[[], Steps | None] | None,
) -> Iterator[Any]:
    """The results, in order, as far as the processes could do the work."""
    size = max(1, min(_MAX_BATCH, len(items) // (jobs * 4)))
    firsts = range(0, len(items), size)
    make: Callable[[], Steps | None]
    batches: Iterable[Sequence[Any]]
    if start == "fork":
        make = partial(_as_it_is, (items.__getitem__, *steps))
        batches = (range(len(items))[first : first + size] for first in firsts)
    else:
        make = setup or partial(_as_it_is, steps)
        batches = (items[first : first + size] for first in firsts)
    workers: list[_Worker] = []
    try:
        _start(workers, min(jobs, len(firsts), _MAX_WORKERS), start, make)
        yield from _in_order(workers, iter(zip(firsts, batches, strict=True)), len(items))
    except _EndedError as ended:
        raise CredsiteError(ended.told("" if ended.place == _NOWHERE else name(items[ended.place]))) from None
    except _FailedError as failed:
        if failed.place != _NOWHERE:
            if isinstance(failed.error, MemoryError):
                raise _out_of_memory(name(items[failed.place])) from None
            failed.error.add_note(_at(name(items[failed.place])))
        raise failed.error from failed
    except _RefusedError:
        return
    finally:
        _end(workers)


def _at(name: str) -> str:
    return f"It happened at {name}."


def _out_of_memory(name: str) -> CredsiteError:
    return CredsiteError(f"The memory ran out at {name}. Try again with `--jobs 1`, which takes less of it.")


# --- in the parent ---


@dataclass(eq=False)
class _Worker:
    """A process, the parent's end of its pipe, and its number. ``places`` has the item that each is working on."""

    process: BaseProcess
    pipe: Connection
    number: int
    places: Sequence[int]

    def answer(self) -> _Answer:
        """What the worker sent. _EndedError where it ended before it could."""
        with suppress(EOFError, OSError):
            if self.pipe.poll():
                answer: _Answer = self.pipe.recv()
                return answer
        self.process.join(_PATIENCE)
        raise _EndedError(self.places[self.number], self.process.exitcode)


class _EndedError(Exception):
    """A process came to its end while it worked on the item at ``place``."""

    def __init__(self, place: int, code: int | None) -> None:
        super().__init__(place, code)
        self.place = place
        self.code = code

    def told(self, name: str) -> str:
        killed = self.code is not None and -self.code == getattr(signal, "SIGKILL", None)
        why = " Most often that is because the memory ran out." if killed else ""
        when = f"while it worked on {name}" if name else "before it could begin its work"
        return (
            f"A worker process was stopped {when}.{why} Try again with `--jobs 1`, which takes less memory and works "
            "without such processes."
        )


def _start(workers: list[_Worker], count: int, start: StartMethod, make: Callable[[], Steps | None]) -> None:
    context = multiprocessing.get_context(start)
    places = context.RawArray("q", [_NOWHERE] * count)
    if start == "spawn" and sys.platform != "win32":
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()  # which would let interrupts through below
    with _without_interrupts():
        for number in range(count):
            ours, theirs = context.Pipe()
            inherited = [ours, *(worker.pipe for worker in workers)] if start == "fork" else []
            process = context.Process(  # type: ignore[attr-defined]
                target=_serve, args=(theirs, places, number, make, inherited), daemon=True
            )
            process.start()
            workers.append(_Worker(process, ours, number, places))
            if stopwatch := profiling.current_stopwatch():
                stopwatch.worker_count = max(stopwatch.worker_count, number + 1)
            theirs.close()  # so that the pipe ends with the worker


def _end(workers: list[_Worker]) -> None:
    """Stop the workers at once. They have nothing to tidy up, and to free all that they hold would take a while."""
    with _without_interrupts():
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.process.join()
            worker.process.close()
            worker.pipe.close()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C waits until afterwards. Processes that begin meanwhile never hear of it: to stop is the parent's affair."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_order(
    workers: list[_Worker], batches: Iterator[tuple[int, Sequence[Any]]], count: int
) -> Iterator[Any]:
    """The results of all batches. A worker has its next batch before anybody looks at the results of its last."""
    busy: list[_Worker] = []

    def give(worker: _Worker) -> None:
        batch = next(batches, None)
        if batch is not None:
            busy.append(worker)
            with suppress(OSError):  # it has ended, which is seen below
                worker.pipe.send(batch)

    for worker in workers:
        give(worker)
    ready: dict[int, _Answer] = {}
    done = 0
    while done < count:
        while done not in ready:
            with profiling.stage("wait"):
                heard = connections.wait(
                    each for worker in busy for each in (worker.pipe, worker.process.sentinel)
                )
            for worker in [each for each in busy if each.pipe in heard or each.process.sentinel in heard]:
                answer = worker.answer()
                ready[answer.first] = answer
                if answer.seconds and (stopwatch := profiling.current_stopwatch()):
                    stopwatch.add_worker_times(answer.seconds)
                busy.remove(worker)
                if answer.failure is None:
                    give(worker)
        answer = ready.pop(done)
        done += len(answer.results)
        yield from answer.results
        # Not earlier, so that the same error is raised whatever the number of processes.
        if answer.failure is not None:
            raise answer.failure


# --- in the workers ---


class _Answer(NamedTuple):
    """The results of the batch that begins with the item at ``first``, as far as it came, and what stopped it.

    ``seconds`` are what stages took, where that is measured.
    """

    first: int
    results: list[Any]
    failure: Exception | None = None
    seconds: Mapping[str, float] | None = None


class _FailedError(Exception):
    """Work on the item at ``place`` raised ``error``. ``trace`` says where, as text."""

    def __init__(self, place: int, error: Exception, trace: str) -> None:
        super().__init__(place, error, trace)
        self.place = place
        self.error = error
        self.trace = trace

    def __str__(self) -> str:
        return f"in a worker process:\n{self.trace}"


class _RefusedError(Exception):
    """The work cannot be done in such a process."""


def _as_it_is(steps: Steps) -> Steps:
    return steps


def _serve(
    pipe: Connection,
    places: Any,
    number: int,
    make: Callable[[], Steps | None],
    inherited: Sequence[Connection],
) -> None:
    """Do the batches that come through the pipe, until it ends. ``inherited`` are the parent's ends of pipes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if profiling.current_stopwatch():
        profiling.start_measuring()  # not what was measured before the fork
    for end in inherited:
        end.close()  # otherwise no pipe would end with the parent
    steps: Steps | None = None
    with suppress(EOFError, OSError):  # the parent has ended, and wants nothing any more
        while True:
            first, batch = pipe.recv()
            results: list[Any] = []
            failure: Exception | None = None
            try:
                steps = steps or make()
                if steps is None:
                    failure = _RefusedError()
                else:
                    results, stopped = _run_batch(steps, batch, partial(_note, places, number, first))
                    failure = stopped and _failed(first + stopped.position, stopped.error)
            except BaseException as error:  # noqa: BLE001 - it is raised in the parent
                failure = _failed(places[number], error)
            try:
                stopwatch = profiling.current_stopwatch()
                seconds = stopwatch.take() if stopwatch else None
                data = pickle.dumps(_Answer(first, results, failure, seconds), pickle.HIGHEST_PROTOCOL)
            except Exception as error:  # noqa: BLE001 - results that cannot be sent, which is raised in the parent
                data = pickle.dumps(_Answer(first, [], _failed(places[number], error)))
            pipe.send_bytes(data)


def _note(places: Any, number: int, first: int, position: int) -> None:
    places[number] = first + position


def _failed(place: int, error: BaseException) -> _FailedError:
    return _FailedError(place, _sendable(error), "".join(traceback.format_exception(error)))


def _sendable(error: BaseException) -> Exception:
    """The error, or one that says the same where it would not arrive as it is."""
    try:
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - what was pickled here just now
    except Exception as cause:  # noqa: BLE001 - any class may fail in its own way
        copy = cause
    if type(copy) is type(error) and isinstance(error, Exception):
        return error
    return RuntimeError("".join(traceback.format_exception_only(error)).strip())
