"""The frame around every page: name, menu, foot."""

from __future__ import annotations

from credsite import __version__
from credsite.schema.kinds import Kind
from credsite.site.urls import COMPARE, SHORTLIST
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import Link, MenuItem, SiteFrame

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def site_layout(builder: ViewBuilder, feeds: tuple[Link, ...], calendar: Link | None) -> SiteFrame:
    """The site's frame; its menu leads only to sections that have something in them."""
    catalogue, config, urls = builder.catalogue, builder.config, builder.urls
    _ = builder.translations.gettext
    guides = builder.guides()
    menu = [MenuItem("courses", _("Courses"), urls.to("courses/"))]
    if catalogue.industries:
        menu.append(MenuItem("industries", _("Industries"), urls.to("industries/")))
    menu.append(MenuItem("delivery", _("Delivery"), urls.to("delivery/")))
    if catalogue.pathways:
        menu.append(MenuItem("pathways", _("Pathways"), urls.to("pathways/")))
    if catalogue.stories:
        menu.append(MenuItem("stories", _("Stories"), urls.to("stories/")))
    if guides:
        menu.append(MenuItem("guides", _("Guides"), urls.to("guides/")))
    pages = [(page.menu, slug) for slug, page in catalogue.pages.items() if page.menu is not None]
    menu += (
        MenuItem(f"page:{slug}", item.label, urls.entry(Kind.PAGE, slug))
        for item, slug in sorted(pages, key=lambda pair: (pair[0].order, pair[0].label))
    )
    explore = [Link(_("All courses"), urls.to("courses/"))]
    if catalogue.providers:
        explore.append(Link(_("Providers"), urls.to("providers/")))
    skills = urls.to("skills/") if catalogue.skill_names else ""
    if skills:
        explore.append(Link(_("Skills"), skills))
    explore += (
        Link(item.title, item.url) for item in menu if item.section in ("pathways", "stories", "guides")
    )
    return SiteFrame(
        title=config.title,
        tagline=config.tagline,
        language=config.language,
        direction="rtl" if config.language.split("-")[0] in _RIGHT_TO_LEFT else "ltr",
        base_path=urls.base_path,
        home=urls.to(""),
        menu=tuple(menu),
        industries=tuple(
            Link(term.title, term.url) for term in builder.industries(tuple(catalogue.by_industry))
        ),
        modes=tuple(
            Link(term.title, term.url)
            for term in builder.modes(tuple(m for m in catalogue.modes if m in catalogue.by_mode))
        ),
        guides=tuple(Link(catalogue.pages[slug].title, urls.entry(Kind.PAGE, slug)) for slug in guides),
        about=tuple(
            Link(page.title, urls.entry(Kind.PAGE, slug))
            for slug, page in catalogue.pages.items()
            if slug not in guides
        ),
        explore=tuple(explore),
        courses=urls.to("courses/"),
        skills=skills,
        feeds=feeds,
        calendar=calendar,
        shortlist=urls.to(SHORTLIST) if catalogue.courses else "",
        compare=urls.to(COMPARE) if catalogue.courses else "",
        contact=config.contact or "",
        notice=config.notice,
        generator=f"credsite {__version__}",
    )
