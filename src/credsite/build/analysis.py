"""The first half of a build: from the files of a site to its plan, with every problem on the way.

To check a site is this half alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from credsite.build import cache
from credsite.build.analysed_site import (
    RELATED_COLUMN,
    AnalysedSite,
    AnalysisKey,
    finish_problems,
    paths_with_errors,
)
from credsite.build.options import Options, Progress
from credsite.build.planning import entry_digest, patched_site, plan_site
from credsite.build.sources import SourceSnapshot, load_sources
from credsite.build.state_dir import CACHE_NOT_WRITTEN
from credsite.build.wrong_settings import depends_on_settings
from credsite.catalogue.relations import RelatedCache
from credsite.content.image_location import location_problems
from credsite.content.images import Images, read_images
from credsite.content.loader import EntryCache, LoadedEntries, NoEntryCache, load_entries
from credsite.core.processes import BackgroundTask
from credsite.core.profiling import stage
from credsite.problems.model import Problem
from credsite.site.dependencies.history import HistoryColumns, PageHistory


def analyse(
    options: Options,
    snapshot: SourceSnapshot | None = None,
    *,
    entry_cache: EntryCache | None = None,
    build_cache: cache.Cache | None = None,
    previous: AnalysedSite | None = None,
    progress: Progress | None = None,
) -> AnalysedSite:
    """Parse the site, check it and plan it. Content can only cause problems. Raises ConfigError where there is no site.

    ``snapshot`` are its files, where they have been loaded already. ``build_cache`` is the cache in the site's folder,
    where it is open already; ``entry_cache`` is used in its place, and not saved. What can be taken over from
    ``previous``, an analysis with the same options, is taken over.
    """
    snapshot = snapshot or load_sources(options)
    with stage("read"):
        read = _read(options, snapshot, entry_cache, build_cache, progress)
    problems = [*snapshot.problems, *read.entries.problems, *read.image_problems]
    key = _analysis_key(options, snapshot, read, problems)
    try:
        can_patch = previous is not None and not snapshot.wrong_settings
        site = patched_site(previous, key, read.entries) if can_patch and previous else None
        if site is None:
            history, related_cache = _from_last_time(previous, read.stored)
            site = plan_site(options, key, snapshot, read.entries, history, related_cache)
    finally:
        with stage("read"):
            notice = read.finish_saving()
    problems += [*site.cross_entry_problems, *site.link_problems]
    wrong_settings = snapshot.wrong_settings | (frozenset() if snapshot.theme else {("theme",)})
    if wrong_settings:
        problems = [one for one in problems if not depends_on_settings(one, wrong_settings)]
    finished = finish_problems(problems, options, snapshot.config.problems)
    if snapshot.wrong_settings:
        # Nothing of this site may be used but its problems: it was made with settings that nobody chose.
        return AnalysedSite(None, finished, notice=notice, withheld=site.withheld)
    return replace(site, problems=finished, notice=notice)


@dataclass(frozen=True, slots=True)
class _ReadSite:
    """The entries and images of a site, and what the cache holds of its pages. ``saving`` saves the cache meanwhile."""

    entries: LoadedEntries
    images: Images
    image_problems: list[Problem]
    stored: HistoryColumns = field(default_factory=dict)
    saving: BackgroundTask[str] | None = None

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
        return _ReadSite(*_read_through(entry_cache or NoEntryCache(), options, snapshot, progress))
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
    images, problems = read_images(
        options.root,
        entries.all_records,
        snapshot.file_digests,
        entry_cache.inspections,
        snapshot.images,
        snapshot.config.max_image_size,
    )
    snapshot.images.update((image.path, image) for image in images.values())
    published = {(image.path, image.digest) for image in images.values()}
    published.update((file.path, file.digest) for file in snapshot.static)
    problems += location_problems(options.root, published, entry_cache.inspections)
    return entries, images, problems


def _analysis_key(
    options: Options, snapshot: SourceSnapshot, read: _ReadSite, problems: list[Problem]
) -> AnalysisKey:
    return AnalysisKey(
        snapshot.config,
        snapshot.theme.digest if snapshot.theme else "",
        options.drafts,
        {record.path: entry_digest(record) for record in read.entries.records},
        read.entries.invalid_files,
        tuple(record.record_digest for record in read.entries.partial_records),
        paths_with_errors(problems, snapshot.config.problems),
        read.images,
        snapshot.static,
        snapshot.clock,
    )


def _from_last_time(
    previous: AnalysedSite | None, stored: HistoryColumns
) -> tuple[PageHistory, RelatedCache]:
    """What pages looked up and which courses are related, from the previous analysis or from the cache."""
    if previous is not None:
        return previous.history(), RelatedCache(previous.related)
    return PageHistory.from_columns(stored), RelatedCache(stored.get(RELATED_COLUMN, b""))
