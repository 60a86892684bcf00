"""For search engines: the sitemap (protocol 0.9 of sitemaps.org) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from credsite.site.planned import PlannedFile, PlannedPage
from credsite.site.urls import Urls

_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MAX_URLS: Final = 50_000
"""URLs that the protocol allows in one file."""


def sitemap_files(pages: Iterable[PlannedPage], urls: Urls) -> list[PlannedFile]:
    """One sitemap, or an index with several sitemaps if there are more pages than one may hold."""
    listed = [page for page in pages if page.in_sitemap]
    if len(listed) <= _MAX_URLS:
        return [_sitemap("sitemap.xml", listed, urls)]
    files = [
        _sitemap(f"sitemap-{number}.xml", listed[start : start + _MAX_URLS], urls)
        for number, start in enumerate(range(0, len(listed), _MAX_URLS), start=1)
    ]
    items = [
        f"  <sitemap>\n    <loc>{escape(urls.absolute(file.output), quote=False)}</loc>\n  </sitemap>"
        for file in files
    ]
    return [_document("sitemap.xml", "sitemapindex", items), *files]


def _sitemap(output: str, pages: Iterable[PlannedPage], urls: Urls) -> PlannedFile:
    items = []
    for page in pages:
        modified = f"\n    <lastmod>{page.updated}</lastmod>" if page.updated else ""
        items.append(
            f"  <url>\n    <loc>{escape(urls.absolute(page.path), quote=False)}</loc>{modified}\n  </url>"
        )
    return _document(output, "urlset", items)


def _document(output: str, root: str, items: list[str]) -> PlannedFile:
    # Written as text, because an element tree of fifty thousand URLs takes longer than the rest of an incremental build.
    lines = [
        "<?xml version='1.0' encoding='utf-8'?>",
        f'<{root} xmlns="{_NAMESPACE}">',
        *items,
        f"</{root}>",
        "",
    ]
    return PlannedFile(output, "\n".join(lines).encode())


def robots_file(urls: Urls) -> PlannedFile:
    text = f"User-agent: *\nAllow: /\n\nSitemap: {urls.absolute('sitemap.xml')}\n"
    return PlannedFile("robots.txt", text.encode())
