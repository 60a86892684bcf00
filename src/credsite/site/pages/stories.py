"""The lists of stories (all, and by background, industry or delivery mode), and the page of each story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.relations import course_industries, story_modes
from credsite.content.image_slots import GALLERY, LARGE_PORTRAIT, PAGE
from credsite.schema.kinds import Kind
from credsite.schema.models import Story
from credsite.site import json_ld, views
from credsite.site.api.addresses import STORIES
from credsite.site.cards import course_cards, pathway_cards, story_card, story_cards
from credsite.site.descriptions import list_summary
from credsite.site.filters import story_filter_links, story_panel
from credsite.site.list_headings import TrailStep, story_list_heading
from credsite.site.page_parts import page_body, page_fields, paginated
from credsite.site.planned import PlannedPage, iso_day, list_pages
from credsite.site.urls import entry_path, story_list_path
from credsite.site.view_builder import ViewBuilder

_MAX_MORE: Final = 3


def story_pages(catalogue: Catalogue, page_size: int) -> Iterator[PlannedPage]:
    """All stories, those of each industry, background and delivery mode, and the page of each."""
    if not catalogue.stories:
        return

    def pages(kind: str, value: str, slugs: tuple[str, ...]) -> Iterator[PlannedPage]:
        updated = max(iso_day(catalogue.stories[slug].updated) for slug in slugs)
        path = story_list_path(kind, value)
        yield from list_pages(path, story_list, len(slugs), page_size, kind, value, updated=updated)

    yield from pages("stories", "", tuple(catalogue.stories))
    for kind in ("industry", "background", "mode"):
        for value, stories in catalogue.story_lists[kind].items():
            yield from pages(kind, value, stories)
    for story in catalogue.stories.values():
        yield PlannedPage.of_entry(story, story_page)


def story_list(builder: ViewBuilder, number: int, kind: str, value: str) -> views.StoryListPage:
    """Page ``number`` of a list of stories: of the ``industry``, ``background`` or ``mode`` (``kind``) ``value``, or of all."""
    catalogue = builder.catalogue
    slugs = catalogue.story_lists[kind][value] if value else tuple(catalogue.stories)
    path, heading = story_list_path(kind, value), story_list_heading(builder, kind, value)
    on_page, pagination = paginated(slugs, builder.config.page_size, number, path, builder.urls)
    cards = story_cards(builder, on_page)
    return views.StoryListPage(
        **page_fields(
            builder,
            path,
            heading.title,
            heading.lead,
            section="stories",
            above=heading.above,
            short_title=heading.short_title,
            own=heading.own,
            description=heading.lead if heading.has_own_lead else "",
            listed=list_summary(builder, ("%(num)s story", "%(num)s stories"), len(slugs), cards),
            pagination=pagination,
            document=STORIES if builder.config.api and not value else "",
        ),
        kind=kind,
        background=value if kind == "background" else "",
        industry=value if kind == "industry" else "",
        mode=value if kind == "mode" else "",
        filters=story_filter_links(builder, kind, value),
        panel=story_panel(builder, kind, value, path, pagination),
        cards=cards,
        pagination=pagination,
    )


def story_page(builder: ViewBuilder, slug: str) -> views.StoryPage:
    catalogue = builder.catalogue
    record = catalogue.stories[slug]
    story = builder.fields(record, Story)
    path = entry_path(Kind.STORY, slug)
    card = story_card(builder, slug)
    video = builder.video(record, story.video)
    courses = tuple(course for course in story.courses if course in catalogue.courses)
    return views.StoryPage(
        **page_fields(
            builder,
            path,
            story.title,
            story.summary,
            section="stories",
            above=(TrailStep(builder.translations.gettext("Stories"), "stories/"),),
            entry=record,
            type="article",
            graphs=[json_ld.article_data(record, path, builder.urls, video)],
        ),
        learner=card.learner,
        location=card.location,
        initials=card.initials,
        photo=builder.picture(record, story.learner.photo, card.learner, LARGE_PORTRAIT),
        picture=builder.entry_picture(record, PAGE),
        backgrounds=card.backgrounds,
        industries=card.industries,
        modes=builder.modes(story_modes(record, catalogue.courses, catalogue.pathways)),
        before=story.before,
        after=story.after,
        quote=story.quote,
        highs=story.highs,
        lows=story.lows,
        told_at=story.told_at,
        body=page_body(builder, record),
        video=video,
        images=tuple(
            picture
            for one in story.images
            if (picture := builder.picture(record, one.src, one.alt, GALLERY)) is not None
        ),
        courses=course_cards(builder, courses),
        pathways=pathway_cards(builder, tuple(one for one in story.pathways if one in catalogue.pathways)),
        provider=builder.provider_or_text(story.provider) if story.provider else None,
        more=story_cards(builder, _more_stories(builder, slug)),
        draft=story.draft,
    )


def _more_stories(builder: ViewBuilder, slug: str) -> tuple[str, ...]:
    """A few other stories: of the same background first, then of the same industry."""
    catalogue = builder.catalogue
    story = catalogue.stories[slug]
    lists = [catalogue.stories_by_background.get(background, ()) for background in story.background]
    lists += (
        catalogue.stories_by_industry.get(i, ())
        for i in course_industries(story, catalogue.courses, catalogue.pathways)
    )
    others: dict[str, None] = {}
    for members in lists:
        # The stories that follow this one in the list, so that different stories lead to different ones.
        position = members.index(slug) if slug in members else 0
        for offset in range(1, min(len(members), _MAX_MORE + 1)):
            others[members[(position + offset) % len(members)]] = None
    others.pop(slug, None)
    return tuple(others)[:_MAX_MORE]
