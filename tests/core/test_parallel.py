from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from credsite.core import parallel
from credsite.core.errors import CredsiteError
from credsite.core.parallel import MIN_ITEMS, parallel_map
from credsite.core.processes import StartMethod
from credsite.core.workers import Worker
from credsite.theme.loader import ThemeError

COUNT = 300
MANY = range(COUNT)
BAD = 130
STARTS: tuple[StartMethod, ...] = ("fork", "spawn")


@pytest.fixture(autouse=True)
def worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes start for so many items, whichever way they start."""
    for start in STARTS:
        monkeypatch.setitem(MIN_ITEMS, start, COUNT)


def square(number: int) -> tuple[int, int]:
    if number % 50 == 0:
        time.sleep(0.02)
    return number * number, os.getpid()


def failing(fail: Callable[[], None], number: int) -> int:
    if number == BAD:
        fail()
    return number


def raise_theme_error() -> None:
    raise ThemeError("The template is wrong.", Path("a.html"), 12)


def raise_key_error() -> None:
    raise KeyError("colour")


def raise_memory_error() -> None:
    raise MemoryError


class AwkwardError(Exception):
    """Cannot be made again from what it is pickled as."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")


def raise_awkward_error() -> None:
    raise AwkwardError(1, 2)


def leave() -> None:
    raise SystemExit(4)


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def end_itself() -> None:
    os._exit(0)


def unsendable(number: int) -> object:
    return (lambda: number) if number == BAD else number


def page(number: int) -> str:
    return f"page {number}"


def fail_later(number: int) -> int:
    """Fails a little after ``BAD``."""
    if number == BAD + 2:
        raise KeyError(number)
    return number


IN_STEPS = (fail_later, partial(failing, raise_key_error))


def test_a_batch_goes_through_each_step_together() -> None:
    log: list[str] = []

    def step(name: str, number: int) -> int:
        log.append(f"{name} {number}")
        return number + 1

    results = parallel_map((partial(step, "first"), partial(step, "second")), range(COUNT), 1)
    assert next(results) == 2
    batch = log.index("second 1")
    assert log[:batch] == [f"first {number}" for number in range(batch)]
    assert log[batch:] == [f"second {number + 1}" for number in range(batch)]
    assert 1 < batch < COUNT


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("jobs", [1, 3])
def test_work_in_steps_fails_at_the_same_item_everywhere(start: StartMethod, jobs: int) -> None:
    results: list[int] = []
    with pytest.raises(KeyError, match="colour") as raised:
        results.extend(parallel_map(IN_STEPS, MANY, jobs, name_of=page, start_method=start))
    assert raised.value.__notes__ == ["It happened at page 130."]
    assert results == list(range(BAD))


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_order(jobs: int, start: StartMethod) -> None:
    results = list(parallel_map((square,), MANY, jobs, start_method=start))
    assert [result for result, _ in results] == [number * number for number in MANY]


@pytest.mark.parametrize("start", STARTS)
def test_many_items_are_worked_on_elsewhere_and_few_here(start: StartMethod) -> None:
    here = os.getpid()
    assert here not in {process for _, process in parallel_map((square,), MANY, 2, start_method=start)}
    assert {process for _, process in parallel_map((square,), MANY, 1, start_method=start)} == {here}
    assert {process for _, process in parallel_map((square,), range(COUNT - 1), 2, start_method=start)} == {
        here
    }


def test_where_there_are_hardly_more_items_than_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MIN_ITEMS, "fork", 0)
    for count in range(8):
        assert list(parallel_map((page,), range(count), 3, start_method="fork")) == [
            page(number) for number in range(count)
        ]


def test_inherited_work_need_not_be_something_that_can_be_sent() -> None:
    offset = 7
    assert list(parallel_map((lambda number: number + offset,), MANY, 2, start_method="fork")) == [
        number + 7 for number in MANY
    ]


# --- processes that inherit nothing and are sent the work ---


class Sent:
    """Squares numbers. Calls ``arrive`` in each process that it is sent to."""

    def __init__(self, arrive: Callable[[], object]) -> None:
        self.arrive = arrive

    def __reduce__(self) -> tuple[object, ...]:
        return arrived, (self.arrive,)

    def __call__(self, number: int) -> tuple[int, int]:
        return square(number)


def arrived(arrive: Callable[[], object]) -> Sent:
    arrive()
    return Sent(arrive)


def test_work_is_sent_once_to_each_process_that_does_not_inherit_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    results = list(parallel_map((Sent(partial(log_process, log)),), MANY, 2, start_method="spawn"))
    assert [result for result, _ in results] == [number * number for number in MANY]
    processes = log.read_text().split()
    assert len(processes) == 2
    assert {str(process) for _, process in results} == set(processes)


def log_process(log: Path) -> None:
    with log.open("a") as file:
        file.write(f"{os.getpid()}\n")


@pytest.mark.parametrize("fail", [raise_key_error, raise_memory_error])
def test_an_error_when_the_work_arrives_comes_home(fail: Callable[[], None]) -> None:
    with pytest.raises((KeyError, MemoryError)):
        list(parallel_map((Sent(fail),), MANY, 2, start_method="spawn"))


# --- what goes wrong ---


@pytest.mark.parametrize(("start", "jobs"), [("fork", 1), ("fork", 3), ("spawn", 2)])
class TestFailures:
    def test_an_error_comes_home_with_all_that_it_knows(self, start: StartMethod, jobs: int) -> None:
        with pytest.raises(ThemeError) as caught:
            list(parallel_map((partial(failing, raise_theme_error),), MANY, jobs, start_method=start))
        error = caught.value
        assert (error.message, error.path, error.line) == ("The template is wrong.", Path("a.html"), 12)

    def test_an_error_names_the_file(self, start: StartMethod, jobs: int) -> None:
        with pytest.raises(KeyError, match="colour") as caught:
            list(
                parallel_map(
                    (partial(failing, raise_key_error),), MANY, jobs, name_of=page, start_method=start
                )
            )
        assert caught.value.__notes__ == ["It happened at page 130."]

    def test_results_before_an_error_arrive(self, start: StartMethod, jobs: int) -> None:
        results = parallel_map((partial(failing, raise_key_error),), MANY, jobs, start_method=start)
        assert [next(results) for _ in range(BAD)] == list(range(BAD))
        with pytest.raises(KeyError):
            next(results)

    def test_lack_of_memory_is_told_in_words(self, start: StartMethod, jobs: int) -> None:
        with pytest.raises(CredsiteError, match=r"memory ran out at page 130.*--jobs 1"):
            list(
                parallel_map(
                    (partial(failing, raise_memory_error),), MANY, jobs, name_of=page, start_method=start
                )
            )


@pytest.mark.parametrize("start", STARTS)
class TestFailuresElsewhere:
    def test_an_error_that_cannot_be_sent_arrives_as_another(self, start: StartMethod) -> None:
        with pytest.raises(RuntimeError, match="AwkwardError: 1 and 2") as caught:
            list(
                parallel_map(
                    (partial(failing, raise_awkward_error),), MANY, 2, name_of=page, start_method=start
                )
            )
        assert caught.value.__notes__ == ["It happened at page 130."]

    def test_where_an_error_came_from_is_kept(self, start: StartMethod) -> None:
        with pytest.raises(KeyError) as caught:
            list(parallel_map((partial(failing, raise_key_error),), MANY, 2, start_method=start))
        assert "in raise_key_error" in str(caught.value.__cause__)

    def test_a_result_that_cannot_be_sent(self, start: StartMethod) -> None:
        with pytest.raises((AttributeError, TypeError, RuntimeError), match="lambda"):
            list(parallel_map((unsendable,), MANY, 2, start_method=start))

    def test_work_that_wants_to_end_the_process(self, start: StartMethod) -> None:
        with pytest.raises(RuntimeError, match="SystemExit: 4"):
            list(parallel_map((partial(failing, leave),), MANY, 2, start_method=start))

    def test_a_process_that_is_killed_is_told_in_words(self, start: StartMethod) -> None:
        sentence = (
            "stopped while it worked on page 130. Most often .* memory ran out. Try again with `--jobs 1`"
        )
        with pytest.raises(CredsiteError, match=sentence):
            list(parallel_map((partial(failing, kill_itself),), MANY, 2, name_of=page, start_method=start))

    def test_a_process_that_ends_is_told_in_words(self, start: StartMethod) -> None:
        with pytest.raises(
            CredsiteError, match=r"stopped while it worked on page 130. Try again with `--jobs 1`"
        ):
            list(parallel_map((partial(failing, end_itself),), MANY, 2, name_of=page, start_method=start))

    def test_no_process_stays_behind(self, start: StartMethod, monkeypatch: pytest.MonkeyPatch) -> None:
        started: list[Worker] = []
        ended: list[int | None] = []
        end = parallel.stop_workers

        def watched(workers: list[Worker]) -> None:
            started.extend(workers)
            pids = [worker.process.pid for worker in workers]
            end(workers)
            ended.extend(pids)

        monkeypatch.setattr(parallel, "stop_workers", watched)
        results = parallel_map((square,), MANY, 2, start_method=start)
        next(results)
        results.close()  # type: ignore[attr-defined]
        assert len(started) == len(ended) == 2
        for pid in ended:
            assert pid is not None
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)


def test_a_process_that_ends_before_its_work_is_told_in_words() -> None:
    with pytest.raises(CredsiteError, match=r"stopped before it could begin its work. Try again"):
        list(parallel_map((Sent(end_itself),), MANY, 2, start_method="spawn"))
