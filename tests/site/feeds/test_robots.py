from __future__ import annotations

from typing import Any

from credsite.site.planner import Plan
from tests.support.catalogues import (
    AnyEntry,
    planned,
    settings,
)

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def site_plan(*entries: AnyEntry, **options: Any) -> Plan:
    return planned(*entries, **options)[0]


def files(result: Plan) -> dict[str, bytes]:
    return {file.output: file.data for file in result.files}


def test_robots_name_the_sitemap() -> None:
    config = settings(base_url="https://example.org/a/")
    assert b"Sitemap: https://example.org/a/sitemap.xml\n" in files(site_plan(config=config))["robots.txt"]
