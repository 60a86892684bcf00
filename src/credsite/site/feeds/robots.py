"""robots.txt (RFC 9309): crawlers may read everything, and learn where the sitemap is."""

from __future__ import annotations

from credsite.site.planned import PlannedFile
from credsite.site.urls import Urls


def robots_file(urls: Urls) -> PlannedFile:
    text = f"User-agent: *\nAllow: /\n\nSitemap: {urls.absolute('sitemap.xml')}\n"
    return PlannedFile("robots.txt", text.encode())
