from __future__ import annotations

from datetime import date
from typing import Any

from credsite.catalogue.publication_history import PublicationHistory
from credsite.site.planner import Plan
from credsite.site.views import Feed, Link
from tests.support.catalogues import AnyEntry, course, images_of, page, planned, settings, story, view_of


def site_plan(*entries: AnyEntry, **options: Any) -> Plan:
    return planned(*entries, **options)[0]


def feeds(result: Plan) -> dict[str, Feed]:
    """The feeds of a plan by their paths."""
    found = {one.path: one.view(result.view_builder) for one in result.feeds}
    return {path: one for path, one in found.items() if isinstance(one, Feed)}


def feed(*entries: AnyEntry, path: str = "feeds/courses.xml", **options: Any) -> Feed:
    return feeds(site_plan(*entries, **options))[path]


def titles(one: Feed) -> list[str]:
    return [entry.title for entry in one.entries]


def test_a_feed_has_the_newest_first() -> None:
    found = feed(
        course("old", publish_at="2026-01-01"),
        course("new", publish_at="2026-12-24 09:30"),
        course("same-day-b", publish_at="2026-06-01"),
        course("same-day-a", publish_at="2026-06-01"),
        course("never-dated"),
    )
    assert titles(found) == ["New", "Same day a", "Same day b", "Old"]
    assert found.entries[0].published == "2026-12-24T09:30:00-04:00"
    assert found.entries[3].published == "2026-01-01T00:00:00-04:00"
    assert found.title == "New courses – Short courses"


def test_a_course_has_its_picture_and_a_story_has_none() -> None:
    image = {"src": "a.jpg", "alt": "A bench"}
    entries = [
        course("a", publish_at="2026-01-01", image=image),
        story("b", "a", told_at="2026-01-01", image=image),
    ]
    plan = site_plan(*entries, images=images_of(("courses", "a.jpg"), ("stories", "a.jpg")))
    found = {path: one.entries[0].picture for path, one in feeds(plan).items()}
    picture = found["feeds/courses.xml"]
    assert picture is not None
    assert (picture.url, picture.alt) == ("https://courses.test/images/courses/a.jpg", "A bench")
    assert found["feeds/stories.xml"] is None


def test_an_entry_that_is_reviewed_is_updated_and_does_not_come_first_again() -> None:
    reviewed = course("old", publish_at="2026-01-01", reviewed_at="2026-11-05")
    found = feed(reviewed, course("new", publish_at="2026-06-01", reviewed_at="2026-02-01"))
    assert [(one.title, one.published[:10], one.updated[:10]) for one in found.entries] == [
        ("New", "2026-06-01", "2026-06-01"),
        ("Old", "2026-01-01", "2026-11-05"),
    ]


def test_an_entry_that_does_not_say_when_it_was_published_has_the_day_on_which_it_was_seen() -> None:
    days = {
        "content/courses/seen.md": date(2026, 5, 2),
        "content/courses/both.md": date(2026, 5, 3),
        "content/courses/given.md": date(2026, 5, 4),
    }
    found = feed(
        course("seen"),
        course("both", reviewed_at="2026-09-01"),
        course("given", publish_at="2026-01-01"),
        course("reviewed", reviewed_at="2026-04-01"),
        course("unknown"),
        history=PublicationHistory(days),
    )
    assert [(one.title, one.published[:10], one.updated[:10]) for one in found.entries] == [
        ("Both", "2026-05-03", "2026-09-01"),
        ("Seen", "2026-05-02", "2026-05-02"),
        ("Reviewed", "2026-04-01", "2026-04-01"),
        ("Given", "2026-01-01", "2026-01-01"),
    ]


def test_every_address_in_a_feed_is_absolute() -> None:
    config = settings(base_url="https://example.org/a/b/")
    found = feeds(site_plan(course("x", publish_at="2026-01-01"), config=config))
    base = "https://example.org/a/b/"
    assert {path: (one.url, one.page) for path, one in found.items()} == {
        "feeds/courses.xml": (f"{base}feeds/courses.xml", base),
        "industries/health/feed.xml": (f"{base}industries/health/feed.xml", f"{base}industries/health/"),
        "delivery/online/feed.xml": (f"{base}delivery/online/feed.xml", f"{base}delivery/online/"),
        "providers/college/feed.xml": (f"{base}providers/college/feed.xml", f"{base}providers/college/"),
    }
    assert {one.url for each in found.values() for one in each.entries} == {f"{base}courses/x/"}


def test_each_industry_mode_and_provider_has_a_feed_that_its_first_page_links_to() -> None:
    result = site_plan(
        course("a", publish_at="2026-01-01", industries=["health", "care"], delivery_modes=["online"]),
        course("b", publish_at="2026-02-01", provider="guild", delivery_modes=["online", "in-person"]),
        course("c", provider="silent", industries=["trade"], delivery_modes=["hybrid"]),
        config=settings(page_size=1),
    )
    assert {path: titles(one) for path, one in feeds(result).items()} == {
        "feeds/courses.xml": ["B", "A"],
        "industries/health/feed.xml": ["B", "A"],
        "industries/care/feed.xml": ["A"],
        "delivery/online/feed.xml": ["B", "A"],
        "delivery/in-person/feed.xml": ["B"],
        "providers/guild/feed.xml": ["B"],
        "providers/college/feed.xml": ["A"],
    }
    links = {
        path: view_of(result, path).follow for path in ("industries/health/", "providers/guild/", "courses/")
    }
    assert {path: link.feed for path, link in links.items()} == {
        "industries/health/": Link("New courses: Health", "/industries/health/feed.xml"),
        "providers/guild/": Link("New courses: Guild", "/providers/guild/feed.xml"),
        "courses/": Link("New courses", "/feeds/courses.xml"),
    }
    for path in ("industries/health/page/2/", "industries/trade/", "providers/silent/"):
        assert view_of(result, path).follow is None


def test_stories_are_dated_by_when_they_were_told() -> None:
    found = feed(
        course("c"),
        story("a", "c", told_at="2026-05-01"),
        story("b", "c", publish_at="2026-06-01"),
        story("d", "c"),
        path="feeds/stories.xml",
    )
    assert titles(found) == ["B", "A"]


def test_without_a_date_there_is_no_feed_and_no_link_to_one() -> None:
    result = site_plan(course("a"), story("s", "a"))
    assert result.feeds == ()
    assert {file.output for file in result.files} == {"sitemap.xml", "robots.txt"}
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
        result = site_plan(*entries, drafts=drafts)
        found = feeds(result)
        assert "feeds/stories.xml" not in found
        assert {entry.title for one in found.values() for entry in one.entries} == {"Shown"}
        together = b"".join(file.data for file in result.files)
        assert b"courses/shown/" in together
        assert not [slug for slug in (b"draft", b"later", b"over", b"stories/no") if slug in together]


def test_a_feed_stays_short() -> None:
    courses = [course(f"c-{n}", publish_at=f"2026-{1 + n // 28:02}-{1 + n % 28:02}") for n in range(60)]
    found = titles(feed(*courses))
    assert len(found) == 50
    assert found[0] == "C 59"


def test_a_feed_changes_only_with_its_entries() -> None:
    entries = [course("a", publish_at="2026-01-01"), page("g")]
    assert feed(*entries, now="2027-01-15T12:00") == feed(*entries, page("h"), now="2027-03-15T12:00")
