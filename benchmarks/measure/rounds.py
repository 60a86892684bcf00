"""Runs the steps of a plan and collects the results."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.catalogues.catalogue import SEED, Catalogue
from benchmarks.catalogues.generate import NOW
from benchmarks.catalogues.photos import large_photos, photos
from benchmarks.measure import stages
from benchmarks.measure.browsing import measure_pages
from benchmarks.measure.checks import check_edit, check_pages
from benchmarks.measure.filtering import measure_filtering
from benchmarks.measure.meter import measure
from benchmarks.measure.serving import EDITS, measure_serving
from benchmarks.measure.time_plan import LARGE_PHOTOS, SERVING, Step, total
from benchmarks.peers import GENERATORS, Generator
from benchmarks.peers.base import set_aside
from benchmarks.peers.credsite import Credsite
from benchmarks.report.figures import SCENARIOS, OwnFields, Results, Scenario

_LATER_EDITS = 1_000
"""Numbers of the edits outside the rounds begin here, so that none is made twice."""


class Bench:
    """Runs a plan in ``folder``. ``say`` is called with each line of progress.

    Results are added while it runs, so they can be shown when it is stopped. Raises RunError if a build fails or its
    pages are not as they must be.
    """

    def __init__(
        self,
        folder: Path,
        say: Callable[[str], None],
        *,
        seed: int = SEED,
        keep: bool = False,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.results = Results()
        self._folder = folder
        self._aside = folder / "aside"
        self._say = say
        self._seed = seed
        self._keep = keep
        self._environment = environment or {}
        self._catalogues: dict[int, Catalogue] = {}
        self._generators: dict[tuple[int, str], Generator] = {}
        self._photo_sites: dict[int, Generator] = {}
        self._edits = _LATER_EDITS

    def run(self, steps: Sequence[Step]) -> None:
        """Run all steps in their order. The order matters, because each case starts from the result of the one before."""
        try:
            self._run(steps)
        finally:
            if self._keep:  # otherwise it is removed with all the rest
                shutil.rmtree(self._aside, ignore_errors=True)

    def _run(self, steps: Sequence[Step]) -> None:
        begin = time.monotonic()
        size = 0
        for number, step in enumerate(steps):
            if step.size != size:
                size = step.size
                done, left = total(steps[:number]), total(steps[number:])
                pace = (time.monotonic() - begin) / done if done > 60 else 1.0
                self._say(f"{size:,} courses: about {max(1, round(left * pace / 60))} min left")
            match step.task:
                case "prepare":
                    self._prepare(step)
                case "build":
                    self._build(step)
                case "memory":
                    self._memory(step)
                case "profile":
                    self._profile(step)
                case "visit":
                    self._visit(step)
                case "filter":
                    self._filter(step)
                case "serve":
                    self._serve(step)
                case "photos":
                    self._photos(step)
                case "serve photos":
                    self._serve(step, self._photo_sites[step.size], ", with photos", EDITS // 2)
                case "large photos":
                    self._large_photos(step)
                case "own fields":
                    self._own_fields(step)
                case "clean":
                    self._clean(step)

    def _of(self, step: Step) -> tuple[Generator, Catalogue]:
        return self._generators[step.size, step.generator], self._catalogues[step.size]

    def _prepare(self, step: Step) -> None:
        catalogue = self._catalogues.setdefault(step.size, Catalogue(step.size, self._seed))
        generator = GENERATORS[step.generator](self._folder / str(step.size) / step.generator)
        generator.folder.parent.mkdir(exist_ok=True)
        self._say(f"{step.size:,} courses: writing the site for {generator.title}")
        generator.prepare(catalogue)
        generator.find_marks()
        self._generators[step.size, step.generator] = generator

    def _build(self, step: Step) -> None:
        generator, catalogue = self._of(step)
        if step.scenario == "cold":
            generator.clean(self._aside)
        elif step.scenario != "nothing":
            generator.edit(step.scenario, step.number)
        run = measure(generator.command, generator.folder, self._environment_of(generator), memory=False)
        self.results.add(step.size, generator.name, step.scenario, step.number, run)
        self._say(
            f"{step.size:,} courses, round {step.number}, {SCENARIOS[step.scenario]}, {generator.title}: "
            f"{run.wall:.2f} s, processor {run.cpu:.2f} s, others {run.others:.2f} s"
        )
        if step.number == 1:
            self._check(generator, catalogue, step.scenario)

    def _check(self, generator: Generator, catalogue: Catalogue, scenario: Scenario) -> None:
        if scenario == "cold":
            check_pages(generator, catalogue)
            key = catalogue.size, generator.name
            self.results.pages[key], self.results.html[key], self.results.weight[key] = _written(generator)
        elif scenario != "nothing":
            check_edit(generator, catalogue, scenario, 1)

    def _memory(self, step: Step) -> None:
        generator, _ = self._of(step)
        generator.clean(self._aside)
        run = measure(generator.command, generator.folder, self._environment_of(generator), memory=True)
        self.results.memory[step.size, generator.name] = run.memory
        self._say(f"{step.size:,} courses, {generator.title}: {run.memory / 1e6:,.0f} MB")

    def _profile(self, step: Step) -> None:
        generator, _ = self._of(step)
        if step.scenario == "cold":
            generator.clean(self._aside)
        elif step.scenario != "nothing":
            self._edits += 1
            generator.edit(step.scenario, self._edits)
        file = self._folder / "profile.json"
        command = [*generator.command, stages.OPTION, str(file)]
        measure(command, generator.folder, self._environment_of(generator), memory=False)
        self.results.stages[step.size, step.scenario] = stages.read(file.read_text(encoding="utf-8"))
        self._say(f"{step.size:,} courses, {SCENARIOS[step.scenario]}: profile of credsite")

    def _visit(self, step: Step) -> None:
        generator, catalogue = self._of(step)
        pages = {
            "home": "",
            "list": "courses/",
            "course": f"courses/{catalogue.name(catalogue.edited_course)[1]}/",
            "story": f"stories/{catalogue.stories[0].slug}/",
        }
        self.results.visits[step.size] = measure_pages(generator.output, pages, self._environment)
        self._say(f"{step.size:,} courses: pages visited in a browser")

    def _filter(self, step: Step) -> None:
        generator, _ = self._of(step)
        found = self.results.filtering[step.size] = measure_filtering(generator.output, self._environment)
        self._say(
            f"{step.size:,} courses: a filter changed in {found.change:.1f} ms, a search answered in "
            f"{found.answer:.1f} ms (medians)"
        )

    def _photos(self, step: Step) -> None:
        """Measure builds in which nothing changed, with a photo beside each course and without, in turns."""
        plain, catalogue = self._of(step)
        with_photos = Credsite(plain.folder.with_name("photos"))
        self._say(f"{step.size:,} courses: writing the site with photos")
        with_photos.prepare(catalogue, with_photos=photos)
        self._photo_sites[step.size] = with_photos
        pairs = []
        for number in range(step.number + 1):
            runs = [
                measure(one.command, one.folder, self._environment_of(one), memory=False)
                for one in (with_photos, plain)
            ]
            if number > 0:  # the first builds are cold, or follow edits of other cases
                pairs.append((runs[0], runs[1]))
                self._say(
                    f"{step.size:,} courses, round {number}, nothing changed: "
                    f"{runs[0].wall:.2f} s with photos, {runs[1].wall:.2f} s without"
                )
        self.results.photos[step.size] = tuple(pairs)

    def _large_photos(self, step: Step) -> None:
        """Measure the first and the second build of a site with photos of 12 megapixels."""
        plain, _ = self._of(step)
        site = Credsite(plain.folder.with_name("large-photos"))
        self._say(f"{LARGE_PHOTOS:,} photos of 12 megapixels: writing the site")
        site.prepare(Catalogue(LARGE_PHOTOS, self._seed), with_photos=large_photos)
        first, second = (
            measure(site.command, site.folder, self._environment_of(site), memory=memory)
            for memory in (True, False)
        )
        self.results.large_photos[LARGE_PHOTOS] = (first, second)
        self._say(
            f"{LARGE_PHOTOS:,} photos of 12 megapixels: first build {first.wall:.0f} s and {first.memory / 1e6:,.0f} MB, "
            f"second build {second.wall:.2f} s"
        )

    def _own_fields(self, step: Step) -> None:
        """Measure cold builds with ten own fields and without them, in turns."""
        plain, catalogue = self._of(step)
        with_fields = Credsite(plain.folder.with_name("own-fields"))
        self._say(f"{step.size:,} courses: writing the site with own fields")
        with_fields.prepare(catalogue, with_own=True)
        sites = (with_fields, plain)
        rounds = []
        for number in range(1, step.number + 1):
            runs = []
            for one in sites:
                one.clean(self._aside)
                runs.append(measure(one.command, one.folder, self._environment_of(one), memory=False))
            rounds.append((runs[0], runs[1]))
            self._say(
                f"{step.size:,} courses, round {number}, cold: processor {runs[0].cpu:.2f} s with own fields, "
                f"{runs[1].cpu:.2f} s without"
            )
        (pages, _, weight), (plain_pages, _, plain_weight) = map(_written, sites)
        self.results.own_fields[step.size] = OwnFields(
            tuple(rounds), (pages, plain_pages), (weight, plain_weight)
        )

    def _serve(
        self, step: Step, generator: Generator | None = None, case: str = "", edits: int = EDITS
    ) -> None:
        """Measure the preview with ``edits`` edits of each kind. ``case`` is added to the name of what was edited."""
        usual, catalogue = self._of(step)
        generator = generator or usual
        course = catalogue.name(catalogue.edited_course)[1]
        site = generator.folder / "site"
        found = measure_serving(
            Credsite.program, site, NOW, course, SERVING, edits=edits, environment=self._environment
        )
        found = tuple(replace(one, what=one.what + case) for one in found)
        self.results.reloads[step.size] = (*self.results.reloads.get(step.size, ()), *found)
        for one in found:
            self._say(
                f"{step.size:,} courses, served, {one.what} edited {len(one.milliseconds)} times: "
                f"median {one.median:.0f} ms, worst {one.worst:.0f} ms"
            )

    def _clean(self, step: Step) -> None:
        if not self._keep:
            set_aside(self._folder / str(step.size), self._aside)

    def _environment_of(self, generator: Generator) -> dict[str, str]:
        return {**self._environment, **generator.environment}


def _written(generator: Generator) -> tuple[int, int, int]:
    """How many HTML files the output of a build has, their bytes, and the bytes of all files."""
    files = [path for path in generator.output.rglob("*") if path.is_file()]
    pages = [path.stat().st_size for path in files if path.suffix == ".html"]
    return len(pages), sum(pages), sum(path.stat().st_size for path in files)
