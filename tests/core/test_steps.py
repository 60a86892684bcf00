"""Items go through each step together, and everything else is as if they came one after another."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credsite.core.steps import Failure, Later, finished, then, together


def halved(number: int) -> int | Later[int]:
    """How often a number can be halved, each time in a step of its own."""
    return then(Later(partial(halved, number // 2)), lambda times: times + 1) if number else 0


def test_a_result_is_there_after_all_steps() -> None:
    assert [finished(halved(number)) for number in (0, 1, 5, 1024)] == [0, 1, 3, 11]
    assert finished("a") == "a"


def test_items_go_through_each_step_together() -> None:
    log: list[str] = []

    def first(item: str) -> Later[str]:
        log.append(f"first {item}")
        return Later(partial(second, item))

    def second(item: str) -> str:
        log.append(f"second {item}")
        return item.upper()

    places: list[int] = []
    assert together(first, ["a", "b", "c"], places.append) == (["A", "B", "C"], None)
    assert log == ["first a", "first b", "first c", "second a", "second b", "second c"]
    assert places == [0, 1, 2, 0, 1, 2]


@given(st.lists(st.integers(0, 40), max_size=12), st.sets(st.tuples(st.integers(0, 11), st.integers(0, 5))))
def test_the_first_item_that_fails_is_the_same_as_one_after_another(
    items: list[int], bad: set[tuple[int, int]]
) -> None:
    def work(numbered: tuple[int, int], step: int = 0) -> int | Later[int]:
        place, number = numbered
        if (place, step) in bad:
            raise KeyError(place, step)
        return Later(partial(work, (place, number // 2), step + 1)) if number else place

    results, failure = together(work, list(enumerate(items)))
    expected: list[int] = []
    wrong = None
    for place, number in enumerate(items):
        try:
            expected.append(finished(work((place, number))))
        except KeyError as error:
            wrong = (place, error.args)
            break
    assert results == expected
    assert (failure and (failure.place, failure.error.args)) == wrong


def test_a_failure_is_the_error_itself() -> None:
    error = KeyError("colour")

    def fail(_item: int) -> int:
        raise error

    assert together(fail, [1]) == ([], Failure(0, error))


def test_to_be_interrupted_is_no_failure_of_an_item() -> None:
    def stop(_item: int) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        together(stop, [1])
