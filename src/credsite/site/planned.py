"""What the plan is made of: pages with their view models, and plain files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from credsite.problems.model import KeyPath
from credsite.site.urls import output_path
from credsite.site.views import Calendar, Page

if TYPE_CHECKING:
    from credsite.site.planner import Plan
    from credsite.site.view_builder import ViewBuilder


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page at a site path, or a calendar, which is made in the same way.

    ``source`` is the file that it comes from, "" for pages that no single file makes.

    ``make`` makes its view model from the builder and ``keys``, which say what is shown and hold nothing that is shown:
    that is looked up, so that it is known what the page depends on. ``updated`` is the day (ISO 8601) on which what it
    shows last changed, as far as entries say, or "". ``key`` leads to what decides its address.
    ``beside`` is the output path of a file that is made in one go with it, from a part of its view model, or "".
    """

    path: str
    make: Callable[..., Page | Calendar]
    keys: tuple[str | int, ...] = ()
    source: str = ""
    updated: str = ""
    in_sitemap: bool = True
    key: KeyPath = ("slug",)
    companion_output: str = ""

    @property
    def output(self) -> str:
        return output_path(self.path)

    @property
    def identity(self) -> str:
        """What decides, with the site, what stands on the page."""
        return " ".join([self.path, self.make.__qualname__, *map(str, self.keys)])

    def view(self, builder: ViewBuilder) -> Page | Calendar:
        return self.make(builder, *self.keys)


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file at an output path: its bytes, or the file of the site, by its path from the root, that is copied."""

    output: str
    data: bytes = b""
    copy_of: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class PlannedData:
    """A JSON file at an output path. ``made_from`` is a digest of all that its content depends on.

    ``make`` makes its value from the plan and ``keys``. Cards of courses and stories in it stand for their HTML. It may
    look at the whole catalogue, because what a file of data depends on is not found out by watching it.
    """

    output: str
    input_digest: str
    make: Callable[..., Any]
    keys: tuple[Any, ...]

    def value(self, plan: Plan) -> Any:
        return self.make(plan, *self.keys)


def iso_day(moment: date | datetime | None) -> str:
    """The day of a moment, or "" for none."""
    return moment.isoformat()[:10] if moment is not None else ""
