"""Indexes of industries and modes, and the pages of providers, skills and pathways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credsite.catalogue.relations import course_industries, sort_key
from credsite.content.model import Kind
from credsite.site import structured, views
from credsite.site.lists import paginated
from credsite.site.pages import PlannedPage
from credsite.site.parts import Parts, initials, updated
from credsite.site.urls import entry_path, numbered

_FEW: Final = 3


def topic_indexes(parts: Parts) -> Iterator[PlannedPage]:
    """The index of industries and that of delivery modes."""
    _ = parts.texts.gettext
    industries = tuple(parts.industry_card(slug) for slug in parts.catalogue.industries)
    modes = tuple(parts.mode_card(mode) for mode in parts.catalogue.modes)
    for kind, path, heading, summary, topics in (
        (
            "industries",
            "industries/",
            _("Industries"),
            _("Find a short course for the field that you work in, or want to."),
            industries,
        ),
        (
            "modes",
            "delivery/",
            _("Ways to learn"),
            _("Find a short course that fits where you are and when you have time."),
            modes,
        ),
    ):
        if not topics:
            continue
        crumbs = parts.crumbs((heading, path))
        view = views.TopicIndexPage(
            head=parts.head(
                path, heading, summary, data=structured.script(structured.breadcrumbs(crumbs, parts.urls))
            ),
            section="industries" if kind == "industries" else "delivery",
            crumbs=crumbs,
            heading=heading,
            summary=summary,
            kind=kind,
            topics=topics,
        )
        yield PlannedPage(path, view)


def provider_pages(parts: Parts) -> Iterator[PlannedPage]:
    """The index of providers and the pages of each."""
    catalogue, _ = parts.catalogue, parts.texts.gettext
    if not catalogue.providers:
        return
    heading = _("Providers")
    crumbs = parts.crumbs((heading, "providers/"))
    summary = _(
        "Who offers these courses: universities, colleges, professional bodies, companies and others."
    )
    for number, shown, pagination in paginated(
        tuple(catalogue.providers), parts.config.page_size, "providers/", parts.urls
    ):
        here = numbered("providers/", number)
        index = views.ProviderIndexPage(
            head=parts.head(here, heading, summary, pagination=pagination),
            section="",
            crumbs=crumbs,
            heading=heading,
            summary=summary,
            providers=tuple(_provider_card(parts, slug) for slug in shown),
            pagination=pagination,
        )
        yield PlannedPage(here, index)
    for slug in catalogue.providers:
        yield from _provider(parts, slug)


def _provider(parts: Parts, slug: str) -> Iterator[PlannedPage]:
    catalogue = parts.catalogue
    entry = catalogue.providers[slug]
    provider = entry.fields
    path = entry_path(Kind.PROVIDER, slug)
    crumbs = parts.crumbs((parts.texts.gettext("Providers"), "providers/"), (provider.title, path))
    courses = catalogue.by_provider.get(slug, ())
    stories = tuple(
        dict.fromkeys(story for course in courses for story in catalogue.stories_of.get(course, ()))
    )
    card = _provider_card(parts, slug)
    for number, shown, pagination in paginated(courses, parts.config.page_size, path, parts.urls):
        here = numbered(path, number)
        first = number == 1
        cards = parts.course_cards(tuple(shown))
        description = provider.summary or parts.texts.gettext("Short courses from %(provider)s") % {
            "provider": provider.title
        }
        view = views.ProviderPage(
            head=parts.head(
                here,
                provider.title,
                description,
                entry=entry,
                pagination=pagination,
                data=structured.script(
                    structured.course_list(cards, parts.urls), structured.breadcrumbs(crumbs, parts.urls)
                ),
            ),
            section="",
            crumbs=crumbs,
            heading=provider.title,
            summary=provider.summary,
            kind=card.kind,
            country=provider.country or "",
            region=provider.region,
            url=provider.url or "",
            email=provider.email or "",
            initials=card.initials,
            logo=card.logo,
            accredited_by=parts.named(provider.accredited_by),
            body=parts.body(entry),
            cards=cards,
            pagination=pagination,
            partner_in=parts.course_cards(catalogue.by_partner.get(slug, ())) if first else (),
            stories=parts.story_cards(stories[:_FEW]) if first else (),
            pathways=parts.pathway_cards(catalogue.pathways_by_provider.get(slug, ())) if first else (),
            draft=provider.draft,
        )
        yield PlannedPage(here, view, entry.path, updated(entry), in_sitemap=not provider.draft)


def _provider_card(parts: Parts, slug: str) -> views.ProviderCard:
    entry = parts.catalogue.providers[slug]
    provider = entry.fields
    return views.ProviderCard(
        id=slug,
        title=provider.title,
        url=parts.urls.entry(Kind.PROVIDER, slug),
        summary=provider.summary,
        kind=parts.labels.term("provider", provider.kind) if provider.kind else None,
        place=provider.region,
        count=len(parts.catalogue.by_provider.get(slug, ())),
        initials=initials(provider.title),
        logo=parts.picture(entry, provider.logo, ""),
    )


def skill_index(parts: Parts) -> Iterator[PlannedPage]:
    """All skills by first letter; those that two or more courses teach lead to their page."""
    _ = parts.texts.gettext
    groups: dict[str, list[views.SkillLink]] = {}
    for skill in parts.catalogue.skills.values():
        if len(skill.courses) > 1:
            letter = sort_key(skill.name)[:1].upper()
            groups.setdefault(letter if letter.isalpha() else "#", []).append(parts.skill(skill.name))
    if not groups:
        return
    heading, summary = (
        _("Skills"),
        _("Find courses by the skill that you want to learn, or that your team lacks."),
    )
    view = views.SkillIndexPage(
        head=parts.head("skills/", heading, summary),
        section="",
        crumbs=parts.crumbs((heading, "skills/")),
        heading=heading,
        summary=summary,
        groups=tuple(views.SkillGroup(letter, tuple(skills)) for letter, skills in groups.items()),
        total=sum(len(skills) for skills in groups.values()),
    )
    yield PlannedPage("skills/", view)


def pathway_pages(parts: Parts) -> Iterator[PlannedPage]:
    """The index of pathways and the page of each."""
    catalogue, _ = parts.catalogue, parts.texts.gettext
    if not catalogue.pathways:
        return
    heading = _("Pathways")
    summary = _("Short courses that add up: each pathway leads, step by step, to a larger credential.")
    crumbs = parts.crumbs((heading, "pathways/"))
    for number, shown, pagination in paginated(
        tuple(catalogue.pathways), parts.config.page_size, "pathways/", parts.urls
    ):
        here = numbered("pathways/", number)
        index = views.PathwayIndexPage(
            head=parts.head(here, heading, summary, pagination=pagination),
            section="pathways",
            crumbs=crumbs,
            heading=heading,
            summary=summary,
            cards=parts.pathway_cards(tuple(shown)),
            pagination=pagination,
        )
        yield PlannedPage(here, index)
    for slug in catalogue.pathways:
        yield _pathway(parts, slug)


def _pathway(parts: Parts, slug: str) -> PlannedPage:
    catalogue = parts.catalogue
    entry = catalogue.pathways[slug]
    pathway = entry.fields
    path = entry_path(Kind.PATHWAY, slug)
    crumbs = parts.crumbs((parts.texts.gettext("Pathways"), "pathways/"), (pathway.title, path))
    card = parts.pathway_card(slug)
    steps = tuple(
        views.PathwayStep(
            number=number,
            title=step.title,
            choose=step.needed,
            courses=parts.course_cards(
                tuple(course for course in step.options if course in catalogue.courses)
            ),
            credential=step.credential,
        )
        for number, step in enumerate(pathway.steps, start=1)
    )
    courses = [course for step in pathway.steps for course in step.courses]
    stories = tuple(
        dict.fromkeys(story for course in courses for story in catalogue.stories_of.get(course, ()))
    )
    all_cards = [course for step in steps for course in step.courses]
    view = views.PathwayPage(
        head=parts.head(
            path,
            pathway.title,
            pathway.summary,
            entry=entry,
            data=structured.script(
                structured.pathway(card, all_cards, parts.urls, path),
                structured.breadcrumbs(crumbs, parts.urls),
            ),
        ),
        section="pathways",
        crumbs=crumbs,
        heading=pathway.title,
        summary=pathway.summary,
        provider=card.provider,
        industries=parts.industries(course_industries(pathway, catalogue.courses)),
        credential=parts.credential(entry, pathway.credential),
        duration=card.duration,
        workload=card.workload,
        price=card.price,
        courses=card.courses,
        steps=steps,
        picture=parts.entry_picture(entry),
        body=parts.body(entry),
        stories=parts.story_cards(stories[:_FEW]),
        draft=pathway.draft,
    )
    return PlannedPage(path, view, entry.path, updated(entry), in_sitemap=not pathway.draft)
