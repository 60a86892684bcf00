from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from credsite.site.planner import Plan
from tests.support.catalogues import (
    AnyEntry,
    course,
    page,
    planned,
    settings,
    story,
)

ATOM = "{http://www.w3.org/2005/Atom}"


def site_plan(*entries: AnyEntry, **options: Any) -> Plan:
    return planned(*entries, **options)[0]


def files(result: Plan) -> dict[str, bytes]:
    return {file.output: file.data for file in result.files}


def feed(*entries: AnyEntry, name: str = "courses", **options: Any) -> ET.Element:
    return ET.fromstring(files(site_plan(*entries, **options))[f"feeds/{name}.xml"])


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


def test_every_address_in_a_feed_is_absolute() -> None:
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
    result = site_plan(course("a"), story("s", "a"))
    assert set(files(result)) == {"sitemap.xml", "robots.txt"}
    assert result.layout.feeds == ()
    dated = site_plan(course("a", publish_at="2026-01-01"))
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
        result = files(site_plan(*entries, drafts=drafts))
        assert "feeds/stories.xml" not in result
        together = b"".join(result.values())
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
        files(site_plan(*entries, now="2027-01-15T12:00"))["feeds/courses.xml"]
        == files(site_plan(*entries, page("h"), now="2027-03-15T12:00"))["feeds/courses.xml"]
    )


TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda t: t.strip()
)


@given(TITLES | st.sampled_from(["<b>&amp;</b>", "]]>", "\ufffe", "\uffff", "介護 👩‍🏫", 'a"b', "\u2028"]))
def test_any_words_make_well_formed_xml(words: str) -> None:
    entry = course("a", publish_at="2026-01-01")
    fields = entry.fields.model_copy(update={"title": words, "summary": words + "\x07"})
    root = feed(replace(entry, fields=fields))
    result = root.findtext(f"{ATOM}entry/{ATOM}title", "")
    assert result == words.replace("\ufffe", "").replace("\uffff", "")
