"""What a plan consists of: pages that are rendered from view models, files of data, and other files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from credsite.catalogue.catalogue import Catalogue
from credsite.content.images import ImageFile
from credsite.content.records import Record
from credsite.problems.model import KeyPath, Problem
from credsite.site.urls import entry_path, numbered_path, output_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import BasePage, Calendar, Feed, SharePicture, SiteFrame


@dataclass(frozen=True, slots=True)
class DataContext:
    """The catalogue, a view builder and the layout that all pages share.

    ``catalogue`` is not the one in ``builder``, which records every look-up: what a file of data depends on is in its
    ``input_digest`` instead.
    """

    catalogue: Catalogue
    builder: ViewBuilder
    layout: SiteFrame


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page at a site path, or a calendar or feed, which is rendered in the same way.

    ``make`` builds its view model from a view builder and ``keys``. The keys say what the page is about, such as a
    slug, and never hold anything that it shows: ``make`` looks that up, so that the look-ups say what the page depends on.

    ``source`` is the file that the page comes from, or "" for a page that no single file makes. ``updated`` is the day
    (ISO 8601) on which an entry on the page last changed, as far as entries say, or "". ``key`` leads to the field in
    ``source`` that decides the path. ``companion_outputs`` are the output paths of files that are rendered together
    with the page, from parts of the same view model.
    """

    path: str
    make: Callable[..., BasePage | Calendar | Feed]
    keys: tuple[str | int, ...] = ()
    source: str = ""
    updated: str = ""
    in_sitemap: bool = True
    key: KeyPath = ("slug",)
    companion_outputs: tuple[str, ...] = ()

    @classmethod
    def of_entry(
        cls,
        entry: Record,
        make: Callable[..., BasePage],
        *more_keys: str,
        companion_outputs: tuple[str, ...] = (),
    ) -> PlannedPage:
        """The page of an entry. Its keys are the slug and ``more_keys``."""
        return cls(
            entry_path(entry.kind, entry.slug),
            make,
            (entry.slug, *more_keys),
            entry.path,
            iso_day(entry.updated),
            in_sitemap=not entry.draft,
            companion_outputs=companion_outputs,
        )

    @property
    def output(self) -> str:
        return output_path(self.path)

    @property
    def identity(self) -> str:
        """What decides, together with the values that are looked up, what the page shows."""
        return " ".join([self.path, self.make.__qualname__, *map(str, self.keys)])

    def view(self, builder: ViewBuilder) -> BasePage | Calendar | Feed:
        return self.make(builder, *self.keys)


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file at an output path: either its bytes, or ``copy_of``, the path from the site's root of a file to copy.

    ``made_by`` is the file of the site with the hook that made the bytes, or "". ``drawn`` is what a share picture shows, which
    is drawn when it is written; then ``digest`` stands for all that decides its bytes. Of a
    ``picture``, which is never copied, several files are made.
    """

    output: str
    data: bytes = b""
    copy_of: str = ""
    digest: str = ""
    made_by: str = ""
    drawn: SharePicture | None = None
    picture: ImageFile | None = None

    @classmethod
    def of_image(cls, image: ImageFile, needed: Collection[str]) -> PlannedFile:
        """The file of an SVG, or those files of a picture that have one of the output paths ``needed``."""
        if not image.variants:
            return cls(image.output, copy_of=image.path, digest=image.digest)
        variants = tuple(variant for variant in image.variants if variant.output in needed)
        picture = replace(image, output=variants[-1].output, variants=variants)
        return cls(picture.output, copy_of=image.path, digest=image.digest, picture=picture)

    @property
    def outputs(self) -> tuple[str, ...]:
        """The output paths of all its files."""
        return self.picture.outputs if self.picture is not None else (self.output,)


@dataclass(frozen=True, slots=True)
class HostOutputs:
    """The files that a host reads, what is wrong with them, and the site paths of the pages that it does not need.

    ``policy`` is the Content-Security-Policy of the pages, where the host sends none.
    """

    files: tuple[PlannedFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    replaced: frozenset[str] = frozenset()
    policy: str = ""


@dataclass(frozen=True, slots=True)
class PlannedData:
    """A JSON file, or another, at an output path. ``input_digest`` is a digest of everything that its content depends on.

    ``make`` makes its value from a :class:`DataContext` and ``keys``. Where the value holds the card of a course or story, its
    HTML is written. Bytes are written as they are. Look-ups are not recorded, so ``make`` may go through the whole catalogue.
    """

    output: str
    input_digest: str
    make: Callable[..., Any]
    keys: tuple[Any, ...]

    def value(self, context: DataContext) -> Any:
        return self.make(context, *self.keys)


def list_pages(
    path: str, make: Callable[..., BasePage], length: int, page_size: int, *keys: str, **fields: Any
) -> Iterator[PlannedPage]:
    """The pages of a list of ``length`` entries. Their keys are the number of the page and ``keys``."""
    for number in range(1, page_count(length, page_size) + 1):
        yield PlannedPage(numbered_path(path, number), make, (number, *keys), **fields)


def pages_of_entry_list(
    entry: Record, make: Callable[..., BasePage], length: int, page_size: int
) -> Iterator[PlannedPage]:
    """The pages of an entry that lists ``length`` others, such as a provider's courses. Their keys are the number and the slug."""
    yield from list_pages(
        entry_path(entry.kind, entry.slug),
        make,
        length,
        page_size,
        entry.slug,
        source=entry.path,
        updated=iso_day(entry.updated),
        in_sitemap=not entry.draft,
    )


def page_count(items: int, size: int) -> int:
    """How many pages a list has. An empty list has one empty page."""
    return max(1, -(-items // size))


def iso_day(moment: date | datetime | None) -> str:
    """The day of a moment, or "" for none."""
    return moment.isoformat()[:10] if moment is not None else ""
