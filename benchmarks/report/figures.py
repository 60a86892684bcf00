"""Figures from measured runs: medians, ratios, and how costs grow. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final, Literal

from benchmarks.measure.browsing import Page
from benchmarks.measure.filtering import Filtering
from benchmarks.measure.meter import Measured
from benchmarks.measure.serving import Reloads
from benchmarks.measure.stages import Stage

Scenario = Literal["cold", "nothing", "course", "industry", "theme"]
SCENARIOS: Final[dict[Scenario, str]] = {
    "cold": "cold",
    "nothing": "nothing changed",
    "course": "one course edited",
    "industry": "an industry renamed",
    "theme": "the theme edited",
}

GROWTH_FROM: Final = 1_000
"""Courses. In smaller catalogues, starting up takes much of the time, so growth would look better than it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """The medians of one generator in one scenario. Times are in seconds; ``others`` is a share of one processor."""

    wall: float
    cpu: float
    runs: int
    others: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median, the least and the greatest of the ratios of all rounds. Each ratio compares runs of one round."""

    median: float
    least: float
    greatest: float
    rounds: int


@dataclass(frozen=True, slots=True)
class OwnFields:
    """Cold builds of a site with ten own fields and of the same site without them: ``rounds`` has one of each, in this order.

    ``pages`` are HTML files and ``weight`` is bytes, of the site with them and of the one without.
    """

    rounds: tuple[tuple[Measured, Measured], ...]
    pages: tuple[int, int]
    weight: tuple[int, int]

    @property
    def cpu(self) -> tuple[float, float]:
        """The median processor time of all processes, in seconds, with the fields and without."""
        return median(own.cpu for own, _ in self.rounds), median(plain.cpu for _, plain in self.rounds)

    @property
    def ratio(self) -> Ratio:
        """Processor time with the fields divided by that without."""
        ratios = [own.cpu / plain.cpu for own, plain in self.rounds]
        return Ratio(median(ratios), min(ratios), max(ratios), len(ratios))


@dataclass(slots=True)
class Results:
    """All that was measured. ``runs`` are by size, generator and scenario, then by round.

    ``memory`` and ``weight`` (bytes), ``pages`` (HTML files) and ``html`` (their bytes) are those of cold builds, by size and
    generator.
    ``stages`` are those of credsite, by size and scenario. ``reloads``, ``visits`` and ``filtering`` are by size.
    ``photos`` are builds in which nothing changed, by size: for each round, one with a photo beside each course and one without.
    ``large_photos`` are the first and the second build of a site with so many photos of 12 megapixels; the first has its memory.
    ``own_fields`` are by size.
    """

    runs: dict[tuple[int, str, Scenario], dict[int, Measured]] = field(default_factory=dict)
    memory: dict[tuple[int, str], int] = field(default_factory=dict)
    pages: dict[tuple[int, str], int] = field(default_factory=dict)
    html: dict[tuple[int, str], int] = field(default_factory=dict)
    weight: dict[tuple[int, str], int] = field(default_factory=dict)
    stages: dict[tuple[int, Scenario], tuple[Stage, ...]] = field(default_factory=dict)
    reloads: dict[int, tuple[Reloads, ...]] = field(default_factory=dict)
    visits: dict[int, tuple[Page, ...]] = field(default_factory=dict)
    filtering: dict[int, Filtering] = field(default_factory=dict)
    photos: dict[int, tuple[tuple[Measured, Measured], ...]] = field(default_factory=dict)
    large_photos: dict[int, tuple[Measured, Measured]] = field(default_factory=dict)
    own_fields: dict[int, OwnFields] = field(default_factory=dict)

    def add(self, size: int, generator: str, scenario: Scenario, number: int, run: Measured) -> None:
        self.runs.setdefault((size, generator, scenario), {})[number] = run

    def line(self, size: int, generator: str, scenario: Scenario) -> Line | None:
        """The medians of a case, or None if it was not measured."""
        runs = list(self.runs.get((size, generator, scenario), {}).values())
        if not runs:
            return None
        return Line(
            wall=median(run.wall for run in runs),
            cpu=median(run.cpu for run in runs),
            runs=len(runs),
            others=median(run.others / run.wall for run in runs),
        )

    def ratio(self, size: int, generator: str, scenario: Scenario, reference: str) -> Ratio | None:
        """Wall time divided by that of the reference in the same scenario, or None if no round has both."""
        ours = self.runs.get((size, generator, scenario), {})
        theirs = self.runs.get((size, reference, scenario), {})
        return _ratio([(ours[number], theirs[number]) for number in sorted(ours.keys() & theirs.keys())])

    def photo_ratio(self, size: int) -> Ratio | None:
        """Wall time of a build in which nothing changed, with photos, divided by that of one without."""
        return _ratio(self.photos.get(size, ()))

    def memory_ratio(self, size: int, generator: str, reference: str) -> float | None:
        ours, theirs = self.memory.get((size, generator)), self.memory.get((size, reference))
        return ours / theirs if ours and theirs else None

    def html_ratio(self, size: int, generator: str, reference: str) -> float | None:
        ours, theirs = self.html.get((size, generator)), self.html.get((size, reference))
        return ours / theirs if ours and theirs else None

    def points(self, generator: str, scenario: Scenario) -> list[tuple[int, float]]:
        """Sizes in ascending order, each with its median wall time."""
        sizes = sorted({size for size, name, what in self.runs if (name, what) == (generator, scenario)})
        return [(size, line.wall) for size in sizes if (line := self.line(size, generator, scenario))]

    def spread_of_pages(self, size: int) -> float:
        """By how much the most pages of a generator exceed the fewest, as a share of the fewest."""
        found = [pages for (courses, _), pages in self.pages.items() if courses == size]
        return max(found) / max(1, min(found)) - 1 if found else 0.0


def _ratio(pairs: Sequence[tuple[Measured, Measured]]) -> Ratio | None:
    ratios = [ours.wall / theirs.wall for ours, theirs in pairs]
    return Ratio(median(ratios), min(ratios), max(ratios), len(ratios)) if ratios else None


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of the least-squares line through the logarithms: 1 if cost grows in proportion to the catalogue.

    Only sizes from :data:`GROWTH_FROM` count. None if there are fewer than two of them.
    """
    points = [(x, y) for x, y in points if x >= GROWTH_FROM]
    if len({x for x, _ in points}) < 2:
        return None
    xs = [math.log(x) for x, _ in points]
    ys = [math.log(y) for _, y in points]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - middle_x) ** 2 for x in xs)
