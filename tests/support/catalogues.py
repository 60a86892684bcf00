"""Entries, catalogues and plans for tests. They are built from short dicts, through the same code that reads files."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.support import NullTranslations

from credsite.catalogue.builder import build_catalogue
from credsite.catalogue.catalogue import Catalogue
from credsite.catalogue.clock import Clock
from credsite.catalogue.publication_history import NO_HISTORY, PublicationHistory
from credsite.catalogue.unpublished import Ref
from credsite.content.discovery import SourceFile
from credsite.content.entry import Entry
from credsite.content.image_variants import ImageVariant
from credsite.content.images import ImageFile, Images
from credsite.content.loader import EntryLoader, NoEntryCache
from credsite.content.parser import ParsedFile, parse
from credsite.content.record_builder import record_of
from credsite.content.records import Record
from credsite.problems.model import Problem
from credsite.schema.config import Config
from credsite.schema.kinds import KINDS, Kind
from credsite.schema.models import EntryFields
from credsite.schema.site_schema import BUILT_IN, SiteSchema
from credsite.site.data.data_files import HASHED_NAMES, DataFileNames
from credsite.site.dependencies.history import PageHistory
from credsite.site.link_checks import find_link_problems
from credsite.site.links import LinkResolver
from credsite.site.planned import PlannedFile, PlannedPage
from credsite.site.planner import Plan, make_plan
from credsite.site.settings_checks import settings_problems
from credsite.site.urls import Urls

NOW = "2027-01-15T12:00"
ZONE = "America/Halifax"
LARGEST = 2_000_000

AnyEntry = Entry[EntryFields]

DEFAULTS: dict[Kind, dict[str, Any]] = {
    Kind.COURSE: {
        "summary": "A course.",
        "provider": "college",
        "industries": ["health"],
        "delivery_modes": ["online"],
    },
    Kind.STORY: {
        "summary": "A story.",
        "learner": {"name": "Ada Byron"},
        "consent": {"given": "2026-01-01"},
    },
    Kind.PATHWAY: {"summary": "A pathway."},
    Kind.PAGE: {"summary": "A page."},
}


def source(kind: Kind, slug: str) -> SourceFile:
    return SourceFile(f"content/{KINDS[kind].folder}/{slug}.md", kind, slug, "en")


def file_of(fields: dict[str, Any], body: str = "") -> bytes:
    """The bytes of a Markdown file. The front matter is JSON, which is also YAML."""
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "\n".join(["---", *lines, "---", body]).encode()


def parsed(
    kind: Kind, name: str, body: str = "", /, schema: SiteSchema = BUILT_IN, **fields: Any
) -> ParsedFile:
    """The result of parsing a file with these fields and default ones. A field that is None is left out."""
    usual = {"title": name.replace("-", " ").capitalize(), **DEFAULTS.get(kind, {})}
    wanted = {key: value for key, value in (usual | fields).items() if value is not None}
    return parse(file_of(wanted, body), source(kind, name), LARGEST, schema=schema)


def entry(kind: Kind, name: str, body: str = "", /, **fields: Any) -> AnyEntry:
    found = parsed(kind, name, body, **fields)
    assert found.entry is not None, found.problems
    return found.entry


def course(name: str, body: str = "", /, **fields: Any) -> AnyEntry:
    return entry(Kind.COURSE, name, body, **fields)


def story(name: str, /, *courses: str, body: str = "", **fields: Any) -> AnyEntry:
    return entry(Kind.STORY, name, body, courses=list(courses), **fields)


def pathway(
    name: str, /, *steps: Sequence[str], choose: int | None = None, body: str = "", **fields: Any
) -> AnyEntry:
    """A pathway of steps, each a list of courses. All steps have the same ``choose``."""
    step_fields = [
        {"title": f"Step {number}", "courses": list(step)} | ({"choose": choose} if choose else {})
        for number, step in enumerate(steps, start=1)
    ]
    return entry(Kind.PATHWAY, name, body, **({"steps": step_fields} | fields))


def provider(name: str, body: str = "", /, **fields: Any) -> AnyEntry:
    return entry(Kind.PROVIDER, name, body, **fields)


def place(name: str, body: str = "", /, **fields: Any) -> AnyEntry:
    return entry(Kind.PLACE, name, body, **fields)


def industry(name: str, body: str = "", /, **fields: Any) -> AnyEntry:
    return entry(Kind.INDUSTRY, name, body, **fields)


def mode(name: str, body: str = "", /, **fields: Any) -> AnyEntry:
    return entry(Kind.DELIVERY_MODE, name, body, **fields)


def page(name: str, body: str = "", /, **fields: Any) -> AnyEntry:
    return entry(Kind.PAGE, name, body, **fields)


def completed(entries: Iterable[AnyEntry]) -> list[AnyEntry]:
    """The entries, and the providers and industries that they refer to, so that tests need not define these."""
    all_entries = list(entries)
    existing = {(one.kind, one.slug) for one in all_entries}
    for one in list(all_entries):
        names = [(Kind.PROVIDER, getattr(one.fields, "provider", None))]
        names += ((Kind.INDUSTRY, slug) for slug in getattr(one.fields, "industries", ()))
        for kind, slug in names:
            if slug is not None and (kind, slug) not in existing:
                existing.add((kind, slug))
                all_entries.append(entry(kind, slug))
    return all_entries


def clock(now: str = NOW, zone: str = ZONE) -> Clock:
    return Clock.at(datetime.fromisoformat(now), ZoneInfo(zone))


def catalogue(
    *entries: AnyEntry,
    now: str = NOW,
    zone: str = ZONE,
    drafts: bool = False,
    include_unpublished: bool = False,
    invalid: Iterable[Ref] = (),
    currency: str = "CAD",
    cost_bands: tuple[int, ...] = (),
    schema: SiteSchema = BUILT_IN,
    history: PublicationHistory = NO_HISTORY,
) -> Catalogue:
    """A catalogue of the entries, and of the providers and industries that they refer to."""
    invalid = list(invalid)
    shown = [record_of(one, schema) for one in completed(entries) if (one.kind, one.slug) not in invalid]
    paths = {source(*ref).path: ref for ref in invalid}
    return build_catalogue(
        shown,
        clock(now, zone),
        include_drafts=drafts,
        include_unpublished=include_unpublished,
        invalid_entries=paths,
        currency=currency,
        cost_bands=cost_bands,
        schema=schema,
        history=history,
    )


def settings(**values: Any) -> Config:
    usual = {
        "title": "Short courses",
        "base_url": "https://courses.test/",
        "currency": "CAD",
        "timezone": ZONE,
    }
    return Config.model_validate(usual | values)


def planned(
    *entries: AnyEntry,
    config: Config | None = None,
    now: str = NOW,
    drafts: bool = False,
    include_unpublished: bool = False,
    images: Images | None = None,
    static: Collection[PlannedFile] = (),
    assets: Sequence[str] = (),
    invalid: Iterable[Ref] = (),
    history: PublicationHistory = NO_HISTORY,
    data_names: DataFileNames = HASHED_NAMES,
    design: str = "",
) -> tuple[Plan, list[Problem]]:
    """The plan of a site with these entries, and its problems."""
    config = config or settings()
    invalid = list(invalid)
    good = [one for one in completed(entries) if (one.kind, one.slug) not in invalid]
    found = catalogue(
        *good,
        now=now,
        zone=config.timezone,
        drafts=drafts,
        include_unpublished=include_unpublished,
        invalid=invalid,
        currency=config.currency or "",
        cost_bands=config.cost_bands,
        schema=config.site_schema,
        history=history,
    )
    images = images or {}
    paths = {source(*ref).path: ref for ref in invalid}
    records = [record_of(one, config.site_schema) for one in good]
    references = LinkResolver.of(found, images, Urls(config.base_url), records, paths)
    texts = NullTranslations()
    plan, problems = make_plan(
        config, references, texts, InMemoryLoader(good), PageHistory(), static, data_names, assets, design
    )
    outputs = plan.outputs
    link_problems = find_link_problems(references, outputs)
    return plan, [*problems, *link_problems, *settings_problems(config, references, outputs)]


def plan(*entries: AnyEntry, **options: Any) -> Plan:
    """The plan of a site with these entries, which must not have any problem."""
    site_plan, problems = planned(*entries, **options)
    assert problems == []
    return site_plan


class InMemoryLoader(EntryLoader):
    """A loader of entries that are in memory already."""

    def __init__(self, entries: Iterable[AnyEntry]) -> None:
        super().__init__(Path(), Config(title="A site", base_url="https://site.example/"), NoEntryCache())
        self._by_path = {one.path: one for one in entries}

    def entry(self, record: Record) -> AnyEntry:
        return self._by_path[record.path]


def pages_of(site_plan: Plan) -> dict[str, PlannedPage]:
    """The pages of a plan by their paths in the site."""
    return {one.path: one for one in site_plan.pages}


def view_of(site_plan: Plan, path: str) -> Any:
    """The view model of the page at a path in the site."""
    return pages_of(site_plan)[path].view(site_plan.view_builder)


def images_of(*uses: tuple[str, str]) -> Images:
    """Images that exist, as pairs of an entry's folder below ``content`` and the path that the entry gives."""
    return {(f"content/{folder}", src): _image(folder, src) for folder, src in uses}


def _image(folder: str, src: str) -> ImageFile:
    """An image that is published as one file, unless it is an SVG as a smaller copy of the same name."""
    output = f"images/{folder}/{src}"
    copies = () if src.endswith(".svg") else (ImageVariant("jpeg", 640, 480, output),)
    return ImageFile(f"content/{folder}/{src}", 640, 480, "d1", output, variants=copies)
