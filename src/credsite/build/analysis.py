"""The first half of a build: from the files of a site to its plan, with every problem on the way.

To check a site is this half alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from credsite.build import cache
from credsite.build.analysed_site import (
    GIT_COLUMN,
    RELATED_COLUMN,
    AnalysedSite,
    AnalysisKey,
    finish_problems,
    paths_with_errors,
)
from credsite.build.earlier_publications import earlier_publications
from credsite.build.faults import entry_faults
from credsite.build.hook_runs import seen_by_hooks
from credsite.build.options import Options, Progress
from credsite.build.pictures import PicturesError
from credsite.build.planning import entry_digest, patched_site, plan_site
from credsite.build.sources import SourceSnapshot, load_sources
from credsite.build.state_dir import CACHE_NOT_WRITTEN, template_cache_folder
from credsite.build.wrong_settings import independent_problems
from credsite.catalogue.publication import is_withheld_story
from credsite.catalogue.relations import RelatedCache
from credsite.content.image_advice import image_advice
from credsite.content.image_location import location_problems
from credsite.content.images import Images, read_images
from credsite.content.loader import EntryCache, LoadedEntries, NoEntryCache, load_entries
from credsite.content.records import Record
from credsite.content.static_checks import static_problems
from credsite.core.processes import BackgroundTask
from credsite.core.profiling import stage
from credsite.problems.model import Location, Problem
from credsite.schema.kinds import Kind
from credsite.site.dependencies.history import HistoryColumns, PageHistory
from credsite.theme.loader import ThemeError

if TYPE_CHECKING:
    from credsite.build.git_days import GitDays


def analyse(
    options: Options,
    snapshot: SourceSnapshot | None = None,
    *,
    entry_cache: EntryCache | None = None,
    build_cache: cache.Cache | None = None,
    previous: AnalysedSite | None = None,
    progress: Progress | None = None,
    faults: Sequence[Problem] = (),
) -> AnalysedSite:
    """Parse the site, check it and plan it. Content can only cause problems. Raises ConfigError where there is no site.

    ``snapshot`` are its files, where they have been loaded already. ``build_cache`` is the cache in the site's folder,
    where it is open already; ``entry_cache`` is used in its place for entries, and not saved. What can be taken over from
    ``previous``, an analysis with the same options, is taken over. The entries that have ``faults`` are left out.
    """
    snapshot = snapshot or load_sources(options)
    with stage("read"):
        read = _read(options, snapshot, entry_cache, build_cache, progress).without_entries(faults)
    problems = [*snapshot.problems, *read.entries.problems, *read.image_problems, *faults]
    key = _analysis_key(options, snapshot, read, problems, previous.git if previous else None)
    try:
        site = patched_site(previous, key, read.entries) if previous and not snapshot.wrong_settings else None
        if site is None:
            history, related_cache = _from_last_time(previous, read.stored)
            site, more = _plan(options, key, snapshot, read, history, related_cache)
            problems += more
    finally:
        with stage("read"):
            notice = read.finish_saving()
    problems += [*site.cross_entry_problems, *site.link_problems]
    wrong_settings = snapshot.wrong_settings | (frozenset() if snapshot.theme else {("theme",)})
    if wrong_settings:
        problems = independent_problems(problems, snapshot.config, wrong_settings)
    finished = finish_problems(problems, options, snapshot.config.problems)
    if snapshot.wrong_settings:
        # Nothing of this site may be used but its problems: it was made with settings that nobody chose.
        return AnalysedSite(
            None, finished, notice=notice, withheld=site.withheld, link_resolver=site.link_resolver
        )
    return replace(site, problems=finished, notice=notice)


def _plan(
    options: Options,
    key: AnalysisKey,
    snapshot: SourceSnapshot,
    read: _ReadSite,
    history: PageHistory,
    related_cache: RelatedCache,
) -> tuple[AnalysedSite, list[Problem]]:
    """The planned site and, where entries make that fail, the problems of these, which are left out of it."""
    try:
        return plan_site(options, key, snapshot, read.entries, history, related_cache), []
    except Exception as error:  # noqa: BLE001 - nearly always, it is one entry
        entries = read.entries

        def attempt(records: Sequence[Record]) -> None:
            others = {record.path for record in entries.all_records} - {record.path for record in records}
            plan_site(options, key, snapshot, entries.without(others), PageHistory(), RelatedCache())

        faults = entry_faults(error, entries.all_records, attempt)
        rest = read.without_entries(faults)
        problems = [*snapshot.problems, *rest.entries.problems, *rest.image_problems, *faults]
        new_key = _analysis_key(options, snapshot, rest, problems)
        return plan_site(options, new_key, snapshot, rest.entries, PageHistory(), RelatedCache()), faults


def analyse_without_faults(
    error: Exception,
    site: AnalysedSite,
    options: Options,
    *,
    entry_cache: EntryCache | None = None,
    progress: Progress | None = None,
) -> AnalysedSite:
    """The site without the entries that made its pages fail with ``error``, and with their problems; see :func:`analyse`.

    Raises ``error`` where it says itself what to do, or where no few entries are the cause.
    """
    is_of_own_theme = isinstance(error, ThemeError) and not (site.theme and site.theme.is_packaged)
    if isinstance(error, OSError) or is_of_own_theme:
        raise error
    if isinstance(error, PicturesError) and site.link_resolver is not None:
        faults = error.problems(site.link_resolver)
        return analyse(options, entry_cache=entry_cache, progress=progress, faults=faults)

    def render(part: AnalysedSite) -> None:
        if part.renderer is not None:
            part.renderer.try_all(None if options.no_cache else template_cache_folder())

    faults = find_faults(error, options, render)
    return analyse(options, entry_cache=entry_cache, progress=progress, faults=faults)


def find_faults(error: Exception, options: Options, use: Callable[[AnalysedSite], object]) -> list[Problem]:
    """The faults of the entries with which ``use`` of the analysed site fails, as it has failed with ``error``.

    Raises ``error`` where that is no fault of credsite, or where no few entries are the cause.
    """
    snapshot = load_sources(options)
    with nullcontext() if options.no_cache else cache.Cache(options.root) as build_cache:
        entry_cache = build_cache or NoEntryCache()
        records = _read_through(entry_cache, options, snapshot, None)[0].records

        def attempt(some: Sequence[Record]) -> None:
            paths = {record.path for record in some}
            others = [
                Problem("internal-fault", "", Location(one.path)) for one in records if one.path not in paths
            ]
            site = analyse(options, snapshot, entry_cache=entry_cache, faults=others)
            if site.plan is not None:
                use(site)

        return entry_faults(error, records, attempt)


@dataclass(frozen=True, slots=True)
class _ReadSite:
    """The entries and images of a site, and what the cache holds of its pages. ``saving`` saves the cache meanwhile."""

    entries: LoadedEntries
    images: Images
    image_problems: list[Problem]
    stored: HistoryColumns = field(default_factory=dict)
    saving: BackgroundTask[str] | None = None

    def without_entries(self, faults: Sequence[Problem]) -> _ReadSite:
        """The same without the entries that have ``faults``."""
        if not faults:
            return self
        return replace(self, entries=self.entries.without({fault.location.path for fault in faults}))

    def finish_saving(self) -> str:
        """Wait until the cache is saved. A sentence for the editor where that was not possible, or ``""``."""
        if self.saving is None:
            return ""
        notice = self.saving.result()
        if notice != CACHE_NOT_WRITTEN:
            self.entries.loader.release_texts()
        return notice


def _read(
    options: Options,
    snapshot: SourceSnapshot,
    entry_cache: EntryCache | None,
    build_cache: cache.Cache | None,
    progress: Progress | None,
) -> _ReadSite:
    """Parse what is not in the cache, and begin to save the cache."""
    if entry_cache is not None or options.no_cache:
        stored = {} if build_cache is None else build_cache.page_history(options.output_folder)
        found = _read_through(entry_cache or NoEntryCache(), options, snapshot, progress)
        return _ReadSite(*found, stored)
    with build_cache or cache.Cache(options.root) as build_cache:
        entries, images, problems = _read_through(build_cache, options, snapshot, progress)
        stored = build_cache.page_history(options.output_folder)
        jobs = options.jobs if build_cache.should_save_in_background else 1
        saving = BackgroundTask(build_cache.prepare_save(), jobs)
    return _ReadSite(entries, images, problems, stored, saving)


def _read_through(
    entry_cache: EntryCache, options: Options, snapshot: SourceSnapshot, progress: Progress | None
) -> tuple[LoadedEntries, Images, list[Problem]]:
    def report_reading(done: int, total: int) -> None:
        if progress is not None:
            progress("Reading", done, total)

    entries = load_entries(
        options.root,
        snapshot.config,
        sources=snapshot.sources,
        jobs=options.jobs,
        start=options.start_method,
        cache=entry_cache,
        progress=report_reading,
    )
    _withhold(entry_cache, entries, snapshot)
    images, problems = read_images(
        options.root,
        entries.all_records,
        snapshot.file_digests,
        entry_cache.inspections,
        snapshot.images,
        snapshot.config.max_image_size,
        snapshot.config.image_settings,
        options.jobs,
        options.start_method,
    )
    problems += image_advice(entries.all_records, images, snapshot.config.image_settings)
    snapshot.images.update((image.path, image) for image in images.values())
    # Of a picture, only copies are published, which hold nothing but pixels.
    published = {(image.path, image.digest) for image in images.values() if not image.variants}
    published.update((file.path, file.digest) for file in snapshot.static)
    published.update((file.path, file.digest) for file in snapshot.brand_files.values())
    problems += location_problems(options.root, published, entry_cache.inspections)
    static = ((file.path, file.digest) for file in snapshot.static)
    problems += static_problems(options.root, static, entry_cache.inspections)
    return entries, images, problems


def _withhold(entry_cache: EntryCache, entries: LoadedEntries, snapshot: SourceSnapshot) -> None:
    """Have the cache hold nothing of stories that must not be published, or of which nobody knows whether they may be."""
    private = {file.path for file in entries.invalid_files if file.kind is Kind.STORY}
    private.update(record.path for record in entries.records if is_withheld_story(record, snapshot.clock))
    keys, unreadable = snapshot.sources.keys, snapshot.sources.unreadable

    def is_restorable(path: str) -> bool:
        return path not in private and (path in keys or path in unreadable)

    entry_cache.withhold([keys[path] for path in private if path in keys], is_restorable)


def _analysis_key(
    options: Options,
    snapshot: SourceSnapshot,
    read: _ReadSite,
    problems: list[Problem],
    known_git_days: GitDays | None = None,
) -> AnalysisKey:
    with_errors = paths_with_errors(problems, snapshot.config.problems)
    return AnalysisKey(
        snapshot.config,
        snapshot.theme.digest if snapshot.theme else "",
        options.drafts,
        {record.path: entry_digest(record) for record in read.entries.records},
        read.entries.invalid_files,
        tuple(record.record_digest for record in read.entries.partial_records),
        with_errors,
        read.images,
        tuple(file for file in snapshot.static if file.path not in with_errors),
        snapshot.clock,
        seen_by_hooks(snapshot, read.entries),
        earlier_publications(
            options.root,
            snapshot.content_dates,
            read.entries.records,
            known_git_days,
            read.stored.get(GIT_COLUMN, b""),
        ),
    )


def _from_last_time(
    previous: AnalysedSite | None, stored: HistoryColumns
) -> tuple[PageHistory, RelatedCache]:
    """What pages looked up and which courses are related, from the previous analysis or from the cache."""
    if previous is not None:
        return previous.history(), RelatedCache(previous.related)
    return PageHistory.from_columns(stored), RelatedCache(stored.get(RELATED_COLUMN, b""))
