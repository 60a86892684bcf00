"""What the sanitiser lets through, and what is said about the rest."""

from __future__ import annotations

import re

import pytest

from credsite.content.markdown.body import render
from credsite.content.markdown.sanitizer import Finding

SCRIPTS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "java&#x73;cript:alert(1)",
    "&#0000106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#32;&#9;javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHN2Zz4=",
    "file:///etc/passwd",
    "blob:https://a.example/1",
    "view-source:javascript:alert(1)",
    "credsite-ref:0",
    "CREDSITE-REF:0",
]


@pytest.mark.parametrize("url", SCRIPTS)
@pytest.mark.parametrize(
    "form",
    [
        "[x]({})",
        "[x](<{}>)",
        "[x]( {} 'title')",
        "[x][y]\n\n[y]: {}",
        "<a href='{}'>x</a>",
        '<A HREF = "{}">x</A>',
        "<div><a href={}>x</a></div>",
    ],
)
def test_no_script_in_a_link(form: str, url: str) -> None:
    body, findings = render(form.format(url))
    assert "href" not in body.html
    assert "x</a>" in body.html
    assert [finding.code for finding in findings] == ["link-scheme"]
    assert findings[0].snippet == url


@pytest.mark.parametrize("url", SCRIPTS)
@pytest.mark.parametrize("form", ["![x]({})", "![x][y]\n\n[y]: {}", "<img alt=x src='{}'>"])
def test_no_script_in_an_image(form: str, url: str) -> None:
    body, findings = render(form.format(url))
    assert body.html == "<p>x</p>"
    assert [finding.code for finding in findings] == ["link-scheme"]


@pytest.mark.parametrize(
    "text",
    [
        "<javascript:alert(1)>",
        "<javascript://a.example/%0aalert(1)>",
        "[x](java\nscript:alert(1))",
        "<a href='java\nscript:alert(1)'>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href='\x01javascript:alert(1)'>x</a>",
        "<a href='java\0script:alert(1)'>x</a>",
        '[x](javascript:alert(1)\'"title")',
        "[x](javascript\\:alert(1))",
        "[![x](javascript:a)](javascript:b)",
        "<javascript:a@b>",
        "[x](&#106avascript:alert(1))",
        "<a href='&#106avascript:alert(1)'>x</a>",
    ],
)
def test_broken_scripts_die_as_well(text: str) -> None:
    body, _ = render(text)
    links = re.findall(r' (?:href|src)="([^"]*)"', body.html)
    assert all(link.startswith(("credsite-ref:", "mailto:")) for link in links)
    assert all(reference.kind in ("file", "image") for reference in body.links)


@pytest.mark.parametrize(
    ("text", "html", "details"),
    [
        ("<script>alert(1)</script>", "", ["<script>"]),
        ("a <script src=//a.example/x.js></script> b", "<p>a  b</p>", ["<script>"]),
        ("<style>p { color: red }</style>", "", ["<style>"]),
        ("<iframe src=//a.example></iframe>", "", ["<iframe>"]),
        ("a <svg><a href=x.md>b</a></svg> c", "<p>a  c</p>", ["<svg>"]),
        ("<font color=red>a</font>", "<p>a</p>", ["<font>"]),
        ("<center>a</center>", "a", ["<center>"]),
        ("<form><input name=a><button>b</button></form>", "b", ["<form>", "<input>", "<button>"]),
        ("<base href=//a.example><link rel=x href=y.md>", "", ["<base>", "<link>"]),
        ("<b onclick=alert(1)>a</b>", "<p><b>a</b></p>", ["onclick"]),
        ("<b ONCLICK = 'alert(1)' style=\"x\">a</b>", "<p><b>a</b></p>", ["onclick", "style"]),
        ("<p class=a id=b>c</p>", "<p>c</p>", ["class", "id"]),
        ("<a name=a target=_blank>b</a>", "<p><a>b</a></p>", ["name", "target"]),
        ("<a ping=//a.example>b</a>", "<p><a>b</a></p>", ["ping"]),
        ("<blockquote cite=javascript:a>b</blockquote>", "<blockquote>b</blockquote>", ["cite"]),
        ("<li id=main>a</li>", "<li>a</li>", ["id"]),
        ("<div class=table-scroll>a</div>", "<div>a</div>", ["class"]),
        ("<code class=language-sql>a</code>", '<p><code class="language-sql">a</code></p>', []),
        ("<code class='language-sql x'>a</code>", "<p><code>a</code></p>", ["class"]),
        ("<span lang=fr dir=ltr>a</span>", '<p><span lang="fr" dir="ltr">a</span></p>', []),
        ("<span lang='a b'>a</span>", "<p><span>a</span></p>", ["lang"]),
        ("<ol start=4 type=a><li>a</ol>", '<ol start="4" type="a"><li>a</li></ol>', []),
        ("<abbr title='Prior learning'>PLAR</abbr>", '<p><abbr title="Prior learning">PLAR</abbr></p>', []),
        ("<!-- <script>a</script> -->", "", []),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>", []),
        ("Type <your name> here", "<p>Type  here</p>", ["<your>"]),
    ],
)
def test_raw_html(text: str, html: str, details: list[str]) -> None:
    body, findings = render(text)
    assert body.html.strip() == html
    assert [(finding.code, finding.detail) for finding in findings] == [
        ("html-not-allowed", each) for each in details
    ]


def test_a_finding_has_a_snippet_from_the_source() -> None:
    text = "<b onclick='go()'>a</b> <Font>b</Font> [c](javascript:d)"
    assert render(text)[1] == (
        Finding("html-not-allowed", "onclick='go()'", "onclick"),
        Finding("html-not-allowed", "<Font", "<font>"),
        Finding("link-scheme", "javascript:d", "javascript:"),
    )
    assert all(finding.snippet in text for finding in render(text)[1])


def test_the_same_finding_is_reported_once_and_short() -> None:
    url = "data:text/html," + "a" * 5000
    (finding,) = render(f"[x]({url}) [y]({url})")[1]
    assert finding == Finding("link-scheme", url[:80], "data:")


@pytest.mark.parametrize("url", ["https://", "http://[", "https://exa mple.org/"])
def test_addresses_that_cannot_be_are_found(url: str) -> None:
    body, findings = render(f"[x](<{url}>)")
    assert body.html == "<p><a>x</a></p>"
    assert findings == (Finding("link-scheme", url, url),)


def test_an_address_in_raw_html_with_a_bare_ampersand_is_no_finding() -> None:
    body, findings = render('<a href="https://a.example/?x=1&copy=2">x</a>')
    assert body.html == '<p><a href="https://a.example/?x=1&amp;copy=2">x</a></p>'
    assert findings == ()
