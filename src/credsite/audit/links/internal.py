"""Checks links to pages of the site itself: whether the page exists, and the part of it that the link names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from credsite.audit.links.web_links import WebLink
from credsite.build.render import SiteRenderer
from credsite.content.records import Record
from credsite.problems.model import Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.site.urls import output_path


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link to the site path ``path`` (without a leading slash) and to the element with the id ``fragment``, or ``""``.

    ``is_page_checked`` says that the page is known to exist, because every check looks for it.
    """

    path: str
    fragment: str
    location: Location
    is_page_checked: bool


def split_internal(links: Iterable[WebLink], base_url: str) -> tuple[list[SiteLink], list[WebLink]]:
    """The links to the site itself, and those to other websites."""
    base = urlsplit(base_url)
    internal, others = [], []
    for link in links:
        try:
            url = urlsplit(link.url)
            is_internal = (url.hostname, url.port) == (base.hostname, base.port)
        except ValueError:  # not a valid URL
            others.append(link)
            continue
        if is_internal and f"{url.path or '/'}".startswith(base.path):
            path = unquote((url.path or "/")[len(base.path) :])
            internal.append(SiteLink(path, unquote(url.fragment), link.location, is_page_checked=False))
        else:
            others.append(link)
    return internal, others


def fragment_links(entries: Iterable[Record]) -> Iterator[SiteLink]:
    """The links in texts to parts of pages, by site paths such as ``/courses/#results``."""
    for entry in entries:
        for reference in entry.references:
            if reference.kind == "path" and reference.fragment:
                location = Location(entry.path, snippet=reference.written)
                yield SiteLink(
                    reference.target.lstrip("/"), reference.fragment, location, is_page_checked=True
                )


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
        file = _file(link.path, files)
        if not file:
            if not link.is_page_checked:
                site_path = f"/{link.path}"
                message = f"There is no page {site_path} on this site."
                yield unknown_value_problem(
                    "broken-link", message, link.location, site_path, [f"/{path}" for path in site_paths]
                )
        elif link.fragment and file in ids and not _exists(link.fragment, ids[file]):
            message = f"There is no part `#{link.fragment}` on the page /{link.path}."
            yield unknown_value_problem(
                "broken-link", message, link.location, link.fragment, sorted(ids[file])
            )


def _file(path: str, files: set[str]) -> str:
    """The output file that a web host serves for a path, or ``""``."""
    return next((file for file in (output_path(path), f"{path}/index.html") if file in files), "")


def _exists(fragment: str, ids: frozenset[str]) -> bool:
    # Browsers find "#top" on every page, and search for the text behind `:~:` themselves.
    wanted = fragment.partition(":~:")[0]
    return wanted in ids or wanted.lower() in ("", "top")


def _ids(outputs: SiteRenderer, files: set[str]) -> Mapping[str, frozenset[str]]:
    """The ids of the elements on the pages in ``files``, which are rendered for this."""
    outputs.prepare(None)
    ids_by_file = {}
    for output in outputs.all():
        if output.path in files:
            reader = _IdCollector()
            reader.feed(output.rendered().data.decode(errors="replace"))
            ids_by_file[output.path] = frozenset(reader.ids)
            if len(ids_by_file) == len(files):
                break
    return ids_by_file


@dataclass
class _IdCollector(HTMLParser):
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.ids.update(value for name, value in attrs if name == "id" and value)
