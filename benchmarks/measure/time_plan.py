"""What is run, in which order, and about how long it takes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from benchmarks.report.figures import SCENARIOS, Scenario

Task = Literal[
    "prepare", "build", "memory", "profile", "serve", "photos", "serve photos", "visit", "filter", "clean"
]

ROUNDS: Final = 5
ALLOWANCE: Final = 20.0
"""Seconds for all runs of one line of a table that no budget is about; each is run at least once."""
ALLOWANCE_COLD: Final = 90.0
"""The same for the cold builds of the peers, which credsite must be ahead of."""
BUDGETED: Final[tuple[Scenario, ...]] = ("cold", "nothing", "course")
GREATEST_WITH_ROUNDS: Final = 10_000
"""Larger catalogues are built once, for growth and memory only."""
SERVED: Final = (1_000, 10_000)
WITH_PHOTOS: Final = 1_000
"""Courses of the catalogue that is also measured with a photo beside each course."""
SERVING: Final = 60.0
"""Seconds at most for one kind of edit of a served site."""
_ONLY_COLD: Final = 40.0
"""Seconds of a cold build from which only cold builds of a peer are measured: neither an edit nor memory."""

# Seconds on two slow processors, at no courses and for 1,000 courses more.
_COLD: Final = {
    "hugo": (0.6, 3.5),
    "credsite": (1.2, 4.4),
    "eleventy": (1.8, 4.0),
    "pelican": (1.0, 9.0),
    "mkdocs": (1.5, 18.0),
}
_WARM: Final = {"credsite": {"nothing": 0.08, "course": 0.12}, "pelican": {"course": 0.4}}
"""Shares of the time of a cold build; 1 where it is not told."""
_PREPARING: Final = 1.2
_PHOTOS: Final = 2.5
"""Seconds more for 1,000 photos."""
_VISITING: Final = 20.0
_FILTERING: Final = 35.0
_TIDYING: Final = 0.15
"""Seconds for 1,000 courses around each build: what is on its way to the disk is written, old files go."""
_CHECKING: Final = 0.4


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. ``seconds`` is the estimate; ``generator`` is "" where it is no one's; rounds count from 1."""

    task: Task
    size: int
    seconds: float
    generator: str = ""
    scenario: Scenario = "cold"
    number: int = 1


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for. ``names`` are the generators in their order; ``main`` those that are measured in full."""

    sizes: Sequence[int]
    names: Sequence[str]
    main: Sequence[str]
    rounds: int = ROUNDS
    profiled: bool = False
    browser: bool = False


def plan(wishes: Wishes) -> list[Step]:
    """All steps in their order. Each round runs every case of every generator in turn."""
    steps: list[Step] = []
    for size in sorted(set(wishes.sizes)):
        steps += _of_size(wishes, size)
    return steps


def total(steps: Sequence[Step]) -> float:
    """Seconds, about."""
    return sum(step.seconds for step in steps)


def cold_seconds(generator: str, size: int) -> float:
    start, more = _COLD.get(generator, (1.0, 5.0))
    return start + more * size / 1000


def rounds_of(wishes: Wishes, generator: str, scenario: Scenario, size: int) -> int:
    """How often a case is run: never where it is not wanted, as often as asked where a budget is about it."""
    if scenario not in _scenarios(wishes, generator, size):
        return 0
    if size > GREATEST_WITH_ROUNDS:
        return 1
    if generator in wishes.main and scenario in BUDGETED:
        return wishes.rounds
    # The main ones are compared within rounds: both are run as often as the slower one can be.
    together = wishes.main if generator in wishes.main else (generator,)
    slowest = max(_seconds(name, scenario, size) for name in together)
    allowance = ALLOWANCE_COLD if scenario == "cold" else ALLOWANCE
    return max(1, min(wishes.rounds, int(allowance / slowest)))


def _of_size(wishes: Wishes, size: int) -> Iterator[Step]:
    thousands = size / 1000
    names = [name for name in wishes.names if _scenarios(wishes, name, size)]
    for name in names:
        yield Step("prepare", size, _PREPARING * thousands, name)
    for number in range(1, wishes.rounds + 1):
        for scenario in SCENARIOS:
            for name in names:
                if number <= rounds_of(wishes, name, scenario, size):
                    checking = _CHECKING * thousands if number == 1 and scenario != "nothing" else 0.0
                    seconds = _seconds(name, scenario, size) + _TIDYING * thousands + checking
                    yield Step("build", size, seconds, name, scenario, number)
    for name in names:
        if name in wishes.main or cold_seconds(name, size) < _ONLY_COLD:
            yield Step("memory", size, 1.1 * cold_seconds(name, size), name)
    if "credsite" in names and size >= SERVED[0]:
        if wishes.profiled and size <= GREATEST_WITH_ROUNDS:
            for scenario in BUDGETED:
                yield Step("profile", size, _seconds("credsite", scenario, size), "credsite", scenario)
        if wishes.browser and size == max((one for one in wishes.sizes if one <= SERVED[-1]), default=0):
            yield Step("visit", size, _VISITING, "credsite")
            yield Step("filter", size, _FILTERING, "credsite")
        edits = min(2 * SERVING, 40 * (0.6 + 0.05 * thousands))
        if wishes.browser and size in SERVED:
            yield Step("serve", size, cold_seconds("credsite", size) + edits, "credsite")
        if size == WITH_PHOTOS:
            cold = cold_seconds("credsite", size) + _PHOTOS * thousands
            unchanged = 2 * wishes.rounds * _seconds("credsite", "nothing", size)
            yield Step("photos", size, cold + unchanged, "credsite", "nothing", wishes.rounds)
            if wishes.browser:
                yield Step("serve photos", size, cold + edits / 2, "credsite")
    yield Step("clean", size, _TIDYING * thousands * len(names))


def _scenarios(wishes: Wishes, generator: str, size: int) -> tuple[Scenario, ...]:
    if size > GREATEST_WITH_ROUNDS:
        return (
            ("cold", "nothing", "course")
            if generator == "credsite"
            else ("cold",)
            if generator in wishes.main
            else ()
        )
    if generator in wishes.main:
        return tuple(SCENARIOS)
    # Those that build everything again whatever was edited need no more than one edit, and not where it takes long.
    return ("cold", "course") if cold_seconds(generator, size) < _ONLY_COLD else ("cold",)


def _seconds(generator: str, scenario: Scenario, size: int) -> float:
    share = _WARM.get(generator, {}).get(scenario, 1.0)
    return share * cold_seconds(generator, size)
