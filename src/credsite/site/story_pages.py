"""The pages of stories: all of them, those of an industry or a background, and each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from credsite.catalogue.relations import course_industries, story_modes
from credsite.content.model import Kind
from credsite.site import structured, views
from credsite.site.labels import backgrounds
from credsite.site.lists import paginated
from credsite.site.pages import PlannedPage
from credsite.site.parts import Parts, updated
from credsite.site.urls import entry_path, numbered
from credsite.site.views import FilterLink, FilterNav

_FEW: Final = 3


def story_pages(parts: Parts) -> Iterator[PlannedPage]:
    """All stories, those of each industry and background, and the page of each."""
    catalogue, _ = parts.catalogue, parts.texts.gettext
    if not catalogue.stories:
        return
    summary = _("Learners tell what they came from, what went well, what was hard, and where it led.")
    yield from _story_list(
        parts, "stories", "stories/", tuple(catalogue.stories), _("Stories"), summary, (), ("", "")
    )
    stories_crumb = ((_("Stories"), "stories/"),)
    for slug, stories in catalogue.stories_by_industry.items():
        title = catalogue.industries[slug].title
        heading = _("Stories from %(industry)s") % {"industry": title}
        path = f"stories/industry/{slug}/"
        yield from _story_list(
            parts, "industry", path, stories, heading, summary, stories_crumb, (slug, ""), title
        )
    for found, stories in catalogue.stories_by_background.items():
        title = parts.labels.title("background", found)
        heading = _("Stories: %(background)s") % {"background": title}
        path = f"stories/background/{found}/"
        yield from _story_list(
            parts, "background", path, stories, heading, summary, stories_crumb, ("", found), title
        )
    for slug in catalogue.stories:
        yield _story(parts, slug)


def _story_list(
    parts: Parts,
    kind: str,
    path: str,
    slugs: tuple[str, ...],
    heading: str,
    summary: str,
    trail: tuple[tuple[str, str], ...],
    chosen: tuple[str, str],
    crumb: str = "",
) -> Iterator[PlannedPage]:
    """``chosen`` is the industry and the background of the list, "" for all."""
    crumbs = parts.crumbs(*trail, (crumb or heading, path))
    newest = [found for slug in slugs if (found := updated(parts.catalogue.stories[slug])) is not None]
    for number, shown, pagination in paginated(slugs, parts.config.page_size, path, parts.urls):
        here = numbered(path, number)
        view = views.StoryListPage(
            head=parts.head(here, heading, summary, pagination=pagination),
            section="stories",
            crumbs=crumbs,
            heading=heading,
            summary=summary,
            kind=kind,
            filters=_story_filters(parts, *chosen),
            cards=parts.story_cards(tuple(shown)),
            pagination=pagination,
        )
        yield PlannedPage(here, view, "", max(newest, key=lambda d: d.isoformat()[:10]) if newest else None)


def background_links(parts: Parts, chosen: str = "") -> tuple[FilterLink, ...]:
    """A link for each background that stories have, in the order of credsite.yaml."""
    by_background = parts.catalogue.stories_by_background
    return tuple(
        FilterLink(
            found,
            parts.labels.title("background", found),
            parts.urls.to(f"stories/background/{found}/"),
            len(by_background[found]),
            found == chosen,
        )
        for found in backgrounds(parts.config)
        if found in by_background
    )


def _story_filters(parts: Parts, industry: str, background: str) -> tuple[FilterNav, ...]:
    _ = parts.texts.gettext
    everything = len(parts.catalogue.stories)
    all_url = parts.urls.to("stories/")
    industries = tuple(
        FilterLink(
            slug,
            parts.catalogue.industries[slug].title,
            parts.urls.to(f"stories/industry/{slug}/"),
            len(stories),
            slug == industry,
        )
        for slug, stories in parts.catalogue.stories_by_industry.items()
    )
    like_me = background_links(parts, background)
    navs = []
    if industries:
        all_industries = FilterLink(
            "", _("All industries"), all_url, everything, not industry and not background
        )
        navs.append(FilterNav("industry", _("Industry"), (all_industries, *industries)))
    if like_me:
        everyone = FilterLink("", _("Everyone"), all_url, everything, not industry and not background)
        navs.append(FilterNav("background", _("Someone like me"), (everyone, *like_me)))
    return tuple(navs)


def _story(parts: Parts, slug: str) -> PlannedPage:
    catalogue = parts.catalogue
    entry = catalogue.stories[slug]
    story = entry.fields
    path = entry_path(Kind.STORY, slug)
    card = parts.story_card(slug)
    crumbs = parts.crumbs((parts.texts.gettext("Stories"), "stories/"), (story.title, path))
    courses = tuple(course for course in story.courses if course in catalogue.courses)
    view = views.StoryPage(
        head=parts.head(
            path,
            story.title,
            story.summary,
            entry=entry,
            type="article",
            data=structured.script(
                structured.article(story, path, parts.urls), structured.breadcrumbs(crumbs, parts.urls)
            ),
        ),
        section="stories",
        crumbs=crumbs,
        heading=story.title,
        summary=story.summary,
        learner=card.learner,
        location=card.location,
        initials=card.initials,
        photo=card.photo,
        picture=parts.entry_picture(entry),
        backgrounds=card.backgrounds,
        industries=card.industries,
        modes=parts.modes(story_modes(story, catalogue.courses)),
        before=story.before,
        after=story.after,
        quote=story.quote,
        highs=story.highs,
        lows=story.lows,
        told_at=story.told_at,
        body=parts.body(entry),
        courses=parts.course_cards(courses),
        more=parts.story_cards(_more_stories(parts, slug)),
        draft=story.draft,
    )
    return PlannedPage(path, view, entry.path, updated(entry), in_sitemap=not story.draft)


def _more_stories(parts: Parts, slug: str) -> tuple[str, ...]:
    """A few other stories: of the same background first, then of the same industry."""
    catalogue = parts.catalogue
    story = catalogue.stories[slug].fields
    lists = [catalogue.stories_by_background.get(found, ()) for found in story.background]
    lists += (catalogue.stories_by_industry.get(i, ()) for i in course_industries(story, catalogue.courses))
    found: dict[str, None] = {}
    for members in lists:
        position = members.index(slug) if slug in members else 0
        for offset in range(1, min(len(members), _FEW + 1)):
            found[members[(position + offset) % len(members)]] = None
    found.pop(slug, None)
    return tuple(found)[:_FEW]
