"""The catalogue: what is shown on a date, and every look-up that pages need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from credsite.catalogue.clock import Clock
from credsite.catalogue.coming_sessions import SessionKey
from credsite.catalogue.enrolment import Enrolment, SessionStates
from credsite.catalogue.facets import (
    CourseValues,
    ListFacets,
    ListKey,
)
from credsite.catalogue.newest import NewestEntry
from credsite.catalogue.pathway_totals import PathwayTotals
from credsite.catalogue.publication import UpcomingChanges
from credsite.catalogue.relations import Slugs
from credsite.catalogue.session_history import Revisions
from credsite.catalogue.skills import TaughtSkill
from credsite.catalogue.unpublished import Ref, Unpublished
from credsite.content.records import (
    CourseRecord,
    DeliveryModeRecord,
    IndustryRecord,
    PageRecord,
    PathwayRecord,
    PlaceRecord,
    ProviderRecord,
    Record,
    SessionRecord,
    StoryRecord,
)
from credsite.core.text import sort_key
from credsite.schema.kinds import Kind

FIELD_OF_KIND: Final[Mapping[Kind, str]] = {
    Kind.COURSE: "courses",
    Kind.STORY: "stories",
    Kind.PATHWAY: "pathways",
    Kind.PROVIDER: "providers",
    Kind.PLACE: "places",
    Kind.INDUSTRY: "industries",
    Kind.DELIVERY_MODE: "modes",
    Kind.PAGE: "pages",
}
"""The field of a catalogue that has the entries of a kind. Those of all other kinds are in ``other_entries``."""

OWN: Final = ("enrolment", "sessions")
"""The fields of a catalogue whose values depend on nothing but one course and the day."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries that are shown on the clock's date, and the relations between them.

    Entries are by slug, in the order of lists. Every slug in any field can be looked up here.

    - ``as_of`` stands for the time: two catalogues of the same entries with the same are equal, whatever their clocks say.
    - ``by_place`` has the courses of a place, ``places_of`` the places of a course: its own and those of its sessions that
      are not over. ``sessions_at`` has the next sessions at a place, soonest first, by course and number.
    - ``by_pair`` has a key for each industry and delivery mode that have a course in common.
    - ``by_detail`` has the courses with a value of an own field whose values have pages, by the field's id and the value.
    - ``sizes`` has the number of courses of each industry, mode and pair of them; "" stands for any.
    - ``letters`` has by each letter the place in ``courses`` of the first title that begins with it; nothing for a short list.
    - ``facet_values`` has each course's values of each facet, ``facets`` the number of courses of a list with each value.
    - ``skill_names`` has by a skill's key its name, and the slug of its page or "".
    - ``pathways_of`` has the pathways of a course, ``leads_to`` the courses that require it.
    - ``sessions`` has the sessions of a course in the order of their starts, each as its number and its state.
    - ``coming`` has the next sessions of all courses that are open for enrolment, soonest first, by course and number;
      ``coming_of`` has them for each industry and delivery mode.
    - ``revisions`` has those of the sessions of each course of which published dates are known.
    - ``newest`` has the newest courses or stories of each list with a feed.
    - ``featured`` has the slugs that the home page chooses from, by ``courses``, ``stories`` and ``pathways``.
    """

    clock: Clock
    as_of: str
    courses: Mapping[str, CourseRecord]
    stories: Mapping[str, StoryRecord]
    pathways: Mapping[str, PathwayRecord]
    providers: Mapping[str, ProviderRecord]
    places: Mapping[str, PlaceRecord]
    industries: Mapping[str, IndustryRecord]
    modes: Mapping[str, DeliveryModeRecord | None]
    pages: Mapping[str, PageRecord]
    other_entries: Mapping[Ref, Record]
    by_industry: Mapping[str, Slugs]
    by_mode: Mapping[str, Slugs]
    by_pair: Mapping[tuple[str, str], Slugs]
    by_provider: Mapping[str, Slugs]
    by_partner: Mapping[str, Slugs]
    by_detail: Mapping[tuple[str, str], Slugs]
    by_place: Mapping[str, Slugs]
    places_of: Mapping[str, Slugs]
    sessions_at: Mapping[str, tuple[tuple[str, int], ...]]
    providers_at: Mapping[str, Slugs]
    sizes: Mapping[tuple[str, str], int]
    letters: Mapping[str, int]
    facet_values: Mapping[str, CourseValues]
    facets: Mapping[ListKey, ListFacets]
    skills: Mapping[str, TaughtSkill]
    skill_names: Mapping[str, tuple[str, str]]
    stories_of: Mapping[str, Slugs]
    stories_about: Mapping[str, Slugs]
    stories_by_industry: Mapping[str, Slugs]
    stories_by_background: Mapping[str, Slugs]
    stories_by_mode: Mapping[str, Slugs]
    pathways_of: Mapping[str, Slugs]
    pathways_by_industry: Mapping[str, Slugs]
    pathways_by_provider: Mapping[str, Slugs]
    leads_to: Mapping[str, Slugs]
    related: Mapping[str, Slugs]
    enrolment: Mapping[str, Enrolment]
    sessions: Mapping[str, SessionStates]
    coming: Mapping[tuple[str, str], SessionRecord]
    coming_of: Mapping[ListKey, tuple[SessionKey, ...]]
    revisions: Mapping[str, Revisions]
    featured: Mapping[str, Slugs]
    newest: Mapping[ListKey, tuple[NewestEntry, ...]]
    totals: Mapping[str, PathwayTotals]
    unpublished: tuple[Unpublished, ...]
    changes: UpcomingChanges

    @property
    def story_lists(self) -> Mapping[str, Mapping[str, Slugs]]:
        """The stories of each background, industry and delivery mode, by these facets."""
        return {
            "background": self.stories_by_background,
            "industry": self.stories_by_industry,
            "mode": self.stories_by_mode,
        }

    def entry(self, kind: Kind, slug: str) -> Record | None:
        """The shown entry of a kind with a slug, if there is one."""
        field = FIELD_OF_KIND.get(kind)
        return getattr(self, field).get(slug) if field else self.other_entries.get((kind, slug))

    def entries(self) -> Iterator[Record]:
        """All entries that are shown, kind after kind."""
        return (entry for kind in Kind for entry in self.of_kind(kind).values() if entry is not None)

    def of_kind(self, kind: Kind) -> Mapping[str, Record | None]:
        if kind in FIELD_OF_KIND:
            return getattr(self, FIELD_OF_KIND[kind])  # type: ignore[no-any-return]
        return {slug: entry for (of_kind, slug), entry in self.other_entries.items() if of_kind == kind}


def field_and_key(entry: Record) -> tuple[str, str | Ref]:
    """Where a catalogue holds ``entry``: the name of the field, and the key in it."""
    field = FIELD_OF_KIND.get(entry.kind)
    return (field, entry.slug) if field else ("other_entries", (entry.kind, entry.slug))


def entry_sort_key(entry: Record) -> tuple[int, str, str]:
    """What the entries of a kind are sorted by."""
    return getattr(entry, "order", 0), sort_key(entry.title), entry.slug
