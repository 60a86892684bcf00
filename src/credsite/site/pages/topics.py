"""The indexes of industries, delivery modes and skills, and the pages of providers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.core.text import sort_key
from credsite.schema.kinds import Kind
from credsite.schema.models import Provider
from credsite.site import json_ld, views
from credsite.site.cards import (
    course_cards,
    industry_card,
    mode_card,
    pathway_cards,
    provider_card,
    story_cards,
)
from credsite.site.filters import filter_panel
from credsite.site.page_parts import page_body, page_fields, paginated
from credsite.site.place_parts import place_link
from credsite.site.planned import PlannedPage, iso_day, list_pages
from credsite.site.urls import entry_path, skill_path
from credsite.site.view_builder import ViewBuilder

_MAX_STORIES: Final = 3


def topic_pages(catalogue: Catalogue, page_size: int) -> Iterator[PlannedPage]:
    """The indexes of industries, delivery modes, providers and skills, and the pages of each provider."""
    if catalogue.industries:
        yield PlannedPage("industries/", topic_index, ("industries",))
    yield PlannedPage("delivery/", topic_index, ("modes",))
    if catalogue.providers:
        yield from list_pages("providers/", provider_index, len(catalogue.providers), page_size)
    for slug, provider in catalogue.providers.items():
        yield from list_pages(
            entry_path(Kind.PROVIDER, slug),
            provider_page,
            len(catalogue.by_provider.get(slug, ())),
            page_size,
            slug,
            source=provider.path,
            updated=iso_day(provider.updated),
            in_sitemap=not provider.draft,
        )
    if catalogue.skill_names:
        yield PlannedPage("skills/", skill_index)


def topic_index(builder: ViewBuilder, kind: str) -> views.TopicIndexPage:
    """The index of industries or of delivery modes: ``kind`` is ``industries`` or ``modes``."""
    _, catalogue = builder.translations.gettext, builder.catalogue
    if kind == "industries":
        path, heading = "industries/", _("Industries")
        summary = _("Find a short course for the field that you work in, or want to.")
        topics = tuple(industry_card(builder, slug) for slug in catalogue.industries)
    else:
        path, heading = "delivery/", _("Ways to learn")
        summary = _("Find a short course that fits where you are and when you have time.")
        topics = tuple(mode_card(builder, mode) for mode in catalogue.modes)
    return views.TopicIndexPage(
        **page_fields(builder, path, heading, summary, section=path.rstrip("/"), graphs=()),
        kind=kind,
        topics=topics,
    )


def provider_index(builder: ViewBuilder, number: int) -> views.ProviderIndexPage:
    _ = builder.translations.gettext
    summary = _(
        "Who offers these courses: universities, colleges, professional bodies, companies and others."
    )
    on_page, pagination = paginated(
        tuple(builder.catalogue.providers), builder.config.page_size, number, "providers/", builder.urls
    )
    return views.ProviderIndexPage(
        **page_fields(
            builder, "providers/", _("Providers"), summary, section="providers", pagination=pagination
        ),
        providers=tuple(provider_card(builder, slug) for slug in on_page),
        pagination=pagination,
    )


def provider_page(builder: ViewBuilder, number: int, slug: str) -> views.ProviderPage:
    """Page ``number`` of a provider's courses."""
    catalogue = builder.catalogue
    record = catalogue.providers[slug]
    provider = builder.fields(record, Provider)
    path = entry_path(Kind.PROVIDER, slug)
    _ = builder.translations.gettext
    courses = catalogue.by_provider.get(slug, ())
    card = provider_card(builder, slug)
    on_page, pagination = paginated(courses, builder.config.page_size, number, path, builder.urls)
    is_first = number == 1
    stories = builder.stories_of(courses, f"{Kind.PROVIDER}:{slug}") if is_first else ()
    cards = course_cards(builder, on_page)
    return views.ProviderPage(
        **page_fields(
            builder,
            path,
            provider.title,
            provider.summary,
            section="providers",
            trail=((_("Providers"), "providers/"), (provider.title, path)),
            description=provider.summary
            or _("Short courses from %(provider)s") % {"provider": provider.title},
            entry=record,
            pagination=pagination,
            graphs=[json_ld.course_item_list(cards, builder.urls)],
        ),
        kind=card.kind,
        country=provider.country or "",
        region=provider.region,
        url=provider.url or "",
        email=provider.email or "",
        place=place_link(builder, provider.place) if provider.place else None,
        initials=card.initials,
        logo=card.logo,
        accredited_by=builder.providers_or_text(provider.accredited_by),
        body=page_body(builder, record),
        fixed=f"provider:{slug}",
        panel=filter_panel(builder, ("provider", slug), path, pagination),
        cards=cards,
        pagination=pagination,
        partner_in=course_cards(builder, catalogue.by_partner.get(slug, ())) if is_first else (),
        stories=story_cards(builder, stories[:_MAX_STORIES]),
        pathways=pathway_cards(builder, catalogue.pathways_by_provider.get(slug, ())) if is_first else (),
        draft=provider.draft,
    )


def skill_index(builder: ViewBuilder) -> views.SkillIndexPage:
    """All skills by first letter: those that two or more courses teach lead to their page, others to their course."""
    _ = builder.translations.gettext
    groups: dict[str, list[views.SkillLink]] = {}
    for skill in builder.catalogue.skills.values():
        letter = sort_key(skill.name)[:1].upper()
        alone = len(skill.courses) == 1
        url = (
            builder.urls.entry(Kind.COURSE, skill.courses[0])
            if alone
            else builder.urls.to(skill_path(skill.slug))
        )
        link = views.SkillLink(skill.name, url, len(skill.courses))
        groups.setdefault(letter if letter.isalpha() else "#", []).append(link)
    summary = _("Find courses by the skill that you want to learn, or that your team lacks.")
    return views.SkillIndexPage(
        **page_fields(builder, "skills/", _("Skills"), summary, section="skills"),
        groups=tuple(views.SkillGroup(letter, tuple(skills)) for letter, skills in groups.items()),
        total=sum(len(skills) for skills in groups.values()),
    )
