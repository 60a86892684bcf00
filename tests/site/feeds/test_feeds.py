from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def made(*entries: AnyEntry, **options: Any) -> Plan:
    return planned(*entries, **options)[0]


def files(found: Plan) -> dict[str, bytes]:
    return {file.output: file.data for file in found.files}


def feed(*entries: AnyEntry, name: str = "courses", **options: Any) -> ET.Element:
    return ET.fromstring(files(made(*entries, **options))[f"feeds/{name}.xml"])


def text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}", "")


def test_a_feed_has_the_newest_first() -> None:
    root = feed(
        course("old", publish_at="2026-01-01"),
        course("new", publish_at="2026-12-24 09:30"),
        course("same-day-b", publish_at="2026-06-01"),
        course("same-day-a", publish_at="2026-06-01"),
        course("never-dated"),
    )
    entries = root.findall(f"{ATOM}entry")
    assert [text(entry, "title") for entry in entries] == ["New", "Same day a", "Same day b", "Old"]
    assert text(entries[0], "published") == "2026-12-24T09:30:00-04:00"
    assert text(entries[3], "published") == "2026-01-01T00:00:00-04:00"
    assert text(root, "updated") == "2026-12-24T09:30:00-04:00"
    assert text(root, "title") == "New courses – Short courses"


def test_every_address_in_a_feed_is_whole() -> None:
    config = settings(base_url="https://example.org/a/b/")
    root = feed(course("x", publish_at="2026-01-01"), config=config)
    addresses = [link.attrib["href"] for link in root.iter(f"{ATOM}link")]
    assert addresses == [
        "https://example.org/a/b/feeds/courses.xml",
        "https://example.org/a/b/",
        "https://example.org/a/b/courses/x/",
    ]
    assert text(root, "id") == addresses[0]
    assert [text(entry, "id") for entry in root.iter(f"{ATOM}entry")] == [addresses[2]]


def test_stories_are_dated_by_when_they_were_told() -> None:
    root = feed(
        course("c"),
        story("a", "c", told_at="2026-05-01"),
        story("b", "c", publish_at="2026-06-01"),
        story("d", "c"),
        name="stories",
    )
    assert [text(entry, "title") for entry in root.iter(f"{ATOM}entry")] == ["B", "A"]


def test_without_a_date_there_is_no_feed_and_no_link_to_one() -> None:
    found = made(course("a"), story("s", "a"))
    assert set(files(found)) == {"sitemap.xml", "robots.txt"}
    assert found.layout.feeds == ()
    dated = made(course("a", publish_at="2026-01-01"))
    assert [link.url for link in dated.layout.feeds] == ["/feeds/courses.xml"]


def test_drafts_and_what_is_held_back_are_in_no_feed_and_no_sitemap() -> None:
    entries = [
        course("shown", publish_at="2026-01-01"),
        course("draft", publish_at="2026-02-01", draft=True),
        course("later", publish_at="2027-02-01"),
        course("over", publish_at="2026-01-01", expires_at="2026-02-01"),
        story("no", "shown", told_at="2026-05-01", consent=None),
    ]
    for drafts in (False, True):
        found = files(made(*entries, drafts=drafts))
        assert "feeds/stories.xml" not in found
        together = b"".join(found.values())
        assert b"courses/shown/" in together
        assert not [slug for slug in (b"draft", b"later", b"over", b"stories/no") if slug in together]


def test_a_feed_stays_short() -> None:
    courses = [course(f"c-{n}", publish_at=f"2026-{1 + n // 28:02}-{1 + n % 28:02}") for n in range(60)]
    titles = [text(entry, "title") for entry in feed(*courses).iter(f"{ATOM}entry")]
    assert len(titles) == 50
    assert titles[0] == "C 59"


def test_a_feed_changes_only_with_its_entries() -> None:
    entries = [course("a", publish_at="2026-01-01"), page("g")]
    assert (
        files(made(*entries, now="2027-01-15T12:00"))["feeds/courses.xml"]
        == files(made(*entries, page("h"), now="2027-03-15T12:00"))["feeds/courses.xml"]
    )


TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda t: t.strip()
)


@given(TITLES | st.sampled_from(["<b>&amp;</b>", "]]>", "\ufffe", "\uffff", "介護 👩‍🏫", 'a"b', "\u2028"]))
def test_any_words_make_well_formed_xml(words: str) -> None:
    entry = course("a", publish_at="2026-01-01")
    fields = entry.fields.model_copy(update={"title": words, "summary": words + "\x07"})
    root = feed(replace(entry, fields=fields))
    found = root.findtext(f"{ATOM}entry/{ATOM}title", "")
    assert found == words.replace("\ufffe", "").replace("\uffff", "")


def sitemap(found: Plan) -> dict[str, str]:
    """Addresses and when they changed."""
    root = ET.fromstring(files(found)["sitemap.xml"])
    assert root.tag == f"{MAP}urlset"
    return {url.findtext(f"{MAP}loc", ""): url.findtext(f"{MAP}lastmod", "") for url in root}


def test_the_sitemap_has_every_page_that_may_be_found() -> None:
    config = settings(base_url="https://example.org/a/", page_size=1)
    found = sitemap(
        made(
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
    paths = {address.removeprefix("https://example.org/a/") for address in found}
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
    assert len(found) == len(paths)


def test_lastmod_is_when_entries_say_that_they_changed_and_never_the_day_of_the_build() -> None:
    now = "2027-01-15T12:00"
    found = sitemap(
        made(
            course("a", reviewed_at="2026-11-02", publish_at="2026-01-01"),
            course("b", publish_at="2026-05-01 09:00"),
            course("c", industries=["quiet"]),
            story("s", "a", told_at="2026-08-01"),
            page("g"),
            now=now,
        )
    )
    assert found["https://courses.example/courses/a/"] == "2026-11-02"
    assert found["https://courses.example/courses/b/"] == "2026-05-01"
    assert found["https://courses.example/courses/c/"] == ""
    assert found["https://courses.example/courses/"] == "2026-11-02"
    assert found["https://courses.example/industries/quiet/"] == ""
    assert found["https://courses.example/stories/"] == "2026-08-01"
    assert found["https://courses.example/g/"] == ""
    assert "2027-01-15" not in set(found.values())


def test_many_pages_are_spread_over_several_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("credsite.site.feeds.feeds._MOST_IN_SITEMAP", 5)
    found = files(made(course("a"), course("b")))
    index = ET.fromstring(found["sitemap.xml"])
    assert index.tag == f"{MAP}sitemapindex"
    parts = [one.text or "" for one in index.iter(f"{MAP}loc")]
    names = [address.removeprefix("https://courses.example/") for address in parts]
    assert names == [f"sitemap-{number}.xml" for number in range(1, len(names) + 1)]
    addresses = [url.text for name in names for url in ET.fromstring(found[name]).iter(f"{MAP}loc")]
    assert len(addresses) == len(set(addresses)) > 5
    assert all(len(list(ET.fromstring(found[name]))) <= 5 for name in names)


def test_robots_name_the_sitemap() -> None:
    config = settings(base_url="https://example.org/a/")
    assert b"Sitemap: https://example.org/a/sitemap.xml\n" in files(made(config=config))["robots.txt"]


def test_an_empty_site_has_a_sitemap() -> None:
    assert "https://courses.example/" in sitemap(made(provider("v"), industry("i")))
