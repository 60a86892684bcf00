"""Atom feeds (RFC 4287) of the newest courses and stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from xml.etree import ElementTree as ET

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import Clock
from credsite.content.records import Record, StoryRecord
from credsite.schema.config import Config
from credsite.site.feeds.formats import FormatContext
from credsite.site.labels import Translator
from credsite.site.planned import PlannedFile
from credsite.site.urls import Urls, entry_path
from credsite.site.views import Link

_MAX_ENTRIES: Final = 50
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at a site path, and its entries with the moments at which they were published, newest first.

    Entries without a date are left out: nothing says when they were new.
    """

    path: str
    title: str
    entries: Sequence[tuple[date | datetime, Record]]


def atom_feeds(catalogue: Catalogue, translator: Translator) -> list[Feed]:
    """The feeds that have at least one entry."""
    _ = translator.gettext
    clock = catalogue.clock
    feeds = [
        Feed("feeds/courses.xml", _("New courses"), _newest(catalogue.courses.values(), clock)),
        Feed("feeds/stories.xml", _("New stories"), _newest(catalogue.stories.values(), clock)),
    ]
    return [feed for feed in feeds if feed.entries]


def planned_files(context: FormatContext) -> Iterator[PlannedFile]:
    for feed in atom_feeds(context.catalogue, context.translator):
        yield atom_file(feed, context.config, context.urls, context.catalogue.clock)


def feed_links(feeds: Iterable[Feed], urls: Urls) -> tuple[Link, ...]:
    return tuple(Link(feed.title, urls.to(feed.path)) for feed in feeds)


def atom_file(feed: Feed, config: Config, urls: Urls, clock: Clock) -> PlannedFile:
    """The feed as an Atom document. All its times come from its entries, so it changes only when they do."""
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(f"{{{_NAMESPACE}}}feed", {"xml:lang": config.language})
    _add(root, "title", f"{feed.title} – {config.title}")
    _add(root, "id", urls.absolute(feed.path))
    _add(root, "updated", clock.instant(feed.entries[0][0]).isoformat())
    _add(root, "link", rel="self", type="application/atom+xml", href=urls.absolute(feed.path))
    _add(root, "link", rel="alternate", type="text/html", href=urls.absolute(""))
    author = _add(root, "author")
    _add(author, "name", config.title)
    for published, entry in feed.entries:
        url = urls.absolute(entry_path(entry.kind, entry.slug))
        item = _add(root, "entry")
        _add(item, "title", entry.title)
        _add(item, "id", url)
        _add(item, "link", rel="alternate", type="text/html", href=url)
        _add(item, "published", clock.instant(published).isoformat())
        _add(item, "updated", clock.instant(published).isoformat())
        _add(item, "summary", entry.summary)
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return PlannedFile(feed.path, data + b"\n")


def _newest(entries: Iterable[Record], clock: Clock) -> list[tuple[date | datetime, Record]]:
    dated = [
        (published, entry)
        for entry in entries
        if (published := _published(entry)) is not None and not entry.draft
    ]
    dated.sort(key=lambda pair: pair[1].slug)
    dated.sort(key=lambda pair: clock.instant(pair[0]), reverse=True)
    return dated[:_MAX_ENTRIES]


def _published(entry: Record) -> date | datetime | None:
    """When an entry was published; for a story that does not say, when the learner told it."""
    return entry.publish_at or (entry.told_at if isinstance(entry, StoryRecord) else None)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
    element.text = _without_control_characters(text) or None
    return element


def _without_control_characters(text: str) -> str:
    """``text`` without the characters that XML 1.0 does not allow."""
    return "".join(one for one in text if (one >= " " and one not in "\ufffe\uffff") or one in "\t\n")
