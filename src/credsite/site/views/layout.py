"""The frame of every page, its head, and what all page models share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from credsite.site.views.parts import NO_HTML, Html, Link, Picture


@dataclass(frozen=True, slots=True)
class MenuItem:
    """``section`` equals ``page.section`` on the pages below this item."""

    section: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """The frame: the same for every page of a build. ``base_path`` begins and ends with ``/``.

    ``courses`` and ``skills`` are the URLs of the list of all courses and of the index of skills, which is "" where no
    course names any. ``calendar`` holds the start dates of all courses, where there are some. ``shortlist`` and
    ``compare`` are the addresses of the visitor's own pages, "" where there are no courses.
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
    contact: str
    notice: str
    generator: str

    def titled(self, title: str) -> str:
        """What a browser calls the page with this title."""
        own = title if title != self.title else self.tagline
        return f"{own} · {self.title}" if own else self.title


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers and search engines. ``canonical`` and ``image.url`` are absolute.

    ``title`` comes without the site's name. ``data`` is JSON-LD, already safe to stand in a script element.
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
    """What all page models share. ``section`` marks the current menu item; ``crumbs`` end with this page."""

    template: ClassVar[str]

    head: Head
    section: str
    crumbs: tuple[Link, ...]
    heading: str
    summary: str
