"""What most pages have: a head and breadcrumbs, the body of an entry, and pagination."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypedDict, TypeVar

from credsite.content.images import ImageFile
from credsite.content.markdown.body import MarkdownBody, ResolvedImage, resolve
from credsite.content.markdown.sanitizer import InternalLink
from credsite.content.records import Record
from credsite.schema.kinds import Kind
from credsite.site import json_ld, views
from credsite.site.descriptions import ListSummary, list_description
from credsite.site.details import detail_title, page_details
from credsite.site.list_headings import TrailStep
from credsite.site.pictures import text_image
from credsite.site.planned import page_count
from credsite.site.share_pictures import drawn_picture
from credsite.site.urls import Urls, numbered_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Crumb, Link, PageLink, Pagination, Picture

_Item = TypeVar("_Item")


def paginated(
    items: tuple[_Item, ...], size: int, page: int, path: str, urls: Urls
) -> tuple[tuple[_Item, ...], Pagination]:
    """The items on page ``page`` of the list at site path ``path``, and the pagination of that page."""
    pages = page_count(len(items), size)
    start = (page - 1) * size
    on_page = items[start : start + size]
    return on_page, Pagination(
        page=page,
        pages=pages,
        first=start + 1 if on_page else 0,
        last=start + len(on_page),
        total=len(items),
        size=size,
        previous=urls.to(numbered_path(path, page - 1)) if page > 1 else "",
        next=urls.to(numbered_path(path, page + 1)) if page < pages else "",
        links=tuple(
            PageLink(number, urls.to(numbered_path(path, number)), number == page)
            for number in _numbers(page, pages)
        ),
    )


_MAX_NAMES: Final = 500
"""Names of entries on one page, so that it does not grow with the catalogue."""


def all_entries(
    builder: ViewBuilder, entries: Mapping[str, Record], pagination: Pagination
) -> tuple[Link, ...]:
    """The entries of a list that has several pages, as links on its first, from where each is one step away then."""
    if pagination.page > 1 or pagination.pages == 1 or pagination.total > _MAX_NAMES:
        return ()
    return tuple(Link(entry.title, builder.urls.entry(entry.kind, slug)) for slug, entry in entries.items())


def _numbers(page: int, pages: int) -> list[int]:
    """The page numbers to show: the first, the last, and those around the current one.

    These are all within the current ten, the tens within the current hundred, and so on: every page of 99 can be reached in two
    steps, and every page of 999 in three.
    """
    if pages == 1:
        return []
    shown = {1, pages, page - 1, page + 1, *_round_numbers(page, pages)}
    return sorted(number for number in shown if 1 <= number <= pages)


def _round_numbers(page: int, pages: int) -> Iterator[int]:
    step = 1
    while step < pages:
        start = page - page % (10 * step)
        yield from range(start, start + 11 * step, step)
        step *= 10


NO_BODY: Final = views.Body(views.Html(""), ())
_MIN_HEADINGS: Final = 3
"""Headings from which a body has a table of contents."""


def page_body(builder: ViewBuilder, record: Record | None) -> views.Body:
    """The Markdown body of an entry as HTML, with its table of contents, and own fields. Empty for None."""
    if record is None:
        return NO_BODY
    entry = builder.entry(record)
    headings = entry.body.headings if len(entry.body.headings) >= _MIN_HEADINGS else ()
    is_course = record.kind is Kind.COURSE  # whose own fields stand among its facts
    return views.Body(
        body_html(builder, record, entry.body),
        tuple(views.TocItem(heading.id, heading.title, heading.level) for heading in headings),
        () if is_course else page_details(builder, record.kind, entry.fields),
        tuple(_own_texts(builder, record, entry.texts)),
    )


def _own_texts(
    builder: ViewBuilder, record: Record, texts: Sequence[tuple[str, MarkdownBody]]
) -> Iterator[views.OwnText]:
    """The long texts of an entry's own fields. ``texts`` has their keys."""
    if not texts:
        return
    fields = builder.config.site_schema.displayed_fields[record.kind].values()
    shown = {field.key: field for field in fields if field.display.on_page}
    for key, text in texts:
        if (field := shown.get(key)) is not None:
            html = body_html(builder, record, text)
            yield views.OwnText(field.id, detail_title(builder, field), html)


def body_html(builder: ViewBuilder, record: Record | None, body: MarkdownBody) -> views.Html:
    """A text with its links and images. ``record`` is the entry that it belongs to, None for a text of the settings."""

    def url_of(link: InternalLink) -> str | ResolvedImage | None:
        target = builder.link_resolver.url(link, record)
        if isinstance(target, ImageFile):
            return text_image(target, record.kind if record else Kind.PAGE, builder.urls)
        return target

    html = resolve(
        body,
        url_of,
        table_label=builder.translations.gettext("Table"),
        back_label=builder.translations.gettext("Back to the text"),
    )
    return views.Html(html)


def _numbered(builder: ViewBuilder, title: str, number: int) -> str:
    return builder.translations.gettext("%(title)s, page %(number)s") % {"title": title, "number": number}


class PageFields(TypedDict):
    """The fields that every page model has."""

    head: views.Head
    section: str
    crumbs: tuple[Crumb, ...]
    heading: str
    summary: str
    own: bool


def page_fields(
    builder: ViewBuilder,
    path: str,
    heading: str,
    summary: str,
    *,
    section: str = "",
    above: tuple[TrailStep, ...] = (),
    short_title: str = "",
    head_title: str = "",
    own: bool = False,
    description: str | None = None,
    listed: ListSummary | None = None,
    entry: Record | None = None,
    shared: Record | None = None,
    canonical: str = "",
    pagination: Pagination | None = None,
    type: str = "website",  # noqa: A002 - Open Graph's name for it
    indexed: bool = True,
    graphs: Iterable[Mapping[str, Any]] | None = None,
    document: str = "",
) -> PageFields:
    """The fields of the page at site path ``path``. Of a page of a list, ``path`` is that of the list's first page.

    ``above`` are the breadcrumbs between the home page and the page. Its own is ``short_title``, and the title of the page
    ``head_title``, where these are not the heading. ``own`` says that heading and summary are texts of the site, as those of
    an ``entry`` are. ``description`` is for search engines, where it is not the summary. Where there is none, and on all pages
    of a list but the first, that is what is ``listed``. ``canonical`` is the site path of the page (of a list, its first
    page) that they should index instead. ``shared`` is the entry whose picture links to a list have. ``graphs`` are JSON-LD, to
    which the breadcrumbs are added; None for a page without any. ``document`` is the
    site path of a file that says the same to other programs, or "".
    """
    number = pagination.page if pagination else 1
    title = _numbered(builder, heading, number) if number > 1 else head_title or heading
    is_own = own or entry is not None
    home = TrailStep(builder.translations.gettext("Home"), "")
    trail = (home, *above, TrailStep(short_title or heading, path, is_own))
    crumbs = tuple(Crumb(step.title, builder.urls.to(step.path), step.own) for step in trail)
    data = (
        json_ld.json_ld_script(*graphs, json_ld.breadcrumb_list(crumbs, builder.urls))
        if graphs is not None
        else ""
    )
    described = summary if description is None else description
    if listed is not None and (number > 1 or not described):
        described = list_description(builder, title, listed)
    head = views.Head(
        title=title,
        description=described,
        canonical=builder.urls.absolute(numbered_path(canonical or path, number)),
        indexed=indexed and not (entry is not None and entry.draft),
        type=type,
        image=_picture_of_links(builder, shared or entry),
        previous=pagination.previous if pagination else "",
        next=pagination.next if pagination else "",
        updated=entry.updated if entry is not None else None,
        data=views.Html(data),
        document=builder.urls.to(document) if document else "",
    )
    return PageFields(head=head, section=section, crumbs=crumbs, heading=heading, summary=summary, own=is_own)


def _picture_of_links(builder: ViewBuilder, entry: Record | None) -> Picture | None:
    """The picture that other websites show beside a link to the page: a drawn one, or the entry's own.

    None where a link has the picture of the site.
    """
    if entry is None:
        return None
    return drawn_picture(builder, entry) or builder.share_picture(entry)
