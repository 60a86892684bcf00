"""Builds the preview of a site again and again, and keeps the last good pages while the site has errors."""

from __future__ import annotations

import re
import secrets
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Final

from credsite.build.analysed_site import AnalysedSite
from credsite.build.analysis import analyse, analyse_without_faults
from credsite.build.cache import Cache
from credsite.build.last_good import with_last_good
from credsite.build.options import Options, Progress
from credsite.build.output.disk import OutputError
from credsite.build.output.manifest import WriteSummary
from credsite.build.pipeline import write
from credsite.build.result import joined_notices
from credsite.build.sources import SourceSnapshot, theme_problem
from credsite.build.state_dir import PREVIEW_FOLDER
from credsite.catalogue.clock import Clock
from credsite.core.errors import CredsiteError, error_message, system_error_message
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.problems.excerpts import file_text_reader
from credsite.problems.model import Problem
from credsite.serve.banners import preview_banners
from credsite.serve.late_pictures import LatePictures
from credsite.serve.problem_overlay import ProblemList, problem_list, shared_problem_list
from credsite.serve.source_tracker import MemoryEntryCache, SourceTracker
from credsite.serve.watcher import FileSignatures
from credsite.serve.written_entries import WrittenEntries
from credsite.site.urls import entry_path, output_path
from credsite.theme.loader import ThemeError

_MAX_BUILDS: Final = 100
FINGERPRINTED_ASSET: Final = re.compile(r"assets/.+\.[0-9a-f]{10}\.\w+")
"""Output paths of the theme's assets. Their names change with their content, and so do the pages that load them."""


class BuildHistory:
    """``build_id`` identifies what browsers can see now. It names this process too, since browsers outlive a server."""

    def __init__(self) -> None:
        self._session = secrets.token_hex(4)
        self._number = 0
        self._changed: deque[frozenset[str]] = deque(maxlen=_MAX_BUILDS)

    @property
    def build_id(self) -> str:
        return f"{self._session}-{self._number}"

    def add(self, changed: Iterable[str]) -> None:
        """Record a build that ``changed`` files, by their output paths."""
        self._changed.append(frozenset(changed))
        self._number += 1

    def changed_since(self, build_id: str) -> frozenset[str] | None:
        """The files that changed after a build. None if that build is unknown or too long ago."""
        session, _, number = build_id.partition("-")
        if session != self._session or not re.fullmatch(r"[0-9]{1,9}", number) or int(number) > self._number:
            return None
        builds_ago = self._number - int(number)
        changed = list(self._changed)  # a copy, because another thread may be adding a build
        if builds_ago > len(changed):
            return None
        return frozenset().union(*changed[len(changed) - builds_ago :])


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """The result of one build.

    ``summary`` is None if nothing was written, so that the old pages stay. ``failure`` is a sentence about an error that
    is not among the ``problems``, or ``""``; ``notice`` is one about something that did not stop the build, such as a
    damaged cache. ``changed`` says whether browsers get to see something else now. ``page`` is the site path of the page
    of the one file that was saved, or ``""``. ``crash`` is an unexpected exception. ``has_pages`` says whether browsers
    are shown any pages now.
    """

    problems: tuple[Problem, ...]
    summary: WriteSummary | None
    seconds: float
    failure: str = ""
    changed: bool = False
    notice: str = ""
    page: str = ""
    crash: Exception | None = None
    has_pages: bool = True


@dataclass(frozen=True, slots=True)
class OpenPages:
    """The URL paths of the pages that browsers show. A build writes these first and then calls ``on_written`` on its own
    thread, so that readers need not wait for all other pages."""

    paths: Collection[str] = ()
    on_written: Callable[[], object] | None = None


_NO_OPEN_PAGES: Final = OpenPages()


class Preview:
    """The pages of the preview. Only one process at a time may use its ``folder``.

    ``is_ready`` says whether there are pages that may be shown, and ``files`` are the output paths of all files of the
    website: nothing else in the folder is for browsers. ``problems`` lists the problems of the last build. ``banners`` has the
    HTML of the banner on each page that is not published, by output path. ``redirects`` leads from the old site path of
    a page to its present one. ``pictures`` are the files that are not in the folder, because they are made when they are asked for.
    """

    def __init__(self, options: Options, folder: Path | None = None, *, is_shared: bool = False) -> None:
        """``options`` say what to build. The preview sets the output folder, drafts and handling of errors itself.

        ``folder`` is for the pages; if None, they are in the site's folder. ``is_shared`` says whether others can see the
        preview too: then it shows only what a build publishes.
        """
        self.folder: Path = folder or options.root / PREVIEW_FOLDER
        self.is_ready = False
        self.files: frozenset[str] = frozenset()
        self.problems = ProblemList()
        self.banners: Mapping[str, str] = {}
        self.redirects: dict[str, str] = {}
        self.history = BuildHistory()
        self.pictures = LatePictures()
        self._is_shared = is_shared
        self._options = replace(
            options,
            output=self.folder,
            drafts=not is_shared,
            include_unpublished=options.include_unpublished and not is_shared,
            keep_going=True,
            preview=True,
        )
        self._sources = SourceTracker(options.root)
        self._entry_cache = MemoryEntryCache()
        self._written_site: AnalysedSite | None = None
        self._written_entries = WrittenEntries()
        self._clock: Clock | None = None

    @property
    def built_signatures(self) -> FileSignatures:
        """The signatures of the source files when the last build began."""
        return self._sources.signatures

    @property
    def is_due(self) -> bool:
        """Whether something on the pages has changed since the last build because of a date."""
        before = self._clock
        if self._written_entries.changes is None or before is None or self._options.now is not None:
            return False
        clock = Clock.at(datetime.now(before.zone), before.zone)
        is_next_day = clock.today != before.today
        return is_next_day or self._written_entries.change_between(before.now, clock.now)

    def rebuild(
        self,
        changed: Collection[str] = (),
        *,
        jobs: int = 1,
        progress: Progress | None = None,
        open_pages: OpenPages = _NO_OPEN_PAGES,
    ) -> RebuildResult:
        """Build once. Only one thread at a time may call this.

        ``changed`` are the paths of the only source files that have changed; leave it empty if that is not known. With
        ``jobs`` above 1 this process forks, so no other thread may be running.
        """
        with garbage_collection_paused():
            return self._rebuild(replace(self._options, jobs=jobs), changed, progress, open_pages)

    def remove_unpublished(self) -> None:
        """At the end, remove the pages where they show what is not published. The next preview makes them again."""
        if self.banners:
            rmtree(self.folder, ignore_errors=True)

    def record_crash(self, error: Exception) -> RebuildResult:
        """The result of a :meth:`rebuild` that raised an unexpected ``error``. The next build starts from nothing."""
        self._sources.forget()
        self._written_site, self._entry_cache = None, MemoryEntryCache()
        failure = f"This is a fault of credsite itself ({type(error).__name__}). What you see is from before."
        self.is_ready = self.is_ready and not self._is_shared
        self.problems = self._problem_list((), failure, is_outdated=False)
        return RebuildResult((), None, 0.0, failure, crash=error, has_pages=self.is_ready)

    def _rebuild(
        self, options: Options, changed: Collection[str], progress: Progress | None, open_pages: OpenPages
    ) -> RebuildResult:
        started = time.perf_counter()
        problems: tuple[Problem, ...] = ()
        site, sources, summary, failure, notice = None, None, None, "", ""
        try:
            sources = self._sources.load(options, changed)
            self._clock = sources.clock
            site = self._analyse(options, sources, progress)
            problems, notice = site.problems, site.notice
            writable = self._writable(options, site, sources)
            self._entry_cache.drop_unused()
            try:
                summary = writable and self._write(*writable, options, progress, open_pages)
            except Exception as error:  # noqa: BLE001 - nearly always, it is one entry
                site = analyse_without_faults(error, site, options, entry_cache=self._entry_cache)
                problems, writable = site.problems, self._writable(options, site, sources)
                summary = writable and self._write(*writable, options, progress, open_pages)
            notice = joined_notices(notice, summary=summary) if summary else notice
        except ThemeError as error:
            problems = (*problems, theme_problem(error, options.root))
        except CredsiteError as error:
            failure = error_message(error)
        except OSError as error:  # an editor may remove a file while it is being read
            failure = (
                system_error_message(error) or f"{error.filename or options.root}: {error.strerror or error}."
            )
        if summary is None and self._is_shared and self._written_entries.show_withheld(site, sources):
            self.is_ready = False
        is_changed = not self.is_ready or bool(summary and summary.changed)
        self.is_ready = self.is_ready or summary is not None
        self.problems = self._problem_list(problems, failure, is_outdated=self.is_ready and summary is None)
        if is_changed:
            self.history.add(self._changed_files(summary))
        page = self._page_of(changed) if summary else ""
        return RebuildResult(
            problems,
            summary,
            time.perf_counter() - started,
            failure,
            is_changed,
            notice,
            page,
            has_pages=self.is_ready,
        )

    def _analyse(self, options: Options, sources: SourceSnapshot, progress: Progress | None) -> AnalysedSite:
        if sources.wrong_settings and self._entry_cache.is_empty:
            with Cache(options.root) as cache:
                return analyse(options, sources, entry_cache=cache, progress=progress)
        analyse_sources = partial(analyse, options, sources, entry_cache=self._entry_cache, progress=progress)
        if not self._entry_cache.is_empty:
            return analyse_sources(previous=self._written_site)
        with Cache(options.root) as cache:
            self._entry_cache.on_disk = cache
            site = analyse_sources()
            self._sources.save_digests()
            return replace(site, notice=cache.save())

    def _writable(
        self, options: Options, site: AnalysedSite, sources: SourceSnapshot
    ) -> tuple[AnalysedSite, SourceSnapshot] | None:
        """The site to write, and what it is made from; None where the pages stay as they are."""
        if site.plan is None:
            return None
        if not self._is_shared:
            keeps_pages = self.is_ready and self._written_entries.have_errors_in(site)
            return None if keeps_pages else (site, sources)
        if not self._written_entries.keys:
            return self._restored_from_cache(options, site, sources)
        restored = self._written_entries.restored(site, sources)
        if restored is None:
            return site, sources
        previous = self._written_site
        return analyse(options, restored, entry_cache=self._entry_cache, previous=previous), restored

    def _restored_from_cache(
        self, options: Options, site: AnalysedSite, sources: SourceSnapshot
    ) -> tuple[AnalysedSite, SourceSnapshot]:
        """At the beginning, nothing was written yet: the last good versions of files with errors are those that were built."""
        with Cache(options.root) as cache:
            restored = with_last_good(sources, site, cache.last_good_keys())
            if restored is None:
                return site, sources
            self._entry_cache.on_disk = cache
            return analyse(options, restored, entry_cache=self._entry_cache), restored

    def _problem_list(self, problems: Collection[Problem], failure: str, *, is_outdated: bool) -> ProblemList:
        if self._is_shared:
            published = self._written_entries.paths if self.is_ready else ()
            return shared_problem_list(problems, failure, published, is_outdated=is_outdated)
        return problem_list(problems, failure, file_text_reader(self._options.root), is_outdated=is_outdated)

    def _changed_files(self, summary: WriteSummary | None) -> Iterable[str]:
        """The files that browsers have to load again. Others are not told the names of files that are gone."""
        if summary is None:
            return ()
        changed = set(summary.changed).difference(summary.removed if self._is_shared else ())
        return filter(_keeps_its_name, changed)

    def _write(
        self,
        site: AnalysedSite,
        sources: SourceSnapshot,
        options: Options,
        progress: Progress | None,
        open_pages: OpenPages,
    ) -> WriteSummary:
        previous = self._written_site
        self._written_site = None  # if writing fails halfway, nobody knows what the folder contains
        files = self.files
        if site.render_set is None and site.renderer is not None:
            files = frozenset(path for output in site.renderer.all() for path in output.paths)
            self.files |= files  # browsers load pages that are written while others still have to be
        write_site = partial(
            write,
            site,
            options,
            progress=progress,
            priority={output_path(path) for path in open_pages.paths},
            on_priority_written=open_pages.on_written,
        )
        try:
            summary = write_site()
        except OutputError:
            if self.is_ready:
                raise
            # Nothing but an earlier preview should be in the folder. Nobody would look for what else is there.
            rmtree(self.folder, ignore_errors=True)
            summary = write_site()
        self._written_site = site
        self._written_entries = WrittenEntries.of(site, sources)
        if site.render_set is None:
            self.pictures.update(site.renderer)
        self.files = files
        if site.render_set is None:  # otherwise nothing has changed that banners show
            self.banners = preview_banners(site.catalogue)
        if summary.pruned:
            self._add_redirects(previous, site)
        return summary

    def _add_redirects(self, previous: AnalysedSite | None, site: AnalysedSite) -> None:
        """Redirect the pages whose address has changed, so that a browser that shows one gets to its new address."""
        before, now = previous and previous.plan, site.plan
        if not before or not now:
            return
        for file, ref in before.link_resolver.by_path.items():
            new_ref = now.link_resolver.by_path.get(file, ref)
            if new_ref != ref:
                new_path = entry_path(*new_ref)
                self.redirects[entry_path(*ref)] = new_path
                self.redirects.pop(new_path, None)  # there is a page again; this also prevents circles

    def _page_of(self, changed: Collection[str]) -> str:
        """The site path of the page of the one file that has changed; "" if it has none, or if several have changed."""
        plan = self._written_site.plan if self._written_site else None
        if plan is None or len(changed) != 1:
            return ""
        ref = plan.link_resolver.by_path.get(next(iter(changed)))
        path = entry_path(*ref) if ref else ""
        return path if path and (self.folder / output_path(path)).is_file() else ""


def _keeps_its_name(path: str) -> bool:
    """Whether a file that is not a page keeps its name when it changes, so that browsers must be told to reload it."""
    return not path.endswith((".html", ".htm")) and not FINGERPRINTED_ASSET.fullmatch(path)
