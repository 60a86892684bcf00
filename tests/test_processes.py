from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from credsite.errors import CredsiteError
from credsite.processes import PARALLEL_FROM, spread
from credsite.theme.loader import ThemeError

MANY = range(PARALLEL_FROM * 3)


def square(number: int) -> tuple[int, int]:
    if number % 50 == 0:
        time.sleep(0.02)
    return number * number, os.getpid()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_order(jobs: int) -> None:
    results = list(spread(square, MANY, jobs))
    assert [result for result, _ in results] == [number * number for number in MANY]


def test_many_items_are_worked_on_elsewhere_and_few_here() -> None:
    here = os.getpid()
    assert here not in {process for _, process in spread(square, MANY, 2)}
    assert {process for _, process in spread(square, MANY, 1)} == {here}
    assert {process for _, process in spread(square, range(PARALLEL_FROM - 1), 2)} == {here}


def test_work_need_not_be_something_that_can_be_sent() -> None:
    offset = 7
    assert list(spread(lambda number: number + offset, MANY, 2)) == [number + 7 for number in MANY]


def test_an_error_comes_home_with_all_that_it_knows() -> None:
    def work(number: int) -> int:
        if number == 130:
            raise ThemeError("The template is wrong.", Path("a.html"), 12)
        return number

    with pytest.raises(ThemeError) as caught:
        list(spread(work, MANY, 2))
    assert (caught.value.message, caught.value.path, caught.value.line) == (
        "The template is wrong.",
        Path("a.html"),
        12,
    )


def test_a_process_that_is_killed_is_told_in_words() -> None:
    def work(number: int) -> int:
        if number == 130:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(CredsiteError, match="worker process was stopped"):
        list(spread(work, MANY, 2))
