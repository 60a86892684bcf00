"""Measures all generators in turns and writes docs/performance.md: `python -m benchmarks.run` or `make bench`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.catalogues.catalogue import SEED, Catalogue
from benchmarks.measure import machine
from benchmarks.measure.meter import RunError
from benchmarks.measure.rounds import Bench
from benchmarks.measure.stages import can_profile
from benchmarks.measure.stopping import scratch, stoppable
from benchmarks.measure.time_plan import ROUNDS, PlanOptions, Step, plan, total
from benchmarks.peers import GENERATORS, REFERENCE, UnavailableError
from benchmarks.peers.base import REPOSITORY
from benchmarks.peers.credsite import Credsite
from benchmarks.report import document
from benchmarks.report import tables as report
from benchmarks.report.figures import Results, Scenario
from benchmarks.report.plot import svg
from benchmarks.report.tables import Setting

SIZES: Final = (100, 1_000, 10_000)
_DOCUMENT: Final = REPOSITORY / "docs" / "performance.md"


def available(names: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The versions of the generators that are available, by name, and a sentence about each of the others."""
    versions, missing = {}, []
    for name in names:
        try:
            versions[name] = GENERATORS[name].version()
        except UnavailableError as error:
            missing.append(f"{GENERATORS[name].title} was left out. {error}")
    return versions, missing


def browser_missing() -> str:
    """Why there is no browser to measure with; "" if there is one."""
    try:
        from tests.support.browser import chromium_path
        from tests.support.tools import ToolMissingError
    except ImportError as error:
        return f"Nothing was measured in a browser: {error}."
    try:
        chromium_path()
    except ToolMissingError as error:
        return f"Nothing was measured in a browser. {error}"
    return ""


def main(arguments: list[str] | None = None) -> int:
    given = _arguments(arguments)
    if given.credsite:
        Credsite.program = given.credsite.absolute()
    versions, missing = available(given.only or list(GENERATORS))
    if not versions:
        return _complain(missing)
    measures_credsite = Credsite.name in versions
    browser = measures_credsite and not given.no_browser
    if browser and (reason := browser_missing()):
        browser = False
        missing.append(reason)
    sizes = sorted(set(given.sizes))
    options = PlanOptions(
        sizes=sizes,
        names=list(versions),
        main=(REFERENCE, Credsite.name),
        rounds=given.rounds,
        profiled=measures_credsite and can_profile(Credsite.program),
        browser=browser,
        own_fields=given.own_fields,
        large_photos=given.large_photos,
    )
    try:
        for size in sizes:
            Catalogue(size, given.seed)  # raises an error for impossible sizes before anything is measured
    except ValueError as error:
        return _complain([str(error)])
    for sentence in missing:
        _say(sentence)
    steps = plan(options)
    minutes = max(1, round(total(steps) * machine.slowness() / 60))
    _say(f"This takes about {minutes} min. Ctrl-C stops it early and shows what was measured until then.")
    return _measure(given, steps, versions, missing, sizes)


def _measure(
    given: argparse.Namespace,
    steps: Sequence[Step],
    versions: dict[str, str],
    missing: list[str],
    sizes: list[int],
) -> int:
    """Do the steps until one fails or the run is stopped, and show the results. Returns the exit code, as :func:`_run`.

    The results of a failed run are shown, but not written to the document.
    """
    with stoppable(), scratch(given.scratch) as folder:
        temporary = folder / "temporary"
        temporary.mkdir()
        kept = given.scratch is not None
        bench = Bench(folder, _say, seed=given.seed, keep=kept, environment={"TMPDIR": str(temporary)})
        code = _run(bench, steps)
        setting = Setting(
            machine=machine.describe_machine(folder),
            date=f"{date.today():%Y-%m-%d}",
            versions=versions,
            titles={name: GENERATORS[name].title for name in versions},
            missing=missing,
            rounds=given.rounds,
            reference=REFERENCE,
            stopped=code != 0,
        )
        # Results are shown before the sites are removed, which may take minutes.
        if measured := [size for size in sizes if any(key[0] == size for key in bench.results.runs)]:
            _show(bench.results, setting, measured)
            if not given.no_write and code != 1:
                _write(given.output, bench.results, setting, measured)
        if not kept:
            _say("Removing the sites ...")
    return code


def _run(bench: Bench, steps: Sequence[Step]) -> int:
    """Do the steps. Returns the exit code: 1 if a step failed, 128 plus the signal's number if a signal stopped the run."""
    try:
        bench.run(steps)
    except RunError as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt as stopped:
        _say("Stopped.")
        return 128 + int(stopped.args[0])
    return 0


def _show(results: Results, setting: Setting, sizes: list[int]) -> None:
    for size in sizes:
        if setting.comparable:
            print(f"\n{size:,} courses, compared with {setting.titles[setting.reference]} (rounds):\n")
            print(report.ratio_table(results, setting, size))
        for heading, table in (
            ("wall time (processor time; runs)", report.time_table(results, setting, size)),
            ("pages, bytes and memory", report.output_table(results, setting, size)),
            ("stages of credsite (processes)", report.stage_table(results, size)),
            ("fields of the site's own", report.own_fields_table(results, size)),
            ("in the browser", report.visit_table(results, size)),
            ("filters and search in the browser", report.filtering_table(results, size)),
        ):
            if table:
                print(f"\n{size:,} courses, {heading}:\n\n{table}")
    for heading, table in (
        ("The preview, from saved to shown", report.reload_table(results)),
        ("Growth (exponents)", report.growth_table(results, setting)),
        ("Budgets", report.budget_table(results)),
    ):
        if table:
            print(f"\n{heading}:\n\n{table}")
    for warning in report.warnings(results, setting, sizes):
        print(f"\nCaution: {warning}")
    sys.stdout.flush()


def _write(path: Path, results: Results, setting: Setting, sizes: list[int]) -> None:
    shown: dict[str, Scenario] = {"Cold": "cold", "After one edited course": "course"}
    panels = {
        title: {setting.titles[name]: results.points(name, scenario) for name in setting.titles}
        for title, scenario in shown.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = path.with_suffix(".svg")
    picture.write_text(svg(panels, document.picture_text(results, setting)), encoding="utf-8")
    path.write_text(document.document(results, setting, sizes, picture.name), encoding="utf-8")
    _say(f"Written: {path}, {picture}")


def _complain(sentences: Sequence[str]) -> int:
    for sentence in sentences:
        _say(sentence)
    return 1


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of courses")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="the most times that each case is run")
    parser.add_argument("--only", nargs="+", choices=list(GENERATORS), help="only these generators")
    parser.add_argument("--no-browser", action="store_true", help="measure nothing that needs a browser")
    parser.add_argument(
        "--own-fields", action="store_true", help="also measure ten fields of the site's own (10,000 courses)"
    )
    parser.add_argument(
        "--large-photos", action="store_true", help="also measure 500 photos of 12 megapixels (1,000 courses)"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="makes another catalogue")
    parser.add_argument(
        "--scratch", type=Path, help="folder in which sites are built and kept; a temporary one if left out"
    )
    parser.add_argument(
        "--credsite", type=Path, help="the credsite program to measure; that of this environment if left out"
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=_DOCUMENT,
        help="the document to write; docs/performance.md if left out",
    )
    parser.add_argument("--no-write", action="store_true", help="write no document")
    given = parser.parse_args(arguments)
    if given.rounds < 1:
        parser.error("--rounds must be 1 or more")
    return given


if __name__ == "__main__":
    sys.exit(main())
