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
    ListFacets,
    ListKey,
    Rules,
    course_values,
    list_facets,
)
from credsite.catalogue.pathway_totals import Totals, totals
from credsite.catalogue.publication import HeldBack, Ref
from credsite.catalogue.publication_rules import Changes, held_back, with_those_in_need
from credsite.catalogue.relations import Skill, Slugs, sort_key
from credsite.content.records import (
    CourseFacts,
    DeliveryModeFacts,
    Facts,
    IndustryFacts,
    PageFacts,
    PathwayFacts,
    ProviderFacts,
    SessionFact,
    StoryFacts,
)
from credsite.schema.kinds import Kind
from credsite.schema.vocabularies import DELIVERY_MODES

_FEATURED_COURSES: Final = 6
_FEATURED: Final = 3
_STARTS: Final = 8
_COMING: Final = 500

FIELDS: Final[Mapping[Kind, str]] = {
    Kind.COURSE: "courses",
    Kind.STORY: "stories",
    Kind.PATHWAY: "pathways",
    Kind.PROVIDER: "providers",
    Kind.INDUSTRY: "industries",
    Kind.DELIVERY_MODE: "modes",
    Kind.PAGE: "pages",
}
"""Where a catalogue has the entries of each kind."""

OWN: Final = ("enrolment", "sessions")
"""What a catalogue has of each course that follows from the course alone, and the day."""

Known = TypeVar("Known", bound=Facts)


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
    courses: Mapping[str, CourseFacts]
    stories: Mapping[str, StoryFacts]
    pathways: Mapping[str, PathwayFacts]
    providers: Mapping[str, ProviderFacts]
    industries: Mapping[str, IndustryFacts]
    modes: Mapping[str, DeliveryModeFacts | None]
    pages: Mapping[str, PageFacts]
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
    starts: Mapping[tuple[str, str], SessionFact]
    coming: Mapping[tuple[str, str], SessionFact]
    featured: Mapping[str, Slugs]
    totals: Mapping[str, Totals]
    held_back: tuple[HeldBack, ...]
    changes: Changes

    def entry(self, kind: Kind, slug: str) -> Facts | None:
        """The shown entry of a kind with a slug, if there is one."""
        return self.of_kind(kind).get(slug)

    def of_kind(self, kind: Kind) -> Mapping[str, Facts | None]:
        return getattr(self, FIELDS[kind])  # type: ignore[no-any-return]


def build(
    entries: Sequence[Facts],
    clock: Clock,
    *,
    drafts: bool = False,
    all_shown: bool = False,
    left_out: Mapping[str, Ref] = {},
    currency: str = "",
    nearest: relations.Nearest | None = None,
    cost_bands: tuple[int, ...] = (),
) -> Catalogue:
    """The catalogue of ``entries`` (each kind and slug once) on ``clock``'s date.

    ``currency`` is the site's own, "" for none, and ``cost_bands`` are the amounts of it between which costs are told
    apart.

    ``left_out`` leads from the paths of entries that exist but are broken to what they would have been: whatever
    needs one of them is held back with it. ``nearest`` remembers which courses are near to each other.

    Where ``all_shown``, all that is held back for another reason is shown all the same, and yet told of in ``held_back``.
    """
    broken = {
        ref: HeldBack(*ref, path, title="", reason="needs", for_errors=True) for path, ref in left_out.items()
    }
    held = held_back(entries, clock, drafts=drafts and not all_shown, left_out=broken)
    away = with_those_in_need(entries, broken) if all_shown else held
    shown = [entry for entry in entries if (entry.kind, entry.slug) not in away]
    courses = _sorted(shown, CourseFacts)
    stories = _sorted(shown, StoryFacts)
    pathways = _sorted(shown, PathwayFacts)
    industries = _sorted(shown, IndustryFacts)
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
    values = course_values(courses, industries, states, sessions, Rules(clock.today, currency, cost_bands))
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
        providers=_sorted(shown, ProviderFacts),
        industries=industries,
        modes=modes,
        pages=_sorted(shown, PageFacts),
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
        related=(nearest or relations.Nearest()).of(
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
        totals={slug: totals(pathway, courses, currency) for slug, pathway in pathways.items()},
        held_back=tuple(sorted((h for ref, h in held.items() if ref not in broken), key=lambda h: h.path)),
        changes=Changes(entries, held, clock),
    )


def _of(entries: Iterable[Facts], model: type[Known]) -> list[Known]:
    return [entry for entry in entries if isinstance(entry, model)]


def in_order_of(entry: Facts) -> tuple[int, str, str]:
    """What the entries of a kind are sorted by."""
    return getattr(entry, "order", 0), sort_key(entry.title), entry.slug


def _sorted(entries: Iterable[Facts], model: type[Known]) -> dict[str, Known]:
    return {entry.slug: entry for entry in sorted(_of(entries, model), key=in_order_of)}


def _modes(entries: Iterable[Facts]) -> dict[str, DeliveryModeFacts | None]:
    written = _sorted(entries, DeliveryModeFacts)
    orders = {mode: entry.order if (entry := written.get(mode)) else 1000 for mode in DELIVERY_MODES}
    return {mode: written.get(mode) for mode in sorted(DELIVERY_MODES, key=orders.__getitem__)}


def _sessions(course: CourseFacts, today: date) -> tuple[tuple[int, SessionState], ...]:
    """The numbers and states of a course's sessions, in order of their starts."""
    numbers = sorted(range(len(course.sessions)), key=lambda number: course.sessions[number].starts)
    return tuple((number, session_state(course.sessions[number], today)) for number in numbers)


def _coming(
    courses: relations.Courses, sessions: Mapping[str, tuple[tuple[int, SessionState], ...]]
) -> dict[tuple[str, str], SessionFact]:
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


def _featured(entries: Mapping[str, Facts], most: int) -> Slugs:
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
