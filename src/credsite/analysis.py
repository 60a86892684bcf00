"""The first half of the pipeline: from files to a plan, with every problem that there is on the way.

Checking a site is this half alone. It reads from top to bottom like the way through the house: ``take_in`` finds the
files, ``analyse`` understands them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from credsite import cache, config
from credsite.catalogue import catalogue as catalogues
from credsite.catalogue import checks, visibility
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import Clock
from credsite.catalogue.held import Change
from credsite.config import Config
from credsite.content import markdown
from credsite.content.files import SourceFile
from credsite.content.images import Images, read_images
from credsite.content.reader import Gathered, Known, Memo, Reading, gather, read_site
from credsite.content.static import StaticFile, find_static
from credsite.front_matter import normalised
from credsite.options import Options, Progress
from credsite.outputs import Outputs, state_of_site
from credsite.places import located
from credsite.problems import CODES, Place, Problem, Severity, graded
from credsite.site.browse import is_searched
from credsite.site.labels import backgrounds, supports
from credsite.site.pages import PlannedFile
from credsite.site.plan import Plan, make_plan
from credsite.site.reads import Memo as ReadsMemo
from credsite.site.references import References
from credsite.site.urls import Urls
from credsite.stages import stage
from credsite.theme.loader import Theme, ThemeError, load_theme
from credsite.theme.texts import Texts, load_texts


@dataclass(frozen=True, slots=True)
class Site:
    """An analysed site. What is None could not be made because of ``problems``, which are in order of place.

    ``left_out`` are the paths of the entries that are broken. ``notice`` is a sentence for the editor, or ``""``.

    ``reads`` are what pages read when they were last made. ``basis`` is what catalogue and plan were made from, and
    ``between`` what is wrong between entries. Where these were taken over from a site that was analysed before,
    ``changed`` are the reads that give something else now; None where they were made anew.
    """

    config: Config | None
    problems: tuple[Problem, ...]
    theme: Theme | None = None
    texts: Texts | None = None
    catalogue: Catalogue | None = None
    plan: Plan | None = None
    outputs: Outputs | None = None
    left_out: tuple[str, ...] = ()
    notice: str = ""
    reads: Mapping[str, str] = field(default_factory=dict)
    basis: Basis | None = None
    between: tuple[Problem, ...] = ()
    changed: frozenset[str] | None = None

    def remembered(self) -> dict[str, str]:
        """What the pages of the plan read, as far as they have been made."""
        return self.plan.tokens.remembered({page.path for page in self.plan.made}) if self.plan else {}

    def count(self, severity: Severity) -> int:
        return sum(problem.severity is severity for problem in self.problems)

    @property
    def publishable(self) -> bool:
        return self.plan is not None and not self.count(Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that checks, catalogue and plan are made from: where it is equal, they are too.

    Of entries it holds the marks, which stay when only a text changes, the digests of those whose text is ``searched``,
    and the paths of ``faulty`` ones. ``clock`` is not compared: what it does to the site is known in advance.
    """

    settings: Config
    theme: str
    drafts: bool
    marks: tuple[tuple[str, str], ...]
    searched: tuple[str, ...]
    broken: tuple[SourceFile, ...]
    faulty: frozenset[str]
    images: Images
    static: tuple[StaticFile, ...]
    clock: Clock = field(compare=False)

    def holds_at(self, clock: Clock, changes: Sequence[Change]) -> bool:
        """Whether nothing has happened by itself in the meantime."""
        return self.clock.today == clock.today and not any(
            self.clock.now < change.at <= clock.now for change in changes
        )


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a site is made from: found and read, but not yet understood."""

    settings: Config
    theme: Theme | None
    texts: Texts
    gathered: Gathered
    static: tuple[StaticFile, ...]
    problems: tuple[Problem, ...]
    clock: Clock


def take_in(options: Options, known: Known | None = None, read: Mapping[str, bytes] = {}) -> Inputs | Site:
    """Find and read all files of the site, or say in a site without a plan why that cannot be.

    ``known`` are files that need not be read, ``read`` the bytes of those that were. Raises ConfigError where there is
    no site.
    """
    settings, problems = config.load(options.root)
    if settings is None:
        return Site(None, tuple(_finished(problems, options, {})))
    if options.base_url is not None:
        settings = settings.with_base_url(options.base_url)
    theme, texts, theme_problems = _theme(settings, options.root)
    static, static_problems = find_static(options.root)
    return Inputs(
        settings,
        theme,
        texts,
        gather(options.root, settings, known, read),
        tuple(static),
        (*problems, *theme_problems, *static_problems),
        Clock.at(options.now or datetime.now(settings.zone), settings.zone),
    )


def analyse(
    options: Options,
    inputs: Inputs | None = None,
    *,
    memo: Memo | None = None,
    known: Known | None = None,
    previous: Site | None = None,
    progress: Progress | None = None,
) -> Site:
    """Understand the site and plan it. Raises ConfigError where there is no site; content can only cause problems.

    ``inputs`` are its files, where they have been read already. ``memo`` remembers instead of the cache in the site's
    folder, and ``known`` which files need not be read. What can be taken over from ``previous``, an analysis with the
    same options, is taken over.
    """
    taken = inputs or take_in(options, known)
    if isinstance(taken, Site):
        return taken
    settings, theme = taken.settings, taken.theme
    with stage("read"):
        reading, reads, notice = _reading(options, taken, memo, progress)
        images, image_problems = read_images(options.root, reading.facts)
    problems = [*taken.problems, *reading.problems, *image_problems]
    basis = Basis(
        settings,
        theme.digest if theme else "",
        options.drafts,
        tuple((facts.path, facts.mark) for facts in reading.facts),
        tuple(facts.digest for facts in reading.facts if is_searched(facts)),
        reading.broken,
        _faulty(problems, settings.problems),
        images,
        taken.static,
        taken.clock,
    )
    site = previous and _taken_over(previous, basis, reading)
    if not site:
        if previous is not None:
            reads = previous.remembered()
        site = _planned(options, basis, theme, taken.texts, reading, dict(reads))
    found = _finished([*problems, *site.between], options, settings.problems)
    return replace(site, problems=tuple(found), reads=reads, notice=notice)


def _taken_over(previous: Site, basis: Basis, reading: Reading) -> Site | None:
    """``previous`` with the new texts of its entries, if nothing else has changed."""
    plan, catalogue = previous.plan, previous.catalogue
    if previous.basis != basis or plan is None or catalogue is None:
        return None
    if not previous.basis.holds_at(basis.clock, catalogue.changes):
        return None
    changed = plan.tokens.renew({facts.path: facts.digest for facts in reading.facts})
    plan = plan.with_library(reading.library)
    outputs = previous.outputs and previous.outputs.with_plan(plan)
    return replace(previous, plan=plan, outputs=outputs, basis=basis, changed=frozenset(changed))


def _reading(
    options: Options, taken: Inputs, memo: Memo | None, progress: Progress | None
) -> tuple[Reading, Mapping[str, str], str]:
    """The facts of all entries, what pages read when they were last made, and what is to be said of the cache."""

    def told(done: int, total: int) -> None:
        if progress is not None:
            progress("Reading", done, total)

    read = partial(
        read_site,
        options.root,
        taken.settings,
        gathered=taken.gathered,
        jobs=options.jobs,
        start=options.start,
        progress=told,
    )
    if memo is not None or options.no_cache:
        return read(memo=memo), {}, ""
    with cache.Cache(options.root) as kept:
        reading = read(memo=kept)
        return reading, kept.reads(options.output_folder), kept.save()


def _planned(
    options: Options, basis: Basis, theme: Theme | None, texts: Texts, reading: Reading, memo: ReadsMemo
) -> Site:
    """Everything after reading: checks, the catalogue, the plan. The problems are those that this finds."""
    settings, clock = basis.settings, basis.clock
    entries, duplicates = checks.unique(reading.facts)
    unread = {source.path: (source.kind, source.slug) for source in reading.broken}
    vocabularies = checks.Vocabularies(
        settings.funding,
        backgrounds(settings),
        supports(settings),
        theme.templates if theme else ("page", "guide"),
        settings.currency or "",
    )
    state = state_of_site(settings, theme) if theme else ""
    with stage("catalogue"):
        problems = [*duplicates, *checks.check(entries, unread.values(), vocabularies, clock)]
    while True:
        faulty = basis.faulty | _faulty(problems, settings.problems)
        broken = {entry.path: (entry.kind, entry.slug) for entry in entries if entry.path in faulty} | unread
        good = [entry for entry in entries if entry.path not in broken]
        with stage("catalogue"):
            catalogue = catalogues.build(
                good,
                clock,
                drafts=options.drafts,
                left_out=broken,
                currency=settings.currency or "",
                cost_bands=settings.cost_bands,
            )
        references = References.of(catalogue, basis.images, Urls(settings.base_url), good, broken)
        copies = [PlannedFile(file.output, copy_of=file.path, digest=file.digest) for file in basis.static]
        with stage("plan"):
            plan, found = make_plan(
                catalogue, settings, basis.images, references, texts, reading.library, memo, copies, state
            )
        found = [*visibility.problems_of(catalogue.held_back), *found]
        # A collision of addresses breaks one of the two entries; without it the rest can be planned once more.
        problems += found
        if not (_faulty(found, settings.problems).intersection(entry.path for entry in good)):
            break
    return Site(
        config=settings,
        problems=(),
        theme=theme,
        texts=texts,
        catalogue=catalogue,
        plan=plan if theme else None,
        outputs=Outputs(options.root, plan, settings, theme, texts) if theme else None,
        left_out=tuple(sorted({*broken, *(problem.place.path for problem in duplicates)})),
        basis=basis,
        between=tuple(problems),
    )


def _faulty(problems: Iterable[Problem], severities: Mapping[str, str]) -> frozenset[str]:
    """The paths of the files with an error, which forbids to publish them."""
    return frozenset(
        problem.place.path
        for problem in problems
        if severities.get(problem.code, CODES[problem.code].severity) == Severity.ERROR
    )


def _theme(settings: Config, root: Path) -> tuple[Theme | None, Texts, list[Problem]]:
    try:
        theme = load_theme(settings.theme, root)
        return theme, load_texts(theme, settings.language), []
    except ThemeError as error:
        return None, Texts(settings.language), [theme_problem(error, root)]


def theme_problem(error: ThemeError, root: Path) -> Problem:
    """A theme's error as a problem: at its file and line, or at credsite.yaml, which chose the theme."""
    if error.path is None:
        return Problem("theme-error", error.message, Place(config.FILE, key=("theme",)))
    path = error.path.relative_to(root).as_posix() if error.path.is_relative_to(root) else str(error.path)
    return Problem("theme-error", error.message, Place(path, error.line, 1 if error.line else 0))


def _finished(problems: list[Problem], options: Options, severities: Mapping[str, str]) -> list[Problem]:
    """The problems with their lines, severities and order."""

    def read(path: str) -> str | None:
        try:
            return normalised((options.root / path).read_bytes().decode())
        except (OSError, UnicodeDecodeError):
            return None  # the problem itself is that the file cannot be read

    found = graded(problems, severities)
    told = [
        problem for problem in found if options.places_of_advice or problem.severity is not Severity.ADVICE
    ]
    rest = [
        problem for problem in found if not options.places_of_advice and problem.severity is Severity.ADVICE
    ]
    return sorted([*located(told, read, markdown.locate), *rest], key=lambda problem: problem.sort_key)
