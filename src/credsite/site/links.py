"""Resolves the links and images in the Markdown of entries to URLs and images of the site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.unpublished import Ref
from credsite.content.image_slots import whole_picture
from credsite.content.images import ImageFile, Images
from credsite.content.markdown.sanitizer import InternalLink
from credsite.content.records import Record
from credsite.core.names import composed
from credsite.core.paths import join_inside
from credsite.schema.kinds import Kind
from credsite.site.urls import Urls

KIND_NAMES: Final = frozenset(Kind)
"""What a link to an entry may begin with."""


@dataclass(frozen=True, slots=True)
class LinkResolver:
    """Resolves references.

    ``all_entries`` are all valid entries, published or not, ``by_path`` leads from the files of all entries to their kind and
    slug. ``invalid_entries`` are those with errors, ``invalid_records`` the records of those that have one. ``unpublished``
    are those that are not published, though a preview may show them.
    """

    catalogue: Catalogue
    images: Images
    urls: Urls
    all_entries: Mapping[Ref, Record]
    by_path: Mapping[str, Ref]
    invalid_entries: Collection[Ref]
    unpublished: Collection[Ref]
    invalid_records: tuple[Record, ...]

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        images: Images,
        urls: Urls,
        entries: Iterable[Record],
        invalid_entries: Mapping[str, Ref],
        invalid_records: Iterable[Record] = (),
        possible_refs: Collection[Ref] = (),
    ) -> LinkResolver:
        """``invalid_entries`` leads from the paths of files with errors to their kinds and slugs.

        ``invalid_records`` are the records of these, of as many as have one, and ``possible_refs`` are what else they may
        be once they are corrected.
        """
        all_entries = {(entry.kind, entry.slug): entry for entry in entries}
        paths = {entry.path: ref for ref, entry in all_entries.items()}
        return cls(
            catalogue,
            images,
            urls,
            all_entries,
            by_path={**paths, **invalid_entries},
            invalid_entries=frozenset({*invalid_entries.values(), *possible_refs} - all_entries.keys()),
            unpublished=frozenset((entry.kind, entry.slug) for entry in catalogue.unpublished),
            invalid_records=tuple(invalid_records),
        )

    def patched(self, catalogue: Catalogue, entries: Iterable[Record]) -> LinkResolver:
        """This resolver with the changed records of some ``entries``, and the catalogue that has them."""
        changed = {(entry.kind, entry.slug): entry for entry in entries}
        return replace(self, catalogue=catalogue, all_entries={**self.all_entries, **changed})

    def url(self, reference: InternalLink, entry: Record | None) -> str | ImageFile | None:
        """What ``reference`` in the body of ``entry`` leads to: a URL, an image, or None for nothing that visitors may see.

        The settings, for which ``entry`` is None, have no files beside them.
        """
        fragment = f"#{reference.fragment}" if reference.fragment else ""
        if reference.kind == "fragment":
            return fragment
        if reference.kind == "path":
            return self.urls.to(composed(reference.target.lstrip("/"))) + fragment
        image = self.image(reference, entry)
        if image is not None:
            return image if reference.kind == "image" else self.urls.to(whole_picture(image))
        target = self.target(reference, entry)
        if target is None or (target not in self.all_entries and target[0] is not Kind.DELIVERY_MODE):
            return None
        kind, slug = target
        return self.urls.entry(kind, slug) + fragment if slug in self.catalogue.of_kind(kind) else None

    def image(self, reference: InternalLink, entry: Record | None) -> ImageFile | None:
        if entry is not None and reference.kind in ("image", "file"):
            return self.images.get((entry.folder, reference.target))
        return None

    def target(self, reference: InternalLink, entry: Record | None) -> Ref | None:
        """The kind and slug of the entry that a reference names, which need not exist. None if it names no entry."""
        if reference.kind in KIND_NAMES:
            return Kind(reference.kind), reference.target
        if entry is not None and reference.kind == "file":
            path = join_inside(entry.folder, reference.target)
            return self.by_path.get(path) if path else None
        return None
