"""The whole way of a build: load the sources, analyse them, render and write the pages that are new."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from credsite.build.build_records import BuildRecord
from credsite.build.cache import Cache
from credsite.build.last_build import LastBuild
from credsite.build.options import Options, Progress
from credsite.build.output.disk import MANIFEST, BlockedError, Disk
from credsite.build.output.manifest import WriteSummary, manifest_bytes, read_manifest, withdrawn_files
from credsite.build.result import MAY_BE_MENTIONED, TAKEN_OFF, BuildReport, BuildResult, joined_notices
from credsite.build.state_dir import (
    remove_link_answers,
    remove_old_templates,
    remove_preview,
    save_stat_cache,
    template_cache_folder,
)
from credsite.core.errors import CredsiteError
from credsite.core.parallel import MAX_BATCH, MIN_ITEMS, parallel_map
from credsite.core.processes import StartMethod, default_start_method
from credsite.core.profiling import stage
from credsite.core.serialization import serialize
from credsite.core.stat_cache import StatCache
from credsite.problems.codes import warnings_as_errors
from credsite.problems.model import Problem, Severity

if TYPE_CHECKING:
    from credsite.build.analysed_site import AnalysedSite
    from credsite.build.output.planned_output import Output, Put, Rendered, WrittenOutput
    from credsite.build.render import SiteRenderer
    from credsite.build.sources import SourceSnapshot
    from credsite.build.withdrawal import Withdrawal

_MIN_DRAWN: Final[Mapping[StartMethod, int]] = {"fork": 8, "spawn": 40}
"""The number of share pictures from which starting processes saves time: one takes as long as twenty pages."""
_MAX_DRAWN: Final = 4
"""The most that a process gets at once."""


def build(options: Options, *, progress: Progress | None = None) -> BuildResult:
    """Build the website, if errors do not forbid it.

    Raises ConfigError where there is no site, OutputError where the output folder may not be written to, and ThemeError
    where a template fails.
    """
    remove_preview(options.root)
    with nullcontext() if options.no_cache else Cache(options.root) as cache:
        last_build = None if cache is None else LastBuild(options, cache)
        if last_build is not None:
            last_build.check()
            with stage("read"):
                up_to_date = last_build.up_to_date_result()
            if up_to_date is not None:
                return up_to_date
        with stage("start"):  # most of the program is loaded only where there is something for it to do
            from credsite.build.analysis import analyse
            from credsite.build.sources import load_sources
            from credsite.build.template_precompiler import precompiled_templates
        with stage("read"):
            digests = {} if last_build is None else last_build.entry_digests
            file_digests = None if last_build is None else last_build.file_digests
            sources = load_sources(options, digests=digests, file_digests=file_digests)
        with precompiled_templates(options, sources):
            site = analyse(options, sources, build_cache=cache, progress=progress)
        problems = _problems_that_stop(site, options)
        if problems is not None:
            return _stopped(problems, site, sources, options, progress)
        del sources  # which holds the bytes of all files
        try:
            with stage("write"):
                summary = write(site, options, last_build=last_build, progress=progress)
        except BlockedError as error:
            raise _with_withdrawal(error, site, options, progress) from None
        except Exception as error:  # noqa: BLE001 - nearly always, it is one entry
            site = _without_faults(error, site, options, progress)
            problems = _problems_that_stop(site, options)
            if problems is not None:
                stopped = _stopped(problems, site, load_sources(options), options, progress)
                return replace(stopped, is_begun=True)
            summary = write(site, options, last_build=last_build, progress=progress)
        notice = joined_notices(site.notice, summary=summary)
        return BuildResult(
            site.problems, BuildReport.of(site), summary, notice, still_there=summary.withdrawn
        )


def _without_faults(
    error: Exception, site: AnalysedSite, options: Options, progress: Progress | None
) -> AnalysedSite:
    """The site without the entries that made its pages fail with ``error``. Raises ``error`` where it is not for these."""
    from credsite.build.analysis import analyse_without_faults

    try:
        return analyse_without_faults(error, site, options, progress=progress)
    except Exception as failure:
        with suppress(CredsiteError):
            from credsite.build.withdrawal import remove_pages

            withdrawal = remove_pages(site, options)
            _retain_pictures(site, options)
            if withdrawal is not None and withdrawal.addresses:
                failure.add_note(f"{_taken_off(withdrawal)}\n{MAY_BE_MENTIONED}")
        raise


def _stopped(
    problems: tuple[Problem, ...],
    site: AnalysedSite,
    sources: SourceSnapshot,
    options: Options,
    progress: Progress | None,
) -> BuildResult:
    """The result of a build that errors stop, once what must not be published any more is taken off the website."""
    withdrawal = _take_off(site, sources, options, progress)
    _retain_pictures(site, options)
    notice = joined_notices(site.notice, summary=withdrawal.summary) if withdrawal else site.notice
    still_there = {*withdrawn_files(options.output_folder), *(withdrawal.still_there if withdrawal else ())}
    return BuildResult(problems, notice=notice, withdrawal=withdrawal, still_there=tuple(sorted(still_there)))


def _with_withdrawal(
    error: BlockedError, site: AnalysedSite, options: Options, progress: Progress | None
) -> BlockedError:
    """``error``, once what must not be published any more is taken off the website; then it says so too."""
    from credsite.build.sources import load_sources

    withdrawal = _take_off(site, load_sources(options), options, progress)
    if withdrawal is None or not withdrawal.addresses:
        return error
    return BlockedError(f"{error}\n{_taken_off(withdrawal)}", error.paths)


def _taken_off(withdrawal: Withdrawal) -> str:
    """What was taken off, line by line. The addresses hold no control characters, since they were published."""
    return "\n  ".join((TAKEN_OFF, *withdrawal.addresses))


def _take_off(
    site: AnalysedSite, sources: SourceSnapshot, options: Options, progress: Progress | None
) -> Withdrawal | None:
    from credsite.build.withdrawal import take_off

    def write_site(restored: AnalysedSite) -> WriteSummary:
        return write(restored, options, progress=progress, is_complete=False)

    with stage("write"):
        return take_off(site, sources, options, write_site)


def _problems_that_stop(site: AnalysedSite, options: Options) -> tuple[Problem, ...] | None:
    """The problems of a site that may not be written; None where it may."""
    if options.strict and site.count(Severity.WARNING):
        return warnings_as_errors(site.problems)
    if site.plan is None or (site.count(Severity.ERROR) and not options.keep_going):
        return site.problems
    return None


def write(
    site: AnalysedSite,
    options: Options,
    *,
    last_build: LastBuild | None = None,
    progress: Progress | None = None,
    priority: Collection[str] = (),
    on_priority_written: Callable[[], object] | None = None,
    is_complete: bool = True,
) -> WriteSummary:
    """Render and write an analysed site: only what is new, and nothing that is not credsite's own.

    The pages at the output paths ``priority`` are written before all others, and ``on_priority_written`` is called when
    those of them that are new are in place and others still have to be written. A site that is not ``is_complete`` has old
    versions of files with errors in it, which the cache goes on to hold; pages for which there is no room are left out.

    Raises OutputError where the folder may not be written to, ThemeError where a template fails.
    """
    from credsite.build.output.folder import OutputFolder
    from credsite.build.output.writer import update_outputs, write_outputs

    if site.renderer is None:
        raise ValueError("a site without a plan cannot be written")
    renderer = site.renderer
    remove_old_templates(options.root)
    renderer.prepare(None if options.no_cache else template_cache_folder())
    render_all = partial(
        _render_and_record, renderer, options, progress, frozenset(priority), on_priority_written
    )
    with OutputFolder.open(
        options.output_folder, options.root, is_named=options.output is not None
    ) as folder:
        if site.render_set is not None:
            return update_outputs(folder, renderer.selected(site.render_set, priority), render_all)
        outputs = partial(_all_outputs, site, renderer, options)
        write_all = partial(
            write_outputs,
            folder,
            render_all=render_all,
            leaves_out_blocked=not is_complete,
            must_go=partial(_must_go, site),
        )
        if options.no_cache:
            return write_all(outputs(), own_manifest="")
        if last_build is None:
            with Cache(options.root) as cache:
                last_build = LastBuild(options, cache)
        stat_cache = last_build.stat_cache
        summary = write_all(
            outputs(priority),
            stat_cache,
            verified=last_build.manifest,
            own_manifest=last_build.own_manifest,
        )
        notice = _save(site, options, last_build, summary, folder.path, is_complete=is_complete)
        if not options.preview:
            _retain_pictures(site, options)
        return replace(summary, notice=summary.notice or notice)


def _all_outputs(
    site: AnalysedSite, renderer: SiteRenderer, options: Options, priority: Collection[str] = ()
) -> Iterable[Output]:
    """Every file of the website, with its compressed copies where the settings ask for them. No preview has copies."""
    outputs = renderer.all(priority)
    if options.preview or site.config is None or not site.config.compress:
        return outputs
    from credsite.build.compression import with_compressed_copies

    return with_compressed_copies(outputs, site.config.compress)


def _retain_pictures(site: AnalysedSite, options: Options) -> None:
    from credsite.build.pictures import published_marks, retain_pictures

    if not options.no_cache:
        retain_pictures(options.root, published_marks(site.link_resolver, site.withheld, site.plan))


def _must_go(site: AnalysedSite, paths: Collection[str]) -> Collection[str]:
    from credsite.build.withdrawal import paths_that_must_go

    return paths_that_must_go(site, paths)


def _save(
    site: AnalysedSite,
    options: Options,
    last_build: LastBuild,
    summary: WriteSummary,
    output: Path,
    *,
    is_complete: bool,
) -> str:
    """Save for the next build what this one has written. A sentence for the editor where that is not possible, or ``""``.

    Nothing is saved that tells of stories which must not be published.
    """
    stat_cache, history = last_build.stat_cache, site.history_columns()
    if options.include_unpublished and site.has_withheld_stories:
        stat_cache, history = StatCache(), {}
    notice = save_stat_cache(stat_cache, options.root, output)
    record = BuildRecord("", summary.manifest, "")
    if is_complete and not site.has_withheld_stories:  # of which a report would tell
        record = BuildRecord(last_build.input_digest, summary.manifest, serialize(BuildReport.of(site)))
    if summary.removed:
        remove_link_answers(options.root)
    drops_superseded = is_complete and not options.preview
    with Cache(options.root) as cache:
        cache_notice = cache.save_build(output, record, history, drops_superseded=drops_superseded)
    return notice or cache_notice


def _render_and_record(
    renderer: SiteRenderer,
    options: Options,
    progress: Progress | None,
    priority: Collection[str],
    on_priority_written: Callable[[], object] | None,
    put: Put,
    outputs: Sequence[Output],
) -> Iterator[WrittenOutput]:
    """Render and put ``outputs``, pictures and what is drawn first, and remember what each page looked up."""
    pictures = [output for output in outputs if output.picture]
    if pictures:
        from credsite.build.pictures import make_pictures

        yield from make_pictures(options, progress, put, pictures)
        outputs = [output for output in outputs if not output.picture]
    drawn = [output for output in outputs if output.is_drawn]
    if drawn:
        renderer.warm_up_drawing()
        for number, written in enumerate(_render(options, put, drawn, _MIN_DRAWN, _MAX_DRAWN), start=1):
            if progress is not None:
                progress("Drawing", number, len(drawn))
            yield written
        outputs = [output for output in outputs if not output.is_drawn]
    if len(outputs) >= MIN_ITEMS["fork"]:
        renderer.warm_up()
    last_of_priority = max(
        (number for number, output in enumerate(outputs, 1) if output.path in priority), default=0
    )
    for number, written in enumerate(_render(options, put, outputs), start=1):
        renderer.record(written)
        if progress is not None:
            progress("Writing", number, len(outputs))
        if on_priority_written is not None and number == last_of_priority < len(outputs):
            on_priority_written()
        yield written


def _render(
    options: Options,
    put: Put,
    outputs: Sequence[Output],
    min_items: Mapping[StartMethod, int] = MIN_ITEMS,
    max_batch: int = MAX_BATCH,
) -> Iterator[WrittenOutput]:
    """Render and put ``outputs``, in order, by up to ``options.jobs`` processes; see :func:`parallel_map`.

    Forked processes put their files themselves. Spawned ones only render; this process puts.
    """
    method = options.start_method or default_start_method()
    forks = method == "fork"
    by_path = {output.path: output for output in outputs}
    steps = (
        by_path.__getitem__,
        _look_up,
        _render_looked_up,
        partial(_put, put) if forks else itemgetter(1),
    )
    results = parallel_map(
        steps,
        list(by_path),
        options.jobs,
        start_method=method,
        min_items=min_items[method],
        max_batch=max_batch,
    )
    yield from results if forks else map(put, outputs, results)


def _look_up(output: Output) -> tuple[Output, object]:
    return output, output.look_up()


def _render_looked_up(looked_up: tuple[Output, object]) -> tuple[Output, Rendered]:
    output, data = looked_up
    return output, output.render(data)


def _put(put: Put, rendered: tuple[Output, Rendered]) -> WrittenOutput:
    return put(*rendered)


def differences(now: datetime, options: Options) -> list[str]:
    """Paths in the output folder whose bytes a build from nothing does not give, in order; the manifest is one of them.

    The site was built with ``options`` for the moment ``now``. Files that credsite did not write are not looked at.
    """
    from credsite.build.analysis import analyse

    with tempfile.TemporaryDirectory(prefix="credsite-") as folder:
        fresh = replace(options, output=Path(folder, "website"), now=now, no_cache=True)
        write(analyse(fresh), fresh)
        one, other = Disk(options.output_folder), Disk(fresh.output_folder)
        here, there = read_manifest(one), read_manifest(other)
        # What was left is in no build from nothing.
        is_listed_alike = manifest_bytes(here.files, {}, ()) == other.read(MANIFEST)
        different = [] if is_listed_alike else [MANIFEST]
        paths = here.files.keys() | there.files.keys()
        return sorted([*different, *(path for path in paths if one.read(path) != other.read(path))])
