"""All entries to one catalogue: what is shown on a date, and every look-up that pages need. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from itertools import islice
from typing import Final, TypeVar

from credsite.catalogue import relations
from credsite.catalogue.clock import Clock
from credsite.catalogue.enrolment import Enrolment, SessionState, enrolment, session_state
from credsite.catalogue.facets import (
    ALL,
    CourseValues,
    FacetRules,
    ListFacets,
    ListKey,
    facet_values,
    list_facets,
)
from credsite.catalogue.pathway_totals import PathwayTotals, pathway_totals
from credsite.catalogue.publication import Ref, Unpublished
from credsite.catalogue.publication_rules import UpcomingChanges, unpublished_entries, with_dependants
from credsite.catalogue.relations import Skill, Slugs, sort_key
from credsite.content.records import (
    CourseRecord,
    DeliveryModeRecord,
    IndustryRecord,
    PageRecord,
    PathwayRecord,
    ProviderRecord,
    Record,
    SessionRecord,
    StoryRecord,
)
from credsite.schema.kinds import Kind
from credsite.schema.vocabularies import DELIVERY_MODES

_FEATURED_COURSES: Final = 6
_FEATURED: Final = 3
_STARTS: Final = 8
_COMING: Final = 500

FIELD_OF_KIND: Final[Mapping[Kind, str]] = {
    Kind.COURSE: "courses",
    Kind.STORY: "stories",
    Kind.PATHWAY: "pathways",
    Kind.PROVIDER: "providers",
    Kind.INDUSTRY: "industries",
    Kind.DELIVERY_MODE: "modes",
    Kind.PAGE: "pages",
}
"""The field of a catalogue that has the entries of a kind. Those of all other kinds are in ``other_entries``."""

OWN: Final = ("enrolment", "sessions")
"""What a catalogue has of each course that follows from the course alone, and the day."""

Known = TypeVar("Known", bound=Record)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is shown on the clock's date, by slug, in the order of lists; and the relations between it.

    ``by_pair`` has a key for each industry and mode that share a course. ``sizes`` says how many courses an industry, a
    mode and a pair of them has, with "" for any. ``facet_values`` are what a course has of each facet, ``facets`` how
    often the courses of a list have each value. ``pathways_of`` leads from a course to its pathways, ``leads_to`` to
    the courses that require it. Every slug in here can be looked up in here.

    ``skill_names`` leads from a skill's key to its name, and to the slug of its page or "". ``sessions`` holds the
    sessions of a course in order of their starts, each with its state; ``starts`` the next ones of all that one can
    enrol in, soonest first, by course and number, and ``coming`` these and many more. ``featured`` are slugs for the
    home page, by ``courses``, ``stories`` and ``pathways``.
    """

    clock: Clock
    courses: Mapping[str, CourseRecord]
    stories: Mapping[str, StoryRecord]
    pathways: Mapping[str, PathwayRecord]
    providers: Mapping[str, ProviderRecord]
    industries: Mapping[str, IndustryRecord]
    modes: Mapping[str, DeliveryModeRecord | None]
    pages: Mapping[str, PageRecord]
    other_entries: Mapping[Ref, Record]
    by_industry: Mapping[str, Slugs]
    by_mode: Mapping[str, Slugs]
    by_pair: Mapping[tuple[str, str], Slugs]
    by_provider: Mapping[str, Slugs]
    by_partner: Mapping[str, Slugs]
    sizes: Mapping[tuple[str, str], int]
    facet_values: Mapping[str, CourseValues]
    facets: Mapping[ListKey, ListFacets]
    skills: Mapping[str, Skill]
    skill_names: Mapping[str, tuple[str, str]]
    stories_of: Mapping[str, Slugs]
    stories_by_industry: Mapping[str, Slugs]
    stories_by_background: Mapping[str, Slugs]
    stories_by_mode: Mapping[str, Slugs]
    pathways_of: Mapping[str, Slugs]
    pathways_by_industry: Mapping[str, Slugs]
    pathways_by_provider: Mapping[str, Slugs]
    leads_to: Mapping[str, Slugs]
    related: Mapping[str, Slugs]
    enrolment: Mapping[str, Enrolment]
    sessions: Mapping[str, tuple[tuple[int, SessionState], ...]]
    starts: Mapping[tuple[str, str], SessionRecord]
    coming: Mapping[tuple[str, str], SessionRecord]
    featured: Mapping[str, Slugs]
    totals: Mapping[str, PathwayTotals]
    unpublished: tuple[Unpublished, ...]
    changes: UpcomingChanges

    def entry(self, kind: Kind, slug: str) -> Record | None:
        """The shown entry of a kind with a slug, if there is one."""
        field = FIELD_OF_KIND.get(kind)
        return getattr(self, field).get(slug) if field else self.other_entries.get((kind, slug))

    def of_kind(self, kind: Kind) -> Mapping[str, Record | None]:
        if kind in FIELD_OF_KIND:
            return getattr(self, FIELD_OF_KIND[kind])  # type: ignore[no-any-return]
        return {slug: entry for (of_kind, slug), entry in self.other_entries.items() if of_kind == kind}


def field_and_key(entry: Record) -> tuple[str, str | Ref]:
    """Where a catalogue has ``entry``: the name of the field, and the key in it."""
    field = FIELD_OF_KIND.get(entry.kind)
    return (field, entry.slug) if field else ("other_entries", (entry.kind, entry.slug))


def build_catalogue(
    entries: Sequence[Record],
    clock: Clock,
    *,
    include_drafts: bool = False,
    include_unpublished: bool = False,
    invalid_entries: Mapping[str, Ref] = {},
    currency: str = "",
    related_cache: relations.RelatedCache | None = None,
    cost_bands: tuple[int, ...] = (),
) -> Catalogue:
    """The catalogue of ``entries`` (each kind and slug once) on ``clock``'s date.

    ``currency`` is the site's own, "" for none, and ``cost_bands`` are the amounts of it between which costs are told
    apart.

    ``left_out`` leads from the paths of entries that exist but are broken to what they would have been: whatever
    needs one of them is held back with it. ``nearest`` remembers which courses are near to each other.

    Where ``include_unpublished``, all that is held back for another reason is shown all the same, and yet told of in ``held_back``.
    """
    broken = {
        ref: Unpublished(*ref, path, title="", reason="needs", for_errors=True)
        for path, ref in invalid_entries.items()
    }
    held = unpublished_entries(
        entries, clock, drafts=include_drafts and not include_unpublished, invalid=broken
    )
    away = with_dependants(entries, broken) if include_unpublished else held
    shown = [entry for entry in entries if (entry.kind, entry.slug) not in away]
    courses = _sorted(shown, CourseRecord)
    stories = _sorted(shown, StoryRecord)
    pathways = _sorted(shown, PathwayRecord)
    industries = _sorted(shown, IndustryRecord)
    skills = relations.skills(courses)
    by_industry = _in_order(
        relations.grouped((i, slug) for slug, c in courses.items() for i in c.industries), industries
    )
    pathways_of = relations.grouped(
        (course, slug)
        for slug, p in pathways.items()
        for step in p.steps
        for course in step.courses
        if course in courses
    )
    sessions = {slug: _sessions(course, clock.today) for slug, course in courses.items()}
    coming = _coming(courses, sessions)
    courses_of_pathway = relations.grouped(
        (p, course) for course, found in pathways_of.items() for p in found
    )
    modes = _modes(shown)
    by_mode = relations.grouped((m, slug) for slug, c in courses.items() for m in c.delivery_modes)
    by_pair = _pairs(courses, industries)
    by_provider = relations.grouped((c.provider, slug) for slug, c in courses.items())
    states = {slug: enrolment(course, clock.today) for slug, course in courses.items()}
    values = facet_values(
        courses, industries, states, sessions, FacetRules(clock.today, currency, cost_bands)
    )
    lists: dict[ListKey, Slugs] = {
        ALL: tuple(courses),
        **{("industry", slug): found for slug, found in by_industry.items()},
        **{("mode", mode): found for mode, found in by_mode.items()},
        **{("pair", *pair): found for pair, found in by_pair.items()},
        **{("provider", slug): found for slug, found in by_provider.items()},
        **{("skill", key): skill.courses for key, skill in skills.items() if len(skill.courses) > 1},
    }
    return Catalogue(
        clock=clock,
        courses=courses,
        stories=stories,
        pathways=pathways,
        providers=_sorted(shown, ProviderRecord),
        industries=industries,
        modes=modes,
        pages=_sorted(shown, PageRecord),
        other_entries=_other_entries(shown),
        by_industry=by_industry,
        by_mode=by_mode,
        by_pair=by_pair,
        by_provider=by_provider,
        by_partner=relations.grouped((p, slug) for slug, c in courses.items() for p in c.partners),
        sizes={
            ("", ""): len(courses),
            **{(slug, ""): len(found) for slug, found in by_industry.items()},
            **{("", mode): len(found) for mode, found in by_mode.items()},
            **{pair: len(found) for pair, found in by_pair.items()},
        },
        facet_values=values,
        facets=list_facets(lists, values),
        skills=skills,
        skill_names={
            key: (skill.name, skill.slug if len(skill.courses) > 1 else "") for key, skill in skills.items()
        },
        stories_of=relations.grouped(
            (c, slug) for slug, s in stories.items() for c in s.courses if c in courses
        ),
        stories_by_industry=_in_order(
            relations.grouped(
                (i, slug) for slug, s in stories.items() for i in relations.course_industries(s, courses)
            ),
            industries,
        ),
        stories_by_background=relations.grouped(
            (b, slug) for slug, s in stories.items() for b in s.background
        ),
        stories_by_mode=_in_order(
            relations.grouped(
                (m, slug) for slug, s in stories.items() for m in relations.story_modes(s, courses)
            ),
            modes,
        ),
        pathways_of=pathways_of,
        pathways_by_industry=_in_order(
            relations.grouped(
                (i, slug) for slug, p in pathways.items() for i in relations.course_industries(p, courses)
            ),
            industries,
        ),
        pathways_by_provider=relations.grouped(
            (p.provider, slug) for slug, p in pathways.items() if p.provider
        ),
        leads_to=relations.grouped(
            (needed, slug) for slug, c in courses.items() for needed in c.prerequisites if needed in courses
        ),
        related=(related_cache or relations.RelatedCache()).related(
            courses,
            [
                (4, courses_of_pathway),
                (3, {key: skill.courses for key, skill in skills.items()}),
                (2, by_industry),
            ],
        ),
        enrolment=states,
        sessions=sessions,
        starts=dict(islice(coming.items(), _STARTS)),
        coming=coming,
        featured={
            "courses": _featured(courses, _FEATURED_COURSES),
            "stories": _featured(stories, _FEATURED),
            "pathways": _featured(pathways, _FEATURED),
        },
        totals={slug: pathway_totals(pathway, courses, currency) for slug, pathway in pathways.items()},
        unpublished=tuple(sorted((h for ref, h in held.items() if ref not in broken), key=lambda h: h.path)),
        changes=UpcomingChanges(entries, held, clock),
    )


def _of(entries: Iterable[Record], model: type[Known]) -> list[Known]:
    return [entry for entry in entries if isinstance(entry, model)]


def entry_sort_key(entry: Record) -> tuple[int, str, str]:
    """What the entries of a kind are sorted by."""
    return getattr(entry, "order", 0), sort_key(entry.title), entry.slug


def _sorted(entries: Iterable[Record], model: type[Known]) -> dict[str, Known]:
    return {entry.slug: entry for entry in sorted(_of(entries, model), key=entry_sort_key)}


def _other_entries(entries: Iterable[Record]) -> dict[Ref, Record]:
    kinds = set(Kind) - FIELD_OF_KIND.keys()
    others = [entry for entry in entries if entry.kind in kinds] if kinds else []
    return {
        (entry.kind, entry.slug): entry
        for entry in sorted(others, key=lambda entry: (entry.kind, entry_sort_key(entry)))
    }


def _modes(entries: Iterable[Record]) -> dict[str, DeliveryModeRecord | None]:
    written = _sorted(entries, DeliveryModeRecord)
    orders = {mode: entry.order if (entry := written.get(mode)) else 1000 for mode in DELIVERY_MODES}
    return {mode: written.get(mode) for mode in sorted(DELIVERY_MODES, key=orders.__getitem__)}


def _sessions(course: CourseRecord, today: date) -> tuple[tuple[int, SessionState], ...]:
    """The numbers and states of a course's sessions, in order of their starts."""
    numbers = sorted(range(len(course.sessions)), key=lambda number: course.sessions[number].starts)
    return tuple((number, session_state(course.sessions[number], today)) for number in numbers)


def _coming(
    courses: relations.Courses, sessions: Mapping[str, tuple[tuple[int, SessionState], ...]]
) -> dict[tuple[str, str], SessionRecord]:
    soonest = nsmallest(
        _COMING,
        (
            (courses[slug].sessions[number].starts, slug, number)
            for slug, states in sessions.items()
            for number, state in states
            if state == "open"
        ),
    )
    return {(slug, str(number)): courses[slug].sessions[number] for _, slug, number in soonest}


def _featured(entries: Mapping[str, Record], most: int) -> Slugs:
    """The featured entries, or the first ones where none is featured."""
    chosen = [slug for slug, entry in entries.items() if entry.featured]
    return tuple((chosen or list(entries))[:most])


def _pairs(courses: relations.Courses, industries: Mapping[str, object]) -> dict[tuple[str, str], Slugs]:
    found: dict[tuple[str, str], list[str]] = {}
    for slug, course in courses.items():
        for industry in course.industries:
            for mode in course.delivery_modes:
                if industry in industries:
                    found.setdefault((industry, mode), []).append(slug)
    return {pair: tuple(dict.fromkeys(slugs)) for pair, slugs in found.items()}


def _in_order(groups: Mapping[str, Slugs], order: Iterable[str]) -> dict[str, Slugs]:
    """The groups whose keys are in ``order``, in that order."""
    return {key: groups[key] for key in order if key in groups}
