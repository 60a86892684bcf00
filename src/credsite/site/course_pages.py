"""Course pages, and the lists of courses: all, by industry, by delivery mode, by both, by skill."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from credsite.catalogue.enrolment import session_state
from credsite.content.model import Course, Entry, EntryFields, Kind
from credsite.content.model.codes import Occupation
from credsite.content.model.course import Session as CourseSession
from credsite.site import structured, views
from credsite.site.labels import SCHEMES
from credsite.site.lists import paginated
from credsite.site.pages import PlannedPage
from credsite.site.parts import NO_BODY, Parts, updated
from credsite.site.urls import entry_path, numbered
from credsite.site.views import FilterLink, FilterNav, Link, Pagination

_ON_TOPIC = 3
"""Stories and pathways shown with a topic."""


def course_page(parts: Parts, slug: str) -> PlannedPage:
    """The page of one course."""
    entry = parts.catalogue.courses[slug]
    model = partial(_course_view, parts, slug)
    path = entry_path(Kind.COURSE, slug)
    return PlannedPage(path, model, entry.path, updated(entry), in_sitemap=not entry.fields.draft)


def _course_view(parts: Parts, slug: str) -> views.CoursePage:
    catalogue, labels = parts.catalogue, parts.labels
    entry = catalogue.courses[slug]
    course = entry.fields
    path = entry_path(Kind.COURSE, slug)
    modes = parts.modes(course.delivery_modes)
    sessions = [
        _session(parts, course, session) for session in sorted(course.sessions, key=lambda s: s.starts)
    ]
    first_industry = next((i for i in course.industries if i in catalogue.industries), None)
    trail = [(parts.texts.gettext("Courses"), "courses/")]
    if first_industry is not None:
        trail.append((catalogue.industries[first_industry].title, entry_path(Kind.INDUSTRY, first_industry)))
    crumbs = parts.crumbs(*trail, (course.title, path))
    provider = catalogue.providers[course.provider]
    card = parts.course_card(slug)
    languages = course.languages or (parts.config.language,)
    leads_to = catalogue.leads_to.get(slug, ())
    return views.CoursePage(
        head=parts.head(
            path,
            course.title,
            course.summary,
            entry=entry,
            type="article",
            data=structured.script(
                structured.course(
                    course, card, languages, provider.fields, parts.urls, path, catalogue.clock.today
                ),
                structured.breadcrumbs(crumbs, parts.urls),
            ),
        ),
        section="courses",
        crumbs=crumbs,
        heading=course.title,
        summary=course.summary,
        provider=card.provider,
        partners=tuple(parts.provider(one) for one in course.partners if one in catalogue.providers),
        industries=card.industries,
        modes=modes,
        pace=card.pace,
        timing=labels.terms("timing", course.timing),
        duration=course.duration,
        workload=course.workload,
        price=card.price,
        funding=tuple(
            views.Funding(found.title, found.summary, found.url or "")
            for one in course.funding
            if (found := parts.config.funding.get(one)) is not None
        ),
        level=card.level,
        qualification_level=_qualification_level(parts, course),
        credits=f"{course.credits.value.normalize():f} {course.credits.unit}" if course.credits else "",
        languages=languages,
        outcomes=course.outcomes,
        skills=tuple(parts.skill(skill.name) for skill in course.skills),
        learning_methods=labels.terms("learning", course.learning_methods),
        assessment_methods=labels.terms("assessment", course.assessment_methods),
        credential=parts.credential(entry, course.credential),
        prerequisites=tuple(_prerequisites(parts, course)),
        occupations=tuple(_occupation(occupation) for occupation in course.occupations),
        classifications=tuple(views.Code(SCHEMES[c.scheme], c.code, "", "") for c in course.classifications),
        enrolment=card.enrolment,
        sessions=tuple(session for session in sessions if session.state != "past"),
        past_sessions=tuple(session for session in sessions if session.state == "past"),
        enrol_url=course.enrol_url or "",
        contact=course.contact or "",
        support=labels.terms("support", course.support),
        quality_assurance=Link(course.quality_assurance.name, course.quality_assurance.url or "")
        if course.quality_assurance
        else None,
        reviewed_at=course.reviewed_at,
        ctid=course.ctid or "",
        picture=parts.entry_picture(entry),
        body=parts.body(entry),
        pathways=tuple(_pathway_places(parts, slug)),
        leads_to=parts.course_cards(leads_to),
        stories=parts.story_cards(catalogue.stories_of.get(slug, ())),
        related=parts.course_cards(tuple(one for one in catalogue.related[slug] if one not in leads_to)),
        draft=course.draft,
    )


def _session(parts: Parts, course: Course, session: CourseSession) -> views.Session:
    mode = session.delivery_mode or (course.delivery_modes[0] if len(course.delivery_modes) == 1 else None)
    return views.Session(
        starts=session.starts,
        ends=session.ends,
        apply_by=session.apply_by,
        mode=parts.mode(mode) if mode else None,
        location=session.location,
        timing=parts.labels.terms("timing", session.timing),
        seats=session.seats,
        enrol_url=session.enrol_url or course.enrol_url or "",
        state=session_state(session, parts.catalogue.clock.today),
    )


def _qualification_level(parts: Parts, course: Course) -> str:
    level = course.qualification_level
    if level is None:
        return ""
    return parts.texts.gettext("%(framework)s level %(level)s") % {
        "framework": level.framework,
        "level": level.level,
    }


def _prerequisites(parts: Parts, course: Course) -> Iterator[Link]:
    for needed in course.prerequisites:
        found = parts.catalogue.courses.get(needed)
        if found is not None:
            yield Link(found.title, parts.urls.entry(Kind.COURSE, needed))
        elif (Kind.COURSE, needed) not in parts.references.all_entries and (
            (Kind.COURSE, needed) not in parts.references.left_out
        ):
            yield Link(needed, "")


def _occupation(occupation: Occupation) -> views.Code:
    url = occupation.code if occupation.code.startswith("http") else ""
    return views.Code(SCHEMES[occupation.scheme], "" if url else occupation.code, occupation.name, url)


def _pathway_places(parts: Parts, slug: str) -> Iterator[views.PathwayPlace]:
    for pathway_slug in parts.catalogue.pathways_of.get(slug, ()):
        entry = parts.catalogue.pathways[pathway_slug]
        steps = entry.fields.steps
        number = next(number for number, step in enumerate(steps, start=1) if slug in step.courses)
        yield views.PathwayPlace(
            pathway=Link(entry.title, parts.urls.entry(Kind.PATHWAY, pathway_slug)),
            step=steps[number - 1].title,
            number=number,
            steps=len(steps),
            credential=parts.pathway_card(pathway_slug).credential,
        )


# --- lists ---


def course_lists(parts: Parts) -> Iterator[PlannedPage]:
    """All lists of courses."""
    catalogue, _ = parts.catalogue, parts.texts.gettext
    courses = tuple(catalogue.courses)
    yield from _list(
        parts,
        "courses",
        "courses/",
        courses,
        _("All courses"),
        parts.config.tagline,
        (),
        filters=_filters(parts, None, None),
    )
    for slug, entry in catalogue.industries.items():
        yield from _list(
            parts,
            "industry",
            entry_path(Kind.INDUSTRY, slug),
            catalogue.by_industry.get(slug, ()),
            entry.title,
            entry.fields.summary,
            ((_("Industries"), "industries/"),),
            entry=entry,
            filters=_filters(parts, slug, None),
            stories=catalogue.stories_by_industry.get(slug, ()),
            pathways=catalogue.pathways_by_industry.get(slug, ()),
        )
    for mode, mode_entry in catalogue.modes.items():
        yield from _list(
            parts,
            "mode",
            entry_path(Kind.DELIVERY_MODE, mode),
            catalogue.by_mode.get(mode, ()),
            _("%(mode)s courses") % {"mode": parts.mode(mode).title},
            parts.mode_summary(mode),
            ((_("Delivery"), "delivery/"),),
            entry=mode_entry,
            filters=_filters(parts, None, mode),
        )
    for (industry, mode), slugs in catalogue.by_pair.items():
        yield from _pair(parts, industry, mode, slugs)
    for skill in catalogue.skills.values():
        if len(skill.courses) > 1:
            yield from _list(
                parts,
                "skill",
                f"skills/{skill.slug}/",
                skill.courses,
                _("Courses that teach %(skill)s") % {"skill": skill.name},
                "",
                ((_("Skills"), "skills/"),),
                crumb=skill.name,
            )


def _pair(parts: Parts, industry: str, mode: str, slugs: tuple[str, ...]) -> Iterator[PlannedPage]:
    catalogue, _ = parts.catalogue, parts.texts.gettext
    parent = entry_path(Kind.INDUSTRY, industry)
    title = catalogue.industries[industry].title
    names = {"mode": parts.mode(mode).title, "industry": title}
    yield from _list(
        parts,
        "pair",
        f"{parent}{mode}/",
        slugs,
        _("%(mode)s courses in %(industry)s") % names,
        parts.mode_summary(mode),
        ((_("Industries"), "industries/"), (title, parent)),
        crumb=names["mode"],
        canonical=parent if slugs == catalogue.by_industry[industry] else None,
        filters=_filters(parts, industry, mode),
    )


def _list(
    parts: Parts,
    kind: str,
    path: str,
    slugs: tuple[str, ...],
    heading: str,
    summary: str,
    trail: tuple[tuple[str, str], ...],
    *,
    entry: Entry[EntryFields] | None = None,
    crumb: str = "",
    canonical: str | None = None,
    filters: tuple[FilterNav, ...] = (),
    stories: tuple[str, ...] = (),
    pathways: tuple[str, ...] = (),
) -> Iterator[PlannedPage]:
    """The pages of one list. ``canonical`` is the site path of a list with the same courses, if that one counts."""
    crumbs = parts.crumbs(*trail, (crumb or heading, path))
    newest = _newest(parts, slugs)
    source = entry.path if entry is not None else ""

    def view(number: int, shown: Sequence[str], pagination: Pagination) -> views.CourseListPage:
        first = number == 1
        here = numbered(path, number)
        cards = parts.course_cards(tuple(shown))
        return views.CourseListPage(
            head=parts.head(
                here,
                heading,
                summary or heading,
                canonical=numbered(canonical, number) if canonical else None,
                pagination=pagination,
                data=structured.script(
                    structured.course_list(cards, parts.urls), structured.breadcrumbs(crumbs, parts.urls)
                ),
            ),
            section={
                "courses": "courses",
                "industry": "industries",
                "pair": "industries",
                "mode": "delivery",
            }.get(kind, ""),
            crumbs=crumbs,
            heading=heading,
            summary=summary,
            kind=kind,
            body=parts.body(entry) if first else NO_BODY,
            picture=parts.entry_picture(entry) if entry is not None else None,
            filters=filters,
            cards=cards,
            pagination=pagination,
            stories=parts.story_cards(stories[:_ON_TOPIC]) if first else (),
            pathways=parts.pathway_cards(pathways[:_ON_TOPIC]) if first else (),
        )

    for number, shown, pagination in paginated(slugs, parts.config.page_size, path, parts.urls):
        model = partial(view, number, shown, pagination)
        yield PlannedPage(numbered(path, number), model, source, newest, in_sitemap=canonical is None)


def _newest(parts: Parts, slugs: tuple[str, ...]) -> date | datetime | None:
    dates = [found for slug in slugs if (found := updated(parts.catalogue.courses[slug])) is not None]
    return max(dates, key=lambda value: value.isoformat()[:10]) if dates else None


def _filters(parts: Parts, industry: str | None, mode: str | None) -> tuple[FilterNav, ...]:
    """Links to the same list with another industry or mode; counts are those of the pages they lead to.

    As with any filter, the counts of one leave its own choice aside and keep the other's.
    """
    catalogue, _ = parts.catalogue, parts.texts.gettext
    pairs = catalogue.by_pair
    industry_counts = {
        slug: len(pairs.get((slug, mode), ())) if mode else len(catalogue.by_industry.get(slug, ()))
        for slug in catalogue.industries
    }
    mode_counts = {
        one: len(pairs.get((industry, one), ())) if industry else len(catalogue.by_mode.get(one, ()))
        for one in catalogue.modes
    }
    everything = len(catalogue.courses)
    return (
        FilterNav(
            "industry",
            _("Industry"),
            (
                FilterLink(
                    "",
                    _("All industries"),
                    parts.urls.to(entry_path(Kind.DELIVERY_MODE, mode) if mode else "courses/"),
                    len(catalogue.by_mode.get(mode, ())) if mode else everything,
                    industry is None,
                ),
                *_links(parts, industry_counts, industry, lambda slug: _list_path(slug, mode), Kind.INDUSTRY),
            ),
        ),
        FilterNav(
            "mode",
            _("Delivery"),
            (
                FilterLink(
                    "",
                    _("Any delivery"),
                    parts.urls.to(entry_path(Kind.INDUSTRY, industry) if industry else "courses/"),
                    len(catalogue.by_industry.get(industry, ())) if industry else everything,
                    mode is None,
                ),
                *_links(parts, mode_counts, mode, lambda one: _list_path(industry, one), Kind.DELIVERY_MODE),
            ),
        ),
    )


def _list_path(industry: str | None, mode: str | None) -> str:
    if industry is not None:
        path = entry_path(Kind.INDUSTRY, industry)
        return f"{path}{mode}/" if mode is not None else path
    return entry_path(Kind.DELIVERY_MODE, mode) if mode is not None else "courses/"


def _links(
    parts: Parts, counts: Mapping[str, int], current: str | None, path_of: Callable[[str], str], kind: Kind
) -> Iterator[FilterLink]:
    for slug, count in counts.items():
        if count:
            title = parts.industry(slug).title if kind is Kind.INDUSTRY else parts.mode(slug).title
            yield FilterLink(slug, title, parts.urls.to(path_of(slug)), count, slug == current)
