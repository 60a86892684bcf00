"""Which Atom feeds there are: of all courses, of those of each industry, delivery mode and provider, and of the stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.facets import ALL_COURSES, ListKey
from credsite.catalogue.newest import ALL_STORIES, NewestEntry
from credsite.schema.kinds import Kind
from credsite.site import views
from credsite.site.planned import PlannedPage
from credsite.site.urls import PATH_PREFIXES, entry_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link

_KINDS: Mapping[str, Kind] = {
    "industry": Kind.INDUSTRY,
    "mode": Kind.DELIVERY_MODE,
    "provider": Kind.PROVIDER,
}
"""The kinds of entries whose lists of courses have feeds of their own, by the kind of list."""
_SITE_FEEDS: Mapping[ListKey, str] = {ALL_COURSES: "courses", ALL_STORIES: "stories"}


def atom_feeds(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """The feeds that have at least one entry."""
    for key in catalogue.newest:
        yield PlannedPage(_feed_path(key), atom_feed, key, in_sitemap=False)


def site_feed_links(builder: ViewBuilder) -> tuple[Link, ...]:
    """The feeds that all pages link to: of all courses and of all stories."""
    found = (feed_link(builder, key) for key in _SITE_FEEDS)
    return tuple(link for link in found if link is not None)


def feed_link(builder: ViewBuilder, key: ListKey) -> Link | None:
    """The feed of a list, if it has one with entries."""
    if key not in builder.catalogue.newest:
        return None
    return Link(_title(builder, key), builder.urls.to(_feed_path(key)))


def atom_feed(builder: ViewBuilder, kind: str, slug: str) -> views.Feed:
    catalogue, config, urls = builder.catalogue, builder.config, builder.urls
    key = (kind, slug)
    is_stories = key == ALL_STORIES
    return views.Feed(
        title=f"{_title(builder, key)} – {config.title}",
        url=urls.absolute(_feed_path(key)),
        page=urls.absolute(entry_path(_KINDS[kind], slug) if slug else ""),
        author=config.title,
        language=config.language,
        entries=tuple(
            _entry(builder, Kind.STORY if is_stories else Kind.COURSE, item) for item in catalogue.newest[key]
        ),
    )


def _entry(builder: ViewBuilder, kind: Kind, item: NewestEntry) -> views.FeedEntry:
    slug, published, updated = item
    entries = builder.catalogue.stories if kind is Kind.STORY else builder.catalogue.courses
    record = entries[slug]
    url = builder.urls.absolute(entry_path(kind, slug))
    # What readers of a feed have copied would stay when a learner withdraws consent.
    picture = builder.share_picture(record) if kind is Kind.COURSE else None
    return views.FeedEntry(record.title, url, published, updated, record.summary, picture)


def _feed_path(key: ListKey) -> str:
    kind, slug = key
    return f"{PATH_PREFIXES[_KINDS[kind]]}{slug}/feed.xml" if slug else f"feeds/{_SITE_FEEDS[key]}.xml"


def _title(builder: ViewBuilder, key: ListKey) -> str:
    _ = builder.translations.gettext
    kind, slug = key
    if key == ALL_STORIES:
        return _("New stories")
    if not slug:
        return _("New courses")
    return _("%(name)s: %(value)s") % {
        "name": _("New courses"),
        "value": builder.entry_title(_KINDS[kind], slug),
    }
