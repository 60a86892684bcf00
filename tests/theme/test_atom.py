from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from credsite.site.views import Feed, FeedEntry, Picture
from credsite.theme.atom import write_atom

ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
"""The grammar of RFC 4287, of what a feed of ours may hold and of what it must hold."""


def entry(**values: Any) -> FeedEntry:
    usual = {
        "title": "First aid",
        "url": "https://courses.test/courses/first-aid/",
        "published": "2026-01-01T00:00:00-04:00",
        "updated": "2026-01-01T00:00:00-04:00",
        "summary": "A course.",
    }
    return FeedEntry(**usual | values)


def feed(*entries: FeedEntry, **values: Any) -> Feed:
    usual: dict[str, Any] = {
        "title": "New courses – Short courses",
        "url": "https://courses.test/feeds/courses.xml",
        "page": "https://courses.test/",
        "author": "Short courses",
        "language": "en-CA",
        "entries": entries or (entry(),),
    }
    return Feed(**usual | values)


def is_valid(text: str) -> bool:
    return bool(GRAMMAR.validate(etree.fromstring(text.encode())))


def test_a_feed_is_written_by_the_grammar_of_the_standard() -> None:
    text = write_atom(feed(entry(), entry(url="https://courses.test/courses/b/", summary="")))
    assert is_valid(text), GRAMMAR.error_log
    root = ET.fromstring(text)
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 3
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "self": "https://courses.test/feeds/courses.xml",
        "alternate": "https://courses.test/",
    }


def test_a_picture_is_an_enclosure() -> None:
    picture = Picture("https://courses.test/images/a&b-960.jpg", 'A "bench"', 960, 640)
    text = write_atom(feed(entry(picture=picture)))
    assert is_valid(text), GRAMMAR.error_log
    link = next(one for one in ET.fromstring(text).iter(f"{ATOM}link") if one.get("rel") == "enclosure")
    assert (link.get("href"), link.get("type"), link.get("title")) == (picture.url, "image/jpeg", picture.alt)


def test_the_grammar_finds_mistakes() -> None:
    text = write_atom(feed())
    for right, wrong in [
        ("<id>https://courses.test/courses/first-aid/</id>", ""),
        ("2026-01-01T00:00:00-04:00</published>", "2026-01-01</published>"),
        ("</author>", "<title>x</title></author>"),
        ("<summary>", "<summary>A</summary><summary>"),
        ('rel="self"', 'rel="self" role="x"'),
    ]:
        assert right in text
        assert not is_valid(text.replace(right, wrong, 1)), wrong


def test_a_feed_is_as_new_as_its_newest_entry_whatever_the_time_zone() -> None:
    text = write_atom(
        feed(entry(updated="2026-06-01T02:00:00+02:00"), entry(updated="2026-05-31T23:00:00-04:00"))
    )
    assert ET.fromstring(text).findtext(f"{ATOM}updated") == "2026-05-31T23:00:00-04:00"


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(TEXTS | st.sampled_from(["<b>&amp;</b>", "]]>", "\ufffe", "\uffff", "介護 👩‍🏫", 'a"b', "\u2028"]))
def test_any_words_make_a_valid_feed(words: str) -> None:
    text = write_atom(feed(entry(title=words, summary=words + "\x07"), title=words, author=f"x{words}"))
    assert is_valid(text)
    kept = words.replace("\ufffe", "").replace("\uffff", "")
    assert ET.fromstring(text).findtext(f"{ATOM}entry/{ATOM}title", "") == kept
