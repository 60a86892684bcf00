"""What share pictures show, and their files. The theme draws them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Final

from credsite.catalogue.relations import course_industries, courses_in, story_modes
from credsite.content.records import Record
from credsite.core.hashing import combined_digest
from credsite.core.locales import text_direction
from credsite.schema.kinds import Kind
from credsite.site.planned import PlannedFile
from credsite.site.share_settings import SHARE_FOLDER, ShareSettings, share_picture_start
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import SHARE_HEIGHT, SHARE_WIDTH, Picture, SharePicture

SITE: Final = "site"
"""The kind of the picture of the site, and its name."""
_MOST_MODES: Final = 2
_DIGITS: Final = 16

_Facts = tuple[str, tuple[str, ...]]
"""The line below the title, and the labels."""


def drawn_picture(builder: ViewBuilder, entry: Record | None) -> Picture | None:
    """The picture for links to the page of ``entry``, or of the site for None. None where there is no such picture."""
    settings = builder.share_settings
    if settings is None or (entry is not None and entry.kind not in settings.kinds):
        return None
    shown = _shown(builder, entry)
    path = _output(entry, _digest(settings, shown))
    return Picture(builder.urls.absolute(path), shown.description, SHARE_WIDTH, SHARE_HEIGHT)


def share_picture_files(builder: ViewBuilder) -> Iterator[PlannedFile]:
    """The pictures of the site and of its entries. Drafts have none."""
    settings, catalogue = builder.share_settings, builder.catalogue
    if settings is None:
        return
    entries = chain.from_iterable(catalogue.of_kind(kind).values() for kind in settings.kinds)
    for entry in (None, *entries):
        shown = _shown(builder, entry)
        digest = _digest(settings, shown)
        yield PlannedFile(_output(entry, digest), digest=digest, drawn=shown)


def _digest(settings: ShareSettings, shown: SharePicture) -> str:
    # Not `repr`, which writes new characters in another way in each release of Python.
    return combined_digest([settings.design, ascii(shown)])


def _output(entry: Record | None, digest: str) -> str:
    start = f"{SHARE_FOLDER}{SITE}." if entry is None else share_picture_start(entry.kind, entry.slug)
    return f"{start}{digest[:_DIGITS]}.png"


def _shown(builder: ViewBuilder, entry: Record | None) -> SharePicture:
    config = builder.config
    line, labels = (config.tagline, ()) if entry is None else _FACTS[entry.kind](builder, entry.slug)
    return SharePicture(
        kind=SITE if entry is None else entry.kind.value,
        title=config.title if entry is None else entry.title,
        line=line,
        labels=labels,
        site=config.title,
        seed=SITE if entry is None else entry.slug,
        language=config.language,
        direction=text_direction(config.language),
    )


def _of_course(builder: ViewBuilder, slug: str) -> _Facts:
    course = builder.catalogue.courses[slug]
    labels = _labels(builder, course.industries, course.delivery_modes)
    return builder.provider(course.provider).title, labels


def _of_story(builder: ViewBuilder, slug: str) -> _Facts:
    catalogue = builder.catalogue
    story = catalogue.stories[slug]
    industries = course_industries(story, catalogue.courses, catalogue.pathways)
    modes = story_modes(story, catalogue.courses, catalogue.pathways)
    return ", ".join(filter(None, (story.learner, story.location))), _labels(builder, industries, modes)


def _of_pathway(builder: ViewBuilder, slug: str) -> _Facts:
    catalogue = builder.catalogue
    pathway = catalogue.pathways[slug]
    provider = builder.provider_or_text(pathway.provider) if pathway.provider else None
    number = sum(
        course in catalogue.courses for course in dict.fromkeys(courses_in(pathway, catalogue.pathways))
    )
    courses = builder.translations.ngettext("%(num)s course", "%(num)s courses", number) % {"num": number}
    industries = course_industries(pathway, catalogue.courses, catalogue.pathways)
    labels = (courses, *_labels(builder, industries, ()))
    return provider.title if provider is not None else pathway.credential, labels


def _of_industry(builder: ViewBuilder, slug: str) -> _Facts:
    return builder.catalogue.industries[slug].summary, ()


_FACTS: Final[Mapping[Kind, Callable[[ViewBuilder, str], _Facts]]] = {
    Kind.COURSE: _of_course,
    Kind.STORY: _of_story,
    Kind.PATHWAY: _of_pathway,
    Kind.INDUSTRY: _of_industry,
}


def _labels(builder: ViewBuilder, industries: tuple[str, ...], modes: tuple[str, ...]) -> tuple[str, ...]:
    """The first industry and the first delivery modes."""
    terms = (*builder.industries(industries)[:1], *builder.modes(modes)[:_MOST_MODES])
    return tuple(term.title for term in terms)
