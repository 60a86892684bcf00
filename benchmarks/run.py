"""Measures all generators in turns and writes docs/performance.md: `python -m benchmarks.run`, or `make bench`."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.catalogue import SEED, Catalogue
from benchmarks.figures import SCENARIOS, Results, Scenario
from benchmarks.generators import GENERATORS, REFERENCE, Generator, UnavailableError
from benchmarks.generators.base import REPOSITORY
from benchmarks.generators.credsite import Credsite
from benchmarks.meter import RunError, measure
from benchmarks.plot import svg
from benchmarks.report import Setting, budget_table, document, growth_table, ratio_table, time_table, warnings

SIZES: Final = (100, 1_000, 10_000)
ROUNDS: Final = 5
PATIENCE: Final = 50.0
"""Seconds for all runs of one line of the table; each is run at least once."""
PEERS_UP_TO: Final = 1_000
"""Greatest catalogue for the generators besides credsite and the reference, unless asked for."""
_DOCUMENT: Final = REPOSITORY / "docs" / "performance.md"


class Bench:
    """The runs of one size: which are due, and what has been measured."""

    def __init__(self, catalogue: Catalogue, generators: Sequence[Generator], results: Results) -> None:
        self._catalogue = catalogue
        self._generators = generators
        self._results = results

    def prepare(self) -> None:
        for generator in self._generators:
            _say(f"{self._catalogue.size:,} courses: writing the site for {generator.title}")
            generator.prepare(self._catalogue)

    def run(self, rounds: int, patience: float) -> None:
        """All rounds. Each case follows on the one before it, so that its order is part of what is measured."""
        for number in range(1, rounds + 1):
            for scenario in SCENARIOS:
                for generator in self._generators:
                    if scenario in _scenarios(generator) and self._due(generator, scenario, patience):
                        self._run(generator, scenario, number)

    def measure_memory(self) -> None:
        size = self._catalogue.size
        for generator in self._generators:
            generator.clean()
            run = measure(generator.command, generator.folder, generator.environment, memory=True)
            self._results.memory[size, generator.name] = run.memory
            _say(f"{size:,} courses, {generator.title}: {run.memory / 1e6:,.0f} MB")

    def _due(self, generator: Generator, scenario: Scenario, patience: float) -> bool:
        runs = self._results.runs.get((self._catalogue.size, generator.name, scenario), [])
        spent = sum(run.wall for run in runs)
        return not runs or spent + spent / len(runs) <= patience

    def _run(self, generator: Generator, scenario: Scenario, number: int) -> None:
        size = self._catalogue.size
        if scenario == "cold":
            generator.clean()
        elif scenario != "nothing":
            generator.edit(self._catalogue, scenario, number)
        run = measure(generator.command, generator.folder, generator.environment, memory=False)
        self._results.add(size, generator.name, scenario, run)
        _say(
            f"{size:,} courses, round {number}, {SCENARIOS[scenario]}, {generator.title}: "
            f"{run.wall:.2f} s, processor {run.cpu:.2f} s, others {run.others:.2f} s"
        )
        if scenario == "cold":
            self._results.pages[size, generator.name] = sum(1 for _ in generator.output.rglob("*.html"))
            weights = (path.stat().st_size for path in generator.output.rglob("*") if path.is_file())
            self._results.weight[size, generator.name] = sum(weights)


def _scenarios(generator: Generator) -> tuple[Scenario, ...]:
    if generator.name in (Credsite.name, REFERENCE):
        return tuple(SCENARIOS)
    return ("cold", "course")


def available(names: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Versions of those generators that can be had, and a sentence on each of the others."""
    versions, missing = {}, []
    for name in names:
        try:
            versions[name] = GENERATORS[name].version()
        except UnavailableError as error:
            missing.append(f"{GENERATORS[name].title} was left out. {error}")
    return versions, missing


def machine(scratch: Path) -> str:
    """The processor, memory and system in a sentence."""
    model = _after_colon(Path("/proc/cpuinfo"), "model name") or platform.processor() or platform.machine()
    memory = _after_colon(Path("/proc/meminfo"), "MemTotal").removesuffix(" kB")
    size = f", {int(memory) / 2**20:.0f} GiB of memory" if memory.isdigit() else ""
    free = shutil.disk_usage(scratch).total / 2**30
    return (
        f"The machine: {len(os.sched_getaffinity(0))} processors ({model}){size}, a disk of {free:.0f} GiB, "
        f"{platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}."
    )


def _after_colon(path: Path, key: str) -> str:
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")


@contextmanager
def _scratch(given: Path | None) -> Iterator[Path]:
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield Path(tempfile.mkdtemp(prefix="bench-", dir=given.resolve()))
    else:
        with tempfile.TemporaryDirectory(prefix="credsite-bench-") as folder:
            yield Path(folder)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of courses")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is run at most")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds for all runs of one line")
    parser.add_argument("--only", nargs="+", choices=list(GENERATORS), help="these generators only")
    parser.add_argument(
        "--every-peer", action="store_true", help=f"run all peers with more than {PEERS_UP_TO:,} courses too"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="another catalogue")
    parser.add_argument(
        "--scratch", type=Path, help="where sites are built and kept; a temporary folder if left out"
    )
    parser.add_argument(
        "--credsite", type=Path, help="the credsite to measure; that of this environment if left out"
    )
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    given = parser.parse_args(arguments)
    if given.rounds < 1:
        parser.error("--rounds must be 1 or more")
    return given


def main(arguments: list[str] | None = None) -> int:
    given = _arguments(arguments)
    if given.credsite:
        Credsite.program = given.credsite.absolute()
    versions, missing = available(given.only or list(GENERATORS))
    for sentence in missing:
        _say(sentence)
    if not versions:
        return 1
    sizes = sorted(set(given.sizes))
    results = Results()
    try:
        catalogues = [Catalogue(size, given.seed) for size in sizes]
        with _scratch(given.scratch) as scratch:
            where = machine(scratch)
            for catalogue in catalogues:
                _measure_size(catalogue, list(versions), scratch, results, given)
    except (ValueError, RunError) as error:
        _say(str(error))
        return 1
    setting = Setting(
        machine=where,
        date=f"{date.today():%Y-%m-%d}",
        versions=versions,
        titles={name: GENERATORS[name].title for name in versions},
        missing=missing,
        rounds=given.rounds,
        reference=REFERENCE,
    )
    _show(results, setting, sizes)
    if not given.no_write:
        _write(results, setting, sizes)
    return 0


def _measure_size(
    catalogue: Catalogue, names: list[str], scratch: Path, results: Results, given: argparse.Namespace
) -> None:
    everybody = given.every_peer or given.only or catalogue.size <= PEERS_UP_TO
    names = [name for name in names if everybody or name in (REFERENCE, Credsite.name)]
    folder = scratch / str(catalogue.size)
    folder.mkdir()
    generators = [GENERATORS[name](folder / name) for name in names]
    bench = Bench(catalogue, generators, results)
    bench.prepare()
    bench.run(given.rounds, given.patience)
    bench.measure_memory()
    if given.scratch is None:
        shutil.rmtree(folder)


def _show(results: Results, setting: Setting, sizes: list[int]) -> None:
    for size in sizes:
        if setting.comparable:
            print(f"\n{size:,} courses, in terms of {setting.titles[setting.reference]}:\n")
            print(ratio_table(results, setting, size))
        print(f"\n{size:,} courses, wall time (processor time; runs):\n")
        print(time_table(results, setting, size))
    for heading, table in (
        ("Growth (exponents)", growth_table(results, setting)),
        ("Budgets", budget_table(results, setting)),
    ):
        if table:
            print(f"\n{heading}:\n\n{table}")
    for warning in warnings(results, setting, sizes):
        print(f"\nWith care: {warning}")


def _write(results: Results, setting: Setting, sizes: list[int]) -> None:
    shown: dict[str, Scenario] = {"Cold": "cold", "After one edited course": "course"}
    panels = {
        title: {setting.titles[name]: results.points(name, scenario) for name in setting.titles}
        for title, scenario in shown.items()
    }
    picture = _DOCUMENT.with_suffix(".svg")
    picture.write_text(svg(panels), encoding="utf-8")
    _DOCUMENT.write_text(document(results, setting, sizes, picture.name), encoding="utf-8")
    _say(f"Written: {_DOCUMENT.relative_to(REPOSITORY)}, {picture.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    sys.exit(main())
