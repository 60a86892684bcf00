"""The catalogue to the plan: every page and file of the site, each with its address. Pure, and made anew each time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from credsite.catalogue.catalogue import Catalogue
from credsite.content.images import Images
from credsite.content.loader import EntryLoader
from credsite.content.records import Record
from credsite.problems.model import Problem
from credsite.schema.config import Config
from credsite.schema.kinds import Kind
from credsite.site.collisions import without_collisions
from credsite.site.context import DataContext
from credsite.site.data.data_files import HASHED_NAMES, DataFileNames, data_files
from credsite.site.dependencies.fingerprints import Remembered, Tokens
from credsite.site.feeds.atom import atom_feeds, feed_links
from credsite.site.feeds.calendars import CALENDAR_PATH, calendar_link, calendars
from credsite.site.feeds.formats import FormatContext, format_files
from credsite.site.feeds.robots import robots_file
from credsite.site.feeds.sitemap import sitemap_files
from credsite.site.labels import Translator
from credsite.site.layout import site_layout
from credsite.site.link_resolver import LinkResolver
from credsite.site.pages.course_lists import course_lists
from credsite.site.pages.courses import course_pages
from credsite.site.pages.home import home_page
from credsite.site.pages.pathways import pathway_pages
from credsite.site.pages.stories import story_pages
from credsite.site.pages.texts import text_pages
from credsite.site.pages.topics import topic_pages
from credsite.site.pages.visitor import visitor_pages
from credsite.site.planned import PlannedData, PlannedFile, PlannedPage
from credsite.site.urls import Urls
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import SiteFrame


@dataclass(frozen=True, slots=True)
class RenderSet:
    """What is to be made where the rest stands as it is: the site paths of pages, the output paths of files."""

    pages: frozenset[str]
    files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that will stand in the output folder, but the theme's assets. No two have the same output path.

    ``calendars`` are made in the way of pages, so that they too are made again only when something in them may be new.
    Those of courses are not among them: they are made with the courses' pages.
    ``builder`` are what both are made from, and ``tokens`` stand for all that they can read. ``catalogue`` and
    ``references`` are not those of ``builder``, which note what is looked up in them: ``data`` is made from the whole.
    ``naming`` is what the names of data are made by. ``formats`` are those of ``files`` that output formats plan.
    """

    layout: SiteFrame
    catalogue: Catalogue
    pages: tuple[PlannedPage, ...]
    calendars: tuple[PlannedPage, ...]
    data: tuple[PlannedData, ...]
    files: tuple[PlannedFile, ...]
    formats: tuple[PlannedFile, ...]
    link_resolver: LinkResolver
    view_builder: ViewBuilder
    fingerprinter: Tokens
    data_names: DataFileNames

    @property
    def rendered(self) -> tuple[PlannedPage, ...]:
        """All that is made by looking things up."""
        return (*self.pages, *self.calendars)

    @property
    def data_context(self) -> DataContext:
        return DataContext(self.catalogue, self.view_builder, self.layout)

    @property
    def outputs(self) -> set[str]:
        """The site paths of all pages, and the output paths of all files."""
        return {
            *(page.path for page in self.rendered),
            *(page.companion_output for page in self.pages if page.companion_output),
            *(data.output for data in self.data),
            *(file.output for file in self.files),
        }

    def patched(
        self,
        catalogue: Catalogue,
        references: LinkResolver,
        library: EntryLoader,
        digests: Mapping[str, str],
        entries: Collection[Record],
    ) -> tuple[Plan, RenderSet] | None:
        """This plan where some ``entries`` have other words and others another text, and what of it is to be made.

        ``digests`` are those of all entries by their paths. None where the frame is another, or a file has another name.
        """
        tokens, readers = self.fingerprinter.retold(catalogue, references, digests, entries)
        builder = self.view_builder.patched(catalogue, references, library, readers.shared)
        changed = replace(
            self, catalogue=catalogue, link_resolver=references, view_builder=builder, fingerprinter=tokens
        )
        if not entries:
            return changed, RenderSet(readers.pages)
        if _layout(builder, catalogue) != self.layout:
            return None
        formats = _format_files(builder, catalogue)
        if [file.output for file in formats] != [file.output for file in self.formats]:
            return None
        new = {file.output: file for file, old in zip(formats, self.formats, strict=True) if file != old}
        files = tuple(new.get(file.output, file) for file in self.files)
        data = tuple(data_files(catalogue, references.images, self.data_names))
        if [one.output for one in data] != [one.output for one in self.data]:
            return None
        renewed = {one.output for one, old in zip(data, self.data, strict=True) if one != old}
        changed = replace(changed, data=data, files=files, formats=formats)
        return changed, RenderSet(readers.pages, frozenset({*new, *renewed}))


def make_plan(
    catalogue: Catalogue,
    config: Config,
    images: Images,
    link_resolver: LinkResolver,
    translations: Translator,
    entry_loader: EntryLoader,
    remembered: Remembered,
    static: Iterable[PlannedFile] = (),
    data_names: DataFileNames = HASHED_NAMES,
) -> tuple[Plan, list[Problem]]:
    """The plan, and what is wrong with its addresses.

    ``static`` are files that the site brings ready-made, ``last`` what is remembered of pages. ``naming``
    is how data gets its names.
    """
    urls = Urls(config.base_url)
    builder = ViewBuilder.of(catalogue, config, images, translations, link_resolver, entry_loader)
    pages = list(_pages(catalogue, config.page_size))
    formats = _format_files(builder, catalogue)
    files = [
        *formats,
        *sitemap_files(pages, urls),
        robots_file(urls),
        *_image_files(catalogue, images),
    ]
    static = list(static)
    if any(file.output == "robots.txt" for file in static):
        files = [file for file in files if file.output != "robots.txt"]
    data = list(data_files(catalogue, images, data_names))
    kept, data, files, problems = without_collisions([*pages, *calendars(catalogue)], data, [*files, *static])
    plan = Plan(
        _layout(builder, catalogue),
        catalogue,
        tuple(page for page in kept if page.path != CALENDAR_PATH),
        tuple(page for page in kept if page.path == CALENDAR_PATH),
        tuple(data),
        tuple(files),
        formats,
        link_resolver,
        builder,
        Tokens(catalogue, link_resolver, remembered),
        data_names,
    )
    return plan, problems


def _layout(builder: ViewBuilder, catalogue: Catalogue) -> SiteFrame:
    feeds = feed_links(atom_feeds(catalogue, builder.translations), builder.urls)
    return site_layout(builder, feeds, calendar_link(catalogue, builder.translations, builder.urls))


def _format_files(builder: ViewBuilder, catalogue: Catalogue) -> tuple[PlannedFile, ...]:
    # From the whole catalogue, and not from the one in `builder`, which records every look-up.
    context = FormatContext(catalogue, builder.config, builder.urls, builder.translations)
    return tuple(format_files(context))


def _pages(catalogue: Catalogue, page_size: int) -> Iterator[PlannedPage]:
    yield PlannedPage("", home_page)
    yield from course_lists(catalogue, page_size)
    yield from course_pages(catalogue)
    yield from topic_pages(catalogue, page_size)
    yield from pathway_pages(catalogue, page_size)
    yield from story_pages(catalogue, page_size)
    yield from text_pages(catalogue)
    yield from visitor_pages(catalogue)


def _image_files(catalogue: Catalogue, images: Images) -> Iterator[PlannedFile]:
    """The images of shown entries only: a withdrawn story takes its photograph with it."""
    seen: set[str] = set()
    for kind in Kind:
        for entry in catalogue.of_kind(kind).values():
            for use in entry.images if entry is not None else ():
                image = images.get(entry.folder, use.src) if entry is not None else None
                if image is not None and image.output not in seen:
                    seen.add(image.output)
                    yield PlannedFile(image.output, copy_of=image.path, digest=image.digest)
