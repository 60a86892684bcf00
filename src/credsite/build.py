"""The pipeline, from files to files: ``analyse`` goes as far as the plan, ``write`` puts it into the output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from credsite import cache
from credsite.analysis import Options, Progress, Site, analyse, take_in, theme_problem
from credsite.content.stored import StoredError, from_text, to_text
from credsite.making import made
from credsite.output.folder import OutputFolder
from credsite.output.writer import Made, Output, Summary, stands
from credsite.output.writer import update as update_outputs
from credsite.output.writer import write as write_outputs
from credsite.problems import Problem, Severity
from credsite.report import Report

__all__ = [
    "Options", "Progress", "Site", "analyse", "build", "theme_problem", "write",
]  # fmt: skip


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
    taken = take_in(options)
    if isinstance(taken, Site):
        return Built(taken.problems)
    key = taken.digest(options)
    standing = unchanged(key, taken.clock.now, options)
    if standing is not None:
        report, summary = standing
        return Built(report.problems, report, summary)
    site = analyse(options, taken, progress=progress)
    if site.plan is None or (site.count(Severity.ERROR) and not options.keep_going):
        return Built(site.problems, notice=site.notice)
    summary = write(site, options, inputs=key, progress=progress)
    return Built(site.problems, report_of(site), summary, site.notice or summary.notice)


def report_of(site: Site) -> Report:
    """What there is to say of an analysed site that has a catalogue."""
    catalogue, plan = site.catalogue, site.plan
    if catalogue is None or plan is None:
        raise ValueError("a site without a plan cannot be reported on")
    return Report(
        catalogue.clock.now,
        tuple(problem for problem in site.problems if problem.severity is not Severity.ADVICE),
        site.count(Severity.ADVICE),
        site.left_out,
        catalogue.held_back,
        next(iter(catalogue.changes), None),
        len(plan.pages),
        len(catalogue.courses),
        len(catalogue.stories),
        len(catalogue.pathways),
        len(catalogue.providers),
    )


def unchanged(key: str, now: datetime, options: Options) -> tuple[Report, Summary] | None:
    """What the last build said, where this one would make the same of the same, and all that it made is still there.

    ``key`` is the digest of the inputs, or "", ``now`` the moment of this build in the site's time zone.
    """
    if options.no_cache or not key or not options.output_folder.is_dir():
        return None
    with cache.Cache(options.root) as kept:
        standing = kept.standing(options.output_folder)
    if standing is None or standing.inputs != key:
        return None
    try:
        report = from_text(Report, standing.report)
    except StoredError:
        return None
    if not report.holds_at(now):
        return None
    with OutputFolder.open(options.output_folder, options.root) as folder:
        seen = cache.load_seen(options.root, folder.path)
        summary = stands(folder, standing.manifest, seen)
        if summary is None:
            return None
        cache.save_seen(seen, options.root, folder.path)
        return report, summary


def write(site: Site, options: Options, *, inputs: str = "", progress: Progress | None = None) -> Summary:
    """Put an analysed site into its output folder: only what is new, and nothing that is not credsite's own.

    ``inputs`` is the digest of what the site was made from, so that :func:`unchanged` can tell the next time.

    Raises OutputError where the folder may not be written to, ThemeError where a template fails.
    """
    if site.outputs is None:
        raise ValueError("a site without a plan cannot be written")
    pages = site.outputs
    pages.prepare(None if options.no_cache else cache.compiled_folder(options.root))

    def spread_out(work: Callable[[Output], Made], outputs: Sequence[Output]) -> Iterator[Made]:
        for number, done in enumerate(made(site, options, work, outputs), start=1):
            pages.note(done)
            if progress is not None:
                progress("Writing", number, len(outputs))
            yield done

    with OutputFolder.open(options.output_folder, options.root) as folder:
        if site.changed is not None:
            return update_outputs(folder, pages.reading(site.changed), spread_out)
        if options.no_cache:
            return write_outputs(folder, pages.all(), spread=spread_out)
        seen = cache.load_seen(options.root, folder.path)
        summary = write_outputs(folder, pages.all(), seen, spread_out)
        lost = cache.save_seen(seen, options.root, folder.path)
        standing = cache.Standing(inputs, summary.manifest, to_text(report_of(site)))
        lost = lost or cache.save_output(site.remembered(), site.reads, standing, options.root, folder.path)
        return replace(summary, notice=summary.notice or lost)
