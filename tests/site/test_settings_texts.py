"""Texts in Markdown in the settings, and the footer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.catalogues import course, page, planned, settings


def footer_of(**footer: Any) -> Any:
    plan, problems = planned(course("bread"), page("about"), config=settings(footer=footer))
    assert problems == []
    return plan.layout


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A sample.", "<p>A sample.</p>"),
        ("Part of *Harbour*.", "<p>Part of <em>Harbour</em>.</p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        (
            "[Us](page:about#who), [all](/courses/?mode=online).",
            '<p><a href="/about/#who">Us</a>, <a href="/courses/?mode=online">all</a>.</p>',
        ),
        ("# Us", '<h3 id="notice-us">Us</h3>'),
    ],
)
def test_texts_are_markdown(text: str, html: str) -> None:
    plan, _ = planned(course("bread"), page("about"), config=settings(notice=text))
    assert plan.layout.notice == html


def test_nothing_dangerous_gets_through() -> None:
    text = "[a](javascript:x) <b onclick='x'>b</b> ![c](c.png) [d](page:gone)<script>alert(1)</script>"
    plan, problems = planned(config=settings(notice=text))
    assert plan.layout.notice == "<p><a>a</a> <b>b</b> c <a>d</a></p>"
    assert sorted(one.code for one in problems) == [
        "broken-image",
        "broken-link",
        "html-not-allowed",
        "html-not-allowed",
        "link-scheme",
    ]
    assert {one.location.key for one in problems} == {("notice",)}


def test_the_footer_has_links_columns_and_profiles() -> None:
    layout = footer_of(
        text="Ours.",
        links=["about", {"label": "Learn", "items": ["courses", "delivery"]}],
        social=["https://x.com/a"],
    )
    about, learn = layout.footer_links
    assert (about.url, [link.title for link in learn.items]) == ("/about/", ["Courses", "Delivery"])
    assert [(link.network, link.title, link.url) for link in layout.social] == [("x", "X", "https://x.com/a")]
    assert layout.footer_text == "<p>Ours.</p>"


def test_a_site_without_texts_has_none() -> None:
    plan, _ = planned(course("bread"), config=settings())
    layout = plan.layout
    assert (layout.notice, layout.footer_text, layout.footer_links, layout.social) == ("", "", (), ())
