"""Plans what is run, in which order, and estimates how long it takes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from benchmarks.report.figures import SCENARIOS, Scenario

Task = Literal[
    "prepare",
    "build",
    "memory",
    "profile",
    "serve",
    "photos",
    "serve photos",
    "large photos",
    "own fields",
    "visit",
    "filter",
    "clean",
]

ROUNDS: Final = 5
ALLOWANCE: Final = 20.0
"""Seconds for all runs of a case without a budget. Each case is run at least once."""
ALLOWANCE_COLD: Final = 90.0
"""The same for the cold builds of the peers: there is a budget for how much faster credsite is."""
BUDGETED: Final[tuple[Scenario, ...]] = ("cold", "nothing", "course")
GREATEST_WITH_ROUNDS: Final = 10_000
"""Larger catalogues are built once, for growth and memory only."""
SERVED: Final = (1_000, 10_000)
WITH_PHOTOS: Final = 1_000
"""The size of the catalogue that is also measured with a photo beside each course."""
WITH_OWN_FIELDS: Final = 10_000
"""The size of the catalogue that is also measured with ten own fields."""
SERVING: Final = 60.0
"""The most seconds for one kind of edit in the preview."""
_ONLY_COLD: Final = 40.0
"""If a cold build of a peer takes longer than this (seconds), its edits and its memory are not measured."""

# Seconds on two slow processors: for a site without courses, and for each 1,000 courses.
_COLD: Final = {
    "hugo": (0.6, 3.5),
    "credsite": (1.2, 4.4),
    "eleventy": (1.8, 4.0),
    "pelican": (1.0, 9.0),
    "mkdocs": (1.5, 18.0),
}
_WARM: Final = {"credsite": {"nothing": 0.08, "course": 0.12}, "pelican": {"course": 0.4}}
"""Shares of the time of a cold build; 1 if there is none."""
_PREPARING: Final = 1.2
_PHOTOS: Final = 110.0
"""Additional seconds for 1,000 photos."""
LARGE_PHOTOS: Final = 500
"""The number of photos of 12 megapixels that are measured."""
_LARGE_PHOTO: Final = 0.5
"""Seconds for each of them."""
_VISITING: Final = 20.0
_FILTERING: Final = 35.0
_CLEANING: Final = 0.15
"""Seconds for 1,000 courses around each build, to write data to the disk and to remove old files."""
_CHECKING: Final = 0.4


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``seconds`` is an estimate; ``generator`` is "" for steps of no generator; ``number`` is the round, from 1."""

    task: Task
    size: int
    seconds: float
    generator: str = ""
    scenario: Scenario = "cold"
    number: int = 1


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the user wants to run. ``names`` are the generators in their order; those in ``main`` are measured in all cases."""

    sizes: Sequence[int]
    names: Sequence[str]
    main: Sequence[str]
    rounds: int = ROUNDS
    profiled: bool = False
    browser: bool = False
    own_fields: bool = False
    large_photos: bool = False


def plan(options: PlanOptions) -> list[Step]:
    """All steps in their order. Each round runs every case of every generator in turn."""
    steps: list[Step] = []
    for size in sorted(set(options.sizes)):
        steps += _steps_of_size(options, size)
    return steps


def total(steps: Sequence[Step]) -> float:
    """The estimated seconds of all steps."""
    return sum(step.seconds for step in steps)


def cold_seconds(generator: str, size: int) -> float:
    start, more = _COLD.get(generator, (1.0, 5.0))
    return start + more * size / 1000


def rounds_of(options: PlanOptions, generator: str, scenario: Scenario, size: int) -> int:
    """How many times a case is run: 0 if it is not wanted, as often as the user asked if it has a budget."""
    if scenario not in _scenarios(options, generator, size):
        return 0
    if size > GREATEST_WITH_ROUNDS:
        return 1
    if generator in options.main and scenario in BUDGETED:
        return options.rounds
    # The main generators are compared within rounds, so both are run as often as the slower one can be.
    together = options.main if generator in options.main else (generator,)
    slowest = max(_seconds(name, scenario, size) for name in together)
    allowance = ALLOWANCE_COLD if scenario == "cold" else ALLOWANCE
    return max(1, min(options.rounds, int(allowance / slowest)))


def _steps_of_size(options: PlanOptions, size: int) -> Iterator[Step]:
    thousands = size / 1000
    names = [name for name in options.names if _scenarios(options, name, size)]
    for name in names:
        yield Step("prepare", size, _PREPARING * thousands, name)
    for number in range(1, options.rounds + 1):
        for scenario in SCENARIOS:
            for name in names:
                if number <= rounds_of(options, name, scenario, size):
                    checking = _CHECKING * thousands if number == 1 and scenario != "nothing" else 0.0
                    seconds = _seconds(name, scenario, size) + _CLEANING * thousands + checking
                    yield Step("build", size, seconds, name, scenario, number)
    for name in names:
        if name in options.main or cold_seconds(name, size) < _ONLY_COLD:
            yield Step("memory", size, 1.1 * cold_seconds(name, size), name)
    if "credsite" in names and size >= SERVED[0]:
        if options.profiled and size <= GREATEST_WITH_ROUNDS:
            for scenario in BUDGETED:
                yield Step("profile", size, _seconds("credsite", scenario, size), "credsite", scenario)
        if options.browser and size == max((one for one in options.sizes if one <= SERVED[-1]), default=0):
            yield Step("visit", size, _VISITING, "credsite")
            yield Step("filter", size, _FILTERING, "credsite")
        edits = min(2 * SERVING, 40 * (0.6 + 0.05 * thousands))
        if options.browser and size in SERVED:
            yield Step("serve", size, cold_seconds("credsite", size) + edits, "credsite")
        if size == WITH_PHOTOS:
            cold = cold_seconds("credsite", size) + _PHOTOS * thousands
            unchanged = 2 * options.rounds * _seconds("credsite", "nothing", size)
            yield Step("photos", size, cold + unchanged, "credsite", "nothing", options.rounds)
            if options.large_photos:
                yield Step("large photos", size, LARGE_PHOTOS * _LARGE_PHOTO, "credsite")
            if options.browser:
                yield Step("serve photos", size, cold_seconds("credsite", size) + edits / 2, "credsite")
        if options.own_fields and size == WITH_OWN_FIELDS:
            builds = 2 * options.rounds * (cold_seconds("credsite", size) + _CLEANING * thousands)
            seconds = _PREPARING * thousands + builds
            yield Step("own fields", size, seconds, "credsite", "cold", options.rounds)
    yield Step("clean", size, _CLEANING * thousands * len(names))


def _scenarios(options: PlanOptions, generator: str, size: int) -> tuple[Scenario, ...]:
    if size > GREATEST_WITH_ROUNDS:
        return (
            ("cold", "nothing", "course")
            if generator == "credsite"
            else ("cold",)
            if generator in options.main
            else ()
        )
    if generator in options.main:
        return tuple(SCENARIOS)
    # The others build everything again after any edit, so one kind of edit is enough, and none if a build takes long.
    return ("cold", "course") if cold_seconds(generator, size) < _ONLY_COLD else ("cold",)


def _seconds(generator: str, scenario: Scenario, size: int) -> float:
    share = _WARM.get(generator, {}).get(scenario, 1.0)
    return share * cold_seconds(generator, size)
