"""What is made of measured runs: medians, ratios and how costs grow. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final, Literal

from benchmarks.meter import Measured

Scenario = Literal["cold", "nothing", "course", "industry", "theme"]
SCENARIOS: Final[dict[Scenario, str]] = {
    "cold": "cold",
    "nothing": "nothing changed",
    "course": "one course edited",
    "industry": "an industry renamed",
    "theme": "the theme edited",
}


@dataclass(frozen=True, slots=True)
class Line:
    """The medians of one generator in one scenario. Seconds; ``others`` is the share of one processor."""

    wall: float
    cpu: float
    runs: int
    others: float


@dataclass(slots=True)
class Results:
    """All runs, by size, generator and scenario. ``memory`` (bytes), ``pages`` and ``size`` (bytes) are those of cold builds."""

    runs: dict[tuple[int, str, Scenario], list[Measured]] = field(default_factory=dict)
    memory: dict[tuple[int, str], int] = field(default_factory=dict)
    pages: dict[tuple[int, str], int] = field(default_factory=dict)
    weight: dict[tuple[int, str], int] = field(default_factory=dict)

    def add(self, size: int, generator: str, scenario: Scenario, run: Measured) -> None:
        self.runs.setdefault((size, generator, scenario), []).append(run)

    def line(self, size: int, generator: str, scenario: Scenario) -> Line | None:
        """None where that was not measured."""
        runs = self.runs.get((size, generator, scenario))
        if not runs:
            return None
        return Line(
            wall=median(run.wall for run in runs),
            cpu=median(run.cpu for run in runs),
            runs=len(runs),
            others=median(run.others / run.wall for run in runs),
        )

    def ratio(self, size: int, generator: str, scenario: Scenario, reference: str) -> float | None:
        """Median wall time in terms of the reference's in the same scenario."""
        ours, theirs = self.line(size, generator, scenario), self.line(size, reference, scenario)
        return ours.wall / theirs.wall if ours and theirs else None

    def memory_ratio(self, size: int, generator: str, reference: str) -> float | None:
        ours, theirs = self.memory.get((size, generator)), self.memory.get((size, reference))
        return ours / theirs if ours and theirs else None

    def points(self, generator: str, scenario: Scenario) -> list[tuple[int, float]]:
        """Sizes in rising order, each with its median wall time."""
        sizes = sorted({size for size, name, what in self.runs if (name, what) == (generator, scenario)})
        return [(size, line.wall) for size in sizes if (line := self.line(size, generator, scenario))]

    def spread_of_pages(self, size: int) -> float:
        """By how much the most pages of a generator exceed the fewest, as a share of the fewest."""
        found = [pages for (courses, _), pages in self.pages.items() if courses == size]
        return max(found) / max(1, min(found)) - 1 if found else 0.0


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of the least-squares line through the logarithms: 1 where cost grows as size does.

    None for fewer than two sizes.
    """
    if len({x for x, _ in points}) < 2:
        return None
    xs = [math.log(x) for x, _ in points]
    ys = [math.log(y) for _, y in points]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - middle_x) ** 2 for x in xs)


@dataclass(frozen=True, slots=True)
class Budget:
    """What credsite must keep, in terms of the reference at ``size`` courses."""

    what: str
    scenario: Scenario | Literal["memory"]
    most: float
    size: int = 10_000


BUDGETS: Final = (
    Budget("cold build", "cold", 1.25),
    Budget("build after one edited course", "course", 0.1),
    Budget("build when nothing changed", "nothing", 0.06),
    Budget("peak memory of a cold build", "memory", 0.5),
)
