"""Where the links and images of a body lead: to entries, files and pages of the site, or nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.publication import Ref
from credsite.content.images import ImageFile, Images
from credsite.content.markdown.body import Reference
from credsite.content.records import IMAGE_SUFFIXES, Record
from credsite.core.paths import join_inside
from credsite.problems.model import Location, Problem
from credsite.problems.suggestions import unknown_value_problem
from credsite.schema.kinds import Kind
from credsite.site.urls import Urls

_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class LinkResolver:
    """Resolves references. ``all_entries`` holds the shown and the held back, ``left_out`` the broken ones. ``held_back``
    are those that are not published, though a preview may show them."""

    catalogue: Catalogue
    images: Images
    urls: Urls
    all_entries: Mapping[Ref, Record]
    by_path: Mapping[str, Ref]
    left_out: Collection[Ref]
    held_back: Collection[Ref]

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        images: Images,
        urls: Urls,
        entries: Iterable[Record],
        left_out: Mapping[str, Ref],
    ) -> LinkResolver:
        """``left_out`` leads from the paths of broken files to what they would have been."""
        found = {(entry.kind, entry.slug): entry for entry in entries}
        paths = {entry.path: ref for ref, entry in found.items()}
        held = frozenset((entry.kind, entry.slug) for entry in catalogue.unpublished)
        return cls(catalogue, images, urls, found, {**paths, **left_out}, frozenset(left_out.values()), held)

    def patched(self, catalogue: Catalogue, entries: Iterable[Record]) -> LinkResolver:
        """The same for other words of some ``entries``."""
        found = {**self.all_entries, **{(entry.kind, entry.slug): entry for entry in entries}}
        return replace(self, catalogue=catalogue, all_entries=found)

    def url(self, reference: Reference, entry: Record) -> str | ImageFile | None:
        """Where ``reference`` in the body of ``entry`` leads: a URL, an image, or None for nowhere."""
        fragment = f"#{reference.fragment}" if reference.fragment else ""
        if reference.kind == "fragment":
            return fragment
        if reference.kind == "path":
            return self.urls.to(reference.target.lstrip("/")) + fragment
        image = self.image(reference, entry)
        if image is not None:
            return image if reference.kind == "image" else self.urls.to(image.output)
        ref = self.target(reference, entry)
        if ref is None or (ref not in self.all_entries and ref[0] is not Kind.DELIVERY_MODE):
            return None
        shown = ref[1] in self.catalogue.of_kind(ref[0])
        return self.urls.entry(*ref) + fragment if shown else None

    def image(self, reference: Reference, entry: Record) -> ImageFile | None:
        if reference.kind in ("image", "file"):
            return self.images.get(entry.folder, reference.target)
        return None

    def target(self, reference: Reference, entry: Record) -> Ref | None:
        """The entry that a reference names, whether or not there is one."""
        if reference.kind in _KINDS:
            return Kind(reference.kind), reference.target
        if reference.kind == "file":
            path = join_inside(entry.folder, reference.target)
            return self.by_path.get(path) if path else None
        return None

    def problems(self, site_paths: Collection[str]) -> Iterator[Problem]:
        """What is wrong with the references of all entries. ``site_paths`` are all pages and files of the site."""
        for entry in self.all_entries.values():
            for reference in entry.references:
                problem = self._problem(reference, entry, site_paths)
                if problem is not None:
                    yield problem

    def _problem(self, reference: Reference, entry: Record, site_paths: Collection[str]) -> Problem | None:
        if reference.kind in _KINDS and not reference.fragment and self._is_shown(reference):
            return None
        location = Location(entry.path, snippet=reference.written)
        is_image = reference.target.lower().endswith(IMAGE_SUFFIXES)
        if reference.kind == "image" or (reference.kind == "file" and is_image):
            return None  # the images' own check says it
        if reference.kind == "path":
            path = reference.target.lstrip("/")
            if path in site_paths or f"{path}index.html" in site_paths:
                return None
            message = f"There is no page {reference.target} on this site."
            return unknown_value_problem(
                "broken-link", message, location, f"/{path}", [f"/{one}" for one in site_paths]
            )
        if reference.kind == "fragment":
            return self._fragment_problem(reference, entry, location)
        ref = self.target(reference, entry)
        if ref is None:
            if reference.target.startswith("www."):
                message = f"`{reference.target}` is read as a file of this site. Write the whole web address."
                return Problem("broken-link", message, location, suggestion=f"https://{reference.target}")
            message = f"There is no entry in the file `{reference.target}`. Check the path, which is seen from this file."
            return Problem("broken-link", message, location)
        if ref in self.left_out:
            return None  # its own errors are told
        target = self.all_entries.get(ref)
        if target is None:
            if ref[1] in self.catalogue.of_kind(ref[0]):
                return None  # a delivery mode without a file of its own
            named = (slug for kind, slug in self.all_entries if kind is ref[0])
            known = list(dict.fromkeys([*self.catalogue.of_kind(ref[0]), *named]))
            message = (
                f"There is no {ref[0].value.replace('delivery', 'delivery mode')} `{ref[1]}` to link to."
            )
            return unknown_value_problem("broken-link", message, location, ref[1], known)
        if ref in self.held_back or ref[1] not in self.catalogue.of_kind(ref[0]):
            return Problem(
                "held-back-link",
                f"`{target.path}` is held back, so this link is shown as plain text.",
                location,
            )
        return self._fragment_problem(reference, target, location)

    def _is_shown(self, reference: Reference) -> bool:
        ref = Kind(reference.kind), reference.target
        is_known = ref in self.all_entries and ref not in self.held_back
        return is_known and ref[1] in self.catalogue.of_kind(ref[0])

    def _fragment_problem(self, reference: Reference, target: Record, location: Location) -> Problem | None:
        ids = target.heading_ids
        if (
            not reference.fragment
            or reference.fragment in ids
            or reference.fragment.startswith(("fn:", "fnref:"))
        ):
            return None
        message = f"There is no heading `#{reference.fragment}` in `{target.path}`."
        return unknown_value_problem("broken-link", message, location, reference.fragment, ids)
