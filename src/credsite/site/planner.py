"""Plans the site: which pages and files the catalogue becomes, and at which addresses. Nothing is read or rendered here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from credsite.catalogue.catalogue import Catalogue
from credsite.content.image_slots import needed_files
from credsite.content.images import ImageFile, Images
from credsite.content.loader import EntryLoader
from credsite.content.records import Record
from credsite.problems.model import Problem
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.site.api.files import api_files
from credsite.site.collisions import further_collisions, without_collisions
from credsite.site.data.data_files import HASHED_NAMES, DataFileNames, data_files
from credsite.site.dependencies.fingerprints import Fingerprinter
from credsite.site.dependencies.history import PageHistory
from credsite.site.feeds.atom import atom_feeds, site_feed_links
from credsite.site.feeds.calendars import calendars, site_calendar_link
from credsite.site.feeds.formats import FormatContext, format_files
from credsite.site.feeds.sitemap import robots_file, sitemap_files
from credsite.site.labels import Translator
from credsite.site.layout import site_layout
from credsite.site.links import LinkResolver
from credsite.site.pages.course_index import course_index_pages
from credsite.site.pages.course_lists import course_lists, detail_lists
from credsite.site.pages.courses import course_pages
from credsite.site.pages.home import home_page
from credsite.site.pages.pathways import pathway_pages
from credsite.site.pages.places import place_pages
from credsite.site.pages.providers import provider_pages
from credsite.site.pages.skills import skill_pages
from credsite.site.pages.stories import story_pages
from credsite.site.pages.texts import redirect_page, redirects, text_pages
from credsite.site.pages.topics import topic_pages
from credsite.site.pages.visitor import visitor_pages
from credsite.site.planned import DataContext, HostOutputs, PlannedData, PlannedFile, PlannedPage
from credsite.site.share_pictures import share_picture_files
from credsite.site.share_settings import ShareSettings
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import SiteFrame


@dataclass(frozen=True, slots=True)
class RenderSet:
    """What a change has made out of date: the site paths of pages, and the output paths of files."""

    pages: frozenset[str]
    files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the output folder will contain, except the theme's assets. No two items have the same output path.

    ``feeds``, which are Atom feeds and calendars, are rendered as pages are. The calendar of a course is not one of them: it is
    the companion of the course's page. ``formats`` are those of ``files`` that output formats plan. ``view_builder`` is what
    pages are made with; it records look-ups, while ``catalogue`` and ``link_resolver`` do not. ``fingerprinter`` knows which
    look-ups have changed. ``redirected`` are the site paths of old addresses that have no page, because the host redirects them.
    """

    layout: SiteFrame
    catalogue: Catalogue
    pages: tuple[PlannedPage, ...]
    feeds: tuple[PlannedPage, ...]
    data: tuple[PlannedData, ...]
    files: tuple[PlannedFile, ...]
    formats: tuple[PlannedFile, ...]
    link_resolver: LinkResolver
    view_builder: ViewBuilder
    fingerprinter: Fingerprinter
    data_names: DataFileNames
    redirected: frozenset[str] = frozenset()

    @property
    def rendered(self) -> tuple[PlannedPage, ...]:
        """The pages and feeds, which are rendered from view models."""
        return (*self.pages, *self.feeds)

    @property
    def data_context(self) -> DataContext:
        return DataContext(self.catalogue, self.view_builder, self.layout)

    @property
    def outputs(self) -> set[str]:
        """The site paths of all pages, and the output paths of all files."""
        return _site_paths(self.rendered, self.data, self.files) | self.redirected

    def collisions_of_invalid_entries(self) -> Iterator[Problem]:
        """Addresses that entries with errors have, but that are taken: they would be the next problem of these entries."""
        resolver = self.link_resolver
        records = [record for record in resolver.invalid_records if not record.draft]
        if not records:
            return
        pages = [
            PlannedPage.of_entry(record, redirect_page)
            for record in records
            if record.kind is Kind.PAGE and (record.kind, record.slug) not in resolver.all_entries
        ]
        wrong_keys = {record.path: record.wrong_keys for record in records}
        items: list[PlannedPage | PlannedData | PlannedFile] = [*self.rendered, *self.data, *self.files]
        for problem in further_collisions(items, [*pages, *redirects(records)]):
            if not problem.is_affected(wrong_keys.get(problem.location.path, ())):
                yield problem

    def patched(
        self,
        link_resolver: LinkResolver,
        entry_loader: EntryLoader,
        digests: Mapping[str, str],
        entries: Collection[Record],
    ) -> tuple[Plan, RenderSet] | None:
        """This plan after an edit that changed the records of ``entries`` and the texts of any entries, and what to render.

        ``digests`` are those of all entries by their paths. None where the layout or the name of a file changes too, so that
        the site must be planned again.
        """
        catalogue = link_resolver.catalogue
        fingerprinter, affected = self.fingerprinter.patched(link_resolver, digests, entries)
        builder = self.view_builder.patched(link_resolver, entry_loader, affected.shared)
        changed = replace(
            self,
            catalogue=catalogue,
            link_resolver=link_resolver,
            view_builder=builder,
            fingerprinter=fingerprinter,
        )
        if not entries:
            return changed, RenderSet(affected.pages)
        if _layout(builder, lambda: self.outputs) != self.layout:
            return None
        formats = _format_files(builder, catalogue)
        schema = builder.config.site_schema
        data = (
            *data_files(catalogue, link_resolver.images, self.data_names, schema),
            *api_files(catalogue, builder.config, self.data_names),
        )
        new_formats = _changed(self.formats, formats)
        new_data = _changed(self.data, data)
        if new_formats is None or new_data is None:
            return None
        files = tuple(new_formats.get(file.output, file) for file in self.files)
        changed = replace(changed, data=data, files=files, formats=formats)
        return changed, RenderSet(affected.pages, frozenset({*new_formats, *new_data}))


_File = TypeVar("_File", PlannedFile, PlannedData)


def _changed(old: Sequence[_File], new: Sequence[_File]) -> dict[str, _File] | None:
    """The files that have changed, by output path. None where other files are planned than before."""
    if [file.output for file in old] != [file.output for file in new]:
        return None
    return {after.output: after for before, after in zip(old, new, strict=True) if before != after}


def make_plan(
    config: Config,
    link_resolver: LinkResolver,
    translations: Translator,
    entry_loader: EntryLoader,
    history: PageHistory,
    static: Collection[PlannedFile] = (),
    data_names: DataFileNames = HASHED_NAMES,
    assets: Sequence[str] = (),
    design: str = "",
) -> tuple[Plan, list[Problem]]:
    """The plan for the catalogue and the images of ``link_resolver``, and the problems with its addresses.

    ``history`` is what pages looked up when they were last rendered, ``static`` are the files of the site's own that are
    copied, ``data_names`` says how files of data are named, and ``assets`` are the output paths of the theme's files.
    ``design`` is a digest of the design of share pictures; without it, there are none.
    """
    catalogue, images = link_resolver.catalogue, link_resolver.images
    share = _share_settings(config, catalogue, design)
    builder = ViewBuilder.of(config, translations, link_resolver, entry_loader, share)
    formats = _format_files(builder, catalogue)
    feeds = [*atom_feeds(catalogue), *calendars(catalogue)]
    feed_paths = {feed.path for feed in feeds}
    pages = [*_pages(catalogue, config), *feeds]
    data = [
        *data_files(catalogue, images, data_names, config.site_schema),
        *api_files(catalogue, config, data_names),
    ]
    has_robots = any(file.output == "robots.txt" for file in static)
    for_host = _host_outputs(builder, entry_loader, catalogue, pages, data, static, data_names)
    files = [
        *formats,
        *sitemap_files(pages, builder.urls),
        *(() if has_robots else (robots_file(builder.urls),)),
        *_image_files(catalogue, images),
        *for_host.files,
        *share_picture_files(builder),
        *static,
    ]
    pages, data, files, problems = without_collisions(pages, data, files, assets)
    without_page = feed_paths | for_host.replaced
    plan = Plan(
        layout=_layout(builder, lambda: _site_paths(pages, data, files), for_host.policy),
        catalogue=catalogue,
        pages=tuple(page for page in pages if page.path not in without_page),
        feeds=tuple(page for page in pages if page.path in feed_paths),
        data=tuple(data),
        files=tuple(files),
        formats=formats,
        link_resolver=link_resolver,
        view_builder=builder,
        fingerprinter=Fingerprinter(link_resolver, history),
        data_names=data_names,
        redirected=for_host.replaced,
    )
    return plan, [*problems, *for_host.problems]


def _host_outputs(
    builder: ViewBuilder,
    entry_loader: EntryLoader,
    catalogue: Catalogue,
    pages: Collection[PlannedPage],
    data: Collection[PlannedData],
    static: Collection[PlannedFile],
    data_names: DataFileNames,
) -> HostOutputs:
    """What the host needs. A preview has nothing of it: nobody publishes it, and it would change at every edit."""
    if builder.config.host is None or not data_names.hashed:
        return HostOutputs()
    from credsite.site.hosting.host_files import host_outputs
    from credsite.site.videos import video_addresses

    videos = video_addresses((*catalogue.courses.values(), *catalogue.stories.values()), entry_loader)
    return host_outputs(builder.config, catalogue, pages, data, static, videos)


def _share_settings(config: Config, catalogue: Catalogue, design: str) -> ShareSettings | None:
    share = config.share_pictures
    if not design or not share.drawn:
        return None
    return ShareSettings(design, share.are_of_entries(len(catalogue.courses)))


def _site_paths(
    pages: Iterable[PlannedPage], data: Iterable[PlannedData], files: Iterable[PlannedFile]
) -> set[str]:
    """The site paths of all pages, and the output paths of all files."""
    paths: set[str] = set()
    for page in pages:
        paths.add(page.path)
        paths.update(page.companion_outputs)
    return paths.union((one.output for one in data), (path for one in files for path in one.outputs))


def _layout(builder: ViewBuilder, site_paths: Callable[[], Collection[str]], policy: str = "") -> SiteFrame:
    layout = site_layout(builder, site_feed_links(builder), site_calendar_link(builder), site_paths)
    return replace(layout, policy=policy) if policy else layout


def _format_files(builder: ViewBuilder, catalogue: Catalogue) -> tuple[PlannedFile, ...]:
    # With the catalogue itself, not the one in `builder`, which records every look-up.
    context = FormatContext(catalogue, builder.config, builder.urls, builder.translations)
    return tuple(format_files(context))


def _pages(catalogue: Catalogue, config: Config) -> Iterator[PlannedPage]:
    page_size = config.page_size
    yield PlannedPage("", home_page)
    yield from course_lists(catalogue, page_size)
    yield from detail_lists(catalogue, config)
    yield from course_pages(catalogue, config)
    yield from course_index_pages(catalogue)
    yield from topic_pages(catalogue)
    yield from provider_pages(catalogue, page_size)
    yield from skill_pages(catalogue)
    yield from place_pages(catalogue, page_size)
    yield from pathway_pages(catalogue, page_size)
    yield from story_pages(catalogue, page_size)
    yield from text_pages(catalogue)
    yield from visitor_pages(catalogue)


def _image_files(catalogue: Catalogue, images: Images) -> Iterator[PlannedFile]:
    """The images of published entries only: the photograph of a withdrawn story is withdrawn too.

    Of a picture, only the files that are needed where these entries show it.
    """
    found: dict[str, ImageFile] = {}
    needed: dict[str, set[str]] = {}
    for entry in catalogue.entries():
        for use in entry.images:
            image = images.get((entry.folder, use.src))
            if image is not None:
                found[image.output] = image
                files = needed_files(image, entry.kind, use.key)
                needed.setdefault(image.output, set()).update(file.output for file in files)
    for output, image in found.items():
        yield PlannedFile.of_image(image, needed[output])
