"""The menu and the links of the footer, as credsite.yaml has them: their words and where they lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from credsite.catalogue.unpublished import Ref
from credsite.content.markdown.body import with_query
from credsite.content.markdown.sanitizer import InternalLink, parse_link
from credsite.core.names import composed
from credsite.schema.kinds import Kind
from credsite.schema.navigation import LISTS, NavigationItem, NavigationLink, is_name
from credsite.site.details import detail_title
from credsite.site.links import KIND_NAMES
from credsite.site.urls import entry_path, output_path, without_dots
from credsite.site.view_builder import ViewBuilder
from credsite.site.views import MenuItem


def navigation(
    builder: ViewBuilder, items: Iterable[NavigationItem], site_paths: Collection[str]
) -> tuple[MenuItem, ...]:
    """The items with their words and URLs, without those that lead nowhere and groups of nothing else.

    ``site_paths`` are the paths of all pages and files of the site.
    """
    found: list[MenuItem] = []
    for item in items:
        if not item.items:
            found += _links(builder, [item], site_paths)
        elif links := _links(builder, item.items, site_paths):
            found.append(MenuItem("", item.label, "", own=True, items=tuple(links)))
    return tuple(found)


def _links(
    builder: ViewBuilder, links: Iterable[NavigationLink], site_paths: Collection[str]
) -> list[MenuItem]:
    """The links with their words and URLs, without those that lead nowhere."""
    items = (_menu_item(builder, link, link.url, site_paths) for link in links if link.url)
    return [item for item in items if item is not None]


def _menu_item(
    builder: ViewBuilder, link: NavigationLink, target: str, site_paths: Collection[str]
) -> MenuItem | None:
    reference = link_reference(target)
    if isinstance(reference, str):
        return MenuItem("", link.label, reference, own=True)
    url = builder.link_resolver.url(reference, None)
    path = site_path(reference)
    if not isinstance(url, str) or not (path in site_paths or output_path(path) in site_paths):
        return None
    url = with_query(url, reference)
    own_lists = {field.id: field for field in builder.config.site_schema.page_fields}
    if target in LISTS:
        title = builder.translations.gettext(LISTS[target])
        return MenuItem(target, link.label or title, url, own=bool(link.label))
    if target in own_lists:
        title = link.label or detail_title(builder, own_lists[target])
        return MenuItem(target, title, url, own=True)
    kind, slug = ref = entry_ref(target, reference)
    section = f"page:{slug}" if kind is Kind.PAGE else ""
    return MenuItem(section, link.label or _title(builder, *ref), url, own=True)


def link_reference(target: str) -> InternalLink | str:
    """Where a link of the settings leads: into the site, or to a web address.

    The list with the name ``courses`` and the page with the id ``about`` are both at a path of that name.
    """
    return parse_link(f"/{target}/" if is_name(target) else target) or target


def entry_ref(target: str, reference: InternalLink) -> Ref:
    """The kind and slug of the entry that a link of the settings names, which need not exist."""
    if reference.kind in KIND_NAMES:
        return Kind(reference.kind), reference.target
    return Kind.PAGE, target


def site_path(reference: InternalLink) -> str:
    """The site path that a link of the settings leads to."""
    if reference.kind in KIND_NAMES:
        return entry_path(Kind(reference.kind), reference.target)
    path = without_dots(composed(reference.target).lstrip("/"))
    return path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path


def _title(builder: ViewBuilder, kind: Kind, slug: str) -> str:
    """What an entry is called in a menu."""
    page = builder.catalogue.pages.get(slug) if kind is Kind.PAGE else None
    if page is not None and page.menu is not None:
        return page.menu.label
    return builder.entry_title(kind, slug) or slug
