"""Resolves the links and images in the Markdown of entries to URLs and images of the site, and checks them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.unpublished import Ref
from credsite.content.images import ImageFile, Images
from credsite.content.markdown.sanitizer import InternalLink
from credsite.content.records import IMAGE_SUFFIXES, Record
from credsite.core.paths import join_inside
from credsite.problems.model import Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.schema.kinds import Kind
from credsite.site.urls import Urls

KIND_NAMES: Final = frozenset(Kind)
"""What a link to an entry may begin with."""


@dataclass(frozen=True, slots=True)
class LinkResolver:
    """Resolves references.

    ``all_entries`` are all valid entries, published or not, ``by_path`` leads from the files of all entries to their kind and
    slug. ``invalid_entries`` are those with errors. ``unpublished`` are those that are not published, though a preview may
    show them.
    """

    catalogue: Catalogue
    images: Images
    urls: Urls
    all_entries: Mapping[Ref, Record]
    by_path: Mapping[str, Ref]
    invalid_entries: Collection[Ref]
    unpublished: Collection[Ref]

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        images: Images,
        urls: Urls,
        entries: Iterable[Record],
        invalid_entries: Mapping[str, Ref],
    ) -> LinkResolver:
        """``invalid_entries`` leads from the paths of files with errors to their kinds and slugs."""
        all_entries = {(entry.kind, entry.slug): entry for entry in entries}
        paths = {entry.path: ref for ref, entry in all_entries.items()}
        return cls(
            catalogue,
            images,
            urls,
            all_entries,
            by_path={**paths, **invalid_entries},
            invalid_entries=frozenset(invalid_entries.values()),
            unpublished=frozenset((entry.kind, entry.slug) for entry in catalogue.unpublished),
        )

    def patched(self, catalogue: Catalogue, entries: Iterable[Record]) -> LinkResolver:
        """This resolver with the changed records of some ``entries``, and the catalogue that has them."""
        changed = {(entry.kind, entry.slug): entry for entry in entries}
        return replace(self, catalogue=catalogue, all_entries={**self.all_entries, **changed})

    def url(self, reference: InternalLink, entry: Record) -> str | ImageFile | None:
        """What ``reference`` in the body of ``entry`` leads to: a URL, an image, or None for nothing that visitors may see."""
        fragment = f"#{reference.fragment}" if reference.fragment else ""
        if reference.kind == "fragment":
            return fragment
        if reference.kind == "path":
            return self.urls.to(reference.target.lstrip("/")) + fragment
        image = self.image(reference, entry)
        if image is not None:
            return image if reference.kind == "image" else self.urls.to(image.output)
        target = self.target(reference, entry)
        if target is None or (target not in self.all_entries and target[0] is not Kind.DELIVERY_MODE):
            return None
        kind, slug = target
        return self.urls.entry(kind, slug) + fragment if slug in self.catalogue.of_kind(kind) else None

    def image(self, reference: InternalLink, entry: Record) -> ImageFile | None:
        if reference.kind in ("image", "file"):
            return self.images.get((entry.folder, reference.target))
        return None

    def target(self, reference: InternalLink, entry: Record) -> Ref | None:
        """The kind and slug of the entry that a reference names, which need not exist. None if it names no entry."""
        if reference.kind in KIND_NAMES:
            return Kind(reference.kind), reference.target
        if reference.kind == "file":
            path = join_inside(entry.folder, reference.target)
            return self.by_path.get(path) if path else None
        return None


def find_link_problems(resolver: LinkResolver, site_paths: Collection[str]) -> Iterator[Problem]:
    """The problems with the links of all entries. ``site_paths`` are the paths of all pages and files of the site."""
    for entry in resolver.all_entries.values():
        for reference in entry.references:
            problem = _problem(resolver, reference, entry, site_paths)
            if problem is not None:
                yield problem


def _problem(
    resolver: LinkResolver, reference: InternalLink, entry: Record, site_paths: Collection[str]
) -> Problem | None:
    if reference.kind in KIND_NAMES and not reference.fragment and _is_published(resolver, reference):
        return None  # almost all links are like this
    location = Location(entry.path, snippet=reference.written)
    is_image_file = reference.target.lower().endswith(IMAGE_SUFFIXES)
    if reference.kind == "image" or (reference.kind == "file" and is_image_file):
        return None  # checked with the other images
    if reference.kind == "path":
        return _path_problem(reference, site_paths, location)
    if reference.kind == "fragment":
        return _fragment_problem(reference, entry, location)
    target = resolver.target(reference, entry)
    if target is None:
        return _file_problem(reference, location)
    return _entry_problem(resolver, reference, target, location)


def _is_published(resolver: LinkResolver, reference: InternalLink) -> bool:
    target = Kind(reference.kind), reference.target
    exists = target in resolver.all_entries and target not in resolver.unpublished
    return exists and target[1] in resolver.catalogue.of_kind(target[0])


def _path_problem(reference: InternalLink, site_paths: Collection[str], location: Location) -> Problem | None:
    path = reference.target.lstrip("/")
    if path in site_paths or f"{path}index.html" in site_paths:
        return None
    message = f"There is no page {reference.target} on this site."
    return unknown_value_problem(
        "broken-link", message, location, f"/{path}", [f"/{one}" for one in site_paths]
    )


def _file_problem(reference: InternalLink, location: Location) -> Problem:
    if reference.target.startswith("www."):
        message = f"`{reference.target}` is read as a file of this site. Write the whole web address."
        return Problem("broken-link", message, location, suggestion=f"https://{reference.target}")
    message = (
        f"There is no entry in the file `{reference.target}`. Check the path, which is relative to this file."
    )
    return Problem("broken-link", message, location)


def _entry_problem(
    resolver: LinkResolver, reference: InternalLink, target: Ref, location: Location
) -> Problem | None:
    kind, slug = target
    if target in resolver.invalid_entries:
        return None  # the entry's own errors are reported
    listed = resolver.catalogue.of_kind(kind)
    entry = resolver.all_entries.get(target)
    if entry is None:
        if slug in listed:
            return None  # a delivery mode without a file of its own
        slugs = (one for other_kind, one in resolver.all_entries if other_kind is kind)
        message = f"There is no {kind.value.replace('delivery', 'delivery mode')} `{slug}` to link to."
        return unknown_value_problem(
            "broken-link", message, location, slug, list(dict.fromkeys([*listed, *slugs]))
        )
    if target in resolver.unpublished or slug not in listed:
        message = f"`{entry.path}` is held back, so this link is shown as plain text."
        return Problem("held-back-link", message, location)
    return _fragment_problem(reference, entry, location)


def _fragment_problem(reference: InternalLink, target: Record, location: Location) -> Problem | None:
    ids = target.heading_ids
    fragment = reference.fragment
    if not fragment or fragment in ids or fragment.startswith(("fn:", "fnref:")):
        return None
    message = f"There is no heading `#{fragment}` in `{target.path}`."
    return unknown_value_problem("broken-link", message, location, fragment, ids)
