"""Finds every web address in the settings, the front matter and the texts of a site."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from credsite.content.loader import EntryLoader
from credsite.content.records import Record
from credsite.problems.model import KeyPath, Location
from credsite.schema.config import CONFIG_FILE, Config

_HREF: Final = re.compile(r'<a\b[^<>]*? href="([^"]*)"')
"""Works for sanitised HTML only: there, attribute values contain neither `<` nor `>`, nor an unescaped `"`."""
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_NOT_LINKS: Final = frozenset({"base_url", "code"})
"""Keys whose values may look like links but are names."""


@dataclass(frozen=True, slots=True)
class WebLink:
    """A web address as it is written, and where that is."""

    url: str
    location: Location


def web_links(settings: Config, entries: Iterable[Record], loader: EntryLoader) -> Iterator[WebLink]:
    """The links with http or https, to this site or to others. An address that a text contains twice is listed once."""
    yield from (WebLink(url, Location(CONFIG_FILE, key=key)) for key, url in _links_in_value(settings, ()))
    for record in entries:
        entry = loader.entry(record)
        yield from (
            WebLink(url, Location(record.path, key=key)) for key, url in _links_in_value(entry.fields, ())
        )
        hrefs = dict.fromkeys(html.unescape(href) for href in _HREF.findall(entry.body.html))
        for written in hrefs:
            url = f"https:{written}" if written.startswith("//") else written
            if _WEB_ADDRESS.fullmatch(url):
                yield WebLink(url, Location(record.path, snippet=written))


def _links_in_value(value: Any, key: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The web addresses in ``value``, which is at ``key`` of a model, each with its own key."""
    if isinstance(value, str):
        if _WEB_ADDRESS.fullmatch(value) and key[-1] not in _NOT_LINKS:
            yield key, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _links_in_value(getattr(value, name), (*key, name))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _links_in_value(inner, (*key, name))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _links_in_value(inner, (*key, number))
