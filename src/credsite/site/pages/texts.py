"""Guides and other text pages, the 404 page, and redirects from old addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from credsite.catalogue.catalogue import Catalogue
from credsite.content.image_slots import PAGE
from credsite.content.records import Record
from credsite.schema.kinds import Kind
from credsite.site import views
from credsite.site.cards import guide_card
from credsite.site.list_headings import TrailStep
from credsite.site.page_parts import page_body, page_fields
from credsite.site.planned import PlannedPage
from credsite.site.urls import entry_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link


def text_pages(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The index of guides, each text page, the 404 page, and the redirects."""
    if any(page.template == "guide" for page in catalogue.pages.values()):
        yield PlannedPage("guides/", guide_index)
    for page in catalogue.pages.values():
        yield PlannedPage.of_entry(page, text_page)
    yield PlannedPage("404.html", not_found_page, in_sitemap=False)
    yield from redirects(catalogue.entries())


def guide_index(builder: ViewBuilder) -> views.GuideIndexPage:
    _ = builder.translations.gettext
    summary = _("What micro-credentials are, what they are good for, and how to make the most of them.")
    return views.GuideIndexPage(
        **page_fields(builder, "guides/", _("Guides"), summary, section="guides"),
        guides=tuple(guide_card(builder, slug) for slug in builder.guides()),
    )


def text_page(builder: ViewBuilder, slug: str) -> views.TextPage:
    page = builder.catalogue.pages[slug]
    guides = builder.guides()
    is_guide = slug in guides
    all_guides = TrailStep(builder.translations.gettext("Guides"), "guides/")
    return views.TextPage(
        **page_fields(
            builder,
            entry_path(Kind.PAGE, slug),
            page.title,
            page.summary,
            section="guides" if is_guide else f"page:{slug}",
            above=(all_guides,) if is_guide else (),
            entry=page,
            type="article",
            graphs=(),
        ),
        template_name=page.template,
        picture=builder.entry_picture(page, PAGE),
        body=page_body(builder, page),
        guides=tuple(guide_card(builder, other) for other in guides if other != slug) if is_guide else (),
        draft=page.draft,
    )


def not_found_page(builder: ViewBuilder) -> views.NotFoundPage:
    """The page that hosts show for an address that does not exist."""
    _ = builder.translations.gettext
    heading = _("This page is not here")
    return views.NotFoundPage(
        head=views.Head(heading, "", builder.urls.absolute("404.html"), indexed=False),
        section="",
        crumbs=(),
        heading=heading,
        summary=_("The address may be mistyped, or the page may have moved."),
        own=False,
        links=(
            Link(_("All courses"), builder.urls.to("courses/")),
            *(Link(topic.title, topic.url) for topic in map(builder.industry, builder.catalogue.by_industry)),
        ),
    )


def redirects(entries: Iterable[Record]) -> Iterator[PlannedPage]:
    """A page at each old address (alias) of an entry, which leads to its present address."""
    for entry in entries:
        for number, alias in enumerate(entry.aliases):
            path = alias.lstrip("/")
            # All others are served from a folder, as all pages are: a host takes `old/a.php` for no page, but shows the
            # index of a folder of that name.
            is_file = not path or path.endswith("/") or path.lower().endswith((".html", ".htm"))
            yield PlannedPage(
                path if is_file else f"{path}/",
                redirect_page,
                (entry.kind.value, entry.slug),
                entry.path,
                in_sitemap=False,
                key=("aliases", number),
            )


def redirect_page(builder: ViewBuilder, kind_name: str, slug: str) -> views.RedirectPage:
    kind = Kind(kind_name)
    entry = builder.catalogue.entry(kind, slug)
    title = entry.title if entry is not None else ""
    return views.RedirectPage(
        head=views.Head(title, "", builder.urls.absolute(entry_path(kind, slug))),
        section="",
        crumbs=(),
        heading=title,
        summary="",
        own=True,
        target=builder.urls.entry(kind, slug),
    )
