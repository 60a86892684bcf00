"""The layout that all pages share: the site's name, the menu, the footer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from credsite import __version__
from credsite.core.locales import text_direction, words_language
from credsite.schema.footer import USUAL_FOOTER
from credsite.schema.kinds import Kind
from credsite.schema.navigation import LISTS, MENU_LISTS
from credsite.site.analytics import tracking_script
from credsite.site.details import detail_title
from credsite.site.navigation import navigation
from credsite.site.settings_texts import settings_html
from credsite.site.share_pictures import drawn_picture
from credsite.site.urls import COMPARE, SHORTLIST, detail_path
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link, MenuItem, SiteFrame, SocialLink


def site_layout(
    builder: ViewBuilder,
    feeds: tuple[Link, ...],
    calendar: Link | None,
    site_paths: Callable[[], Collection[str]],
) -> SiteFrame:
    """What a theme shows on every page. The menu leads only to sections that have entries.

    ``site_paths`` gives the paths of all pages and files of the site. It is called only where the settings have links.
    """
    catalogue, config, urls = builder.catalogue, builder.config, builder.urls
    words = words_language(builder.translations, config.language)
    usual_menu = _menu(builder)
    footer = config.footer or USUAL_FOOTER
    paths = site_paths() if config.menu or footer.links else ()
    guides = builder.guides()
    return SiteFrame(
        title=config.title,
        tagline=config.tagline,
        language=config.language,
        direction=text_direction(config.language),
        words_language=words,
        words_direction=text_direction(words),
        base_path=urls.base_path,
        home=urls.to(""),
        menu=navigation(builder, config.menu, paths) if config.menu else usual_menu,
        industries=_entry_items(builder, Kind.INDUSTRY, catalogue.by_industry),
        modes=tuple(
            MenuItem("", term.title, term.url, term.own)
            for term in builder.modes(tuple(mode for mode in catalogue.modes if mode in catalogue.by_mode))
        ),
        guides=_entry_items(builder, Kind.PAGE, guides),
        about=_entry_items(builder, Kind.PAGE, (slug for slug in catalogue.pages if slug not in guides)),
        explore=_explore_items(builder, usual_menu),
        courses=urls.to("courses/"),
        skills=urls.to("skills/") if catalogue.skill_names else "",
        feeds=feeds,
        calendar=calendar,
        shortlist=urls.to(SHORTLIST) if catalogue.courses else "",
        compare=urls.to(COMPARE) if catalogue.courses else "",
        added_facets=_added_facets(builder),
        contact=config.contact or "",
        footer_text=settings_html(builder, ("footer", "text"), footer.text),
        footer_links=navigation(builder, footer.links, paths),
        social=tuple(SocialLink(link.known_network, link.title, link.url) for link in footer.social),
        notice=settings_html(builder, ("notice",), config.notice),
        verification=tuple(config.head.items()),
        tracking=tracking_script(config.analytics),
        generator=f"credsite {__version__}",
        share_picture=drawn_picture(builder, None),
    )


def _added_facets(builder: ViewBuilder) -> tuple[str, ...]:
    """The filters that are fields by their declaration, without those of which no course has a value."""
    declared = builder.config.site_schema.filter_fields
    used = {id_ for course in builder.catalogue.courses.values() for id_, _values in course.details}
    return tuple(facet for facet in builder.config.offered_filters if facet in declared and facet in used)


def _menu(builder: ViewBuilder) -> tuple[MenuItem, ...]:
    catalogue, urls = builder.catalogue, builder.urls
    _ = builder.translations.gettext
    exists = {
        "industries": catalogue.industries,
        "pathways": catalogue.pathways,
        "stories": catalogue.stories,
        "guides": builder.guides(),
    }
    pages = [(page.menu, slug) for slug, page in catalogue.pages.items() if page.menu is not None]
    pages.sort(key=lambda pair: (pair[0].order, pair[0].label))
    return (
        *(
            MenuItem(section, _(title), urls.to(f"{section}/"))
            for section, title in MENU_LISTS.items()
            if exists.get(section, True)
        ),
        *(
            MenuItem(f"page:{slug}", item.label, urls.entry(Kind.PAGE, slug), own=True)
            for item, slug in pages
        ),
    )


def _entry_items(builder: ViewBuilder, kind: Kind, slugs: Iterable[str]) -> tuple[MenuItem, ...]:
    return tuple(
        MenuItem("", builder.entry_title(kind, slug), builder.urls.entry(kind, slug), own=True)
        for slug in slugs
    )


def _explore_items(builder: ViewBuilder, menu: tuple[MenuItem, ...]) -> tuple[MenuItem, ...]:
    catalogue, urls = builder.catalogue, builder.urls
    _ = builder.translations.gettext
    exists = {"providers": catalogue.providers, "places": catalogue.places, "skills": catalogue.skill_names}
    return (
        MenuItem("courses", _("All courses"), urls.to("courses/")),
        *(MenuItem(name, _(LISTS[name]), urls.to(f"{name}/")) for name, entries in exists.items() if entries),
        *(
            MenuItem(field.id, detail_title(builder, field), urls.to(detail_path(field.id)), own=True)
            for field in builder.config.site_schema.page_fields
        ),
        *(item for item in menu if item.section in ("pathways", "stories", "guides")),
    )
