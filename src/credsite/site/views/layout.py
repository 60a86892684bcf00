"""What all pages have: the site's frame, a head, and the fields of every page model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from credsite.site.views.parts import NO_HTML, Html, Link, Picture


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An item of the menu. On its pages, ``page.section`` equals ``section``."""

    section: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What is the same on every page. ``base_path`` begins and ends with ``/``.

    ``courses`` and ``skills`` are the URLs of the list of all courses and of the index of skills ("" if no course names a
    skill). ``calendar`` has the start dates of all courses, if there are any. ``shortlist`` and ``compare`` are the URLs of
    the visitor's own pages ("" if there are no courses).
    ``added_facets`` are the fields of courses that are filters by their declaration.
    """

    title: str
    tagline: str
    language: str
    direction: str
    base_path: str
    home: str
    menu: tuple[MenuItem, ...]
    industries: tuple[Link, ...]
    modes: tuple[Link, ...]
    guides: tuple[Link, ...]
    about: tuple[Link, ...]
    explore: tuple[Link, ...]
    courses: str
    skills: str
    feeds: tuple[Link, ...]
    calendar: Link | None
    shortlist: str
    compare: str
    added_facets: tuple[str, ...]
    contact: str
    notice: str
    generator: str

    def titled(self, title: str) -> str:
        """The text of the ``<title>`` of a page with this title."""
        own = title if title != self.title else self.tagline
        return f"{own} · {self.title}" if own else self.title


@dataclass(frozen=True, slots=True)
class Head:
    """What a page tells browsers and search engines about itself. ``canonical`` and ``image.url`` are absolute.

    ``title`` does not contain the site's name. ``data`` is JSON-LD, safe for a script element.
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


@dataclass(frozen=True, slots=True)
class BasePage:
    """The fields of every page model. ``section`` is that of the current menu item. ``crumbs`` end with this page."""

    template: ClassVar[str]

    head: Head
    section: str
    crumbs: tuple[Link, ...]
    heading: str
    summary: str
