"""What every page has: the frame of the site, what the page tells browsers, and the fields of every page model."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from credsite.site.views.model import view_model
from credsite.site.views.parts import NO_HTML, Html, Link, Picture


@view_model
class MenuItem:
    """An item of the menu or a link of the footer. On the pages of an item, ``page.section`` equals ``section``.

    ``own`` is as in a :class:`Term`. An item with ``items`` is a group of these. It has no ``url``.
    """

    section: str
    title: str
    url: str
    own: bool = False
    items: tuple[MenuItem, ...] = ()

    def leads_to(self, url: str) -> bool:
        """Whether the item, or one of its group, leads to ``url``."""
        return bool(url) and (self.url == url or any(item.url == url for item in self.items))

    def is_in(self, section: str) -> bool:
        """Whether the item, or one of its group, is that of ``section``."""
        return bool(section) and (
            self.section == section or any(item.section == section for item in self.items)
        )


@view_model
class SocialLink:
    """A profile on a social network. ``network`` is its id, or ""."""

    network: str
    title: str
    url: str


@view_model
class TrackingScript:
    """The script that counts visitors: its address, "" for the theme's own, and its attributes by name.

    ``scripts_from`` is the server of the script, and of what the theme's own script loads. ``sends_to`` are those that it sends to.
    """

    url: str
    attributes: tuple[tuple[str, str], ...]
    scripts_from: str
    sends_to: tuple[str, ...]


@view_model
class SiteFrame:
    """What is the same on every page. ``base_path`` begins and ends with ``/``.

    ``courses`` and ``skills`` are the URLs of the list of all courses and of the index of skills ("" if no course names a
    skill). ``calendar`` has the start dates of all courses, if there are any. ``shortlist`` and ``compare`` are the URLs of
    the visitor's own pages ("" if there are no courses).
    ``footer_links``, where there are any, stand in place of all other links of the footer. Groups among them are columns.
    ``added_facets`` are the fields of courses that are filters by their declaration. ``verification`` has the names and
    contents of meta tags of the home page. ``share_picture`` is for links to pages that have none of their own.
    ``policy`` is a Content-Security-Policy, where the host sends none, so that the pages have to say it themselves.

    ``language`` and ``direction`` are those of the site's texts, ``words_language`` and ``words_direction`` those of the words
    of the theme: English where the theme has no translation.
    """

    title: str
    tagline: str
    language: str
    direction: str
    words_language: str
    words_direction: str
    base_path: str
    home: str
    menu: tuple[MenuItem, ...]
    industries: tuple[MenuItem, ...]
    modes: tuple[MenuItem, ...]
    guides: tuple[MenuItem, ...]
    about: tuple[MenuItem, ...]
    explore: tuple[MenuItem, ...]
    courses: str
    skills: str
    feeds: tuple[Link, ...]
    calendar: Link | None
    shortlist: str
    compare: str
    added_facets: tuple[str, ...]
    contact: str
    footer_text: Html
    footer_links: tuple[MenuItem, ...]
    social: tuple[SocialLink, ...]
    notice: Html
    verification: tuple[tuple[str, str], ...]
    tracking: TrackingScript | None
    generator: str
    share_picture: Picture | None = None
    policy: str = ""

    def titled(self, title: str, is_home: bool = False) -> str:
        """The text of the ``<title>`` of a page with this title. That of the home page is the site's, and others may have it too."""
        if title != self.title or (not is_home and not self.tagline):
            return f"{title} · {self.title}"
        return f"{self.tagline} · {title}" if is_home and self.tagline else title

    def menu_url(self, url: str) -> str:
        """``url``, if it is that of an item of the menu; else ``""``."""
        return url if any(item.leads_to(url) for item in self.menu) else ""


@view_model
class Head:
    """What a page tells browsers and search engines about itself. ``canonical`` and ``image.url`` are absolute.

    ``title`` does not contain the site's name. ``data`` is JSON-LD, safe for a script element. ``document`` is the URL of a file
    that says the same to other programs, or "".
    """

    title: str
    description: str
    canonical: str
    indexed: bool = True
    type: str = "website"
    image: Picture | None = None
    previous: str = ""
    next: str = ""
    updated: datetime | date | None = None
    data: Html = NO_HTML
    document: str = ""


@view_model
class Crumb(Link):
    """A page in the breadcrumbs. ``own`` is as in a :class:`Term`."""

    own: bool = False


@view_model
class BasePage:
    """The fields of every page model. ``section`` is that of the current menu item. ``crumbs`` end with this page.

    ``own`` says that the heading and the summary are texts of the site, and no words of the theme.
    """

    template: ClassVar[str]

    head: Head
    section: str
    crumbs: tuple[Crumb, ...]
    heading: str
    summary: str
    own: bool
