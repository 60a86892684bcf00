"""From a plan to the files of the website: what renders each file, and its fingerprint, which says whether it has to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.support import NullTranslations

from credsite.build.output.planned_output import Output, Rendered, WrittenOutput
from credsite.build.pictures import PictureStore, drawn_mark, picture_file, picture_output, read_unchanged
from credsite.core.code_version import code_digest, program_digest
from credsite.core.errors import CredsiteError
from credsite.core.hashing import combined_digest, digest
from credsite.core.profiling import stage
from credsite.core.serialization import json_bytes
from credsite.schema.config import Config
from credsite.site.dependencies.recorder import Dependent, Lookups
from credsite.site.planned import PlannedData, PlannedPage
from credsite.site.planner import Plan, RenderSet
from credsite.site.views import BasePage, Calendar, CoursePage, Feed, SharePicture
from credsite.theme.assets import load_assets
from credsite.theme.loader import Theme
from credsite.theme.renderer import Renderer
from credsite.theme.share_pictures.design import load_design

if TYPE_CHECKING:
    from credsite.content.icons import Icon
    from credsite.content.image_variants import ImageVariant
    from credsite.content.images import ImageFile
    from credsite.hooks.loading import Hooks
    from credsite.theme.share_pictures.drawing import PictureDrawer


def code_and_config_digest(config: Config, theme: Theme) -> str:
    """A digest of all that the website depends on beside its entries and their images. It is the same with every Python."""
    # Not `repr`, which writes new characters in another way in each release of Python.
    return combined_digest([program_digest(), theme.digest, ascii(config)])


class _PageView(NamedTuple):
    """What a page shows, all that it looked up for that, and the fingerprint that follows from it."""

    view: BasePage | Calendar | Feed
    fingerprint: str
    lookups: dict[Dependent, Lookups]


class SiteRenderer:
    """Gives the outputs of a plan, each with what renders it."""

    def __init__(
        self,
        root: Path,
        plan: Plan,
        config: Config,
        theme: Theme,
        texts: NullTranslations,
        hooks: Hooks | None = None,
        pictures: PictureStore | None = None,
        *,
        makes_pictures_late: bool = False,
    ) -> None:
        """``pictures`` are those of earlier builds. ``makes_pictures_late`` leaves pictures to :meth:`picture_file`."""
        self._root = root
        self._pictures = pictures
        self._quality = config.image_settings.quality
        self._makes_pictures_late = makes_pictures_late
        self._plan = plan
        self._theme = theme
        self._texts = texts
        self.hooks = hooks
        self._compiled: Path | None = None
        shared = repr(plan.view_builder.share_settings)
        state = [code_digest(), code_and_config_digest(config, theme), repr(plan.layout), shared]
        if config.compress:
            from credsite.build.compression import compressor_versions

            state += compressor_versions(config.compress)
        self._common = combined_digest(state)

    def __getstate__(self) -> dict[str, object]:
        """For another process, which loads the templates by itself."""
        return {name: value for name, value in self.__dict__.items() if name not in ("_renderer", "_drawer")}

    @cached_property
    def _renderer(self) -> Renderer:
        vocabularies = self._plan.view_builder.config.site_schema.vocabularies
        return Renderer(
            self._theme,
            self._plan.layout,
            self._texts,
            self._compiled,
            vocabularies,
            self.hooks.filters if self.hooks else {},
        )

    @cached_property
    def _drawer(self) -> PictureDrawer:
        # Loaded only where something is drawn.
        from credsite.theme.share_pictures.drawing import PictureDrawer

        return PictureDrawer(load_design(self._theme))

    def prepare(self, compiled: Path | None) -> None:
        """Set up what all processes that render inherit; ``compiled`` is the folder of compiled templates.

        Raises ThemeError.
        """
        self._compiled = compiled
        _ = self._renderer

    def warm_up(self) -> None:
        """Render a page of each kind, so that forked processes inherit the loaded templates."""
        kinds = {page.make: page for page in self._plan.rendered}
        for page in kinds.values():
            self._page(page).rendered()

    def warm_up_drawing(self) -> None:
        """Load what draws share pictures, so that forked processes inherit it."""
        _ = self._drawer

    def with_plan(self, plan: Plan) -> SiteRenderer:
        """The same for a plan with the same layout."""
        other = object.__new__(SiteRenderer)
        other.__dict__.update(self.__dict__, _plan=plan)
        return other

    def all(self, priority: Collection[str] = ()) -> Iterator[Output]:
        """Every file of the website, with a fingerprint of all that its bytes depend on.

        A page comes after the stylesheets, scripts and images that it shows, so that it is complete when it is there. The
        pages at the output paths ``priority`` come before other pages.
        """
        for asset in load_assets(self._theme).files:
            yield _file(asset.path, asset.data)
        for icon in self._theme.brand.icons:
            yield Output(icon.path, icon.icon.fingerprint, partial(_drawn, icon.icon))
        for file in self._plan.files:
            if file.drawn is not None:
                yield Output(
                    file.output, file.digest, partial(self._draw, file.drawn, file.digest), is_drawn=True
                )
            elif file.picture is not None:
                if not self._makes_pictures_late:
                    yield picture_output(self._root, file.picture, self._quality, self._pictures)
            elif file.copy_of:
                source = self._root / file.copy_of
                yield Output(file.output, file.digest, partial(_copy, source, file.digest))
            else:
                yield _file(file.output, file.data)
        yield from map(self._page, _with_priority(self._plan.rendered, priority))
        yield from map(self._data, self._plan.data)  # after the pages, for which their cards have been made

    def pictures(self) -> Iterator[ImageFile]:
        """The pictures of the website, whoever makes them."""
        return (file.picture for file in self._plan.files if file.picture is not None)

    def picture_file(self, image: ImageFile, variant: ImageVariant) -> bytes:
        """One file of a picture. Raises nearly anything where the picture is damaged."""
        return picture_file(self._root, image, variant, self._quality, self._pictures)

    def try_all(self, compiled: Path | None) -> None:
        """Render every page and every file of data, and keep nothing; see :meth:`prepare`. Raises whatever that raises."""
        self.prepare(compiled)
        for output in (*map(self._page, self._plan.rendered), *map(self._data, self._plan.data)):
            output.rendered()

    def selected(self, render_set: RenderSet, priority: Collection[str] = ()) -> Iterator[Output]:
        """Only the files of ``render_set``, the pages at the output paths ``priority`` before all others."""
        pages = [page for page in self._plan.rendered if page.path in render_set.pages]
        yield from map(self._page, _with_priority(pages, priority))
        yield from (self._data(data) for data in self._plan.data if data.output in render_set.files)
        yield from (
            _file(file.output, file.data) for file in self._plan.files if file.output in render_set.files
        )

    def record(self, written: WrittenOutput) -> None:
        """Remember what a page looked up when it was rendered, perhaps in another process."""
        fingerprinter = self._plan.fingerprinter
        fingerprinter.record(written.lookups)
        path = next(iter(written.lookups), None)
        page = self._pages.get(path) if isinstance(path, str) else None
        if page is not None:
            fingerprinter.record_page(self._common, page.path, page.identity, written.fingerprint)

    @cached_property
    def _pages(self) -> dict[str, PlannedPage]:
        return {page.path: page for page in self._plan.rendered}

    def _page(self, page: PlannedPage) -> Output:
        return Output(
            page.output,
            partial(self._known_fingerprint, page),
            self._render,
            partial(self._look_up, page),
            page.companion_outputs,
        )

    def _known_fingerprint(self, page: PlannedPage) -> str:
        """The fingerprint, as far as it can be known without rendering the page; else ""."""
        return self._plan.fingerprinter.unchanged(self._common, page.path, page.identity)

    def _look_up(self, page: PlannedPage) -> _PageView:
        builder, fingerprinter = self._plan.view_builder, self._plan.fingerprinter
        with stage("render"):
            view, own = builder.recorder.record(partial(page.view, builder))
            shared = builder.recorder.take_shared()
            fingerprinter.record(shared)  # which the page's fingerprint goes by
            lookups: dict[Dependent, Lookups] = {page.path: own, **shared}
            return _PageView(view, fingerprinter.fingerprint(f"{self._common} {page.identity}", own), lookups)

    def _render(self, page: _PageView) -> Rendered:
        with stage("render"):
            companions = tuple(self._companions(page.view)) if isinstance(page.view, CoursePage) else ()
            data = self._renderer.render(page.view).encode()
            return Rendered(data, page.fingerprint, page.lookups, companions)

    def _draw(self, picture: SharePicture, fingerprint: str, _: None) -> Rendered:
        store, mark = self._pictures, drawn_mark(fingerprint)
        data = store.drawn(mark) if store is not None else None
        if data is None:
            with stage("draw"):
                data = self._drawer.draw(picture)
            if store is not None:
                store.store_drawn(mark, data)
        return Rendered(data, fingerprint)

    def _companions(self, page: CoursePage) -> Iterator[bytes]:
        if page.dates is not None:
            yield self._renderer.render(page.dates).encode()
        if page.document is not None:
            yield json_bytes(page.document)

    def _data(self, data: PlannedData) -> Output:
        fingerprint = digest(f"{self._common} {data.output} {data.input_digest}".encode())
        return Output(data.output, fingerprint, partial(self._render_data, data, fingerprint))

    def _render_data(self, data: PlannedData, fingerprint: str, _: None) -> Rendered:
        recorder = self._plan.view_builder.recorder
        with stage("render"):
            value, _lookups = recorder.record(partial(data.value, self._plan.data_context))
            written = value if isinstance(value, bytes) else json_bytes(value, self._renderer.data_part)
            return Rendered(written, fingerprint, recorder.take_shared())


def _with_priority(pages: Sequence[PlannedPage], priority: Collection[str]) -> Sequence[PlannedPage]:
    return sorted(pages, key=lambda page: page.output not in priority) if priority else pages


def _file(path: str, data: bytes) -> Output:
    fingerprint = digest(data)
    return Output(path, fingerprint, partial(_as_it_is, Rendered(data, fingerprint)))


def _as_it_is(rendered: Rendered, _: None) -> Rendered:
    return rendered


def _drawn(icon: Icon, _: None) -> Rendered:
    """An icon. CredsiteError where the site's logo is one that only browsers can draw."""
    try:
        return Rendered(icon.drawn(), icon.fingerprint)
    except (ValueError, OSError) as error:
        message = f"The icons of the website cannot be drawn from its logo: {error}. In credsite.yaml, name a PNG as the `icon` of `brand`."
        raise CredsiteError(message) from error


def _copy(path: Path, fingerprint: str, _: None) -> Rendered:
    """The bytes of a file, which must be those that were looked at. CredsiteError where they are not."""
    return Rendered(read_unchanged(path, fingerprint), fingerprint)
