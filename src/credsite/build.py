"""The pipeline, from files to files. It reads from top to bottom like the way through the house.

``analyse`` goes as far as the plan and finds every problem; ``write`` puts the plan into the output folder. Checking
a site is the first half alone.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from credsite import __version__, cache, config
from credsite.catalogue import catalogue as catalogues
from credsite.catalogue import checks, visibility
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import Clock
from credsite.catalogue.visibility import Ref
from credsite.config import Config
from credsite.content import markdown
from credsite.content.images import Images, read_images
from credsite.content.model import Entry, EntryFields, Kind
from credsite.content.reader import Memo, Reading, read_site
from credsite.content.static import StaticFile, find_static
from credsite.digest import Fingerprints, combined, digest
from credsite.errors import CredsiteError
from credsite.front_matter import normalised
from credsite.output.folder import OutputFolder
from credsite.output.writer import Made, Output, Summary
from credsite.output.writer import write as write_outputs
from credsite.places import located
from credsite.problems import Place, Problem, Severity, graded
from credsite.processes import Start, spread, usual_start
from credsite.site.labels import backgrounds, supports
from credsite.site.pages import PlannedFile, PlannedPage
from credsite.site.plan import Plan, make_plan
from credsite.site.references import References
from credsite.site.urls import Urls
from credsite.theme.assets import load_assets
from credsite.theme.loader import Theme, ThemeError, load_theme
from credsite.theme.renderer import Renderer
from credsite.theme.texts import Texts, load_texts

Progress = Callable[[str, int, int], None]
"""Told of a stage's name, how much of it is done, and how much there is."""
OUTPUT: Final = "public"
MAKING_ANEW = 0.5
"""For each page of a site, how many more must be new to be rendered by processes that have to make the site anew.

To analyse the site once more from its cache takes each of them a quarter of what it takes to render all pages, and two
save half of that.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked to do. ``now`` is None for the clock; a moment without offset is in the site's zone.

    ``places_of_advice`` says whether advice gets its lines, for which each file with some is read once more;
    ``no_cache``, that nothing is kept from earlier builds or for later ones, which changes no byte of the website.
    ``start`` is how processes begin, None for the system's way, which changes no byte either.
    """

    root: Path
    output: Path | None = None
    base_url: str | None = None
    now: datetime | None = None
    drafts: bool = False
    keep_going: bool = False
    jobs: int = 1
    places_of_advice: bool = True
    no_cache: bool = False
    start: Start | None = None

    @property
    def output_folder(self) -> Path:
        return self.output or self.root / OUTPUT


@dataclass(frozen=True, slots=True)
class Site:
    """An analysed site. What is None could not be made because of ``problems``, which are in order of place.

    ``left_out`` are the paths of the entries that are broken. ``notice`` is a sentence for the editor, or ``""``.
    """

    config: Config | None
    problems: tuple[Problem, ...]
    theme: Theme | None = None
    texts: Texts | None = None
    catalogue: Catalogue | None = None
    plan: Plan | None = None
    left_out: tuple[str, ...] = ()
    notice: str = ""

    def count(self, severity: Severity) -> int:
        return sum(problem.severity is severity for problem in self.problems)

    @property
    def publishable(self) -> bool:
        return self.plan is not None and not self.count(Severity.ERROR)


def analyse(options: Options, *, memo: Memo | None = None, progress: Progress | None = None) -> Site:
    """Read the site and plan it. Raises ConfigError where there is no site; content can only cause problems.

    ``memo`` remembers instead of the cache in the site's folder.
    """
    settings, problems = config.load(options.root)
    if settings is None:
        return Site(None, tuple(_finished(problems, options, {})))
    if options.base_url is not None:
        settings = settings.with_base_url(options.base_url)
    theme, texts, theme_problems = _theme(settings, options.root)
    reading, notice = _reading(options, settings, memo, progress)
    images, image_problems = read_images(options.root, reading.entries)
    static, static_problems = find_static(options.root)
    problems = [*problems, *theme_problems, *reading.problems, *image_problems, *static_problems]
    site = _planned(options, settings, theme, texts, reading, images, static, problems)
    return replace(site, notice=notice)


def _reading(
    options: Options, settings: Config, memo: Memo | None, progress: Progress | None
) -> tuple[Reading, str]:
    """The entries, and what is to be said of the cache."""

    def told(done: int, total: int) -> None:
        if progress is not None:
            progress("Reading", done, total)

    read = partial(read_site, options.root, settings, jobs=options.jobs, start=options.start, progress=told)
    if memo is not None or options.no_cache:
        return read(memo=memo), ""
    with cache.Cache(options.root) as kept:
        reading = read(memo=kept)
        return reading, kept.save()


def _planned(
    options: Options,
    settings: Config,
    theme: Theme | None,
    texts: Texts,
    reading: Reading,
    images: Images,
    static: list[StaticFile],
    problems: list[Problem],
) -> Site:
    """Everything after reading: checks, the catalogue, the plan."""
    clock = Clock.at(options.now or datetime.now(settings.zone), settings.zone)
    entries, duplicates = checks.unique(reading.entries)
    unread = {source.path: (source.kind, source.slug) for source in reading.broken}
    vocabularies = checks.Vocabularies(
        settings.funding,
        backgrounds(settings),
        supports(settings),
        theme.templates if theme else ("page", "guide"),
        settings.currency or "",
    )
    problems += [*duplicates, *checks.check(entries, unread.values(), vocabularies, clock)]
    while True:
        broken = _broken(entries, problems, settings) | unread
        catalogue, plan, found = _plan(entries, broken, options, settings, texts, images, static, clock)
        # A collision of addresses breaks one of the two entries; without it the rest can be planned once more.
        if not (_broken(entries, [*problems, *found], settings).keys() - broken.keys()):
            break
        problems += found
    problems += found
    return Site(
        config=settings,
        problems=tuple(_finished(problems, options, settings.problems)),
        theme=theme,
        texts=texts,
        catalogue=catalogue,
        plan=plan if theme else None,
        left_out=tuple(sorted({*broken, *(problem.place.path for problem in duplicates)})),
    )


def _plan(
    entries: list[Entry[EntryFields]],
    broken: dict[str, Ref],
    options: Options,
    settings: Config,
    texts: Texts,
    images: Images,
    static: list[StaticFile],
    clock: Clock,
) -> tuple[Catalogue, Plan, list[Problem]]:
    good = [entry for entry in entries if entry.path not in broken]
    catalogue = catalogues.build(
        good, clock, drafts=options.drafts, left_out=broken, currency=settings.currency or ""
    )
    references = References.of(catalogue, images, Urls(settings.base_url), good, broken)
    copies = [PlannedFile(file.output, copy_of=file.path, digest=file.digest) for file in static]
    plan, problems = make_plan(catalogue, settings, images, references, texts, copies)
    return catalogue, plan, [*visibility.problems_of(catalogue.held_back), *problems]


def _broken(entries: list[Entry[EntryFields]], problems: list[Problem], settings: Config) -> dict[str, Ref]:
    """The entries that an error forbids to publish, by path."""
    paths = {
        found.place.path for found in graded(problems, settings.problems) if found.severity is Severity.ERROR
    }
    return {entry.path: (entry.kind, entry.slug) for entry in entries if entry.path in paths}


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


def write(site: Site, options: Options, *, progress: Progress | None = None) -> Summary:
    """Put an analysed site into its output folder: only what is new, and nothing that is not credsite's own.

    Raises OutputError where the folder may not be written to, ThemeError where a template fails.
    """

    def spread_out(work: Callable[[Output], Made], outputs: Sequence[Output]) -> Iterator[Made]:
        for number, made in enumerate(_made(site, options, work, outputs), start=1):
            if progress is not None:
                progress("Writing", number, len(outputs))
            yield made

    with OutputFolder.open(options.output_folder, options.root) as folder:
        if options.no_cache:
            return write_outputs(folder, _outputs(site, options.root), spread=spread_out)
        seen = cache.load_seen(options.root, folder.path)
        outputs = _outputs(site, options.root, cache.own_folder(options.root))
        summary = write_outputs(folder, outputs, seen, spread_out)
        lost = cache.save_seen(seen, options.root, folder.path)
        return replace(summary, notice=summary.notice or lost)


def _made(
    site: Site, options: Options, work: Callable[[Output], Made], outputs: Sequence[Output]
) -> Iterator[Made]:
    """``work`` of each output, spread over processes. Those that inherit nothing only render; this one writes.

    They make the site anew, from the files and the cache: to send them the models of all pages instead would take the
    parent longer than to render a good part of them, and what stands on many pages would be rendered on each.
    """
    if (options.start or usual_start()) == "fork":
        return spread(work, outputs, options.jobs, name=_path, start=options.start)
    if site.catalogue is None or site.plan is None:
        raise ValueError("a site without a plan cannot be written")
    planned = {output.path: output for output in outputs}
    again = replace(options, jobs=1, now=site.catalogue.clock.now)
    rendered = spread(
        partial(_printed, planned),
        list(planned),
        1
        if options.no_cache
        else options.jobs,  # without a cache, each would have to parse all content once more
        start=options.start,
        setup=partial(_again, again, _state(site)),
        effort=int(len(site.plan.pages) * MAKING_ANEW),
    )
    return (
        work(replace(output, identity=fingerprint, render=partial(bytes, data)))
        for output, (fingerprint, data) in zip(outputs, rendered, strict=True)
    )


def _again(options: Options, state: str) -> Callable[[str], tuple[str, bytes]] | None:
    """In a process that has inherited nothing: what renders an output of the site. None where it is not the same."""
    try:
        with cache.Cache(options.root) as memo:  # which is read, and not saved
            site = analyse(options, memo=memo)
    except (CredsiteError, OSError):
        return None
    if site.plan is None or _state(site) != state:
        return None
    outputs = _outputs(site, options.root, cache.own_folder(options.root))
    return partial(_printed, {output.path: output for output in outputs})


def _state(site: Site) -> str:
    """A digest of all that a plan is made from, as far as a page can show it. Code is the same in every process."""
    if site.config is None or site.theme is None or site.catalogue is None or site.plan is None:
        raise ValueError("a site without a plan has no state")
    shown = (entry for kind in Kind for entry in site.catalogue.of_kind(kind).values() if entry is not None)
    return combined(
        [
            site.config.model_dump_json(),
            site.theme.digest,
            site.catalogue.clock.now.isoformat(),
            repr(site.catalogue.held_back),
            *site.left_out,
            *(f"{entry.path} {entry.digest}" for entry in shown),
            *(page.output for page in site.plan.pages),
            *(f"{file.output} {file.digest or digest(file.data)}" for file in site.plan.files),
        ]
    )


def _printed(outputs: Mapping[str, Output], path: str) -> tuple[str, bytes]:
    return outputs[path].fingerprint, outputs[path].render()


def _path(output: Output) -> str:
    return output.path


def _outputs(site: Site, root: Path, kept: Path | None = None) -> Iterator[Output]:
    """Every file of the website, with a fingerprint of all that its bytes depend on.

    ``kept`` is credsite's own folder, for compiled templates.
    """
    if site.plan is None or site.theme is None or site.texts is None:
        raise ValueError("a site without a plan cannot be written")
    renderer = Renderer(site.theme, site.plan.frame, site.texts, kept and kept / "templates")
    fingerprints = Fingerprints()
    common = combined(
        [
            __version__,
            *(f"{name} {importlib.metadata.version(name)}" for name in ("babel", "jinja2")),
            site.theme.digest,
            fingerprints.of(site.plan.frame),
        ]
    )
    for page in site.plan.pages:
        fingerprint = partial(_fingerprint, common, fingerprints, page)
        yield Output(page.output, fingerprint, partial(_rendered, renderer, page))
    for file in site.plan.files:
        if file.copy_of:
            yield Output(file.output, file.digest, (root / file.copy_of).read_bytes)
        else:
            yield Output(file.output, digest(file.data), partial(bytes, file.data))
    for asset in load_assets(site.theme).files:
        yield Output(asset.path, digest(asset.data), partial(bytes, asset.data))


def _fingerprint(common: str, fingerprints: Fingerprints, page: PlannedPage) -> str:
    return combined([common, fingerprints.of(page.view)])


def _rendered(renderer: Renderer, page: PlannedPage) -> bytes:
    return renderer.render(page.view).encode()
