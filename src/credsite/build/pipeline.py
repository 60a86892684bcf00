"""The pipeline, from files to files: ``analyse`` goes as far as the plan, ``write`` puts it into the output folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from credsite.build import cache
from credsite.build.options import Options, Progress
from credsite.build.output.summary import Summary
from credsite.build.result import Report
from credsite.build.state_dir import compiled_folder, save_seen
from credsite.build.up_to_date import FolderState, Inputs, LastBuild, keep, read_inputs
from credsite.core.parallel import MIN_ITEMS, BackgroundTask
from credsite.core.profiling import stage
from credsite.problems.codes import warnings_as_errors
from credsite.problems.model import Problem, Severity

if TYPE_CHECKING:
    from credsite.build.analysis import Inputs as SiteInputs
    from credsite.build.analysis import Site
    from credsite.build.output.writer import Made, Output
    from credsite.core.steps import Later


_REST: Final = tuple(
    f"credsite.{name}"
    for name in (
        "schema.config",
        "content.loader",
        "catalogue.catalogue",
        "site.planner",
        "build.render",
        "build.analysis",
        "build.parallel_render",
    )
)
"""Modules with which the rest of the program is loaded, bit by bit."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build. ``summary`` and ``report`` are None where errors forbade to write anything.

    Of advice, ``problems`` may say nothing: the report has its number. ``notice`` is a sentence for the editor, or "".
    """

    problems: tuple[Problem, ...]
    report: Report | None = None
    summary: Summary | None = None
    notice: str = ""


def build(options: Options, *, progress: Progress | None = None) -> Built:
    """Make the website, if errors do not forbid it.

    Raises ConfigError where there is no site, OutputError where the output folder may not be written to, and ThemeError
    where a template fails.
    """
    with nullcontext() if options.no_cache else cache.Cache(options.root) as kept:
        return _built(options, kept, progress)


def _built(options: Options, kept: cache.Cache | None, progress: Progress | None) -> Built:
    inputs, last = (None, None) if kept is None else _known(options, kept)
    with stage("read"):
        stands = inputs and last and last.stands(inputs, options.now)
        if stands and not (options.strict and stands.report.problems):
            return Built(stands.report.problems, stands.report, Summary(0, stands.files, 0, 0))
    with stage("start"):  # most of the program is loaded only where there is something for it to do
        from credsite.build.analysis import Site, analyse, take_in
    key = inputs.digest if inputs else ""
    with stage("read"):
        taken = take_in(options, digests=inputs.sources if inputs else {})
    if isinstance(taken, Site):
        return Built(taken.problems)
    with _compiling(options, taken):
        site = analyse(options, taken, kept=kept, progress=progress)
    del taken
    if options.strict and site.count(Severity.WARNING):
        return Built(warnings_as_errors(site.problems), notice=site.notice)
    if site.plan is None or (site.count(Severity.ERROR) and not options.keep_going):
        return Built(site.problems, notice=site.notice)
    with stage("write"):
        summary = write(site, options, inputs=key, last=last, progress=progress)
    return Built(site.problems, report_of(site), summary, site.notice or summary.notice)


@contextmanager
def _compiling(options: Options, taken: SiteInputs) -> Iterator[None]:
    """Meanwhile, have the theme's templates compiled, for which the first page of each kind would have to wait."""
    from credsite.build.render import compiling

    folder = None if options.no_cache else compiled_folder(options.root)
    work = taken.theme and folder and compiling(taken.settings, taken.theme, taken.texts, folder)
    aside = BackgroundTask(work, options.jobs) if work else None
    try:
        yield
    finally:
        if aside is not None and aside.runs_elsewhere:
            aside.result()


def _known(options: Options, kept: cache.Cache) -> tuple[Inputs | None, LastBuild]:
    """What the site is made from, as far as that can be known, and the last build."""
    with stage("read"):
        last = LastBuild(options.root, options.output_folder, kept)
        looking = BackgroundTask(partial(_looked, options, last), options.jobs)
    if looking.runs_elsewhere:
        # Mostly something has changed, so that the rest of the program is wanted in a moment, and then what it knows.
        with stage("start"):
            for module in _REST:
                if looking.is_done():
                    break
                import_module(module)
        with stage("read"):
            for _ in kept.read_ahead():
                if looking.is_done():
                    break
    with stage("read"):
        inputs, state = looking.result()
        last.told(state)
    return inputs, last


def _looked(options: Options, last: LastBuild) -> tuple[Inputs | None, FolderState]:
    """What the site is made from, and whether the files of the last build are as it made them."""
    inputs = read_inputs(options.root, options.drafts, options.keep_going, options.base_url)
    return inputs, last.state()


def report_of(site: Site) -> Report:
    """What there is to say of an analysed site that has a catalogue."""
    catalogue, plan = site.catalogue, site.plan
    if catalogue is None or plan is None:
        raise ValueError("a site without a plan cannot be reported on")
    return Report(
        catalogue.clock.now,
        site.config.timezone if site.config else "UTC",
        tuple(problem for problem in site.problems if problem.severity is not Severity.ADVICE),
        site.count(Severity.ADVICE),
        site.left_out,
        catalogue.held_back,
        catalogue.changes.first,
        len(plan.pages),
        len(catalogue.courses),
        len(catalogue.stories),
        len(catalogue.pathways),
        len(catalogue.providers),
    )


def write(
    site: Site,
    options: Options,
    *,
    inputs: str = "",
    last: LastBuild | None = None,
    progress: Progress | None = None,
    first: Collection[str] = (),
    first_written: Callable[[], object] | None = None,
) -> Summary:
    """Put an analysed site into its output folder: only what is new, and nothing that is not credsite's own.

    ``inputs`` is a digest of what the site was made from, so that the next build can tell whether anything has changed,
    and ``last`` is what is known of the last build. The pages at the output paths ``first`` are written before all others,
    and ``first_written`` is called when those of them that are new are there and others are still to come.

    Raises OutputError where the folder may not be written to, ThemeError where a template fails.
    """
    from credsite.build.output.folder import OutputFolder
    from credsite.build.output.writer import update as update_outputs
    from credsite.build.output.writer import write as write_outputs
    from credsite.build.parallel_render import made

    if site.outputs is None:
        raise ValueError("a site without a plan cannot be written")
    pages = site.outputs
    pages.prepare(None if options.no_cache else compiled_folder(options.root))

    def spread_out(work: Callable[[Output], Made | Later[Made]], outputs: Sequence[Output]) -> Iterator[Made]:
        if len(outputs) >= MIN_ITEMS["fork"]:
            pages.warm()
        ahead = max((number for number, output in enumerate(outputs, 1) if output.path in first), default=0)
        for number, done in enumerate(made(site, options, work, outputs), start=1):
            pages.note(done)
            if progress is not None:
                progress("Writing", number, len(outputs))
            if first_written is not None and number == ahead < len(outputs):
                first_written()
            yield done

    with OutputFolder.open(options.output_folder, options.root) as folder:
        if site.due is not None:
            return update_outputs(folder, pages.due(site.due, first), spread_out)
        if options.no_cache:
            return write_outputs(folder, pages.all(), spread=spread_out)
        if last is None:
            with cache.Cache(options.root) as kept:
                last = LastBuild(options.root, folder.path, kept)
        seen = last.seen
        summary = write_outputs(folder, pages.all(first), seen, spread_out, last.kept)
        lost = save_seen(seen, options.root, folder.path)
        stands = keep(inputs, report_of(site), summary.manifest)
        lost = lost or cache.save_output(site.kept(), site.known, stands, options.root, folder.path)
        return replace(summary, notice=summary.notice or lost)
