"""What most pages have: a head, breadcrumbs, and the body of an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from credsite.content.images import ImageFile
from credsite.content.markdown.body import ResolvedImage, resolve
from credsite.content.markdown.sanitizer import InternalLink
from credsite.content.records import Record
from credsite.site import json_ld, views
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link, Picture

NO_BODY: Final = views.Body(views.Html(""), ())
_MIN_HEADINGS: Final = 3
"""Headings from which a body has a table of contents."""


def page_body(builder: ViewBuilder, record: Record | None) -> views.Body:
    """The Markdown body of an entry as HTML, with its table of contents. Empty for None."""
    if record is None:
        return NO_BODY
    entry = builder.entry(record)

    def url_of(link: InternalLink) -> str | ResolvedImage | None:
        target = builder.link_resolver.url(link, record)
        if isinstance(target, ImageFile):
            return ResolvedImage(builder.urls.to(target.output), target.width, target.height)
        return target

    html = resolve(
        entry.body,
        url_of,
        table_label=builder.translations.gettext("Table"),
        back_label=builder.translations.gettext("Back to the text"),
    )
    headings = entry.body.headings if len(entry.body.headings) >= _MIN_HEADINGS else ()
    return views.Body(
        views.Html(html),
        tuple(views.TocItem(heading.id, heading.title, heading.level) for heading in headings),
    )


def page_head(
    builder: ViewBuilder,
    path: str,
    title: str,
    description: str,
    *,
    entry: Record | None = None,
    canonical: str | None = None,
    pagination: views.Pagination | None = None,
    type: str = "website",  # noqa: A002 - Open Graph's name for it
    data: str = "",
) -> views.Head:
    """The head of the page at site path ``path``.

    ``canonical`` is the site path of the page that search engines should index instead. ``data`` is JSON-LD.
    """
    if pagination is not None and pagination.page > 1:
        title = builder.translations.gettext("%(title)s, page %(number)s") % {
            "title": title,
            "number": pagination.page,
        }
    return views.Head(
        title=title,
        description=description,
        canonical=builder.urls.absolute(path if canonical is None else canonical),
        indexed=not (entry is not None and entry.draft),
        type=type,
        image=_shared_picture(builder, entry) if entry is not None else None,
        previous=pagination.previous if pagination else "",
        next=pagination.next if pagination else "",
        updated=entry.updated if entry is not None else None,
        data=views.Html(data),
    )


def _shared_picture(builder: ViewBuilder, entry: Record) -> Picture | None:
    """The picture that other sites may show with a link to the page. They do not show SVG images."""
    image = entry.image
    file = builder.images.get(entry.folder, image.src) if image else None
    if image is None or file is None or file.output.endswith(".svg"):
        return None
    return Picture(builder.urls.absolute(file.output), image.alt, file.width, file.height)


def structured_data(builder: ViewBuilder, crumbs: Sequence[Link], *graphs: Mapping[str, Any]) -> str:
    """JSON-LD for the head of a page: ``graphs``, and the page's breadcrumbs."""
    return json_ld.json_ld_script(*graphs, json_ld.breadcrumb_list(crumbs, builder.urls))


def breadcrumbs(builder: ViewBuilder, *links: tuple[str, str]) -> tuple[Link, ...]:
    """Breadcrumbs: home, then ``links`` as titles and site paths."""
    return (
        Link(builder.translations.gettext("Home"), builder.urls.to("")),
        *(Link(title, builder.urls.to(path)) for title, path in links),
    )
