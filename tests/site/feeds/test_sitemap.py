"""The sitemap and robots.txt."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from credsite.site.planner import Plan
from tests.support.catalogues import (
    AnyEntry,
    course,
    industry,
    page,
    pathway,
    planned,
    provider,
    settings,
    story,
)
from tests.support.tools import sitemap_schema

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def site_plan(*entries: AnyEntry, **options: Any) -> Plan:
    return planned(*entries, **options)[0]


def files(result: Plan) -> dict[str, bytes]:
    return {file.output: file.data for file in result.files}


def sitemap(result: Plan) -> dict[str, str]:
    """Addresses and when they changed."""
    root = ET.fromstring(files(result)["sitemap.xml"])
    assert root.tag == f"{MAP}urlset"
    return {url.findtext(f"{MAP}loc", ""): url.findtext(f"{MAP}lastmod", "") for url in root}


def test_the_sitemap_is_as_its_schema_asks_for() -> None:
    schema = etree.XMLSchema(etree.parse(sitemap_schema()))
    result = site_plan(
        course("a", publish_at="2026-11-02 08:00"),
        course("b", reviewed_at="2026-10-01"),
        page("c"),
        config=settings(base_url="https://example.org/курси/a&b/"),
    )
    document = etree.fromstring(files(result)["sitemap.xml"])
    assert schema.validate(document), schema.error_log
    document[0].append(document[0][0])  # an address after the date
    document[0].append(etree.Element("lastmod"))
    assert not schema.validate(document)


def test_the_sitemap_has_every_page_that_may_be_found() -> None:
    config = settings(base_url="https://example.org/a/", page_size=1)
    result = sitemap(
        site_plan(
            course("a", aliases=["/old/a/"], industries=["health", "care"], delivery_modes=["online"]),
            course("b", industries=["health"], delivery_modes=["hybrid"]),
            pathway("p", ["a"]),
            story("s", "a", background=["newcomer"]),
            page("g", template="guide"),
            page("secret", draft=True),
            config=config,
            drafts=True,
        )
    )
    paths = {address.removeprefix("https://example.org/a/") for address in result}
    assert {
        "",
        "courses/",
        "courses/page/2/",
        "courses/a/",
        "industries/health/",
        "industries/health/hybrid/",
    } <= paths
    assert {"delivery/online/", "pathways/p/", "stories/s/", "stories/background/newcomer/", "g/"} <= paths
    assert {"404.html", "old/a/", "secret/", "industries/care/online/"}.isdisjoint(paths)
    assert len(result) == len(paths)


def test_lastmod_is_when_entries_say_that_they_changed_and_never_the_day_of_the_build() -> None:
    now = "2027-01-15T12:00"
    result = sitemap(
        site_plan(
            course("a", reviewed_at="2026-11-02", publish_at="2026-01-01"),
            course("b", publish_at="2026-05-01 09:00"),
            course("c", industries=["quiet"]),
            story("s", "a", told_at="2026-08-01"),
            page("g"),
            now=now,
        )
    )
    assert result["https://courses.test/courses/a/"] == "2026-11-02"
    assert result["https://courses.test/courses/b/"] == "2026-05-01"
    assert result["https://courses.test/courses/c/"] == ""
    assert result["https://courses.test/courses/"] == "2026-11-02"
    assert result["https://courses.test/industries/quiet/"] == ""
    assert result["https://courses.test/stories/"] == "2026-08-01"
    assert result["https://courses.test/g/"] == ""
    assert "2027-01-15" not in set(result.values())


def test_many_pages_are_spread_over_several_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("credsite.site.feeds.sitemap._MAX_URLS", 5)
    result = files(site_plan(course("a"), course("b")))
    index = ET.fromstring(result["sitemap.xml"])
    assert index.tag == f"{MAP}sitemapindex"
    parts = [one.text or "" for one in index.iter(f"{MAP}loc")]
    names = [address.removeprefix("https://courses.test/") for address in parts]
    assert names == [f"sitemap-{number}.xml" for number in range(1, len(names) + 1)]
    addresses = [url.text for name in names for url in ET.fromstring(result[name]).iter(f"{MAP}loc")]
    assert len(addresses) == len(set(addresses)) > 5
    assert all(len(list(ET.fromstring(result[name]))) <= 5 for name in names)


def test_an_empty_site_has_a_sitemap() -> None:
    assert "https://courses.test/" in sitemap(site_plan(provider("v"), industry("i")))


def test_robots_name_the_sitemap() -> None:
    config = settings(base_url="https://example.org/a/")
    assert b"Sitemap: https://example.org/a/sitemap.xml\n" in files(site_plan(config=config))["robots.txt"]
