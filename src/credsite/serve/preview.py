"""Builds the preview of a site, again and again, and keeps the last good pages while something is wrong."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import stat
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from credsite.build.analysis import (
    AnalysedSite,
    SourceSnapshot,
    analyse,
    load_sources,
    reload_sources,
    theme_problem,
)
from credsite.build.cache import Cache
from credsite.build.options import Options, Progress
from credsite.build.output.summary import WriteSummary
from credsite.build.pipeline import write
from credsite.build.state_dir import FOLDER, load_source_digests, save_source_digests
from credsite.catalogue.catalogue import Catalogue
from credsite.content import storage
from credsite.content.file_digests import FileDigests
from credsite.content.image_inspection import InspectionCache
from credsite.content.loader import EntryCache, NoEntryCache, SourceKeyCache
from credsite.content.source_folders import CONTENT
from credsite.core.errors import CredsiteError
from credsite.core.file_stat import signature
from credsite.core.garbage_collection import garbage_collection_paused
from credsite.problems.excerpts import file_text_reader
from credsite.problems.model import Problem
from credsite.schema.kinds import Kind
from credsite.serve.banners import preview_banners
from credsite.serve.fs_events import Event
from credsite.serve.problem_overlay import ProblemList, problem_list
from credsite.serve.watcher import FileSignatures, next_batch, source_signatures
from credsite.site.urls import entry_path, output_path
from credsite.theme.loader import ThemeError

STATE_FOLDER: Final = FOLDER
PREVIEW_FOLDER: Final = f"{STATE_FOLDER}/preview"
FINGERPRINTED_ASSET: Final = re.compile(r"assets/.+\.[0-9a-f]{10}\.\w+")
"""Paths of the theme's assets: other content has another name, and what shows them changes with them."""
_REMEMBERED: Final = 100
"""Builds of which it is known what they changed."""


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What came of a build. ``summary`` is None where nothing was written and the old pages stay.

    ``failure`` is a sentence on what stopped the build where no problem says so, and ``notice`` one on what did not
    stop it, such as a damaged cache; or ``""``. ``changed`` tells that browsers show something else now. ``page`` is the site
    path of the page of the one file that was saved, or ``""``. ``fault`` is an error that nobody foresaw.
    """

    problems: tuple[Problem, ...]
    summary: WriteSummary | None
    seconds: float
    failure: str = ""
    changed: bool = False
    notice: str = ""
    page: str = ""
    fault: Exception | None = None


@dataclass(frozen=True, slots=True)
class OpenPages:
    """The URL paths of the pages that browsers show. If they are made anew, they are made first, and then ``written`` is
    called, on the thread that builds: a page is whole as soon as it is there, whatever else is still to come."""

    paths: Collection[str] = ()
    on_written: Callable[[], object] | None = None


_UNWATCHED: Final = OpenPages()


class Preview:
    """The pages to show. Its ``folder`` belongs to one process at a time.

    ``build`` is another text whenever browsers show something else, and ``ready`` whether there are pages at all.
    ``built_from`` is the stamp of the site when the last build began. ``problems`` are those of the last build, ``ribbons``
    what pages that are not published say of themselves, by their output paths, and ``moved`` leads from the site paths of
    pages that had another address before to the one they have now.
    """

    def __init__(self, options: Options) -> None:
        """``options`` say what to build; the folder, drafts and broken entries are the preview's own affair."""
        self.folder: Path = options.root / PREVIEW_FOLDER
        self.ready = False
        self.last_result = RebuildResult((), None, 0.0)
        self.built_signatures: FileSignatures = {}
        self.problems = ProblemList()
        self.banners: Mapping[str, str] = {}
        self.redirects: dict[str, str] = {}
        self._options = replace(options, output=self.folder, drafts=True, keep_going=True, preview=True)
        self._session = secrets.token_hex(4)
        self._number = 0
        self._memo = _Memo()
        self._digests = load_source_digests(options.root)
        self._known = SourceKeyCache()
        self._previous: AnalysedSite | None = None
        self._inputs: SourceSnapshot | None = None
        self._shown: frozenset[str] = frozenset()
        self._log: deque[frozenset[str]] = deque(maxlen=_REMEMBERED)

    @property
    def build_id(self) -> str:
        return f"{self._session}-{self._number}"

    def changed_since(self, build: str) -> frozenset[str] | None:
        """The output paths of files, but for pages, that have changed since a build. None where that is not known."""
        session, _, number = build.partition("-")
        if session != self._session or not number.isdecimal() or int(number) > self._number:
            return None
        ago = self._number - int(number)
        log = list(self._log)
        if ago > len(log):
            return None
        return frozenset().union(*log[len(log) - ago :])

    def rebuild(
        self,
        changed: Collection[str] = (),
        *,
        jobs: int = 1,
        progress: Progress | None = None,
        watched: OpenPages = _UNWATCHED,
    ) -> RebuildResult:
        """Build once. ``changed`` are the paths of files of which it is known that nothing else has changed, if any are.

        ``jobs`` above 1 forks, so only while no other thread runs. Not to be called twice at once.
        """
        with garbage_collection_paused():
            return self._rebuilt(changed, jobs, progress, watched)

    def _rebuilt(
        self, changed_files: Collection[str], jobs: int, progress: Progress | None, watched: OpenPages
    ) -> RebuildResult:
        started = time.perf_counter()
        options = replace(self._options, jobs=jobs)
        problems: tuple[Problem, ...] = ()
        summary, failure, notice = None, "", ""
        try:
            site = self._analysed(options, self._taken_in(options, changed_files), progress)
            self._memo.forget_unused()
            problems, notice = site.problems, site.notice
            if site.plan is not None and not (self.ready and self._shown.intersection(site.invalid_entries)):
                previous = self._previous
                self._previous = None  # until all of it is written, nobody can say what the folder holds
                summary = self._written(site, options, progress, watched)
                notice = notice or summary.notice
                self._previous = site
                if site.render_set is None:  # else nothing has changed that they speak of
                    self.banners = preview_banners(site.catalogue)
                if summary.pruned:
                    self._note_moved(previous, site)
        except ThemeError as error:
            problems = (*problems, theme_problem(error, options.root))
        except CredsiteError as error:
            failure = str(error)
        except OSError as error:  # an editor may take a file away while it is being read
            failure = f"{error.filename or options.root} cannot be read: {error.strerror or error}."
        changed = not self.ready or bool(summary and summary.changed)
        self.problems = problem_list(
            problems, failure, file_text_reader(self._options.root), stays=self.ready and summary is None
        )
        self.ready = self.ready or summary is not None
        if changed:
            self._log.append(frozenset(filter(_keeps_its_name, summary.changed if summary else ())))
            self._number += 1
        seconds = time.perf_counter() - started
        page = self._page_of(changed_files) if summary else ""
        self.last_result = RebuildResult(problems, summary, seconds, failure, changed, notice, page)
        return self.last_result

    def _page_of(self, changed_files: Collection[str]) -> str:
        """The site path of the page of the one file that was saved; "" where there is none, or more than one."""
        plan = self._previous.plan if self._previous else None
        if plan is None or len(changed_files) != 1:
            return ""
        ref = plan.link_resolver.by_path.get(next(iter(changed_files)))
        path = entry_path(*ref) if ref else ""
        return path if path and (self.folder / output_path(path)).is_file() else ""

    def _note_moved(self, previous: AnalysedSite | None, site: AnalysedSite) -> None:
        """Note the pages that have another address now, so that whoever looks at one is led to where it is."""
        before, now = previous and previous.plan, site.plan
        if not before or not now:
            return
        for file, ref in before.link_resolver.by_path.items():
            other = now.link_resolver.by_path.get(file, ref)
            if other != ref:
                path, to = entry_path(*ref), entry_path(*other)
                self.redirects[path] = to
                self.redirects.pop(to, None)  # there is a page there again, and no way leads in a circle

    def record_crash(self, error: Exception) -> RebuildResult:
        """What is to be said of an error in :meth:`rebuild` that nobody foresaw. The next build begins from nothing."""
        self._known, self._inputs, self._previous, self._memo = SourceKeyCache(), None, None, _Memo()
        self._digests = FileDigests(self._options.root)
        failure = f"This is a fault of credsite itself ({type(error).__name__}). What you see is from before."
        self.problems = problem_list((), failure, file_text_reader(self._options.root))
        self.last_result = RebuildResult((), None, 0.0, failure, fault=error)
        return self.last_result

    def _taken_in(self, options: Options, changed: Collection[str]) -> SourceSnapshot | AnalysedSite:
        """All files of the site, of which only those that have ``changed`` are looked at, if that will do."""
        before, self._inputs = self._inputs, None
        found = self._signatures(changed) if before is not None else None
        if before is None or found is None:
            self.built_signatures = self._known.signatures = source_signatures(self._options.root)
            taken = load_sources(options, self._known, file_digests=self._digests)
        else:
            self.built_signatures = {**self.built_signatures, **found}
            taken = reload_sources(options, before, changed)
        if not isinstance(taken, AnalysedSite):
            # Without the bytes, which are a good part of the memory and of no use later.
            self._inputs = replace(taken, sources=replace(taken.sources, data={}))
        return taken

    def _signatures(self, changed: Collection[str]) -> FileSignatures | None:
        """Those of files in the content that were there, and are there; None where something else has changed."""
        found: FileSignatures = {}
        for path in changed:
            if path not in self.built_signatures or not path.startswith(f"{CONTENT}/"):
                return None
            try:
                status = os.lstat(self._options.root / path)
            except OSError:
                return None
            if not stat.S_ISREG(status.st_mode):
                return None
            found[path] = signature(status)
        return found or None

    def _analysed(
        self, options: Options, taken: SourceSnapshot | AnalysedSite, progress: Progress | None
    ) -> AnalysedSite:
        if isinstance(taken, AnalysedSite):
            return taken
        again = partial(analyse, options, taken, memo=self._memo, progress=progress)
        if not self._memo.is_empty:
            return again(previous=self._previous)
        with Cache(options.root) as cache:
            self._memo.stored = cache
            site = again()
            save_source_digests(self._digests, options.root)
            return replace(site, notice=cache.save())

    def _written(
        self, site: AnalysedSite, options: Options, progress: Progress | None, watched: OpenPages
    ) -> WriteSummary:
        first = {output_path(path) for path in watched.paths}
        summary = write(
            site, options, progress=progress, priority=first, on_priority_written=watched.on_written
        )
        self._shown = _paths(site.catalogue)
        return summary


def _keeps_its_name(path: str) -> bool:
    """Whether a page may show a file by this name, and show it still when the file has changed."""
    return not path.endswith((".html", ".htm")) and not FINGERPRINTED_ASSET.fullmatch(path)


def _paths(catalogue: Catalogue | None) -> frozenset[str]:
    """The files whose pages are shown. While one of them is broken, its old page is better than none."""
    if catalogue is None:
        return frozenset()
    entries = (entry for kind in Kind for entry in catalogue.of_kind(kind).values())
    return frozenset(entry.path for entry in entries if entry is not None)


async def rebuild_on_changes(
    preview: Preview,
    events: asyncio.Queue[Event],
    report: Callable[[RebuildResult], None],
    paths: Callable[[], Collection[str]],
    tell: Callable[[], None],
) -> None:
    """Rebuild after each burst of changes; ``report`` what came of it, and ``tell`` browsers, which show ``paths``."""
    loop = asyncio.get_running_loop()
    while True:
        changed = await next_batch(events)
        watched = OpenPages(paths(), partial(loop.call_soon_threadsafe, tell))
        try:
            outcome = await asyncio.to_thread(preview.rebuild, changed, watched=watched)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next saved file may do without it
            outcome = preview.record_crash(error)
        tell()
        report(outcome)


class _Memo:
    """Remembers what the files of the last build gave; for the first build, ``stored`` does."""

    def __init__(self) -> None:
        self.stored: EntryCache = NoEntryCache()
        self._inspections: InspectionCache | None = None
        self._known: dict[str, _Kept] = {}
        self._used: dict[str, _Kept] = {}

    @property
    def is_empty(self) -> bool:
        return not self._known

    @property
    def inspections(self) -> InspectionCache:
        if self._inspections is None:
            self._inspections = self.stored.inspections
        return self._inspections

    def get(self, key: str) -> storage.Summary | None:
        found = self._known.get(key) or self._used.get(key)
        if found is None:
            kept = self.stored.get(key)
            if kept is None:
                return None
            found = kept, None
        self._used[key] = found
        return found[0]

    def text(self, key: str) -> bytes | None:
        found = self._used.get(key) or self._known.get(key)
        return (found and found[1]) or self.stored.text(key)

    def store(self, key: str, summary: storage.Summary, text: bytes, entry: bytes | None) -> None:
        self._used[key] = summary, entry
        self.stored.store(key, summary, text, entry)

    def forget_unused(self) -> None:
        self._known, self._used = self._used, {}
        self.inspections.forget_unused()


_Kept = tuple[storage.Summary, bytes | None]
