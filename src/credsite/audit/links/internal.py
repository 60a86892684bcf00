"""Links to pages of this site by their addresses: whether the page, and the part of it, is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from credsite.audit.links.web_links import Link
from credsite.build.render import SiteRenderer
from credsite.content.records import Record
from credsite.problems.model import Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.site.urls import output_path


@dataclass(frozen=True, slots=True)
class InternalLink:
    """A link to the site path ``path``, without a slash in front, and to a part of it, or ``""``.

    ``is_known`` says that the page itself has been looked for.
    """

    path: str
    fragment: str
    location: Location
    is_page_checked: bool


def split_internal(links: Iterable[Link], base_url: str) -> tuple[list[InternalLink], list[Link]]:
    """The links to the site itself, and those to others."""
    base = urlsplit(base_url)
    own, others = [], []
    for link in links:
        try:
            url = urlsplit(link.url)
            is_own = (url.hostname, url.port) == (base.hostname, base.port)
        except ValueError:  # an address that cannot be
            others.append(link)
            continue
        if is_own and f"{url.path or '/'}".startswith(base.path):
            path = unquote((url.path or "/")[len(base.path) :])
            own.append(InternalLink(path, unquote(url.fragment), link.location, is_page_checked=False))
        else:
            others.append(link)
    return own, others


def fragment_links(entries: Iterable[Record]) -> Iterator[InternalLink]:
    """The links in texts to parts of pages by their paths, such as ``/courses/#results``."""
    for entry in entries:
        for reference in entry.references:
            if reference.kind == "path" and reference.fragment:
                location = Location(entry.path, snippet=reference.written)
                yield InternalLink(
                    reference.target.lstrip("/"), reference.fragment, location, is_page_checked=True
                )


def internal_link_problems(
    links: Iterable[InternalLink], site_paths: Iterable[str], outputs: SiteRenderer
) -> Iterator[Problem]:
    """What of ``links`` is not there. ``site_paths`` are all pages and files; only pages with linked parts are made.

    Raises ThemeError where a template fails.
    """
    found = list(links)
    files = {output_path(path) for path in site_paths}
    wanted = {_file(link.path, files) for link in found if link.fragment}
    ids = _ids(outputs, {file for file in wanted if file.endswith(".html")}) if wanted else {}
    for link in found:
        file = _file(link.path, files)
        if not file:
            if not link.is_page_checked:
                shown = f"/{link.path}"
                message = f"There is no page {shown} on this site."
                yield unknown_value_problem(
                    "broken-link", message, link.location, shown, [f"/{one}" for one in site_paths]
                )
        elif link.fragment and file in ids and not _is_there(link.fragment, ids[file]):
            message = f"There is no part `#{link.fragment}` on the page /{link.path}."
            yield unknown_value_problem(
                "broken-link", message, link.location, link.fragment, sorted(ids[file])
            )


def _file(path: str, files: set[str]) -> str:
    """The file that a host serves for a path, or ``""``."""
    return next((file for file in (output_path(path), f"{path}/index.html") if file in files), "")


def _is_there(fragment: str, ids: frozenset[str]) -> bool:
    # Browsers know the top of every page, and look for a text behind `:~:` by themselves.
    wanted = fragment.partition(":~:")[0]
    return wanted in ids or wanted.lower() in ("", "top")


def _ids(outputs: SiteRenderer, files: set[str]) -> Mapping[str, frozenset[str]]:
    """The ids on some pages, which are made for it."""
    outputs.prepare(None)
    found = {}
    for output in outputs.all():
        if output.path in files:
            reader = _Ids()
            reader.feed(output.rendered().data.decode(errors="replace"))
            found[output.path] = frozenset(reader.ids)
            if len(found) == len(files):
                break
    return found


@dataclass
class _Ids(HTMLParser):
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.ids.update(value for name, value in attrs if name == "id" and value)
