"""Measurements that no one has made."""

from __future__ import annotations

from benchmarks.measure.browsing import Page
from benchmarks.measure.filtering import Filtering
from benchmarks.measure.meter import Measured
from benchmarks.measure.serving import Reloads
from benchmarks.measure.stages import Stage
from benchmarks.report.figures import Results
from benchmarks.report.tables import Setting

SETTING = Setting(
    machine="A machine.",
    date="2026-11-23",
    versions={"hugo": "1.0", "credsite": "2.0"},
    titles={"hugo": "Hugo", "credsite": "credsite"},
    missing=["Eleventy was left out. There is no npm."],
    rounds=3,
    reference="hugo",
)


def run(wall: float, cpu: float = 1.0, others: float = 0.0) -> Measured:
    return Measured(wall, cpu, 0, others)


def results() -> Results:
    """Hugo takes 4, 9 and 5 seconds for 1,000 courses and ten times that for ten times as many; credsite 6 each time."""
    found = Results()
    for size in (1_000, 10_000):
        for number, wall in enumerate((4.0, 9.0, 5.0), start=1):
            found.add(size, "hugo", "cold", number, run(wall * size / 1_000))
            found.add(size, "credsite", "cold", number, run(6.0 * size / 1_000))
        found.add(size, "hugo", "course", 1, run(5.0))
        found.add(size, "credsite", "course", 1, run(1.0))
        found.memory |= {(size, "hugo"): 400_000_000, (size, "credsite"): 100_000_000}
        found.pages |= {(size, "hugo"): size, (size, "credsite"): size}
    return found


def everything() -> Results:
    """The same with what is measured of credsite alone."""
    found = results()
    found.stages[1_000, "cold"] = (Stage("read", 0.5, 1), Stage("render", 2.25, 2))
    found.stages[1_000, "course"] = (Stage("read", 0.1, 1), Stage("plan", 0.05, 1))
    found.reloads[1_000] = (Reloads("the text of a course", (90.0, 200.0, 110.0)),)
    found.visits[1_000] = (
        Page("list", compressed=20_400, plain=80_000, requests=5, foreign=0, shift=0.01, paint=88),
    )
    found.filtering[1_000] = Filtering((2.0, 9.0, 4.0), (1.0, 3.0), index=1_234.0, data=225_400)
    return found
