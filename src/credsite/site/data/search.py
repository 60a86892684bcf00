"""The texts that the search looks in: of courses, stories, guides and pathways."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from credsite.content.markdown import body
from credsite.schema.kinds import Kind
from credsite.site.details import own_words
from credsite.site.place_parts import searched_places
from credsite.site.planned import DataContext
from credsite.site.view_builder import ViewBuilder


def search_texts(context: DataContext, first: int, count: int, with_others: bool) -> dict[str, Any]:
    """The texts of ``count`` courses from position ``first`` on, and with ``with_others`` those of all other entries."""
    builder, courses = context.builder, context.catalogue.courses
    texts: dict[str, Any] = {
        "first": first,
        "courses": [_course(builder, slug) for slug in islice(courses, first, first + count)],
    }
    if with_others:
        texts["others"] = [*_stories(builder), *_guides(builder), *_pathways(builder)]
    return texts


def _course(builder: ViewBuilder, slug: str) -> list[str]:
    """Title, summary, skills, outcomes, provider, industries and places."""
    course = builder.catalogue.courses[slug]
    return [
        course.title,
        course.summary,
        ", ".join(skill.name for skill in course.skills),
        _joined(course.outcomes, *own_words(builder, course)),
        builder.provider(course.provider).title,
        ", ".join(
            [
                *(industry.title for industry in builder.industries(course.industries)),
                *(place.title for place in searched_places(builder, course)),
            ]
        ),
    ]


# The others have: kind, title, summary, more text, URL.


def _stories(builder: ViewBuilder) -> Iterator[list[str]]:
    for slug, story in builder.catalogue.stories.items():
        backgrounds = (one.title for one in builder.backgrounds(story.background))
        more = (story.learner, story.location, story.before, story.after, story.quote, *backgrounds)
        more += own_words(builder, story)
        yield ["story", story.title, story.summary, _joined(*more), builder.urls.entry(Kind.STORY, slug)]


def _guides(builder: ViewBuilder) -> Iterator[list[str]]:
    for slug in builder.guides():
        guide = builder.catalogue.pages[slug]
        text = _joined(body.plain_text(builder.entry(guide).body), *own_words(builder, guide))
        yield ["guide", guide.title, guide.summary, text, builder.urls.entry(Kind.PAGE, slug)]


def _pathways(builder: ViewBuilder) -> Iterator[list[str]]:
    for slug, pathway in builder.catalogue.pathways.items():
        more = (pathway.credential, *(step.title for step in pathway.steps), *own_words(builder, pathway))
        url = builder.urls.entry(Kind.PATHWAY, slug)
        yield ["pathway", pathway.title, pathway.summary, _joined(*more), url]


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))
