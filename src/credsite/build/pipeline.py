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
from credsite.build.output.summary import WriteSummary
from credsite.build.result import BuildReport
from credsite.build.state_dir import (
    load_source_digests,
    save_source_digests,
    save_stat_cache,
    template_cache_folder,
)
from credsite.build.up_to_date import BuildState, InputDigests, OutputState, digest_inputs, record_build
from credsite.core.parallel import MIN_ITEMS, BackgroundTask
from credsite.core.profiling import stage
from credsite.problems.codes import warnings_as_errors
from credsite.problems.model import Problem, Severity

if TYPE_CHECKING:
    from credsite.build.analysis import AnalysedSite
    from credsite.build.analysis import SourceSnapshot as SiteInputs
    from credsite.build.output.planned_output import Output, Put, WrittenOutput
    from credsite.build.render import SiteRenderer
    from credsite.content.file_digests import FileDigests


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
class BuildResult:
    """What came of a build. ``summary`` and ``report`` are None where errors forbade to write anything.

    Of advice, ``problems`` may say nothing: the report has its number. ``notice`` is a sentence for the editor, or "".
    """

    problems: tuple[Problem, ...]
    report: BuildReport | None = None
    summary: WriteSummary | None = None
    notice: str = ""


def build(options: Options, *, progress: Progress | None = None) -> BuildResult:
    """Make the website, if errors do not forbid it.

    Raises ConfigError where there is no site, OutputError where the output folder may not be written to, and ThemeError
    where a template fails.
    """
    with nullcontext() if options.no_cache else cache.Cache(options.root) as kept:
        return _built(options, kept, progress)


def _built(options: Options, kept: cache.Cache | None, progress: Progress | None) -> BuildResult:
    inputs, last = None, None
    file_digests = None if kept is None else load_source_digests(options.root)
    if kept is not None and file_digests is not None:
        inputs, last = _known(options, kept, file_digests)
    with stage("read"):
        stands = inputs and last and last.up_to_date(inputs, options.now)
        if stands and not (options.strict and stands.report.problems):
            return BuildResult(stands.report.problems, stands.report, WriteSummary(0, stands.files, 0, 0))
    with stage("start"):  # most of the program is loaded only where there is something for it to do
        from credsite.build.analysis import AnalysedSite, analyse, load_sources
    key = inputs.digest if inputs else ""
    with stage("read"):
        taken = load_sources(options, digests=inputs.sources if inputs else {}, file_digests=file_digests)
    if isinstance(taken, AnalysedSite):
        return BuildResult(taken.problems)
    with _compiling(options, taken):
        site = analyse(options, taken, kept=kept, progress=progress)
    del taken
    if options.strict and site.count(Severity.WARNING):
        return BuildResult(warnings_as_errors(site.problems), notice=site.notice)
    if site.plan is None or (site.count(Severity.ERROR) and not options.keep_going):
        return BuildResult(site.problems, notice=site.notice)
    with stage("write"):
        summary = write(site, options, inputs=key, last=last, progress=progress)
    return BuildResult(site.problems, build_report(site), summary, site.notice or summary.notice)


@contextmanager
def _compiling(options: Options, taken: SiteInputs) -> Iterator[None]:
    """Meanwhile, have the theme's templates compiled, for which the first page of each kind would have to wait."""
    from credsite.build.render import template_precompiler

    folder = None if options.no_cache else template_cache_folder(options.root)
    work = taken.theme and folder and template_precompiler(taken.config, taken.theme, taken.texts, folder)
    aside = BackgroundTask(work, options.jobs) if work else None
    try:
        yield
    finally:
        if aside is not None and aside.runs_elsewhere:
            aside.result()


def _known(
    options: Options, kept: cache.Cache, digests: FileDigests
) -> tuple[InputDigests | None, BuildState]:
    """What the site is made from, as far as that can be known, and the last build."""
    with stage("read"):
        last = BuildState(options.root, options.output_folder, kept)
        looking = BackgroundTask(partial(_looked, options, last, digests), options.jobs)
    if looking.runs_elsewhere:
        # Mostly something has changed, so that the rest of the program is wanted in a moment, and then what it knows.
        with stage("start"):
            for module in _REST:
                if looking.is_done():
                    break
                import_module(module)
        with stage("read"):
            for _ in kept.preload():
                if looking.is_done():
                    break
    with stage("read"):
        inputs, state = looking.result()
        last.set_output_state(state)
        if inputs is not None:
            digests.stats.newly_verified.update(inputs.newly_read)
    return inputs, last


def _looked(
    options: Options, last: BuildState, digests: FileDigests
) -> tuple[InputDigests | None, OutputState]:
    """What the site is made from, and whether the files of the last build are as it made them."""
    inputs = digest_inputs(options.root, options.drafts, options.keep_going, options.base_url, digests)
    save_source_digests(digests, options.root)
    return inputs, last.check_output()


def build_report(site: AnalysedSite) -> BuildReport:
    """What there is to say of an analysed site that has a catalogue."""
    catalogue, plan = site.catalogue, site.plan
    if catalogue is None or plan is None:
        raise ValueError("a site without a plan cannot be reported on")
    return BuildReport(
        catalogue.clock.now,
        site.config.timezone if site.config else "UTC",
        tuple(problem for problem in site.problems if problem.severity is not Severity.ADVICE),
        site.count(Severity.ADVICE),
        site.invalid_entries,
        catalogue.unpublished,
        catalogue.changes.first,
        len(plan.pages),
        len(catalogue.courses),
        len(catalogue.stories),
        len(catalogue.pathways),
        len(catalogue.providers),
    )


def write(
    site: AnalysedSite,
    options: Options,
    *,
    inputs: str = "",
    last: BuildState | None = None,
    progress: Progress | None = None,
    priority: Collection[str] = (),
    on_priority_written: Callable[[], object] | None = None,
) -> WriteSummary:
    """Put an analysed site into its output folder: only what is new, and nothing that is not credsite's own.

    ``inputs`` is a digest of what the site was made from, so that the next build can tell whether anything has changed,
    and ``last`` is what is known of the last build. The pages at the output paths ``priority`` are written before all others,
    and ``on_priority_written`` is called when those of them that are new are there and others are still to come.

    Raises OutputError where the folder may not be written to, ThemeError where a template fails.
    """
    from credsite.build.output.folder import OutputFolder
    from credsite.build.output.writer import update_outputs, write_outputs

    if site.renderer is None:
        raise ValueError("a site without a plan cannot be written")
    renderer = site.renderer
    renderer.prepare(None if options.no_cache else template_cache_folder(options.root))
    render_all = partial(
        _render_and_record, site, renderer, options, progress, frozenset(priority), on_priority_written
    )
    with OutputFolder.open(options.output_folder, options.root) as folder:
        if site.render_set is not None:
            return update_outputs(folder, renderer.selected(site.render_set, priority), render_all)
        if options.no_cache:
            return write_outputs(folder, renderer.all(), render_all=render_all)
        if last is None:
            with cache.Cache(options.root) as kept:
                last = BuildState(options.root, folder.path, kept)
        stat_cache = last.stat_cache
        summary = write_outputs(folder, renderer.all(priority), stat_cache, render_all, last.manifest)
        notice = save_stat_cache(stat_cache, options.root, folder.path)
        record = record_build(inputs, build_report(site), summary.manifest)
        notice = notice or cache.save_build(site.to_store(), site.stored, record, options.root, folder.path)
        return replace(summary, notice=summary.notice or notice)


def _render_and_record(
    site: AnalysedSite,
    renderer: SiteRenderer,
    options: Options,
    progress: Progress | None,
    priority: Collection[str],
    on_priority_written: Callable[[], object] | None,
    put: Put,
    outputs: Sequence[Output],
) -> Iterator[WrittenOutput]:
    """Render and put ``outputs``, and remember what each page looked up."""
    from credsite.build.parallel_render import render_all

    if len(outputs) >= MIN_ITEMS["fork"]:
        renderer.warm_up()
    ahead = max((number for number, output in enumerate(outputs, 1) if output.path in priority), default=0)
    for number, written in enumerate(render_all(site, options, put, outputs), start=1):
        renderer.record(written)
        if progress is not None:
            progress("Writing", number, len(outputs))
        if on_priority_written is not None and number == ahead < len(outputs):
            on_priority_written()
        yield written
