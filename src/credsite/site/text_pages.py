"""Guides and other texts, the page for addresses that lead nowhere, and redirects from old addresses."""

from __future__ import annotations

from collections.abc import Iterator

from credsite.content.model import Kind
from credsite.site import structured, views
from credsite.site.pages import PlannedPage
from credsite.site.parts import Parts, updated
from credsite.site.urls import entry_path
from credsite.site.views import Link


def text_pages(parts: Parts) -> Iterator[PlannedPage]:
    """Guides with their index, and the other pages."""
    _ = parts.texts.gettext
    guides = parts.guides()
    if guides:
        heading = _("Guides")
        summary = _("What micro-credentials are, what they are good for, and how to make the most of them.")
        index = views.GuideIndexPage(
            head=parts.head("guides/", heading, summary),
            section="guides",
            crumbs=parts.crumbs((heading, "guides/")),
            heading=heading,
            summary=summary,
            guides=tuple(parts.guide_card(slug) for slug in guides),
        )
        yield PlannedPage("guides/", index)
    for slug, entry in parts.catalogue.pages.items():
        page = entry.fields
        path = entry_path(Kind.PAGE, slug)
        is_guide = slug in guides
        trail = ((_("Guides"), "guides/"),) if is_guide else ()
        crumbs = parts.crumbs(*trail, (page.title, path))
        view = views.TextPage(
            head=parts.head(
                path,
                page.title,
                page.summary,
                entry=entry,
                type="article",
                data=structured.script(structured.breadcrumbs(crumbs, parts.urls)),
            ),
            section="guides" if is_guide else f"page:{slug}",
            crumbs=crumbs,
            heading=page.title,
            summary=page.summary,
            template_name=page.template,
            picture=parts.entry_picture(entry),
            body=parts.body(entry),
            guides=tuple(parts.guide_card(other) for other in guides if other != slug) if is_guide else (),
            draft=page.draft,
        )
        yield PlannedPage(path, view, entry.path, updated(entry), in_sitemap=not page.draft)


def not_found_page(parts: Parts) -> PlannedPage:
    """The page that hosts show for addresses that lead nowhere."""
    _ = parts.texts.gettext
    heading = _("This page is not here")
    view = views.NotFoundPage(
        head=views.Head(heading, "", parts.urls.absolute("404.html"), indexed=False),
        section="",
        crumbs=(),
        heading=heading,
        summary=_("The address may be mistyped, or the page may have moved."),
        links=(
            Link(_("All courses"), parts.urls.to("courses/")),
            *(Link(topic.title, topic.url) for topic in map(parts.industry, parts.catalogue.by_industry)),
        ),
    )
    return PlannedPage("404.html", view, in_sitemap=False)


def redirect_pages(parts: Parts) -> Iterator[PlannedPage]:
    """A page at each old address of an entry, which leads to where it is now."""
    catalogue = parts.catalogue
    for kind in Kind:
        for slug, entry in catalogue.of_kind(kind).items():
            if entry is None:
                continue
            for number, alias in enumerate(entry.fields.aliases):
                view = views.RedirectPage(
                    head=views.Head(
                        entry.title, "", parts.urls.absolute(entry_path(kind, slug)), indexed=False
                    ),
                    section="",
                    crumbs=(),
                    heading=entry.title,
                    summary="",
                    target=parts.urls.entry(kind, slug),
                )
                path = alias.lstrip("/")
                # An old address without a file ending is served from a folder, as all pages are.
                is_file = "." in path.rpartition("/")[2]
                yield PlannedPage(
                    path if is_file or not path or path.endswith("/") else f"{path}/",
                    view,
                    entry.path,
                    in_sitemap=False,
                    key=("aliases", number),
                )
