"""Writes Atom feeds (RFC 4287).

They are written as text, because a site has a feed for each of its providers, and element trees take ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Final

from credsite.site.views import Feed, FeedEntry

_NO_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
"""The characters that XML 1.0 does not allow."""


def write_atom(feed: Feed) -> str:
    """The feed as an Atom document. All its times come from its entries, so it changes only when they do."""
    lines = [
        "<?xml version='1.0' encoding='utf-8'?>",
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_quoted(feed.language)}">',
        f"  <title>{_text(feed.title)}</title>",
        f"  <id>{_text(feed.url)}</id>",
        f"  <updated>{max((entry.updated for entry in feed.entries), key=_moment)}</updated>",
        f'  <link rel="self" type="application/atom+xml" href="{_quoted(feed.url)}" />',
        f'  <link rel="alternate" type="text/html" href="{_quoted(feed.page)}" />',
        "  <author>",
        f"    <name>{_text(feed.author)}</name>",
        "  </author>",
    ]
    for entry in feed.entries:
        lines += _entry(entry)
    return "\n".join([*lines, "</feed>", ""])


def _entry(entry: FeedEntry) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <title>{_text(entry.title)}</title>"
    yield f"    <id>{_text(entry.url)}</id>"
    yield f'    <link rel="alternate" type="text/html" href="{_quoted(entry.url)}" />'
    if entry.picture is not None:
        kind, url, alt = entry.picture.media_type, _quoted(entry.picture.url), _quoted(entry.picture.alt)
        yield f'    <link rel="enclosure" type="{kind}" href="{url}" title="{alt}" />'
    yield f"    <published>{entry.published}</published>"
    yield f"    <updated>{entry.updated}</updated>"
    yield f"    <summary>{_text(entry.summary)}</summary>"
    yield "  </entry>"


def _text(value: str) -> str:
    return escape(_NO_XML.sub("", value), quote=False)


def _quoted(value: str) -> str:
    return escape(_NO_XML.sub("", value))


def _moment(value: str) -> float:
    return datetime.fromisoformat(value).timestamp()
