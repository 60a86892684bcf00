"""Which courses and stories are on which lists, for generators that are given finished lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.catalogues.catalogue import Catalogue, Entry, slugified
from benchmarks.catalogues.vocabulary import MODES

PAGE_SIZE: Final = 24


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list at ``base``. ``items`` are slugs in ``folder``; only the first page shows ``text``.

    The filters of the page link to the pairs of ``industry`` with each delivery mode.
    """

    base: str
    title: str
    folder: str
    number: int
    pages: int
    total: int
    items: tuple[str, ...]
    filters: bool = False
    industry: str = ""
    text: str = ""

    @property
    def path(self) -> str:
        return self.base if self.number == 1 else f"{self.base}page/{self.number}/"


@dataclass(frozen=True)
class Listings:
    """All lists of a catalogue. ``counts`` are the numbers of courses by industry, mode and pair, by path."""

    pages: tuple[ListPage, ...]
    counts: dict[str, int]
    shared_skills: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Listings:
        maker = _ListingsBuilder()
        maker.collect(catalogue)
        return maker.listings(catalogue)


class _ListingsBuilder:
    def __init__(self) -> None:
        self._members: dict[str, list[tuple[str, str]]] = {}
        self._skills: Counter[str] = Counter()

    def collect(self, catalogue: Catalogue) -> None:
        for course in catalogue.courses():
            fields = course.fields
            self._skills.update(fields["skills"])
            self._add("courses/", course)
            self._add(f"providers/{fields['provider']}/", course)
            for industry in fields["industries"]:
                self._add(f"industries/{industry}/", course)
                for mode in fields["delivery_modes"]:
                    self._add(f"industries/{industry}/{mode}/", course)
            for mode in fields["delivery_modes"]:
                self._add(f"delivery/{mode}/", course)
            for skill in fields["skills"]:
                self._add(f"skills/{slugified(skill)}/", course)
        for story in catalogue.stories:
            self._add("stories/", story)
            for industry in story.fields["industries"]:
                self._add(f"stories/industry/{industry}/", story)
            for background in story.fields["background"]:
                self._add(f"stories/background/{background}/", story)
        for pathway in catalogue.pathways:
            self._add("pathways/", pathway)

    def _add(self, path: str, entry: Entry) -> None:
        self._members.setdefault(path, []).append((entry.title, entry.slug))

    def listings(self, catalogue: Catalogue) -> Listings:
        shared = frozenset(skill for skill, count in self._skills.items() if count > 1)
        counts = {
            path: len(found) for path, found in self._members.items() if path.startswith(("ind", "del"))
        }
        return Listings(tuple(self._pages(catalogue, shared)), counts, shared)

    def _pages(self, catalogue: Catalogue, shared: Iterable[str]) -> Iterator[ListPage]:
        yield from self._paged("courses/", "All courses", filters=True)
        for industry in catalogue.industries:
            path = f"industries/{industry.slug}/"
            yield from self._paged(
                path, industry.title, filters=True, industry=industry.slug, text=industry.body
            )
            for mode, name in MODES.items():
                title = f"{name} courses in {industry.title}"
                yield from self._paged(f"{path}{mode}/", title, filters=True, industry=industry.slug)
            yield from self._paged(
                f"stories/industry/{industry.slug}/", f"Stories from {industry.title}", "stories"
            )
        for mode, name in MODES.items():
            yield from self._paged(f"delivery/{mode}/", f"{name} courses", filters=True)
        for provider in catalogue.providers:
            yield from self._paged(f"providers/{provider.slug}/", provider.title, text=provider.body)
        for skill in sorted(shared):
            yield from self._paged(f"skills/{slugified(skill)}/", f"Courses that teach {skill}")
        yield from self._paged("stories/", "Stories", "stories")
        yield from self._paged("pathways/", "Pathways", "pathways")
        for path in sorted(path for path in self._members if path.startswith("stories/background/")):
            yield from self._paged(path, f"Stories: {path.split('/')[-2]}", "stories")

    def _paged(
        self,
        base: str,
        title: str,
        folder: str = "courses",
        *,
        filters: bool = False,
        industry: str = "",
        text: str = "",
    ) -> Iterator[ListPage]:
        members = [slug for _, slug in sorted(self._members.get(base, ()))]
        pages = -(-len(members) // PAGE_SIZE)
        for number in range(1, pages + 1):
            yield ListPage(
                base=base,
                title=title,
                folder=folder,
                number=number,
                pages=pages,
                total=len(members),
                items=tuple(members[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]),
                filters=filters,
                industry=industry,
                text=text if number == 1 else "",
            )
