"""The link checker finds the faults that are put into a site, and nothing on a good site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.links import check_links
from tests.support.pages import Use, css_references, read_page, srcset_urls
from tests.support.planted import PICTURE, page_of, write

LINKS = """
<p><a href="/a/">A</a> <a href="a/#part">Part of A</a> <a href="#main">Here</a> <a href="#">Top</a>
<a href="https://elsewhere.example/x">Elsewhere</a> <a href="mailto:me@example.org">Mail</a>
<a href="a/?delivery=online#part">With a query</a> <a href="/caf%C3%A9/">Coffee</a></p>
<img src="pic.svg" srcset="/pic.svg 1x, pic.svg 2x" alt="">
<svg><use href="/icons.svg#clock"></use></svg>
<form action="/a/"><button>Go</button></form>
<template><a href="">filled later</a><b id="main"></b></template>
<script type="application/ld+json">{"@id": "https://example.org/#us", "url": "https://example.org/a/"}</script>
"""
GOOD_SITE = {
    "index.html": page_of(LINKS),
    "a/index.html": page_of('<p id="part"><a href="../">Up</a> <a href="../b/">B</a></p>', "a/"),
    "b/index.html": page_of('<p><a href="https://example.org/">Home</a></p>', "b/"),
    "café/index.html": page_of("", "caf%C3%A9/"),
    "404.html": page_of("<p>Nothing here.</p>"),
    "old/index.html": '<meta http-equiv="refresh" content="0; url=/a/"><a href="/a/">A</a>',
    "pic.svg": PICTURE,
    "icons.svg": '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="clock"/></svg>',
    "css/site.css": '/* url(nothing.png) */ a { b: url("../pic.svg") url(data:image/png;base64,AA) }',
    "sitemap.xml": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://example.org/a/</loc></url></urlset>",
    "feed.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://example.org/"/>'
    '<entry><content type="html">&lt;a href="https://example.org/a/"&gt;A&lt;/a&gt;</content></entry></feed>',
    "data/courses.json": '[{"url": "/a/", "title": "/no/"}]',
    "robots.txt": "User-agent: *\nSitemap: https://example.org/sitemap.xml\n",
}


def test_link_checker_accepts_a_good_site(tmp_path: Path) -> None:
    assert check_links(write(tmp_path, GOOD_SITE)) == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('<a href="/nope/">', 'index.html:6: <a href> "/nope/" leads to no file'),
        ('\n<a href="nope/">', 'index.html:7: <a href> "nope/" leads to no file'),
        ('<a href="/A/">', 'index.html:6: <a href> "/A/" leads to no file'),
        ('<a href="/b">', 'index.html:6: <a href> "/b" leads to a folder and lacks the slash at its end'),
        (
            '<a href="/b/index.html">',
            'index.html:6: <a href> "/b/index.html" names index.html: '
            "the page's one address is its folder's",
        ),
        (
            '<a href="/b/#part">',
            'index.html:6: <a href> "/b/#part" leads to b/index.html, which has no id "part"',
        ),
        ('<a href="#part">', 'index.html:6: <a href> "#part" leads to index.html, which has no id "part"'),
        ('<a href="">', 'index.html:6: <a href> "" is empty'),
        (
            '<a href="javascript:go()">',
            'index.html:6: <a href> "javascript:go()" has the scheme javascript, which no page should use',
        ),
        (
            '<a href="http://example.org/b/">',
            'index.html:6: <a href> "http://example.org/b/" must begin with https://example.org',
        ),
        ('<img src="/x.png" alt="">', 'index.html:6: <img src> "/x.png" leads to no file'),
        (
            '<img src="/pic.svg" srcset="/pic.svg 1x, /y.png 2x" alt="">',
            'index.html:6: <img srcset> "/y.png" leads to no file',
        ),
        (
            '<img src="https://cdn.example/x.png" alt="">',
            'index.html:6: <img src> "https://cdn.example/x.png" is loaded from another site',
        ),
        ('<video poster="/p.png"></video>', 'index.html:6: <video poster> "/p.png" leads to no file'),
        (
            '<use href="/icons.svg#bell"/>',
            'index.html:6: <use href> "/icons.svg#bell" leads to icons.svg, which has no id "bell"',
        ),
        ('<form action="/find/">', 'index.html:6: <form action> "/find/" leads to no file'),
        ('<p id="main">', 'index.html:6: has the id "main" twice'),
        (
            '<p data-catalogue-url="/x.json">',
            'index.html:6: <p data-catalogue-url> "/x.json" leads to no file',
        ),
        ('<p style="background: url(/x.png)">', 'index.html:6: <p style> "/x.png" leads to no file'),
        (
            '<link rel="canonical" href="/b/">',
            'index.html:6: <link rel="canonical"> "/b/" must be a whole address with https://example.org',
        ),
        (
            '<meta property="og:image" content="https://example.org/x.png">',
            'index.html:6: <meta "og:image"> "https://example.org/x.png" leads to no file',
        ),
        (
            '<script type="application/ld+json">{"url": "https://example.org/x/"}</script>',
            'index.html:6: structured data "url" "https://example.org/x/" leads to no file',
        ),
    ],
)
def test_link_checker_finds_a_planted_fault(tmp_path: Path, content: str, problem: str) -> None:
    files = GOOD_SITE | {"index.html": page_of(content + LINKS)}
    assert check_links(write(tmp_path, files)) == [problem]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("css/site.css", "\na { b: url(x.png) }", 'css/site.css:2: url() "x.png" leads to no file'),
        (
            "css/site.css",
            '@import "https://cdn.example/x.css";',
            'css/site.css:1: url() "https://cdn.example/x.css" is loaded from another site',
        ),
        (
            "sitemap.xml",
            "<urlset><url><loc>https://example.org/x/</loc></url></urlset>",
            'sitemap.xml: <loc> "https://example.org/x/" leads to no file',
        ),
        (
            "sitemap.xml",
            "<urlset><url><loc>/a/</loc></url></urlset>",
            'sitemap.xml: <loc> "/a/" must be a whole address with https://example.org',
        ),
        (
            "feed.xml",
            '<feed><content type="html">&lt;a href="/a/"&gt;</content></feed>',
            'feed.xml: <content>, <a href> "/a/" must be a whole address with https://example.org',
        ),
        ("data/courses.json", '[{"url": "/x/"}]', 'data/courses.json: "url" "/x/" leads to no file'),
        (
            "robots.txt",
            "Sitemap: https://example.org/map.xml",
            'robots.txt:1: Sitemap "https://example.org/map.xml" leads to no file',
        ),
        ("lost/index.html", page_of(""), "lost/index.html: no link leads here from the first page"),
        (
            "old/index.html",
            '<meta http-equiv="refresh" content="0; url=/gone/">',
            'old/index.html:1: <meta refresh> "/gone/" leads to no file',
        ),
    ],
)
def test_link_checker_reads_more_than_pages(tmp_path: Path, name: str, text: str, problem: str) -> None:
    assert check_links(write(tmp_path, GOOD_SITE | {name: text})) == [problem]


def test_link_checker_says_which_files_cannot_be_read(tmp_path: Path) -> None:
    files = GOOD_SITE | {"sitemap.xml": "<urlset>", "data/courses.json": "["}
    problems = check_links(write(tmp_path, files))
    assert [problem.partition(" (")[0] for problem in problems] == [
        "data/courses.json: cannot be read",
        "sitemap.xml: cannot be read",
    ]


def test_link_checker_keeps_inside_the_base_path(tmp_path: Path) -> None:
    site = write(
        tmp_path,
        {
            "index.html": '<a href="/a/b/x/">X</a> <a href="/x/">X</a> <a href="../">Up</a>',
            "x/index.html": '<a href="https://example.org/a/b/">Home</a> <a href="https://example.org/">Host</a>',
        },
    )
    assert check_links(site, "/a/b/") == [
        'index.html:1: <a href> "/x/" leads outside /a/b/',
        'index.html:1: <a href> "../" leads outside /a/b/',
        'x/index.html:1: <a href> "https://example.org/" leads outside /a/b/',
    ]


def test_link_checker_lets_named_pages_stand_alone(tmp_path: Path) -> None:
    site = write(tmp_path, {"index.html": page_of(""), "lone.html": page_of("")})
    assert check_links(site, unlinked=["lone.html"]) == []
    assert check_links(site) == ["lone.html: no link leads here from the first page"]


def test_link_checker_refuses_to_pass_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no page"):
        check_links(tmp_path)


def test_page_reader_copes_with_what_html_allows() -> None:
    page = read_page(
        "<!-- <a href=no> --><A HREF=/x/ id='one'>x</A><script>'<a href=no>'</script>"
        "<a title='a > b' href='/y/?a=1&amp;b=2'><textarea><a href=no></textarea><a\n href = \"/z/\">"
    )
    assert [(reference.url, reference.line) for reference in page.references] == [
        ("/x/", 1),
        ("/y/?a=1&b=2", 1),
        ("/z/", 1),
    ]
    assert page.ids == {"one"}
    assert {reference.use for reference in page.references} == {Use.LINK}


def test_srcset_and_style_sheets_are_taken_apart() -> None:
    assert srcset_urls("/a.png, /b,c.png 2x,\n/d.png 100w") == ["/a.png", "/b,c.png", "/d.png"]
    css = "a{b:url( 'x y.png' )}\n/* \n */@import 'z.css';"
    assert [(reference.url, reference.line) for reference in css_references(css)] == [
        ("x y.png", 1),
        ("z.css", 3),
    ]
