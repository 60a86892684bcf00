"""From records to the catalogue of a date. Pure: it reads no files, and the date comes from the clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from credsite.catalogue.catalogue import FIELD_OF_KIND, Catalogue, entry_sort_key
from credsite.catalogue.clock import Clock
from credsite.catalogue.coming_sessions import (
    coming_of_lists,
    coming_sessions,
    open_sessions,
)
from credsite.catalogue.course_index import first_titles
from credsite.catalogue.enrolment import (
    SessionStates,
    enrolment,
    session_moments,
    session_states,
    start_order,
)
from credsite.catalogue.facets import (
    ALL_COURSES,
    CourseValues,
    FacetRules,
    ListKey,
    facet_values,
    list_facets,
)
from credsite.catalogue.newest import newest_entries
from credsite.catalogue.pathway_totals import PathwayTotals, pathway_totals
from credsite.catalogue.publication import UpcomingChanges, unpublished_entries, with_dependants
from credsite.catalogue.publication_history import NO_HISTORY, PublicationHistory
from credsite.catalogue.relations import (
    Courses,
    RelatedCache,
    Slugs,
    course_industries,
    grouped,
    story_modes,
    story_providers,
)
from credsite.catalogue.session_history import session_revisions
from credsite.catalogue.shared_meanings import with_built_in_values
from credsite.catalogue.skills import TaughtSkill, course_skills
from credsite.catalogue.unpublished import Ref, Unpublished
from credsite.content.records import (
    IndustryRecord,
    PathwayRecord,
    PlaceRecord,
    Record,
    StoryRecord,
)
from credsite.schema.kinds import Kind
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.schema.vocabularies import SELF_PACED, USUAL_ORDER

_FEATURED: Final = 48
_AT_PLACE: Final = 12
_PATHWAY_POINTS: Final = 4
_SKILL_POINTS: Final = 3
_INDUSTRY_POINTS: Final = 2
"""What it counts for two courses to be related that they share a pathway, a skill, an industry."""

_Sessions = Mapping[str, SessionStates]


def build_catalogue(
    entries: Sequence[Record],
    clock: Clock,
    *,
    include_drafts: bool = False,
    include_unpublished: bool = False,
    invalid_entries: Mapping[str, Ref] = {},
    currency: str = "",
    related_cache: RelatedCache | None = None,
    cost_bands: tuple[int, ...] = (),
    schema: SiteSchema = BUILT_IN,
    history: PublicationHistory = NO_HISTORY,
) -> Catalogue:
    """The catalogue of ``entries`` on ``clock``'s date. No two of these may have the same kind and slug.

    ``invalid_entries`` are the paths of files with errors, with what they would be: entries that need one of them are
    not shown. With ``include_unpublished``, all other entries are shown, and those that would not be published are still
    in ``unpublished``. ``currency`` is that of the site, "" for none; ``cost_bands`` are rising amounts in it.
    ``schema`` is that of the site. ``history`` is what is known of earlier publications.
    """
    invalid = {
        ref: Unpublished(*ref, path, title="", reason="needs", for_errors=True)
        for path, ref in invalid_entries.items()
    }
    unpublished = unpublished_entries(
        entries, clock, drafts=include_drafts and not include_unpublished, invalid=invalid
    )
    hidden = with_dependants(entries, invalid) if include_unpublished else unpublished
    shown = _by_kind([entry for entry in entries if (entry.kind, entry.slug) not in hidden], schema)
    skills = course_skills(shown["courses"])
    sessions = {slug: session_states(course, clock) for slug, course in shown["courses"].items()}
    self_paced = schema.with_meaning("pace", SELF_PACED)
    states = {
        slug: enrolment(course, sessions[slug], self_paced) for slug, course in shown["courses"].items()
    }
    rules = FacetRules(clock.today, currency, cost_bands, schema, _entries_of_filters(shown, schema))
    at_places = _place_lookups(shown, sessions)
    values = facet_values(shown, at_places["places_of"], states, sessions, rules)
    lookups = {**_lookups(shown, values, schema), **at_places}
    lists = _course_lists(shown["courses"], lookups, skills)
    return Catalogue(
        clock=clock,
        as_of=_as_of(shown["courses"], clock),
        **shown,
        **lookups,
        facet_values=values,
        facets=list_facets(lists, values, schema.facets),
        skills=skills,
        skill_names=_skill_names(skills),
        related=_related(related_cache or RelatedCache(), shown["courses"], lookups, skills),
        enrolment=states,
        sessions=sessions,
        featured=_all_featured(shown),
        **_dates(shown, lookups, sessions, clock, history),
        totals=_totals(shown, currency),
        unpublished=tuple(
            sorted((one for ref, one in unpublished.items() if ref not in invalid), key=lambda one: one.path)
        ),
        changes=UpcomingChanges(tuple(entries), unpublished, clock),
    )


def _dates(
    shown: Mapping[str, Any],
    lookups: Mapping[str, Any],
    sessions: _Sessions,
    clock: Clock,
    history: PublicationHistory,
) -> dict[str, Any]:
    """The fields of a catalogue that feeds and calendars are made from."""
    courses: Courses = shown["courses"]
    are_open = open_sessions(courses, sessions)
    return {
        "coming": coming_sessions(courses, are_open),
        "coming_of": coming_of_lists(courses, lookups, are_open),
        "revisions": session_revisions(courses, history.sessions, clock),
        "newest": newest_entries(shown, lookups, clock, history.first_seen),
    }


def _skill_names(skills: Mapping[str, TaughtSkill]) -> dict[str, tuple[str, str]]:
    return {key: (one.name, one.slug if len(one.courses) > 1 else "") for key, one in skills.items()}


def _lookups(
    shown: Mapping[str, Any], values: Mapping[str, CourseValues], schema: SiteSchema
) -> dict[str, Any]:
    """The fields of a catalogue that lead from something to what belongs to it. ``values`` are those of all facets, by course."""
    number = schema.facets.index("mode")
    modes = {slug: of_course[number] for slug, of_course in values.items()}
    return {
        **_course_lookups(shown, modes, schema),
        **_story_lookups(shown, schema),
        **_pathway_lookups(shown),
    }


def _entries_of_filters(shown: Mapping[str, Any], schema: SiteSchema) -> dict[str, Collection[str]]:
    """By the id of each filter whose values are entries: the slugs of those that are shown."""
    kinds = {id_: schema.course_fields[id_].display.reference for id_ in schema.filter_fields}
    others: dict[Kind, set[str]] = {}
    for kind, slug in shown["other_entries"]:
        others.setdefault(kind, set()).add(slug)
    return {
        id_: shown[FIELD_OF_KIND[kind]] if kind in FIELD_OF_KIND else others.get(kind, ())
        for id_, kind in kinds.items()
        if kind is not None
    }


def _totals(shown: Mapping[str, Any], currency: str) -> dict[str, PathwayTotals]:
    pathways: Mapping[str, PathwayRecord] = shown["pathways"]
    return {slug: pathway_totals(pathway, shown["courses"], currency) for slug, pathway in pathways.items()}


def _by_kind(entries: Iterable[Record], schema: SiteSchema) -> dict[str, Any]:
    """The fields of a catalogue that hold the entries of each kind, and each delivery mode of the ``schema``."""
    by_kind: dict[Kind, dict[str, Any]] = {kind: {} for kind in Kind}
    for entry in sorted(entries, key=entry_sort_key):
        by_kind[entry.kind][entry.slug] = entry
    fields: dict[str, Any] = {field: by_kind.pop(kind) for kind, field in FIELD_OF_KIND.items()}
    modes = fields["modes"]
    terms = schema.vocabularies["mode"]
    # The file of a mode may have an order too, which counts more than that of the vocabulary.
    given = {mode: entry.order for mode, entry in modes.items() if entry.order != USUAL_ORDER}
    orders = {mode: given.get(mode, term.order) for mode, term in terms.items()}
    fields["modes"] = {mode: modes.get(mode) for mode in sorted(orders, key=orders.__getitem__)}
    others = {(kind, slug): entry for kind in sorted(by_kind) for slug, entry in by_kind[kind].items()}
    return {**fields, "other_entries": others}


def _course_lookups(
    shown: Mapping[str, Any], modes: Mapping[str, Slugs], schema: SiteSchema
) -> dict[str, Any]:
    """The fields of a catalogue that lead from something to its courses. ``modes`` are those under which each course counts."""
    courses: Courses = shown["courses"]
    industries: Mapping[str, IndustryRecord] = shown["industries"]
    by_industry = grouped(((i, slug) for slug, c in courses.items() for i in c.industries), industries)
    by_mode = grouped((mode, slug) for slug, of_course in modes.items() for mode in of_course)
    by_pair = _pairs(courses, industries, modes)
    return {
        "by_industry": by_industry,
        "by_mode": by_mode,
        "by_pair": by_pair,
        "by_provider": grouped((c.provider, slug) for slug, c in courses.items()),
        "by_partner": grouped((p, slug) for slug, c in courses.items() for p in c.partners),
        "by_detail": _by_detail(courses, schema),
        "letters": first_titles(courses),
        "sizes": {
            ("", ""): len(courses),
            **{(slug, ""): len(found) for slug, found in by_industry.items()},
            **{("", mode): len(found) for mode, found in by_mode.items()},
            **{pair: len(found) for pair, found in by_pair.items()},
        },
        "leads_to": grouped(
            (needed, slug) for slug, c in courses.items() for needed in c.prerequisites if needed in courses
        ),
    }


def _by_detail(courses: Courses, schema: SiteSchema) -> dict[tuple[str, str], Slugs]:
    found: dict[tuple[str, str], list[str]] = {}
    with_pages = {field.id for field in schema.page_fields}
    for slug, course in courses.items() if with_pages else ():
        for id_, values in course.details:
            if id_ in with_pages:
                for value in values:
                    found.setdefault((id_, value), []).append(slug)
    return {key: tuple(slugs) for key, slugs in found.items()}


def _story_lookups(shown: Mapping[str, Any], schema: SiteSchema) -> dict[str, Any]:
    """The fields of a catalogue that lead from something to its stories."""
    courses: Courses = shown["courses"]
    stories: Mapping[str, StoryRecord] = shown["stories"]
    pathways: Mapping[str, PathwayRecord] = shown["pathways"]
    meanings = schema.facet_meanings
    backgrounds = {slug: story.background for slug, story in stories.items()}
    modes = {slug: story_modes(story, courses, pathways) for slug, story in stories.items()}
    return {
        "stories_of": grouped((c, slug) for slug, s in stories.items() for c in s.courses if c in courses),
        "stories_about": grouped(
            (f"{kind}:{about}", slug)
            for slug, story in stories.items()
            for kind, abouts in (
                (Kind.PATHWAY, story.pathways),
                (Kind.PROVIDER, story_providers(story, courses, pathways)),
            )
            for about in abouts
        ),
        "stories_by_industry": grouped(
            ((i, slug) for slug, s in stories.items() for i in course_industries(s, courses, pathways)),
            shown["industries"],
        ),
        "stories_by_background": _by_value(backgrounds, meanings.get("background", {})),
        "stories_by_mode": _by_value(modes, meanings.get("mode", {}), shown["modes"]),
    }


def _by_value(
    values: Mapping[str, Slugs], meanings: Mapping[str, str], order: Iterable[str] | None = None
) -> dict[str, Slugs]:
    """The entries that count under each value. ``values`` are those that each entry has."""
    extended = with_built_in_values(values, meanings)
    return grouped(((value, slug) for slug, of_entry in extended.items() for value in of_entry), order)


def _pathway_lookups(shown: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a catalogue that lead from something to its pathways."""
    courses: Courses = shown["courses"]
    pathways: Mapping[str, PathwayRecord] = shown["pathways"]
    return {
        "pathways_of": grouped(
            (course, slug)
            for slug, p in pathways.items()
            for step in p.steps
            for course in step.courses
            if course in courses
        ),
        "pathways_by_industry": grouped(
            ((i, slug) for slug, p in pathways.items() for i in course_industries(p, courses, pathways)),
            shown["industries"],
        ),
        "pathways_by_provider": grouped((p.provider, slug) for slug, p in pathways.items() if p.provider),
    }


def _place_lookups(shown: Mapping[str, Any], sessions: _Sessions) -> dict[str, Any]:
    """The fields of a catalogue that lead from places to what is there, and from courses to their places."""
    places: Mapping[str, PlaceRecord] = shown["places"]
    courses: Courses = shown["courses"]
    if not places:
        return {"places_of": {}, "by_place": {}, "sessions_at": {}, "providers_at": {}}
    sessions_at: dict[str, list[tuple[str, int]]] = {}
    places_of: dict[str, Slugs] = {}
    for slug, course in courses.items():
        found = list(course.places)
        for number, state in sessions[slug]:
            location = course.sessions[number].location
            if state != "past" and location in places:
                found.append(location)
                if state != "running":
                    sessions_at.setdefault(location, []).append((slug, number))
        if at := tuple(dict.fromkeys(place for place in found if place in places)):
            places_of[slug] = at
    return {
        "places_of": places_of,
        "by_place": grouped(((place, slug) for slug, at in places_of.items() for place in at), places),
        "sessions_at": {
            place: tuple(sorted(found, key=lambda one: start_order(courses[one[0]].sessions[one[1]])))[
                :_AT_PLACE
            ]
            for place, found in sessions_at.items()
        },
        "providers_at": grouped(
            ((p.place, slug) for slug, p in shown["providers"].items() if p.place), places
        ),
    }


def _course_lists(
    courses: Courses, lookups: Mapping[str, Any], skills: Mapping[str, TaughtSkill]
) -> dict[ListKey, Slugs]:
    """Every list of courses that has pages of its own."""
    return {
        ALL_COURSES: tuple(courses),
        **{("industry", slug): found for slug, found in lookups["by_industry"].items()},
        **{("mode", mode): found for mode, found in lookups["by_mode"].items()},
        **{("pair", *pair): found for pair, found in lookups["by_pair"].items()},
        **{("provider", slug): found for slug, found in lookups["by_provider"].items()},
        **{("detail", *key): found for key, found in lookups["by_detail"].items()},
        **{("place", slug): found for slug, found in lookups["by_place"].items()},
        **{("skill", key): skill.courses for key, skill in skills.items() if len(skill.courses) > 1},
    }


def _related(
    cache: RelatedCache, courses: Courses, lookups: Mapping[str, Any], skills: Mapping[str, TaughtSkill]
) -> dict[str, Slugs]:
    courses_of_pathway = grouped((p, c) for c, found in lookups["pathways_of"].items() for p in found)
    return cache.related(
        courses,
        [
            (_PATHWAY_POINTS, courses_of_pathway),
            (_SKILL_POINTS, {key: skill.courses for key, skill in skills.items()}),
            (_INDUSTRY_POINTS, lookups["by_industry"]),
        ],
    )


def _as_of(courses: Courses, clock: Clock) -> str:
    """Today, and the last moment of a session that has passed today, if one has."""
    timed = [session for course in courses.values() for session in course.sessions if session.times]
    moments = (moment for session in timed for _, moment in session_moments(session, clock))
    passed = max((moment for moment in moments if moment <= clock.now), default=None)
    day = clock.today.isoformat()
    return day if passed is None else f"{day} {passed.isoformat()}"


def _featured(entries: Mapping[str, Record]) -> Slugs:
    """The featured entries, or the first ones where none is featured."""
    chosen = [slug for slug, entry in entries.items() if entry.featured]
    return tuple((chosen or list(entries))[:_FEATURED])


def _all_featured(shown: Mapping[str, Any]) -> dict[str, Slugs]:
    """What the home page features of each kind of entry."""
    return {
        "courses": _featured(shown["courses"]),
        "stories": _featured(shown["stories"]),
        "pathways": _featured(shown["pathways"]),
    }


def _pairs(
    courses: Courses, industries: Mapping[str, object], modes: Mapping[str, Slugs]
) -> dict[tuple[str, str], Slugs]:
    found: dict[tuple[str, str], list[str]] = {}
    for slug, course in courses.items():
        for industry in course.industries:
            for mode in modes[slug]:
                if industry in industries:
                    found.setdefault((industry, mode), []).append(slug)
    return {pair: tuple(dict.fromkeys(slugs)) for pair, slugs in found.items()}
