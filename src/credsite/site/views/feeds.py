"""Atom feeds."""

from __future__ import annotations

from credsite.site.views.model import view_model
from credsite.site.views.parts import Link, Picture


@view_model
class FeedEntry:
    """A course or story in a feed. ``published`` and ``updated`` are moments (RFC 3339). ``url`` and ``picture.url`` are absolute."""

    title: str
    url: str
    published: str
    updated: str
    summary: str
    picture: Picture | None = None


@view_model
class Feed:
    """A feed with its entries, newest first. There is at least one.

    ``url`` is its own and ``page`` that of the page that it belongs to, both absolute. ``author`` is the name of the site.
    """

    title: str
    url: str
    page: str
    author: str
    language: str
    entries: tuple[FeedEntry, ...]


@view_model
class Follow:
    """How visitors can follow a list of courses: its feed and its calendar of dates. At least one of them is there."""

    feed: Link | None
    calendar: Link | None
