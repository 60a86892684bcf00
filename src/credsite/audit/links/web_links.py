"""Every web address in the settings, the front matter and the texts of a site, with its place."""

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
from credsite.schema import config
from credsite.schema.config import Config

_HREF: Final = re.compile(r'<a\b[^<>]*? href="([^"]*)"')
"""In sanitised HTML, where values hold neither `<` nor `>`, and a `"` in the text is no end of one."""
_WEB: Final = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_NO_LINKS: Final = frozenset({"base_url", "code"})
"""Keys whose values may look like links, and are names."""


@dataclass(frozen=True, slots=True)
class Link:
    """A web address as it is written, and where."""

    url: str
    location: Location


def web_links(settings: Config, entries: Iterable[Record], library: EntryLoader) -> Iterator[Link]:
    """The links with http or https, to this site or another, each once in a place."""
    yield from (Link(url, Location(config.CONFIG_FILE, key=key)) for key, url in _in_value(settings, ()))
    for record in entries:
        entry = library.entry(record)
        yield from (Link(url, Location(record.path, key=key)) for key, url in _in_value(entry.fields, ()))
        hrefs = dict.fromkeys(html.unescape(found) for found in _HREF.findall(entry.body.html))
        for written in hrefs:
            url = f"https:{written}" if written.startswith("//") else written
            if _WEB.fullmatch(url):
                yield Link(url, Location(record.path, snippet=written))


def _in_value(value: Any, key: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The web addresses in a value of a model, each with its key."""
    if isinstance(value, str):
        if _WEB.fullmatch(value) and key[-1] not in _NO_LINKS:
            yield key, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _in_value(getattr(value, name), (*key, name))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _in_value(inner, (*key, name))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _in_value(inner, (*key, number))
