"""All entries to one catalogue: what is shown on a date, and every look-up that pages need. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from credsite.catalogue import relations
from credsite.catalogue.clock import Clock
from credsite.catalogue.enrolment import Enrolment, enrolment
from credsite.catalogue.relations import Skill, Slugs, sort_key
from credsite.catalogue.totals import Totals, totals
from credsite.catalogue.visibility import Change, HeldBack, Ref, changes, held_back
from credsite.content.model import (
    Course,
    DeliveryModeFields,
    Entry,
    EntryFields,
    Industry,
    Kind,
    Page,
    Pathway,
    Provider,
    Story,
)

MODES: Final = ("online", "in-person", "blended", "hybrid")
"""The delivery modes, in the order in which they stand where no entry says otherwise."""

Fields = TypeVar("Fields", bound=EntryFields)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is shown on the clock's date, by slug, in the order of lists; and the relations between it.

    ``by_pair`` has a key for each industry and mode that share a course. ``pathways_of`` leads from a course to
    its pathways, ``leads_to`` to the courses that require it. Every slug in here can be looked up in here.
    """

    clock: Clock
    courses: Mapping[str, Entry[Course]]
    stories: Mapping[str, Entry[Story]]
    pathways: Mapping[str, Entry[Pathway]]
    providers: Mapping[str, Entry[Provider]]
    industries: Mapping[str, Entry[Industry]]
    modes: Mapping[str, Entry[DeliveryModeFields] | None]
    pages: Mapping[str, Entry[Page]]
    by_industry: Mapping[str, Slugs]
    by_mode: Mapping[str, Slugs]
    by_pair: Mapping[tuple[str, str], Slugs]
    by_provider: Mapping[str, Slugs]
    by_partner: Mapping[str, Slugs]
    skills: Mapping[str, Skill]
    stories_of: Mapping[str, Slugs]
    stories_by_industry: Mapping[str, Slugs]
    stories_by_background: Mapping[str, Slugs]
    pathways_of: Mapping[str, Slugs]
    pathways_by_industry: Mapping[str, Slugs]
    pathways_by_provider: Mapping[str, Slugs]
    leads_to: Mapping[str, Slugs]
    related: Mapping[str, Slugs]
    enrolment: Mapping[str, Enrolment]
    totals: Mapping[str, Totals]
    held_back: tuple[HeldBack, ...]
    changes: tuple[Change, ...]

    def entry(self, kind: Kind, slug: str) -> Entry[EntryFields] | None:
        """The shown entry of a kind with a slug, if there is one."""
        return self.of_kind(kind).get(slug)

    def of_kind(self, kind: Kind) -> Mapping[str, Entry[EntryFields] | None]:
        return {
            Kind.COURSE: self.courses,
            Kind.STORY: self.stories,
            Kind.PATHWAY: self.pathways,
            Kind.PROVIDER: self.providers,
            Kind.INDUSTRY: self.industries,
            Kind.DELIVERY_MODE: self.modes,
            Kind.PAGE: self.pages,
        }[kind]


def build(
    entries: Sequence[Entry[EntryFields]],
    clock: Clock,
    *,
    drafts: bool = False,
    left_out: Mapping[str, Ref] = {},
    currency: str = "",
) -> Catalogue:
    """The catalogue of ``entries`` (each kind and slug once) on ``clock``'s date.

    ``left_out`` leads from the paths of entries that exist but are broken to what they would have been: whatever
    needs one of them is held back with it.
    """
    broken = {
        ref: HeldBack(*ref, path, title="", reason="needs", for_errors=True) for path, ref in left_out.items()
    }
    held = held_back(entries, clock, drafts=drafts, left_out=broken)
    shown = [entry for entry in entries if (entry.kind, entry.slug) not in held]
    courses = _by_title(shown, Course)
    stories = _by_title(shown, Story)
    pathways = _by_title(shown, Pathway)
    industries = _by_order(shown, Industry)
    skills = relations.skills(courses)
    by_industry = _in_order(
        relations.grouped((i, slug) for slug, c in courses.items() for i in c.fields.industries), industries
    )
    pathways_of = relations.grouped(
        (course, slug)
        for slug, p in pathways.items()
        for step in p.fields.steps
        for course in step.courses
        if course in courses
    )
    courses_of_pathway = relations.grouped(
        (p, course) for course, found in pathways_of.items() for p in found
    )
    return Catalogue(
        clock=clock,
        courses=courses,
        stories=stories,
        pathways=pathways,
        providers=_by_title(shown, Provider),
        industries=industries,
        modes=_modes(shown),
        pages=_by_order(shown, Page),
        by_industry=by_industry,
        by_mode=relations.grouped((m, slug) for slug, c in courses.items() for m in c.fields.delivery_modes),
        by_pair=_pairs(courses, industries),
        by_provider=relations.grouped((c.fields.provider, slug) for slug, c in courses.items()),
        by_partner=relations.grouped((p, slug) for slug, c in courses.items() for p in c.fields.partners),
        skills=skills,
        stories_of=relations.grouped(
            (c, slug) for slug, s in stories.items() for c in s.fields.courses if c in courses
        ),
        stories_by_industry=_in_order(
            relations.grouped(
                (i, slug)
                for slug, s in stories.items()
                for i in relations.course_industries(s.fields, courses)
            ),
            industries,
        ),
        stories_by_background=relations.grouped(
            (b, slug) for slug, s in stories.items() for b in s.fields.background
        ),
        pathways_of=pathways_of,
        pathways_by_industry=_in_order(
            relations.grouped(
                (i, slug)
                for slug, p in pathways.items()
                for i in relations.course_industries(p.fields, courses)
            ),
            industries,
        ),
        pathways_by_provider=relations.grouped(
            (p.fields.provider, slug) for slug, p in pathways.items() if p.fields.provider
        ),
        leads_to=relations.grouped(
            (needed, slug)
            for slug, c in courses.items()
            for needed in c.fields.prerequisites
            if needed in courses
        ),
        related=relations.related(
            courses,
            [
                (4, courses_of_pathway),
                (3, {key: skill.courses for key, skill in skills.items()}),
                (2, by_industry),
            ],
        ),
        enrolment={slug: enrolment(course.fields, clock.today) for slug, course in courses.items()},
        totals={slug: totals(pathway.fields, courses, currency) for slug, pathway in pathways.items()},
        held_back=tuple(sorted((h for ref, h in held.items() if ref not in broken), key=lambda h: h.path)),
        changes=tuple(changes(entries, held, clock)),
    )


def _of(entries: Iterable[Entry[EntryFields]], model: type[Fields]) -> list[Entry[Fields]]:
    return [entry for entry in entries if isinstance(entry.fields, model)]  # type: ignore[misc]


def _by_title(entries: Iterable[Entry[EntryFields]], model: type[Fields]) -> dict[str, Entry[Fields]]:
    ordered = sorted(_of(entries, model), key=lambda entry: (sort_key(entry.title), entry.slug))
    return {entry.slug: entry for entry in ordered}


def _by_order(entries: Iterable[Entry[EntryFields]], model: type[Fields]) -> dict[str, Entry[Fields]]:
    ordered = sorted(
        _of(entries, model), key=lambda e: (getattr(e.fields, "order", 0), sort_key(e.title), e.slug)
    )
    return {entry.slug: entry for entry in ordered}


def _modes(entries: Iterable[Entry[EntryFields]]) -> dict[str, Entry[DeliveryModeFields] | None]:
    written = _by_order(entries, DeliveryModeFields)
    positions = {
        mode: (entry.fields.order if (entry := written.get(mode)) else 1000, MODES.index(mode))
        for mode in MODES
    }
    return {mode: written.get(mode) for mode in sorted(MODES, key=positions.__getitem__)}


def _pairs(courses: relations.Courses, industries: Mapping[str, object]) -> dict[tuple[str, str], Slugs]:
    found: dict[tuple[str, str], list[str]] = {}
    for slug, course in courses.items():
        for industry in course.fields.industries:
            for mode in course.fields.delivery_modes:
                if industry in industries:
                    found.setdefault((industry, mode), []).append(slug)
    return {pair: tuple(dict.fromkeys(slugs)) for pair, slugs in found.items()}


def _in_order(groups: Mapping[str, Slugs], order: Iterable[str]) -> dict[str, Slugs]:
    """The groups whose keys are in ``order``, in that order."""
    return {key: groups[key] for key in order if key in groups}
