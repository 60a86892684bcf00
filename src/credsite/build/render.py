"""From a plan to the files of the website: what renders each page, and how it is known whether that is due."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path

from credsite.build.output.writer import Output, Rendered, WrittenOutput
from credsite.core.code_version import code_digest
from credsite.core.hashing import combined_digest, digest
from credsite.core.profiling import stage
from credsite.core.serialization import json_bytes
from credsite.core.steps import Later
from credsite.schema.config import Config
from credsite.site.planned import PlannedData, PlannedPage
from credsite.site.planner import Plan, RenderSet
from credsite.site.urls import Urls
from credsite.site.views import Calendar, CoursePage, Page
from credsite.theme.assets import load_assets
from credsite.theme.loader import Theme, ThemeError
from credsite.theme.renderer import Renderer
from credsite.theme.templates import Templates, template_cache
from credsite.theme.translations import ThemeTranslations


def code_and_config_digest(config: Config, theme: Theme) -> str:
    """A digest of all that the website depends on beside its entries and their images."""
    return combined_digest(
        [
            code_digest(("babel", "icalendar", "jinja2", "markupsafe"), ("**/*.py",)),
            theme.digest,
            repr(config),
        ]
    )


def template_precompiler(
    config: Config, theme: Theme, texts: ThemeTranslations, folder: Path
) -> Callable[[], None] | None:
    """What compiles the theme's templates into ``folder``, also in another process. None where that has been done."""
    language, base_path = config.language, Urls(config.base_url).base_path
    compiled = template_cache(theme, language, base_path, folder)

    def work() -> None:
        with suppress(ThemeError):  # which the build itself tells when it comes to the theme
            Templates(theme, language, base_path, texts, compiled).compile()

    return None if compiled.are_complete else work


class SiteRenderer:
    """The outputs of a plan."""

    def __init__(
        self, root: Path, plan: Plan, config: Config, theme: Theme, texts: ThemeTranslations
    ) -> None:
        self._root = root
        self._plan = plan
        self._theme = theme
        self._texts = texts
        self._compiled: Path | None = None
        self._common = combined_digest([code_and_config_digest(config, theme), repr(plan.layout)])

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self._theme, self._plan.layout, self._texts, self._compiled)

    def prepare(self, compiled: Path | None) -> None:
        """Make what all processes that render will inherit; ``compiled`` is a folder for compiled templates.

        Raises ThemeError.
        """
        self._compiled = compiled
        _ = self._renderer

    def warm_up(self) -> None:
        """Make a page of each kind, so that processes that are forked inherit compiled templates and need not make them."""
        kinds = {page.make: page for page in self._plan.rendered}
        for page in kinds.values():
            self._page(page).render()

    def with_plan(self, plan: Plan) -> SiteRenderer:
        """The same for a plan with the same frame."""
        other = object.__new__(SiteRenderer)
        other.__dict__.update(self.__dict__, _plan=plan)
        return other

    def all(self, first: Collection[str] = ()) -> Iterator[Output]:
        """Every file of the website, with a fingerprint of all that its bytes depend on.

        A page comes after the stylesheets, scripts and pictures that it shows, so that it is whole when it is there. The
        pages at the output paths ``first`` come before other pages.
        """
        for asset in load_assets(self._theme).files:
            yield _plain(asset.path, asset.data)
        for file in self._plan.files:
            if file.copy_of:
                render = partial(_copied, self._root / file.copy_of, file.digest)
                yield Output(file.output, file.digest, render)
            else:
                yield _plain(file.output, file.data)
        yield from map(self._page, _with_first(self._plan.rendered, first))
        yield from map(self._data, self._plan.data)  # when their cards have been made for pages

    def selected(self, due: RenderSet, first: Collection[str] = ()) -> Iterator[Output]:
        """Some of the files, the pages at the output paths ``first`` before all others."""
        pages = [page for page in self._plan.rendered if page.path in due.pages]
        yield from map(self._page, _with_first(pages, first))
        yield from (self._data(data) for data in self._plan.data if data.output in due.files)
        yield from (_plain(file.output, file.data) for file in self._plan.files if file.output in due.files)

    def record(self, made: WrittenOutput) -> None:
        """Remember what pages read that were made, perhaps in another process."""
        tokens = self._plan.fingerprinter
        tokens.note(made.lookups)
        path = next(iter(made.lookups), None)
        page = self._pages.get(path) if path is not None else None
        if page is not None:
            tokens.note_made(self._own(page), page.path, made.fingerprint)

    @cached_property
    def _pages(self) -> dict[str, PlannedPage]:
        return {page.path: page for page in self._plan.rendered}

    def _page(self, page: PlannedPage) -> Output:
        beside = (page.companion_output,) if page.companion_output else ()
        return Output(page.output, partial(self._known, page), partial(self._viewed, page), beside)

    def _known(self, page: PlannedPage) -> str:
        """The fingerprint, as far as it can be known without making the page; else ""."""
        return self._plan.fingerprinter.known(self._own(page), page.path)

    def _viewed(self, page: PlannedPage) -> Later[Rendered]:
        """What stands on the page is looked up first. Rendering it is another step."""
        builder, tokens = self._plan.view_builder, self._plan.fingerprinter
        with stage("render"):
            view, text = builder.reads.page(partial(page.view, builder))
            notes = {page.path: text, **builder.reads.take_shared()}
            tokens.note(notes)
            fingerprint = tokens.fingerprint(self._own(page), text)
        return Later(partial(self._rendered, view, fingerprint, notes))

    def _rendered(self, view: Page | Calendar, fingerprint: str, notes: dict[str, str]) -> Rendered:
        with stage("render"):
            dates = view.dates if isinstance(view, CoursePage) else None
            beside = (self._renderer.render(dates).encode(),) if dates is not None else ()
            return Rendered(self._renderer.render(view).encode(), fingerprint, notes, beside)

    def _data(self, data: PlannedData) -> Output:
        fingerprint = digest(f"{self._common} {data.output} {data.input_digest}".encode())
        return Output(data.output, fingerprint, partial(self._written, data, fingerprint))

    def _written(self, data: PlannedData, fingerprint: str) -> Rendered:
        reads = self._plan.view_builder.reads
        with stage("render"):
            value, _ = reads.page(partial(data.value, self._plan.data_context))
            return Rendered(json_bytes(value, self._renderer.card), fingerprint, reads.take_shared())

    def _own(self, page: PlannedPage) -> str:
        return f"{self._common} {page.identity}"


def _with_first(pages: Sequence[PlannedPage], first: Collection[str]) -> Sequence[PlannedPage]:
    return sorted(pages, key=lambda page: page.output not in first) if first else pages


def _plain(path: str, data: bytes) -> Output:
    fingerprint = digest(data)
    return Output(path, fingerprint, lambda: Rendered(data, fingerprint))


def _copied(path: Path, fingerprint: str) -> Rendered:
    return Rendered(path.read_bytes(), fingerprint)
