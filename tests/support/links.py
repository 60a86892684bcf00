"""Checks from the files of a built site that everything it links to exists."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from tests.support.pages import Page, Reference, Use, css_references, json_references, read_page

_XML_SUFFIXES = frozenset((".xml", ".atom", ".rss"))
_JSON_SUFFIXES = frozenset((".json", ".jsonld", ".webmanifest", ".geojson"))
_XML_URL_ATTRIBUTES = frozenset(("href", "src", "url"))
_XML_URL_TAGS = frozenset(("loc", "link", "guid", "logo", "icon", "url"))
_HARMLESS_SCHEMES = frozenset(("mailto", "tel", "data", "sms", "geo"))


def check_links(
    root: Path,
    base_path: str = "/",
    *,
    origin: str = "https://example.org",
    unlinked: Collection[str] = ("404.html",),
) -> list[str]:
    """The faults in the links of the site in `root`, as `path:line: sentence`; empty if there are none.

    The site is published at `origin` + `base_path`, which begins and ends with a slash. The check covers pages,
    style sheets, sitemaps, feeds, JSON files and robots.txt. A reference must lead to a file of the site (that to a
    folder, to its index.html) and its fragment to an id in that file, and references to the site's own origin must
    stay inside `base_path`. What the browser loads by itself must come from the site. Every page must be reachable
    by links from the first one, except the files in `unlinked` and redirects. Raises ValueError if there is no page.
    """
    return list(_Checker(root, base_path, origin, unlinked).problems())


@dataclass(frozen=True, slots=True)
class _Answer:
    """Where a URL leads: to a file and a fragment, to another site (external), or nowhere (``fault`` says why)."""

    file: str = ""
    fragment: str = ""
    fault: str = ""
    external: bool = False


class _Checker:
    def __init__(self, root: Path, base_path: str, origin: str, unlinked: Collection[str]) -> None:
        if not (base_path.startswith("/") and base_path.endswith("/")):
            raise ValueError(f"base_path must begin and end with a slash, not {base_path!r}")
        self.root = root
        self.base_path = base_path
        self.origin = origin
        self.unlinked = unlinked
        # A list of all files is faster than checking the disk for each link, and is strict about upper and lower case.
        self.files = {file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()}
        self.pages = {
            name: read_page(self._text(name)) for name in sorted(self.files) if name.endswith(".html")
        }
        if not self.pages:
            raise ValueError(f"{root} holds no page to check")
        self._answers: dict[tuple[str, str], _Answer] = {}
        self._svg_ids: dict[str, set[str]] = {}

    def problems(self) -> Iterator[str]:
        for name, page in self.pages.items():
            yield from (f"{name}:{line}: {fault}" for line, fault in page.faults)
            yield from self._faults_of(name, page.references)
        for name in sorted(self.files - self.pages.keys()):
            yield from self._other_file(name)
        yield from self._orphans()

    def _other_file(self, name: str) -> Iterator[str]:
        suffix = Path(name).suffix
        try:
            if suffix == ".css":
                references = css_references(self._text(name))
            elif suffix in _JSON_SUFFIXES:
                references = json_references(self._text(name), self.origin)
            elif suffix in _XML_SUFFIXES:
                references = list(self._xml_references(self._text(name)))
            elif name == "robots.txt":
                references = list(_robots_references(self._text(name)))
            else:
                return
        except (ValueError, ElementTree.ParseError) as error:
            yield f"{name}: cannot be read ({error})"
            return
        yield from self._faults_of(name, references)

    def _xml_references(self, text: str) -> Iterator[Reference]:
        for element in ElementTree.fromstring(text).iter():
            tag = element.tag.rpartition("}")[2]
            for attribute, value in element.attrib.items():
                if attribute in _XML_URL_ATTRIBUTES:
                    yield Reference(0, f"<{tag} {attribute}>", value, Use.ABSOLUTE)
            content = (element.text or "").strip()
            if tag in _XML_URL_TAGS and content and element.get("isPermaLink") != "false":
                yield Reference(0, f"<{tag}>", content, Use.ABSOLUTE)
            elif content and (element.get("type") == "html" or tag in {"description", "encoded"}):
                # A feed reader shows this outside the site, where relative links do not work.
                for inner in read_page(content).references:
                    yield Reference(0, f"<{tag}>, {inner.place}", inner.url, Use.ABSOLUTE)

    def _faults_of(self, name: str, references: Iterable[Reference]) -> Iterator[str]:
        for reference in references:
            if fault := self._fault(name, reference):
                line = f":{reference.line}" if reference.line else ""
                yield f'{name}{line}: {reference.place} "{reference.url}" {fault}'

    def _fault(self, name: str, reference: Reference) -> str:
        url = reference.url
        if not url.strip():
            return "is empty"
        if reference.use is Use.ABSOLUTE and not url.startswith(("https://", "http://")):
            return f"must be a whole address with {self.origin}"
        answer = self._resolve(name, url)
        if answer.external:
            return "is loaded from another site" if reference.use is Use.RESOURCE else ""
        if answer.fault or reference.use is Use.DATA or not answer.fragment:
            return answer.fault
        ids = self._ids(answer.file)
        if ids is None or answer.fragment in ids:
            return ""
        return f'leads to {answer.file}, which has no id "{answer.fragment}"'

    def _resolve(self, name: str, url: str) -> _Answer:
        # Only relative URLs depend on the page that they are on.
        key = ("" if url.startswith(("/", "http:", "https:")) else name, url)
        if (known := self._answers.get(key)) is None:
            known = self._answers[key] = self._look_up(name, url)
        return known

    def _look_up(self, name: str, url: str) -> _Answer:
        try:
            parts = urlsplit(urljoin(self.origin + self._address(name), url))
        except ValueError:
            return _Answer(fault="is no URL")
        if parts.scheme in _HARMLESS_SCHEMES:
            return _Answer(external=parts.scheme != "data")
        if parts.scheme not in {"http", "https"}:
            return _Answer(fault=f"has the scheme {parts.scheme}, which no page should use")
        own = urlsplit(self.origin)
        if parts.netloc != own.netloc:
            return _Answer(external=True)
        if parts.scheme != own.scheme:
            return _Answer(fault=f"must begin with {self.origin}")
        path = unquote(parts.path) or "/"
        if not path.startswith(self.base_path):
            return _Answer(fault=f"leads outside {self.base_path}")
        return self._file_answer(path.removeprefix(self.base_path), unquote(parts.fragment))

    def _file_answer(self, path: str, fragment: str) -> _Answer:
        file = f"{path}index.html" if path == "" or path.endswith("/") else path
        if file in self.files:
            if path == "index.html" or path.endswith("/index.html"):
                return _Answer(fault="names index.html: the page's one address is its folder's")
            return _Answer(file, fragment)
        if f"{path}/index.html" in self.files:
            return _Answer(fault="leads to a folder and lacks the slash at its end")
        return _Answer(fault="leads to no file")

    def _ids(self, file: str) -> set[str] | None:
        """The ids in a page or picture, or None if fragments mean something else in this file."""
        if file in self.pages:
            # The top of a page needs no id.
            return self.pages[file].ids | {"top"}
        if not file.endswith(".svg"):
            return None
        if file not in self._svg_ids:
            elements = ElementTree.fromstring(self._text(file)).iter()
            self._svg_ids[file] = {element.attrib["id"] for element in elements if "id" in element.attrib}
        return self._svg_ids[file]

    def _orphans(self) -> Iterator[str]:
        first = "index.html"
        if first not in self.pages:
            yield "index.html: is not there, so the site has no first page"
            return
        seen = {first}
        waiting = deque(seen)
        while waiting:
            name = waiting.popleft()
            for target in self._targets(name, self.pages[name]):
                if target in self.pages and target not in seen:
                    seen.add(target)
                    waiting.append(target)
        for name, page in self.pages.items():
            if name not in seen and name not in self.unlinked and page.redirect is None:
                yield f"{name}: no link leads here from the first page"

    def _targets(self, name: str, page: Page) -> Iterator[str]:
        urls = (reference.url for reference in page.references if reference.use is Use.LINK)
        yield from (self._resolve(name, url).file for url in urls)
        if page.redirect is not None:
            yield self._resolve(name, page.redirect).file

    def _address(self, name: str) -> str:
        """The path at which a file of the site is published."""
        return self.base_path + (name.removesuffix("index.html") if Path(name).name == "index.html" else name)

    def _text(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")


def _robots_references(text: str) -> Iterator[Reference]:
    for number, line in enumerate(text.splitlines(), start=1):
        field, _, value = line.partition(":")
        if field.strip().lower() == "sitemap":
            yield Reference(number, "Sitemap", value.strip(), Use.ABSOLUTE)
