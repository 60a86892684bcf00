"""All pages of a plan with their look-ups, and a small site with edits of it."""

from __future__ import annotations

from collections.abc import Mapping

from credsite.site.dependencies.fingerprints import Fingerprinter
from credsite.site.dependencies.recorder import SHARED, Dependent, Lookup, Lookups
from credsite.site.planned import PlannedPage
from credsite.site.planner import Plan
from credsite.site.views import BasePage, Calendar
from tests.support.catalogues import (
    AnyEntry,
    course,
    images_of,
    industry,
    page,
    pathway,
    plan,
    provider,
    settings,
    story,
)


def planned_by_path(found: Plan) -> dict[str, PlannedPage]:
    """The pages and calendars of a plan by their paths."""
    return {one.path: one for one in found.rendered}


class MadePages:
    """The pages and calendars of a plan, and ``lookups``: those of each page and shared part."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.views: dict[str, BasePage | Calendar] = {}
        self.lookups: dict[Dependent, Lookups] = {}
        for path, one in planned_by_path(plan).items():
            self.views[path], self.lookups[path] = plan.view_builder.recorder.record(
                lambda one=one: one.view(plan.view_builder)
            )
            self.lookups |= plan.view_builder.recorder.take_shared()
        plan.fingerprinter.record(self.lookups)

    def all_lookups(self, dependent: Dependent) -> set[Lookup]:
        """All look-ups of a page or shared part, with those of the parts that it shows."""
        found = set(self.lookups[dependent])
        return found.union(*(self.all_lookups(key) for mapping, key in found if mapping == SHARED))

    def fingerprints(self, fingerprinter: Fingerprinter | None = None) -> dict[str, str]:
        """Of all pages, by their paths: those that they would have if they looked up just what they do here."""
        fingerprinter = fingerprinter or self.plan.fingerprinter
        return {path: fingerprinter.fingerprint("", self.lookups[path]) for path in self.views}


def entries() -> dict[str, AnyEntry]:
    found = [
        course("a", "Text.", skills=["Care"], prerequisites=["Patience"], image={"src": "a.jpg", "alt": ""}),
        course("b", "See [a](course:a).", skills=["Care"], industries=["crafts"], delivery_modes=["hybrid"]),
        course("c", industries=["crafts"], aliases=["/old/"]),
        story("s", "a", background=["newcomer"]),
        pathway("p", ["a"], ["b"]),
        provider("college"),
        industry("health"),
        industry("crafts"),
        page("about", "About it."),
        page("guide", template="guide"),
    ]
    return {one.path: one for one in found}


IMAGES = images_of(("courses", "a.jpg"))
CONFIG = settings(page_size=2)


def pages_of_entries(found: Mapping[str, AnyEntry], now: str = "2027-01-15T12:00") -> MadePages:
    return MadePages(plan(*found.values(), images=IMAGES, config=CONFIG, now=now))


EDITS: list[tuple[str, AnyEntry | None, set[str] | None]] = [
    # The file, its new entry, and the pages that are made again if these are few.
    (
        "content/courses/a.md",
        course(
            "a", "Another.", skills=["Care"], prerequisites=["Patience"], image={"src": "a.jpg", "alt": ""}
        ),
        {"courses/a/"},
    ),
    ("content/courses/a.md", course("a", "Text.", title="Another", skills=["Care"]), None),
    ("content/courses/b.md", course("b", "See.", skills=["Other"]), None),
    ("content/courses/c.md", course("c", industries=["health"]), None),
    ("content/courses/c.md", None, None),
    ("content/courses/d.md", course("d", skills=["Care"]), None),
    ("content/courses/c.md", course("c", industries=["crafts"], aliases=["/old/"], price="5 CAD"), None),
    ("content/stories/s.md", story("s", "a", background=["newcomer"], quote="Yes."), None),
    ("content/stories/s.md", story("s", "b"), None),
    ("content/pathways/p.md", pathway("p", ["b"]), None),
    (
        "content/providers/college.md",
        provider("college", "About."),
        {"providers/college/", "providers/college/page/2/"},
    ),
    ("content/providers/college.md", provider("college", title="University"), None),
    ("content/industries/health.md", industry("health", title="Care"), None),
    ("content/industries/health.md", industry("health", order=99), None),
    ("content/pages/about.md", page("about", "Another."), {"about/"}),
    ("content/pages/guide.md", page("guide", template="guide", title="Other"), None),
]
