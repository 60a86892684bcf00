"""Files for machines: Atom feeds, the sitemap, robots.txt.

Sources: RFC 4287 (Atom), the protocol 0.9 of sitemaps.org, RFC 9309 (robots.txt).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Final
from xml.etree import ElementTree as ET

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import Clock
from credsite.content.records import Facts, StoryFacts
from credsite.schema.config import Config
from credsite.site.labels import Translator
from credsite.site.link_resolver import path_of
from credsite.site.planned import PlannedFile, PlannedPage
from credsite.site.urls import Urls
from credsite.site.views import Link

_MOST: Final = 50
_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST_IN_SITEMAP: Final = 50_000


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at a site path. Entries without a date of their own are not in it: nothing says when they were new."""

    path: str
    title: str
    entries: Sequence[tuple[date | datetime, Facts]]


def feeds(catalogue: Catalogue, texts: Translator) -> list[Feed]:
    """The feeds that have something in them."""
    _ = texts.gettext
    clock = catalogue.clock
    found = [
        Feed("feeds/courses.xml", _("New courses"), _newest(catalogue.courses.values(), clock)),
        Feed("feeds/stories.xml", _("New stories"), _newest(catalogue.stories.values(), clock)),
    ]
    return [feed for feed in found if feed.entries]


def feed_links(found: Iterable[Feed], urls: Urls) -> tuple[Link, ...]:
    return tuple(Link(feed.title, urls.to(feed.path)) for feed in found)


def _newest(entries: Iterable[Facts], clock: Clock) -> list[tuple[date | datetime, Facts]]:
    dated = [
        (when, entry) for entry in entries if (when := _published(entry)) is not None and not entry.draft
    ]
    dated.sort(key=lambda pair: pair[1].slug)
    dated.sort(key=lambda pair: clock.instant(pair[0]), reverse=True)
    return dated[:_MOST]


def _published(entry: Facts) -> date | datetime | None:
    told = entry.told_at if isinstance(entry, StoryFacts) else None
    return entry.publish_at or told


def atom(feed: Feed, config: Config, urls: Urls, clock: Clock) -> PlannedFile:
    """The feed as Atom. Its times come from its entries, so that it changes only when they do."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {"xml:lang": config.language})
    _add(root, "title", f"{feed.title} – {config.title}")
    _add(root, "id", urls.absolute(feed.path))
    _add(root, "updated", clock.instant(feed.entries[0][0]).isoformat())
    _add(root, "link", rel="self", type="application/atom+xml", href=urls.absolute(feed.path))
    _add(root, "link", rel="alternate", type="text/html", href=urls.absolute(""))
    author = _add(root, "author")
    _add(author, "name", config.title)
    for when, entry in feed.entries:
        address = urls.absolute(path_of(entry))
        item = _add(root, "entry")
        _add(item, "title", entry.title)
        _add(item, "id", address)
        _add(item, "link", rel="alternate", type="text/html", href=address)
        _add(item, "published", clock.instant(when).isoformat())
        _add(item, "updated", clock.instant(when).isoformat())
        _add(item, "summary", entry.summary)
    return PlannedFile(feed.path, _xml(root))


def _add(parent: ET.Element, name: str, content: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = _printable(content) or None
    return element


def _printable(text: str) -> str:
    """``text`` without the characters that XML 1.0 cannot hold."""
    return "".join(one for one in text if (one >= " " and one not in "\ufffe\uffff") or one in "\t\n")


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def sitemap(pages: Iterable[PlannedPage], urls: Urls) -> list[PlannedFile]:
    """One sitemap, or several with an index where there are more pages than one may hold."""
    listed = [page for page in pages if page.in_sitemap]
    parts = [
        listed[start : start + _MOST_IN_SITEMAP] for start in range(0, len(listed), _MOST_IN_SITEMAP)
    ] or [[]]
    if len(parts) == 1:
        return [PlannedFile("sitemap.xml", _sitemap(parts[0], urls))]
    files = [
        PlannedFile(f"sitemap-{number}.xml", _sitemap(part, urls))
        for number, part in enumerate(parts, start=1)
    ]
    ET.register_namespace("", _SITEMAP)
    root = ET.Element(f"{{{_SITEMAP}}}sitemapindex")
    for file in files:
        item = ET.SubElement(root, f"{{{_SITEMAP}}}sitemap")
        ET.SubElement(item, f"{{{_SITEMAP}}}loc").text = urls.absolute(file.output)
    return [PlannedFile("sitemap.xml", _xml(root)), *files]


def _sitemap(pages: Iterable[PlannedPage], urls: Urls) -> bytes:
    # Written as text: a tree of fifty thousand elements takes longer than all else that a small change asks for.
    lines = ["<?xml version='1.0' encoding='utf-8'?>", f'<urlset xmlns="{_SITEMAP}">']
    for page in pages:
        changed = f"\n    <lastmod>{page.updated}</lastmod>" if page.updated else ""
        lines.append(
            f"  <url>\n    <loc>{escape(urls.absolute(page.path), quote=False)}</loc>{changed}\n  </url>"
        )
    return "\n".join([*lines, "</urlset>", ""]).encode()


def robots(urls: Urls) -> PlannedFile:
    text = f"User-agent: *\nAllow: /\n\nSitemap: {urls.absolute('sitemap.xml')}\n"
    return PlannedFile("robots.txt", text.encode())
