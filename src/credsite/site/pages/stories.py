"""The pages of stories: all of them, those of a background, an industry or a delivery mode, and each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.relations import course_industries, story_modes
from credsite.schema.kinds import Kind
from credsite.schema.models import Story
from credsite.site import json_ld, views
from credsite.site.facet_labels import value_title
from credsite.site.filter_panel import story_panel
from credsite.site.labels import background_ids
from credsite.site.pagination import page_count, paginated
from credsite.site.planned import PlannedPage, iso_day
from credsite.site.urls import entry_path, numbered_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import FilterLink, FilterNav

_FEW: Final = 3
_FOLDERS: Final = {"industry": "industry", "background": "background", "mode": "delivery"}


def story_pages(catalogue: Catalogue, page_size: int) -> Iterator[PlannedPage]:
    """All stories, those of each industry, background and delivery mode, and the page of each."""
    if not catalogue.stories:
        return

    def pages(kind: str, chosen: str, slugs: tuple[str, ...]) -> Iterator[PlannedPage]:
        path, keys = story_path(kind, chosen), (chosen,) if chosen else ()
        updated = max(iso_day(catalogue.stories[slug].updated) for slug in slugs)
        for number in range(1, page_count(len(slugs), page_size) + 1):
            yield PlannedPage(numbered_path(path, number), story_list, (kind, number, *keys), updated=updated)

    yield from pages("stories", "", tuple(catalogue.stories))
    for slug, stories in catalogue.stories_by_industry.items():
        yield from pages("industry", slug, stories)
    for found, stories in catalogue.stories_by_background.items():
        yield from pages("background", found, stories)
    for mode, stories in catalogue.stories_by_mode.items():
        yield from pages("mode", mode, stories)
    for slug, story in catalogue.stories.items():
        yield PlannedPage(
            entry_path(Kind.STORY, slug),
            story_page,
            (slug,),
            story.path,
            iso_day(story.updated),
            in_sitemap=not story.draft,
        )


def story_list(builder: ViewBuilder, kind: str, number: int, chosen: str = "") -> views.StoryListPage:
    """Page ``number`` of a list of stories: of all, or of the industry, background or mode ``chosen``."""
    catalogue = builder.catalogue
    lists: Mapping[str, Mapping[str, tuple[str, ...]]] = {
        "industry": catalogue.stories_by_industry,
        "background": catalogue.stories_by_background,
        "mode": catalogue.stories_by_mode,
    }
    slugs = lists[kind][chosen] if chosen else tuple(catalogue.stories)
    path, heading, summary = (
        story_path(kind, chosen),
        story_heading(builder, kind, chosen),
        story_lead(builder),
    )
    shown, pagination = paginated(slugs, builder.config.page_size, number, path, builder.urls)
    return views.StoryListPage(
        head=builder.head(numbered_path(path, number), heading, summary, pagination=pagination),
        section="stories",
        crumbs=builder.crumbs(*story_trail(builder, kind, chosen)),
        heading=heading,
        summary=summary,
        kind=kind,
        background=chosen if kind == "background" else "",
        industry=chosen if kind == "industry" else "",
        mode=chosen if kind == "mode" else "",
        filters=_story_filters(builder, kind, chosen),
        panel=story_panel(builder, kind, chosen, path, pagination),
        cards=builder.story_cards(shown),
        pagination=pagination,
    )


def story_heading(builder: ViewBuilder, kind: str, chosen: str) -> str:
    """The heading of a list of stories."""
    _ = builder.translations.gettext
    match kind:
        case "industry":
            return _("Stories from %(industry)s") % {"industry": builder.industry(chosen).title}
        case "background":
            return _("Stories: %(background)s") % {"background": builder.labels.title("background", chosen)}
        case "mode":
            return _("Stories of %(mode)s courses") % {"mode": builder.mode(chosen).title}
        case _:
            return _("Stories")


def story_lead(builder: ViewBuilder) -> str:
    """The sentence below the heading of any list of stories."""
    _ = builder.translations.gettext
    return _("Learners tell what they came from, what went well, what was hard, and where it led.")


def story_trail(builder: ViewBuilder, kind: str, chosen: str) -> tuple[tuple[str, str], ...]:
    """The breadcrumbs of a list of stories, as titles and site paths, from below the home page to the list itself."""
    everything = (builder.translations.gettext("Stories"), "stories/")
    if not chosen:
        return (everything,)
    return (everything, (value_title(builder, kind, chosen), story_path(kind, chosen)))


def story_path(kind: str, chosen: str) -> str:
    """The site path of a list of stories: of all, or of the industry, background or mode ``chosen``."""
    return f"stories/{_FOLDERS[kind]}/{chosen}/" if chosen else "stories/"


def background_links(builder: ViewBuilder, chosen: str = "") -> tuple[FilterLink, ...]:
    """A link for each background that stories have, in the order of credsite.yaml."""
    by_background = builder.catalogue.stories_by_background
    return tuple(
        FilterLink(
            found,
            builder.labels.title("background", found),
            builder.urls.to(story_path("background", found)),
            len(by_background[found]),
            found == chosen,
        )
        for found in background_ids(builder.config)
        if found in by_background
    )


def _story_filters(builder: ViewBuilder, kind: str, chosen: str) -> tuple[FilterNav, ...]:
    """Links to the lists of one industry, background or mode; ``chosen`` is that of the list itself."""
    catalogue, _ = builder.catalogue, builder.translations.gettext

    def nav(found: str, title: str, everything: str, links: Iterable[FilterLink]) -> FilterNav:
        all_ = FilterLink(
            "", everything, builder.urls.to("stories/"), len(catalogue.stories), kind == "stories"
        )
        return FilterNav(found, title, (all_, *links))

    industries = tuple(
        FilterLink(
            slug,
            catalogue.industries[slug].title,
            builder.urls.to(story_path("industry", slug)),
            len(stories),
            kind == "industry" and slug == chosen,
        )
        for slug, stories in catalogue.stories_by_industry.items()
    )
    like_me = background_links(builder, chosen if kind == "background" else "")
    modes = tuple(
        FilterLink(
            mode,
            builder.mode(mode).title,
            builder.urls.to(story_path("mode", mode)),
            len(stories),
            kind == "mode" and mode == chosen,
        )
        for mode, stories in catalogue.stories_by_mode.items()
    )
    navs = []
    if industries:
        navs.append(nav("industry", _("Industry"), _("All industries"), industries))
    if like_me:
        navs.append(nav("background", _("Someone like me"), _("Everyone"), like_me))
    if modes:
        navs.append(nav("mode", _("Delivery"), _("Any delivery"), modes))
    return tuple(navs)


def story_page(builder: ViewBuilder, slug: str) -> views.StoryPage:
    catalogue = builder.catalogue
    facts = catalogue.stories[slug]
    story = builder.fields(facts, Story)
    path = entry_path(Kind.STORY, slug)
    card = builder.story_card(slug)
    crumbs = builder.crumbs((builder.translations.gettext("Stories"), "stories/"), (story.title, path))
    courses = tuple(course for course in story.courses if course in catalogue.courses)
    return views.StoryPage(
        head=builder.head(
            path,
            story.title,
            story.summary,
            entry=facts,
            type="article",
            data=json_ld.json_ld_script(
                json_ld.article_data(facts, path, builder.urls), json_ld.breadcrumb_list(crumbs, builder.urls)
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
        picture=builder.entry_picture(facts),
        backgrounds=card.backgrounds,
        industries=card.industries,
        modes=builder.modes(story_modes(facts, catalogue.courses)),
        before=story.before,
        after=story.after,
        quote=story.quote,
        highs=story.highs,
        lows=story.lows,
        told_at=story.told_at,
        body=builder.body(facts),
        courses=builder.course_cards(courses),
        more=builder.story_cards(_more_stories(builder, slug)),
        draft=story.draft,
    )


def _more_stories(builder: ViewBuilder, slug: str) -> tuple[str, ...]:
    """A few other stories: of the same background first, then of the same industry."""
    catalogue = builder.catalogue
    story = catalogue.stories[slug]
    lists = [catalogue.stories_by_background.get(found, ()) for found in story.background]
    lists += (catalogue.stories_by_industry.get(i, ()) for i in course_industries(story, catalogue.courses))
    found: dict[str, None] = {}
    for members in lists:
        position = members.index(slug) if slug in members else 0
        for offset in range(1, min(len(members), _FEW + 1)):
            found[members[(position + offset) % len(members)]] = None
    found.pop(slug, None)
    return tuple(found)[:_FEW]
