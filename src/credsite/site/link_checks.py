"""Checks the links in the texts of entries: whether the site has what they lead to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Final
from urllib.parse import unquote, urlsplit

from credsite.catalogue.unpublished import Ref
from credsite.content.markdown.sanitizer import WEB_LINK, InternalLink
from credsite.content.records import Record
from credsite.content.source_folders import CONTENT, IMAGE_SUFFIXES
from credsite.core.names import composed, name_difference
from credsite.problems.invisible import invisible_advice
from credsite.problems.model import MAX_PER_FILE, Location, Problem, with_others
from credsite.problems.suggestions import Effort, closest_match, unknown_value_problem
from credsite.schema.config_file import OWN_COMPUTER
from credsite.schema.kinds import FOLDERS, Kind
from credsite.site.links import KIND_NAMES, LinkResolver
from credsite.site.urls import PATH_PREFIXES, output_path, without_dots

_LISTS: Final = re.compile(
    r"skills/|stories/(?:industry|background|delivery)/|(?:industries|delivery)/[^/]+/.|(?:.*/)?page/\d+/"
)
"""Lists that exist only while there are entries for them."""
_MAY_BE_OWN_COMPUTER: Final = re.compile(r"(?:https?:)?//(?:[^/]*localhost|127\.)", re.IGNORECASE)
_DOWNLOAD: Final = re.compile(
    r".*\.(?:pdf|docx?|xlsx?|pptx?|zip|csv|odt|ods|odp|rtf|txt|epub|mp3|mp4|webm|ics)", re.IGNORECASE
)
_E_MAIL: Final = re.compile(r"[^\s@/\\]+@[^\s@/\\]+\.[^\s@/\\]+")
_MAX_E_MAIL: Final = 320
_WEB_ADDRESS: Final = re.compile(r"www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/", re.IGNORECASE)
"""What begins as people write web addresses: a name with a dot, and a slash behind it."""
_MAX_COMPARISONS: Final = 300_000
"""How much is compared with wrong links, over all: comparing takes long, and a site can have thousands of both."""


def find_link_problems(resolver: LinkResolver, site_paths: Collection[str]) -> Iterator[Problem]:
    """The problems with the links of all entries.

    ``site_paths`` are the paths of all pages and files of the site.
    """
    checker = LinkChecker(resolver, site_paths)
    for entry in chain(resolver.all_entries.values(), resolver.invalid_records):
        count = 0
        for reference in entry.references:
            problem = checker.check(reference, entry)
            if problem is not None:
                count += 1
                yield problem if count < MAX_PER_FILE else with_others(problem)
                if count == MAX_PER_FILE:
                    break


@dataclass(frozen=True)
class LinkChecker:
    """Checks links. ``site_paths`` are the paths of all pages and files of the site.

    ``if_held_back`` says what becomes of a link to an entry that is not published.
    """

    resolver: LinkResolver
    site_paths: Collection[str]
    if_held_back: str = "this link is shown as plain text"
    suggestions: dict[str, str] = field(default_factory=dict)
    entry_problems: dict[Ref, Problem] = field(default_factory=dict)
    heading_ids: dict[str, frozenset[str]] = field(default_factory=dict)
    slugs: dict[Kind, list[str]] = field(default_factory=dict)
    effort: Effort = field(default_factory=lambda: Effort(_MAX_COMPARISONS))

    def check(self, reference: InternalLink, entry: Record) -> Problem | None:
        kind = reference.kind
        if kind in KIND_NAMES and not reference.fragment and self._is_published(reference):
            return None  # almost all links are like this
        location = Location(entry.path, snippet=reference.written)
        if kind == WEB_LINK:
            return self.web_link_problem(reference.target, location)
        is_image_file = reference.target.lower().endswith(IMAGE_SUFFIXES)
        if kind == "image" or (kind == "file" and is_image_file):
            return None  # checked with the other images
        if kind == "path":
            return self.path_problem(reference.target, location)
        if kind == "fragment":
            return self._fragment_problem(reference.fragment, entry, location)
        target = self.resolver.target(reference, entry)
        if target is None:
            return _file_problem(reference, location)
        return self.entry_problem(target, reference.fragment, location)

    def _is_published(self, reference: InternalLink) -> bool:
        target = Kind(reference.kind), reference.target
        exists = target in self.resolver.all_entries and target not in self.resolver.unpublished
        return exists and target[1] in self.resolver.catalogue.of_kind(target[0])

    def web_link_problem(self, url: str, location: Location) -> Problem | None:
        """The problem with a whole web address, if it is on this site."""
        path = path_on_site(url, self.resolver.urls.base_url)
        if path is not None:
            return self.path_problem(f"/{path}", location, written=url)
        return self._own_computer_problem(url, location) if _MAY_BE_OWN_COMPUTER.match(url) else None

    def _own_computer_problem(self, url: str, location: Location) -> Problem | None:
        """The problem with an address of the preview, or of another program of this computer."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        if not OWN_COMPUTER.fullmatch(parts.hostname or ""):
            return None
        message = (
            f"`{url}` leads to the visitor's own computer, where your page is not. For a page of this site, write its address "
            "from the first slash."
        )
        path = unquote(parts.path).lstrip("/")
        exists = path in self.site_paths or output_path(path) in self._files
        return Problem("broken-link", message, location, suggestion=f"/{path}" if exists else "")

    def path_problem(self, target: str, location: Location, written: str = "") -> Problem | None:
        path = target.lstrip("/")
        path = without_dots(path if written else composed(path))  # a whole address stays as it is written
        if path in self.site_paths or output_path(path) in self._files:
            return None
        base_path = self.resolver.urls.base_path.lstrip("/")
        if base_path and path.startswith(base_path) and not written:
            return self._base_path_problem(target, path.removeprefix(base_path), location)
        ref = _entry_at(path) or self._aliases.get(f"{path.rstrip('/')}/")
        if ref in self.resolver.unpublished or ref in self.resolver.all_entries:
            entry = self.resolver.all_entries.get(ref) if ref else None
            if entry is not None and (path.endswith("/") or ref in self.resolver.unpublished):
                return self.entry_problem((entry.kind, entry.slug), "", location)
        if ref in self.resolver.invalid_entries or (self.resolver.invalid_entries and _LISTS.match(path)):
            return None  # it may be there as soon as the errors are fixed
        suggestion = self._closest_path(path)
        advice = invisible_advice(target)
        if how := name_difference(f"/{path}", suggestion):
            advice = f"There is another, and the two addresses {how}."
        what = "page"
        if _DOWNLOAD.fullmatch(path):
            what = "file"
            suggestion = suggestion if _DOWNLOAD.fullmatch(suggestion) and suggestion != "/robots.txt" else ""
            advice = advice or f"A file that visitors can download has to be in the site: `static/{path}`."
        message = f"There is no {what} {written or target} on this site.{advice and f' {advice}'}"
        if written and suggestion:
            suggestion = self.resolver.urls.absolute(suggestion.lstrip("/"))
        return Problem("broken-link", message, location, suggestion=suggestion)

    def _base_path_problem(self, target: str, path: str, location: Location) -> Problem:
        base_path = self.resolver.urls.base_path
        message = (
            f"There is no page {target} on this site: its pages are at {base_path}, which `base_url` in credsite.yaml "
            "says. Links begin after that."
        )
        exists = path in self.site_paths or output_path(path) in self._files
        return Problem(
            "broken-link", message, location, suggestion=f"/{path}" if exists else self._closest_path(path)
        )

    def entry_problem(self, target: Ref, fragment: str, location: Location) -> Problem | None:
        kind, slug = target
        resolver = self.resolver
        if target in resolver.invalid_entries:
            # The entry's own errors are reported. What its text says is known nevertheless.
            invalid = self._invalid.get(target)
            return self._fragment_problem(fragment, invalid, location) if invalid is not None else None
        listed = resolver.catalogue.of_kind(kind)
        entry = resolver.all_entries.get(target)
        if entry is None:
            if slug in listed:
                return None  # a delivery mode without a file of its own
            return Problem(
                "broken-link",
                (found := self._unknown_entry(target)).message,
                location,
                allowed=found.allowed,
                suggestion=found.suggestion,
            )
        if target in self._held_back_for_errors:
            return None  # the errors themselves are reported
        if target in resolver.unpublished or slug not in listed:
            message = f"`{entry.path}` is held back, so {self.if_held_back}."
            return Problem("held-back-link", message, location)
        return self._fragment_problem(fragment, entry, location)

    def _fragment_problem(self, fragment: str, target: Record, location: Location) -> Problem | None:
        if not fragment or fragment.startswith(("fn:", "fnref:")):
            return None
        ids = self.heading_ids.get(target.path)
        if ids is None:
            ids = self.heading_ids[target.path] = frozenset(target.heading_ids)
        if fragment in ids:
            return None
        message = f"There is no heading `#{fragment}` in `{target.path}`."
        return unknown_value_problem(
            "broken-link", message, location, fragment, target.heading_ids, effort=self.effort
        )

    def _unknown_entry(self, target: Ref) -> Problem:
        # Many files may have the same wrong link, and finding the closest of ten thousand slugs takes long.
        kind, slug = target
        if target not in self.entry_problems:
            message = f"There is no {kind.value.replace('delivery', 'delivery mode')} `{slug}` to link to."
            self.entry_problems[target] = unknown_value_problem(
                "broken-link", message, Location(""), slug, self._slugs(kind), effort=self.effort
            )
        return self.entry_problems[target]

    def _slugs(self, kind: Kind) -> list[str]:
        if kind not in self.slugs:
            slugs = (one for other_kind, one in self.resolver.all_entries if other_kind is kind)
            self.slugs[kind] = list(dict.fromkeys([*self.resolver.catalogue.of_kind(kind), *slugs]))
        return self.slugs[kind]

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(map(output_path, self.site_paths))

    @cached_property
    def _invalid(self) -> Mapping[Ref, Record]:
        return {(entry.kind, entry.slug): entry for entry in reversed(self.resolver.invalid_records)}

    @cached_property
    def _held_back_for_errors(self) -> frozenset[Ref]:
        """The entries that are not published only because they need one with errors."""
        unpublished = self.resolver.catalogue.unpublished
        return frozenset((entry.kind, entry.slug) for entry in unpublished if entry.for_errors)

    @cached_property
    def _aliases(self) -> Mapping[str, Ref]:
        """The old addresses of entries that are not published, with a slash at their ends."""
        resolver = self.resolver
        hidden: Iterable[tuple[Ref, Record]] = chain(
            ((ref, entry) for ref, entry in resolver.all_entries.items() if ref in resolver.unpublished),
            self._invalid.items(),
        )
        return {
            f"{alias.strip('/')}/": ref for ref, entry in hidden for alias in entry.aliases if alias != "/"
        }

    @cached_property
    def _by_last_name(self) -> Mapping[str, list[str]]:
        """The paths of the site by their last names, the shortest first."""
        by_name: dict[str, list[str]] = {}
        for path in sorted(self.site_paths, key=len):
            by_name.setdefault(path.rstrip("/").rpartition("/")[2], []).append(path)
        return by_name

    def _closest_path(self, path: str) -> str:
        """The path that ``path`` probably means, with a slash before it, or ""."""
        if path not in self.suggestions:
            self.suggestions[path] = self._find_closest(path)
        return self.suggestions[path]

    def _find_closest(self, path: str) -> str:
        folder, _, name = path.removesuffix("index.html").rstrip("/").rpartition("/")
        same_name = self._by_last_name.get(name, [])
        if same_name and name:
            return f"/{same_name[0]}"
        # The folder that two paths share does not make their names similar.
        siblings = self._by_folder.get(folder, {})
        if found := closest_match(name, siblings, self.effort):
            return siblings[found]
        if self.effort.left < len(self.site_paths):
            return ""
        others = [path for at, paths in self._by_folder.items() if at != folder for path in paths.values()]
        return closest_match(f"/{path}", others, self.effort)

    @cached_property
    def _by_folder(self) -> Mapping[str, Mapping[str, str]]:
        """The paths of the site, with a slash before them, by the paths of their folders and then by their names."""
        folders: dict[str, dict[str, str]] = {}
        for path in self.site_paths:
            folder, _, name = path.rstrip("/").rpartition("/")
            folders.setdefault(folder, {})[name] = f"/{path}"
        return folders


@dataclass(frozen=True, slots=True)
class PartLink:
    """A link to the element with the id ``fragment`` on the page at the site path ``path``."""

    path: str
    fragment: str
    location: Location


def links_to_parts(resolver: LinkResolver) -> Iterator[PartLink]:
    """The links in texts to parts of pages, by the addresses of these, of which the entries do not say whether they exist.

    Most parts are headings of a text, which are known. Others are made by the theme: only the page itself shows them.
    """
    for entry in chain(resolver.all_entries.values(), resolver.invalid_records):
        for reference in entry.references:
            if reference.fragment:
                link = part_link(resolver, reference, Location(entry.path, snippet=reference.written))
                if link is not None:
                    yield link


def part_link(resolver: LinkResolver, reference: InternalLink, location: Location) -> PartLink | None:
    """A link to a part of a page of which entries do not say whether it exists; None for others."""
    if not reference.fragment or reference.kind not in ("path", WEB_LINK):
        return None
    path: str | None = reference.target.lstrip("/")
    fragment = reference.fragment
    if reference.kind == WEB_LINK:
        path, fragment = path_on_site(reference.target, resolver.urls.base_url), unquote(fragment)
    ref = _entry_at(path) if path is not None else None
    target = resolver.all_entries.get(ref) if ref else None
    if path is None or (target is not None and fragment in target.heading_ids):
        return None
    return PartLink(path, fragment, location)


def path_on_site(url: str, base_url: str) -> str | None:
    """The site path, decoded, that the web address ``url`` leads to; None where it leads to another website."""
    try:
        parts, base = urlsplit(url), urlsplit(base_url)
        is_same_host = (parts.hostname, parts.port) == (base.hostname, base.port)
    except ValueError:
        return None
    path = parts.path or "/"
    if parts.scheme not in ("http", "https", "") or not is_same_host or not path.startswith(base.path):
        return None
    return unquote(path.removeprefix(base.path))


def _entry_at(path: str) -> Ref | None:
    """The kind and slug of the entry to which the page or file at a site path belongs, if there is one."""
    for kind, prefix in PATH_PREFIXES.items():
        if prefix and path.startswith(prefix):
            slug = path.removeprefix(prefix).partition("/")[0]
            return (kind, slug) if slug else None
    slug = path.partition("/")[0]
    return (Kind.PAGE, slug) if slug else None


def _file_problem(reference: InternalLink, location: Location) -> Problem:
    target = reference.target
    if not target:
        message = "A link has no address. Write it in the parenthesis, `[words](https://college.example/)`, or delete the brackets."
        return Problem("broken-link", message, replace(location, snippet="]()"))
    if _WEB_ADDRESS.match(target):
        message = f"`{target}` is read as a file of this site. Write the whole web address."
        return Problem("broken-link", message, location, suggestion=f"https://{target}")
    if len(target) <= _MAX_E_MAIL and _E_MAIL.fullmatch(target):
        message = f"`{target}` is read as a file of this site. Write `mailto:` before an e-mail address."
        return Problem("broken-link", message, location, suggestion=f"mailto:{target}")
    if _DOWNLOAD.fullmatch(target):
        name = target.replace("\\", "/").rpartition("/")[2]
        message = (
            f"`{target}` is no entry of this site. Move the file that visitors can download to `static/{name}`, and link to it "
            "with a slash before its name."
        )
        return Problem("broken-link", message, location, suggestion=f"/{name}".replace(" ", "%20"))
    message = f"There is no entry in the file `{target}`. Check the path, which is relative to this file."
    suggestion = target.replace("\\", "/")
    kind, _, name = suggestion.removeprefix(f"{CONTENT}/").rpartition("/")
    if kind in FOLDERS and suggestion.startswith(f"{CONTENT}/"):
        suggestion = f"../{kind}/{name}"
    if advice := invisible_advice(target):
        message = f"{message} {advice}"
    return Problem("broken-link", message, location, suggestion=suggestion if suggestion != target else "")
