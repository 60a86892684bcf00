"""Bodies as editors write them, from Markdown to the HTML of a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credsite.content.markdown.body import ResolvedImage, address_links, render, resolve
from credsite.content.markdown.headings import Heading
from credsite.content.markdown.sanitizer import TAGS, Finding, InternalLink


def url_of(reference: InternalLink) -> str | ResolvedImage | None:
    """A site in which all is found but what is called ``missing``."""
    fragment = f"#{reference.fragment}" if reference.fragment else ""
    if "missing" in reference.target:
        return None
    match reference.kind:
        case "image":
            return ResolvedImage(f"/media/{reference.target}", 640, 480)
        case "fragment":
            return fragment
        case "path":
            return f"/base{reference.target}{fragment}"
        case "file":
            return f"/files/{reference.target}{fragment}"
        case kind:
            return f"/{kind}/{reference.target}/{fragment}"


def shown(text: str) -> str:
    body, _ = render(text)
    return resolve(body, url_of, table_label="Table", back_label="Back to the text")


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.detail) for finding in render(text)[1]]


def references(text: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.target, each.fragment) for each in render(text)[0].links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n\n\t\n", ""),
        ("Plain words.", "<p>Plain words.</p>"),
        ("One.\n\nTwo\nlines.", "<p>One.</p>\n<p>Two\nlines.</p>"),
        ("One.\r\n\r\nTwo.\rThree.", "<p>One.</p>\n<p>Two.\nThree.</p>"),
        (
            "A *kind* and **plain** _word_, some `code`.",
            "<p>A <em>kind</em> and <strong>plain</strong> <em>word</em>, some <code>code</code>.</p>",
        ),
        ("snake_case_name and 2 * 3 * 4", "<p>snake_case_name and 2 * 3 * 4</p>"),
        (r"\*as it is\* and \[so\]", "<p>*as it is* and [so]</p>"),
        ("R&D, AT&amp;T, 3 < 4 > 2, &eacute;", "<p>R&amp;D, AT&amp;T, 3 &lt; 4 &gt; 2, é</p>"),
        ("First line  \nSecond line", "<p>First line<br>\nSecond line</p>"),
        ("- one\n- two\n", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("1. one\n2. two\n", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        (
            "- one\n    - inner\n- two",
            "<ul>\n<li>one<ul>\n<li>inner</li>\n</ul>\n</li>\n<li>two</li>\n</ul>",
        ),
        ("> Said *she*.", "<blockquote>\n<p>Said <em>she</em>.</p>\n</blockquote>"),
        ("Above\n\n---\n\nBelow", "<p>Above</p>\n<hr>\n<p>Below</p>"),
        (
            "Week 1\n: *Fit.* Reading a call.",
            "<dl>\n<dt>Week 1</dt>\n<dd><em>Fit.</em> Reading a call.</dd>\n</dl>",
        ),
        (
            "One\n: First.\n\nTwo\n: Second.",
            "<dl>\n<dt>One</dt>\n<dd>First.</dd>\n<dt>Two</dt>\n<dd>Second.</dd>\n</dl>",
        ),
        (
            '```python\nif a < b:\n    print("<b>")\n```',
            '<pre><code class="language-python">if a &lt; b:\n    print("&lt;b&gt;")\n</code></pre>',
        ),
        ("    indented & code\n", "<pre><code>indented &amp; code\n</code></pre>"),
        ("## What you *do*", '<h2 id="what-you-do">What you <em>do</em></h2>'),
        ("{{ user }} {% raw %} {# no #}", "<p>{{ user }} {% raw %} {# no #}</p>"),
        ("Press <kbd>Ctrl</kbd>, H<sub>2</sub>O", "<p>Press <kbd>Ctrl</kbd>, H<sub>2</sub>O</p>"),
        (
            "<details open>\n<summary>More</summary>\n<p>Text</p>\n</details>",
            '<details open="">\n<summary>More</summary>\n<p>Text</p>\n</details>',
        ),
        ('Say <span lang="fr">bonjour</span>.', '<p>Say <span lang="fr">bonjour</span>.</p>'),
        ("Seen <!-- a note to myself --> by all", "<p>Seen  by all</p>"),
    ],
)
def test_what_editors_write(text: str, expected: str) -> None:
    assert shown(text) == expected
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](course:sql)", '<a href="/course/sql/">x</a>'),
        ("[x](course:sql#week-1)", '<a href="/course/sql/#week-1">x</a>'),
        ('[x](story:ana "Her story")', '<a href="/story/ana/" title="Her story">x</a>'),
        ("[x](../courses/sql.md)", '<a href="/files/../courses/sql.md">x</a>'),
        ("[x](sql.md?a=1&b=2#part)", '<a href="/files/sql.md?a=1&amp;b=2#part">x</a>'),
        ("[x](<my file.md>)", '<a href="/files/my%20file.md">x</a>'),
        ("[x](/courses/?mode=online#top)", '<a href="/base/courses/?mode=online#top">x</a>'),
        ("[x](#part)", '<a href="#part">x</a>'),
        ("[x](missing.md)", "<a>x</a>"),
        ('[x](missing.md "Title")', '<a title="Title">x</a>'),
        ("[x](https://a.example/b?c=1&d=2)", '<a href="https://a.example/b?c=1&amp;d=2">x</a>'),
        ("[x](//a.example/b)", '<a href="//a.example/b">x</a>'),
        ("<https://a.example/>", '<a href="https://a.example/">https://a.example/</a>'),
        ("<me@a.example>", '<a href="mailto:me@a.example">me@a.example</a>'),
        ("[x](tel:+19025550100)", '<a href="tel:+19025550100">x</a>'),
        ("[x][here]\n\n[here]: page:about", '<a href="/page/about/">x</a>'),
        ("<a href='../courses/sql.md'>x</a>", '<a href="/files/../courses/sql.md">x</a>'),
    ],
)
def test_links(text: str, expected: str) -> None:
    assert shown(text) == f"<p>{expected}</p>"
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((f"[x]({kind}:a-b)", [(kind, "a-b", "")]) for kind in ("course", "story", "pathway", "provider")),
        *((f"[x]({kind}:a-b)", [(kind, "a-b", "")]) for kind in ("industry", "delivery", "page")),
        ("[x](COURSE:a-b)", [("course", "a-b", "")]),
        ("[x](a.md) [y](a.md) [z](b.md)", [("file", "a.md", ""), ("file", "b.md", "")]),
        ("[x](a%20b.md#caf%C3%A9)", [("file", "a b.md", "café")]),
        ("[x](photo.jpg)", [("file", "photo.jpg", "")]),
        ("[x](www.example.org)", [("file", "www.example.org", "")]),
        ("[x](?page=2)", [("file", "", "")]),
        ("[x]()", [("file", "", "")]),
        ("[x](/courses/?a=1#b)", [("path", "/courses/", "b")]),
        ("[x](#part)", [("fragment", "", "part")]),
        ("![A desk](photo.jpg)", [("image", "photo.jpg", "")]),
        ("![A desk](/images/my%20photo.jpg?x#y)", [("image", "/images/my photo.jpg", "")]),
        ("<img src='photo.jpg' alt='A desk'>", [("image", "photo.jpg", "")]),
        ("[![A desk](desk.jpg)](a.md)", [("file", "a.md", ""), ("image", "desk.jpg", "")]),
        ("`[x](a.md)`\n\n    [x](b.md)\n", []),
        ("[x](https://a.example/) [y](mailto:a@b.example)", []),
        ("<noscript><a href='a.md'>x</a></noscript>", []),
    ],
)
def test_references(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert references(text) == expected


def test_a_reference_keeps_what_was_written() -> None:
    (reference,) = render("[x](sql.md?a=1#part)")[0].links
    assert reference == InternalLink("file", "sql.md", "part", "sql.md?a=1#part")


def test_images() -> None:
    size = 'width="640" height="480" loading="lazy" decoding="async"'
    assert shown("![A desk](desk.jpg)") == f'<p><img src="/media/desk.jpg" alt="A desk" {size}></p>'
    assert (
        shown('![A "desk"](a b.jpg "Title")')
        == f'<p><img src="/media/a%20b.jpg" alt="A &quot;desk&quot;" title="Title" {size}></p>'
    )
    assert (
        shown("<img title='T' alt='A' src='a.jpg'>")
        == f'<p><img src="/media/a.jpg" alt="A" title="T" {size}></p>'
    )
    assert shown('![A <desk> & "more"](missing.jpg)') == "<p>A &lt;desk&gt; &amp; &quot;more&quot;</p>"


def test_an_image_of_several_files_is_for_browsers_to_choose_from() -> None:
    body, _ = render("![A \"desk\"](desk.jpg 'T')")
    image = ResolvedImage(
        "/d-2.jpg", 20, 10, "/d-1.jpg 1w, /d&2.jpg 2w", (("image/avif", "/d-1.avif 1w"),), "50vw", "tone r1"
    )
    assert resolve(body, lambda _: image, table_label="Table") == (
        '<p><picture><source type="image/avif" srcset="/d-1.avif 1w" sizes="50vw">'
        '<img class="tone r1" src="/d-2.jpg" srcset="/d-1.jpg 1w, /d&amp;2.jpg 2w" sizes="50vw" alt="A &quot;desk&quot;" title="T" '
        'width="20" height="10" loading="lazy" decoding="async"></picture></p>'
    )


def test_images_without_a_description_are_found() -> None:
    for text in ("![](a.jpg)", "![ ](a.jpg)", "<img src='a.jpg'>"):
        assert render(text)[1] == (Finding("image-alt-missing", "a.jpg", ""),)
        assert ' alt="' in shown(text)


@pytest.mark.parametrize(
    "url", ["https://a.example/b.png", "//a.example/b.png", r"/\a.example/b.png", "HTTP://a.example/b"]
)
def test_images_of_other_sites_become_their_description(url: str) -> None:
    for text in (f"![A desk]({url})", f'<img src="{url}" alt="A desk">'):
        assert shown(text) == "<p>A desk</p>"
        assert found(text) == [("image-external", url)]


TABLE = """\
| Week | Topic | Hours |
|:-----|:-----:|------:|
| 1    | *Fit* | 2     |
"""


def test_tables_scroll_and_align_without_styles() -> None:
    assert shown(TABLE) == (
        '<div class="table-scroll" role="region" tabindex="0" aria-label="Table"><table>\n'
        '<thead>\n<tr>\n<th class="align-left">Week</th>\n<th class="align-center">Topic</th>\n'
        '<th class="align-right">Hours</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td class="align-left">1</td>\n<td class="align-center"><em>Fit</em></td>\n'
        '<td class="align-right">2</td>\n</tr>\n</tbody>\n</table></div>'
    )


def test_several_tables_have_names_of_their_own() -> None:
    body, _ = render(f"{TABLE}\n\nText\n\n{TABLE}")
    html = resolve(body, url_of, table_label='A "table"')
    assert re.findall('aria-label="([^"]*)"', html) == ["A &quot;table&quot; 1", "A &quot;table&quot; 2"]
    assert html.count("</table></div>") == 2


def test_raw_tables_keep_spans_and_lose_styles() -> None:
    text = '<table><tr><th scope="row">a<td colspan="2" align="right" style="color:red">b</table>'
    assert '<tr><th scope="row">a</th><td colspan="2" class="align-right">b</td></tr>' in shown(text)
    assert found(text) == [("html-not-allowed", "style")]


def test_footnotes() -> None:
    text = "Ask.[^a note] Again.[^a note]\n\n[^a note]: When you *enrol*."
    back = 'class="footnote-backref" aria-label="Back to the text"'
    assert shown(text) == (
        '<p>Ask.<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
        ' Again.<sup id="fnref2:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>\n'
        '<div class="footnote">\n<hr>\n<ol>\n<li id="fn:1">\n'
        f'<p>When you <em>enrol</em>.&nbsp;<a {back} href="#fnref:1">↩</a><a {back} href="#fnref2:1">↩</a></p>\n'
        "</li>\n</ol>\n</div>"
    )
    assert render(text)[0].links == ()
    assert found(text) == []


def test_notes_of_one_body_are_not_those_of_the_next() -> None:
    render("Ask.[^1]\n\n[^1]: First.\n\n[there]: course:sql")
    assert shown("Ask.[^1] [there]") == "<p>Ask.[^1] [there]</p>"


def test_headings_and_words() -> None:
    body, _ = render("# One\n\nTwo **three**, four.\n\n### Five `six`\n\n- seven\n- eight\n")
    assert body.headings == (Heading("one", "One", 2), Heading("five-six", "Five six", 3))
    assert body.words == 8


def test_a_marker_that_somebody_writes_is_only_text() -> None:
    assert found("[x](credsite-ref:0) [y](a.md)") == [("link-scheme", "credsite-ref:")]
    assert shown("[x](credsite-ref:0) [y](a.md)") == '<p><a>x</a> <a href="/files/a.md">y</a></p>'
    assert (
        shown("<A HREF='&#99;redsite-ref:0'>x</a> [y](a.md)") == '<p><a>x</a> <a href="/files/a.md">y</a></p>'
    )
    code = '`<a href="credsite-ref:0">` [y](a.md)'
    assert shown(code) == '<p><code>&lt;a href="credsite-ref:0"&gt;</code> <a href="/files/a.md">y</a></p>'
    title = """[y](a.md '<a href="credsite-ref:0"')"""
    assert shown(title) == '<p><a href="/files/a.md" title="&lt;a href=&quot;credsite-ref:0&quot;">y</a></p>'


def test_markup_in_titles_and_code_is_not_taken_for_our_own() -> None:
    text = """[x](a.md '<table><h2><td align="left"><img src="x">') `<table> <a class="footnote-backref"`"""
    html = shown(text)
    assert "table-scroll" not in html
    assert "<h2" not in html
    assert "aria-label" not in html
    assert render(text)[0].headings == ()


def test_url_of_cannot_put_in_a_script() -> None:
    body, _ = render("[x](a.md) ![y](b.jpg)")
    for url in ("javascript:alert(1)", " JAVA\tSCRIPT:alert(1)", "data:text/html,x"):
        assert resolve(body, lambda _, url=url: url, table_label="") == "<p><a>x</a> y</p>"  # type: ignore[misc]
    assert (
        resolve(body, lambda _: '/"><b>', table_label="") == '<p><a href="/&quot;&gt;&lt;b&gt;">x</a> y</p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "a\0b\x02c\x03d",
        "\ud800 half a character \udfff",
        "[x](\ud800.md)",
        "&#xD800; &#0; &#99999999999; &" + "#9" * 3000,
        f"<a href='&#{'9' * 5000};'>x</a>",
        "<![CDATA[ <! <!-- <? </ < <a <a b <a b=' </a",
        "<!DOCTYPE x><?php y ?><![if x]>",
        "```\nnever closed",
        "| a |\n|-|",
        "[^1]: [^1]\n\n[^1]",
        "[]: \n[",
        "\x1b[31m\x85\ufffe",
        "\u2028\u2029\x0c\x0b",
        ": \n\n: x",
        "word " * 12_000,
    ],
)
def test_odd_input_gives_a_page(text: str) -> None:
    html = shown(text)
    assert not re.search("[\0\x02\x03\x0b\x1b\x80-\x9f\ud800-\udfff\ufffe]", html)


def test_text_that_nests_beyond_the_stack_is_shown_as_it_is() -> None:
    body, findings = render("1. " * 5000 + "*end*")
    assert [finding.code for finding in findings] == ["body-too-complex"]
    assert body.html.startswith("<p>1. 1. ")
    assert "*end*" in body.html
    assert shown("1. *end*") == "<ol>\n<li><em>end</em></li>\n</ol>"


@pytest.mark.parametrize("error", [AssertionError, IndexError, ValueError])
def test_a_text_that_the_parser_fails_on_is_shown_as_it_is(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object, text: str) -> str:
        raise error(text)

    with monkeypatch.context() as patched:
        patched.setattr("credsite.content.markdown.converter.Converter.convert", fail)
        body, findings = render("Some *words*.")
    assert [(finding.code, finding.snippet) for finding in findings] == [
        ("body-too-complex", "Some *words*.")
    ]
    assert body.html == "<p>Some *words*.</p>"
    assert shown("Some *words*.") == "<p>Some <em>words</em>.</p>"


def test_text_that_is_too_complex_is_shown_as_it_is() -> None:
    body, findings = render("First <b>.\n\n" + ">" * 5000 + " deep")
    assert [(finding.code, finding.snippet) for finding in findings] == [("body-too-complex", ">" * 80)]
    assert body.html.startswith("<p>First &lt;b&gt;.</p>\n<p>&gt;&gt;")
    assert body.links == ()


PIECES = [
    "word ", "é", "İ", "हिन्दी ", "\n", "\n\n", "    ", "\t", "  \n", "# ", "### ", "- ", "1. ", "> ", ": ", "|", "|-|-|\n",
    "a|b\n-|-\n", "*", "**", "_", "`", "```\n", "~~~\n", "[", "]", "](", "![", ")", "[^1]", "[^1]: ", "[a]: ", "<", "</", ">",
    "<b>", "</b>", "<div>", "</div>", "<h2>", "</h2>", "<h4 id=x>", "<table>", "<td>", "<a href=", "<img src=", "alt=",
    "'", '"', "<script>", "</script>", "<svg onload=", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<math>", "<template>",
    "javascript:alert(1)", "JAVA&#115;CRIPT:", "java&Tab;script:", "data:text/html,", "credsite-ref:0", "course:a",
    "x.md", "/p/", "#f", "//h", "https://h.example", "&", "&#106;", "&amp;", "\\", "\0", "\x02", "\ud800", " onclick=x ",
    " style=x ", "{{", "%}",
]  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


class Page(HTMLParser):
    """The tags and attributes of a piece of HTML, as a browser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@settings(deadline=None, max_examples=400)
@given(TEXTS)
def test_nothing_gets_through(text: str) -> None:
    body, findings = render(text)
    html = resolve(body, url_of, table_label="Table")
    page = Page(html)
    assert set(page.tags) <= TAGS
    assert "<script" not in html.lower()
    for name, value in page.attributes:
        assert not name.startswith("on")
        assert name != "style"
        if name in ("href", "src"):
            assert not re.match(
                r"(?i)[\0- ]*(?:javascript|data|vbscript|credsite-ref):", re.sub(r"[\t\n\r]", "", value)
            )
    assert {finding.code for finding in findings} <= {
        "link-scheme",
        "html-not-allowed",
        "image-external",
        "image-alt-missing",
        "body-too-complex",
        "markdown-unusual",
    }


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_headings_can_be_linked_to_and_nest(text: str) -> None:
    body, _ = render(text)
    ids = [heading.id for heading in body.headings]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[^\s_\-][^\s_]*", each) for each in ids)
    level = 1
    for heading in body.headings:
        assert 2 <= heading.level <= min(level + 1, 6)
        level = heading.level
    assert re.findall(r'<h[1-6]( id="[^"]*")?>', body.html) == [f' id="{each}"' for each in ids]


@settings(deadline=None, max_examples=100)
@given(TEXTS, TEXTS)
def test_a_body_does_not_depend_on_the_one_before(before: str, text: str) -> None:
    first = render(text)
    render(before)
    assert render(text) == first


def test_web_addresses_are_found_in_any_case_and_once() -> None:
    body, _ = render(
        "[A](HTTPS://a.example/x) [B](//b.example) [B](//b.example) [C](mailto:c@c.example) [D](course:d)"
    )
    assert [link.target for link in address_links(body)] == ["HTTPS://a.example/x", "//b.example"]
