"""Cards: entries as lists and other entries' pages show them.

The card of an entry is the same object on every page, so that it is made once and rendered once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict

from credsite.catalogue.enrolment import enrolment
from credsite.catalogue.relations import course_industries
from credsite.content.image_slots import CARD, LOGO, PORTRAIT, TOPIC
from credsite.content.records import Record
from credsite.site import views
from credsite.site.details import card_details
from credsite.site.place_parts import course_places, place_links
from credsite.site.view_builder import ViewBuilder, shared_part
from credsite.site.views import Term


class _CardFields(TypedDict):
    """The fields that every card has."""

    id: str
    title: str
    url: str
    summary: str


def _card_fields(builder: ViewBuilder, entry: Record) -> _CardFields:
    return {
        "id": entry.slug,
        "title": entry.title,
        "url": builder.urls.entry(entry.kind, entry.slug),
        "summary": entry.summary,
    }


@shared_part
def course_card(builder: ViewBuilder, slug: str) -> views.CourseCard:
    course = builder.catalogue.courses[slug]
    return views.CourseCard(
        **_card_fields(builder, course),
        provider=builder.provider(course.provider),
        industries=builder.industries(course.industries),
        modes=builder.modes(course.delivery_modes),
        levels=builder.labels.terms("level", course.level),
        pace=builder.labels.term("pace", course.pace) if course.pace else None,
        duration=course.duration,
        workload=course.workload,
        price=builder.price(course.price),
        credentials=builder.labels.terms("credential", course.credential),
        enrolment=builder.enrolment(builder.catalogue.enrolment[slug]),
        details=card_details(builder, course.details),
        places=course_places(builder, course),
        picture=builder.entry_picture(course, CARD),
        draft=course.draft,
    )


def course_card_at(builder: ViewBuilder, slug: str, place: str) -> views.CourseCard:
    """The card of a course on the page of a place: its date is that of the best session there."""
    catalogue = builder.catalogue
    card, course = course_card(builder, slug), catalogue.courses[slug]
    general = catalogue.enrolment[slug]
    there = tuple(
        (number, state)
        for number, state in catalogue.sessions[slug]
        if course.sessions[number].location == place
    )
    if general.session is None or not there or general.session.location == place:
        return card
    at_place = enrolment(course, there)
    if at_place.state == "ended":
        return card
    return replace(card, enrolment=builder.enrolment(at_place), places=place_links(builder, (place,)))


def course_cards(builder: ViewBuilder, slugs: tuple[str, ...]) -> tuple[views.CourseCard, ...]:
    return tuple(course_card(builder, slug) for slug in slugs)


@shared_part
def story_card(builder: ViewBuilder, slug: str) -> views.StoryCard:
    story = builder.catalogue.stories[slug]
    return views.StoryCard(
        **_card_fields(builder, story),
        learner=story.learner,
        location=story.location,
        initials=initials(story.learner),
        photo=builder.picture(story, story.photo, story.learner, PORTRAIT),
        quote=story.quote,
        before=story.before,
        after=story.after,
        backgrounds=builder.backgrounds(story.background),
        industries=builder.industries(
            course_industries(story, builder.catalogue.courses, builder.catalogue.pathways)
        ),
        draft=story.draft,
    )


def story_cards(builder: ViewBuilder, slugs: tuple[str, ...]) -> tuple[views.StoryCard, ...]:
    return tuple(story_card(builder, slug) for slug in slugs)


@shared_part
def pathway_card(builder: ViewBuilder, slug: str) -> views.PathwayCard:
    pathway = builder.catalogue.pathways[slug]
    totals = builder.catalogue.totals[slug]
    return views.PathwayCard(
        **_card_fields(builder, pathway),
        provider=builder.provider_or_text(pathway.provider) if pathway.provider else None,
        steps=len(pathway.steps),
        courses=totals.courses,
        duration=totals.duration,
        workload=totals.workload,
        price=builder.price_range(totals.price),
        credential=pathway.credential,
        industries=builder.industries(
            course_industries(pathway, builder.catalogue.courses, builder.catalogue.pathways)
        ),
        draft=pathway.draft,
    )


def pathway_cards(builder: ViewBuilder, slugs: tuple[str, ...]) -> tuple[views.PathwayCard, ...]:
    return tuple(pathway_card(builder, slug) for slug in slugs)


def guide_card(builder: ViewBuilder, slug: str) -> views.GuideCard:
    entry = builder.catalogue.pages[slug]
    return views.GuideCard(**_card_fields(builder, entry), picture=builder.entry_picture(entry, CARD))


def industry_card(builder: ViewBuilder, slug: str) -> views.TopicCard:
    entry = builder.catalogue.industries[slug]
    return _topic_card(
        builder,
        builder.industry(slug),
        entry.summary,
        len(builder.catalogue.by_industry.get(slug, ())),
        entry,
    )


def mode_card(builder: ViewBuilder, mode: str) -> views.TopicCard:
    entry = builder.catalogue.modes[mode]
    return _topic_card(
        builder,
        builder.mode(mode),
        builder.mode_summary(mode),
        len(builder.catalogue.by_mode.get(mode, ())),
        entry,
    )


def _topic_card(
    builder: ViewBuilder, term: Term, summary: str, count: int, entry: Record | None
) -> views.TopicCard:
    picture = builder.entry_picture(entry, TOPIC) if entry is not None else None
    is_own = entry is not None or term.own
    return views.TopicCard(term.id, term.title, term.url, summary, count, picture, is_own)


def provider_card(builder: ViewBuilder, slug: str) -> views.ProviderCard:
    provider = builder.catalogue.providers[slug]
    return views.ProviderCard(
        **_card_fields(builder, provider),
        kind=builder.labels.term("provider", provider.type) if provider.type else None,
        place=provider.region,
        count=len(builder.catalogue.by_provider.get(slug, ())),
        initials=initials(provider.title),
        logo=builder.picture(provider, provider.logo, "", LOGO),
    )


def place_card(builder: ViewBuilder, slug: str) -> views.PlaceCard:
    place = builder.catalogue.places[slug]
    return views.PlaceCard(
        **_card_fields(builder, place),
        locality=place.locality,
        count=len(builder.catalogue.by_place.get(slug, ())),
        picture=builder.entry_picture(place, CARD),
    )


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))
