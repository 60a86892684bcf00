"""The links in the settings and entries of a site, and the problems of those that lead nowhere.

Links to pages of the site itself are checked here, down to the part of the page that they name. For links to other
websites, the answers of their servers are turned into problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain
from typing import Any, Final
from urllib.parse import unquote

from pydantic import BaseModel

from credsite.audit.links.request import Answer
from credsite.build.render import SiteRenderer
from credsite.content.loader import EntryLoader
from credsite.content.markdown.body import address_links
from credsite.content.markdown.sanitizer import WEB_LINK, InternalLink
from credsite.content.records import Record
from credsite.problems.model import KeyPath, Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.schema.config import CONFIG_FILE, Config
from credsite.site.link_checks import path_on_site
from credsite.site.links import LinkResolver
from credsite.site.settings_checks import all_links_to_parts
from credsite.site.settings_texts import settings_texts, text_links
from credsite.site.urls import output_path

_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_NOT_LINKS: Final = frozenset({"base_url", "code"})
"""Keys whose values may look like links but are names."""


@dataclass(frozen=True, slots=True)
class WebLink:
    """A web address as it is written, and where that is."""

    url: str
    location: Location

    @property
    def request_url(self) -> str:
        """The URL to send to the server: without the fragment, which only browsers use."""
        return self.url.partition("#")[0]


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link to the site path ``path`` (without a leading slash) and to the element with the id ``fragment``, or ``""``.

    ``is_page_checked`` says that the page is known to exist, because every check looks for it.
    """

    path: str
    fragment: str
    location: Location
    is_page_checked: bool


def web_links(settings: Config, entries: Iterable[Record], loader: EntryLoader) -> Iterator[WebLink]:
    """The links with http or https, to this site or to others. An address that a text contains twice is listed once."""
    yield from (WebLink(url, Location(CONFIG_FILE, key=key)) for key, url in _links_in_value(settings, ()))
    for text_key, text in settings_texts(settings):
        for link in text_links(text_key, text):
            yield from _text_link(link, Location(CONFIG_FILE, key=text_key, snippet=link.written))
    for record in entries:
        entry = loader.entry(record)
        yield from (
            WebLink(url, Location(record.path, key=key)) for key, url in _links_in_value(entry.fields, ())
        )
        for link in chain.from_iterable(map(address_links, entry.bodies)):
            yield from _text_link(link, Location(record.path, snippet=link.written))


def _text_link(link: InternalLink, location: Location) -> Iterator[WebLink]:
    url = f"https:{link.target}" if link.target.startswith("//") else link.target
    if link.kind == WEB_LINK and _WEB_ADDRESS.fullmatch(url):
        yield WebLink(url, location)


def _links_in_value(value: Any, key: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The web addresses in ``value``, which is at ``key`` of a model, each with its own key."""
    if isinstance(value, str):
        if _WEB_ADDRESS.fullmatch(value) and key[-1] not in _NOT_LINKS:
            yield key, value
        return
    parts: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, BaseModel):
        parts = ((name, getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, Mapping):
        parts = value.items()
    elif isinstance(value, tuple):
        parts = enumerate(value)
    for name, part in parts:
        yield from _links_in_value(part, (*key, name))


def split_internal(links: Iterable[WebLink], base_url: str) -> tuple[list[SiteLink], list[WebLink]]:
    """The links to the site itself, and those to other websites."""
    internal: list[SiteLink] = []
    others: list[WebLink] = []
    for link in links:
        path = path_on_site(link.url, base_url)
        if path is None:
            others.append(link)
        # Every check looks for what texts name, and for the pages that settings name, but not for those in front matter.
        elif not link.location.snippet:
            fragment = unquote(link.url.partition("#")[2])
            is_page_checked = link.location.path == CONFIG_FILE
            internal.append(SiteLink(path, fragment, link.location, is_page_checked))
    return internal, others


def part_links(settings: Config, resolver: LinkResolver) -> Iterator[SiteLink]:
    """The links in texts and menus to parts of pages that only the pages themselves show."""
    for link in all_links_to_parts(settings, resolver):
        yield SiteLink(link.path, link.fragment, link.location, is_page_checked=True)


def internal_link_problems(
    links: Iterable[SiteLink], site_paths: Iterable[str], outputs: SiteRenderer
) -> Iterator[Problem]:
    """Problems with the links whose target does not exist. ``site_paths`` are the paths of all pages and files.

    Only the pages whose parts are linked are rendered. Raises ThemeError if a template fails.
    """
    links = list(links)
    files = {output_path(path) for path in site_paths}
    wanted = {_file(link.path, files) for link in links if link.fragment}
    ids = _ids(outputs, {file for file in wanted if file.endswith(".html")}) if wanted else {}
    for link in links:
        file, path = _file(link.path, files), f"/{link.path}"
        if not file and not link.is_page_checked:
            message = f"There is no page {path} on this site."
            known = [f"/{other}" for other in site_paths]
            yield unknown_value_problem("broken-link", message, link.location, path, known)
        elif link.fragment and file in ids and not _exists(link.fragment, ids[file]):
            message = f"There is no part `#{link.fragment}` on the page {path}."
            known = sorted(ids[file])
            yield unknown_value_problem("broken-link", message, link.location, link.fragment, known)


def _file(path: str, files: set[str]) -> str:
    """The output file that a web host serves for a path, or ``""``."""
    return next((file for file in (output_path(path), f"{path}/index.html") if file in files), "")


def _exists(fragment: str, ids: set[str]) -> bool:
    # Browsers find "#top" on every page, and search for the text behind `:~:` themselves.
    wanted = fragment.partition(":~:")[0]
    return wanted in ids or wanted.lower() in ("", "top")


def _ids(outputs: SiteRenderer, files: set[str]) -> Mapping[str, set[str]]:
    """The ids of the elements on the pages in ``files``, which are rendered for this."""
    outputs.prepare(None)
    ids_by_file = {}
    for output in outputs.all():
        if output.path in files:
            reader = _IdCollector()
            reader.feed(output.rendered().data.decode(errors="replace"))
            ids_by_file[output.path] = reader.ids
            if len(ids_by_file) == len(files):
                break
    return ids_by_file


class _IdCollector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.ids.update(value for name, value in attrs if name == "id" and value)


def external_link_problems(links: Iterable[WebLink], answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """The problems of those ``links`` that have an answer, by their ``request_url``."""
    for link in links:
        answer = answers.get(link.request_url, Answer("private"))
        if answer.state in ("dead", "unreached"):
            message = (
                f"{link.url} cannot be opened: {answer.reason}. Correct the address, or take the link out."
            )
            yield Problem("link-dead", message, link.location)
        elif answer.state == "good" and answer.moved:
            new = answer.moved + "".join(link.url.partition("#")[1:])
            message = f"{link.url} has moved for good. Write the new address."
            yield Problem("link-moved", message, link.location, suggestion=new)
