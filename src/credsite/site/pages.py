"""What the plan is made of: pages with their view models, and plain files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from credsite.problems import Key
from credsite.site.urls import output_path
from credsite.site.views import Page


@dataclass(frozen=True)
class PlannedPage:
    """A page at a site path. ``source`` is the file that it comes from, "" for pages that no single file makes.

    ``model`` is its view model, or what makes it when it is asked for: those of courses and of their lists are many,
    and are made by the processes that render them. ``updated`` is when what it shows last changed, as far as entries
    say. ``key`` leads to what decides its address.
    """

    path: str
    model: Page | Callable[[], Page]
    source: str = ""
    updated: date | datetime | None = None
    in_sitemap: bool = True
    key: Key = ("slug",)

    @cached_property
    def view(self) -> Page:
        return self.model() if callable(self.model) else self.model

    @property
    def output(self) -> str:
        return output_path(self.path)


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file at an output path: its bytes, or the file of the site, by its path from the root, that is copied."""

    output: str
    data: bytes = b""
    copy_of: str = ""
    digest: str = ""
