"""What the plan is made of: pages with their view models, and plain files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from credsite.problems import Key
from credsite.site.urls import output_path
from credsite.site.views import Page


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page at a site path. ``source`` is the file that it comes from, "" for pages that no single file makes.

    ``updated`` is when what it shows last changed, as far as entries say. ``key`` leads to what decides its address.
    """

    path: str
    view: Page
    source: str = ""
    updated: date | datetime | None = None
    in_sitemap: bool = True
    key: Key = ("slug",)

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
