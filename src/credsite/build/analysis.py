"""The first half of the pipeline: from files to a plan, with every problem that there is on the way.

Checking a site is this half alone. It reads from top to bottom like the way through the house: ``load_sources`` finds the
files, ``analyse`` understands them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from credsite.build import cache
from credsite.build.options import Options, Progress
from credsite.build.render import SiteRenderer, code_and_config_digest
from credsite.build.state_dir import CACHE_NOT_WRITTEN, load_source_digests
from credsite.catalogue import catalogue as catalogues
from credsite.catalogue import checks, publication_rules
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import Clock
from credsite.catalogue.patch import links_changed, patched_catalogue
from credsite.catalogue.publication import Change
from credsite.catalogue.relations import RelatedCache
from credsite.content.discovery import SourceFile
from credsite.content.file_digests import FileDigests
from credsite.content.images import Images, read_images
from credsite.content.loader import EntryCache, LoadedEntries, NoEntryCache, load_entries
from credsite.content.locate import fill_in_locations
from credsite.content.markdown import body
from credsite.content.records import Record
from credsite.content.source_files import SourceKeyCache, SourceSet, collect_sources, refresh_sources
from credsite.content.static_files import StaticFile, find_static
from credsite.core.parallel import BackgroundTask
from credsite.core.profiling import stage
from credsite.problems.codes import CODES, with_severities
from credsite.problems.excerpts import file_text_reader
from credsite.problems.model import Location, Problem, Severity
from credsite.schema import config
from credsite.schema.config import Config
from credsite.site.data.data_files import DataFileNames, is_full_text_searched
from credsite.site.dependencies.fingerprints import Remembered
from credsite.site.labels import background_ids, support_ids
from credsite.site.link_resolver import LinkResolver
from credsite.site.planned import PlannedFile
from credsite.site.planner import Plan, RenderSet, make_plan
from credsite.site.urls import Urls
from credsite.theme.loader import Theme, ThemeError, load_theme
from credsite.theme.translations import ThemeTranslations, load_translations

_NEAREST: Final = "nearest"
"""What is remembered of courses, beside what is of pages."""


@dataclass(frozen=True, slots=True)
class AnalysedSite:
    """An analysed site. What is None could not be made because of ``problems``, which are in order of place.

    ``invalid_entries`` are the paths of the entries that are broken. ``notice`` is a sentence for the editor, or ``""``.

    ``known`` is what was remembered when it was analysed, and ``nearest`` which courses are near to each other.
    ``basis`` is what catalogue and plan were made from, ``between`` is what is wrong between entries, and ``linked``
    with their links. Where these were taken over from a site that was analysed before, ``due`` is what is to be made;
    None where all of it may be.
    """

    config: Config | None
    problems: tuple[Problem, ...]
    theme: Theme | None = None
    texts: ThemeTranslations | None = None
    catalogue: Catalogue | None = None
    plan: Plan | None = None
    renderer: SiteRenderer | None = None
    invalid_entries: tuple[str, ...] = ()
    notice: str = ""
    stored: Mapping[str, bytes] = field(default_factory=dict)
    key: AnalysisKey | None = None
    cross_entry_problems: tuple[Problem, ...] = ()
    link_problems: tuple[Problem, ...] = ()
    related: bytes = b""
    render_set: RenderSet | None = None

    def remembered(self) -> Remembered:
        """What is known of the pages of the plan, as far as they have been made."""
        if self.plan is None:
            return Remembered()
        return self.plan.fingerprinter.remembered({page.path for page in self.plan.rendered})

    def to_store(self) -> dict[str, bytes]:
        """What the next analysis is to know of this one."""
        return {**self.remembered().packed(), _NEAREST: self.related}

    def count(self, severity: Severity) -> int:
        return sum(problem.severity is severity for problem in self.problems)

    @property
    def publishable(self) -> bool:
        return self.plan is not None and not self.count(Severity.ERROR)


@dataclass(frozen=True, slots=True)
class AnalysisKey:
    """Everything that checks, catalogue and plan are made from: where it is equal, they are too.

    Of entries it holds the marks, which stay when only a text changes that nothing else shows, and the paths of
    ``faulty`` ones. ``marks`` and ``clock`` are not compared: what they do to the site is known.
    """

    settings: Config
    theme: str
    drafts: bool
    record_digests: Mapping[str, str] = field(compare=False)
    unparsed: tuple[SourceFile, ...]
    paths_with_errors: frozenset[str]
    images: Images
    static: tuple[StaticFile, ...]
    clock: Clock = field(compare=False)

    def is_valid_at(self, clock: Clock, change: Change | None) -> bool:
        """Whether nothing has happened by itself in the meantime; ``change`` is the first thing that was to."""
        return self.clock.today == clock.today and not (change is not None and change.at <= clock.now)


@dataclass(frozen=True, slots=True)
class SourceSnapshot:
    """Everything that a site is made from: found and read, but not yet understood."""

    config: Config
    theme: Theme | None
    texts: ThemeTranslations
    sources: SourceSet
    static: tuple[StaticFile, ...]
    problems: tuple[Problem, ...]
    clock: Clock
    file_digests: FileDigests


def load_sources(
    options: Options,
    known: SourceKeyCache | None = None,
    digests: Mapping[str, str] = {},
    file_digests: FileDigests | None = None,
) -> SourceSnapshot | AnalysedSite:
    """Find and read all files of the site, or say in a site without a plan why that cannot be.

    ``known`` are entries that need not be read, ``digests`` of the bytes of those that were, and ``file_digests`` those
    of images and static files. Raises ConfigError where there is no site.
    """
    settings, problems = config.load_config(options.root)
    if settings is None:
        return AnalysedSite(None, tuple(_finish_problems(problems, options, {})))
    if options.base_url is not None:
        settings = settings.with_base_url(options.base_url)
    theme, texts, theme_problems = _theme(settings, options.root)
    if file_digests is None:
        file_digests = FileDigests(options.root) if options.no_cache else load_source_digests(options.root)
    static, static_problems = find_static(options.root, file_digests)
    return SourceSnapshot(
        settings,
        theme,
        texts,
        collect_sources(options.root, settings, known, digests),
        tuple(static),
        (*problems, *theme_problems, *static_problems),
        Clock.at(options.now or datetime.now(settings.zone), settings.zone),
        file_digests,
    )


def reload_sources(options: Options, before: SourceSnapshot, changed: Collection[str]) -> SourceSnapshot:
    """What :func:`load_sources` gives where it gave ``before``, and no more than the bytes of ``changed`` files in the
    content can be others."""
    return replace(
        before,
        sources=refresh_sources(options.root, before.config, before.sources, changed),
        clock=Clock.at(options.now or datetime.now(before.config.zone), before.config.zone),
    )


def analyse(
    options: Options,
    inputs: SourceSnapshot | None = None,
    *,
    memo: EntryCache | None = None,
    kept: cache.Cache | None = None,
    known: SourceKeyCache | None = None,
    previous: AnalysedSite | None = None,
    progress: Progress | None = None,
) -> AnalysedSite:
    """Understand the site and plan it. Raises ConfigError where there is no site; content can only cause problems.

    ``inputs`` are its files, where they have been read already. ``memo`` remembers instead of the cache in the site's
    folder, or ``kept`` is that cache, and ``known`` which files need not be read. What can be taken over from
    ``previous``, an analysis with the same options, is taken over.
    """
    taken = inputs or load_sources(options, known)
    if isinstance(taken, AnalysedSite):
        return taken
    settings, theme = taken.config, taken.theme
    with stage("read"):
        reading, (images, image_problems), remembered, saved = _read_entries(
            options, taken, memo, kept, progress
        )
    problems = [*taken.problems, *reading.problems, *image_problems]
    basis = AnalysisKey(
        settings,
        theme.digest if theme else "",
        options.drafts,
        {record.path: _entry_digest(record) for record in reading.records},
        reading.invalid_files,
        _paths_with_errors(problems, settings.problems),
        images,
        taken.static,
        taken.clock,
    )
    try:
        site = previous and _patched(previous, basis, reading)
        if not site:
            if previous is not None:
                last, nearest = previous.remembered(), RelatedCache(previous.related)
            else:
                pages = dict(remembered)
                nearest = RelatedCache(pages.pop(_NEAREST, b""))
                last = Remembered.unpacked(pages)
            site = _plan_site(options, basis, theme, taken.texts, reading, last, nearest)
    finally:
        with stage("read"):
            notice = saved()
    found = _finish_problems(
        [*problems, *site.cross_entry_problems, *site.link_problems], options, settings.problems
    )
    return replace(site, problems=tuple(found), stored=remembered, notice=notice)


def with_problems(site: AnalysedSite, options: Options, more: Iterable[Problem]) -> AnalysedSite:
    """The site with what only some checks look for."""
    severities = site.config.problems if site.config else {}
    found = [*site.problems, *_finish_problems(list(more), options, severities)]
    return replace(site, problems=tuple(sorted(found, key=lambda problem: problem.sort_key)))


def _entry_digest(record: Record) -> str:
    """What changes when something has to be worked out anew that the facts, or a text that is searched, stand in."""
    return (
        f"{record.record_digest} {record.digest}" if is_full_text_searched(record) else record.record_digest
    )


def _patched(previous: AnalysedSite, basis: AnalysisKey, reading: LoadedEntries) -> AnalysedSite | None:
    """``previous`` with what its entries say now, if nothing else has changed that anything is worked out from."""
    old, plan, catalogue = previous.key, previous.plan, previous.catalogue
    if old != basis or old is None or plan is None or catalogue is None:
        return None
    if old.record_digests.keys() != basis.record_digests.keys() or not old.is_valid_at(
        basis.clock, catalogue.changes.first
    ):
        return None
    entries = [
        record for record in reading.records if _entry_digest(record) != old.record_digests[record.path]
    ]
    digests = {record.path: record.digest for record in reading.records}
    new = patched_catalogue(catalogue, entries) if entries else catalogue
    if new is None:
        return None
    references, linked = plan.link_resolver.patched(new, entries), previous.link_problems
    if links_changed(catalogue, entries):
        linked = tuple(references.problems(plan.outputs))
        if _paths_with_errors(linked, basis.settings.problems) != _paths_with_errors(
            previous.link_problems, basis.settings.problems
        ):
            return None
    made = plan.patched(new, references, reading.loader, digests, entries)
    if made is None:
        return None
    plan, due = made
    return replace(
        previous,
        catalogue=new,
        plan=plan,
        renderer=previous.renderer and previous.renderer.with_plan(plan),
        key=basis,
        link_problems=linked,
        render_set=due,
    )


def _read_entries(
    options: Options,
    taken: SourceSnapshot,
    memo: EntryCache | None,
    kept: cache.Cache | None,
    progress: Progress | None,
) -> tuple[LoadedEntries, tuple[Images, list[Problem]], Mapping[str, bytes], Callable[[], str]]:
    """The facts of all entries, their images, what else is remembered, and what waits until that is saved and gives what is to be
    said of the cache."""

    def told(done: int, total: int) -> None:
        if progress is not None:
            progress("Reading", done, total)

    def read(stored: EntryCache) -> tuple[LoadedEntries, tuple[Images, list[Problem]]]:
        reading = load_entries(
            options.root,
            taken.config,
            sources=taken.sources,
            jobs=options.jobs,
            start=options.start_method,
            cache=stored,
            progress=told,
        )
        return reading, read_images(options.root, reading.records, taken.file_digests, stored.inspections)

    if memo is not None or options.no_cache:
        return *read(memo or NoEntryCache()), {}, str
    with kept or cache.Cache(options.root) as kept:
        reading, images = read(kept)
        known = kept.output_data(options.output_folder)
        jobs = options.jobs if kept.should_save_in_background else 1
        saving = BackgroundTask(kept.prepare_save(), jobs)

    def saved() -> str:
        notice = saving.result()
        if notice != CACHE_NOT_WRITTEN:
            reading.loader.release_texts()
        return notice

    if saving.runs_elsewhere:  # this process has other things to do, and another processor may have none
        return reading, images, known, saved
    return reading, images, known, partial(str, saved())


def _plan_site(
    options: Options,
    basis: AnalysisKey,
    theme: Theme | None,
    texts: ThemeTranslations,
    reading: LoadedEntries,
    last: Remembered,
    nearest: RelatedCache,
) -> AnalysedSite:
    """Everything after reading: checks, the catalogue, the plan. The problems are those that this finds."""
    settings, clock = basis.settings, basis.clock
    entries, duplicates = checks.without_duplicates(reading.records)
    unread = {source.path: (source.kind, source.slug) for source in reading.invalid_files}
    vocabularies = checks.Vocabularies(
        settings.funding,
        background_ids(settings),
        support_ids(settings),
        theme.templates if theme else ("page", "guide", "employers"),
        settings.currency or "",
    )
    naming = DataFileNames(
        code_and_config_digest(settings, theme) if theme else "", hashed=not options.preview
    )
    with stage("catalogue"):
        problems = [*duplicates, *checks.cross_entry_problems(entries, unread.values(), vocabularies, clock)]
    is_first = True
    while True:
        faulty = basis.paths_with_errors | _paths_with_errors(problems, settings.problems)
        broken = {entry.path: (entry.kind, entry.slug) for entry in entries if entry.path in faulty} | unread
        good = [entry for entry in entries if entry.path not in broken]
        with stage("catalogue"):
            catalogue = catalogues.build_catalogue(
                good,
                clock,
                include_drafts=options.drafts,
                include_unpublished=options.include_unpublished,
                invalid_entries=broken,
                currency=settings.currency or "",
                related_cache=nearest,
                cost_bands=settings.cost_bands,
            )
        references = LinkResolver.of(catalogue, basis.images, Urls(settings.base_url), good, broken)
        copies = [PlannedFile(file.output, copy_of=file.path, digest=file.digest) for file in basis.static]
        with stage("plan"):
            plan, found = make_plan(
                catalogue, settings, basis.images, references, texts, reading.loader, last, copies, naming
            )
        linked = tuple(references.problems(plan.outputs))
        found = [*publication_rules.problems_of(catalogue.unpublished), *found]
        problems += found
        # A collision of addresses breaks one of the two entries; without it the rest can be planned once more.
        if not _paths_with_errors([*found, *linked], settings.problems).intersection(
            entry.path for entry in good
        ):
            break
        problems += linked
        is_first = False
    return AnalysedSite(
        config=settings,
        problems=(),
        theme=theme,
        texts=texts,
        catalogue=catalogue,
        plan=plan if theme else None,
        renderer=SiteRenderer(options.root, plan, settings, theme, texts) if theme else None,
        invalid_entries=tuple(sorted({*broken, *(problem.location.path for problem in duplicates)})),
        key=basis if is_first else None,  # else it is made of more than that
        cross_entry_problems=tuple(problems),
        link_problems=linked,
        related=nearest.data,
    )


def _paths_with_errors(problems: Iterable[Problem], severities: Mapping[str, str]) -> frozenset[str]:
    """The paths of the files with an error, which forbids to publish them."""
    return frozenset(
        problem.location.path
        for problem in problems
        if severities.get(problem.code, CODES[problem.code].severity) == Severity.ERROR
    )


def _theme(settings: Config, root: Path) -> tuple[Theme | None, ThemeTranslations, list[Problem]]:
    try:
        theme = load_theme(settings.theme, root)
        return theme, load_translations(theme, settings.language), []
    except ThemeError as error:
        return None, ThemeTranslations(settings.language), [theme_problem(error, root)]


def theme_problem(error: ThemeError, root: Path) -> Problem:
    """A theme's error as a problem: at its file and line, or at credsite.yaml, which chose the theme."""
    if error.path is None:
        return Problem("theme-error", error.message, Location(config.CONFIG_FILE, key=("theme",)))
    path = error.path.relative_to(root).as_posix() if error.path.is_relative_to(root) else str(error.path)
    return Problem("theme-error", error.message, Location(path, error.line, 1 if error.line else 0))


def _finish_problems(
    problems: list[Problem], options: Options, severities: Mapping[str, str]
) -> list[Problem]:
    """The problems with their lines, severities and order."""
    found = with_severities(problems, severities)
    told = [problem for problem in found if options.locate_advice or problem.severity is not Severity.ADVICE]
    rest = [problem for problem in found if not options.locate_advice and problem.severity is Severity.ADVICE]
    return sorted(
        [*fill_in_locations(told, file_text_reader(options.root), body.locate), *rest],
        key=lambda problem: problem.sort_key,
    )
